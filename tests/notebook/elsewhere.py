"""Run notebooks as elsewhere: an empty folder, no kernel, one process for all of them.

    python -m tests.notebook.elsewhere notebooks/*.ipynb

Prints what differs from the texts that a notebook keeps, as JSON: name -> cells. No
figure is drawn, so this takes a fraction of a run in a kernel; nbval does that.
"""

import io
import json
import os
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ["MPLBACKEND"] = "template"  # Matplotlib's backend that draws nothing

import matplotlib.pyplot as plt
from IPython.core.displayhook import CapturingDisplayHook
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell

from tests.notebook.reading import read


def differences(notebook):
    """What the cells of a notebook show otherwise than they keep, one text a cell."""
    shell = InteractiveShell.instance(history_load_length=0)
    shell.reset(new_session=False)
    sys.modules["__main__"].__spec__ = None  # else a process that a cell starts runs us
    found = []
    for cell in notebook.code:
        shown, kept = texts(run(shell, cell.text)), texts(cell.outputs)
        if shown != kept and "nbval-ignore-output" not in cell.tags:
            found.append("\n".join([cell.text, "# keeps", *kept, "# shows", *shown]))
    return found


def run(shell, code):
    """Run a cell; return its outputs in the form that notebooks keep them."""
    shell.display_pub = CapturingDisplayPublisher()
    outputs = shell.display_pub.outputs
    shell.display_trap.hook = CapturingDisplayHook(shell, outputs)
    streams = io.StringIO(), io.StringIO()
    with redirect_stdout(streams[0]), redirect_stderr(streams[1]):
        shell.run_cell(code)
    plt.close("all")
    names = zip(("stdout", "stderr"), streams, strict=True)
    return [*outputs, *({"name": n, "text": s.getvalue()} for n, s in names)]


def texts(outputs):
    """The texts that a cell shows, in no order: streams come when they like."""
    found = {}
    for output in outputs:
        if "text" in output:
            name = output["name"]
            found[name] = found.get(name, "") + "".join(output["text"])
    bundles = [output.get("data", {}) for output in outputs]
    shown = [
        f"{kind}: {''.join(text)}"
        for bundle in bundles
        if "image/png" not in bundle
        for kind, text in bundle.items()
        if kind.startswith("text/")
    ]
    return sorted([*shown, *(f"{n}: {text}" for n, text in found.items() if text)])


if __name__ == "__main__":
    books = [read(Path(path).resolve()) for path in sys.argv[1:]]
    with TemporaryDirectory() as folder, chdir(folder):
        print(json.dumps({book.path.name: differences(book) for book in books}))
