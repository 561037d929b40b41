"""Letting go: closing, running a cell again, memory."""

import subprocess
import sys
from pathlib import Path

import ipywidgets as widgets
import pytest
from ipywidgets.widgets.widget import _instances as living

from gdlib import BOWL, HIMMELBLAU, adam, cells, gradient_descent, momentum, ravine
from gdlib.live import Board, Plot, Scene, explore, race, rate_map, step_player
from tests.unit.page import Page

ROOT = Path(__file__).parents[2]


def own():
    plot, knob = Plot(lambda ax, values: None), ("n", widgets.IntSlider())
    return Board(lambda values: Scene([], ""), [plot], [knob], title="own")


MAKERS = {
    "explore": lambda: explore(ravine, [gradient_descent, momentum]),
    "alone": lambda: explore(BOWL, adam),
    "own": own,
    "rate_map": lambda: rate_map(momentum, BOWL, steps=9),
    "race": lambda: race(HIMMELBLAU, [gradient_descent, adam], steps=9),
    "step_player": lambda: step_player(adam, BOWL),
}


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_closing_lets_go_of_every_widget(make):
    before = set(living)
    board = make()
    page = Page(board)
    assert len(living) > len(before) + 10
    board.close()
    assert set(living) == before
    assert board.comm is None
    assert board.canvas.views == {}
    assert page.answers


class Shell:
    """What a cell's run leaves for `gdlib.cells` to see."""

    def __init__(self):
        self.run, self.cell = 0, "c"

    def get_parent(self):
        return {"header": {"msg_id": self.run}, "metadata": {"cellId": self.cell}}


@pytest.fixture
def shell(monkeypatch):
    """Run cells in a shell of the test's own; what they left is closed at the end."""
    shell = Shell()
    monkeypatch.setattr(cells, "get_ipython", lambda: shell)
    monkeypatch.setattr(cells, "_made", {})
    yield shell
    for _, made in cells._made.values():
        [cells.close(widget) for widget in made]


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_a_cell_run_again_closes_what_its_last_run_made(make, shell):
    before, counts = len(living), set()
    for run in range(40 if make is MAKERS["alone"] else 5):
        shell.run = run
        make()
        counts.add(len(living) - before)
    assert len(counts) == 1


def test_only_the_same_cell_in_a_later_run_closes(shell):
    first, second = (explore(BOWL, gradient_descent) for _ in range(2))
    shell.cell, shell.run = "another", 1
    third = explore(BOWL, gradient_descent)
    assert None not in (first.comm, second.comm, third.comm)
    shell.cell, shell.run = "c", 2
    fourth = explore(BOWL, gradient_descent)
    assert first.comm is second.comm is None
    assert None not in (third.comm, fourth.comm)


def test_without_a_cell_nothing_is_closed(show, monkeypatch):
    for shell in (None, Shell()):
        monkeypatch.setattr(cells, "get_ipython", lambda shell=shell: shell)
        if shell:
            shell.cell = None
        pages = [show(explore(BOWL, gradient_descent)) for _ in range(2)]
        assert all(page.board.comm is not None for page in pages)


MEMORY = """
import resource
from gdlib import ROSENBROCK, gradient_descent, momentum, nesterov
from gdlib.live import explore
methods = [gradient_descent, momentum, nesterov]
board = explore(ROSENBROCK, methods, lr=(1e-5, 2e-3, 1e-3))
board.canvas.send = lambda *news: None
board.canvas._receive(view="v", events=[["hello", 0, [900, 400, 1.0, False]]])
slider, stops = board.sliders["lr"], board.controls["lr"].range.stops

def move(times):
    for stop in range(times):
        slider.set_state({"value": stops[stop % len(stops)]})
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

before = move(100)
print(move(600) - before)
import sys
plt = sys.modules.get("matplotlib.pyplot")
print(len(plt.get_fignums()) if plt else 0)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs the resource module")
def test_hundreds_of_moves_leave_no_memory_and_no_figure_behind():
    run = [sys.executable, "-W", "error", "-c", MEMORY]
    done = subprocess.run(run, capture_output=True, text=True, check=True, cwd=ROOT)
    grown, figures = map(int, done.stdout.split()[-2:])
    kilobyte = 1024 if sys.platform == "darwin" else 1
    assert grown / kilobyte < 5_000
    assert figures == 0
