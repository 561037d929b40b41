"""The notebooks in JupyterLite, in a Chromium that reaches no other host.

What Pyodide publishes for its own platform alone (NumPy, Matplotlib) is on no registry,
so no dashboard runs here: what is held is that the page asks for it, and for nothing
else. The kernel and the widgets do run, in an edition that brings Pyodide along.
"""

import hashlib
import json

import pytest
from jupyterlite_pyodide_kernel.constants import PYODIDE_CDN_URL

from book import OUT, notebooks
from book.lite.build import build
from book.lite.wheels import pyodides_lock
from book.serving import served

LITE = OUT / "lite"
LISTED = "static/pyodide-lock/pyodide-lock.json"
OURS = {"anywidget", "autograd", "comm", "gdlib", "ipywidgets", "psygnal"}
KERNEL = {"ipykernel", "piplite", "pyodide-kernel"}
LOCAL = ("data:", "blob:", "attachment:")
CELLS = "document.querySelectorAll('.jp-Notebook .jp-Cell').length"
SHOWN = """[...document.querySelectorAll(".jp-MarkdownCell img")]
  .every((i) => i.complete && i.naturalWidth)"""

# One line each: an editor indents what follows a line break.
SLIDER = """\
import ipywidgets; n = ipywidgets.IntSlider(3); said = ipywidgets.Label("3"); \
n.observe(lambda c: setattr(said, "value", f"{c.new} squared is {c.new**2}"), \
"value"); \
ipywidgets.VBox([n, said])"""
# As gdlib's dashboards do: messages of one's own, answered with bytes.
BUTTON = """\
import anywidget; Button = type("Button", (anywidget.AnyWidget,), dict(_esm=\
"export default { render({ model, el }) { const b = document.createElement('button'); \
b.className = 'pressed'; el.append(b); b.onclick = () => model.send({ n: 2 }); \
model.on('msg:custom', async (news, buffers) => { \
b.textContent = news.who + await new Blob(buffers).text(); }); } };")); \
b = Button(); b.on_msg(lambda _, news, files: \
b.send(dict(who="Python"), [f" heard {news['n']}".encode()])); b"""


def cells(path):
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def listed(folder):
    return json.loads((folder / LISTED).read_text(encoding="utf-8"))["packages"]


def test_every_notebook_is_there():
    names = [path.name for path in notebooks()]
    found = json.loads((LITE / "api/contents/all.json").read_text(encoding="utf-8"))
    assert sorted(file["name"] for file in found["content"]) == names
    for path in notebooks():
        there = cells(LITE / "files" / path.name)
        assert [cell["source"] for cell in there] == [
            "".join(cell["source"]) for cell in cells(path)
        ]


def test_a_package_lies_here_or_is_pyodides_own():
    packages, pyodides = listed(LITE), pyodides_lock()["packages"]
    assert set(packages) == set(pyodides) | OURS | KERNEL
    assert not set(pyodides) & (OURS | KERNEL)
    for name, package in packages.items():
        if name in pyodides:
            file = pyodides[name]["file_name"]
            assert package == pyodides[name] | {
                "file_name": f"{PYODIDE_CDN_URL}/{file}"
            }
        else:
            wheel = (LITE / LISTED).parent / package["file_name"]
            assert hashlib.sha256(wheel.read_bytes()).hexdigest() == package["sha256"]
            assert set(package["depends"]) <= set(packages)
    gdlib = packages["gdlib"]["depends"]
    assert gdlib == ["anywidget", "ipywidgets", "matplotlib", "numpy", "tqdm"]


def visit(browser, address, abroad, **options):
    """A page that reaches this machine alone; what else it asks for is noted."""
    page = browser.new_page(viewport=dict(width=1280, height=900), **options)
    page.set_default_timeout(60_000)
    page.context.route(
        lambda url: not url.startswith((address, *LOCAL)),
        lambda route: abroad.append(route.request.url) or route.abort(),
    )
    return page


def test_an_address_opens_its_notebook(browser, address):
    abroad = []
    page = visit(browser, address, abroad, color_scheme="light")
    with page.expect_request(f"{PYODIDE_CDN_URL}/**"):
        page.goto(f"{address}/lite/lab/index.html?path=04_momentum.ipynb")
        page.wait_for_selector(".jp-Notebook h1 >> text=Momentum")
    page.wait_for_function(f"{CELLS} === {len(cells(notebooks()[4]))}")
    assert page.evaluate("document.body.dataset.jpThemeLight") == "true"
    page.context.close()
    assert set(abroad) == {f"{PYODIDE_CDN_URL}/pyodide.mjs"}


def test_it_opens_at_the_start_and_follows_the_system(browser, address):
    page = visit(browser, address, [], color_scheme="dark")
    page.goto(f"{address}/lite/")
    page.wait_for_url("**/lite/lab/index.html?path=00_start_here.ipynb")
    page.wait_for_function(f"{CELLS} === {len(cells(notebooks()[0]))}")
    page.wait_for_function(SHOWN)
    assert page.evaluate("document.body.dataset.jpThemeLight") == "false"
    page.context.close()


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """An edition that brings Pyodide along."""
    folder = tmp_path_factory.mktemp("whole")
    build(folder, with_pyodide=True)
    return folder


@pytest.fixture(scope="module")
def lab(browser, whole):
    """A notebook with a kernel that waits for work; what it asked other hosts for."""
    abroad = []
    with served(whole) as address:
        page = visit(browser, address, abroad)
        page.goto(f"{address}/lab/index.html?path=00_start_here.ipynb")
        page.get_by_text("Python (Pyodide) | Idle").wait_for(timeout=120_000)
        yield page, abroad
        page.context.close()


def run(page, line):
    """Run a line in place of the first code cell of the notebook."""
    page.locator(".jp-CodeCell .cm-content").first.click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(line)
    page.keyboard.press("Control+Enter")


def test_a_slider_reaches_python_and_back(lab):
    page, abroad = lab
    run(page, SLIDER)
    page.locator(".widget-slider .noUi-handle").focus()
    for n in (4, 5, 6):
        page.keyboard.press("ArrowRight")
        page.get_by_text(f"{n} squared is {n * n}", exact=True).wait_for()
    assert abroad == []


def test_messages_and_bytes_of_a_widget_go_both_ways(lab):
    page, abroad = lab
    run(page, BUTTON)
    page.locator("button.pressed").click()
    page.get_by_text("Python heard 2", exact=True).wait_for()
    assert abroad == []


GDLIBS = ["contourpy", "kiwisolver", "matplotlib", "numpy", "pillow"]


@pytest.mark.parametrize(
    ("line", "asked", "missing"),
    [
        ("from gdlib import PARABOLA", GDLIBS, "numpy"),
        ("import sklearn", ["numpy", "scikit-learn", "scipy"], "sklearn"),
        ("import dask.distributed", [], "dask"),
    ],
)
def test_an_import_asks_for_compiled_packages_alone(lab, whole, line, asked, missing):
    page, abroad = lab
    abroad.clear()
    run(page, line)
    page.locator(".jp-OutputArea pre", has_text=f"----> 1 {line}").wait_for()
    assert page.get_by_text(f"No module named '{missing}'").count()
    packages = listed(whole)
    assert sorted(abroad) == sorted(packages[name]["file_name"] for name in asked)
