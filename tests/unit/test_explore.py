"""explore: what is drawn for given values, the start, the runs, what is refused."""

from functools import partial

import numpy as np
import pytest

from gdlib import (
    BOWL,
    METHODS,
    PARABOLA,
    ROSENBROCK,
    Objective,
    adam,
    descend,
    gradient_descent,
    line_data,
    momentum,
    mse,
    nadam,
    nesterov,
    ravine,
)
from gdlib.live import explore, race, rate_map
from gdlib.live.runs import fate, named, split, under


def curve(x, y):
    return np.column_stack([x, y])


def test_explore_sends_the_closed_form_of_the_parabola(show):
    page = show(explore(PARABOLA, gradient_descent, steps=20, lr=(0.01, 1, 0.15)))
    x = 0.7 * (1 - 2 * 0.15) ** np.arange(21)
    assert page.shows(0, curve(x, x**2))
    assert page.shows(1, curve(np.arange(21), x**2))
    assert page.board.path.theta[:, 0] == pytest.approx(x)


def test_moving_a_slider_sends_other_points_and_no_still(show):
    page = show(explore(PARABOLA, gradient_descent, steps=5, lr=(0.01, 1.0, 0.15)))
    page.slide("lr", 200)
    lr = page.board.values["lr"]
    assert lr == pytest.approx(0.01 ** (1 / 3), rel=0.01)
    x = 0.7 * (1 - 2 * lr) ** np.arange(6)
    assert page.shows(0, curve(x, x**2))
    assert page.seen(page.board.boxes["lr"]) == lr
    assert page.answers[-1][0]["files"] == []  # what stands still is not sent again


def test_update_of_three_paths_is_small(show):
    methods = [gradient_descent, momentum, nesterov]
    page = show(explore(ROSENBROCK, methods, steps=100, lr=(1e-5, 2e-3, 1e-3)))
    page.slide("lr", 250)
    news, files = page.answers[-1]
    assert sum(map(len, files)) + len(repr(news)) < 10_000


def test_steps_draw_only_the_gaps_anew(show):
    page = show(explore(BOWL, gradient_descent, steps=50))
    page.slide("steps", 70)
    assert page.answers[-1][0]["files"] == ["s1"]


def test_surface_parameters_send_a_map_and_no_still(show):
    page = show(explore(ravine, gradient_descent, kappa=(1, 100, 10)))
    page.slide("kappa", 200)
    (file,) = page.answers[-1][0]["files"]
    assert file.startswith("m")
    page.slide("lr", 100)
    assert page.answers[-1][0]["files"] == []


def test_drag_moves_the_start_and_the_path(show):
    page = show(explore(BOWL, gradient_descent))
    page.tell(["drag", 0, page.spot(0, 0.25, 0.5)])
    for name, at in (("start x", 0.25), ("start y", 0.5)):
        assert page.board.values[name] == pytest.approx(at, abs=1e-4)
        assert page.seen(page.board.boxes[name]) == page.board.values[name]
    start = [page.board.values[name] for name in ("start x", "start y")]
    assert page.shows(0, descend(gradient_descent, BOWL, start).theta)


def test_drag_beyond_the_window_stays_at_its_edge(show):
    page = show(explore(BOWL, gradient_descent))
    page.tell(["drag", 0, [5.0, -5.0]])
    assert [page.board.values[n] for n in ("start x", "start y")] == [1, 1]


def test_only_the_first_plot_moves_the_start(show):
    page = show(explore(BOWL, gradient_descent))
    before = page.board.values
    page.tell(["drag", 1, [0.5, 0.5]], ["hover", 0, [0.5, 0.5]], ["leave", 0, 0])
    assert page.board.values == before


def test_arrow_keys_nudge_the_start(show):
    page = show(explore(BOWL, gradient_descent, start=(0.5, 0.5)))
    page.tell(["key", 0, ["ArrowLeft", False]], ["key", 0, ["ArrowUp", True]])
    start = [page.board.values[n] for n in ("start x", "start y")]
    assert start == pytest.approx([0.48, 0.7])  # 1 % and 10 % of a window 2 wide


