"""A reader's function of one point, made to take many points at once.

gdlib values whole paths, grids and batches of runs in one call. A function such as
`lambda theta: theta @ A @ theta` was written for one point: of many it makes an error,
or numbers that are wrong without a word. So its answers are compared, not its shapes.
"""

import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import numpy as np

PROBES = 8  # points at which an answer for many is compared with those for one
MANY = 100_000  # points: taken one by one they cost a good part of a second
WORDS = dict(  # role -> what a function gives at one point
    value="one number, as (theta**2).sum(0) gives",
    grad="an array of theta's shape, {}, as 2 * theta gives",
)


class Held(partial):
    """A function with its first arguments held, equal to one that holds the same."""

    takes_many = True  # points: it is made of gdlib's own functions alone

    def __eq__(self, other):
        """Compare function and arguments, arrays by their numbers."""
        if type(other) is not Held or self.func != other.func:
            return False
        return all(map(np.array_equal, self.args, other.args))

    def __hash__(self):
        """Follow the function."""
        return hash(self.func)


@dataclass(unsafe_hash=True)
class Pointwise:
    """A function of points, (dim,) or (dim, *runs), around one of a point at least.

    function  of theta (dim,); whether it takes (dim, *runs) as well is found out, by
              its answers, for every shape of runs that it is asked about
    name      of the objective, for sentences
    role      "value" or "grad"
    shape     of its answer at one point: () or (dim,)

    Points that it cannot take together it gets one by one, which is right, and slow:
    after MANY points a warning says so once. Where it overflows, or of many points
    refuses one, the answer is NaN. Raises ValueError in one sentence for answers of
    another shape or kind.
    """

    takes_many = True
    function: Callable
    name: str
    role: str
    shape: tuple
    _together: dict = field(default_factory=dict, repr=False, compare=False)
    _asked: int = field(default=0, repr=False, compare=False)

    def __call__(self, theta):
        """Return the answer at every point."""
        theta = theta if hasattr(theta, "ndim") else np.asarray(theta, float)
        if theta.ndim < 2:
            return self._at(theta)
        runs = theta.shape[1:]
        if runs not in self._together:
            both = theta, _probes(theta)
            self._together[runs] = all(self._agrees(points) for points in both)
        found = self._whole(theta) if self._together[runs] else None
        return self._each(theta) if found is None else found

    def _at(self, point):
        """The answer at one point, in floats."""
        try:
            answer = self.function(point)
        except ArithmeticError:  # math.exp overflows aloud, np.exp does not
            return np.full(self.shape, np.nan)[()]
        try:
            found = np.asarray(answer)
        except Exception:  # what another library's numbers do here is theirs to name
            found = np.array("")
        if found.size == 1 and max(self.shape, default=1) == 1:
            found = found.reshape(self.shape)
        if found.dtype.kind not in "biuf" or found.shape != self.shape:
            raise ValueError(self._refusal(answer, found))
        return found.astype(float)[()]

    def _whole(self, theta):
        """The answer to many points at once, or None where there is no such answer."""
        try:
            found = np.asarray(self.function(theta))
        except Exception:  # it was written for one point: no error of the reader's
            return None
        fits = found.shape == self.shape + theta.shape[1:]
        return found.astype(float) if fits and found.dtype.kind in "biuf" else None

    def _agrees(self, theta):
        """Whether many points together get what some of them get one by one."""
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # probes may lie where nothing is defined
            found = self._whole(theta)
            if found is None:
                return False
            points, found = _flat(theta, 1), _flat(found, len(self.shape))
            some = np.linspace(0, points.shape[1] - 1, PROBES).astype(int)
            try:
                alone = self._one_by_one(points[:, some])
            except ValueError:  # it was written for many points alone
                return True
            near = 1e-9 * np.max(np.abs(found), initial=0, where=np.isfinite(found))
            return np.allclose(found[..., some], alone, 1e-6, near, equal_nan=True)

    def _each(self, theta):
        points, before = _flat(theta, 1), self._asked
        self._asked += points.shape[1]
        if before < MANY <= self._asked:
            warnings.warn(
                f"{self.role} of {self.name!r} takes one point at a time, which is "
                "slow for many; faster is a function of theta (dim, *runs), with the "
                "points in columns.",
                stacklevel=3,
            )
        return self._one_by_one(points).reshape(self.shape + theta.shape[1:])

    def _one_by_one(self, points):
        """The answers at points (dim, n), NaN where the function refuses one."""
        found, refused = [], None
        for point in points.T:
            try:
                found.append(self._at(point.copy()))
            except ValueError as error:  # as math.log does, of what is below zero
                refused = error
                found.append(np.full(self.shape, np.nan))
        if refused and np.isnan(found).all():
            raise refused
        return np.stack(found, -1)

    def _refusal(self, answer, found):
        kind = f"a {type(answer).__name__}"
        if found.dtype.kind in "biuf":
            kind += f" of shape {found.shape}"
        what = WORDS[self.role].format(self.shape)
        return f"{self.role} of {self.name!r} returned {kind}; allowed: {what}."


def _flat(array, lead):
    """An array with all its axes after the first `lead` in one."""
    return array.reshape(*array.shape[:lead], -1)


def _probes(theta):
    """Points like these in number and size, of all signs and of many magnitudes."""
    rng = np.random.default_rng(0)
    finite = np.abs(theta[np.isfinite(theta)])
    most = min(finite.max(initial=0) or 1.0, 1e3)
    sign = rng.choice([-1.0, 1.0], theta.shape)
    return sign * most * 10 ** rng.uniform(-2, 1, theta.shape)


@dataclass(frozen=True)
class NumericalGradient:
    """A gradient by central differences of a value that takes many points.

    g_i = (f(θ + h eᵢ) − f(θ − h eᵢ)) / 2h,  h = ∛ε max(1, |θᵢ|), ε the spacing of
    floats at 1: then the error of the formula, h², and that of rounding, ε/h, are of
    one size, about 1e-10 of f. Source: Nocedal and Wright (2006), Numerical
    Optimization, chapter 8.
    """

    takes_many = True
    value: Callable

    def __call__(self, theta):
        """Return the gradient, of theta's shape: 2 dim values a point."""
        h = np.cbrt(np.finfo(float).eps) * np.maximum(1, np.abs(theta))
        nudges = np.eye(len(theta)).reshape(
            *(len(theta),) * 2, *(1,) * (theta.ndim - 1)
        )
        apart = nudges * h[:, None]
        ahead, behind = theta[:, None] + apart, theta[:, None] - apart
        return (self.value(ahead) - self.value(behind)) / (2 * h)
