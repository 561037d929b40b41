"""What a notebook's kernel is to its cells, for a page: it runs in WebAssembly.

There is no IPython here. This module stands in for the few things of it that ipywidgets
and gdlib use, runs cells, and carries the messages of widgets.
"""

import ast
import base64
import contextlib
import io
import json
import linecache
import re
import statistics
import sys
import time
import timeit
import traceback
import types

import _host
import comm
import tqdm
from comm.base_comm import BaseComm, CommManager

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
TIMEIT = re.compile(r"^(\s*)%timeit -n (\d+) -r (\d+) (.+)$", re.MULTILINE)
SECONDS = {"s": 1, "ms": 1e-3, "μs": 1e-6, "ns": 1e-9}
NO_WIDGET = "none"  # a bar's, in place of the name of a widget
KINDS = {"text/html": "_repr_html_", "text/markdown": "_repr_markdown_"}


def post(content, buffers=()):
    """Send something to the page: a dict and bytes."""
    buffers = [bytes(memoryview(buffer)) for buffer in buffers]
    head = json.dumps([content, [len(buffer) for buffer in buffers]]).encode()
    _host.call(len(head).to_bytes(4, "little") + head + b"".join(buffers))


class Comm(BaseComm):
    """A widget's line to the page."""

    def publish_msg(self, msg_type, data=None, metadata=None, buffers=None, **keys):
        """Send one message of a widget."""
        content = dict(data=data or {}, comm_id=self.comm_id, **keys)
        message = dict(msg_type=msg_type, content=content, metadata=metadata or {})
        post(dict(comm=message), buffers or ())


MANAGER = CommManager()
comm.create_comm = Comm
comm.get_comm_manager = lambda: MANAGER


class Shell:
    """The part of IPython's shell that knows which cell is running."""

    # Matplotlib and comm tell of what happens; nobody here waits for it.
    events = types.SimpleNamespace(
        **dict.fromkeys(["register", "trigger", "unregister"], lambda *args: None)
    )

    def __init__(self):
        self.cell, self.run, self.outputs = None, 0, []

    def showtraceback(self):
        """Tell the page what a widget's callback raised."""
        kind, problem, _ = sys.exc_info()
        post(dict(fault=f"{kind.__name__}: {problem}"))

    def get_parent(self):
        """The message that asked for the present run."""
        header = dict(msg_id=str(self.run))
        return dict(header=header, metadata=dict(cellId=self.cell))


class Place:
    """Where something was displayed under a name."""

    def update(self, *args, **kwargs):
        """A page does not show what changes while a cell runs."""


SHELL = Shell()


def display(*things, raw=False, metadata=None, **kwargs):
    """Show things below the cell that runs."""
    for thing in things:
        bundle = thing if raw else shown(thing)
        if bundle.get(WIDGET_VIEW, {}).get("model_id") == NO_WIDGET:
            continue
        SHELL.outputs.append(dict(data=plain(bundle)))
    return Place()


def plain(bundle):
    """A bundle by MIME type with pictures as text."""
    packed = {}
    for kind, value in bundle.items():
        is_bytes = isinstance(value, bytes)
        packed[kind] = base64.b64encode(value).decode() if is_bytes else value
    return packed


def shown(thing):
    """What a thing looks like, by MIME type."""
    bundle = getattr(thing, "_repr_mimebundle_", None)
    if bundle is not None and not isinstance(thing, type):
        found = bundle()
        return found[0] if isinstance(found, tuple) else found
    kinds = {k: getattr(thing, n)() for k, n in KINDS.items() if hasattr(thing, n)}
    return {"text/plain": repr(thing)} | kinds


def modules():
    """Put the stand-ins where ipywidgets and gdlib look for IPython."""
    names = ["IPython", "IPython.display", "IPython.core", "IPython.core.getipython"]
    names += ["IPython.core.interactiveshell", "IPython.core.magic"]
    made = {name: types.ModuleType(name) for name in names}
    for module in made.values():
        module.__path__ = []
        module.get_ipython = lambda: SHELL
        module.display = display
        module.clear_output = lambda *args, **kwargs: SHELL.outputs.clear()
        module.InteractiveShell = Shell
        module.version_info = (9, 0, 0)
    sys.modules |= made


class Bar:
    """tqdm's bar for notebooks: a page says in words how far a cell is."""

    PAUSE = 0.3  # seconds between two words

    def __init__(self, *args, total=0, **kwargs):
        self.container = types.SimpleNamespace(model_id=NO_WIDGET)
        self.total, self.n, self._told = total, 0, 0.0

    def update(self, n=1):
        """Move on."""
        self.n += n
        if time.monotonic() - self._told > self.PAUSE:
            self._told = time.monotonic()
            post(dict(busy=f"{self.n} of {self.total}"))

    def close(self):
        """Nothing stays."""


