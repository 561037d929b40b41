"""A run's steps taken apart: the value of every term, and its arrow or its point."""

from itertools import pairwise

import numpy as np

from . import runs, terms
from .arrows import Item

GROWN = 5  # times the first slope: longer ones may leave the plot
TINY = 0.02  # of the longest addend: a shorter one cannot be seen


class Steps:
    """A run's steps, term by term; step t is the one that leaves theta[t].

    path    a Trajectory of a single run
    rows    the lines of the formula, `terms.rows`
    ground  the `Ground` that it walks on
    `frame` and `laid` are for whoever draws them: their plot, and what is on it.
    """

    def __init__(self, path, rows, ground):
        self.path, self.rows, self._ground = path, rows, ground
        self.frame, self.laid = None, {}
        self.drawn = [terms.look_up(row.name, path.terms).drawn for row in rows]

    def value(self, t, name):
        """A term of step t, (dim,); the state before the first step is 0."""
        if t < 0:
            return np.zeros(self._ground.dim)
        source = self.path.theta[1:] if name == "theta" else self.path.terms[name]
        return np.broadcast_to(source[t], self._ground.dim)

    def goals(self):
        """The known minima on the plot, (n, 2)."""
        objective = self.path.objective
        minima = np.reshape(objective.minima, (-1, objective.dim))
        return self._ground.on(minima, np.full(len(minima), objective.lowest or 0.0))

    def lines(self, t):
        """Every row of step t: the row, its value, and all that is known before it."""
        settings = self.path.hyper.items()
        known = {name: h(t + 1) if callable(h) else h for name, h in settings}
        known |= dict(theta=self.path.theta[t], t=t + 1)
        known |= {name: self.value(t - 1, name) for name in self.path.state}
        for row in self.rows:
            value = self.value(t, row.name)
            yield row, value, known
            known = known | {row.name: value}

    def longest(self):
        """The length of the longest slope, or of an early one if they grow and grow.

        It is in units of the ground.
        """
        sizes = [
            np.hypot.reduce(value / self._ground.units)
            for t in range(self.path.steps)
            for index, (_, value, _) in enumerate(self.lines(t))
            if self.drawn[index] in ("slope", "move") and not self._way(t, index, value)
        ]
        sizes = [size for size in sizes if 0 < size < np.inf] or [1.0]
        return min(max(sizes), GROWN * sizes[0])

    def points(self, reach, scale):
        """All that a picture of the steps has to hold, (n, dim) in units of the ground.

        reach  what is farther from the start is left out
        """
        items = [i for t in range(self.path.steps) for i in self.items(t, scale)]
        ends = [item.ends[:, : self._ground.dim] for item in items]
        points = np.vstack([self.path.theta, self.path.probes, *ends])
        points = points / self._ground.units
        return points[np.abs(points - points[0]).max(1) <= reach]

    def items(self, t, scale):
        """The arrows and points of step t, in data of the plot; moves come first.

        scale  the factor on all slopes
        """
        found = []
        for index, (row, value, known) in enumerate(self.lines(t)):
            drawn, tail = self.drawn[index], self.path.theta[t]
            if row.name == "g" and len(self.path.probes) == self.path.steps:
                tail = self.path.probes[t]
            way, ends = self._way(t, index, value, scale), [value]
            if drawn in ("slope", "move"):
                ends = [tail, tail + way * value]
            if drawn != "size":
                ends = self._place(ends, ends[0])
                found += self._parts(index, tail, way, value, known, found)
                found.append(Item(terms.symbol(row.name), ends, index))
        return sorted(found, key=lambda item: self.drawn[item.row] != "move")

    def _way(self, t, index, value, scale=0.0):
        """The factor of a term's arrow: 1 or -1 for the move itself, else -scale."""
        moved = self.path.theta[t + 1] - self.path.theta[t]
        ways = (1, -1) if self.drawn[index] == "move" else ()
        return next((way for way in ways if np.allclose(way * value, moved)), -scale)

    def _parts(self, index, tail, way, value, known, found):
        """The addends of a term, head to tail, where it is a sum that can be drawn."""
        addends = terms.addends(self.rows[index].code)
        if self.drawn[index] == "point":
            at = self._place([value], tail)
            there = any(np.allclose(item.ends[-1:], at) for item in found)
            if (1, "theta") not in addends or there:
                return []
            addends.remove((1, "theta"))
            tail, way, value = known["theta"], 1, value - known["theta"]
        elif len(addends) < 2:
            return []
        parts = self._computed(addends, known)
        if not np.allclose(sum(parts), value):
            return []
        ends = tail + way * np.cumsum([0 * value, *parts], axis=0)
        sizes = np.hypot.reduce(parts, axis=-1)
        seen = sizes > TINY * sizes.max()
        if self.drawn[index] != "point" and seen.sum() < 2:
            return []  # the one that is left is the term itself
        texts = [terms.brief(code, known) for _, code in addends]
        return [
            Item(text, self._place(pair, tail), index, part=True, size=10)
            for text, pair, there in zip(texts, pairwise(ends), seen, strict=True)
            if there
        ]

    def _computed(self, addends, known):
        """The values of addends; NaN where the reader's own names cannot be told."""
        scope = getattr(runs.bare(self.path.method)[0], "__globals__", {})
        known = known | dict(grad=lambda at: known["g"])  # it must not be asked again
        try:
            values = [
                sign * terms.compute(code, known, scope) for sign, code in addends
            ]
        except Exception:  # whatever the reader's own names stand for
            values = [np.nan]
        return [np.broadcast_to(value, self._ground.dim) for value in values]

    def _place(self, points, foot):
        """Points (n, dim) on the plot (n, 2), on a curve at the height of a foot."""
        points, height = np.array(points), 0.0
        if self._ground.dim == 1:
            height = self.path.objective.value(np.array(foot))
        return self._ground.on(points, np.broadcast_to(height, len(points)))
