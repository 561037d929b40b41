"""translator: a setting of one library, said in another."""

from html import escape

import anywidget
import ipywidgets as widgets
import traitlets

from .. import cells
from ..methods import METHODS
from ..style import label
from ..translation import LIBRARIES, NONE, dialect, translate

HINT = "Run this cell in JupyterLab to translate settings of your own."
MISSING = {"adadelta": 1.0}  # an lr for those who have no default; else 0.01
STYLE = """<style>
.gd-translate { padding-left: 4px; max-width: 860px; container-type: inline-size;
  width: 100%; font-size: var(--jp-ui-font-size1, 13px); }
.gd-translate > * { margin: 0; }
.gd-translate .widget-inline-hbox { width: auto; margin: 0; flex-wrap: nowrap; }
.gd-translate .widget-label { width: auto; max-width: none; margin: 0 6px 0 0; }
.gd-translate-row { display: flex; flex-flow: row wrap; gap: 6px 18px;
  padding: 3px 0; overflow: visible; }
.gd-translate .widget-text input { width: 7em; flex: 0 0 auto; }
.gd-translate select { min-width: 6.5em; }
.gd-translate .widget-checkbox { width: auto; }
.gd-translate :is(input, select, pre):focus-visible { outline: 3px solid #0072b2;
  outline-offset: 1px; }
.gd-translate .widget-html-content { line-height: 1.45; white-space: normal;
  color: var(--jp-ui-font-color1, #222); }
.gd-translate pre { margin: 2px 0 8px; padding: 7px 9px; user-select: all;
  white-space: pre-wrap; word-break: normal; overflow-wrap: anywhere;
  border-radius: 3px;
  background: var(--jp-layout-color2, #f0f0f0); color: inherit;
  border-left: 4px solid var(--jp-border-color1, #bbb); }
.gd-translate pre.gd-target { border-left-color: #0072b2; }
.gd-translate p { margin: 4px 0; }
.gd-translate [role="alert"] { padding: 4px 8px; border-left: 4px solid #d55e00;
  background: var(--jp-layout-color2, #f4f4f4); }
@media (pointer: coarse) { .gd-translate :is(input, select) { min-height: 36px; } }
@container (max-width: 480px) {
  .gd-translate-row { flex-direction: column; gap: 4px; }
  .gd-translate .widget-inline-hbox { justify-content: space-between; }
}
</style>"""
# ipywidgets lets nobody hear what an HTML widget has to say, and gives no group a name.
VOICE = """export default { render({ el }) {
  function name(tries) {
    const all = el.closest(".gd-translate");
    const told = all?.querySelector(".gd-told");
    if (!told) return tries && setTimeout(name, 50, tries - 1);
    all.setAttribute("role", "group");
    all.setAttribute("aria-label", "Translator of settings between libraries");
    told.setAttribute("role", "status");
  }
  name(100);
} };"""


class Voice(anywidget.AnyWidget):
    """Names the translator to a screen reader, and lets its answer be heard."""

    _esm = VOICE
    shown = traitlets.Bool(True).tag(sync=True)


def translator(method="rmsprop", source="PyTorch", target="Keras"):
    """Translate settings between gdlib, PyTorch, optax and Keras, live.

    method  the name of the one shown first, of METHODS
    source  the library whose settings the boxes hold, each under its own name there
    target  the library to type in

    Returns a Translator. Raises ValueError for a method or library there is not.
    Source: `gdlib.translation`. Notebook 15 teaches it.
    """
    return Translator(method, source, target)


class Translator(widgets.VBox):
    """Three Dropdowns, a box for each setting, and what to type elsewhere.

    choices      "method", "source", "target" -> Dropdown
    boxes        the source library's argument -> FloatText, or Checkbox
    translation  the present Translation; None while a box holds what is not allowed
    says         the answer as text
    """

    def __init__(self, method, source, target):
        dialect(method, source), dialect(method, target)  # refuse in a sentence
        methods = [(label(name), name) for name in METHODS]
        self.choices = {
            "method": _dropdown("method", methods, method),
            "source": _dropdown("I have it in", LIBRARIES, source),
            "target": _dropdown("I want it in", LIBRARIES, target),
        }
        self.boxes, self.translation, self.says = {}, None, ""
        self._settings, self._told = _row(), widgets.HTML()
        self._told.add_class("gd-told")
        super().__init__(
            [
                _row(*self.choices.values()),
                self._settings,
                self._told,
                widgets.HTML(STYLE, layout=dict(display="none")),
                Voice(layout=dict(display="none")),
            ]
        )
        self.add_class("gd-translate")
        for name in ("method", "source"):
            self.choices[name].observe(lambda _: self._fill(), "value")
        self.choices["target"].observe(lambda _: self._tell(), "value")
        self._fill()

    @property
    def values(self):
        """The settings in the boxes, argument -> value."""
        return {name: box.value for name, box in self.boxes.items()}

    def _chosen(self):
        return (self.choices[n].value for n in ("method", "source", "target"))

    def _fill(self):
        """Give the source library's settings a box each, with its defaults."""
        old = self.boxes
        method, source, _ = self._chosen()
        there = dialect(method, source)
        self.boxes = {
            name: _box(name, MISSING.get(method, 0.01) if value is None else value)
            for name, value in there.defaults.items()
        }
        for box in self.boxes.values():
            box.observe(lambda _: self._tell(), "value")
        self._settings.children = list(self.boxes.values())
        for box in old.values():
            cells.close(box)
        self._tell()

    def _tell(self):
        method, source, target = self._chosen()
        try:
            self.translation = translate(method, self.values, source, target)
        except ValueError as error:
            self.translation, self.says = None, str(error)
            self._told.value = f'<p role="alert">{escape(self.says)}</p>'
            return
        self.says, self._told.value = repr(self.translation), _html(self.translation)

    def _repr_mimebundle_(self, **kwargs):
        """Show the translator, and beside it its answer for pages without a kernel."""
        cells.remember(self)
        found = self.translation
        bundle = {"text/plain": self.says}
        if found:
            bundle["text/markdown"] = _markdown(found)
        cells.beside(bundle)
        _, metadata = self.children[-1]._repr_mimebundle_()  # what Colab needs
        return cells.view(self) | {"text/plain": HINT}, metadata

    _ipython_display_ = None  # ipywidgets 7 has one, which goes before the bundle


def _dropdown(name, options, value):
    style = dict(description_width="initial")
    return widgets.Dropdown(options=options, value=value, description=name, style=style)


def _row(*children):
    made = widgets.Box(list(children))
    made.add_class("gd-translate-row")
    return made


def _box(name, value):
    """The box of a setting, under the name that it has in its library."""
    style = dict(description_width="initial")
    if isinstance(value, bool):
        return widgets.Checkbox(value, description=name, indent=False)
    return widgets.FloatText(float(value), description=name, step=None, style=style)


def _heading(found):
    verdict = found.verdict
    return (
        f"In {found.target}: {verdict}"
        if verdict == NONE
        else (f"In {found.target} this is {verdict}:")
    )


def _html(found):
    code = f'<pre class="gd-target" tabindex="0">{escape(found.code)}</pre>'
    return (
        f'In {found.source}:<pre tabindex="0">{escape(found.said)}</pre>'
        f"<b>{_heading(found)}</b>{code if found.code else '.'}"
        f"<p>{escape(found.why)}</p>"
    )


def _markdown(found):
    code = f"\n\n```python\n{found.code}\n```\n\n" if found.code else ". "
    return (
        f"In {found.source}:\n\n```python\n{found.said}\n```\n\n"
        f"**{_heading(found)}**{code}{found.why}"
    )
