"""AdamW, Lion and Muon: steps by hand, the libraries' paths, what stays the same."""

import inspect
import re
from math import sqrt

import numpy as np
import pytest

from gdlib import (
    BOWL,
    HIMMELBLAU,
    ROSENBROCK,
    Objective,
    adam,
    descend,
    network,
    ravine,
    stream,
)
from gdlib.newer import (
    adamw,
    lion,
    muon,
    newton_schulz,
    scheduled,
    through,
    tossed,
)
from gdlib.references import after, muon_problem, muons
from gdlib.training import best_lr, curves, race

VALLEY = Objective(
    lambda p: ((p[0] - 2) ** 2 + 10 * (p[1] + 1) ** 2) / 2,
    lambda p: np.array([p[0] - 2, 10 * (p[1] + 1)]),
    dim=2,
)
SURFACES = {"valley": VALLEY, "rosenbrock": ROSENBROCK}
each_surface = pytest.mark.parametrize("surface", SURFACES)
each_new_method = pytest.mark.parametrize("method", [adamw, lion])

# Three steps from θ = 1, worked out by hand: hyper-parameters, the gradients handed
# to the method, the points it comes to.
BY_HAND = {
    # Adam's moves with these numbers (test_methods.py): 3/2, -1/2, and the third
    # 2/7/(√(205/37) + 1); beside each of them the decay 2 · 1/4 · θ = θ/2:
    # 1 - 3/2 - 1/2 = -1; -1 + 1/2 + 1/2 = 0; 0 - the third
    adamw: (
        dict(lr=2.0, beta1=0.5, beta2=0.75, eps=1.0, weight_decay=0.25),
        (3, -3, 1),
        (1, -1, 0, -2 / 7 / (sqrt(205 / 37) + 1)),
    ),
    # c = 2, m = 1: 1 - 0.5 (1 + 1/2) = 1/4; c = 1/2 - 1/4 = 1/4, m = 3/4 - 1/8 = 5/8:
    # 1/4 - 0.5 (1 + 1/8) = -5/16; c = 5/16 - 1 < 0: -5/16 + 0.5 (1 + 5/32) = 17/64
    lion: (
        dict(lr=0.5, beta1=0.5, beta2=0.75, weight_decay=0.5),
        (4, -0.5, -2),
        (1, 1 / 4, -5 / 16, 17 / 64),
    ),
}


@each_new_method
def test_three_steps_are_those_worked_out_by_hand(method):
    hyper, slopes, points = BY_HAND[method]
    path = descend(method, stream(np.array(slopes, float)), (1.0,), 3, **hyper)
    np.testing.assert_allclose(path.theta[:, 0], points, rtol=1e-13, atol=1e-15)


def assert_agree(ours, theirs, within=1e-12):
    assert ours.shape == theirs.shape
    assert np.abs(ours - theirs).max() <= within * np.abs(theirs).max()


@each_surface
@pytest.mark.parametrize(
    ("method", "name"),
    [
        (adamw, f"{library} adamw {w}")
        for library in ("PyTorch", "optax")
        for w in (0.1, 0.5)
    ]
    + [
        (lion, f"{library} lion {w}")
        for library in ("optax", "Keras")
        for w in (0.0, 0.5)
    ],
)
def test_paths_are_the_libraries(method, name, surface):
    theirs = after()[name]
    path, decay = theirs.paths[surface], theirs.arguments["weight_decay"]
    how = dict(lr=theirs.lr[surface], weight_decay=decay)
    ours = descend(method, SURFACES[surface], path[0], len(path) - 1, **how)
    assert_agree(ours.theta, path)


@pytest.mark.parametrize("surface", [ravine(10, 30), ROSENBROCK, HIMMELBLAU])
def test_adamw_without_decay_is_adam(surface):
    paths = [
        descend(method, surface, steps=300, lr=0.03, **extra).theta
        for method, extra in ((adam, {}), (adamw, dict(weight_decay=0)))
    ]
    np.testing.assert_allclose(*paths, rtol=1e-12, atol=1e-12)