def test_start_that_nobody_chose_turns_with_the_surface(show):
    page = show(explore(ravine, adam, angle=(0, 90, 0)))

    def start():
        return [page.board.values[name] for name in ("start x", "start y")]

    assert start() == [-2, 1]
    page.board.set(angle=90)  # (u, w) = (y, -x)
    assert start() == pytest.approx([-1, -2])
    assert page.board.path.theta[0] == pytest.approx([-1, -2])
    page.type("kappa", 50.0)
    assert start() == pytest.approx([-1, -2])
    page.board.reset.click()
    assert start() == [-2, 1]
    page.tell(["key", 0, ["ArrowRight", True]])  # 10 % of a window 5 wide
    page.board.set(angle=90)
    assert start() == [-1.5, 1]


def test_start_that_the_caller_chose_stays(show):
    page = show(explore(ravine, adam, angle=(0, 90, 0), start=(-2, 1)))
    page.board.set(angle=90)
    assert page.board.path.theta[0].tolist() == [-2, 1]


@pytest.mark.parametrize(
    ("gaps", "told"),
    [
        ([5, 2, 1.1], "–"),
        ([5, 0.4, 0.2], "step 1"),
        ([5, 0.4, 2, 0.3, 1.1, 0.6, 0.2], "step 1, stays from 5"),
        ([5, 0.4, 2, 0.3, 1.1], "step 1, left again"),
        ([5, 0.4, np.inf, np.nan], "step 1, left again"),
        ([0.5], "step 0"),
    ],
)
def test_readout_tells_whether_a_run_stays_under_the_tolerance(gaps, told):
    assert under(np.array(gaps), 1, "step ") == told


def test_divergence_is_drawn_up_to_the_overflow_and_told(show):
    page = show(explore(BOWL, gradient_descent, steps=2000, lr=(0.1, 9.0, 8.0)))
    assert np.isfinite(page.lines(0)[0]).any()
    overflow = descend(gradient_descent, BOWL, steps=2000, lr=8.0).diverged_at
    assert page.rows[0][-1] == f"overflow at step {overflow}"
    assert f"overflows at step {overflow}" in page.board.says
    assert page.error == ""


@pytest.mark.parametrize(
    ("lr", "ends"), [(0.9, "("), (1.01, "("), (1.4, "diverges"), (30, "overflow at st")]
)
def test_a_run_that_climbs_without_end_is_said_to_diverge(lr, ends):
    path = descend(gradient_descent, BOWL, (0.5, 0.5), steps=240, lr=lr)
    if ends == "diverges":
        assert np.isfinite(path.loss).all()
        assert path.loss[-1] > 1e6 * path.loss[0]
    assert fate(path).startswith(ends)


def own(theta, grad, t, z=0.0, *, lr=0.1, mix=0.5):
    g = grad(theta)
    z = mix * z + g
    return theta - lr * z, dict(g=g, z=z)


def test_readers_own_method_and_objective_work_in_one_line(show):
    mine = Objective(lambda t: (t**4).sum(0), lambda t: 4 * t**3, dim=2)
    page = show(explore(mine, own))
    assert set(page.board.values) >= {"lr", "mix", "steps", "start x"}
    assert list(page.board.sliders) == ["lr", "mix", "steps", "step"]
    assert page.shows(0, descend(own, mine, start=(-1.2, -1.2), steps=100).theta)


TWICE = {
    "β₂ = 0.9": partial(adam, beta2=0.9),
    "β₂ = 0.999": partial(adam, beta2=0.999),
}


def test_a_method_given_twice_with_its_settings_held(show):
    page = show(explore(ravine(10), TWICE, lr=0.05, steps=30))
    assert "beta2" not in page.board.sliders
    assert {"beta1", "eps"} <= set(page.board.sliders)
    for name, beta2 in (("β₂ = 0.9", 0.9), ("β₂ = 0.999", 0.999)):
        path = descend(adam, ravine(10), steps=30, lr=0.05, beta2=beta2)
        assert np.array_equal(page.board.paths[name].theta, path.theta)
    items = [i for i in page.answers[-1][0]["items"] if i["p"] == 0 and i.get("h")]
    one, other = items
    assert one["c"] != other["c"]
    assert one.get("d") != other.get("d")
    assert page.rows[0][0] == "β₂ = 0.9"
    assert "beta2=0.999" in page.board.code


