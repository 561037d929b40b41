"""A network's error and gradient: by hand, by differences, by another library."""

import pickle
from math import exp, log, tanh

import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier

from gdlib import METHODS, Objective, Optimizer, adam, descend, network


@pytest.fixture
def rng():
    return np.random.default_rng(7)


@pytest.fixture
def small(rng):
    """A network 5–4–3 on 20 samples."""
    return network(rng.standard_normal((20, 5)), np.arange(20) % 3, hidden=4)


def test_sizes_of_the_course():
    net = network(np.zeros((3, 64)), [0, 9, 4])
    assert net.dim == 64 * 32 + 32 + 32 * 10 + 10 == 2410
    assert net.shapes == dict(W1=(64, 32), b1=(32,), W2=(32, 10), b2=(10,))


def test_value_and_slope_worked_out_by_hand():
    """One input 1, one hidden unit, two classes; W1 = 0.5, b1 = 0.1, W2 = (1, -1)."""
    net = network([[1.0]], [1], hidden=1)
    assert net.dim == 6
    theta = np.array([0.5, 0.1, 1.0, -1.0, 0.2, 0.0])
    h = tanh(0.6)
    first, second = exp(h + 0.2), exp(-h)
    p = first / (first + second)  # of the class that it is not
    assert net(theta) == pytest.approx(-log(1 - p))
    slope = (2 * p) * (1 - h**2)  # dS = (p, -p), W2 = (1, -1)
    wanted = [slope, slope, h * p, -h * p, p, -p]
    assert net.grad(theta) == pytest.approx(wanted)


def test_equal_scores_cost_the_logarithm_of_the_classes(small):
    assert small(np.zeros(small.dim)) == pytest.approx(log(3))


def test_gradient_by_differences(small, rng):
    theta = small.draw(rng)
    numerical = Objective(small.value, dim=small.dim).grad(theta)
    assert small.grad(theta) == pytest.approx(numerical, rel=1e-7, abs=1e-9)


def test_scikit_learn_finds_the_same_slopes(small, rng):
    """One step of its plain SGD on the full batch is -lr times the gradient."""
    theta, lr = small.draw(rng), 0.1
    parts = small.split(theta)
    other = MLPClassifier(
        4,
        activation="tanh",
        solver="sgd",
        alpha=0.0,
        batch_size=20,
        learning_rate_init=lr,
        momentum=0.0,
        shuffle=False,
    )
    other.partial_fit(small.X, small.y, classes=[0, 1, 2])
    other.coefs_ = [parts["W1"].copy(), parts["W2"].copy()]
    other.intercepts_ = [parts["b1"].copy(), parts["b2"].copy()]
    other.partial_fit(small.X, small.y)
    ours = small.split(theta - lr * small.grad(theta))
    assert other.loss_ == pytest.approx(small(theta), rel=1e-7)
    for name, found in zip(("W1", "W2"), other.coefs_, strict=True):
        assert found == pytest.approx(ours[name], rel=1e-7)


def test_many_points_are_the_points_one_by_one(small, rng):
    theta = rng.standard_normal((small.dim, 2, 3))
    value, grad = small(theta), small.grad(theta)
    scores, share = small.scores(theta), small.accuracy(theta)
    assert (value.shape, grad.shape) == ((2, 3), theta.shape)
    assert (scores.shape, share.shape) == ((20, 3, 2, 3), (2, 3))
    for i, j in np.ndindex(2, 3):
        one = theta[:, i, j]
        assert value[i, j] == pytest.approx(small(one), rel=1e-12)
        assert grad[..., i, j] == pytest.approx(small.grad(one), rel=1e-9, abs=1e-15)
        assert scores[..., i, j] == pytest.approx(small.scores(one))
        assert share[i, j] == small.accuracy(one)


def test_error_stays_finite_for_huge_weights(small, rng):
    theta = 1e5 * small.draw(rng)
    assert np.isfinite(small(theta))
    assert np.isfinite(small.grad(theta)).all()


