"""Lessons: a network trains from a start of its own, and is looked at on the way."""

from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from ..descent import descend
from ..methods import METHODS
from ..network import network
from ..trajectory import Trajectory
from . import runs
from .planes import errors
from .ranges import ranged

LOOKS = 30  # at most, at a run on its way
NUMBERS = 3_000_000  # samples × parameters of an error of the curves
ROOM = 400  # updates of the notebook's network that take no longer than a move may
BATCHED, SIZED = 550_000, 100_000  # numbers that take as long as the rest of an update
DEFAULTS = tuple(METHODS.values())
BATCH = 32
HUGE = 1e100  # a parameter whose square can be drawn still
MEANINGS = dict(batch="samples", width="of the start", seed="of the draws")


@dataclass(frozen=True, eq=False)
class Lesson:
    """What training left behind.

    path        Trajectory with the last row only
    at          (n,) updates after which the network was looked at, 0 first
    thetas      (n, dim) its parameters then, all finite
    training    (n,) errors on the samples it trains on
    validation  (n,) errors on those it never sees, or None
    """

    path: Trajectory
    at: np.ndarray
    thetas: np.ndarray
    training: np.ndarray
    validation: np.ndarray | None

    @property
    def verdict(self):
        """What became of a run that went wrong, or ""."""
        if self.path.diverged:
            return f"diverges by update {self.path.t}"
        return "ends above its start" if self.training[-1] > self.training[0] else ""


class Teacher:
    """Trains a network, again and again.

    network  a Network; it is trained on its samples, whatever batch it was made for
    test     (X, y) that training never sees, or None

    `training`, `validation`: the samples that errors are told on, (X, y) or None; all,
    or of very many as many as there is time for.
    Raises ValueError for samples that do not fit the network.
    """

    def __init__(self, network, test=None):
        self.network, most = network, max(50, NUMBERS // network.dim)
        self.training = some(network.X, network.y, most)
        self.validation = test and some(*_fitting(network, *test), most)

    @property
    def hidden(self):
        """Units of the hidden layer."""
        return self.network.shapes["b1"][0]

    def reach(self, batch, steps):
        """Of so many updates, those that there is time for while a slider moves."""
        dim = self.network.dim
        cost = 1 + batch * dim / BATCHED + dim / SIZED
        return min(steps, max(20, int(ROOM / cost)))

    def teach(self, method, hyper, *, batch, width, seed, steps):
        """Train; the seed draws the start, of this width, and then the batches.

        A lesson ends before a parameter becomes HUGE, or an error overflows.
        """
        rng = np.random.default_rng(seed)
        found, spent = [self.network.draw(rng, width)], 0
        job, path = self._job(batch, rng), found[0]
        blind = replace(job, value=lambda theta: np.zeros(theta.shape[1:]))
        looks = np.unique(np.linspace(0, steps, LOOKS + 1).round().astype(int))
        for leg in np.diff(looks):
            path = descend(method, blind, path, int(leg), keep="last", **hyper)
            spent += path.evaluations
            if not np.abs(path.theta).max() < HUGE:
                break
            found.append(path.theta[-1])
        training, seen = (self._errors(found, p) for p in self._told)
        loss = training[-1:] if len(found) == len(looks) else np.array([np.nan])
        seen_to = dict(steps=path.t, evaluations=spent, loss=loss, objective=job)
        kept = max(1, int(np.isfinite([*training, np.nan]).argmin()))
        parts = looks[: len(found)], np.array(found), training, seen
        return Lesson(
            replace(path, **seen_to), *(p if p is None else p[:kept] for p in parts)
        )

    def right(self, theta):
        """The shares read right, of training and of validation samples (or None)."""
        with np.errstate(all="ignore"):
            return [p and float(self.network.accuracy(theta, *p)) for p in self._told]

    def misread(self, theta):
        """The samples misread: X, as what, and what they are; and of how many.

        They are those of validation, or where there are none those of training.
        """
        X, y = self.validation or self.training
        with np.errstate(all="ignore"):
            read = self.network.scores(theta, X).argmax(1)
        wrong = read != y
        return X[wrong], read[wrong], y[wrong], len(y)

    @property
    def _told(self):
        return self.training, self.validation

    def _errors(self, thetas, told):
        return told and errors(self.network, np.array(thetas).T, *told)

    def _job(self, batch, rng):
        """The network, its batches dealt by the rng, its error told on some samples."""
        X, y = self.network.X, self.network.y
        dealt = {} if batch == len(y) else dict(batch=batch, rng=rng)
        made = network(X, y, self.hidden, **dealt)
        X, y = self.training
        return replace(made, value=partial(made.error, X=X, y=y))


def some(X, y, most):
    """At most so many of the samples, drawn once and for all."""
    if len(y) <= most:
        return X, y
    kept = np.sort(np.random.default_rng(0).permutation(len(y))[:most])
    return X[kept], y[kept]


def _fitting(trained, X, y):
    """Samples as numbers and classes; raise ValueError where they do not fit."""
    made = network(X, y, 1)  # refuses what are no samples
    inputs, classes = trained.shapes["W1"][0], trained.shapes["b2"][0]
    if made.X.shape[1] != inputs or made.y.max() >= classes:
        raise ValueError(
            f"test has {made.X.shape[1]} inputs and classes up to {made.y.max()}; "
            f"allowed: {inputs} inputs and classes up to {classes - 1}, as trained on."
        )
    return made.X, made.y


def rates(methods, given):
    """Where lr stands with each method, name -> step size; {} if it does not follow."""
    lr, found = given.get("lr"), {}
    if lr is None or isinstance(lr, dict):
        found = {name: runs.hyper(method).get("lr") for name, method in methods.items()}
    if isinstance(lr, dict):
        if not set(lr) <= set(methods):
            allowed = f"a dict with any of {', '.join(methods)}"
            raise ValueError(f"lr is {lr!r}; allowed: {allowed}.")
        found |= given.pop("lr")
    return {n: float(r) for n, r in found.items() if isinstance(r, int | float)}


def ranges(objective, methods, given, rates):
    """The sliders, lr first, and what is held fixed."""
    N, batch = len(objective.y), objective.batch
    batch = min(N, BATCH) if batch == N else batch
    own = dict(batch=(min(8, batch) if N > 8 else 1, N, batch))
    own |= dict(width=(0.0, 30.0, 1.0), seed=(0, 20, 0))
    own |= {name: given.pop(name) for name in own if name in given}
    asked = {"lr", *(n for n, value in given.items() if isinstance(value, tuple))}
    knobs, held = runs.split(methods, given)
    runs.refuse(given, [*(knob.name for knob in knobs), *held, *own, "steps"])
    ranges = [_wide(knob, rates) for knob in knobs if knob.name in asked]
    for name, value in own.items():
        if isinstance(value, tuple) and value != (1, 1, 1):
            ranges.append(replace(ranged(name, value), meaning=MEANINGS[name]))
        else:
            held[name] = value[-1] if isinstance(value, tuple) else value
    return ranges, held


def _wide(knob, rates):
    """The slider of lr as wide as all methods need it, and where the first one's is."""
    if knob.name != "lr" or not rates:
        return knob
    all_ = [knob.low, knob.high, *rates.values()]
    return replace(
        knob, low=min(all_), high=max(all_), default=next(iter(rates.values()))
    )
