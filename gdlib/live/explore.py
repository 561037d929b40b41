"""explore: paths over the ground and the gap to the minimum beside them, live."""

import ipywidgets as widgets
import numpy as np

from ..plots import describe, plot_line_fit
from . import calls, runs, theorems
from .board import Board
from .drawing import line
from .film import Film
from .ground import Ground
from .ranges import ranged
from .scene import Scene
from .signs import ghost
from .start import KEYS, Start
from .stills import Plot

ASIDE = ("step", "hidden", "pinned", "ground")  # values that no run depends on


def explore(
    objective,
    methods,
    *,
    start=None,
    steps=100,
    tol=1e-6,
    presets=None,
    big=False,
    **sliders,
):
    """Show what methods do on an objective, with a slider for all that can be changed.

    objective  an Objective of dim 1 or 2, or a function such as `ravine` that makes
               one: its parameters get sliders too. An Objective that deals batches
               goes on dealing at every move; a function makes it anew, so it repeats
    methods    one method, a list of them, or a dict of name -> method; functions of
               your own as well as gdlib's, `functools.partial` to hold a setting
    start      (dim,), default the objective's own, which goes with the surface's
               sliders until it is moved; it can be dragged on the plot
    steps      how many, or (low, high, default) for its slider
    tol        the gap whose first step is told, > 0
    presets    name -> changes, a button each: {"far": dict(lr=0.1, start=(1, 1))}
    big        letters and lines for the back row
    sliders    name -> (low, high, default), or a number that fixes it

    The ground has one scale for both axes, or where its window is more than four times
    as long as wide, as that of a line through data as they are measured often is, two.

    Returns the dashboard, a Board: `sliders["lr"]` is an ipywidgets slider, `path` the
    run that is shown, `set(lr=0.1)` moves it from Python, `close()` frees it. Raises
    ValueError or TypeError for what the methods or the surface do not know. Notebook
    00 shows how to use it.
    """
    given = dict(sliders)
    ground, methods = Ground(objective, given), runs.named(methods)
    own_lr = isinstance(given.get("lr"), tuple)
    knobs, fixed = runs.split(methods, given)
    if not own_lr:
        knobs = theorems.reach(knobs, methods, ground)
    ranges = [*knobs, *ground.ranges, ranged("steps", runs.count(steps))]
    runs.refuse(given, [item.name for item in ranges] + list(fixed))
    show = Explorer(ground, methods, Start(ground, start), tol, fixed)
    names = [*(item.name for item in ranges), *show.start.names]
    if presets is None:
        presets = theorems.presets(methods, ground, names)
    for preset in presets.values():
        known = callable(preset) or set(preset) <= {*names, "start"}
        if not known:
            raise ValueError(
                f"presets holds {preset!r}; allowed: start, {', '.join(names)}."
            )
    presets = {name: show.start.preset(changes) for name, changes in presets.items()}
    title = f"explore: {', '.join(methods)} on {ground.first.name}"
    return show.board(ranges, title, presets=presets, big=big, pins=True)


