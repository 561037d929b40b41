"""step_player: one step of a method taken apart, term by term."""

from dataclasses import replace
from itertools import pairwise

import ipywidgets as widgets
import numpy as np

from ..plots import plot_contours, plot_curve
from ..style import look
from . import arrows, calls, runs, terms
from .arrows import Item
from .board import Board
from .drawing import Piece, line
from .film import Film
from .ground import Ground
from .ranges import ranged
from .scene import Scene
from .start import Start
from .steps import Steps
from .stills import Plot

ARROW = 0.35  # share of the plot's width that the longest slope's arrow takes
FITS = 0.96  # of the frame: within it nothing is cut
LEAST = 5e-4  # of what can be framed: the smallest frame
LIFT = 0.13  # of the plot's height: on a curve all arrows lie along x
FAR = 2  # widths of the window: what is farther from the start is not framed
CURVE = (0.15, 0.6)  # room below a curve and above it, in heights of the curve
EDGES = (62, 14, 8, 46)  # pixels around the axes of the ground
BARS = (56, 8, 8, 34)  # and of the bars
PACE = 1500  # milliseconds a term stays, under Play
ASIDE = ("term", "hidden", "pinned")  # values that no run depends on
PAST = "#666666"
SHADES = ("#444444", "#9ecae1")


def step_player(method, objective, *, start=None, steps=3, big=False, **hyper):
    """Take a method's steps apart: each term's arrow or bar, formula and sentence.

    method     one of gdlib's ten, or a function of yours with their signature: what
               it returns is what is shown, its own lines are the formula
    objective  an Objective of dim 1 or 2, or a function such as `ravine` making one
    start      (dim,), default the objective's own
    steps      how many steps can be played, >= 1
    big        letters and lines for the back row
    hyper      name -> (low, high, default) for a slider, or a number: that of lr and
               of the first decay is where their sliders begin, any other is held

    It opens at the start, before the first term; `set(term=3)` shows the third one.
    Returns the dashboard, as `explore` does. Raises ValueError or TypeError for what
    the method or the surface do not know. Notebook 00 shows how to use it.
    """
    given, methods = dict(hyper), runs.named(method)
    if len(methods) != 1:
        raise ValueError(f"method is {method!r}; allowed: one function.")
    ground = Ground(objective, given)
    ((name, method),) = methods.items()
    known = runs.hyper(method)
    sliders, fixed = runs.split(methods, _sliding(known | given))
    runs.refuse([n for n in given if n not in known], known)
    sliders += ground.ranges
    values = fixed | {item.name: item.default for item in sliders}
    player = Player(name, method, ground, Start(ground, start), values, steps)
    control = widgets.SelectionSlider(options=player.options, description="term")
    return Board(
        player.scene,
        player.plots([item.name for item in sliders]),
        [("term", control), *sliders, *player.start.boxes],
        title=f"step_player: {name} on {ground.first.name}",
        react=player.react,
        follow=player.start.follow,
        film=Film(control, lambda values: player.last, None, PACE, whole=False),
        code=player.code,
        still=dict(term=player.stops),
        big=big,
    )


def _sliding(settings):
    """Give the numbers of lr and of the first decay the ranges of their sliders."""
    moved = ["lr", *[name for name in ("gamma", "beta1") if name in settings][:1]]
    usual = [
        ranged(name, settings[name])
        for name in moved
        if isinstance(settings.get(name), int | float)
    ]
    return settings | {item.name: (item.low, item.high, item.default) for item in usual}


