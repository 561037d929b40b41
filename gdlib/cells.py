"""What a notebook's cell keeps: a picture beside its widget, no widgets of old runs."""

from IPython import get_ipython
from IPython.display import display

# Three outputs in a row: this style, the twin, the widget. Where the widget lives, its
# twin is hidden; where it does not, JupyterLab's output holds nothing but text (of a
# model that is awaited or not found) and is hidden. A page may hold outputs inside
# outputs, hence each ">"; and no :has() may stand within another.
STYLE = """<style class="gd-twin">
.jp-OutputArea-child:has(> .jp-OutputArea-output > .gd-twin),
.jp-OutputArea-child:has(> .jp-OutputArea-output > .gd-twin) +
.jp-OutputArea-child:has(
  + .jp-OutputArea-child > .jp-OutputArea-output > .jupyter-widgets),
.jp-OutputArea-child:has(> .jp-OutputArea-output > .gd-twin) +
.jp-OutputArea-child +
.jp-OutputArea-child:not(:has(> .jp-OutputArea-output > *)) { display: none; }
</style>"""
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


def close(widget):
    """Close a widget with all that it is made of."""
    for child in getattr(widget, "children", ()):
        close(child)
    for part in ("layout", "style"):
        if hasattr(widget, part):
            getattr(widget, part).close()
    widget.close()


def beside(twin, metadata=None):
    """Display the twin of a widget that is displayed next, a bundle by MIME type."""
    display({"text/html": STYLE, "text/plain": ""}, raw=True)
    display(twin, metadata=metadata or {}, raw=True)
