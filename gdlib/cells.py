"""What a notebook's cell keeps: a picture beside its widget, no widgets of old runs."""

from IPython import get_ipython
from IPython.display import display

VIEW = "application/vnd.jupyter.widget-view+json"
# Where the widget lives, it hides its twin; where its kernel is gone, the twin shows
# and JupyterLab's "model not found" does not.
STYLE = """<style class="gd-twin">
.jp-OutputArea-child:has(.gd-twin) { display: none; }
.jp-OutputArea-child:has(.gd-twin) + .jp-OutputArea-child:has(
  + .jp-OutputArea-child .jupyter-widgets *) { display: none; }
.jp-OutputArea-child:has(.gd-twin) + .jp-OutputArea-child + .jp-OutputArea-child:has(
  > .jp-OutputArea-output.jupyter-widgets:not(:has(*))) { display: none; }
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
