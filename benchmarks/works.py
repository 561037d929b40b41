"""What is timed. Rivals bring their own way to do the same, named by its key."""

import numpy as np

from benchmarks import bare
from benchmarks.timing import Contender, Work
from gdlib import (
    ROSENBROCK,
    adam,
    chapter_data,
    descend,
    gradient_descent,
    line_data,
    momentum,
    mse,
    ravine,
)

START = np.array(ROSENBROCK.start)
LR = 0.05
RUNS = np.random.default_rng(0).uniform(-2, 2, (2, 10_000))
MAP_LR = np.linspace(0.001, 0.2, 400)[:, None]
MAP_GAMMA = np.linspace(0, 0.99, 400)
VALLEY = ravine(10, 30)
VALLEY_START = np.array(VALLEY.start)
JOB = mse(*chapter_data())
STEPS, JOB_LR = 50_000, 0.01


def read_every_term():
    """Ask a recorded run for all that it holds; terms are put together when read."""
    path = descend(adam, ROSENBROCK, steps=200, lr=LR)
    assert all(len(term) == 200 for term in path.terms.values())
    return path.theta[-1]


def one_path():
    """Time what recording everything costs on a single short run."""
    contenders = {
        "bare NumPy loop": Contender(
            lambda: bare.adam(START, ROSENBROCK.grad, 200, LR)
        ),
        "descend, all recorded": Contender(
            lambda: descend(adam, ROSENBROCK, steps=200, lr=LR).theta[-1], aim=1.5
        ),
        "descend, and every term read": Contender(read_every_term),
        "descend, keep='last'": Contender(
            lambda: descend(adam, ROSENBROCK, steps=200, lr=LR, keep="last").theta[0]
        ),
    }
    return Work("One Adam path, 200 steps, Rosenbrock", contenders, 200)


def many_runs():
    """Time a batch that fits the cache as a whole."""
    contenders = {
        "bare formulas": Contender(lambda: bare.adam(RUNS, ROSENBROCK.grad, 100, LR)),
        "descend, keep='last'": Contender(
            lambda: descend(adam, ROSENBROCK, RUNS, 100, lr=LR, keep="last").theta[0],
            aim=1.1,
        ),
    }
    return Work("10,000 runs × 100 Adam steps, Rosenbrock", contenders, 30)


def bare_map():
    """Where momentum ends for every pair of the map, on whole arrays."""
    theta = np.broadcast_to(VALLEY_START[:, None, None], (2, 400, 400))
    return bare.momentum(theta, VALLEY.grad, 100, MAP_LR, MAP_GAMMA)


def gdlib_map():
    """Where momentum ends for every pair of the map, block by block."""
    path = descend(momentum, VALLEY, steps=100, lr=MAP_LR, gamma=MAP_GAMMA, keep="last")
    return path.theta[0]


def learning_rate_map():
    """Time a batch that no cache holds."""
    contenders = {
        "bare formulas, whole arrays": Contender(bare_map),
        "descend, keep='last'": Contender(gdlib_map, aim=0.45),
    }
    return Work("400×400 (lr, gamma) map × 100 momentum steps", contenders, 5)


def adam_map():
    """Time the same for Adam, whose formulas touch more arrays."""
    theta = np.broadcast_to(START[:, None, None], (2, 400, 400))
    beta1 = MAP_GAMMA
    contenders = {
        "bare formulas, whole arrays": Contender(
            lambda: bare.adam(theta, ROSENBROCK.grad, 100, MAP_LR, beta1)
        ),
        "descend, keep='last'": Contender(
            lambda: descend(
                adam, ROSENBROCK, steps=100, lr=MAP_LR, beta1=beta1, keep="last"
            ).theta[0]
        ),
    }
    return Work("400×400 (lr, beta1) map × 100 Adam steps", contenders, 3)


def chapter():
    """Time the chapter's regression, the loss of every step recorded."""
    X, y, data = JOB.X, JOB.y, np.transpose(chapter_data())
    contenders = {
        "the chapter's loops": Contender(
            lambda: bare.regression_by_loops(data, 200, JOB_LR), 200 / STEPS
        ),
        "NumPy, X @ theta": Contender(lambda: bare.regression(X, y, STEPS, JOB_LR)),
        "descend, all recorded": Contender(
            lambda: descend(gradient_descent, JOB, steps=STEPS, lr=JOB_LR).theta[-1],
            aim=0.01,
        ),
    }
    return Work("50,000 regression steps, 500 points", contenders, 7)


def epoch():
    """Time one pass over a million points, dealt a thousand at a time."""
    x, y = line_data(np.random.default_rng(0), 1_000_000)
    X = np.column_stack([x, np.ones_like(x)])
    rng = np.random.default_rng(1)
    job = mse(x, y, batch=1000, rng=rng)
    contenders = {
        "bare loop, indexing per batch": Contender(
            lambda: bare.epoch(X, y, 1000, JOB_LR, rng)
        ),
        "descend, one permutation an epoch": Contender(
            lambda: descend(gradient_descent, job, steps=1000, lr=JOB_LR) and None
        ),
    }
    return Work("One epoch, 1,000,000 points, batch 1,000", contenders, 7)


WORKS = {
    work.__name__: work
    for work in (one_path, many_runs, learning_rate_map, adam_map, chapter, epoch)
}
