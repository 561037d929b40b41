"""descend() and what it records: rows, blocks, schedules, projections, overflow."""

import numpy as np
import pytest

import gdlib.descent
from gdlib import (
    BOWL,
    HIMMELBLAU,
    METHODS,
    PARABOLA,
    ROSENBROCK,
    Objective,
    adadelta,
    adam,
    descend,
    gradient_descent,
    line_data,
    momentum,
    mse,
    nesterov,
    ravine,
)

every_method = pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)


def test_trajectory_holds_the_start_every_step_and_every_term():
    path = descend(adam, ROSENBROCK, (0.5, 0.5), 7, lr=0.1)
    assert path.theta.shape == (8, 2)
    assert path.loss.shape == path.gap.shape == (8,)
    assert path.theta[0].tolist() == [0.5, 0.5]
    assert path.loss[0] == 0.25 + 100 * 0.0625
    assert {term.shape for term in path.terms.values()} == {(7, 2)}
    assert path.probes.shape == (7, 2)
    assert (path.steps, path.evaluations, path.t, path.name) == (7, 7, 7, "adam")
    assert path.hyper == dict(lr=0.1, beta1=0.9, beta2=0.999, eps=1e-8)
    assert (path.method, path.objective) == (adam, ROSENBROCK)


def test_start_is_the_objectives_own_if_none_is_given():
    np.testing.assert_array_equal(descend(adam, BOWL).theta[0], BOWL.start)


def test_shapes_of_a_batch_and_of_a_grid_of_runs():
    batch = descend(momentum, BOWL, np.ones((2, 5)), 3)
    assert (batch.theta.shape, batch.loss.shape) == ((4, 2, 5), (4, 5))
    assert batch.terms["v"].shape == batch.probes.shape == (3, 2, 5)
    lr, gamma = np.array([[0.1], [0.2], [0.3]]), np.array([0.0, 0.5])
    grid = descend(momentum, BOWL, (1.0, 2.0), 3, lr=lr, gamma=gamma)
    assert (grid.theta.shape, grid.loss.shape) == ((4, 2, 3, 2), (4, 3, 2))
    for i, j in np.ndindex(3, 2):
        alone = descend(momentum, BOWL, (1.0, 2.0), 3, lr=lr[i, 0], gamma=gamma[j])
        np.testing.assert_array_equal(grid.theta[..., i, j], alone.theta)


def test_start_and_hyper_parameters_spread_over_the_runs_together():
    start = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    path = descend(gradient_descent, BOWL, start, 1, lr=np.array([[0.1], [0.25]]))
    assert path.theta.shape == (2, 2, 2, 3)
    np.testing.assert_array_equal(path.theta[0], np.stack([start, start], axis=1))
    np.testing.assert_allclose(path.theta[1, :, 0], 0.8 * start, rtol=1e-15)
    np.testing.assert_allclose(path.theta[1, :, 1], 0.5 * start, rtol=1e-15)


def test_own_method_runs_like_the_ten():
    def halve(theta, grad, t, count=0, *, share=0.5):
        grad(theta)
        grad(theta)
        return share * theta, dict(count=count + 1, extra=theta)

    path = descend(halve, BOWL, (8.0, 0.0), 3)
    assert path.theta[:, 0].tolist() == [8, 4, 2, 1]
    assert path.terms["count"].tolist() == [1, 2, 3]
    assert path.terms["extra"].shape == (3, 2)
    assert (path.evaluations, path.name) == (6, "halve")


def test_own_objective_of_three_dimensions_runs():
    mine = Objective(lambda theta: (theta**4).sum(0), lambda theta: 4 * theta**3, 3)
    path = descend(adam, mine, (1.0, -1.0, 0.5), 300, lr=0.05)
    assert path.loss[-1] < 1e-3


def test_starts_and_hyper_parameters_are_left_as_they_are():
    start, lr = np.ones((2, 4)), np.full(4, 0.1)
    for keep in ("all", "last"):
        path = descend(momentum, BOWL, start, 3, lr=lr, keep=keep)
        descend(momentum, BOWL, path, 3, lr=lr, keep=keep)
    assert (start == 1).all()
    assert (lr == 0.1).all()
    start[:] = 5  # and stay the caller's to change
    lr[:] = 0.2
    assert path.theta.max() < 1


# Resuming.


