"""The chapter's job: a line through points, its error and gradient as an Objective."""

from dataclasses import dataclass

import numpy as np

from .minibatch import Dealer
from .objectives import Objective
from .pointwise import Held
from .refusals import as_numbers


@dataclass(frozen=True, eq=False)
class Regression(Objective):
    """A least-squares Objective that remembers its data.

    X      (N, dim) design matrix; for a line the columns are x and 1
    y      (N,) targets
    batch  samples a gradient uses: N, or the size of a mini-batch

    Two are equal if their data, in the same order, and their batches are.
    """

    X: np.ndarray = None
    y: np.ndarray = None
    batch: int = 0

    def __eq__(self, other):
        """Compare data and batch: all else follows from them."""
        if not isinstance(other, Regression) or self.batch != other.batch:
            return False
        return np.array_equal(self.X, other.X) and np.array_equal(self.y, other.y)

    def __hash__(self):
        """Follow the shape of the data."""
        return hash((self.X.shape, self.batch))

    @property
    def is_line(self):
        """Whether theta is a line's (m, b): the second column holds ones."""
        return self.dim == 2 and bool(np.all(self.X[:, 1] == 1))

    def samples(self, evaluations):
        """How many samples that many gradients have looked at (int or array)."""
        N = len(self.y)
        epochs, rest = np.divmod(evaluations, -(-N // self.batch))
        return epochs * N + rest * self.batch


def line_data(rng, n=500, slope=2.0, intercept=-1.0, noise=0.5, centre=0.0, spread=1.0):
    """Points scattered about y = slope · x + intercept.

    rng            numpy.random.Generator
    n              points, >= 1
    noise          standard deviation of y about the line, >= 0
    centre, spread mean and standard deviation of x
    Returns x (n,) and y (n,). Raises ValueError for n < 1. Notebook 02 uses it.
    """
    if n < 1:
        raise ValueError(f"n is {n!r}; allowed: a whole number from 1 up.")
    x = centre + spread * rng.standard_normal(n)
    return x, slope * x + intercept + noise * rng.standard_normal(n)


def chapter_data(seed=0):
    """The chapter's 500 points, x and y drawn apart: there is no line to find.

    Returns x (500,) and y (500,), the numbers that `np.random.seed(seed)` followed by
    `np.random.randn(500, 2)` gives. Source: the chapter's `data`. Notebook 02.
    """
    return np.random.RandomState(seed).standard_normal((500, 2)).T


def standardise(x):
    """Move x to mean 0 and scale it to standard deviation 1.

    x  (N,) or (N, dim), each column with some spread
    Raises ValueError for a column that does not vary. Notebook 02 teaches it.
    """
    x = np.asarray(x, float)
    spread = x.std(0)
    if not np.all(spread > 0):
        raise ValueError(f"x has standard deviation {spread!r}; allowed: above 0.")
    return (x - x.mean(0)) / spread


def mse(x, y, *more, batch=None, rng=None):
    """Mean squared error of a linear model, as an Objective.

    (3) J(θ) = 1/N Σ (y − ŷ)²,  ŷ = X θ;  for a line θ = (m, b), ŷ = m x + b
    (4, 5) ∇J = 2/N Xᵀ (X θ − y)

    x      (N,) inputs of a line, or an (N, dim) design matrix used as it is
    y      (N,) targets
    batch  None for the full gradient; else its mini-batch size, 1 to N: each epoch
           deals the data in a new order, without replacement, the last hand smaller
    rng    numpy.random.Generator that shuffles, needed with batch

    Two columns of a file of yours with a line of names on top:
    mse(*np.loadtxt("mine.csv", delimiter=",", skiprows=1, unpack=True))

    The caller's arrays are never touched. Raises ValueError for data that is empty,
    of unequal length, text or not finite, for more than two columns, and for a batch
    outside 1 … N. Notebooks 02, 03.
    """
    if more:
        raise ValueError(
            f"x and y came with {len(more)} more; allowed: two columns, as np.loadtxt "
            "gives with usecols=(0, 1) and unpack=True."
        )
    X, y = _checked_data(x, y)
    N, dim = X.shape
    best = np.linalg.lstsq(X, y, rcond=None)[0]
    J_best = np.mean((X @ best - y) ** 2)
    half_hessian = X.T @ X / N

    if batch is None:
        batch, grad = N, Held(_gradient, X, y)
    else:
        grad = Dealer(_gradient, X, y, batch, rng)
        batch = grad.batch
    # Twice the spread of y is what a coordinate can be asked to explain.
    least = 2 * y.std() / np.maximum(np.sqrt(np.mean(X**2, axis=0)), 1e-300)
    reach = np.maximum(1.5 * np.abs(best), np.minimum(least, 1.0))
    reach[reach == 0] = 1.0
    return Regression(
        Held(_error, best, J_best, half_hessian),
        grad,
        dim=dim,
        name="mean squared error",
        formula=r"J(\theta) = \frac{1}{N} \sum_{i=1}^{N} (y_i - \hat y_i)^2",
        window=tuple(
            zip((best - reach).tolist(), (best + reach).tolist(), strict=True)
        ),
        minima=(tuple(best.tolist()),),
        start=(0.0,) * dim,
        batches=True,
        X=X,
        y=y,
        batch=batch,
    )


def _error(best, J_best, half_hessian, theta):
    # Completing the square in (3): J = J* + (θ − θ*)ᵀ XᵀX/N (θ − θ*). The same
    # number without N terms a point, and exact where J is close to J*.
    apart = theta - best.reshape(-1, *(1,) * (np.ndim(theta) - 1))
    return J_best + (apart * np.tensordot(half_hessian, apart, 1)).sum(0)


def _gradient(X, y, theta):
    if theta.ndim == 1:  # dot: @ takes twice as long on so narrow a matrix
        return 2 / len(y) * (X.dot(theta) - y).dot(X)
    columns = theta.reshape(len(theta), -1)
    return (2 / len(y) * (X.T @ (X @ columns - y[:, None]))).reshape(theta.shape)


def _checked_data(x, y):
    X, y = found = as_numbers(x), as_numbers(y)
    for name, given, numbers in zip("xy", (x, y), found, strict=True):
        if not numbers.ndim and np.isnan(numbers):
            raise ValueError(
                f"{name} is {str(given)[:60]}; allowed: an array of numbers alone."
            )
    if X.ndim == 1:
        X = np.column_stack([X, np.ones(len(X))])
    if X.ndim != 2 or len(X) == 0 or y.shape != (len(X),):
        raise ValueError(
            f"x has shape {np.shape(x)} and y {np.shape(y)}; allowed: as many targets "
            "as inputs, at least one."
        )
    for name, values in dict(x=X, y=y).items():
        if not np.isfinite(values).all():
            bad = int(np.argmin(np.isfinite(values.reshape(len(values), -1)).all(1)))
            raise ValueError(
                f"{name} holds {values[bad]} at row {bad}; allowed: finite numbers."
            )
    return X, y
