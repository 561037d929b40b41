"""Trajectory: what a run left behind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from .objectives import Objective
from .refusals import known_lowest, name_of


class Terms(Mapping):
    """Name -> (steps, ...): every term of a run, put together when it is asked for."""

    def __init__(self, rows):
        self._rows, self._whole = rows, {}

    def __getitem__(self, name):
        """Return the term at every step."""
        if name not in self._whole:
            self._whole[name] = np.array([row[name] for row in self._rows])
        return self._whole[name]

    def __iter__(self):
        """Give the names in the order in which the method computes them."""
        return iter(self._rows[0])

    def __len__(self):
        """Count the terms."""
        return len(self._rows[0])


@dataclass(frozen=True, eq=False)
class Trajectory:
    """What a run left behind; row 0 is the start, row t stands after step t.

    theta        (steps + 1, dim, *runs), with keep="last" only the last row
    loss         (steps + 1, *runs), likewise
    terms        name -> (steps, ...): every term the method returned
    probes       (evaluations, dim, *runs): where the gradient was taken
    evaluations  gradient evaluations a run has spent, the fair budget

    Two are equal if the same method walked the same path on equal objectives.
    """

    method: Callable
    objective: Objective
    hyper: dict
    steps: int
    theta: np.ndarray
    loss: np.ndarray
    terms: Mapping
    probes: np.ndarray
    evaluations: int
    state: dict
    t: int
    below: dict
    since: dict

    def __eq__(self, other):
        """Compare the walks: method, objective, settings and every point."""
        if not isinstance(other, Trajectory):
            return NotImplemented
        arrays = zip(self._arrays(), other._arrays(), strict=False)
        alike = (self.method, self.objective) == (other.method, other.objective)
        alike = alike and (self.steps, self.t) == (other.steps, other.t)
        alike = alike and self.hyper.keys() == other.hyper.keys()
        return alike and all(np.array_equal(*pair, equal_nan=True) for pair in arrays)

    __hash__ = None

    def _arrays(self):
        return self.theta, self.loss, self.probes

    @property
    def name(self):
        """The name of the method that ran."""
        return name_of(self.method)

    @property
    def whole(self):
        """Whether every row was kept, as keep="all" does."""
        return len(self.loss) == self.steps + 1

    @property
    def gap(self):
        """Loss above the best known minimum, (steps + 1, *runs)."""
        return self.loss - known_lowest(self.objective)

    @property
    def diverged(self):
        """Whether theta or the loss overflowed, per run."""
        return ~self._finite().all(0)

    @property
    def diverged_at(self):
        """The first row that is not finite, per run; None (nan in a batch) if none."""
        return _first(~self._finite())

    def first_below(self, tol):
        """The first step at which the gap is under tol; None (nan in a batch) if none.

        tol  a gap above 0; with keep="last" one of those given to `descend`
        """
        return _first(self.gap < tol) if self.whole else _asked(self.below, tol)

    def settling_time(self, tol):
        """The step from which the gap stays under tol; None (nan in a batch) if none.

        A run that swings is under a tolerance at times before it is there to stay.
        tol  a gap above 0; with keep="last" one of those given to `descend`
        """
        if not self.whole:
            return _asked(self.since, tol)
        under = self.gap < tol
        back = len(under) - np.argmin(under[::-1], 0)  # one row after the last above
        back = np.where(under.all(0), 0, back)
        return as_step(np.where(under[-1], back, np.nan))

    def _finite(self):
        return np.isfinite(self.theta).all(1) & np.isfinite(self.loss)


def _asked(found, tol):
    if tol not in found:
        raise ValueError(
            f"tol is {tol!r}; allowed with keep='last': those that descend was asked "
            f"for, tol={tuple(found)!r}."
        )
    return found[tol]


def _first(hit):
    return as_step(np.where(hit.any(0), hit.argmax(0), np.nan))


def as_step(row):
    """A step or nan for every run; of a single run an int or None."""
    return row if row.ndim else (None if np.isnan(row) else int(row))