@pytest.mark.parametrize("keep", ["all", "last"])
@every_method
def test_resumed_run_equals_a_straight_one(method, keep):
    hyper = dict(eps=1e-4) if method is adadelta else dict(lr=lambda t: 0.003 / t)
    straight = descend(method, ROSENBROCK, steps=12, keep=keep, **hyper)
    first = descend(method, ROSENBROCK, steps=5, keep=keep, **hyper)
    second = descend(method, ROSENBROCK, first, steps=7, keep=keep, **hyper)
    np.testing.assert_array_equal(second.theta[-1], straight.theta[-1])
    assert second.t == straight.t == 12
    if keep == "all":
        joined = np.concatenate([first.theta, second.theta[1:]])
        np.testing.assert_array_equal(joined, straight.theta)
        for name, term in straight.terms.items():
            np.testing.assert_array_equal(second.terms[name], term[5:])


def test_resumed_batch_equals_a_straight_one_across_blocks(monkeypatch):
    monkeypatch.setattr(gdlib.descent, "BLOCK", 4 * 16)
    start = np.random.default_rng(0).normal(size=(2, 11))
    straight = descend(adam, ROSENBROCK, start, 9)
    path = descend(adam, ROSENBROCK, start, 4, keep="last")
    path = descend(adam, ROSENBROCK, path, 5, keep="last")
    np.testing.assert_array_equal(path.theta[0], straight.theta[-1])


# keep="last" beside keep="all".

RNG = np.random.default_rng(1)
LAST = {
    "one run": dict(start=(-1.0, 1.5), lr=0.01),
    "batch": dict(start=RNG.normal(size=(2, 17)), lr=0.01),
    "batch with its lr": dict(start=RNG.normal(size=(2, 17)), lr=RNG.random(17)),
    "lr over one start": dict(start=(-1.0, 1.5), lr=np.linspace(0.001, 0.02, 17)),
    "grid": dict(start=RNG.normal(size=(2, 5, 7)), lr=0.01),
    "map": dict(lr=np.geomspace(1e-3, 1, 5)[:, None], gamma=np.linspace(0, 0.9, 7)),
    "long map": dict(lr=np.geomspace(1e-3, 1, 23)[:, None], gamma=np.array([0, 0.5])),
    "three axes": dict(start=RNG.normal(size=(2, 3, 7, 2)), lr=RNG.random((7, 1))),
    "schedule": dict(start=RNG.normal(size=(2, 17)), lr=lambda t: 0.02 / t**0.5),
    "schedule a run": dict(
        start=RNG.normal(size=(2, 17)), lr=lambda t: np.linspace(0.001, 0.02, 17) / t
    ),
    "projected": dict(
        start=RNG.normal(size=(2, 17)),
        lr=0.05,
        project=lambda theta: np.clip(theta, -0.5, 0.5),
    ),
    "overflow": dict(start=(-1.0, 1.5), lr=np.array([0.001, 3.0, 0.002, 1e300])),
}


@pytest.mark.parametrize("case", LAST.values(), ids=LAST)
@pytest.mark.parametrize("block", [4, 10_000])
def test_last_is_the_last_row_of_all(case, block, monkeypatch):
    monkeypatch.setattr(gdlib.descent, "BLOCK", 16 * block)
    tol = (1.0, 0.1, 1e-9)
    every = descend(momentum, HIMMELBLAU, steps=40, **case)
    last = descend(momentum, HIMMELBLAU, steps=40, keep="last", tol=tol, **case)
    assert last.theta.shape == (1, *every.theta.shape[1:])
    assert last.loss.shape == (1, *every.loss.shape[1:])
    np.testing.assert_array_equal(last.theta[0], every.theta[-1])
    np.testing.assert_allclose(last.loss[0], every.loss[-1], rtol=1e-14)
    np.testing.assert_array_equal(last.diverged, every.diverged)
    assert last.evaluations == every.evaluations == 40
    for bound in tol:
        np.testing.assert_array_equal(last.first_below(bound), every.first_below(bound))


@pytest.mark.parametrize("keep", ["all", "last"])
def test_first_below_of_one_run_is_a_step_or_none(keep):
    # 0.49 · 0.64ᵗ: 0.3136 after one step, 0.2007 after two
    path = descend(
        gradient_descent, PARABOLA, steps=2, lr=0.1, keep=keep, tol=(1, 0.3, 0.1)
    )
    found = [path.first_below(bound) for bound in (1, 0.3, 0.1)]
    assert found == [0, 2, None]
    assert [type(step) for step in found] == [int, int, type(None)]


@pytest.mark.parametrize("keep", ["all", "last"])
def test_gap_that_equals_the_tolerance_is_not_below_it(keep):
    # x ← x/2: the gap is 1, 1/4, 1/16
    tol = (1, 1 / 4, 1 / 16)
    path = descend(gradient_descent, BOWL, (1, 0), 2, lr=0.25, keep=keep, tol=tol)
    assert [path.first_below(bound) for bound in tol] == [1, 2, None]


