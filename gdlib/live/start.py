"""The start of the runs: boxes for exact numbers, dragging, arrow keys."""

import numpy as np

from .controls import Box
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
        self._ground = ground
        self.names = [f"start {axis}" for axis in ground.axes]
        if given is None:
            corner = [low + 0.2 * (high - low) for low, high in ground.first.window]
            given = corner if ground.first.start is None else ground.first.start
        point = self.changes(given)
        self.first = np.array(list(point.values()))
        self.boxes = [Box(name, value) for name, value in point.items()]

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
        at = self._ground.on(first.theta[:1], first.loss[:1])
        ring = dict(width=0, marker="o")
        inside = dict(colour="#ffd23f", size=8)
        return [Piece(at, **ring, size=13), Piece(at, **ring, **inside)]

    def react(self, kind, plot, payload, values):
        """The changes that dragging on the first plot, or an arrow key, asks for."""
        if plot != 0 or kind not in ("drag", "key"):
            return {}
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
