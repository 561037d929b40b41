"""The ten methods: they arrive, they step as by hand, they keep their properties."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gdlib import (
    BEALE,
    BOWL,
    HIMMELBLAU,
    METHODS,
    PARABOLA,
    ROSENBROCK,
    Objective,
    adadelta,
    adagrad,
    adam,
    adamax,
    amsgrad,
    descend,
    gradient_descent,
    line_data,
    momentum,
    mse,
    nadam,
    nesterov,
    ravine,
    rmsprop,
)

every_method = pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)

# One setting a method, good for all seven surfaces: hyper-parameters, steps, and the
# gap under which the run must end. Adadelta and RMSProp circle their minimum.
SETTINGS = {
    gradient_descent: (dict(lr=0.002), 8_000, 1e-5),
    momentum: (dict(lr=0.002), 2_000, 1e-6),
    nesterov: (dict(lr=0.001), 4_000, 1e-6),
    adagrad: (dict(lr=1.0), 8_000, 1e-3),
    adadelta: (dict(eps=1e-9), 9_000, 1e-2),
    rmsprop: (dict(lr=0.002), 7_000, 1e-3),
    adam: (dict(lr=0.05), 2_000, 1e-6),
    adamax: (dict(lr=0.05), 4_000, 1e-6),
    amsgrad: (dict(lr=0.1), 2_000, 1e-6),
    nadam: (dict(lr=0.01), 4_000, 1e-6),
}
WELL_BEHAVED = {
    "ravine": ravine(10, 30),
    "Rosenbrock": ROSENBROCK,
    "Beale": BEALE,
    "Himmelblau": HIMMELBLAU,
    "bowl": BOWL,
    "parabola": PARABOLA,
    "regression": mse(*line_data(np.random.default_rng(0))),
}


@pytest.mark.parametrize("surface", WELL_BEHAVED.values(), ids=WELL_BEHAVED)
@every_method
def test_method_reaches_the_minimum(method, surface):
    hyper, steps, tol = SETTINGS[method]
    path = descend(method, surface, steps=steps, keep="last", **hyper)
    assert path.gap[-1] < tol
    apart = [np.abs(path.theta[-1] - point).max() for point in surface.minima]
    assert min(apart) < 0.05


# Three steps of each method from θ = 0, worked out by hand: hyper-parameters, the three
# gradients it is handed, the three moves θ_{t-1} - θ_t. Gradients and decays are
# chosen so that roots come out whole where they can.
BY_HAND = {
    # 0.1 · 4, 0.1 · 1, 0.1 · (-6)
    gradient_descent: (dict(lr=0.1), (4, 1, -6), (0.4, 0.1, -0.6)),
    # v = 0.4; 0.2 + 0.1 = 0.3; 0.15 - 0.6 = -0.45
    momentum: (dict(lr=0.1, gamma=0.5), (4, 1, -6), (0.4, 0.3, -0.45)),
    # The same, as these gradients do not depend on where they are asked for.
    nesterov: (dict(lr=0.1, gamma=0.5), (4, 1, -6), (0.4, 0.3, -0.45)),
    # G + ε = 9, 9 + 16 = 25, 25 + 144 = 169, with ε = 1 and g² = 8, 16, 144
    adagrad: (
        dict(lr=2.0, eps=1.0),
        (sqrt(8), -4, 12),
        (2 * sqrt(8) / 3, -8 / 5, 24 / 13),
    ),
    # g² = 16, 4, 16: E[g²] = 8, 6, 11; each with ε = 1: 9, 7, 12.
    # Δ₁ = √(1/9) · 4 = 4/3, E[Δ²] = 8/9;   Δ₂ = √((17/9)/7) · (-2), Δ₂² = 68/63,
    # E[Δ²] = 4/9 + 34/63 = 62/63;          Δ₃ = √((125/63)/12) · 4
    adadelta: (
        dict(gamma=0.5, eps=1.0),
        (4, -2, 4),
        (4 / 3, -2 * sqrt(17 / 63), 4 * sqrt(125 / 756)),
    ),
    # E[g²] = 9/16; 27/64 + 2025/64 = 513/16; 1539/64 + 12321/64 = 3465/16;
    # with ε = 1 the roots are 5/4, 23/4 and 59/4
    rmsprop: (
        dict(lr=2.0, gamma=0.75, eps=1.0),
        (3 / 2, -45 / 4, 111 / 4),
        (2 * 6 / 5, -2 * 45 / 23, 2 * 111 / 59),
    ),
    # m = 3/2, -3/4, 1/8;      1 - β1ᵗ = 1/2, 3/4, 7/8;      m̂ = 3, -1, 1/7
    # v = 9/4, 63/16, 205/64;  1 - β2ᵗ = 1/4, 7/16, 37/64;   v̂ = 9, 9, 205/37
    adam: (
        dict(lr=2.0, beta1=0.5, beta2=0.75, eps=1.0),
        (3, -3, 1),
        (2 * 3 / 4, -2 / 4, 2 / 7 / (sqrt(205 / 37) + 1)),
    ),
    # m = 2, 1/2, -3/4; m̂ = 4, 2/3, -6/7
    # u = 4, max(3, 1) = 3, max(9/4, 2) = 9/4; with ε = 1: 5, 4, 13/4
    adamax: (
        dict(lr=2.0, beta1=0.5, beta2=0.75, eps=1.0),
        (4, -1, -2),
        (2 * 4 / 5, 2 * (2 / 3) / 4, -2 * (6 / 7) / (13 / 4)),
    ),
    # m = 3/2, 5/4, 25/8;      m̂ = 3, 5/3, 25/7
    # v = 9/4, 31/16, 493/64;  v_max = 9/4, 9/4, 493/64;     v̂ = 9, 36/7, 493/37
    amsgrad: (
        dict(lr=2.0, beta1=0.5, beta2=0.75, eps=1.0),
        (3, 1, 5),
        (
            2 * 3 / 4,
            2 * (5 / 3) / (sqrt(36 / 7) + 1),
            2 * (25 / 7) / (sqrt(493 / 37) + 1),
        ),
    ),
    # m and v̂ as Adam's. m̃₁ = (3/4)/(3/4) + (3/2)/(1/2) = 4,
    # m̃₂ = (-3/8)/(7/8) + (-3/2)/(3/4) = -17/7,
    # m̃₃ = (1/16)/(15/16) + (1/2)/(7/8) = 67/105
    nadam: (
        dict(lr=2.0, beta1=0.5, beta2=0.75, eps=1.0),
        (3, -3, 1),
        (2 * 4 / 4, -2 * (17 / 7) / 4, 2 * (67 / 105) / (sqrt(205 / 37) + 1)),
    ),
}


@every_method
def test_three_steps_are_those_worked_out_by_hand(method):
    hyper, gradients, moves = BY_HAND[method]
    handed = iter(gradients)
    slope = Objective(
        value=lambda theta: theta[0],
        grad=lambda theta: np.full_like(theta, next(handed)),
        dim=1,
    )
    path = descend(method, slope, (0.0,), 3, **hyper)
    np.testing.assert_allclose(-np.diff(path.theta[:, 0]), moves, rtol=1e-13)


@pytest.mark.parametrize(
    ("method", "points"),
    [
        # θ² from 1, η = 0.1, γ = 0.5. g = 2, 1.6, 1.28: each step leaves 0.8.
        (gradient_descent, (1, 0.8, 0.64, 0.512)),
        # g = 2, 1.6, 1.08; v = 0.2, 0.1 + 0.16 = 0.26, 0.13 + 0.108 = 0.238
        (momentum, (1, 0.8, 0.54, 0.302)),
        # Ahead at 1, 0.8 - 0.1 = 0.7, 0.56 - 0.12 = 0.44: g = 2, 1.4, 0.88;
        # v = 0.2, 0.1 + 0.14 = 0.24, 0.12 + 0.088 = 0.208
        (nesterov, (1, 0.8, 0.56, 0.352)),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_three_steps_down_a_parabola(method, points):
    hyper = {} if method is gradient_descent else dict(gamma=0.5)
    path = descend(method, PARABOLA, (1.0,), 3, lr=0.1, **hyper)
    np.testing.assert_allclose(path.theta[:, 0], points, rtol=1e-14)


ADAM = dict(lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8)
DEFAULTS = {
    gradient_descent: dict(lr=0.1),
    momentum: dict(lr=0.01, gamma=0.9),
    nesterov: dict(lr=0.01, gamma=0.9),
    adagrad: dict(lr=0.01, eps=1e-8),
    adadelta: dict(gamma=0.9, eps=1e-6),
    rmsprop: dict(lr=0.01, gamma=0.9, eps=1e-6),
    adam: ADAM,
    adamax: ADAM,
    amsgrad: ADAM,
    nadam: ADAM,
}


@every_method
def test_defaults_are_those_of_the_course(method):
    assert descend(method, BOWL, steps=1).hyper == DEFAULTS[method]


TERMS = {
    gradient_descent: "g step",
    momentum: "g v",
    nesterov: "ahead g v",
    adagrad: "g G rate step",
    adadelta: "g E_g2 delta E_d2",
    rmsprop: "g E_g2 rate step",
    adam: "g m v m_hat v_hat step",
    adamax: "g m u m_hat step",
    amsgrad: "g m v v_max m_hat v_hat step",
    nadam: "g m v m_tilde v_hat step",
}


@every_method
def test_terms_are_those_of_the_formula_and_add_up_to_the_path(method):
    path = descend(method, BOWL, steps=4)
    assert list(path.terms) == TERMS[method].split()
    move = next(path.terms[n] for n in ("step", "delta", "v") if n in path.terms)
    sign = 1 if method is adadelta else -1
    np.testing.assert_array_equal(path.theta[1:], path.theta[:-1] + sign * move)
    asked = path.terms["ahead"] if method is nesterov else path.theta[:-1]
    np.testing.assert_array_equal(path.terms["g"], BOWL.grad(asked.T).T)


def test_terms_that_are_corrected_or_maximal_hold_what_their_name_says():
    path = descend(adam, ROSENBROCK, steps=3, beta1=0.5, beta2=0.75)
    m, v = path.terms["m"], path.terms["v"]
    np.testing.assert_allclose(path.terms["m_hat"][2], m[2] / 0.875, rtol=1e-15)
    np.testing.assert_allclose(path.terms["v_hat"][2], v[2] / 0.578125, rtol=1e-15)
    path = descend(amsgrad, ROSENBROCK, steps=30)
    expected = np.maximum.accumulate(path.terms["v"])
    np.testing.assert_array_equal(path.terms["v_max"], expected)


# Properties, for inputs that hypothesis chooses.

few = settings(max_examples=30)  # where many methods share a property

coordinate = st.floats(-3, 3)
points = st.tuples(coordinate, coordinate)
valleys = st.builds(ravine, st.floats(1, 50), st.floats(-90, 90))
methods = st.sampled_from(list(METHODS.values()))


@given(start=points, surface=valleys, lr=st.floats(1e-4, 0.04))
def test_momentum_without_memory_is_gradient_descent(start, surface, lr):
    plain = descend(gradient_descent, surface, start, 20, lr=lr).theta
    for method in (momentum, nesterov):
        path = descend(method, surface, start, 20, lr=lr, gamma=0.0)
        np.testing.assert_array_equal(path.theta, plain)


def rmsprop_corrected(theta, grad, t, v=0.0, *, lr, beta2, eps):
    """RMSProp, its average corrected for its start at zero, ε outside the root."""
    g = grad(theta)
    v = beta2 * v + (1 - beta2) * g**2
    return theta - lr * g / (np.sqrt(v / (1 - beta2**t)) + eps), dict(v=v)


@given(start=points, surface=valleys, beta2=st.floats(0, 0.9999))
def test_adam_without_momentum_is_rmsprop_corrected(start, surface, beta2):
    hyper = dict(lr=0.1, beta2=beta2, eps=1e-8)
    ours = descend(adam, surface, start, 20, beta1=0.0, **hyper)
    other = descend(rmsprop_corrected, surface, start, 20, **hyper)
    np.testing.assert_allclose(ours.theta, other.theta, rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize("method", [adam, adamax, amsgrad], ids=lambda m: m.__name__)
@given(
    g=st.floats(1e-6, 1e6) | st.floats(-1e6, -1e-6),
    lr=st.floats(1e-4, 10),
    beta1=st.floats(0, 0.99),
    beta2=st.floats(0, 0.999),
)
def test_first_step_is_lr_whatever_the_size_of_g(method, g, lr, beta1, beta2):
    eps, hyper = 1e-8, dict(lr=lr, beta1=beta1, beta2=beta2)
    if method is adamax:
        hyper["beta2"] = 0.999
    theta, _ = method(np.zeros(1), lambda theta: np.array([g]), 1, eps=eps, **hyper)
    rounding = 1e-11  # 1 - β loses digits, and more as β nears 1
    assert abs(theta[0] + lr * np.sign(g)) <= lr * (eps / abs(g) + rounding)


@given(start=points, surface=valleys, lr=st.floats(1e-3, 10))
def test_adagrad_effective_rate_never_grows(start, surface, lr):
    rate = descend(adagrad, surface, start, 30, lr=lr).terms["rate"]
    assert (np.diff(rate, axis=0) <= 0).all()


@given(start=points, surface=valleys, beta2=st.floats(0, 0.999))
def test_amsgrad_maximum_never_falls(start, surface, beta2):
    v_max = descend(amsgrad, surface, start, 30, lr=0.5, beta2=beta2).terms["v_max"]
    assert (np.diff(v_max, axis=0) >= 0).all()


def adamax_moves(gradients):
    handed = iter(gradients)
    slope = Objective(
        value=lambda theta: theta[0],
        grad=lambda theta: np.full_like(theta, next(handed)),
        dim=1,
    )
    path = descend(adamax, slope, (0.0,), len(gradients), lr=1.0, eps=0.0)
    return np.abs(path.terms["step"][:, 0])


# |gᵢ| <= u β2^-(t-i), so that |m̂| / u <= Σ (1 - β1) (β1/β2)^(t-i) / (1 - β1ᵗ), at most
# (1 - β1) / (1 - β1/β2) = 1.00909… at the defaults: the paper's bound of 1 is a little
# too small, as gradients that fade like β2ᵗ show.
@given(st.lists(st.floats(1e-3, 1e3) | st.floats(-1e3, -1e-3), min_size=1, max_size=60))
def test_adamax_moves_hardly_further_than_lr(gradients):
    assert adamax_moves(gradients).max() <= 1.00909091


def test_adamax_moves_furthest_where_gradients_fade_as_its_maximum_does():
    moves = adamax_moves(0.999 ** np.arange(300))
    assert moves[0] == pytest.approx(1, rel=1e-14)
    assert moves[-1] == pytest.approx(0.1 / (1 - 0.9 / 0.999), rel=1e-6)


def scaled(surface, c):
    return Objective(
        lambda theta: c * surface.value(theta),
        lambda theta: c * surface.grad(theta),
        dim=surface.dim,
        start=surface.start,
    )


SCALE_FREE = [adagrad, rmsprop, adam, adamax, amsgrad, nadam]


@pytest.mark.parametrize("method", SCALE_FREE, ids=lambda m: m.__name__)
@few
@given(surface=valleys, power=st.integers(-30, 30))
def test_scale_of_the_loss_does_not_matter_without_eps(method, surface, power):
    # A power of two only moves the exponent, so that not even rounding differs.
    ours = descend(method, surface, steps=20, eps=0.0)
    other = descend(method, scaled(surface, 2.0**power), steps=20, eps=0.0)
    np.testing.assert_array_equal(ours.theta, other.theta)


@pytest.mark.parametrize("method", SCALE_FREE, ids=lambda m: m.__name__)
def test_scale_of_the_loss_matters_to_eps_alone(method):
    apart = []
    for eps in (1e-4, 1e-8):
        ours = descend(method, ravine(10, 30), steps=20, eps=eps)
        other = descend(method, scaled(ravine(10, 30), 1000), steps=20, eps=eps)
        apart.append(np.abs(ours.theta - other.theta).max())
    assert apart[1] < 1e-3 * apart[0] < 1e-6


def test_scale_of_the_loss_leaves_adadelta_its_path_up_to_eps():
    # ε stands in the denominator beside E[g²] >= 0.1 g² > 0.1 on this stretch, and so
    # changes a step by less than ε / 0.2 of it.
    for eps in (1e-6, 1e-9, 1e-12):
        ours = descend(adadelta, ravine(10, 30), steps=30, eps=eps)
        other = descend(adadelta, scaled(ravine(10, 30), 1000), steps=30, eps=eps)
        assert np.abs(ours.terms["g"]).min() > 1
        moved = np.abs(ours.theta[-1] - ours.theta[0]).max()
        assert np.abs(ours.theta - other.theta).max() < eps / 0.2 * moved


@pytest.mark.parametrize(
    "method", [gradient_descent, momentum, nesterov], ids=lambda m: m.__name__
)
def test_scale_of_the_loss_is_a_scale_of_lr(method):
    ours = descend(method, scaled(BOWL, 4.0), steps=20, lr=0.01)
    same = descend(method, BOWL, steps=20, lr=0.04)
    np.testing.assert_array_equal(ours.theta, same.theta)
    other = descend(method, BOWL, steps=20, lr=0.01)
    assert np.abs(ours.theta[-1] - other.theta[-1]).max() > 0.1


@pytest.mark.parametrize(
    "method", [gradient_descent, momentum, nesterov], ids=lambda m: m.__name__
)
@few
@given(start=points, kappa=st.floats(1, 50))
def test_rotation_turns_the_path_of_gradient_descent_and_momentum(method, start, kappa):
    turn = np.array([[1, -1], [1, 1]]) / sqrt(2)
    straight = descend(method, ravine(kappa), start, 30, lr=0.02)
    turned = descend(method, ravine(kappa, 45), turn @ start, 30, lr=0.02)
    np.testing.assert_allclose(turned.theta, straight.theta @ turn.T, atol=1e-12)


@pytest.mark.parametrize(
    "method",
    [adagrad, adadelta, rmsprop, adam, adamax, amsgrad, nadam],
    ids=lambda m: m.__name__,
)
def test_rotation_changes_the_path_of_methods_that_scale_coordinates(method):
    hyper = {} if method is adadelta else dict(lr=0.2)
    straight = descend(method, ravine(100), steps=100, **hyper)
    turned = descend(method, ravine(100, 45), steps=100, **hyper)
    assert abs(turned.loss[0] - straight.loss[0]) < 1e-10
    assert np.abs(turned.loss - straight.loss).max() > 1


@pytest.mark.parametrize("runs", [(), (6,), (3, 2)], ids=["one", "batch", "grid"])
@given(method=methods, seed=st.integers(0, 99))
def test_method_changes_nothing_that_it_is_given(runs, method, seed):
    rng = np.random.default_rng(seed)
    theta = rng.normal(size=(2, *runs))
    _, terms = method(theta, BEALE.grad, 1)
    state = {
        n: terms[n] for n in ("m", "v", "u", "v_max", "G", "E_g2", "E_d2") if n in terms
    }
    before = {n: value.copy() for n, value in state.items()} | {"theta": theta.copy()}
    method(theta, BEALE.grad, 2, **state)
    for name, value in (state | {"theta": theta}).items():
        np.testing.assert_array_equal(value, before[name])


@every_method
def test_run_of_a_batch_equals_the_run_alone(method):
    rng, surface = np.random.default_rng(7), ravine(10, 30)
    start = rng.uniform(-2, 2, (2, 5))
    hyper = {} if method is adadelta else dict(lr=rng.uniform(0.01, 0.1, 5))
    batch = descend(method, surface, start, 20, **hyper)
    for k in range(5):
        alone = {name: value[k] for name, value in hyper.items()}
        path = descend(method, surface, start[:, k], 20, **alone)
        np.testing.assert_array_equal(batch.theta[..., k], path.theta)
        np.testing.assert_array_equal(batch.probes[..., k], path.probes)
        np.testing.assert_allclose(batch.loss[..., k], path.loss, rtol=1e-14)
        for name, term in path.terms.items():
            np.testing.assert_array_equal(batch.terms[name][..., k], term)


@given(start=points, gamma=st.floats(0, 0.95), surface=valleys)
def test_nesterov_asks_at_the_lookahead_points(start, gamma, surface):
    path = descend(nesterov, surface, start, 20, lr=0.01, gamma=gamma)
    ahead = path.theta[1:-1] + gamma * np.diff(path.theta[:-1], axis=0)
    np.testing.assert_allclose(path.probes[1:], ahead, rtol=1e-9, atol=1e-13)
    np.testing.assert_array_equal(path.probes, path.terms["ahead"])
    np.testing.assert_array_equal(path.probes[0], start)


@pytest.mark.parametrize("name", [name for name in METHODS if name != "nesterov"])
def test_every_other_method_asks_where_it_stands(name):
    path = descend(METHODS[name], BOWL, steps=5)
    np.testing.assert_array_equal(path.probes, path.theta[:-1])
