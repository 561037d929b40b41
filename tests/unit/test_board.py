"""Board: one truth per control, what fails is taken back, one of one's own."""

import ipywidgets as widgets
import numpy as np
import pytest

from gdlib import BOWL, Objective, descend, gradient_descent, momentum, ravine
from gdlib.live import Board, Plot, Range, Scene, explore, line

# One truth per control.


def test_thumb_box_and_run_say_the_same_however_one_of_them_is_moved(show):
    page = show(explore(BOWL, gradient_descent))
    board = page.board
    slider, box = board.sliders["lr"], board.boxes["lr"]

    def agree():
        lr = slider.value
        assert box.value == lr == board.values["lr"] == board.path.hyper["lr"]
        assert page.seen(box) == lr
        return lr

    page.slide("lr", 120)
    assert agree() == board.controls["lr"].range.value(120)
    page.type("lr", 0.0615)
    assert agree() == 0.0615 == page.seen(slider)
    slider.value = 0.2
    assert agree() == 0.2 == page.seen(slider)
    board.set(lr=0.3)
    assert agree() == 0.3 == page.seen(slider)


def test_default_stays_exact_whatever_the_page_reports(show):
    page = show(explore(ravine, gradient_descent, kappa=(1, 100, 25), steps=9))
    kappa = page.board.controls["kappa"].range
    stop = kappa.stop(25)
    page.slide("kappa", stop)
    assert page.board.values["kappa"] == 25
    for away in (stop + 1, stop, 0, stop):
        page.slide("kappa", away)
    assert page.board.values["kappa"] == 25
    assert "kappa=25.0" in page.board.code


def test_reader_hears_a_slider_and_moves_it_from_a_cell(show):
    page, heard = show(explore(BOWL, gradient_descent)), []
    slider = page.board.sliders["lr"]
    slider.observe(lambda change: heard.append(change.new), "value")
    page.type("lr", 0.5)
    slider.value = 0.25
    page.slide("lr", 0)
    assert heard == [0.5, 0.25, 0.0001]
    assert page.board.path.hyper["lr"] == 0.0001


@pytest.mark.parametrize(("beyond", "end"), [(99, 0.7), (1e-9, 0.003)])
def test_number_beyond_the_ends_that_a_cell_sets_becomes_the_end(show, beyond, end):
    page = show(explore(BOWL, momentum, lr=(0.003, 0.7, 0.1)))
    page.board.sliders["lr"].value = beyond
    assert page.board.values["lr"] == page.seen(page.board.boxes["lr"]) == end
    page.type("gamma", 2.0)  # what is taken back is allowed still
    assert page.board.values["lr"] == end
    page.type("gamma", 0.5)
    assert page.board.path.hyper == dict(lr=end, gamma=0.5)


def test_jslink_keeps_two_dashboards_together(show):
    first, second = (show(explore(BOWL, gradient_descent)) for _ in range(2))
    pages = first, second
    one, other = (page.board.sliders["lr"] for page in pages)
    link = widgets.jslink((one, "value"), (other, "value"))
    assert link.source == (one, "value")
    for page in pages:  # the link lives in the page: both report the same raw number
        page.slide("lr", 150)
    assert one.value == other.value != 0.1
    one.value = 0.2  # the page hears of it and sets the other
    second.put(other, value=first.seen(one))
    assert second.board.values["lr"] == pytest.approx(0.2, rel=0.01)
    link.close()


def test_set_moves_it_from_python(show):
    page = show(explore(BOWL, gradient_descent))
    page.board.set(lr=0.5, steps=20)
    assert page.board.values["lr"] == 0.5
    assert "(lr = 0.5): in 20 steps" in page.board.says
    assert len(page.answers) == 2  # the first picture, and one for both changes
    with pytest.raises(ValueError, match=r"^speed is no control; allowed: lr, steps"):
        page.board.set(speed=1)
    with pytest.raises(ValueError, match=r"^lr is 99; allowed"):
        page.board.set(lr=99)


