"""Run notebooks again for pictures with twice the pixels: sharp on a large screen.

Those in the notebooks have as many pixels as their place on a page, which a slide
enlarges. Only copies are run; nothing of the notebooks changes.
"""

import tempfile
from concurrent.futures import ThreadPoolExecutor

import nbformat
from nbclient import NotebookClient

from .notebook import NOTEBOOKS

FIRST = """from matplotlib_inline.backend_inline import set_matplotlib_formats
import gdlib.live.stills

set_matplotlib_formats("retina")
gdlib.live.stills.TWIN_RATIO *= 2
"""


def redraw(stems, out):
    """Run these notebooks, two at a time, and write what they show into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda stem: run(stem, out), stems))
    return out


def run(stem, out):
    """Run a copy of one notebook in an empty folder, after a cell of ours."""
    copy = nbformat.read(NOTEBOOKS / f"{stem}.ipynb", as_version=4)
    copy.cells.insert(0, nbformat.v4.new_code_cell(FIRST))
    with tempfile.TemporaryDirectory() as folder:
        NotebookClient(
            copy,
            timeout=120,
            kernel_name="python3",
            extra_arguments=["--IPKernelApp.log_level=40"],
            store_widget_state=False,
            coalesce_streams=True,
            resources={"metadata": {"path": folder}},
        ).execute()
    del copy.cells[0]
    nbformat.write(copy, out / f"{stem}.ipynb")