def test_first_below_of_a_batch_is_a_step_or_nan():
    path = descend(gradient_descent, PARABOLA, steps=2, lr=np.array([0.1, 0.5, 0.01]))
    np.testing.assert_array_equal(path.first_below(0.3), [2, 1, np.nan])


def test_more_runs_than_a_block_holds_come_out_as_they_went_in():
    start = np.random.default_rng(2).normal(size=(2, 25_001))
    path = descend(gradient_descent, BOWL, start, 3, lr=0.1, keep="last", tol=1.0)
    np.testing.assert_allclose(path.theta[0], 0.512 * start, rtol=1e-14)
    expected = np.full(25_001, np.nan)
    for t in (3, 2, 1, 0):  # the gap shrinks by 0.64 a step
        expected[0.64**t * (start**2).sum(0) < 1] = t
    np.testing.assert_array_equal(path.first_below(1.0), expected)
    assert path.evaluations == 3


def test_block_is_what_a_method_sees_of_a_large_batch():
    seen = []

    def look(theta, grad, t):
        seen.append(theta.shape)
        return theta - 0.1 * grad(theta), {}

    descend(look, BOWL, np.ones((2, 30_001)), 1, keep="last")
    assert sum(shape[1] for shape in seen) == 30_001
    for dim in (2, 10, 100):  # so many bytes, whatever the dimension is
        wide = Objective(BOWL.value, BOWL.grad, dim, batches=True)
        seen.clear()
        descend(look, wide, np.ones((dim, 30, 400)), 1, keep="last")
        most = max(8 * np.prod(shape) for shape in seen)
        assert gdlib.descent.BLOCK / 2 < most <= gdlib.descent.BLOCK


# Schedules, projections, probes.


def test_schedule_is_asked_for_every_step_from_one():
    path = descend(gradient_descent, PARABOLA, (1.0,), 3, lr=lambda t: 0.5 / (t + 1))
    # x ← x (1 - 1/2), x (1 - 1/3), x (1 - 1/4)
    np.testing.assert_allclose(path.theta[:, 0], [1, 1 / 2, 1 / 3, 1 / 4], rtol=1e-15)


def test_schedule_may_give_every_run_its_own():
    start = np.ones((2, 3))
    path = descend(
        gradient_descent, BOWL, start, 2, lr=lambda t: np.array([0.1, 0.2, 0.3]) / t
    )
    expected = [0.8 * 0.9, 0.6 * 0.8, 0.4 * 0.7]
    np.testing.assert_allclose(path.theta[2, 0], expected, rtol=1e-15)


def test_projection_keeps_every_point_after_the_start_in_the_set():
    path = descend(
        momentum,
        BOWL,
        (3.0, -2.0),
        50,
        project=lambda theta: np.clip(theta, 0.5, 1.0),
    )
    assert path.theta[0].tolist() == [3, -2]
    assert path.theta[1:].min() == 0.5
    assert path.theta[1:].max() == 1
    assert path.theta[-1].tolist() == [0.5, 0.5]


def test_stochastic_objective_draws_from_the_generator_it_holds():
    def noisy(rng):
        return Objective(
            BOWL.value, lambda theta: BOWL.grad(theta) + rng.normal(size=2), dim=2
        )

    runs = [
        descend(adam, noisy(np.random.default_rng(seed)), (1.0, 1.0), 20).theta
        for seed in (1, 1, 2)
    ]
    np.testing.assert_array_equal(runs[0], runs[1])
    assert (runs[0][1:] != runs[2][1:]).all()


def test_regression_batches_like_any_objective():
    job = mse(*line_data(np.random.default_rng(0)))
    lr = np.array([0.05, 0.1])
    path = descend(nesterov, job, steps=100, lr=lr, gamma=0.5)
    assert path.theta.shape == (101, 2, 2)
    np.testing.assert_allclose(path.theta[-1], np.transpose(job.minima * 2), rtol=1e-3)


# Overflow is a result: no warning (pytest makes them errors), a usable Trajectory.


def test_diverging_run_says_when_it_overflowed():
    # |x| grows by 9 a step, x² by 81: 81¹⁶¹ < 1.8e308 < 81¹⁶²
    path = descend(gradient_descent, PARABOLA, (1.0,), 400, lr=5.0)
    assert path.diverged
    assert path.diverged_at == 162
    assert np.isfinite(path.loss[:162]).all()
    assert path.first_below(1e-6) is None
    assert path.theta.shape == (401, 1)


