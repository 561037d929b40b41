"""Where dashboards stand: in boxes, two windows, on finer screens, in saved pages."""

import pytest

from gdlib.live import canvas
from tests.browser import lab

BOARD = "explore(BOWL, gradient_descent, steps=40)"
INSIDE = (
    "from ipywidgets import *\nfrom gdlib import *\nfrom gdlib.live import *",
    f"HBox([{BOARD}, IntSlider()])",
    f"Box([{BOARD}])",
    f"HBox([{BOARD}, {BOARD}])",
    f"Tab([{BOARD}, {BOARD}])",
    f"Accordion([{BOARD}])",
)
ENDLESS = """
entered = []
def endless(theta, grad, t, *, lr=0.1):
    while lr > 0.5:
        entered[:] = [lr]
    return theta - lr * grad(theta), {}
"""
TWO = (
    INSIDE[0],
    "steps = []\nboard = explore(BOWL, gradient_descent, steps=60)\n"
    "board.sliders['step'].observe(lambda change: steps.append(change.new), 'value')\n"
    "board",
    ENDLESS,
    "explore(BOWL, endless, steps=40)",
)
WIDTHS = """() => [...document.querySelectorAll(".gd-board")].map((board) =>
  [board.clientWidth, board.scrollWidth, board.querySelectorAll("canvas").length])"""
FILLED = """canvases => {
  const all = [...document.querySelectorAll(".gd-board canvas")];
  const drawn = all.filter((one) => one.style.width && one.offsetWidth > 200);
  return drawn.length === canvases;
}"""
SAVE = "window.jupyterapp.commands.execute('docmanager:save')"
INTERRUPT = """() => window.jupyterapp.shell.currentWidget.sessionContext.session
  .kernel.interrupt()"""
SIZES = """() => [...document.querySelectorAll(".gd-board canvas")].map(
  (canvas) => [canvas.offsetWidth, canvas.width])"""
# What a page with widgets and without a kernel makes of a dashboard.
RENDER = """async (script) => {
  const { default: widget } = await import(
    `data:text/javascript,${encodeURIComponent(script)}`);
  const model = { send() {}, on() {}, off() {} };
  const views = "[type='application/vnd.jupyter.widget-view+json']";
  for (const view of document.querySelectorAll(views)) {
    const area = document.createElement("div"), board = document.createElement("div");
    area.className = "widget-subarea";
    board.className = "jupyter-widgets widget-box widget-vbox gd-board";
    area.append(board);
    view.parentElement.insertBefore(area, view);
    widget.render({ model, el: board });
  }
  return document.querySelectorAll(".gd-board").length;
}"""
SEEN = """() => [...document.querySelectorAll(".jp-OutputArea-child")]
  .filter((child) => child.offsetHeight > 100)
  .map((child) => child.querySelector("img") ? "picture" : child.innerText)"""


def test_boards_in_boxes_tabs_and_accordions_have_their_width(shared, address, folder):
    page = shared
    lab.open_notebook(page, address, lab.write(folder, "inside.ipynb", *INSIDE))
    page.wait_for_function(FILLED, arg=10)
    page.locator(".widget-tab .lm-TabBar-tab").nth(1).click()
    page.locator(".jupyter-widget-Collapse-header").click()
    page.wait_for_function(FILLED, arg=12)
    for wide, content, _ in page.evaluate(WIDTHS):
        assert content <= wide
    lab.hand_on(page)


@pytest.fixture
def narrow(shared):
    """The page as narrow as a phone."""
    usual = shared.viewport_size
    shared.set_viewport_size(dict(width=390, height=844))
    yield shared
    shared.set_viewport_size(usual)


def test_plots_stand_one_above_the_other_on_a_phone(narrow, address, folder):
    page, name = narrow, lab.write(folder, "narrow.ipynb", *TWO[:2])
    lab.show(page, address, name)
    first, second = (page.locator("canvas").nth(i).bounding_box() for i in range(2))
    assert first["x"] == second["x"]
    assert second["y"] > first["y"] + first["height"]
    fits = "board => board.scrollWidth <= board.clientWidth"
    assert page.locator(".gd-board").evaluate(fits)
    assert page.faults == []
    lab.hand_on(page)


