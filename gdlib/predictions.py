"""Prediction: a question as JupyterLab shows it, that answers when a choice is made."""

import anywidget
import ipywidgets as widgets
import traitlets

from . import cells

HINT = "Run this cell in JupyterLab to answer."
STYLE = """<style>
.gd-predict { padding-left: 4px; }
.gd-predict > * { margin: 0; }
.gd-predict .widget-radio, .gd-predict .widget-radio-box { width: 100%; height: auto; }
.gd-predict .widget-radio-box label { display: flex; align-items: center; gap: 8px;
  height: auto; min-height: 28px; margin: 0; padding: 4px; line-height: 1.35;
  white-space: normal; cursor: pointer; }
.gd-predict .widget-radio-box input { order: -1; flex: none; width: 16px; height: 16px;
  margin: 0; }
.gd-predict .widget-htmlmath-content { line-height: 1.4; white-space: normal; }
.gd-predict input:focus-visible { outline: 3px solid #0072b2; outline-offset: 1px; }
@media (pointer: coarse) { .gd-predict .widget-radio-box label { min-height: 44px; } }
</style>"""
# ipywidgets gives a group of options no name, and lets nobody hear a reply. The arrows,
# by which alone a keyboard moves among options, would choose a cell of the notebook.
NAMES = """export default { render({ model, el }) {
  function name(tries) {
    const all = el.closest(".gd-predict");
    const group = all?.querySelector(".widget-radio-box");
    const reply = all?.querySelector(".gd-reply");
    if (!group || !reply) return tries && setTimeout(name, 50, tries - 1);
    group.setAttribute("role", "radiogroup");
    group.setAttribute("aria-label", model.get("text"));
    reply.setAttribute("role", "status");
    group.addEventListener("keydown", (event) => {
      if (event.key.startsWith("Arrow")) event.stopPropagation();
    });
  }
  name(100);
} };"""


class Names(anywidget.AnyWidget):
    """Names the group of options, leaves it its keys, and lets the reply be heard."""

    _esm = NAMES
    text = traitlets.Unicode().tag(sync=True)


class Prediction:
    """A question with its options; the answer comes with the choice.

    chosen  is called with each choice: whether it is right
    """

    def __init__(self, question, chosen=lambda right: None):
        self.question, self.chosen = question, chosen

    def answer(self, option):
        """What choosing an option is told."""
        right = option == self.question.right
        self.chosen(right)
        verdict = "Yes." if right else "Not quite."
        return f"{verdict} {self.question.options[option]}"

    def __repr__(self):
        return "\n  ○ ".join([f"Predict: {self.question.text}", *self.question.options])

    def _repr_mimebundle_(self, **kwargs):
        """Show the question to choose in, and beside it for pages without a kernel."""
        options = "\n".join(f"- {option}" for option in self.question.options)
        text = f"**Predict.** {self.question.text}\n\n{options}"
        widget = self._widget()
        cells.remember(widget)
        cells.beside({"text/plain": repr(self), "text/markdown": text})
        _, metadata = widget.children[-1]._repr_mimebundle_()  # what Colab needs
        return cells.view(widget) | {"text/plain": HINT}, metadata

    def _widget(self):
        text = widgets.HTMLMath(f"<b>Predict.</b> {self.question.text}{STYLE}")
        choice = widgets.RadioButtons(
            options=list(self.question.options), value=None, layout={"width": "auto"}
        )
        reply = widgets.HTMLMath()
        reply.add_class("gd-reply")

        def on_choice(change):
            if change["new"] is not None:
                reply.value = self.answer(change["new"])

        choice.observe(on_choice, names="value")
        whole = widgets.VBox([text, choice, reply, Names(text=self.question.text)])
        whole.add_class("gd-predict")
        return whole
