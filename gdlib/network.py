"""A network with one hidden layer, its error and its gradient as an Objective."""

from dataclasses import dataclass, replace
from math import prod

import numpy as np

from .minibatch import Dealer
from .objectives import Objective
from .pointwise import Held
from .refusals import as_numbers


@dataclass(frozen=True, eq=False)
class Network(Objective):
    """The error of a network that tells classes apart, over all its parameters.

    X       (N, inputs) samples, a row each
    y       (N,) their classes, whole numbers 0, 1, … , classes - 1
    shapes  name -> shape of each array of parameters, which theta holds one after the
            other: W1 (inputs, hidden), b1 (hidden,), W2 (hidden, classes) and
            b2 (classes,)
    batch   samples a gradient uses: N, or the size of a mini-batch
    """

    X: np.ndarray = None
    y: np.ndarray = None
    shapes: dict = None
    batch: int = 0

    def split(self, theta):
        """Name -> its array, of theta (dim, *runs); the runs come last."""
        return _split(self.shapes, np.asarray(theta))

    def join(self, params):
        """Undo `split`: theta (dim, *runs) of a dict of arrays."""
        runs = np.shape(params["b2"])[1:]
        return np.concatenate([np.reshape(params[n], (-1, *runs)) for n in self.shapes])

    def draw(self, rng, width=1.0):
        """Draw a start (dim,): weights of spread width / √(inputs of their layer).

        rng    numpy.random.Generator
        width  >= 0; with 1, a unit's sum is of its inputs' size. b1 and b2 are 0
        Source: Y. LeCun, L. Bottou, G. Orr and K.-R. Müller (1998), Efficient BackProp.
        """
        if not (np.isfinite(width) and width >= 0):
            raise ValueError(f"width is {width!r}; allowed: a number from 0 up.")
        drawn = {n: np.zeros(shape) for n, shape in self.shapes.items()}
        for name in ("W1", "W2"):
            shape = self.shapes[name]
            drawn[name] = width / np.sqrt(shape[0]) * rng.standard_normal(shape)
        return self.join(drawn)

    def scores(self, theta, X=None):
        """The classes' scores of samples X, else its own: (N, classes, *runs)."""
        theta, X = np.asarray(theta), self.X if X is None else np.asarray(X, float)
        _, S = _forward(_split(self.shapes, _columns(theta)), X)
        return np.moveaxis(S, 0, -1).reshape(*S.shape[1:], *theta.shape[1:])

    def accuracy(self, theta, X=None, y=None):
        """The share of samples whose own class has the highest score, one a run."""
        y = self.y if y is None else np.asarray(y)
        found = self.scores(theta, X).argmax(1)
        return (found == y.reshape(-1, *(1,) * (found.ndim - 1))).mean(0)

    def error(self, theta, X, y):
        """The cross-entropy (3) on other samples than its own, one a run."""
        return _error(self.shapes, np.asarray(X, float), np.asarray(y), theta)


