"""What a notebook's cell keeps: a picture beside its widget, no widgets of old runs."""

from IPython import get_ipython
from IPython.display import display

# Three outputs in a row: this style, the twin, the widget. Where the widget lives, its
# twin is hidden. A dashboard lives once its plots are drawn: on a page with widgets and
# without a kernel it never does, and until then it takes its width but no room. Where
# there is no widget at all, JupyterLab's output holds nothing but text (of a model that
# is awaited or not found) and is hidden. A page may hold outputs inside outputs, hence
# each ">"; and no :has() may stand within another.
STYLE = """<style class="gd-twin">
.jp-OutputArea-child:has(> .jp-OutputArea-output > .gd-twin),
.jp-OutputArea-child:has(> .jp-OutputArea-output > .gd-twin) +
.jp-OutputArea-child:has(
  + .jp-OutputArea-child > .jp-OutputArea-output
  > :is(.gd-drawn, .jupyter-widgets:not(.gd-board))),
.jp-OutputArea-child:has(> .jp-OutputArea-output > .gd-twin) +
.jp-OutputArea-child +
.jp-OutputArea-child:not(:has(> .jp-OutputArea-output > *)) { display: none; }
.jp-OutputArea-child:has(> .jp-OutputArea-output > .gd-twin) +
.jp-OutputArea-child + .jp-OutputArea-child
> .jp-OutputArea-output:has(.gd-board:not(.gd-drawn)) {
  position: relative; height: 0; overflow: hidden; visibility: hidden; }
.jp-OutputArea-child:has(> .jp-OutputArea-output > .gd-twin) +
.jp-OutputArea-child + .jp-OutputArea-child
> .jp-OutputArea-output .gd-board:not(.gd-drawn) { position: absolute; }
</style>"""
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
_made = {}  # cell -> (number of its run, widgets)


def remember(widget):
    """Close the widgets that earlier runs of the present cell made; remember this."""
    shell = get_ipython()
    parent = shell.get_parent() if hasattr(shell, "get_parent") else {}
    cell = parent.get("metadata", {}).get("cellId")
    if cell is None:
        return
    run, widgets = _made.get(cell, (None, []))
    if run != parent["header"]["msg_id"]:
        for old in widgets:
            close(old)
        widgets = []
    _made[cell] = parent["header"]["msg_id"], [*widgets, widget]


def heed(handler):
    """Let a handler of signals hear the kernel's Interrupt while no cell runs."""
    kernel = getattr(get_ipython(), "kernel", None)
    if hasattr(kernel, "saved_sigint_handler"):  # ipykernel puts it back after a cell
        kernel.saved_sigint_handler = handler


def close(widget):
    """Close a widget with all that it is made of."""
    for child in getattr(widget, "children", ()):
        close(child)
    for part in ("layout", "style"):
        if hasattr(widget, part):
            getattr(widget, part).close()
    widget.close()


def view(widget):
    """Name a widget to the page, by MIME type: ipywidgets 7 has no call for it."""
    shown = dict(version_major=2, version_minor=0, model_id=widget.model_id)
    return {WIDGET_VIEW: shown}


def beside(twin, metadata=None):
    """Display the twin of a widget that is displayed next, a bundle by MIME type."""
    display({"text/html": STYLE, "text/plain": ""}, raw=True)
    display(twin, metadata=metadata or {}, raw=True)
