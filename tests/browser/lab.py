"""Real JupyterLab in real headless Chromium, for the tests and the benchmark."""

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat

from book.live.needs import needs

ROOT = Path(__file__).parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--no-first-run",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
]
SETTINGS = {  # nothing reaches out while tests run, and no cell hides below the fold
    "apputils-extension/notification": dict(
        fetchNews="false", checkForUpdates=False, doNotDisturbMode=True
    ),
    "notebook-extension/tracker": dict(windowingMode="none"),
}
IDLE = """() => {
  const context = window.jupyterapp?.shell?.currentWidget?.sessionContext;
  return context?.session?.kernel?.status === "idle";
}"""
SHOWN = "name => window.jupyterapp?.shell?.currentWidget?.context?.path === name"
REPLACE = """([path, kernel]) => {
  window.jupyterapp.shell.currentWidget.dispose();
  window.jupyterapp.commands.execute("docmanager:open", { path, kernel });
}"""
RUN_ALL = "window.jupyterapp.commands.execute('notebook:run-all-cells')"
# How a dashboard's plain text begins.
TITLES = r"(explore|step_player|rate_map|race|train|Cost)\b"
BOARDS = f"""() => window.jupyterapp.shell.currentWidget.model.toJSON().cells
  .flatMap((cell) => cell.outputs ?? [])
  .filter((out) => out.data?.["application/vnd.jupyter.widget-view+json"])
  .filter((out) => /^{TITLES}/.test([out.data["text/plain"]].flat().join(""))).length"""
DRAWN = """count => {
  const boards = [...document.querySelectorAll(".gd-board")];
  return boards.length === count && boards.every((board) => {
    const plots = [...board.querySelectorAll("canvas")];
    return plots.length && plots.every((plot) => plot.style.width);
  });
}"""
# A number for what each plot shows: to make PNGs of them takes three times as long.
PICTURE = """board => [...board.querySelectorAll("canvas")].map((canvas) => {
  const { width, height } = canvas, pen = canvas.getContext("2d");
  const seen = new Uint32Array(pen.getImageData(0, 0, width, height).data.buffer);
  let number = Math.imul(width, 31) + height;
  for (let i = 0; i < seen.length; i++) number = Math.imul(number ^ seen[i], 16777619);
  return number;
}).join()"""
EXECUTE = """async (code) => {
  const context = window.jupyterapp.shell.currentWidget.sessionContext;
  const future = context.session.kernel.requestExecute({ code });
  let printed = "";
  future.onIOPub = ({ content }) => { printed += content.text ?? ""; };
  await future.done;
  return printed.trim();
}"""
# The kernel for the next notebook, with no name and no widget of this one.
HAND_ON = """async () => {
  const { context, sessionContext } = window.jupyterapp.shell.currentWidget;
  const code = "from ipywidgets import Widget\\nWidget.close_all()\\n%reset -f";
  await sessionContext.session.kernel.requestExecute({ code }).done;
  context.model.dirty = false;
  return sessionContext.session.kernel.model;
}"""
SHUT_DOWN = """async () => {
  const notebook = window.jupyterapp.shell.currentWidget;
  await notebook.sessionContext.shutdown();
  notebook.context.model.dirty = false;
}"""


def chromium():
    """Path of an installed Chromium, or None."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def launch(playwright):
    """Start the installed Chromium, headless."""
    return playwright.chromium.launch(executable_path=chromium(), args=FLAGS)


def free_port():
    """A TCP port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextlib.contextmanager
def server(folder):
    """Run JupyterLab over folder/work; yield the address of a notebook in it."""
    port, token = free_port(), "course"
    (folder / "work").mkdir(exist_ok=True)
    for name, values in SETTINGS.items():
        place = f"config/lab/user-settings/@jupyterlab/{name}.jupyterlab-settings"
        (folder / place).parent.mkdir(parents=True)
        (folder / place).write_text(json.dumps(values))
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    command += ["--ip=127.0.0.1", f"--port={port}", f"--IdentityProvider.token={token}"]
    command += [f"--ServerApp.root_dir={folder / 'work'}", "--LabApp.news_url="]
    command += ["--LabApp.expose_app_in_browser=True"]
    command += ["--LabApp.extension_manager=readonly"]
    with open(folder / "server.log", "w") as log:
        process = subprocess.Popen(command, env=_env(folder), stdout=log, stderr=log)
        try:
            _wait_for(f"http://127.0.0.1:{port}/api?token={token}", process)
            # "reset", lest a page opens with the layout that another one left
            yield f"http://127.0.0.1:{port}/doc/tree/{{}}?token={token}&reset"
        finally:
            process.terminate()
            process.wait(30)