class Explorer:
    """What `explore` draws for given values, a function of them alone."""

    across = "step"

    def __init__(self, ground, methods, start, tol, fixed):
        self.ground, self.methods, self.start = ground, methods, start
        self.tol, self.fixed, self.looks = tol, fixed, runs.looks(methods)
        self._memory = {}  # Play asks for the same runs again and again

    def board(self, ranges, title, choices=(), **options):
        """Put the dashboard together: the plots, the sliders, the start, Play."""
        last = next(r for r in ranges if r.name == "steps").default
        step = widgets.IntSlider(last, 0, last, description="step")
        options = dict(react=self.start.react, follow=self.start.follow) | options
        return Board(
            self.scene,
            self.plots(),
            [*ranges, ("step", step), *choices, *self.start.boxes],
            title=title,
            film=Film(step, lambda values: values["steps"]),
            names=self.looks,
            code=self.code,
            **options,
        )

    def plots(self):
        """The ground, the gap, and for a regression the line over its data."""
        takes = ("drag", "keys")
        ground = Plot(self.ground.draw, label=f"Paths. {KEYS}", takes=takes)
        gap = runs.gap_plot(self.ground, self.tol, self.looks, self.across)
        moving = tuple(item.name for item in self.ground.ranges)
        data = Plot(self._draw_data, on=moving, label="The line over the data")
        return [ground, gap, data] if self.ground.has_data else [ground, gap]

    def scene(self, values):
        """All that moves, with the readout and the sentence."""
        pinned = values["pinned"] and self.recall(values["pinned"])
        objective, paths = self.recall(values)
        shown = {name: runs.until(path, values["step"]) for name, path in paths.items()}
        pieces, told, looks = self.below(values, objective, paths), dict(shown), {}
        least = runs.floor(paths.values())
        for name, path in pinned[1].items() if pinned else ():
            looks[f"pinned: {name}"] = style = ghost(self.looks[name])
            told[f"pinned: {name}"] = path
            pieces += self._drawn(path, style, path.steps, least)
        for name, path in shown.items():
            if name not in values["hidden"]:
                pieces += self._drawn(path, self.looks[name], values["steps"], least)
        pieces += self.start.piece(paths.values())
        return Scene(
            pieces,
            self.says(values, objective, shown),
            (objective.name, "gap to the minimum", "data and line"),
            self.readout(values, told, self.looks | looks),
            self.marks(values, objective),
            paths,
        )

    def recall(self, values):
        """The objective and the runs of some values, those of the last two kept."""
        asked = tuple((n, v) for n, v in values.items() if n not in ASIDE)
        found = self._memory.pop(asked, None)
        if found is None:
            # a ground that deals batches deals the same ones to every method
            runs_ = {name: self.run(name, values) for name in self.methods}
            found = self.ground.at(values), runs_
        self._memory = dict(list(self._memory.items())[-1:]) | {asked: found}
        return found

    def run(self, name, values):
        """One method's run."""
        objective, start = self.ground.at(values), self.start.point(values)
        method, hyper = self.methods[name], self.fixed | values
        return runs.walk(method, objective, start, values["steps"], hyper)

    def below(self, values, objective, paths):
        """What lies under the paths."""
        return self.ground.pieces(values, objective)

    def says(self, values, objective, paths):
        """The picture in one sentence, or one for each run."""
        told = [describe(path, self.tol) for path in paths.values()]
        return " ".join([*told, self.ground.advice]).strip()

    def readout(self, values, paths, looks):
        """The numbers under the plots, as HTML."""
        return runs.readout(paths, looks, self.tol)

    def marks(self, values, objective):
        """Theory's places on the sliders."""
        hyper, found = self.fixed | values, theorems.quadratic(objective)
        places = theorems.places(self.methods, found, hyper)
        here = {
            n: theorems.here(n, values[n], p) for n, p in places.items() if n in values
        }
        return {name: (places[name], text) for name, text in here.items()}

    def code(self, values):
        """The runs as calls of `descend`, a line each."""
        surface, lines = self.ground.code(values), []
        for name, path in self.recall(values)[1].items():
            start, method = self.start.point(values), runs.bare(self.methods[name])[0]
            lines.append(calls.call(method, surface, start, path.steps, path.hyper))
        return "\n".join(lines)

    def _drawn(self, path, style, steps, least):
        pieces = runs.both(path, style, self.ground, steps, least)
        if self.ground.has_data:  # the line that the run has come to
            m, b = path.theta[-1]
            x = path.objective.X[:, 0]
            ends = np.array([x.min(), x.max()])
            look = dict(panel=2, colour=style.color, dash=style.linestyle, width=2.2)
            pieces.append(line((ends, m * ends + b), **look))
        return pieces

    def _draw_data(self, ax, values):
        still = plot_line_fit(ax, self.ground.at(values), (0.0, 0.0))
        still.remove()
        self.ground.shorten(ax)
