"""rate_map: how fast a method is over two of its hyper-parameters at once."""

import numpy as np
from matplotlib import colormaps

from ..methods import momentum
from ..plots import describe
from ..style import Look, dress, look
from ..theory import best, stability_edge
from . import calls, runs, theorems
from .board import Board
from .drawing import Heat, Piece, line
from .ground import Ground
from .measures import MEASURES
from .ranges import Range, ranged
from .scene import Scene
from .start import STEPS, Start, ring
from .stills import Plot

COARSE, FINE = 100, 400  # cells a side: while a slider moves, and at rest
SHADES = 64
NEVER, GROWS = SHADES, SHADES + 1  # the palette's places for these two
RAMP = 255 * colormaps["viridis_r"](np.linspace(0, 1, SHADES))[:, :3]
PALETTE = np.vstack([RAMP, [[205] * 3, [120] * 3]]).astype(np.uint8)
UNIT = ((0.0, 1.0), (0.0, 1.0))  # the map's own coordinates: shares of the sliders
POINTED = Look("#777777", "--", "D")  # how the run under the pointer looks
RATES = Range("rate", 0, 0.99, 0, "near 1")  # the scale of the shades, on all maps
RATE_TICKS = np.array([0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99])
TITLES = dict(
    steps="steps until the gap is under {:.0e}", rate="rate: distance, a step"
)


def rate_map(
    method,
    objective,
    x="lr",
    y="gamma",
    *,
    measure="steps",
    tol=1e-6,
    steps=100,
    start=None,
    x_range=None,
    y_range=None,
    big=False,
    **fixed,
):
    """Colour the plane of two hyper-parameters by how fast the method is there.

    method            one of gdlib's, or a function of yours with their signature
    objective         an Objective of dim 1 or 2, or a function that makes one
    x, y              the names of two hyper-parameters
    measure           "steps" until the gap is under tol, or the "rate": the factor
                      on the distance to the minimum, a step, late in the run; equal
                      steps of shade are equal factors on 1 - rate, on every map
    tol               a gap > 0
    steps             of every run
    start             (dim,), default the objective's own
    x_range, y_range  (low, high) of the axes
    big               letters and lines for the back row
    fixed             name -> a number that is held, or (low, high, default)

    Where theory knows the method, its curves are drawn over the map. Returns the
    dashboard, as `explore` does. Raises ValueError or TypeError for what the method
    or the surface do not know. Notebook 04 uses it.
    """
    given, methods = dict(fixed), runs.named(method)
    ground = Ground(objective, given)
    ((name, method),) = methods.items()
    known = runs.hyper(method)
    for axis, argument in ((x, "x"), (y, "y")):
        if axis not in known or x == y:
            allowed = f"two of {', '.join(known)}"
            raise ValueError(f"{argument} is {axis!r}; allowed: {allowed}.")
    if measure not in MEASURES:
        allowed = " or ".join(map(repr, MEASURES))
        raise ValueError(f"measure is {measure!r}; allowed: {allowed}.")
    if ground.first.lowest is None:
        raise ValueError("objective has no minima; allowed: one with a known minimum.")
    across, up = _axis(x, x_range, known), _axis(y, y_range, known)
    rest = {n: d for n, d in known.items() if n not in (x, y)} | given
    knobs, held = runs.split({name: method}, rest)
    sliders = [knob for knob in knobs if knob.name not in (x, y)] + ground.ranges
    runs.refuse([n for n in given if n not in rest or n not in known], known)
    show = Map(name, method, ground, start, held, (across, up), sliders)
    show.measure, show.tol, show.steps = measure, tol, steps
    return Board(
        show.scene,
        show.plots(),
        [across, up, *sliders],
        title=f"rate_map: {name} on {ground.first.name}",
        react=show.react,
        refines=True,
        state=dict(peek=None, fine=tuple(s.default for s in sliders), steps=steps),
        code=show.code,
        big=big,
    )


def _axis(name, given, known):
    """The slider of an axis; its default the method's own if the range allows."""
    default = known[name]
    if given is None:
        return ranged(name, default)
    low, high = given
    return ranged(name, (low, high, float(np.clip(default, low, high))))


