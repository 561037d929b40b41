"""The start of the runs: boxes for exact numbers, dragging, arrow keys."""

import ipywidgets as widgets
import numpy as np

from .drawing import Piece

NUDGE = 0.01  # share of the window that an arrow key moves it; with Shift ten times
STEPS = dict(ArrowLeft=(-1, 0), ArrowRight=(1, 0), ArrowUp=(0, 1), ArrowDown=(0, -1))
KEYS = "Drag or click to move the start; arrow keys nudge it, with Shift ten times."


class Start:
    """Where the runs begin, as values of the dashboard named "start x", "start y".

    ground  the Ground it lies on
    given   (dim,) or None for the objective's own
    Raises ValueError where there is none, or one that does not fit.
    """

    def __init__(self, ground, given=None):
        self._ground, self._given = ground, given
        self.names = [f"start {axis}" for axis in ground.axes]
        point = self.changes(self.of(ground.first))
        self.first = np.array(list(point.values()))

    @property
    def boxes(self):
        """A FloatText for each coordinate, made anew, as (name, box)."""
        point = self.changes(self.first)
        return [
            (name, widgets.FloatText(value, description=name))
            for name, value in point.items()
        ]

    def of(self, objective):
        """The start that nobody has moved, on an objective of the ground."""
        corner = [low + 0.2 * (high - low) for low, high in objective.window]
        own = corner if objective.start is None else objective.start
        return own if self._given is None else self._given

    def follow(self, before, values):
        """Let a start that nobody chose turn with the surface, as its own does.

        before, values  of the picture that is shown, and of the one to come
        """
        turned = any(before[s.name] != values[s.name] for s in self._ground.ranges)
        chosen = any(before[name] != values[name] for name in self.names)
        if self._given is not None or chosen or not turned:
            return {}
        was, now = (self.changes(self.of(self._ground.at(v))) for v in (before, values))
        return now if all(was[name] == before[name] for name in self.names) else {}

    def changes(self, point):
        """The values that stand for a point (dim,), each a finite number."""
        flat = np.asarray(point, float)
        if flat.shape != (self._ground.dim,) or not np.isfinite(flat).all():
            raise ValueError(
                f"start is {point!r}; allowed: {self._ground.dim} finite numbers."
            )
        return dict(zip(self.names, flat.tolist(), strict=True))

    def point(self, values):
        """The start (dim,) that the values stand for."""
        return np.array([values[name] for name in self.names])

    def piece(self, paths):
        """The ring that marks where the paths begin."""
        first = next(iter(paths))
        return ring(self._ground.on(first.theta[:1], first.loss[:1]))

    def react(self, kind, plot, payload, values):
        """The changes that dragging on the first plot, or an arrow key, asks for."""
        if plot != 0 or kind not in ("drag", "key"):
            return None
        window = np.array(self._ground.first.window)
        if kind == "drag":
            point = np.array(payload[: self._ground.dim])
        else:
            arrow, shift = payload
            share = NUDGE * (10 if shift else 1) * np.ptp(window, axis=1)
            point = self.point(values) + share * STEPS[arrow][: self._ground.dim]
        inside = np.clip(point, window[:, 0], window[:, 1])
        return self.changes([float(f"{x:.4g}") for x in inside])

    def preset(self, changes):
        """Make a preset's changes, with `start` in them, a function of the values."""

        def press(values):
            wanted = dict(changes(values) if callable(changes) else changes)
            point = wanted.pop("start", None)
            return wanted if point is None else wanted | self.changes(point)

        return press


def ring(at):
    """The yellow point (1, 2) that the reader may move."""
    look = dict(width=0, marker="o", free=True)
    return [Piece(at, **look, size=13), Piece(at, **look, colour="#ffd23f", size=8)]