class Player:
    """What `step_player` draws for given values, a function of them alone.

    values  the settings at the beginning
    """

    def __init__(self, name, method, ground, start, values, steps):
        self.name, self.method, self.ground, self.start = name, method, ground, start
        self.values, self.steps, self.look = values, steps, look(runs.bare(method)[0])
        path = runs.walk(method, ground.first, start.first, steps, values)
        self.rows = terms.rows(runs.bare(method)[0], path.terms)
        self.kinds = [terms.look_up(row.name, path.terms) for row in self.rows]
        self.stops, self.last = len(self.rows), steps * len(self.rows)
        self._first, self._memory = None, (None, None)
        self._first = self._framed(path).frame

    @property
    def options(self):
        """The places of the term's slider by name: the start, then every term."""
        names = [terms.symbol(row.name) for row in self.rows]
        texts = [f"step {t + 1}: {name}" for t in range(self.steps) for name in names]
        return [(text, n) for n, text in enumerate(["start", *texts])]

    def plots(self, hypers):
        """The ground around the steps, and the bars of every term."""
        on = (*hypers, *self.start.names)
        ground = "The step on the ground; left and right arrow go through the terms"
        bars = "Every term's size, coordinate by coordinate; arrows as beside"
        return [
            Plot(self._draw_ground, on, ground, ("keys",), EDGES),
            Plot(self._draw_bars, (), bars, ("keys",), BARS),
        ]

    def react(self, kind, plot, payload, values):
        """Left and right go through the terms."""
        ways = dict(ArrowLeft=-1, ArrowRight=1)
        if kind != "key" or payload[0] not in ways:
            return None
        return dict(term=int(np.clip(values["term"] + ways[payload[0]], 0, self.last)))

    def code(self, values):
        """The run as a call of `descend`."""
        path, surface = self._steps(values).path, self.ground.code(values)
        return calls.call(path.method, surface, path.theta[0], path.steps, path.hyper)

    def scene(self, values):
        """The arrows and bars up to the chosen term, its row and its sentence."""
        steps, (t, stop) = self._steps(values), self._at(values["term"])
        with np.errstate(all="ignore"):
            pieces = self._past(steps.path, t) + self._shown(steps, t, stop)
        where = "start" if stop < 0 else f"step {t + 1}"
        return Scene(
            pieces + self._bars(steps, t, stop),
            self._says(steps, t, stop),
            (f"{where} on {steps.path.objective.name}", "each term on its own scale"),
            terms.table(list(steps.lines(t)), stop),
            paths={self.name: steps.path},
        )

    def _at(self, term):
        """The step and the row of a term, from 0; row -1 is before the first."""
        t, stop = divmod(max(term - 1, 0), self.stops)
        return t, stop if term else -1

    def _steps(self, values):
        """The run of some values taken apart, the last one kept: terms share it."""
        asked = tuple((name, v) for name, v in values.items() if name not in ASIDE)
        found = self._memory
        if found[0] != asked:
            objective, start = self.ground.at(values), self.start.point(values)
            hyper = self.values | values
            path = runs.walk(self.method, objective, start, self.steps, hyper)
            self._memory = found = asked, self._framed(path)
        return found[1]

    def _framed(self, path):
        steps = Steps(path, self.rows, self.ground)
        with np.errstate(all="ignore"):  # what has diverged lies off the plot
            steps.frame = self._frame(steps)
        return steps

    def _says(self, steps, t, stop):
        if stop < 0:
            at = f"stands at θ = {terms.show(steps.path.theta[0])}"
            first = terms.symbol(self.rows[0].name)
            return f"{self.name} {at}: no step is taken yet. The first term is {first}."
        row = self.rows[stop]
        shown = f"{terms.symbol(row.name)} = {terms.show(steps.value(t, row.name))}"
        return f"Step {t + 1} of {self.name}: {shown}. {self.kinds[stop].sentence}"

    # On the ground.

    def _frame(self, steps):
        """The middle (dim,) of the plot and half its width, and the slopes' scale.

        In units of the ground. They are those of the first picture as long as all fits
        into it: so a slider makes the arrows longer, not the ground smaller.
        """
        objective, least = steps.path.objective, 0.0
        reach = FAR * np.ptp(np.array(objective.window), axis=1).max()
        if self._first:
            middle, least, scale = self._first
            away = np.abs(steps.points(reach, scale) - middle)
            if (away <= FITS * least).all():
                return self._first
        minima = np.reshape(objective.minima, (-1, objective.dim)) / self.ground.units
        least = max(least, LEAST * reach)
        _, half = arrows.frame(steps.points(reach, 0.0), minima, least)
        scale = 2 * ARROW * half / steps.longest()
        return *arrows.frame(steps.points(reach, scale), minima, least), scale

    def _box(self, steps):
        """The lower left corner of the plot and its size, in its data."""
        (middle, half, _), units = steps.frame, self.ground.units
        if self.ground.dim == 2:
            return (middle - half) * units, 2 * half * units
        curve = steps.path.objective(np.linspace(middle - half, middle + half, 101).T)
        low, tall = curve.min(), max(np.ptp(curve), 1e-300)
        corner = np.append(middle - half, low - CURVE[0] * tall)
        return corner, np.array([2 * half, (1 + sum(CURVE)) * tall])

    def _draw_ground(self, ax, values):
        steps = self._steps(values)
        corner, size = self._box(steps)
        window = tuple(zip(corner, corner + size, strict=True))
        if self.ground.dim == 2:
            even = self.ground.even
            plot_contours(ax, steps.path.objective, window, equal=even, points=101)
        else:
            plot_curve(ax, steps.path.objective, window)
            goals = steps.goals().T
            ax.plot(*goals, "*", color="white", mec="black", ms=13, mew=0.8)
        self.ground.name_axes(ax)
        ax.set(xlim=window[0], ylim=window[1])
        ax.locator_params(nbins=4)

    def _past(self, path, t):
        here = self.ground.on(path.theta[: t + 1], path.loss[: t + 1])
        walked = line(here, colour=self.look.color, width=1.2, marker="o", size=4)
        return [walked, Piece(here[-1:], width=0, marker="o", size=9)]

    def _laid(self, steps, t):
        """All items of step t in shares of the plot, with room for each; kept."""
        if t not in steps.laid:
            steps.laid[t] = self._lay(steps, t)
        return steps.laid[t]

    def _lay(self, steps, t):
        path, (corner, size) = steps.path, self._box(steps)
        items = steps.items(t, steps.frame[2])
        items = [replace(item, ends=(item.ends - corner) / size) for item in items]
        past = self.ground.on(path.theta[: t + 1], path.loss[: t + 1])
        past, goals = (past - corner) / size, (steps.goals() - corner) / size
        items.append(Item("", past[-1:], -1))  # the place where it stands
        faint = [*pairwise(past), *goals]
        lane = arrows.LANE if self.ground.dim == 2 else LIFT
        return arrows.lay(items, goals, faint, lane)

    def _shown(self, steps, t, stop):
        """The pieces of all items that are shown at a stop, the names on top."""
        (corner, size), lines, texts = self._box(steps), [], []
        for item in self._laid(steps, t):
            now = 0 <= item.row == stop
            if not item.text or item.row > stop or (item.part and not now):
                continue
            colour = self.look.color if now else PAST
            look = dict(width=2.6 if now and not item.part else 1.4, head=True)
            if len(item.ends) == 1:
                look = dict(width=0, marker="D", size=8)
            lines.append(Piece(corner + size * item.ends, colour=colour, **look))
            if item.at is not None:
                look = dict(text=item.text, size=item.size, align=item.align)
                at = corner + size * item.at[None]
                texts.append(Piece(at, colour=colour, **look))
        return lines + texts

    # Beside it and below.

    def _draw_bars(self, ax, values):
        count = self.stops
        lowest = max(count, 6) - 0.4  # so that few terms do not get fat bars
        ax.set(xlim=(-1.1, 4), ylim=(lowest, -0.6), xticks=[], xlabel="")
        ax.set_yticks(range(count), [terms.symbol(row.name) for row in self.rows])
        ax.tick_params(axis="y", length=0, labelsize=11)
        ax.spines[["left", "bottom"]].set_visible(False)
        ax.axvline(0, color="#444444", lw=0.8)
        ax.grid(False)
        for axis, shade in zip(self.ground.axes, SHADES, strict=False):
            ax.bar(0, 0, color=shade, label=axis)
        below = dict(loc="upper left", bbox_to_anchor=(0, 0), borderaxespad=0.4)
        ax.legend(fontsize="small", ncols=2, frameon=False, **below)

    def _bars(self, steps, t, stop):
        """Two bars a term, upper and lower for the coordinates, with the numbers."""
        pieces = []
        for index, row in enumerate(self.rows[: stop + 1]):
            values = [steps.value(step, row.name) for step in range(self.steps)]
            most = np.max(np.abs(values), initial=1e-300, where=np.isfinite(values))
            value = values[t]
            for axis, part in enumerate(np.clip(value / most, -1, 1)):
                low = index - 0.3 + 0.6 * axis / len(value)
                high = low + 0.56 / len(value)
                corners = [(0, low), (part, low), (part, high), (0, high), (0, low)]
                shape = dict(panel=1, fill=SHADES[axis], colour=SHADES[axis], width=0)
                pieces.append(Piece(np.array(corners), **shape))
            text = terms.short(value)
            size = 8.5 * min(1, terms.SHORT / len(text))
            ink = self.look.color if index == stop else "#555555"
            look = dict(text=text, size=size, colour=ink, panel=1)
            pieces.append(Piece(np.array([[1.08, index]]), **look))
        return pieces