class Map:
    """What `rate_map` draws for given values, a function of them alone."""

    measure, tol, steps = "steps", 1e-6, 100

    def __init__(self, name, method, ground, start, held, axes, sliders):
        self.name, self.method, self.ground, self.held = name, method, ground, held
        self.start = Start(ground, start)
        self.axes, self.sliders = axes, sliders
        self._memory = (None, None)

    def plots(self):
        """The map, and the gap of the chosen run."""
        label = (
            "Map of two hyper-parameters. Click to choose a pair; arrow keys move the "
            "choice, with Shift ten times; the pointer shows the run under it."
        )
        takes = ("drag", "hover", "keys")
        gap = runs.gap_plot(self.ground, self.tol, {})
        edges = (70, 100, 10, 48)  # room for the key on the right
        return [Plot(self._draw_map, label=label, takes=takes, edges=edges), gap]

    def react(self, kind, plot, payload, values):
        """Choose a pair by pointer or keys, look at one, fill the map in at rest."""
        if kind == "rest":
            return dict(fine=self._others(values))
        if kind == "leave":
            return dict(peek=None)
        if plot != 0:
            return None
        if kind == "key":
            arrow, shift = payload
            places = [
                axis.stop(values[axis.name]) + way * (10 if shift else 1)
                for axis, way in zip(self.axes, STEPS[arrow], strict=True)
            ]
        else:
            shares = np.clip(payload, 0, 1)
            pairs = zip(shares, self.axes, strict=True)
            places = [axis.stop(axis.at(share)) for share, axis in pairs]
        pairs = zip(self.axes, places, strict=True)
        chosen = {axis.name: axis.value(place) for axis, place in pairs}
        return dict(peek=chosen) if kind == "hover" else chosen | dict(peek=None)

    def scene(self, values):
        """The map with theory's curves, the chosen run and the one pointed at."""
        objective, heat, fastest = self._map(values)
        run = self._run(objective, values)
        shown = {self._pair(values): (run, look(self.method))}
        if values["peek"]:
            name = f"under the pointer: {self._pair(values['peek'])}"
            shown[name] = self._run(objective, values | values["peek"]), POINTED
        pieces = [Piece(np.transpose(UNIT), heat=heat), *self._theory(objective)]
        here = self._share(*(values[axis.name] for axis in self.axes))
        if values["peek"]:
            there = self._share(*values["peek"].values())
            pieces.append(Piece(there, colour=POINTED[0], width=0, marker="D", size=8))
        pieces += ring(here)
        for path, style in reversed(shown.values()):
            pieces += runs.gap_trail(path.gap, style)
        paths, styles = ({n: pair[i] for n, pair in shown.items()} for i in (0, 1))
        readout = runs.readout(paths, styles, self.tol)
        titles = (TITLES[self.measure].format(self.tol), "gap to the minimum")
        says = f"{self.name} on {objective.name}, {fastest} {describe(run, self.tol)}"
        paths = {self.name: run}
        return Scene(pieces, says, titles, readout, paths=paths)

    def code(self, values):
        """The chosen run as a call of `descend`."""
        surface = self.ground.code(values)
        path = self._run(self.ground.at(values), values)
        return calls.call(path.method, surface, path.theta[0], path.steps, path.hyper)

    @property
    def _most(self):
        """The largest value that has a colour."""
        return self.steps if self.measure == "steps" else 1

    def _others(self, values):
        return tuple(values[item.name] for item in self.sliders)

    def _pair(self, values):
        return ", ".join(f"{a.name} = {values[a.name]:.4g}" for a in self.axes)

    def _run(self, objective, values):
        hyper = self.held | values
        start = self.start.of(objective)
        return runs.walk(self.method, objective, start, self.steps, hyper)

    def _share(self, x, y):
        """Where pairs of values lie on the map, (n, 2)."""
        shares = [a.fraction(v) for a, v in zip(self.axes, (x, y), strict=True)]
        return np.column_stack(np.broadcast_arrays(*map(np.atleast_1d, shares)))

    def _map(self, values):
        """The objective, the map as a Heat, and its fastest pair in words."""
        others = self._others(values)
        key = others, FINE if values["fine"] == others else COARSE
        found = self._memory
        if found[0] != key:
            objective = self.ground.at(values)
            found = key, (objective, *self._measured(objective, values, key[1]))
            self._memory = found
        return found[1]

    def _measured(self, objective, values, cells):
        shares = (np.arange(cells) + 0.5) / cells
        x, y = (axis.at(shares) for axis in self.axes)
        axes = {self.axes[0].name: x, self.axes[1].name: y[:, None]}
        hyper = runs.mine(self.method, self.held | values | axes)
        start = np.array(self.start.of(objective), float)
        took, ends = MEASURES[self.measure](
            self.method, objective, start, self.steps, self.tol, hyper
        )
        grows = ~(ends <= objective.value(start))
        took = np.where(took <= self._most, took, np.nan)
        share = took / self.steps
        if self.measure == "rate":
            share = RATES.fraction(np.minimum(took, RATES.high))
        index = np.clip(np.nan_to_num(share * SHADES), 0, SHADES - 1)
        index = np.where(np.isnan(took), NEVER, index)
        index = np.where(grows, GROWS, index).astype(np.uint8)
        return Heat(index, PALETTE), self._fastest(np.where(grows, np.nan, took), x, y)

    def _fastest(self, took, x, y):
        unit = "steps" if self.measure == "steps" else "a step"
        if np.isnan(took).all():
            goal = f"under {self.tol:.0e}" if unit == "steps" else "nearer"
            return f"no pair on the map gets {goal} in {self.steps} steps."
        row, column = np.unravel_index(np.nanargmin(took), took.shape)
        pair = dict(zip((a.name for a in self.axes), (x[column], y[row]), strict=True))
        return (
            f"fastest on the map at {self._pair(pair)}: {took[row, column]:.3g} {unit}."
        )

    def _theory(self, objective):
        """Theory's curves where it knows the method, lr runs across and gamma up."""
        found = theorems.quadratic(objective)
        names = tuple(axis.name for axis in self.axes)
        if not found or names != ("lr", "gamma") or self.method not in theorems.KNOWN:
            return []
        (mu, L), gamma = found, self.axes[1].at(np.linspace(0, 1, 201))
        edge = self._share(stability_edge(self.method, L, gamma), gamma)
        ideal = best(self.method, L, mu)
        curves = [
            line(edge, dash="--", width=2),
            *self._name(edge, 0.8, "stability edge"),
        ]
        if self.method is momentum:
            damped = self._share((1 - np.sqrt(gamma)) ** 2 / mu, gamma)
            curves += [line(damped, dash=":", width=2)]
            curves += self._name(damped, 0.75, "critical damping")
        star = self._share(ideal.lr, ideal.gamma)
        return [*curves, Piece(star, width=0, marker="*", size=14)]

    def _name(self, curve, share, text):
        """The name of a curve, beside a point so far along the part that is seen."""
        inside = np.flatnonzero((np.abs(curve - 0.5) < 0.5).all(1))
        middle = inside[int(share * len(inside)) :][:1]
        at = curve[middle]
        side = "left" if at.sum() < 1 or at[:, :1].sum() < 0.4 else "right"
        words = dict(text=f"  {text}  ", size=9, align=side)
        return [Piece(curve[middle], **words)] if len(middle) else []

    def _draw_map(self, ax, values):
        ax.set(xlim=UNIT[0], ylim=UNIT[1])
        ax.grid(False)
        for axis, slider_ in zip((ax.xaxis, ax.yaxis), self.axes, strict=True):
            ticks = slider_.ticks()
            axis.set_ticks(slider_.fraction(ticks), [f"{tick:.4g}" for tick in ticks])
            axis.set_label_text(f"{slider_.symbol} {slider_.name}".strip())
        self._draw_key(ax.inset_axes((1.04, 0.2, 0.05, 0.8)), ax)

    def _draw_key(self, bar, ax):
        """The colours' meaning, right of the map."""
        dress(bar)
        bar.imshow(PALETTE[:SHADES, None], aspect="auto", origin="lower")
        ticks, slow = np.linspace(0, 1, 5), "slower"
        texts = [f"{self.steps * tick:.3g}" for tick in ticks]
        if self.measure == "rate":
            ticks, slow = RATES.fraction(RATE_TICKS), "over 1"
            texts = [f"{rate:g}" for rate in RATE_TICKS[:-1]] + [f"≥ {RATES.high:g}"]
        bar.set_yticks(ticks * SHADES - 0.5, texts)
        bar.yaxis.tick_right()
        bar.set(xticks=[])
        for row, (shade, text) in enumerate(((NEVER, slow), (GROWS, "grows"))):
            place = (1.04, 0.1 - 0.1 * row)
            box = dict(boxstyle="square", fc=PALETTE[shade] / 255, ec="#444444")
            ink = dict(fontsize="small", transform=ax.transAxes, va="center")
            ax.text(*place, "  ", bbox=box, **ink)
            ax.text(place[0] + 0.075, place[1], text, **ink)