class Client:
    """Dask's, which a browser cannot have."""

    def __init__(self, *args, **kwargs):
        raise RuntimeError(
            "Dask's workers are processes of their own, and a browser has none: run "
            "this notebook in JupyterLab on a computer."
        )


def start():
    """Import what every notebook needs, once."""
    modules()
    bars = types.ModuleType("tqdm.notebook")
    bars.tqdm = Bar
    sys.modules["tqdm.notebook"] = tqdm.notebook = bars
    workers = types.ModuleType("dask.distributed")
    workers.Client = Client
    sys.modules |= {"dask": types.ModuleType("dask"), "dask.distributed": workers}
    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot as plt

    plt.show = show
    import gdlib.live  # noqa: F401  (imported here, it is there when a cell asks)


def show(*args, **kwargs):
    """Show the figures that are open, as Jupyter does, and close them."""
    import matplotlib.pyplot as plt

    for number in plt.get_fignums():
        figure, png = plt.figure(number), io.BytesIO()
        ratio = min(figure.dpi * 2, 200)
        figure.savefig(png, format="png", bbox_inches="tight", dpi=ratio)
        width = f"{figure.get_figwidth() * figure.dpi:.0f}"
        data = {"image/png": png.getvalue(), "text/plain": f"a figure {width} wide"}
        display(data, raw=True)
        plt.close(figure)


class Printed(io.TextIOBase):
    """Standard output as outputs of the cell that runs."""

    def write(self, text):
        """Add to what is printed, below what was shown before."""
        last = SHELL.outputs[-1] if SHELL.outputs else {}
        if "text" not in last:
            SHELL.outputs.append(last := dict(text=""))
        last["text"] += text
        return len(text)


NAMES = {"__name__": "__main__"}


def run(number, cell, source):
    """Run a cell and post its outputs under a number.

    cell  its id in the notebook, so that a second run takes the place of the first
    """
    SHELL.cell, SHELL.outputs = cell, []
    SHELL.run += 1
    name = f"<cell {cell}, run {SHELL.run}>"
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
    error = ""
    try:
        with contextlib.redirect_stdout(Printed()):
            execute(source, name)
            if "matplotlib.pyplot" in sys.modules:
                show()
    except BaseException as problem:
        error = told(problem, name)
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].close("all")  # half drawn
    post(dict(ran=number, outputs=SHELL.outputs, error=error))


def execute(source, name):
    """Execute statements; a last expression is shown."""
    tree = ast.parse(TIMEIT.sub(as_call, source), name)
    last = None
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        last = ast.Expression(tree.body.pop().value)
    exec(compile(tree, name, "exec"), NAMES)
    if last is not None:
        value = eval(compile(last, name, "eval"), NAMES)
        if value is not None:
            display(value)


def as_call(found):
    """The one line of IPython's own that a notebook has, %timeit, as plain Python."""
    indent, loops, runs, statement = found.groups()
    return f'{indent}__import__("kernel").timed({statement!r}, {loops}, {runs})'


def timed(statement, loops, runs):
    """Print how long a statement takes, as IPython does."""
    took = timeit.repeat(statement, globals=NAMES, number=loops, repeat=runs)
    each = [seconds / loops for seconds in took]
    mean, spread = map(lasting, (statistics.fmean(each), statistics.pstdev(each)))
    how = f"mean ± std. dev. of {runs} runs, {loops:,} loops each"
    print(f"{mean} ± {spread} per loop ({how})")


def lasting(seconds):
    """A time in words."""
    fit = [unit for unit, size in SECONDS.items() if seconds >= size]
    unit = fit[0] if fit else "ns"
    return f"{seconds / SECONDS[unit]:.3g} {unit}"


def told(problem, name):
    """An error in one sentence, with the line of the cell that it comes from."""
    frames = traceback.extract_tb(problem.__traceback__)
    lines = [frame.line for frame in frames if frame.filename == name]
    where = f" in the line `{lines[-1]}`" if lines and lines[-1] else ""
    return f"{type(problem).__name__}{where}: {problem}"


def hear(message):
    """Take a message of a widget on the page; say what its callback raises."""
    line = MANAGER.get_comm(message["content"]["comm_id"])
    if line is None:  # of a widget that is closed by now
        return
    try:
        line.handle_msg(message | dict(buffers=[]))
    except BaseException as problem:
        post(dict(fault=f"{type(problem).__name__}: {problem}"))