def test_reset_sends_one_message(show):
    page = show(explore(BOWL, momentum))
    start = page.lines(0)[0]
    page.slide("lr", 9)
    page.slide("gamma", 9)
    page.tell(["drag", 0, [0.3, 0.3]])
    sent = len(page.answers)
    page.board.reset.click()
    assert len(page.answers) == sent + 1
    assert page.board.values["gamma"] == page.seen(page.board.boxes["gamma"]) == 0.9
    assert np.array_equal(page.lines(0)[0], start)


# What fails.


def moody(theta, grad, t, *, lr=0.1):
    if lr > 0.5:
        raise RuntimeError("too fast for me")
    step = lr * grad(theta)
    return (theta - step if lr < 0.3 else step[0]), dict(step=step)


def test_refused_value_is_told_and_the_picture_stays(show):
    page = show(explore(BOWL, gradient_descent))
    before = page.whole()
    page.type("lr", 99.0)
    assert page.error == "lr is 99.0; allowed: a number from 0.0001 to 10."
    assert page.whole() == before
    page.type("lr", 0.2)
    assert page.error == ""
    page.type("steps", 3.5)
    assert page.error == "steps is 3.5; allowed: a whole number from 1 to 200."
    page.board.reset.click()
    assert page.error == ""
    assert page.whole() == before


def test_readers_faults_are_told_kindly_and_taken_back(show):
    page = show(explore(BOWL, moody, lr=(0.01, 1, 0.1)))
    before = page.whole()
    page.type("lr", 0.9)
    assert page.error == "This could not be computed: RuntimeError: too fast for me"
    assert page.whole() == before
    page.slide("lr", 300)
    assert page.error == "This could not be computed: RuntimeError: too fast for me"
    assert page.whole() == before
    page.board.sliders["lr"].value = 0.4
    assert "moody returned a next theta of shape ()" in page.error
    assert page.whole() == before
    page.tell(["hello", 0, [900, 400, 1.0, False]])  # opened anew: the last good one
    assert page.whole() == before


def picky(theta, grad, t, *, lr=0.1):
    if t > 60:
        raise RuntimeError("I am tired")
    return theta - lr * grad(theta), {}


@pytest.mark.parametrize("at", [50, 20])
def test_failing_change_of_the_length_puts_every_control_back(show, at):
    page = show(explore(BOWL, picky, steps=50))
    page.put(page.board.sliders["step"], value=at)
    before = page.whole()
    page.type("steps", 70.0)
    assert page.error == "This could not be computed: RuntimeError: I am tired"
    assert page.whole() == before


@pytest.mark.parametrize("at", [50, 20])
def test_failing_change_to_a_shorter_run_puts_every_control_back(show, at):
    bad = {"bad": dict(steps=30, lr=0.9)}
    page = show(explore(BOWL, moody, steps=50, lr=(0.01, 1, 0.1), presets=bad))
    page.put(page.board.sliders["step"], value=at)
    before = page.whole()
    page.board.presets["bad"].click()
    assert page.error == "This could not be computed: RuntimeError: too fast for me"
    assert page.whole() == before


def test_preset_with_one_refused_value_changes_nothing(show):
    half = {"half": dict(gamma=0.5, lr=99)}
    page = show(explore(BOWL, momentum, presets=half))
    before = page.whole()
    page.board.presets["half"].click()
    assert page.error == "lr is 99; allowed: a number from 0.0001 to 10."
    assert page.whole() == before


def test_a_surface_that_cannot_be_drawn_is_told_too(show):
    def pit(depth):
        if 4 < depth < 6:
            return Objective(lambda t: np.zeros(3), BOWL.grad, dim=2, minima=((0, 0),))
        return BOWL

    page = show(explore(pit, gradient_descent, depth=(1.0, 9.0, 1.0)))
    before = page.whole()
    page.type("depth", 5.0)
    assert page.error.startswith("value of 'your function' returned ")
    assert "shape (3,)" in page.error
    assert page.whole() == before