def network(X, y, hidden=32, *, batch=None, rng=None):
    """Cross-entropy of a network with one hidden layer, as an Objective.

    (1) H = tanh(X W1 + b1)
    (2) S = H W2 + b2
    (3) J = −1/N Σ log P[class],  P = softmax(S), a row for each sample
    (4) ∂J/∂S = (P − [class]) / N
    (5) ∂J/∂W2 = Hᵀ ∂J/∂S,  ∂J/∂b2 = Σ ∂J/∂S,  ∂J/∂H = ∂J/∂S W2ᵀ
    (6) ∂J/∂Z = ∂J/∂H (1 − H²),  ∂J/∂W1 = Xᵀ ∂J/∂Z,  ∂J/∂b1 = Σ ∂J/∂Z

    X       (N, inputs) samples
    y       (N,) classes, whole numbers from 0 up
    hidden  units of the hidden layer, >= 1
    batch   None for the full gradient; else a mini-batch's size, 1 to N, dealt as by
            `mse`; value is the error on all the data in either case
    rng     numpy.random.Generator that shuffles, needed with batch

    Its start is `draw` with seed 0 and width 1. Raises ValueError for data that is
    empty, of unequal length, not finite or no classes, for hidden and batch outside
    their ranges. Notebook 14 derives it.
    Source: D. E. Rumelhart, G. E. Hinton and R. J. Williams (1986), Learning
    representations by back-propagating errors.
    """
    X, y = _checked_samples(X, y)
    if not (isinstance(hidden, int | np.integer) and hidden >= 1):
        raise ValueError(f"hidden is {hidden!r}; allowed: a whole number from 1 up.")
    inputs, classes = X.shape[1], int(y.max()) + 1
    shapes = dict(W1=(inputs, hidden), b1=(hidden,))
    shapes |= dict(W2=(hidden, classes), b2=(classes,))
    if batch is None:
        batch, grad = len(y), Held(_gradient, shapes, X, y)
    else:
        grad = Dealer(Held(_gradient, shapes), X, y, batch, rng)
    made = Network(
        Held(_error, shapes, X, y),
        grad,
        dim=sum(map(prod, shapes.values())),
        name="cross-entropy",
        formula=r"J(\theta) = -\frac{1}{N} \sum_{i=1}^{N} \log P_{i, y_i}",
        batches=True,
        X=X,
        y=y,
        shapes=shapes,
        batch=int(batch),
    )
    return replace(made, start=tuple(made.draw(np.random.default_rng(0)).tolist()))


def _error(shapes, X, y, theta):
    theta = np.asarray(theta)
    _, S = _forward(_split(shapes, _columns(theta)), X)
    top = S.max(-1, keepdims=True)  # softmax does not change, and exp stays finite
    logs = S - top - np.log(np.exp(S - top).sum(-1, keepdims=True))
    J = -logs[:, np.arange(len(y)), y].mean(1)  # (3)
    return J.reshape(theta.shape[1:]) if theta.ndim > 1 else J[0]


def _gradient(shapes, X, y, theta):
    params = _split(shapes, _columns(theta))
    H, S = _forward(params, X)
    P = np.exp(S - S.max(-1, keepdims=True))
    P /= P.sum(-1, keepdims=True)
    P[:, np.arange(len(y)), y] -= 1
    dS = P / len(y)  # (4)
    dW2 = H.transpose(0, 2, 1) @ dS  # (5)
    dZ = dS @ params["W2"].transpose(2, 1, 0) * (1 - H**2)  # (6)
    found = X.T @ dZ, dZ.sum(1), dW2, dS.sum(1)
    rows = [part.reshape(len(part), -1) for part in found]
    return np.concatenate(rows, 1).T.reshape(theta.shape)


def _forward(params, X):
    """H (runs, N, hidden) and S (runs, N, classes), the runs first for `@`."""
    W1, b1, W2, b2 = (np.moveaxis(part, -1, 0) for part in params.values())
    H = np.tanh(X @ W1 + b1[:, None])  # (1)
    return H, H @ W2 + b2[:, None]  # (2)


def _columns(theta):
    return theta.reshape(len(theta), -1)


def _split(shapes, theta):
    parts, first = {}, 0
    for name, shape in shapes.items():
        last = first + prod(shape)
        parts[name] = theta[first:last].reshape(*shape, *theta.shape[1:])
        first = last
    return parts


def _checked_samples(X, y):
    X, y = as_numbers(X), as_numbers(y)
    if X.ndim != 2 or not X.size or y.shape != (len(X),):
        raise ValueError(
            f"X has shape {X.shape} and y {y.shape}; allowed: a row and a class for "
            "each sample, at least one."
        )
    if not np.isfinite(X).all():
        bad = X[~np.isfinite(X)][0]
        raise ValueError(f"X holds {bad}; allowed: finite numbers.")
    wrong = y[~(np.isfinite(y) & (y >= 0) & (y == np.floor(y)))]
    if len(wrong):
        raise ValueError(f"y holds {wrong[0]:g}; allowed: whole numbers from 0 up.")
    return X, y.astype(int)
