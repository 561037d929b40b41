"""The chapter's job: data, mean squared error, mini-batches."""

from itertools import chain, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gdlib import (
    Regression,
    adam,
    chapter_data,
    descend,
    gradient_descent,
    line_data,
    mse,
    standardise,
)


def some_line(n=50, seed=0, **how):
    return line_data(np.random.default_rng(seed), n, **how)


# Data.


def test_line_data_scatters_about_its_line():
    x, y = some_line(200_000, slope=3.0, intercept=2.0, noise=0.5, centre=4.0, spread=2)
    assert (x.mean(), x.std()) == pytest.approx((4, 2), abs=0.02)
    residual = y - (3 * x + 2)
    assert (residual.mean(), residual.std()) == pytest.approx((0, 0.5), abs=0.005)
    np.testing.assert_allclose(np.polyfit(x, y, 1), [3, 2], atol=0.01)


def test_line_data_is_the_generators_and_no_other():
    for first, second in zip(some_line(), some_line(), strict=True):
        np.testing.assert_array_equal(first, second)
    assert (some_line()[0] != some_line(seed=1)[0]).all()


def test_standardise_leaves_mean_nought_and_spread_one():
    x = np.random.default_rng(0).normal(7, 3, (100, 2))
    scaled = standardise(x)
    np.testing.assert_allclose(scaled.mean(0), 0, atol=1e-14)
    np.testing.assert_allclose(scaled.std(0), 1, rtol=1e-14)
    np.testing.assert_allclose(standardise(x[:, 0]), scaled[:, 0], rtol=1e-12)


# Mean squared error.


def loops(x, y, m, b):
    """Equations (3), (4) and (5), a point at a time."""
    N, J, dm, db = len(x), 0.0, 0.0, 0.0
    for i in range(N):
        error = y[i] - (m * x[i] + b)
        J += error**2 / N
        dm += -2 / N * x[i] * error
        db += -2 / N * error
    return J, dm, db


@given(m=st.floats(-20, 20), b=st.floats(-20, 20), n=st.integers(2, 40))
def test_value_and_gradient_are_those_of_the_loops(m, b, n):
    x, y = some_line(n, centre=3.0)
    job, theta = mse(x, y), np.array([m, b])
    J, dm, db = loops(x, y, m, b)
    assert job(theta) == pytest.approx(J, rel=1e-11)
    np.testing.assert_allclose(job.grad(theta), [dm, db], rtol=1e-9, atol=1e-10)


@pytest.mark.parametrize("centre", [0.0, 5.0, 1000.0])
def test_value_is_the_plain_formula_also_far_from_the_minimum(centre):
    x, y = some_line(500, centre=centre)
    job = mse(x, y)
    theta = np.random.default_rng(1).normal(size=(2, 7, 3)) * [[[10.0]], [[1000.0]]]
    for run in np.ndindex(7, 3):
        m, b = theta[:, *run]
        plain = np.mean((y - (m * x + b)) ** 2)
        assert job(theta)[run] == pytest.approx(plain, rel=1e-9)


def test_value_by_hand():
    # ŷ = 2x + 1 = 1, 3, 5 against 1, 2, 7: errors 0, -1, 2
    job = mse([0.0, 1.0, 2.0], [1.0, 2.0, 7.0])
    theta = np.array([2.0, 1.0])
    assert job(theta) == pytest.approx(5 / 3, rel=1e-14)
    np.testing.assert_allclose(job.grad(theta), [-2 / 3 * 3, -2 / 3 * 1], rtol=1e-13)


def test_minimum_is_the_closed_form_solution():
    x, y = some_line(80, centre=2.0)
    np.testing.assert_allclose(mse(x, y).minima[0], np.polyfit(x, y, 1), rtol=1e-10)
    X = np.random.default_rng(3).normal(size=(60, 4))
    y = np.random.default_rng(4).normal(size=60)
    solution, (rest,), *_ = np.linalg.lstsq(X, y, rcond=None)
    job = mse(X, y)
    np.testing.assert_allclose(job.minima[0], solution, rtol=1e-10)
    assert job.lowest == pytest.approx(rest / 60, rel=1e-12)
    assert (job.dim, job.start) == (4, (0.0,) * 4)


def test_gap_can_fall_below_the_rounding_of_the_loss():
    path = descend(gradient_descent, mse(*some_line()), steps=400, lr=0.3)
    assert 0 <= path.gap[-1] < 1e-25 < np.finfo(float).eps * path.loss[-1]


def test_line_has_columns_x_and_one():
    x, y = some_line(5)
    job = mse(x, y)
    assert isinstance(job, Regression)
    np.testing.assert_array_equal(job.X, np.transpose([x, np.ones(5)]))
    np.testing.assert_array_equal(job.y, y)
    assert (job.dim, job.batch) == (2, 5)


def test_data_is_copied_and_left_as_it_is():
    x, y = some_line(20)
    before = x.copy(), y.copy()
    job = mse(x, y, batch=3, rng=np.random.default_rng(0))
    descend(adam, job, steps=30)
    np.testing.assert_array_equal((x, y), before)
    value = job(np.zeros(2))
    x[:], y[:] = 0, 0
    assert job(np.zeros(2)) == value
    assert job.y.any()