@each_new_method
@pytest.mark.parametrize("slope", [3.0, -0.02])
def test_on_a_constant_slope_a_step_is_lr(method, slope):
    how = dict(steps=50, lr=0.1, weight_decay=0)
    path = descend(method, stream(np.full(50, slope)), (0.0,), **how)
    moves = -np.diff(path.theta[:, 0])
    np.testing.assert_allclose(moves, 0.1 * np.sign(slope), rtol=1e-6)


@each_new_method
def test_on_a_constant_slope_the_weight_ends_at_one_over_the_decay(method):
    how = dict(steps=4000, lr=0.01, weight_decay=0.5)
    path = descend(method, stream(np.ones(4000)), (0.3,), **how)
    assert path.theta[-1, 0] == pytest.approx(-2, rel=1e-6)


@each_new_method
def test_the_scale_of_the_loss_drops_out(method):
    how = dict(steps=100, lr=0.02, weight_decay=0.3)
    how |= dict(eps=0) if method is adamw else {}
    large = Objective(lambda p: 2**20 * VALLEY(p), lambda p: 2**20 * VALLEY.grad(p), 2)
    paths = [descend(method, job, (-4.0, 2.5), **how).theta for job in (VALLEY, large)]
    np.testing.assert_allclose(*paths, rtol=1e-12)


@each_new_method
def test_without_slopes_only_the_decay_is_left(method):
    flat = Objective(lambda p: 0 * p[0], lambda p: 0 * p, 2, batches=True)
    path = descend(method, flat, (3.0, -1.0), 20, lr=0.1, weight_decay=0.5)
    np.testing.assert_allclose(path.theta[-1], 0.95**20 * np.array([3, -1]), rtol=1e-12)


@each_new_method
def test_a_reader_s_mistake_is_told_in_a_sentence(method):
    with pytest.raises(ValueError, match=r"lr is -1; allowed: a number above 0\."):
        descend(method, BOWL, steps=1, lr=-1)
    with pytest.raises(ValueError, match=r"beta1 is 1; allowed: at least 0 and below"):
        descend(method, BOWL, steps=1, beta1=1)
    with pytest.raises(TypeError, match="decay is no hyper-parameter of"):
        descend(method, BOWL, steps=1, decay=0.1)


@each_new_method
def test_runs_side_by_side_are_runs_alone(method):
    lrs, decays = np.array([0.01, 0.1]), np.array([0.0, 0.5])
    both = descend(method, BOWL, steps=30, lr=lrs, weight_decay=decays).theta
    for i in range(2):
        alone = descend(method, BOWL, steps=30, lr=lrs[i], weight_decay=decays[i])
        np.testing.assert_array_equal(both[..., i], alone.theta)


@pytest.mark.parametrize("function", [adamw, lion, newton_schulz])
def test_equations_are_numbered_as_their_lines(function):
    source, text = inspect.getsource(function), inspect.getdoc(function)
    equations = re.findall(r"^\((\d)\)", text, re.M)
    assert equations == [str(k + 1) for k in range(len(equations))]
    assert sorted(re.findall(r"# \((\d)\)$", source, re.M)) == equations


# Around a method.


def test_a_schedule_multiplies_the_lr():
    halved = scheduled(adam, lambda t: 0.5 if t > 3 else 1)
    path = descend(halved, BOWL, steps=8, lr=0.2).theta
    other = descend(adam, BOWL, steps=8, lr=lambda t: 0.1 if t > 3 else 0.2).theta
    np.testing.assert_allclose(path, other, rtol=1e-13)
    default = descend(
        scheduled(through(lion, lambda g, t: g), lambda t: 1), BOWL, steps=1
    )
    assert default.theta[1] == pytest.approx(
        np.array(BOWL.start) - 0.001 * np.sign(BOWL.start)
    )


def test_the_gradient_is_changed_before_the_method_sees_it():
    seen = through(adam, lambda g, t: np.clip(g, -1, 1) * (t < 3))
    path = descend(seen, stream(np.array([4, -9, 7.0])), (0.0,), 3, lr=0.1)
    np.testing.assert_array_equal(path.terms["g"][:, 0], [1, -1, 0])


