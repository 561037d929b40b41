"""What a page made live does beyond its first dashboard."""

import json

import pytest

from book import ROOT

SIDE = """() => { const [a, b] = document.querySelectorAll(".gd-board canvas");
  return a.getBoundingClientRect().top === b.getBoundingClientRect().top; }"""
CELLS = """async (science) => {
  const { Engine } = await import("../_live/live.js");
  window.engine = new Engine(() => {}, () => {});
  await engine.start(science); }"""
START = 120_000  # milliseconds


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport=dict(width=1280, height=900))
    context.set_default_timeout(START)
    yield context.new_page()
    context.close()


def test_two_presses_run_each_cell_once_and_keep_the_focus(page, address):
    page.goto(f"{address}/notebooks/04_momentum.html")
    buttons = page.get_by_role("button", name="Make it live")
    buttons.nth(0).focus()
    page.evaluate("document.querySelectorAll('.gd-alive')[1].click()")
    page.keyboard.press("Enter")
    page.wait_for_function(
        "() => document.querySelectorAll('.gd-board.gd-drawn').length === 2"
    )
    page.wait_for_function("() => document.querySelector('.gd-status').hidden")
    assert page.evaluate("document.activeElement.className").startswith("cell_output")
    assert page.evaluate(SIDE)


@pytest.mark.parametrize("name", ["14_a_neural_network", "13_the_race"])
def test_a_notebook_imports_what_it_needs(page, address, name):
    page.goto(f"{address}/notebooks/{name}.html")
    page.evaluate(CELLS, True)
    path = ROOT / "notebooks" / f"{name}.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    source = next("".join(c["source"]) for c in cells if c["cell_type"] == "code")
    source += "\nfrom gdlib.progress import progress\nlist(progress([1, 2]))"
    found = page.evaluate("(source) => engine.run('first', source)", source)
    assert found["error"] == ""


def test_what_a_browser_has_not_is_told(page, address):
    page.goto(f"{address}/notebooks/18_scaling_out.html")
    page.get_by_role("button", name="Make it live").first.click()
    page.wait_for_selector(".gd-board.gd-drawn")
    cell = page.locator("div.cell", has_text="Client(").first
    cell.get_by_role("button", name="Run").click()
    cell.get_by_role("alert").filter(has_text="Dask's workers").wait_for()
