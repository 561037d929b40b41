"""On a projector all of a dashboard that answers is seen at once, in Big too."""

import pytest

from tests.browser import lab

CELLS = (
    "import numpy as np\nfrom gdlib import *\nfrom gdlib.live import *\n"
    "def cloud(centre=0.0):\n"
    "    return mse(*line_data(np.random.default_rng(0), centre=centre))",
    "explore(ravine, [gradient_descent, momentum], steps=60)",
    "explore(cloud, gradient_descent, steps=100, centre=(0.0, 3.0, 2.0))",
    "race(BEALE, list(METHODS.values()), steps=200)",
    "rate_map(momentum, ravine, kappa=(1, 100, 10), angle=0, steps=60)",
    "step_player(adam, ravine(25), lr=0.2)",
)
SEEN = 'document.querySelector(".jp-WindowedPanel-outer").clientHeight'
LOWEST = """board => {
  const parts = board.querySelectorAll("canvas, .gd-sliders, .gd-scroll");
  const ends = [...parts].map((part) => part.getBoundingClientRect().bottom);
  return Math.max(...ends) - board.getBoundingClientRect().top;
}"""
WIDEST = "board => Math.max(...[...board.querySelectorAll('canvas')].map(c => c.width))"


@pytest.fixture(scope="module")
def page(window, address, folder):
    """The whole of JupyterLab, with its file browser, as `make lab` opens it."""
    page = lab.open_page(window)
    whole = address.replace("/doc/", "/lab/")
    lab.show(page, whole, lab.write(folder, "fit.ipynb", *CELLS))
    yield page
    page.evaluate(lab.SHUT_DOWN)
    page.close()


@pytest.mark.parametrize("size", [(1280, 800), (1366, 768)], ids=str)
@pytest.mark.parametrize("big", [False, True], ids=["usual", "big"])
def test_plots_sliders_and_numbers_are_seen_together(page, size, big):
    page.set_viewport_size(dict(width=size[0], height=size[1]))
    lab.run(page, f"big({big})")
    boards = page.locator(".gd-board").all()
    for board in boards:  # they come to their sizes one after the other
        board.scroll_into_view_if_needed()
        fits = f"board => ({LOWEST})(board) <= {SEEN}"
        page.wait_for_function(fits, arg=board.element_handle(), timeout=10_000)
        lab.settle(board)
    seen = page.evaluate(SEEN)
    assert [board.evaluate(LOWEST) <= seen for board in boards] == [True] * 5


def test_plots_grow_where_there_is_room(page):
    board = page.locator(".gd-board").first
    lab.run(page, "big()")
    page.set_viewport_size(dict(width=1366, height=768))
    lab.settle(board)
    before = board.evaluate(WIDEST)
    page.set_viewport_size(dict(width=1920, height=1080))
    wider = f"([board, before]) => ({WIDEST})(board) > 1.5 * before"
    page.wait_for_function(wider, arg=[board.element_handle(), before])
