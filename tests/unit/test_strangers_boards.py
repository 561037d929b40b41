"""Dashboards of strangers: methods without an end, data as measured, other threads."""

import _thread
import gc
import threading
import weakref
from types import SimpleNamespace

import ipywidgets as widgets
import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure

from gdlib import (
    BOWL,
    HIMMELBLAU,
    adam,
    cells,
    descend,
    gradient_descent,
    line_data,
    momentum,
    mse,
    ravine,
    standardise,
)
from gdlib.live import Board, Plot, Scene, explore, race, rate_map, step_player
from gdlib.live.film import Clock
from tests.unit.page import Page

# A method without an end.

LATE = "This takes more than 0.3 seconds and was stopped."


def endless(theta, grad, t, *, lr=0.1):
    while lr > 0.5:
        pass
    return theta - lr * grad(theta), {}


@pytest.fixture
def hasty(monkeypatch):
    """A reader of little patience; what is computed first takes as long as it takes."""
    monkeypatch.setattr("gdlib.patience.PATIENCE", 0.3)


def test_method_without_an_end_is_told_and_everything_goes_on(show, hasty):
    page, other = show(explore(BOWL, endless)), show(explore(BOWL, momentum))
    before = page.whole()
    page.type("lr", 0.9)
    assert page.error == LATE
    assert page.whole() == before
    other.type("lr", 0.2)
    assert other.board.path.hyper["lr"] == 0.2
    page.type("lr", 0.3)
    assert (page.error, page.board.path.hyper["lr"]) == ("", 0.3)
    again = show(explore(BOWL, endless))
    assert again.whole() == before


def test_surface_preset_plot_or_answer_without_an_end_is_told_too(show, hasty):
    def wait(values):
        while 5 < values["kappa"] < 9:
            pass

    def valley(kappa):
        wait(dict(kappa=kappa))
        return ravine(kappa)

    presets = {"wait": lambda values: wait(dict(kappa=7))}
    page = show(explore(valley, momentum, kappa=(1.0, 9.0, 2.0), presets=presets))
    for move in (lambda: page.type("kappa", 7.0), page.board.presets["wait"].click):
        move()
        assert page.error == LATE
    knob = ("kappa", widgets.FloatSlider(2, min=1, max=9))
    plot = Plot(lambda ax, values: wait(values), on=("kappa",), takes=("keys",))
    react = dict(react=lambda kind, plot, payload, values: wait(dict(kappa=7)))
    own = show(Board(lambda v: Scene([], ""), [plot], [knob], title="own", **react))
    own.put(own.board.sliders["kappa"], value=8.0)
    assert own.error == LATE
    own.put(own.board.sliders["kappa"], value=3.0)
    assert own.error == ""
    own.tell(["key", 0, ["ArrowUp", False]])
    assert own.error == LATE


def test_answer_that_fails_is_told_and_leaves_no_traceback(show):
    def react(kind, plot, payload, values):
        raise RuntimeError("not there")

    knob = ("n", widgets.IntSlider())
    plots = [Plot(lambda ax, values: None)]
    page = show(Board(lambda v: Scene([], ""), plots, [knob], title="o", react=react))
    page.tell(["drag", 0, [0.5, 0.5]])
    assert page.error == "This could not be computed: RuntimeError: not there"


class Waiting:
    """A method that goes on until it is let go, for steps above 0.5."""

    def __init__(self):
        self.entered, self.free = threading.Event(), threading.Event()

    def method(self, theta, grad, t, *, lr=0.1):
        while lr > 0.5 and not self.free.is_set():
            self.entered.set()
        return theta - lr * grad(theta), {}


def moving(page, lr):
    """Move a slider in a thread of its own, as callbacks do; return the thread."""
    thread = threading.Thread(target=page.type, args=("lr", lr))
    thread.start()
    return thread


def test_while_one_computes_another_can_be_made_and_shown(show, monkeypatch):
    monkeypatch.setattr("gdlib.patience.PATIENCE", 60)
    monkeypatch.setattr(cells, "display", lambda *args, **kwargs: None)
    wait = Waiting()
    page = show(explore(BOWL, wait.method))
    thread = moving(page, 0.9)
    assert wait.entered.wait(30)
    board = explore(BOWL, momentum)
    assert board._repr_mimebundle_()[0]["text/plain"].endswith(board.says)
    assert thread.is_alive()
    wait.free.set()
    thread.join()
    board.close()
    assert (page.error, page.board.values["lr"]) == ("", 0.9)