def test_a_held_setting_leaves_the_slider_to_the_other_methods(show):
    page = show(explore(BOWL, [partial(adam, beta2=0.9), nadam], steps=9))
    assert list(page.board.paths) == ["Adam, beta2 = 0.9", "Nadam"]
    before = {name: path.theta for name, path in page.board.paths.items()}
    page.slide("beta2", 0)
    after = {name: path.theta for name, path in page.board.paths.items()}
    same = {name: np.array_equal(before[name], after[name]) for name in before}
    assert same == {"Adam, beta2 = 0.9": True, "Nadam": False}


def test_numbers_fix_and_ranges_move():
    ranges, fixed = split(named(adam), dict(lr=(0.01, 1, 0.1), beta1=0.5))
    assert [item.name for item in ranges] == ["lr", "beta2", "eps"]
    assert fixed == dict(beta1=0.5)


def test_regression_shows_the_line_over_its_data(show):
    x, y = line_data(np.random.default_rng(0), 40)
    page = show(explore(mse(x, y), gradient_descent, lr=(0.01, 1, 0.1), steps=30))
    m, b = descend(gradient_descent, mse(x, y), steps=30, lr=0.1).theta[-1]
    ends = np.array([x.min(), x.max()])
    assert page.shows(2, curve(ends, m * ends + b))


def test_a_random_surface_is_dealt_anew_for_every_picture(show):
    x, y = line_data(np.random.default_rng(0), 40)

    def dealt(batch=5):
        return mse(x, y, batch=batch, rng=np.random.default_rng(3))

    page = show(explore(dealt, gradient_descent, lr=(0.01, 1, 0.1), batch=(1, 40, 5)))
    before = page.lines(0)[0]
    page.slide("lr", 10)
    assert not np.array_equal(page.lines(0)[0], before)
    page.board.reset.click()
    assert np.array_equal(page.lines(0)[0], before)


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_every_method_opens_with_its_own_defaults(method, show):
    board = show(explore(ROSENBROCK, method, steps=20)).board
    path = descend(method, ROSENBROCK, steps=20)
    assert board.path.hyper == path.hyper
    assert np.array_equal(board.path.theta, path.theta, equal_nan=True)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: explore(BOWL, adam, rate=1), TypeError, "rate is no hyper-parameter"),
        (lambda: explore(BOWL, "adam"), TypeError, "methods holds 'a'; allowed:"),
        (lambda: explore(3, adam), TypeError, "objective is 3; allowed:"),
        (lambda: explore(BOWL, adam, start=(1,)), ValueError, "start is .1,.; allow"),
        (lambda: explore(BOWL, adam, steps=0), ValueError, "steps is 0; allowed:"),
        (lambda: explore(BOWL, adam, tol=0), ValueError, "tol is 0; allowed: a number"),
        (lambda: explore(BOWL, adam, lr=(1, 2)), ValueError, "lr is .1, 2.; allowed:"),
        (
            lambda: explore(Objective(sum, sum, dim=3), adam),
            ValueError,
            "objective has dim = 3; allowed: 1 or 2",
        ),
        (lambda: rate_map(adam, BOWL), ValueError, "y is 'gamma'; allowed: two of lr"),
        (
            lambda: rate_map(momentum, BOWL, measure="speed"),
            ValueError,
            "measure is 'speed'; allowed: 'steps' or 'rate'.",
        ),
        (lambda: race(BOWL, [adam], kappa=3), TypeError, "kappa is no hyper-parameter"),
        (lambda: race(BOWL, [adam], lr="fast"), ValueError, "lr is 'fast'; allowed:"),
        (lambda: race(BOWL, [adam], lr={"SGD": 1}), ValueError, "lr is .*any of Adam"),
    ],
)
def test_bad_calls_are_refused_in_a_sentence(call, error, message):
    with pytest.raises(error, match=f"^{message}"):
        call()