def test_one_refused_event_leaves_the_others_of_its_message(show):
    def fenced(theta, grad, t, *, lr=0.1):
        if t == 1 and theta[0] > 0.5:
            raise RuntimeError("off limits")
        return theta - lr * grad(theta), {}

    page = show(explore(BOWL, fenced, start=(0.0, 0.5)))
    drag = ["drag", 0, page.spot(0, 0.9, 0.9)]
    page.tell(drag, ["key", 0, ["ArrowUp", False]])
    assert page.board.path.theta[0] == pytest.approx([0, 0.52])
    page.tell(["key", 0, ["ArrowUp", False]], drag)
    assert page.board.path.theta[0] == pytest.approx([0, 0.54])
    assert page.error == "This could not be computed: RuntimeError: off limits"


# A dashboard of one's own.


def polygon(values):
    """A regular polygon with n corners; none with 13."""
    if values["n"] == 13:
        raise ValueError("n is 13; allowed: a number that brings luck.")
    turn = np.linspace(0, 2 * np.pi, values["n"] + 1)
    corners = values["r"] * np.column_stack([np.cos(turn), np.sin(turn)])
    return Scene([line(corners)], f"{values['n']} corners", ("Polygon",))


def own():
    size = dict(xlim=(-2, 2), ylim=(-2, 2), aspect="equal")
    plot = Plot(lambda ax, values: ax.set(**size))
    corners = widgets.IntSlider(5, 3, 20, description="corners")
    radius = Range("r", 0.1, 2, 1.0)
    return Board(polygon, [plot], [("n", corners), radius], title="polygon")


def test_dashboard_of_ones_own_from_any_ipywidget_and_a_function(show):
    page = show(own())
    assert [len(xy) for xy in page.lines(0)] == [6]
    page.put(page.board.sliders["n"], value=8)
    assert page.board.says == "8 corners"
    page.type("r", 2.0)
    assert page.shows(0, polygon(dict(n=8, r=2.0)).pieces[0].xy)
    assert page.board.values["r"] == 2
    page.put(page.board.sliders["n"], value=13)
    assert page.error == "n is 13; allowed: a number that brings luck."
    assert page.seen(page.board.sliders["n"]) == page.board.values["n"] == 8
    page.board.reset.click()
    assert (page.board.values["n"], page.board.values["r"]) == (5, 1.0)
    assert page.board.code == ""


def test_a_plot_that_cannot_be_drawn_is_told_too(show):
    def draw(ax, values):
        if values["n"] == 13:
            raise ValueError("n is 13; allowed: a number that brings luck.")
        ax.set(xlim=(-values["n"], values["n"]))

    knob = ("n", widgets.IntSlider(5, 3, 20))
    plots = [Plot(draw, on=("n",))]
    page = show(Board(lambda v: Scene([], f"{v['n']}"), plots, [knob], title="own"))
    for _ in range(2):
        page.put(page.board.sliders["n"], value=13)
        assert page.error == "n is 13; allowed: a number that brings luck."
        assert page.seen(page.board.sliders["n"]) == page.board.values["n"] == 5
    page.put(page.board.sliders["n"], value=8)
    assert (page.error, page.board.says) == ("", "8")
    left, right = page.still(0).project(np.array([[-8, 0], [8, 0]]))[:, 0]
    assert (left, right) == pytest.approx((page.still(0).box[0], page.still(0).box[2]))


def test_a_plain_dashboard_has_nothing_it_does_not_need(show):
    board = show(own()).board
    shown, parts = [], [board]
    while parts:
        shown.append(parts.pop())
        parts += getattr(shown[-1], "children", ())
    assert {board.reset, board.big} <= set(shown)
    assert not {board.pin, board.copy} & set(shown)
    assert not hasattr(board, "play")


def test_dashboards_run_is_that_of_descend(show):
    board = show(explore(BOWL, gradient_descent)).board
    board.sliders["lr"].value = 0.3
    fresh = descend(gradient_descent, BOWL, lr=0.3)
    assert np.array_equal(board.path.theta, fresh.theta)
    assert list(board.paths.values()) == [board.path]
