"""What experiments on a network repeat: parts, hands, curves, the best lr, state."""

import numpy as np
import pytest

from gdlib import METHODS, adam, amsgrad, descend, gradient_descent, network
from gdlib.training import best_lr, curves, dealt, parted, step_time, update

RNG = np.random.default_rng(3)
X = RNG.standard_normal((50, 6))
Y = (X[:, 0] > 0).astype(int) + (X[:, 1] > 0.5)
KNOWN, NEW = parted(X, Y, known=40)
NET = network(*KNOWN, 5)


def test_parts_hold_each_sample_once():
    parts = np.concatenate([KNOWN[0], NEW[0]])
    assert [len(KNOWN[1]), len(NEW[1])] == [40, 10]
    assert sorted(map(tuple, parts)) == sorted(map(tuple, X))
    rows = {tuple(x): y for x, y in zip(X, Y, strict=True)}
    assert [rows[tuple(x)] for x in KNOWN[0]] == KNOWN[1].tolist()
    assert not np.array_equal(parted(X, Y, 40, seed=1)[0][1], KNOWN[1])


def test_a_seed_gives_the_start_and_the_hands():
    (one, start), (two, again), (_, other) = (dealt(NET, s, batch=8) for s in (0, 0, 1))
    assert np.array_equal(start, again)
    assert not np.array_equal(start, other)
    for _ in range(12):  # more than two epochs
        assert np.array_equal(one.grad(start), two.grad(start))
    assert np.array_equal(dealt(NET, 0, width=2.0)[1], 2 * start)


def test_five_hands_make_the_gradient_of_all():
    job, start = dealt(NET, 0, batch=8)
    mean = np.mean([job.grad(start) for _ in range(5)], axis=0)
    assert mean == pytest.approx(NET.grad(start), rel=1e-12)


def test_copies_have_equal_weights_and_get_equal_slopes():
    _, start = dealt(NET, 0, copies=True)
    for theta in (start, NET.grad(start)):
        params = NET.split(theta)
        assert np.ptp(params["W1"], axis=1) == pytest.approx(0, abs=1e-15)
        assert np.ptp(params["W2"], axis=0) == pytest.approx(0, abs=1e-15)
    assert np.ptp(NET.split(start)["W1"], axis=0).max() > 0.1


def test_curves_are_those_of_one_run_looked_at_each_epoch():
    (found,) = curves(adam, NET, NEW, [7], epochs=2, batch=8, lr=None)
    job, theta = dealt(NET, 7, batch=8)
    whole = descend(adam, job, theta, 10).theta  # two epochs of five hands
    rows = [
        [NET(at), NET.error(at, *NEW), NET.accuracy(at), NET.accuracy(at, *NEW)]
        for at in whole[::5]
    ]
    assert found == pytest.approx(np.array(rows), rel=1e-12)


def test_curves_of_several_lr_share_start_and_hands():
    lrs = [0.01, 0.1, 0.3]
    together = curves(gradient_descent, NET, NEW, [0, 1], epochs=2, every=2, lr=lrs)
    assert together.shape == (2, 2, 4, 3)
    for run, lr in enumerate(lrs):
        alone = curves(gradient_descent, NET, NEW, [0, 1], epochs=2, every=2, lr=lr)
        assert together[..., run] == pytest.approx(alone, rel=1e-9)


def test_best_lr_is_the_one_whose_worst_seed_ends_lowest():
    grid = np.array([0.003, 0.03, 0.3, 3.0, 1e300])
    found = best_lr(gradient_descent, NET, grid, (0, 1), epochs=3, batch=8)
    ends = []
    for lr in grid[:-1]:  # the last one overflows
        runs = curves(
            gradient_descent, NET, NEW, (0, 1), epochs=3, every=3, batch=8, lr=lr
        )
        ends.append(runs[:, 1, 0].max())
    assert found == grid[np.argmin(ends)]


@pytest.mark.parametrize("name", METHODS)
def test_state_is_counted(name):
    kept = {"gradient_descent": 0, "momentum": 1, "nesterov": 1, "adagrad": 1}
    kept |= {"adadelta": 2, "rmsprop": 1, "adam": 2, "adamax": 2, "amsgrad": 3}
    names, size, time = update(METHODS[name], 1000)
    arrays = kept.get(name, 2)
    assert size == arrays * 8 * 1000 / 1e6
    assert len([n for n in names.split(", ") if n != "–"]) == arrays
    assert time > 0


def test_names_of_the_state_are_the_methods_own():
    assert update(amsgrad, 10)[0] == "m, v, v_max"
    assert step_time(adam, NET, batch=8, steps=3) > 0


def test_a_gamble_and_a_run_that_overflows_are_no_best_lr():
    good = descend(adam, NET, steps=200, lr=0.05).theta[-1]
    params = NET.split(good)
    bad = NET.join(params | dict(W2=-params["W2"], b2=-params["b2"]))
    starts = [dealt(NET, seed)[1] for seed in range(9)]
    pair = [
        next(s for s in range(9) if (starts[s][0] > 0) == up) for up in (True, False)
    ]

    def gamble(theta, grad, t, *, lr):
        """At lr 1 the best or the worst there is, at 2 a guess, at 3 nothing."""
        lucky = np.where(theta[0] > 0, good[:, None], bad[:, None])
        return np.select([lr == 1, lr == 2], [lucky, 0 * theta], np.nan), {}

    grid = np.array([1.0, 2.0, 3.0])
    assert best_lr(gamble, NET, grid, pair, epochs=1, batch=40) == 2
