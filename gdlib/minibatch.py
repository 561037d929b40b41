"""Mini-batches: data dealt out in random order, a hand at a time."""

import numpy as np


class Dealer:
    """A gradient function that deals out the data, a hand of `batch` at a time.

    gradient  function (X, y, theta) -> the gradient on these samples, theta's shape
    X, y      the samples, a row each, and their targets
    batch     samples of a hand: each epoch deals the data in a new order, without
              replacement, the last hand smaller
    rng       numpy.random.Generator that shuffles
    """

    takes_many = True  # points, all with the same hand

    def __init__(self, gradient, X, y, batch, rng):
        self.gradient, self.X, self.y = gradient, X, y
        self.batch, self.rng = checked_batch(batch, len(y), rng), rng
        self._shuffled, self._next = None, len(y)

    def __call__(self, theta):
        """Return the gradient on the next hand."""
        i = self._next
        if i >= len(self.y):
            i, order = 0, self.rng.permutation(len(self.y))
            self._shuffled = self.X[order], self.y[order]  # one gather an epoch
        self._next = i + self.batch
        X, y = self._shuffled
        return self.gradient(X[i : i + self.batch], y[i : i + self.batch], theta)


def checked_batch(batch, N, rng):
    """The batch as an int, 1 to N. Raises ValueError for others, and without an rng."""
    if not (isinstance(batch, int | np.integer) and 1 <= batch <= N):
        raise ValueError(f"batch is {batch!r}; allowed: a whole number from 1 to {N}.")
    if not isinstance(rng, np.random.Generator):
        raise ValueError(
            f"rng is {rng!r}; allowed: a numpy.random.Generator, as "
            "np.random.default_rng(0) makes."
        )
    return int(batch)
