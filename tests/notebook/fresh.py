"""Run notebooks, each from a fresh kernel, top to bottom; keep what they show.

    python -m tests.notebook.fresh notebooks/*.ipynb

What differs from run to run is left out: the times and the widgets' state and
names; the picture beside a widget stays. Pictures keep 256 colours, half of their
size. Those of figures/ that the text shows are attached to its cells, so that a
notebook takes them along. `make notebooks` does this for all.
"""

import base64
import io
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from PIL import Image

from gdlib.cells import WIDGET_VIEW
from tests.notebook.reading import attached

FIGURES = Path(__file__).parents[2] / "figures"


def refresh(path, timeout=60):
    """Run the notebook at this path, at most `timeout` seconds a cell, in place."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=timeout,
        kernel_name="python3",
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
        extra_arguments=["--IPKernelApp.log_level=40"],
        resources={"metadata": {"path": Path(path).parent}},
    )
    client.execute()
    drop_widget_views(notebook)
    shrink_pictures(notebook)
    attach_pictures(notebook)
    nbformat.write(notebook, path)


def drop_widget_views(notebook):
    """Drop what only a live widget understands: its name changes with every run."""
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            output.get("data", {}).pop(WIDGET_VIEW, None)
        if cell.cell_type == "code":  # a finished progress bar leaves an empty output
            cell.outputs = [shown for shown in cell.outputs if shown.get("data") != {}]


def shrink_pictures(notebook):
    """Give every PNG a palette: curves and contours need no true colour."""
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if "image/png" in data:
                data["image/png"] = with_palette(data["image/png"])


def with_palette(png):
    """Encode a base64 PNG anew with at most 256 colours, unless that is larger."""
    picture = Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB")
    small = io.BytesIO()
    picture.quantize(256, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    return min(png, base64.b64encode(small.getvalue()).decode(), key=len)


def attach_pictures(notebook):
    """Give every markdown cell the pictures of figures/ that its text names."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.pop("attachments", None)
            pictures = {name: as_attachment(name) for name in attached(cell.source)}
            if pictures:
                cell.attachments = pictures


def as_attachment(name):
    """A picture of figures/ or a folder in it, as a cell holds it."""
    [path] = FIGURES.rglob(name)
    return {"image/png": base64.b64encode(path.read_bytes()).decode()}


def main(paths):
    """Refresh these notebooks, two at a time; the exit code tells whether all ran."""
    with ThreadPoolExecutor(2) as pool:
        runs = {path: pool.submit(refresh, path) for path in paths}
    faults = {path: run.exception() for path, run in runs.items() if run.exception()}
    for path, fault in faults.items():
        print(f"{path} stops with {type(fault).__name__}:\n{fault}", file=sys.stderr)
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