@pytest.mark.parametrize("a", [0.0, 2.0])
def test_tossed_slopes_are_right_on_average(a):
    job = tossed(a, 1.5, 3.0, np.random.default_rng(0))
    slopes = job.grad(np.full((1, 100_000), 0.5))
    assert set(np.unique(slopes)) == {a * (0.5 - 1.5) - 3, a * (0.5 - 1.5) + 3}
    assert slopes.mean() == pytest.approx(a * (0.5 - 1.5), abs=0.04)
    assert job(np.array([0.5])) == a / 2


# Muon.


def test_newton_schulz_keeps_directions_and_brings_sizes_near_one():
    rng = np.random.default_rng(0)
    for shape in ((6, 4), (4, 6), (5, 5), (7, 1)):
        M = rng.standard_normal(shape)
        U, _, Vt = np.linalg.svd(M, full_matrices=False)
        core = U.T @ newton_schulz(M) @ Vt.T
        sizes = np.diag(core)
        np.testing.assert_allclose(core, np.diag(sizes), atol=1e-12)
        assert ((sizes > 0.68) & (sizes < 1.21)).all()


def test_newton_schulz_takes_matrices_side_by_side_and_of_any_scale():
    M = np.random.default_rng(1).standard_normal((5, 3, 4))
    found = newton_schulz(M)
    for i in range(4):
        np.testing.assert_allclose(found[..., i], newton_schulz(M[..., i]), rtol=1e-12)
    np.testing.assert_allclose(newton_schulz(1e6 * M), found, rtol=1e-9)


@pytest.mark.parametrize(
    ("name", "nesterov"), [("PyTorch original", True), ("PyTorch no nesterov", False)]
)
def test_newton_schulz_on_momentum_is_pytorchs_muon(name, nesterov):
    A, B, C, W = muon_problem().values()
    theirs, buffer, path = muons()[name], 0.0, [W]
    for _ in range(200):
        g = A.T @ (A @ W @ B - C) @ B.T
        buffer = 0.95 * buffer + 0.05 * g
        M = 0.95 * buffer + 0.05 * g if nesterov else buffer
        W = W - theirs.lr * theirs.scale * newton_schulz(M)
        path.append(W)
    assert_agree(np.array(path)[theirs.steps], theirs.path, 1e-9)


def small_net():
    rng = np.random.default_rng(0)
    y = np.arange(36) % 3
    return network(rng.standard_normal((36, 5)) + y[:, None], y, hidden=4)


def test_muon_orthogonalises_the_weights_and_leaves_the_rest_to_adam():
    net = small_net()
    start = net.draw(np.random.default_rng(1))
    ours = net.split(descend(muon(net), net, start, 1, lr=0.1).theta[1])
    plain = net.split(descend(adam, net, start, 1, lr=0.1).theta[1])
    old, g = net.split(start), net.split(net.grad(start))
    for name in ("W1", "W2"):  # the first momentum is a multiple of g
        np.testing.assert_allclose(ours[name], old[name] - 0.1 * newton_schulz(g[name]))
    for name in ("b1", "b2"):
        np.testing.assert_array_equal(ours[name], plain[name])


def test_muon_runs_side_by_side():
    net, lrs = small_net(), np.array([0.01, 0.1])
    both = descend(muon(net), net, steps=10, lr=lrs).theta
    for i in range(2):
        alone = descend(muon(net), net, steps=10, lr=lrs[i]).theta
        np.testing.assert_allclose(both[..., i], alone, rtol=1e-9, atol=1e-12)


def test_a_race_takes_the_best_lr_and_tells_its_curves():
    net = small_net()
    new, grid = (net.X[::2], net.y[::2]), np.array([0.001, 0.03])
    racers = [("a", (adam, grid)), ("b", (lion, grid / 10))]
    rows, found = race(racers, net, new, seeds=range(3), tuning=(7, 8))
    assert [row[0] for row in rows] == ["a", "b"] == list(found)
    lr = best_lr(adam, net, grid, (7, 8))
    told = curves(adam, net, new, range(3), lr=lr)
    np.testing.assert_array_equal(found["a"], told)
    end = told[:, 8]
    middle = np.median(end, axis=0)
    assert rows[0][1:] == [
        lr,
        end[:, 0].min(),
        middle[0],
        end[:, 0].max(),
        middle[1],
        middle[3],
        end[:, 3].min(),
    ]