def test_error_and_accuracy_on_other_samples(small, rng):
    theta, X, y = small.draw(rng), rng.standard_normal((9, 5)), np.arange(9) % 3
    other = network(X, y, hidden=4)
    assert small.error(theta, X, y) == other(theta)
    assert small.accuracy(theta, X, y) == other.accuracy(theta)


def test_split_and_join_are_inverse(small, rng):
    theta = rng.standard_normal((small.dim, 3))
    parts = small.split(theta)
    assert {n: p.shape for n, p in parts.items()} == {
        n: (*s, 3) for n, s in small.shapes.items()
    }
    assert np.array_equal(small.join(parts), theta)


def test_draw_keeps_a_sum_of_inputs_at_their_size(rng):
    net = network(rng.standard_normal((50, 400)), np.arange(50) % 2, hidden=300)
    parts = net.split(net.draw(rng, width=2.0))
    assert (net.X @ parts["W1"]).std() == pytest.approx(2, rel=0.05)
    assert parts["W2"].std() == pytest.approx(2 / np.sqrt(300), rel=0.1)
    assert not parts["b1"].any()
    assert not parts["b2"].any()
    assert not net.draw(rng, width=0).any()


def test_mini_batches_deal_every_sample_once_an_epoch(small):
    dealt = network(small.X, small.y, hidden=4, batch=6, rng=np.random.default_rng(2))
    theta = np.array(small.start)
    order = np.random.default_rng(2).permutation(20)
    for i in range(0, 20, 6):
        hand = order[i : i + 6]
        alone = network(np.r_[small.X[hand], small.X[:3]], np.r_[small.y[hand], 0:3], 4)
        n = len(hand)
        last = network(small.X[:3], range(3), hidden=4)
        wanted = ((n + 3) * alone.grad(theta) - 3 * last.grad(theta)) / n
        assert dealt.grad(theta) == pytest.approx(wanted, abs=1e-12)
    assert dealt.value(theta) == small.value(theta)


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_every_method_learns_flat_and_by_name_alike(method, small):
    flat = descend(method, small, steps=30, keep="last")
    assert flat.loss[-1] < small(np.array(small.start))
    params, optimizer = small.split(np.array(small.start)), Optimizer(method)
    for _ in range(30):
        ahead = small.join(optimizer.lookahead(params))
        params = optimizer.update(params, small.split(small.grad(ahead)))
    assert small.join(params) == pytest.approx(flat.theta[-1], rel=1e-12, abs=1e-14)


def test_pickles_and_compares(small):
    again = pickle.loads(pickle.dumps(small))
    assert again == small
    assert descend(adam, again, steps=3) == descend(adam, small, steps=3)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (dict(X=[[1.0]], y=[0, 1]), r"X has shape \(1, 1\) and y \(2,\); allowed"),
        (dict(X=[1.0, 2.0], y=[0, 1]), r"X has shape \(2,\)"),
        (dict(X=[[np.nan]], y=[0]), "X holds nan; allowed: finite numbers"),
        (dict(X=[[1.0]], y=[0.5]), "y holds 0.5; allowed: whole numbers from 0 up"),
        (dict(X=[[1.0]], y=[-1]), "y holds -1; allowed"),
        (dict(X=[[1.0]], y=[np.inf]), "y holds inf; allowed"),
        (dict(X=[[1.0]], y=[0], hidden=0), "hidden is 0; allowed"),
        (dict(X=[[1.0]], y=[0], batch=2, rng=np.random.default_rng(0)), "batch is 2"),
        (dict(X=[[1.0]], y=[0], batch=1), "rng is None; allowed"),
    ],
)
def test_bad_input_gets_a_sentence(given, sentence):
    with pytest.raises(ValueError, match=sentence):
        network(**given)


def test_a_bad_width_gets_a_sentence(small, rng):
    for width in (-1, np.nan, np.inf):
        with pytest.raises(ValueError, match=f"width is {width}; allowed"):
            small.draw(rng, width)
