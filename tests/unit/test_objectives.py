"""The surfaces: values by hand, gradients by differences, minima, shapes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdlib import (
    BEALE,
    BOWL,
    DOUBLE_WELL,
    HIMMELBLAU,
    PARABOLA,
    PLATEAU,
    RASTRIGIN,
    ROSENBROCK,
    SADDLE,
    Objective,
    descend,
    gradient_descent,
    line_data,
    mse,
    ravine,
    stream,
)

SURFACES = [
    PARABOLA,
    DOUBLE_WELL,
    BOWL,
    ravine(),
    ravine(100, 30),
    ravine(7, -120),
    ROSENBROCK,
    BEALE,
    HIMMELBLAU,
    SADDLE,
    RASTRIGIN,
    PLATEAU,
    mse(*line_data(np.random.default_rng(1), n=60, centre=2.0)),
    mse(np.random.default_rng(2).normal(size=(40, 3)), np.arange(40.0)),
]
every_surface = pytest.mark.parametrize(
    "surface", SURFACES, ids=lambda s: f"{s.name} in {s.dim}-D"
)


def points_in(window, *runs):
    low, high = np.transpose(window).reshape(2, -1, *(1,) * len(runs))
    return np.random.default_rng(3).uniform(low, high, (len(low), *runs))


def differences(value, theta, h=1e-5):
    """The gradient by central differences, coordinate by coordinate."""
    slopes = []
    for nudge in h * np.eye(len(theta)):
        nudge = nudge.reshape(-1, *(1,) * (theta.ndim - 1))
        slopes.append((value(theta + nudge) - value(theta - nudge)) / (2 * h))
    return np.array(slopes)


@pytest.mark.parametrize(
    ("surface", "point", "value"),
    [
        (PARABOLA, (0.7,), 0.49),
        (DOUBLE_WELL, (1.0,), -0.5),  # 1 - 2 + 1/2
        (DOUBLE_WELL, (-1.0,), -1.5),  # 1 - 2 - 1/2
        (BOWL, (3.0, 4.0), 25.0),
        (ravine(10), (1.0, 1.0), 5.5),  # (1 + 10) / 2
        (ravine(10, 90), (1.0, 2.0), 7.0),  # u = y, w = -x: (4 + 10) / 2
        (ravine(10, 45), (1.0, 1.0), 1.0),  # along the floor: |θ|² / 2
        (ravine(10, 45), (-1.0, 1.0), 10.0),  # across it: 10 |θ|² / 2
        (ROSENBROCK, (0.0, 0.0), 1.0),
        (ROSENBROCK, (-1.0, 2.0), 104.0),  # 4 + 100
        (BEALE, (0.0, 0.0), 14.203125),  # 2.25 + 5.0625 + 6.890625
        (BEALE, (1.0, 2.0), 126.453125),  # 2.5² + 5.25² + 9.625²
        (HIMMELBLAU, (0.0, 0.0), 170.0),  # 121 + 49
        (HIMMELBLAU, (1.0, 2.0), 68.0),  # 64 + 4
        (SADDLE, (1.0, 2.0), 2.5),  # 1/2 + 16/4 - 4/2
        (RASTRIGIN, (1.0, -2.0), 5.0),
        (RASTRIGIN, (0.5, 0.0), 20.25),  # 10 + 1/4 + 10
        (PLATEAU, (1.0, 1.0), 0.6321205588285577),  # 1 - 1/e
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_value_worked_out_by_hand(surface, point, value):
    assert surface(np.array(point)) == pytest.approx(value, rel=1e-14)


@every_surface
def test_gradient_agrees_with_differences(surface):
    theta = points_in(surface.window, 50)
    expected = differences(surface.value, theta)
    scale = np.abs(expected).max()
    np.testing.assert_allclose(
        surface.grad(theta), expected, rtol=1e-6, atol=1e-8 * scale
    )


def test_gradient_of_a_batch_of_all_data_is_the_full_gradient():
    x, y = line_data(np.random.default_rng(4), n=30)
    dealt = mse(x, y, batch=30, rng=np.random.default_rng(5))
    theta = points_in(dealt.window, 20)
    expected = differences(mse(x, y).value, theta)
    np.testing.assert_allclose(dealt.grad(theta), expected, rtol=1e-6, atol=1e-8)


@every_surface
def test_minima_have_no_slope_and_lie_below_their_neighbours(surface):
    around = np.random.default_rng(6).normal(size=(surface.dim, 40))
    around *= 1e-3 / np.linalg.norm(around, axis=0)
    assert surface.minima
    for point in surface.minima:
        theta = np.array(point)
        assert np.abs(surface.grad(theta)).max() < 1e-12
        assert (surface(theta) < surface(theta[:, None] + around)).all()


@every_surface
@pytest.mark.parametrize("runs", [(), (5,), (3, 4)], ids=["point", "batch", "grid"])
def test_value_and_gradient_batch_as_theta_does(surface, runs):
    theta = points_in(surface.window, *runs)
    value, grad = surface(theta), surface.grad(theta)
    assert (np.shape(value), grad.shape) == (runs, theta.shape)
    for run in np.ndindex(runs):
        one = theta[:, *run]
        np.testing.assert_allclose(value[run], surface(one), rtol=1e-13)
        np.testing.assert_allclose(
            grad[:, *run], surface.grad(one), rtol=1e-11, atol=1e-12
        )


@every_surface
def test_value_and_gradient_leave_theta_as_it_is(surface):
    theta = points_in(surface.window, 4)
    before = theta.copy()
    surface.value(theta)
    surface.grad(theta)
    np.testing.assert_array_equal(theta, before)


@every_surface
def test_start_and_minima_lie_in_the_window(surface):
    low, high = np.transpose(surface.window)
    for point in (surface.start, *surface.minima):
        assert len(point) == surface.dim
        assert (low <= point).all()
        assert (point <= high).all()


@given(
    kappa=st.floats(1, 1000),
    angle=st.floats(-360, 360),
    u=st.floats(-3, 3),
    w=st.floats(-3, 3),
)
def test_ravine_turns_with_its_angle(kappa, angle, u, w):
    c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    turn = np.array([[c, -s], [s, c]])
    straight, turned = ravine(kappa), ravine(kappa, angle)
    theta = np.array([u, w])
    assert turned(turn @ theta) == pytest.approx(straight(theta), rel=1e-9, abs=1e-12)
    expected = turn @ straight.grad(theta)
    np.testing.assert_allclose(
        turned.grad(turn @ theta), expected, rtol=1e-9, atol=1e-9
    )
    np.testing.assert_allclose(turned.start, turn @ straight.start, atol=1e-14)


def test_double_well_has_its_minima_at_roots_of_the_gradient():
    left, hill, right = np.sort(np.roots([4, 0, -4, 0.5]))
    np.testing.assert_allclose(np.ravel(DOUBLE_WELL.minima), [left, right], rtol=1e-12)
    assert left < hill < right
    at_left, at_right = DOUBLE_WELL(np.array([[left, right]]))
    assert at_left < at_right


def test_himmelblau_has_four_minima_all_at_zero():
    assert len(set(HIMMELBLAU.minima)) == 4
    assert HIMMELBLAU(np.transpose(HIMMELBLAU.minima)) == pytest.approx(0, abs=1e-25)


def test_lowest_is_the_value_at_the_best_known_minimum():
    assert DOUBLE_WELL.lowest == pytest.approx(-1.5147, abs=1e-4)
    assert BEALE.lowest == 0
    assert Objective(sum, sum, dim=2).lowest is None


def test_own_surface_needs_only_value_gradient_and_dimension():
    mine = Objective(lambda theta: theta[0], lambda theta: theta, dim=3)
    assert mine([5.0, 0.0, 0.0]) == 5
    assert mine.window == ((-2.0, 2.0),) * 3
    assert (mine.minima, mine.start) == ((), None)


def test_a_stream_gives_its_slopes_in_order_wherever_theta_stands():
    run = descend(gradient_descent, stream([1.0, -2.0, 4.0]), steps=3, lr=1)
    assert run.theta[:, 0] == pytest.approx([0, -1, 1, -3])
    assert not run.loss.any()
    two = np.array([[1.0, 10.0], [2.0, 20.0]])  # a step a row, a run a column
    runs = descend(gradient_descent, stream(two), np.zeros((1, 2)), steps=2, lr=1)
    assert runs.theta[-1] == pytest.approx(np.array([[-3.0, -30.0]]))


def test_a_stream_at_its_end_says_so():
    with pytest.raises(ValueError, match="slopes end after 2; allowed: one for each"):
        descend(gradient_descent, stream([1.0, 2.0]), steps=3)