def test_kernels_interrupt_reaches_a_callback(show, monkeypatch):
    kernel = SimpleNamespace(saved_sigint_handler=None)
    shell = SimpleNamespace(kernel=kernel, get_parent=lambda: {})
    monkeypatch.setattr(cells, "get_ipython", lambda: shell)
    monkeypatch.setattr("gdlib.patience.PATIENCE", 60)
    wait = Waiting()
    page = show(explore(BOWL, wait.method))
    before = page.whole()
    thread = moving(page, 0.9)
    assert wait.entered.wait(30)
    kernel.saved_sigint_handler(2, None)
    thread.join()
    assert page.error == "This was interrupted."
    assert page.whole() == before


def test_interrupt_in_the_main_thread_stops_a_change_and_takes_it_back(show):
    wait = Waiting()
    page = show(explore(BOWL, wait.method))
    before = page.whole()

    def interrupt():
        assert wait.entered.wait(30)
        _thread.interrupt_main()

    threading.Thread(target=interrupt).start()
    with pytest.raises(KeyboardInterrupt):
        page.board.set(lr=0.9)
    assert page.whole() == before
    page.type("lr", 0.2)
    assert page.error == ""


ENDS = {
    KeyboardInterrupt: "This was interrupted.",
    SystemExit: "This could not be computed: SystemExit: now",
}


@pytest.mark.parametrize(("kind", "told"), ENDS.items())
def test_what_ends_a_cell_leaves_the_picture_as_it_was(show, kind, told):
    def leaving(theta, grad, t, *, lr=0.1):
        if lr > 0.5:
            raise kind("now")
        return theta - lr * grad(theta), {}

    page = show(explore(BOWL, leaving))
    before = page.whole()
    with pytest.raises(kind):
        page.board.set(lr=0.9)
    assert page.error == told
    assert page.whole() == before


# Data as they are measured.


def measured(low, high, slope, intercept, noise):
    """Points about a line, x between low and high."""
    rng = np.random.default_rng(0)
    x = rng.uniform(low, high, 200)
    return x, intercept + slope * x + noise * rng.standard_normal(200)


DATA = {
    "weight and mpg": (measured(1600, 5100, -0.0077, 46, 3), 1e-7),
    "budget and sales": (measured(1, 296, 0.0475, 7, 3), 4e-5),
    "area and price": (measured(600, 4500, 280, -4e4, 6e4), 1e-7),
}
with_data = pytest.mark.parametrize(("data", "lr"), DATA.values(), ids=DATA)


@with_data
def test_ground_of_measured_data_fills_its_place(show, data, lr):
    line = mse(*data)
    boards = [
        explore(line, gradient_descent, lr=(lr / 10, lr * 10, lr)),
        race(line, [gradient_descent, adam], steps=9),
        step_player(gradient_descent, line, lr=(lr / 10, lr * 10, lr)),
    ]
    for page in map(show, boards):
        left, top, right, bottom = page.still(0).box
        assert right - left > 0.6 * page.still(0).size[0]
        assert bottom - top > 0.6 * page.still(0).size[1]


@with_data
def test_start_moves_on_measured_data_as_on_any(show, data, lr):
    page = show(explore(mse(*data), gradient_descent, lr=(lr / 10, lr * 10, lr)))
    (left, right), (low, high) = page.board.path.objective.window
    spot = np.array([0.7 * left + 0.3 * right, 0.4 * low + 0.6 * high])
    page.tell(["drag", 0, page.spot(0, *spot)])
    start = page.board.path.theta[0]
    assert start == pytest.approx(spot, rel=2e-3)
    page.tell(["key", 0, ["ArrowRight", False]], ["key", 0, ["ArrowUp", True]])
    moved = (page.board.path.theta[0] - start) / (right - left, high - low)
    assert moved == pytest.approx([0.01, 0.1], rel=0.1)
    marked = [item for item in page.answers[-1][0]["items"] if item.get("s")]
    assert marked[0]["p"] == 0


@with_data
def test_dashboard_says_what_makes_the_ground_even(show, data, lr):
    x, y = data
    board = show(explore(mse(x, y), gradient_descent)).board
    told = f"Here x runs from {x.min():.4g} to {x.max():.4g}, and each axis has a scale"
    assert told in board.says
    page = show(explore(mse(standardise(x), y), gradient_descent))
    assert "Here x runs" not in page.board.says
    even = page.still(0).project(np.array([[0, 0], [1, 0], [0, 1]]))
    assert np.hypot(*(even[1] - even[0])) == pytest.approx(
        np.hypot(*(even[2] - even[0]))
    )