def _env(folder):
    """Its own configuration, this Python's kernel, and gdlib from this tree."""
    places = ("config", "data", "runtime")
    own = {f"JUPYTER_{name.upper()}_DIR": str(folder / name) for name in places}
    own["IPYTHONDIR"] = str(folder / "ipython")
    own["PYTHONPATH"] = str(ROOT)
    own["PATH"] = os.pathsep.join(
        [str(Path(sys.executable).parent), os.environ["PATH"]]
    )
    return os.environ | own


def _wait_for(address, process, seconds=90):
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5):
            return
        time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not answer within {seconds} s")


def write(folder, name, *cells):
    """Write a notebook of code cells into the server's folder; return its name."""
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    book.metadata.kernelspec = dict(name="python3", display_name="Python 3")
    (folder / "work").mkdir(exist_ok=True)
    nbformat.write(book, folder / "work" / name)
    return name


def converted(folder, name):
    """Execute a notebook and make a page of it with nbconvert; give its HTML."""
    command = [sys.executable, "-m", "nbconvert", "--execute", "--to", "html"]
    command += ["--stdout", str(folder / "work" / name)]
    done = subprocess.run(command, env=_env(folder), capture_output=True, check=True)
    return done.stdout.decode()


def open_page(context):
    """Open a page that notes in `faults` what goes wrong on it."""
    page = context.new_page()
    page.faults, page.kernel = [], None
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda said: _note(page, said))
    return page


def _note(page, said):
    if said.type == "error":
        page.faults.append(said.text)


def open_notebook(page, address, name, timeout=90_000):
    """Open a notebook and run it to its end.

    On a page that shows a notebook already it takes that one's place, which is quick,
    and the kernel that this one has handed on, which is quicker.
    """
    if page.url == "about:blank":
        page.goto(address.format(name))
    else:
        page.evaluate(REPLACE, [name, page.kernel])
    page.wait_for_function(SHOWN, arg=name, timeout=timeout)
    page.wait_for_function(IDLE, timeout=timeout)
    page.evaluate(RUN_ALL)


def show(page, address, name, timeout=90_000):
    """Open a notebook, run it to its end, wait until all its dashboards are drawn."""
    open_notebook(page, address, name, timeout)
    page.wait_for_function(DRAWN, arg=page.evaluate(BOARDS), timeout=timeout)
    return page


def hand_on(page):
    """Leave the page and its kernel, emptied, to the notebook that is shown next."""
    page.faults.clear()
    page.kernel = page.evaluate(HAND_ON)


def picture(board):
    """All that the board's plots show, to be compared."""
    return board.evaluate(PICTURE)


def run(page, code):
    """Run code in the page's kernel, beside the cells; give what it prints."""
    return page.evaluate(EXECUTE, code)


def wait_for_change(board, before):
    """Wait until the board's plots show something else than before, and all with them.

    The kernel sends the picture first, then the readout, then that it is idle.
    """
    wait_until(board, "!==", before)
    board.page.wait_for_function(IDLE)


def wait_until(board, compares, other):
    board.page.wait_for_function(
        f"([board, other]) => ({PICTURE})(board) {compares} other",
        arg=[board.element_handle(), other],
        polling=100,  # ms: to compare pictures at every frame costs as much as they do
        timeout=15_000,
    )


def settle(board):
    """Wait until the board's plots have come to rest, and the kernel too."""
    before = None
    while before != (now := picture(board)):
        before = now
        board.page.wait_for_timeout(200)
        board.page.wait_for_function(IDLE)


def dashboards(path):
    """The places among its code cells of an executed notebook's dashboards."""
    return [
        place
        for place, cell in enumerate(_code(path))
        for output in cell.outputs
        if re.match(TITLES, output.get("data", {}).get("text/plain", ""))
    ]


def with_dashboards():
    """The course's notebooks that show a dashboard."""
    paths = sorted((ROOT / "notebooks").glob("*.ipynb"))
    return [path for path in paths if dashboards(path)]


def cells(path):
    """A notebook's code that its dashboards need."""
    sources = [cell.source for cell in _code(path)]
    shown = dashboards(path)
    wanted = {*shown}.union(*(needs(sources, place) for place in shown))
    return [sources[place] for place in sorted(wanted)]


def _code(path):
    book = nbformat.read(path, as_version=4)
    return [cell for cell in book.cells if cell.cell_type == "code"]