# Mini-batches.


def hands(n, batch, evaluations, seed=0):
    """Which samples each gradient of a job looks at, told by the gradient itself."""
    # One weight a sample, X = 1 and y = -1/2 at θ = 0: ∇J is 1/B for those dealt.
    job = mse(np.eye(n), np.full(n, -0.5), batch=batch, rng=np.random.default_rng(seed))
    found = []
    for _ in range(evaluations):
        g = job.grad(np.zeros(n))
        dealt = np.flatnonzero(g)
        np.testing.assert_allclose(g[dealt], 1 / len(dealt), rtol=1e-14)
        found.append(dealt.tolist())
    return found


@given(n=st.integers(1, 30), data=st.data())
def test_every_epoch_deals_every_sample_once(n, data):
    batch = data.draw(st.integers(1, n))
    a_pass = -(-n // batch)
    dealt = hands(n, batch, 3 * a_pass)
    for first in range(0, 3 * a_pass, a_pass):
        epoch = dealt[first : first + a_pass]
        assert sorted(chain(*epoch)) == list(range(n))
        assert {len(hand) for hand in epoch[:-1]} <= {batch}
        assert len(epoch[-1]) == n - (a_pass - 1) * batch


def test_order_is_new_in_every_epoch_and_the_generators_own():
    dealt = hands(40, 4, 50)
    epochs = [dealt[first : first + 10] for first in range(0, 50, 10)]
    assert all(a != b for a, b in pairwise(epochs))
    assert hands(40, 4, 50) == dealt
    assert hands(40, 4, 50, seed=1) != dealt


def test_mean_over_an_epoch_of_equal_hands_is_the_full_gradient():
    x, y = some_line(60, centre=2.0)
    theta = np.array([0.3, -0.7])
    dealt = mse(x, y, batch=12, rng=np.random.default_rng(0))
    mean = np.mean([dealt.grad(theta) for _ in range(5)], axis=0)
    np.testing.assert_allclose(mean, mse(x, y).grad(theta), rtol=1e-12)


def test_hand_of_one_is_unbiased_and_its_spread_falls_with_the_root_of_its_size():
    x, y = some_line(10_000)
    theta, full = np.array([1.0, 1.0]), mse(x, y).grad(np.array([1.0, 1.0]))
    spreads = []
    for batch in (1, 100):
        dealt = mse(x, y, batch=batch, rng=np.random.default_rng(0))
        found = np.array([dealt.grad(theta) for _ in range(10_000 // batch)])
        np.testing.assert_allclose(found.mean(0), full, rtol=1e-11)
        spreads.append(found.std(0))
    np.testing.assert_allclose(spreads[0] / spreads[1], 10, rtol=0.2)


def test_batch_of_all_data_is_the_full_gradient():
    x, y = some_line(30)
    dealt = mse(x, y, batch=30, rng=np.random.default_rng(0))
    theta = np.random.default_rng(1).normal(size=(2, 5, 2))
    np.testing.assert_allclose(dealt.grad(theta), mse(x, y).grad(theta), rtol=1e-11)


def test_value_of_a_mini_batch_job_is_that_of_all_data():
    x, y = some_line(30)
    dealt = mse(x, y, batch=4, rng=np.random.default_rng(0))
    theta = np.array([0.5, 0.5])
    assert dealt(theta) == mse(x, y)(theta)
    assert dealt.minima == mse(x, y).minima


@pytest.mark.parametrize(
    ("batch", "samples"),
    [
        (10, [0, 10, 20, 30, 40]),  # all the data, again and again
        (5, [0, 5, 10, 15, 20]),
        (4, [0, 4, 8, 10, 14]),  # the last hand of an epoch holds two
        (1, [0, 1, 2, 3, 4]),
    ],
)
def test_samples_counts_what_so_many_gradients_have_seen(batch, samples):
    x, y = some_line(10)
    job = mse(x, y, batch=batch, rng=np.random.default_rng(0))
    assert [job.samples(k) for k in range(5)] == samples
    np.testing.assert_array_equal(job.samples(np.arange(5)), samples)
    assert sum(len(hand) for hand in hands(10, batch, 4)) == samples[4]


def test_mini_batches_reach_the_neighbourhood_of_the_minimum():
    x, y = some_line(1000)
    job = mse(x, y, batch=10, rng=np.random.default_rng(0))
    path = descend(gradient_descent, job, steps=500, lr=lambda t: 0.2 / t**0.5)
    assert path.gap[0] > 1
    assert path.gap[-1] < 0.01
    assert job.samples(path.evaluations) == 5000


def test_chapter_data_are_the_legacy_numbers():
    for seed in (0, 7):
        expected = np.random.RandomState(seed).randn(500, 2)
        np.testing.assert_array_equal(np.transpose(chapter_data(seed)), expected)
    # the first numbers of np.random.seed(0), as printed everywhere
    x, y = chapter_data()
    assert [x[0], y[0], x[1]] == pytest.approx(
        [1.76405235, 0.40015721, 0.97873798], abs=5e-9
    )
