"""The ground that a dashboard's runs walk on: an objective, fixed or with sliders."""

import inspect
import re

import numpy as np

from ..objectives import Objective
from ..plots import grid, levels, plot_contours, plot_curve
from ..style import SURFACE
from . import calls
from .drawing import Heat, Piece, line
from .ranges import USUAL, ranged

INKS = 10  # shades between a band and the line at its edge
# Times its short side that a window may be long for both axes to have one scale. With
# one scale a step against the slope is seen to go straight down; but a window of 4 to 1
# is 80 pixels high then, and a longer one a strip.
EVEN = 4
ADVICE = (
    "Here x runs from {:.4g} to {:.4g}, and each axis has a scale of its own; "
    "mse(standardise(x), y) fits the same line on even ground."
)


class Ground:
    """An Objective, or a function such as `ravine` that makes one from parameters.

    objective  the one or the other
    given      the parameters of the function that makes it: fixed numbers, or
               (low, high, default) for a slider; its own entries are taken out
    Raises TypeError for neither, ValueError for one that cannot be drawn.
    """

    def __init__(self, objective, given):
        self._make, self.ranges, self._fixed = None, [], {}
        self._memory = (None, [])
        if not isinstance(objective, Objective):
            self._take(objective, given)
            objective = self.at({s.name: s.default for s in self.ranges})
        if objective.dim not in (1, 2):
            raise ValueError(
                f"objective has dim = {objective.dim}; allowed: 1 or 2, which can be "
                "drawn."
            )
        self.first, self.dim = objective, objective.dim
        self.has_data = getattr(objective, "is_line", False)
        self.axes = ("m", "b") if self.has_data else ("x", "y")[: self.dim]
        self.sides = sides = np.ptp(np.array(objective.window), axis=1)
        self.even = bool(sides.max() <= EVEN * sides.min())
        # (dim,): as long along each axis as the others' are, to the eye
        self.units = np.ones(self.dim) if self.even else sides / sides.max()

    def _take(self, make, given):
        if not callable(make):
            raise TypeError(
                f"objective is {make!r}; allowed: an Objective, or a function that "
                "makes one, as ravine does."
            )
        self._make = make
        for name, parameter in inspect.signature(make).parameters.items():
            free = name not in given and name in USUAL
            value = given.pop(name, parameter.default)
            if isinstance(value, tuple) or free:
                self.ranges.append(ranged(name, value))
            elif value is not parameter.empty:
                self._fixed[name] = value

    @property
    def moves(self):
        """Whether sliders change it."""
        return bool(self.ranges)

    @property
    def advice(self):
        """What makes a line's ground even, in a sentence; "" where it is."""
        if self.even or not self.has_data:
            return ""
        return ADVICE.format(*np.sort(self.first.X[:, 0])[[0, -1]])

    def at(self, values):
        """The objective for the values of the sliders."""
        if self._make is None:
            return self.first
        chosen = {s.name: values[s.name] for s in self.ranges}
        return self._make(**self._fixed, **chosen)

    def code(self, values):
        """Write it in Python, for the values of its sliders."""
        if self._make is None:
            return calls.name_of(self.first)
        chosen = {s.name: values[s.name] for s in self.ranges}
        given = ", ".join(calls.settings(self._fixed | chosen))
        return f"{calls.name_of(self._make)}({given})"

    def draw(self, ax, values):
        """Draw what never moves: all of a fixed ground, else the empty axes."""
        if not self.moves:
            if self.dim == 1:
                plot_curve(ax, self.first)
            else:
                plot_contours(ax, self.first, equal=self.even)
        elif self.dim == 2:
            ax.set(xlim=self.first.window[0], ylim=self.first.window[1])
            ax.set_aspect("equal" if self.even else "auto")
            ax.grid(False)
        self.name_axes(ax)
        wide, tall = self.sides if self.even and self.dim == 2 else (1, 1)
        ax.locator_params(axis="x", nbins=max(2, round(6 * min(1, wide / tall))))
        if self.dim == 1:
            self._frame_curve(ax)

    def name_axes(self, ax):
        """Write the coordinates' names beside the axes of the first plot."""
        across, up = (*self.axes, "f(x)")[:2]
        ax.set(xlabel=across, ylabel=up)
        self.shorten(ax)

    def shorten(self, ax):
        """Where units differ, numbers are large or small: 1e5 has room at an axis."""
        for axis in () if self.even else (ax.xaxis, ax.yaxis):
            axis.set_major_formatter(_short)
            axis.labelpad = 1

    def _frame_curve(self, ax):
        heights = self.first(_span(self.first))
        rim = 0.08 * np.ptp(heights)
        ylim = heights.min() - rim, heights.max() + rim
        ax.set(xlim=self.first.window[0], ylim=ylim)

    def pieces(self, values, objective):
        """What of it moves with its sliders, the same objects while they rest."""
        stand = tuple(values[s.name] for s in self.ranges)
        found = self._memory
        if found[0] != stand:
            self._memory = found = stand, self._pieces(objective) if self.moves else []
        return list(found[1])

    def _pieces(self, objective):
        if self.dim == 1:
            x = _span(self.first)
            return [line((x[0], objective(x)), colour="#5a5a5a", halo=False)]
        star = dict(colour="#444444", width=0, marker="*", size=13)
        stars = [Piece(np.array([point]), **star) for point in objective.minima]
        corners = np.transpose(self.first.window)
        return [Piece(corners, heat=relief(objective, self.first.window)), *stars]

    def on(self, theta, loss):
        """The place of points on the first plot: on the curve, or in the plane."""
        return np.column_stack([theta[:, 0], loss]) if self.dim == 1 else theta

    def highest(self):
        """The largest gap to the minimum in the window, wherever sliders stand."""
        corners = [{}]
        for s in self.ranges:
            corners = [c | {s.name: v} for c in corners for v in (s.low, s.high)]
        theta = grid(self.first.window, 41) if self.dim == 2 else _span(self.first)
        gaps = []
        for objective in map(self.at, corners):
            values = np.append(objective(theta), objective.lowest or 0.0)
            gaps.append(np.ptp(values[np.isfinite(values)]))
        return float(max(gaps))


def _short(value, place):
    return re.sub(r"e(-?)\+?0*", r"e\1", f"{value:.4g}").replace("-", "−")


def _span(objective):
    return np.linspace(*objective.window[0], 201)[None]


def relief(objective, window, points=301):
    """Bands of equal height with lines between, as `plot_contours` draws them.

    A cell that a line grazes takes a share of its colour: the lines are smooth.
    """
    values = objective(grid(window, points))
    at = levels(values[::4, ::4])
    bands = np.clip(np.searchsorted(at, values) - 1, 0, len(at) - 2)
    nearest = at[bands + (values > (at[bands] + at[bands + 1]) / 2)]
    with np.errstate(all="ignore"):
        cells = np.abs(values - nearest) / np.hypot(*np.gradient(values))
    share = np.clip(1.2 - cells, 0, 1)  # of the cell that its line covers
    ink = np.nan_to_num(np.rint(share * (INKS - 1))).astype(int)
    shades = 255 * SURFACE(np.linspace(0, 1, len(at) - 1))[:, :3]
    cover = np.linspace(0, 2 / 3, INKS)[:, None, None]  # the line lets it through
    palette = (shades * (1 - cover) + 255 * cover).reshape(-1, 3)
    return Heat((ink * len(shades) + bands).astype(np.uint8), palette, smooth=True)
