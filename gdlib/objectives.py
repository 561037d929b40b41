"""Objective: a function to minimise, the course's own or a reader's."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .pointwise import NumericalGradient, Pointwise


@dataclass(frozen=True)
class Objective:
    """A function to minimise, with its gradient and what is known about it.

    value    theta (dim,) -> a number
    grad     theta (dim,) -> gradient (dim,); without one, central differences of the
             value take its place, and the name says "numerical gradient"
    dim      number of coordinates
    name     how figures and sentences call it
    formula  LaTeX without dollar signs
    window   one (low, high) a coordinate: a good part of the plane to draw
    minima   known minima, one point each
    start    a good place to begin
    batches  whether value and grad are known to take (dim, *runs) in one call, the
             points in columns. Else this is found out from what they answer, and where
             they do not, they are asked point by point. A function that answers every
             call anew, as one that draws samples, has to say it itself

    Calling the objective is calling `value`, which takes (dim, *runs), as `grad` does,
    whatever was given. Notebook 01 teaches it.
    Raises ValueError where dim, window, minima or start do not fit together, TypeError
    for a value or a gradient that is no function.
    """

    value: Callable
    grad: Callable | None = None
    dim: int | None = None
    name: str = "your function"
    formula: str = ""
    window: tuple = ()
    minima: tuple = ()
    start: tuple | None = None
    batches: bool = False

    def __post_init__(self):
        if not (isinstance(self.dim, int | np.integer) and self.dim >= 1):
            raise ValueError(f"dim is {self.dim!r}; allowed: a whole number from 1 up.")
        if not self.window:
            object.__setattr__(self, "window", ((-2.0, 2.0),) * self.dim)
        points = dict(window=(self.window,), minima=self.minima)
        points["start"] = () if self.start is None else (self.start,)
        for field, entries in points.items():
            for entry in entries:
                if np.shape(entry)[:1] != (self.dim,):
                    raise ValueError(
                        f"{field} has an entry {entry!r}; allowed: dim = {self.dim} "
                        "entries, one a coordinate."
                    )
        for role, function in dict(value=self.value, grad=self.grad).items():
            if not (callable(function) or (role == "grad" and function is None)):
                raise TypeError(f"{role} is {function!r}; allowed: a function.")
        self._make_batches()

    def _make_batches(self):
        """Make value and grad take many points at once."""
        shapes = dict(value=(), grad=(int(self.dim),))
        for role, shape in shapes.items():
            function = getattr(self, role)
            if function is None:
                function, called = NumericalGradient(self.value), "numerical gradient"
                object.__setattr__(self, "name", f"{self.name} ({called})")
            elif not (self.batches or getattr(function, "takes_many", False)):
                function = Pointwise(function, self.name, role, shape)
            object.__setattr__(self, role, function)

    def __call__(self, theta):
        """Return the value at theta."""
        return self.value(theta)

    @property
    def lowest(self):
        """The value at the best known minimum, or None where none is known."""
        return min(
            (float(self.value(np.array(point, float))) for point in self.minima),
            default=None,
        )
