"""What theory says of quadratics, beside eigenvalues, scans and runs."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdlib import (
    BOWL,
    DOUBLE_WELL,
    HIMMELBLAU,
    PARABOLA,
    RASTRIGIN,
    ROSENBROCK,
    SADDLE,
    Objective,
    best,
    curvature,
    descend,
    gradient_descent,
    line_data,
    measured_rate,
    momentum,
    mse,
    nesterov,
    ravine,
    spectral_radius,
    stability_edge,
)

THREE = [gradient_descent, momentum, nesterov]
every_method = pytest.mark.parametrize("method", THREE, ids=lambda m: m.__name__)


def companion(method, eta_lambda, gamma):
    """The matrices of a step on λ θ² / 2: (θ, v) ↦ (θ - γv - ηλ(θ - aγv), …)."""
    eta_lambda, gamma = np.broadcast_arrays(np.asarray(eta_lambda, float), gamma)
    if method is gradient_descent:
        gamma = 0 * gamma
    ahead = 1.0 if method is nesterov else 0.0
    # v' = γv + ηλ (θ - ahead γ v), θ' = θ - v'
    to_v = eta_lambda, gamma * (1 - ahead * eta_lambda)
    rows = [[1 - to_v[0], -to_v[1]], [to_v[0], to_v[1]]]
    return np.moveaxis(np.array(rows), (0, 1), (-2, -1))


def eigen_radius(method, eta_lambda, gamma=0.0):
    return np.abs(np.linalg.eigvals(companion(method, eta_lambda, gamma))).max(-1)


@every_method
@given(eta_lambda=st.floats(0, 4), gamma=st.floats(0, 0.999))
def test_spectral_radius_is_that_of_the_matrix_of_a_step(method, eta_lambda, gamma):
    # At a double root eigenvalues are only good to the root of rounding.
    found = spectral_radius(method, eta_lambda, gamma)
    assert found == pytest.approx(eigen_radius(method, eta_lambda, gamma), abs=1e-7)


@pytest.mark.parametrize(
    ("method", "eta_lambda", "gamma", "radius"),
    [
        (gradient_descent, 0.5, 0.0, 0.5),
        (gradient_descent, 1.5, 0.9, 0.5),
        (momentum, 1.0, 0.25, 0.5),  # z² - z/4 + 1/4: complex, √γ
        (momentum, 0.5, 0.9, 0.9486832980505138),  # √0.9; not 2√0.9, as once printed
        (momentum, 0.01, 0.81, 0.9),  # (1 - √0.01)² = γ: the double root
        (nesterov, 1.0, 0.9, 0.0),  # one step to the minimum, and it stays
        (nesterov, 0.75, 0.5, 0.3535533905932738),  # √(0.5 · 0.25)
    ],
)
def test_spectral_radius_by_hand(method, eta_lambda, gamma, radius):
    found = spectral_radius(method, eta_lambda, gamma)
    assert found == pytest.approx(radius, rel=1e-7)


@every_method
def test_spectral_radius_of_a_map(method):
    eta_lambda, gamma = np.linspace(0, 4, 9)[:, None], np.linspace(0, 0.9, 5)
    found = spectral_radius(method, eta_lambda, gamma)
    expected = eigen_radius(method, eta_lambda, gamma)
    np.testing.assert_allclose(np.broadcast_to(found, (9, 5)), expected, atol=1e-7)


# Where runs stop converging: 2, 2 + 2γ and (2 + 2γ)/(1 + 2γ) over λ.

EDGES = [
    (gradient_descent, 0.0, 2.0),
    (momentum, 0.0, 2.0),
    (momentum, 0.5, 3.0),
    (momentum, 0.9, 3.8),
    (nesterov, 0.0, 2.0),
    (nesterov, 0.5, 1.5),
    (nesterov, 0.9, 1.357),
]


@pytest.mark.parametrize(("method", "gamma", "edge"), EDGES)
@pytest.mark.parametrize("L", [1.0, 40.0])
def test_stability_edge_is_where_runs_begin_to_grow(method, gamma, edge, L):
    assert stability_edge(method, L, gamma) == pytest.approx(edge / L, abs=5e-4 / L)
    steep = Objective(lambda x: L / 2 * x[0] ** 2, lambda x: L * x, dim=1)
    lr = np.round(np.arange(edge - 0.05, edge + 0.05, 0.0005), 4)
    hyper = {} if method is gradient_descent else dict(gamma=gamma)
    path = descend(method, steep, (1.0,), 600, lr=lr / L, **hyper)
    early, late = (np.abs(path.theta[t : t + 2, 0]).max(0) for t in (300, 599))
    assert lr[late > early].min() == pytest.approx(edge, abs=1.1e-3)
    assert (late[lr < edge - 1e-3] < early[lr < edge - 1e-3]).all()
    assert (late[lr > edge + 1e-3] > early[lr > edge + 1e-3]).all()


@pytest.mark.parametrize("gamma", [np.zeros(3), [0.1, 0.2], np.full((2, 3), 0.5)])
@pytest.mark.parametrize("method", [gradient_descent, momentum, nesterov])
def test_stability_edge_has_the_shape_of_the_momenta(method, gamma):
    edge = stability_edge(method, 2.0, gamma)
    assert np.shape(edge) == np.shape(gamma)
    if method is gradient_descent:
        assert (edge == 1).all()


def test_stability_edge_takes_an_array_of_momenta():
    gamma = np.array([0.0, 0.5])
    assert stability_edge(momentum, 2.0, gamma).tolist() == [1.0, 1.5]


# The best step and momentum.


def worst(method, lr, gamma, L, mu):
    """The worst radius over the curvatures between mu and L."""
    curvatures = np.linspace(mu, L, 9)
    return np.max([eigen_radius(method, lr * c, gamma) for c in curvatures], axis=0)


@every_method
@pytest.mark.parametrize(("L", "mu"), [(1.0, 1.0), (9.0, 1.0), (40.0, 0.4)])
def test_best_keeps_its_promise_and_no_other_pair_does_better(method, L, mu):
    found = best(method, L, mu)
    reached = worst(method, found.lr, found.gamma, L, mu)
    assert reached == pytest.approx(found.rate, abs=1e-6)
    near_lr = found.lr * np.linspace(0.5, 1.5, 41)[:, None]
    near_gamma = np.clip(found.gamma + np.linspace(-0.3, 0.3, 41), 0, 0.999)
    assert worst(method, near_lr, near_gamma, L, mu).min() >= found.rate - 1e-6
    all_lr = np.linspace(0.01, 4, 41)[:, None] / L
    assert (
        worst(method, all_lr, np.linspace(0, 0.99, 41), L, mu).min()
        >= found.rate - 1e-6
    )


def test_best_at_a_condition_number_of_a_hundred():
    assert best(gradient_descent, 100, 1) == pytest.approx((2 / 101, 0, 99 / 101))
    # η = (2/11)², γ = (9/11)²
    assert best(momentum, 100, 1) == pytest.approx((4 / 121, 81 / 121, 9 / 11))
    assert round(best(momentum, 100, 1).rate, 3) == 0.818
    s = np.sqrt(301)
    assert best(nesterov, 100, 1) == pytest.approx(
        (4 / 301, (s - 2) / (s + 2), 1 - 2 / s)
    )


@every_method
def test_best_is_reached_by_runs(method):
    found = best(method, 100.0, 1.0)
    hyper = dict(lr=found.lr) | (
        {} if method is gradient_descent else dict(gamma=found.gamma)
    )
    path = descend(method, ravine(100), steps=300, **hyper)
    # At the best momentum two eigenvalues coincide: t ρᵗ, so a little slower.
    assert measured_rate(path) == pytest.approx(found.rate, rel=0.02)


# Measured and predicted rates.


@every_method
@pytest.mark.parametrize("kappa", [1, 20])
def test_measured_rate_is_the_spectral_radius_off_the_critical_curve(method, kappa):
    lr = np.linspace(0.03, 0.97, 40)[:, None] * stability_edge(method, kappa)
    gamma = np.array([0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95])
    hyper = dict(lr=lr) if method is gradient_descent else dict(lr=lr, gamma=gamma)
    path = descend(method, ravine(kappa), steps=400, **hyper)
    found = np.broadcast_to(measured_rate(path), (40, 7))
    matrices = [companion(method, lr * c, gamma) for c in (1, kappa)]
    first, second = np.moveaxis(np.linalg.eigvals(matrices), -1, 0)
    predicted = np.maximum(np.abs(first), np.abs(second)).max(0)
    # Beside it a swing takes longer than the rows above rounding last.
    off_critical = np.abs(first - second).min(0) > 0.2
    # Below 0.6 a run sinks into rounding before its rate can show.
    usable = off_critical & (predicted > 0.6) & (predicted < 0.999)
    assert usable.sum() > 90
    assert np.abs(found / predicted - 1)[usable].max() < 0.01


def test_measured_rate_of_a_run_that_swings_through_the_minimum():
    # ηλ = 1: the first step ends in the minimum, the second leaves it again.
    path = descend(momentum, ravine(1), steps=100, lr=1.0, gamma=0.5)
    assert path.gap[1] == 0
    assert measured_rate(path) == pytest.approx(0.5**0.5, rel=0.01)


def test_measured_rate_of_a_run_that_arrives_at_once_is_nought():
    assert measured_rate(descend(gradient_descent, PARABOLA, steps=20, lr=0.5)) == 0


@pytest.mark.parametrize(
    ("lr", "rate"), [(0.01, 0.99), (0.3, 0.7), (1.9, 0.9), (2.1, 1.1)]
)
def test_measured_rate_of_gradient_descent_is_exact(lr, rate):
    path = descend(gradient_descent, ravine(1), steps=100, lr=lr)
    assert measured_rate(path) == pytest.approx(rate, rel=1e-9)
    assert measured_rate(path, tail=1) == pytest.approx(rate, rel=1e-9)


def test_measured_rate_of_a_batch_is_that_of_its_runs():
    lr = np.array([0.02, 0.1, 0.19])
    rates = measured_rate(descend(gradient_descent, ravine(10), steps=80, lr=lr))
    for k in range(3):
        path = descend(gradient_descent, ravine(10), steps=80, lr=lr[k])
        assert rates[k] == pytest.approx(measured_rate(path), rel=1e-9)


def test_measured_rate_ends_before_an_overflow():
    path = descend(gradient_descent, PARABOLA, steps=2000, lr=2.0)  # x ← -3x
    assert path.diverged
    assert measured_rate(path) == pytest.approx(3, rel=1e-9)


# Curvature.


@pytest.mark.parametrize(
    ("surface", "theta", "expected"),
    [
        (PARABOLA, None, (2, 2)),
        (BOWL, None, (2, 2)),
        (ravine(25, 30), None, (1, 25)),
        (ravine(25, 30), (3.0, -1.0), (1, 25)),
        (DOUBLE_WELL, (1.0,), (8, 8)),  # 12 x² - 4
        (SADDLE, (0.0, 0.0), (-1, 1)),
        (SADDLE, None, (1, 2)),  # 3 y² - 1 = 2
        # [[802, -400], [-400, 200]]: 501 ∓ √(501² - 400)
        (ROSENBROCK, None, (501 - np.sqrt(250_601), 501 + np.sqrt(250_601))),
        # at (3, 2): [[74, 20], [20, 34]]: 54 ∓ √(20² + 20²)
        (HIMMELBLAU, None, (54 - np.sqrt(800), 54 + np.sqrt(800))),
        # 2 + 40 π²
        (RASTRIGIN, None, (2 + 40 * np.pi**2, 2 + 40 * np.pi**2)),
    ],
)
def test_curvature_is_that_of_the_hessian(surface, theta, expected):
    assert curvature(surface, theta) == pytest.approx(expected, rel=1e-6)


def test_curvature_of_a_regression_is_that_of_its_data():
    x, y = line_data(np.random.default_rng(0), centre=3.0)
    X = np.transpose([x, np.ones_like(x)])
    expected = np.linalg.eigvalsh(2 / len(x) * X.T @ X)
    assert curvature(mse(x, y)) == pytest.approx(expected, rel=1e-6)


def test_products_of_all_this_agree_on_kappa():
    for kappa, angle in product([1.0, 10.0, 300.0], [0.0, 17.0]):
        mu, L = curvature(ravine(kappa, angle))
        assert L / mu == pytest.approx(kappa, rel=1e-6)
        choice = best(gradient_descent, L, mu)
        assert choice.rate == pytest.approx((kappa - 1) / (kappa + 1), abs=1e-6)