@every_method
def test_divergence_warns_in_no_method(method):
    steep = Objective(
        lambda theta: (theta**4).sum(0),
        lambda theta: 4 * theta**3,
        dim=2,
        minima=((0.0, 0.0),),
    )
    hyper = dict(eps=1e300) if method is adadelta else dict(lr=1e200)
    for keep in ("all", "last"):
        path = descend(method, steep, (1e100, -1e100), 30, keep=keep, **hyper)
        assert path.diverged
        assert path.gap.shape == path.loss.shape


def test_diverging_runs_of_a_batch_leave_the_others_alone():
    path = descend(gradient_descent, BOWL, steps=600, lr=np.array([0.1, 3.0, 1.0]))
    assert path.diverged.tolist() == [False, True, False]
    assert np.isnan(path.diverged_at[[0, 2]]).all()
    assert 0 < path.diverged_at[1] < 600
    assert path.gap[-1, 0] < 1e-50


@pytest.mark.parametrize("keep", ["all", "last"])
def test_run_that_stays_finite_has_not_diverged(keep):
    path = descend(gradient_descent, BOWL, steps=3, keep=keep)
    assert not path.diverged
    assert path.diverged_at is None


def test_gap_is_the_loss_above_the_lowest_minimum():
    lifted = Objective(
        lambda theta: (theta**2).sum(0) + 3,
        lambda theta: 2 * theta,
        dim=1,
        minima=((0.0,),),
    )
    path = descend(gradient_descent, lifted, (2.0,), 1, lr=0.25)
    assert path.loss.tolist() == [7, 4]
    assert path.gap.tolist() == [4, 1]


def test_recorded_rows_cannot_be_changed_by_later_steps():
    kept = []

    def watch(theta, grad, t, v=0.0):
        kept.append(theta)
        return theta - grad(theta) / 4, dict(v=theta)

    path = descend(watch, ravine(), steps=3)
    assert all(not theta.flags.writeable for theta in kept)
    np.testing.assert_array_equal(path.theta[:-1], kept)


SWING = dict(lr=0.1, gamma=np.array([0.0, 0.5, 0.9, 0.99]))


@pytest.mark.parametrize("keep", ["all", "last"])
def test_settling_time_is_one_step_after_the_last_gap_above(keep):
    gap = descend(momentum, BOWL, steps=400, **SWING).gap
    path = descend(momentum, BOWL, steps=400, keep=keep, tol=(1e-6, 1e9), **SWING)
    expected = []
    for column in gap.T:
        above = [t for t, value in enumerate(column) if value >= 1e-6]
        expected.append(np.nan if above[-1] == 400 else above[-1] + 1)
    np.testing.assert_array_equal(path.settling_time(1e-6), expected)
    np.testing.assert_array_equal(path.settling_time(1e9), [0, 0, 0, 0])
    assert (path.settling_time(1e-6)[2:3] > path.first_below(1e-6)[2:3]).all()
    assert np.isnan(expected[-1])  # one of them never settles


@pytest.mark.parametrize("keep", ["all", "last"])
def test_settling_time_of_one_run_is_a_step_or_none(keep):
    # x² from 1 with α = 0.25: 1, ½, ¼, … and their squares
    bowl = Objective(lambda x: (x**2).sum(0), lambda x: 2 * x, 1, minima=((0.0,),))
    tol = (2.0, 0.3, 0.01)
    path = descend(gradient_descent, bowl, (1.0,), 3, keep=keep, tol=tol, lr=0.25)
    assert [path.settling_time(b) for b in tol] == [0, 1, None]


def test_settling_time_of_a_run_that_overflows_is_none():
    path = descend(gradient_descent, BOWL, steps=2000, lr=3.0)
    assert path.settling_time(1e9) is None


def test_state_begins_as_zeros_of_thetas_shape():
    seen = []

    def dotted(theta, grad, t, v=0.0, count=0, *, lr=0.1):
        g = grad(theta)
        seen.append((np.shape(v), count, float(g @ v)))
        v = 0.5 * v + lr * g
        return theta - v, dict(v=v, count=count + 1)

    descend(dotted, BOWL, (1.0, 2.0), 2)
    assert seen[0] == ((2,), 0, 0.0)
    assert seen[1][:2] == ((2,), 1)


def test_a_first_value_that_is_not_zero_stays_as_it_is():
    def product(theta, grad, t, mu=1.0, *, lr=0.1):
        assert np.ndim(mu) == 0
        return theta - lr * grad(theta), dict(mu=mu * 0.9)

    assert descend(product, BOWL, steps=3).state["mu"] == pytest.approx(0.729)
