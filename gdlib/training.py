"""What each experiment on a network repeats: start, mini-batches, epochs, an lr."""

from time import perf_counter

import numpy as np

from .descent import descend
from .network import network
from .objectives import Objective

SIDE_BY_SIDE = 4  # runs of one call that surely share their mini-batches


def parted(X, y, known, seed=0):
    """Part samples at random into those to train on and those that are left.

    known  how many to train on, 1 to N - 1
    Returns two pairs (X, y).
    """
    order = np.random.default_rng(seed).permutation(len(y))
    return tuple((X[part], y[part]) for part in (order[:known], order[known:]))


def dealt(net, seed, *, batch=32, width=1.0, copies=False):
    """Deal a network's samples in mini-batches and draw a start, both from one seed.

    net     a Network
    batch   samples of a mini-batch, 1 to N
    width   of the start, >= 0, as `Network.draw` has it
    copies  make all hidden units copies of the first
    Returns a Network whose gradient is a mini-batch's, and theta (dim,). Notebook 14.
    """
    rng = np.random.default_rng(seed)
    hidden = net.shapes["b1"][0]
    job = network(net.X, net.y, hidden, batch=batch, rng=rng)
    params = job.split(job.draw(rng, width))
    if copies:
        params["W1"], params["W2"] = params["W1"].copy(), params["W2"].copy()
        params["W1"][:], params["W2"][:] = params["W1"][:, :1], params["W2"][:1]
    return job, job.join(params)


def curves(
    method,
    net,
    new,
    seeds,
    *,
    epochs=8,
    every=1,
    batch=32,
    start=None,
    lr=None,
    **hyper,
):
    """Train epoch by epoch; note loss and accuracy on known and on new samples.

    method  one of gdlib's ten, or a function of yours with their signature
    net     a Network, whose samples it is trained on
    new     (X, y), samples that training never sees
    seeds   a run for each: of its start and of the order of the samples
    epochs  times through the samples, >= 1
    every   so many epochs, which divide `epochs`, both are noted
    batch   samples of a mini-batch, 1 to N
    start   what else `dealt` takes, as dict(width=3)
    lr      (runs,), at most four, makes as many runs that share start and mini-batches;
            None is the method's default
    hyper   the method's other hyper-parameters
    Returns (seeds, epochs / every + 1, 4, *runs), the start first: training loss,
    validation loss, training accuracy, validation accuracy (0 to 1).
    """
    hyper |= {} if lr is None else dict(lr=np.array(lr))
    steps, found = every * -(-len(net.y) // batch), []
    for seed in seeds:
        job, at = dealt(net, seed, batch=batch, **start or {})
        at = _as_many(at, lr)
        found.append([_measured(net, new, at)])
        for _ in range(epochs // every):
            at = descend(method, job, at, steps, keep="last", **hyper)
            found[-1].append(_measured(net, new, at.theta[-1]))
    return np.array(found)


def best_lr(method, net, grid, seeds, *, epochs=8, batch=32):
    """Find the lr of a grid whose worst training loss over some seeds is smallest.

    grid   (K,) learning rates to try
    seeds  one run each for every lr; the others as in `curves`
    Returns one of the grid. Runs that diverge are never best.
    """
    steps = epochs * -(-len(net.y) // batch)
    found = []
    for seed in seeds:
        losses = []
        for lrs in np.split(grid, range(SIDE_BY_SIDE, len(grid), SIDE_BY_SIDE)):
            job, start = dealt(net, seed, batch=batch)
            starts = _as_many(start, lrs)
            end = descend(method, job, starts, steps, keep="last", lr=lrs)
            losses.extend(end.loss[-1])
        found.append(losses)
    return grid[np.nan_to_num(np.max(found, axis=0), nan=np.inf).argmin()]


def race(racers, net, new, *, seeds=range(5), tuning=(101, 102)):
    """Train a network by several methods for eight epochs, each at its own best lr.

    racers  pairs (name, (method, grid)): of the lrs in grid `best_lr` takes one
    net     a Network, whose samples it is trained on
    new     (X, y), samples that training never sees
    seeds   of the runs that are told; tuning, of those that choose the lr
    Returns rows, one a racer: name, lr, lowest, median and highest training loss,
    median validation loss, median and lowest share of new samples read right; and
    name -> curves, as `curves` makes them. Notebook 17.
    """
    rows, found = [], {}
    for name, (method, grid) in racers:
        lr = best_lr(method, net, grid, tuning)
        found[name] = curves(method, net, new, seeds, lr=lr)
        loss, validation, _, read = found[name][:, -1].T
        middle = [np.median(loss), max(loss), np.median(validation)]
        rows.append([name, lr, min(loss), *middle, np.median(read), min(read)])
    return rows, found


def step_time(method, net, *, batch=32, steps=304):
    """Time a step on a mini-batch, the method with its defaults: milliseconds."""
    return _timed(method, *dealt(net, 0, batch=batch), steps)[0]


def update(method, dim, steps=3):
    """Take a method's steps on `dim` numbers, with a gradient that costs nothing.

    Returns the names of what it keeps between two steps in one text, their size in
    megabytes and a step's time in milliseconds.
    """
    start = np.linspace(0.5, 1.5, dim)
    job = Objective(lambda theta: 0 * theta[0], lambda theta: theta, dim)
    time, state = _timed(method, job, start, steps)
    size = sum(np.asarray(kept).nbytes for kept in state.values())
    return ", ".join(state) or "–", size / 1e6, time


def _timed(method, job, start, steps):
    began = perf_counter()
    state = descend(method, job, start, steps, keep="last").state
    return (perf_counter() - began) / steps * 1e3, state


def _as_many(start, lr):
    """The start once, or side by side for each lr: (dim, *runs)."""
    return np.repeat(start[:, None], len(lr), axis=1) if np.ndim(lr) else start


def _measured(net, new, theta):
    known, unseen = _judged(net, theta, net.X, net.y), _judged(net, theta, *new)
    return known[0], unseen[0], known[1], unseen[1]


def _judged(net, theta, X, y):
    """Cross-entropy and accuracy from one walk forwards."""
    S = net.scores(theta, X)
    S = S - S.max(1, keepdims=True)
    own = S[np.arange(len(y)), y]
    found = S.argmax(1) == y.reshape(-1, *(1,) * (S.ndim - 2))
    return (np.log(np.exp(S).sum(1)) - own).mean(0), found.mean(0)
