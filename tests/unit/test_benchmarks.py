"""What `make bench` prints is what was measured, of work that is the same."""

import itertools

import numpy as np
import pytest

from benchmarks import bare, timing
from benchmarks.timing import Contender, Work, measure, rows
from benchmarks.works import WORKS
from gdlib import ROSENBROCK, adam, descend, gradient_descent, momentum, mse


@pytest.fixture
def clock(monkeypatch):
    """A clock on which a run takes as many seconds as it says."""
    now = [0.0]
    monkeypatch.setattr(timing, "perf_counter", lambda: now[0])

    def runs(*seconds):
        times = itertools.cycle(seconds)

        def run():
            now[0] += next(times)

        return run

    return runs


def test_contenders_take_turns_and_parts_are_scaled_up(clock):
    contenders = {"slow": Contender(clock(4.0)), "half": Contender(clock(1.0), 0.5)}
    assert measure(Work("both", contenders, 3)) == {
        "slow": [4.0] * 3,
        "half": [2.0] * 3,
    }


def test_row_shows_medians_and_the_median_of_the_ratios(clock):
    # the first run of each warms up and does not count
    contenders = {
        "base": Contender(clock(0, 1.0, 2.0, 100.0)),
        "other": Contender(clock(0, 3.0, 3.0, 150.0), aim=1.25),
    }
    work = Work("two", contenders, 3)
    first, second = rows(work, measure(work))
    assert first.split() == ["base", "2,000.00", "ms", "1"]
    assert second.split() == ["other", "3,000.00", "ms", "1.5", "<=", "1.25"]


def test_contenders_that_end_elsewhere_are_no_contest():
    contenders = {"a": Contender(lambda: [1.0]), "b": Contender(lambda: [1.001])}
    with pytest.raises(AssertionError, match="b"):
        measure(Work("unfair", contenders, 1))


@pytest.mark.parametrize("name", ["one_path", "many_runs"])
def test_contenders_of_a_work_end_at_one_point(name):
    work = WORKS[name]()
    measure(Work(work.name, work.contenders, 0))


def test_bare_formulas_are_those_of_the_methods():
    start = np.array([0.5, -0.5])
    ours = descend(adam, ROSENBROCK, start, 9, lr=0.1).theta[-1]
    np.testing.assert_array_equal(bare.adam(start, ROSENBROCK.grad, 9, 0.1), ours)
    ours = descend(momentum, ROSENBROCK, start, 9, lr=0.001, gamma=0.5).theta[-1]
    found = bare.momentum(start, ROSENBROCK.grad, 9, 0.001, 0.5)
    np.testing.assert_array_equal(found, ours)
    job = mse([1.0, 2.0, 4.0], [0.0, 1.0, 5.0])
    ours = descend(gradient_descent, job, steps=9, lr=0.05).theta[-1]
    found = bare.regression(job.X, job.y, 9, 0.05)
    np.testing.assert_allclose(found, ours, rtol=1e-13)
