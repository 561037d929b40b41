"""rate_map: what its colours stand for, and how the reader chooses on it."""

import numpy as np
import pytest

from gdlib import (
    BOWL,
    PARABOLA,
    descend,
    momentum,
    nesterov,
    ravine,
    spectral_radius,
)
from gdlib.live import rate_map
from gdlib.live.measures import rate


def test_cells_of_the_map_are_single_runs(show):
    page = show(rate_map(momentum, ravine(10), x_range=(0.01, 0.3), steps=80))
    heat = page.heat
    assert heat.index.shape == (400, 400)
    for row, column in ((10, 300), (200, 200), (399, 399), (150, 0)):
        lr = 0.01 * 30 ** ((column + 0.5) / 400)
        gamma = 0.99 * (row + 0.5) / 400
        path = descend(momentum, ravine(10), steps=80, lr=lr, gamma=gamma)
        first = path.first_below(1e-6)
        if path.loss[-1] > path.loss[0]:
            expected = 65
        else:
            expected = 64 if first is None else min(int(first / 80 * 64), 63)
        assert heat.index[row, column] == expected


def test_measured_rate_is_the_spectral_radius():
    lr, gamma = np.array([0.02, 0.1, 0.5]), np.array([[0.0], [0.3], [0.8]])
    hyper = dict(lr=lr, gamma=gamma)
    found, _ = rate(momentum, PARABOLA, (0.7,), 200, 1e-6, hyper)
    wanted = spectral_radius(momentum, 2 * lr, gamma)
    steady = wanted > 0.1  # the others are done before the second half
    assert found[steady] == pytest.approx(wanted[steady], rel=0.03)


@pytest.mark.parametrize(
    ("measure", "told"), [("steps", "under 1e-06"), ("rate", "nearer")]
)
def test_a_map_without_any_fast_pair_says_so(measure, told, show):
    page = show(rate_map(momentum, BOWL, x_range=(5, 9), measure=measure, steps=20))
    assert f"no pair on the map gets {told} in 20 steps." in page.board.says


def test_map_is_coarse_under_the_finger_and_fine_at_rest(show):
    page = show(rate_map(momentum, ravine, kappa=(1, 100, 10), steps=50))
    assert page.answers[-1][0]["refines"]
    assert page.heat.index.shape == (400, 400)
    page.slide("kappa", 100)
    assert page.heat.index.shape == (100, 100)
    page.tell(["rest", 0, 0])
    assert page.heat.index.shape == (400, 400)


def test_click_on_the_map_chooses_and_hover_only_looks(show):
    page = show(rate_map(momentum, BOWL, x_range=(0.01, 1.0), steps=50))
    spot = page.spot(0, 0.5, 0.6)
    page.tell(["hover", 0, spot])
    assert page.board.values["lr"] == 0.01
    assert page.rows[1][0] == "under the pointer: lr = 0.1, gamma = 0.59"
    page.tell(["drag", 0, spot])
    assert page.board.values["lr"] == pytest.approx(0.1)
    assert page.board.values["gamma"] == 0.59
    assert page.seen(page.board.boxes["gamma"]) == 0.59
    page.tell(["key", 0, ["ArrowRight", False]])
    assert page.board.values["lr"] > 0.1


def test_run_under_the_pointer_is_forgotten_when_the_pointer_leaves(show):
    page = show(rate_map(momentum, BOWL, x_range=(0.01, 1.0), steps=50))
    before = page.answers[-1][0]["items"]
    page.tell(["hover", 0, page.spot(0, 0.5, 0.6)])
    assert len(page.rows) == 2
    assert len(page.lines(1)) == 2
    page.tell(["leave", 0, 0])
    assert len(page.rows) == 1
    assert page.answers[-1][0]["items"] == before


def test_chosen_run_is_that_of_the_code(show):
    page = show(rate_map(momentum, ravine, kappa=(1, 100, 10), steps=50))
    page.tell(["drag", 0, page.spot(0, 0.31, 0.77)])
    page.type("kappa", 33.3)
    path, board = page.board.path, page.board
    values = {name: board.values[name] for name in ("lr", "gamma")}
    assert path.hyper == values
    fresh = descend(momentum, ravine(33.3), steps=50, **values)
    assert np.array_equal(path.theta, fresh.theta)
    names = dict(descend=descend, momentum=momentum, ravine=ravine)
    assert np.array_equal(eval(board.code, names).theta, fresh.theta)
    assert page.rows[0][1] == f"{fresh.loss[-1]:.4g}"


@pytest.mark.parametrize("method", [momentum, nesterov])
def test_theory_draws_its_curves_where_the_measured_map_changes(method, show):
    page = show(rate_map(method, ravine(10), x_range=(0.01, 2), steps=200))
    (edge, *_) = page.lines(0)
    shares = (edge - page.still(0).project([[0, 0]])) / (
        page.still(0).project([[1, 1]]) - page.still(0).project([[0, 0]])
    )
    inside = shares[(np.abs(shares - 0.5) < 0.4).all(1)]
    assert len(inside) > 20
    for across, up in inside[::10]:
        row, column = int(400 * up), int(400 * across)
        assert page.heat.index[row, column - 12] != 65
        assert page.heat.index[row, column + 12] == 65


def shrink(theta, grad, t, *, lr=0.9, gamma=0.5):
    return lr * theta, {}


def test_shades_of_rates_go_by_the_distance_from_1(show):
    axes = dict(x_range=(0.4, 0.999), y_range=(0, 0.9), measure="rate")
    heat = show(rate_map(shrink, BOWL, **axes)).heat
    # 64 shades for 0 to 2 of -log10(1 - rate): 0.5 has 0.301, so 9.6 of 64
    for rate_, shade in ((0.5, 9), (0.89, 30), (0.95, 41), (0.98, 54), (0.995, 63)):
        column = int(400 * np.log(rate_ / 0.4) / np.log(0.999 / 0.4))
        assert heat.index[200, column] == shade