@with_data
def test_arrows_of_a_step_on_measured_data_fit_the_plot(show, data, lr):
    page = show(step_player(gradient_descent, mse(*data), lr=lr))
    page.board.set(term=2)
    (left, top, right, bottom), lines = page.still(0).box, page.lines(0)
    points = np.vstack(lines)
    assert ((points >= (left, top)) & (points <= (right, bottom))).all()
    arrows = [np.ptp(line[:, 0]) / (right - left) for line in lines]
    assert sum(share > 0.05 for share in arrows) == 2  # the slope and the step


@with_data
def test_slider_of_lr_reaches_where_runs_on_measured_data_hold(show, data, lr):
    board = show(explore(mse(*data), gradient_descent, steps=20)).board
    board.set(lr=lr / 2)
    assert np.all(np.diff(board.path.loss) < 0)
    own = show(explore(mse(*data), gradient_descent, lr=(1e-3, 1e-1, 1e-2))).board
    with pytest.raises(ValueError, match=r"lr is .*; allowed: a number from 0.001"):
        own.set(lr=lr / 2)


# Other threads.


def test_moves_leave_the_readers_matplotlib_settings_alone(show):
    page, faults = show(explore(BOWL, gradient_descent)), []

    def work():
        try:
            for size in range(700, 710):
                page.tell(["hello", 0, [size, 400, 1.0, False]])
        except Exception as fault:
            faults.append(fault)

    thread = threading.Thread(target=work)
    with mpl.rc_context():
        thread.start()
        while thread.is_alive():
            for width in range(1, 40):
                mpl.rcParams["lines.linewidth"] = width
                (line,) = Figure().add_subplot().plot([1, 2])
                assert line.get_linewidth() == width
        settings = dict(mpl.rcParams)
        assert settings["lines.linewidth"] == 39
        assert settings["axes.spines.top"] is mpl.rcParamsDefault["axes.spines.top"]
    assert faults == []


def test_mini_batches_are_dealt_to_a_dashboard_and_to_a_cell_at_once(show):
    rng = np.random.default_rng(0)
    shared = mse(*line_data(rng, 3000), batch=10, rng=rng)
    page, faults = show(explore(shared, gradient_descent, steps=60)), []

    def work():
        for stop in range(150, 200):
            page.slide("lr", stop)
            faults.extend([page.error] * bool(page.error))

    thread = threading.Thread(target=work)
    thread.start()
    while thread.is_alive():
        descend(gradient_descent, shared, steps=60, lr=0.01)
    assert faults == []


# Two windows.


def test_play_ticks_in_one_page_only():
    clock, sent = Clock(), []
    clock._send = lambda message, **_: sent.append(message)

    def told():
        news = [message["state"].get("playing") for message in sent]
        sent.clear()
        return [playing for playing in news if playing is not None]

    clock.set_state({"playing": True})
    assert clock.playing
    assert told() == []  # no other page is to tick
    clock.set_state({"playing": True})  # in another page
    assert not clock.playing
    assert set(told()) == {False}
    clock.set_state({"playing": True})
    told()
    clock.set_state({"playing": False})
    assert set(told()) == {False}


def test_step_follows_play_in_python_and_no_page_links_them(show):
    page = show(explore(BOWL, gradient_descent, steps=50))
    other = Page(page.board, view="w")
    page.put(page.board.play, value=20, playing=True)
    step = page.board.sliders["step"]
    assert step.value == page.seen(step) == other.seen(step) == 20
    assert page.board.says == other.answers[-1][0]["says"]


# Letting go.

MAKERS = {
    "explore": lambda: explore(BOWL, [gradient_descent, momentum]),
    "race": lambda: race(HIMMELBLAU, [gradient_descent, adam], steps=9),
    "rate_map": lambda: rate_map(momentum, BOWL, steps=9),
    "step_player": lambda: step_player(adam, BOWL),
}


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_closed_dashboard_that_is_still_held_keeps_no_run_and_no_picture(make):
    board = make()
    page = Page(board)
    held = [*board.paths.values(), board._good[1], page.still(0)]
    held = [weakref.ref(thing) for thing in held]
    del page
    board.close()
    gc.collect()
    assert [ref() for ref in held] == [None] * len(held)
    assert board.path is None
    with pytest.raises(ValueError, match=r"^This dashboard is closed; allowed: a new"):
        board.set(**{next(iter(board.sliders)): 1})


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_closed_dashboard_that_nobody_holds_is_gone(make):
    board = make()
    board.canvas._receive(view="v", events=[["hello", 0, [900, 400, 1.0, False]]])
    board.close()
    gone = [weakref.ref(thing) for thing in (board, board.canvas, board.reset)]
    del board
    gc.collect()
    assert [ref() for ref in gone] == [None] * 3