@pytest.fixture(scope="module")
def windows(window, address, folder):
    """Two windows of different sizes on one notebook and one kernel."""
    one, other = lab.open_page(window), lab.open_page(window)
    other.set_viewport_size(dict(width=800, height=700))
    name = lab.write(folder, "two.ipynb", *TWO)
    lab.show(one, address, name)
    one.evaluate(SAVE)
    other.goto(address.format(name))
    other.wait_for_function(lab.DRAWN, arg=2, timeout=90_000)
    yield one, other
    one.evaluate(lab.SHUT_DOWN)
    one.close()
    other.close()


def test_each_window_keeps_its_size(windows):
    (wide, _), *_ = windows[0].evaluate(SIZES)
    (narrow, _), *_ = windows[1].evaluate(SIZES)
    assert wide > 1.3 * narrow


def test_play_in_one_window_goes_step_by_step_to_the_end_in_both(windows):
    one, _ = windows
    lab.run(one, "steps.clear()")
    one.get_by_role("button", name="Play").first.click()
    one.get_by_role("button", name="Pause").wait_for()
    one.get_by_role("button", name="Pause").wait_for(state="detached")
    one.wait_for_function(lab.IDLE)
    steps = lab.json.loads(lab.run(one, "print(steps)"))
    assert steps == sorted(set(steps))  # never back, none twice
    assert steps[-1] == 60
    for page in windows:
        lab.settle(page.locator(".gd-board").first)
        step = page.get_by_role("slider", name="step").first
        assert step.get_attribute("aria-valuetext") == "60"


def test_thumbs_of_both_windows_stand_on_one_place(windows):
    for page in windows:
        handle = page.get_by_role("slider", name="lr").first
        before = lab.picture(page.locator(".gd-board").first)
        handle.press("ArrowRight")
        lab.wait_for_change(page.locator(".gd-board").first, before)
        places = [each.locator(".gd-control .noUi-handle").first for each in windows]
        at = places[windows.index(page)].get_attribute("aria-valuenow")
        for each, place in zip(windows, places, strict=True):
            each.wait_for_function(
                "([place, at]) => place.getAttribute('aria-valuenow') === at",
                arg=[place.element_handle(), at],
            )


def test_method_without_an_end_is_stopped_or_interrupted_and_others_go_on(windows):
    page = windows[0]
    other, board = page.locator(".gd-board").all()
    box, told = board.get_by_role("spinbutton", name="lr"), board.get_by_role("alert")
    before = lab.picture(other)
    box.fill("0.9")
    box.press("Enter")
    other.get_by_role("slider", name="lr").press("ArrowRight")
    told.get_by_text("takes more than 4 seconds and was stopped").wait_for()
    lab.wait_until(other, "!==", before)
    assert box.input_value() == "0.1"
    box.fill("0.95")
    box.press("Enter")
    while lab.run(page, "print(entered)") != "[0.95]":
        page.wait_for_timeout(50)
    page.evaluate(INTERRUPT)
    told.get_by_text("This was interrupted.").wait_for()
    page.evaluate(lab.RUN_ALL)
    page.wait_for_function(lab.DRAWN, arg=2)
    assert page.faults == []


def test_finer_screen_of_the_same_width_gets_finer_pictures(windows):
    page = windows[0]
    (wide, pixels), *_ = page.evaluate(SIZES)
    assert pixels == wide
    screen = page.context.new_cdp_session(page)
    metrics = dict(width=1280, height=899, deviceScaleFactor=2, mobile=False)
    screen.send("Emulation.setDeviceMetricsOverride", metrics)
    finer = f"() => ({SIZES})().every(([wide, pixels]) => pixels === 2 * wide)"
    page.wait_for_function(finer)
    assert page.evaluate(SIZES)[0] == [wide, 2 * wide]


def test_page_of_a_notebook_run_by_nbconvert_shows_pictures_alone(window, folder):
    cells = TWO[0], BOARD, "race(BEALE, [momentum, adam], steps=40)"
    html = lab.converted(folder, lab.write(folder, "fresh.ipynb", *cells))
    page = window.new_page()
    page.route("**/*", lambda route: route.abort())  # no script for widgets comes
    page.set_content(html, wait_until="domcontentloaded")
    assert page.evaluate(SEEN) == ["picture"] * 2
    assert page.evaluate(RENDER, str(canvas.Canvas._esm)) == 2  # now it has come
    assert page.evaluate(SEEN) == ["picture"] * 2
    assert page.get_by_text("waits for its kernel").filter(visible=True).count() == 0
    page.close()
