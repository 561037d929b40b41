"""explore: paths over the ground and the gap to the minimum beside them, live."""

import numpy as np

from ..plots import describe, plot_line_fit
from . import runs, theorems
from .controls import marks, slider
from .drawing import line
from .ground import Ground
from .stage import Film, Scene, Stage
from .start import KEYS, Start
from .stills import Plot


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
               your own as well as gdlib's
    start      (dim,), default the objective's own, which goes with the surface's
               sliders until it is moved; it can be dragged on the plot
    steps      how many, or (low, high, default) for its slider
    tol        the gap whose first step is told, > 0
    presets    name -> changes, a button each: {"far": dict(lr=0.1, start=(1, 1))}
    big        letters and lines for the back row
    sliders    name -> (low, high, default), or a number that fixes it

    Returns the dashboard, a widget: `set(lr=0.1)` moves it from Python, `values` is
    what it stands at, `close()` frees it. Raises ValueError or TypeError for what the
    methods or the surface do not know. Notebook 00 shows how to use it.
    """
    sliders = dict(sliders)
    ground, methods = Ground(objective, sliders), runs.named(methods)
    knobs, fixed = runs.split(methods, sliders)
    inputs = [*knobs, *ground.sliders, slider("steps", runs.count(steps))]
    runs.refuse(sliders, [item.name for item in inputs] + list(fixed))
    show = Explorer(ground, methods, fixed, Start(ground, start), inputs, tol)
    names = [item.name for item in (*inputs, *show.start.boxes)]
    if presets is None:
        presets = theorems.presets(methods, ground, names)
    for preset in presets.values():
        known = callable(preset) or set(preset) <= {*names, "start"}
        if not known:
            raise ValueError(
                f"presets holds {preset!r}; allowed: start, {', '.join(names)}."
            )
    return Stage(
        show.scene,
        show.plots(),
        [*inputs, *show.start.boxes],
        title=f"explore: {', '.join(methods)} on {ground.first.name}",
        react=show.start.react,
        follow=show.start.follow,
        film=Film(lambda values: values["steps"]),
        presets={name: show.start.preset(c) for name, c in presets.items()},
        big=big,
    )


class Explorer:
    """What `explore` draws for given values, a function of them alone."""

    def __init__(self, ground, methods, fixed, start, sliders, tol):
        self.ground, self.methods, self.fixed = ground, methods, fixed
        self.start, self.sliders, self.tol = start, sliders, tol
        self.looks = runs.looks(methods)
        self._memory = (None, None)  # Play asks for the same runs again and again

    def plots(self):
        """The ground, the gap, and for a regression the line over its data."""
        ground = Plot(self.ground.draw, label=f"Paths. {KEYS}", takes=("drag", "keys"))
        gap = runs.gap_plot(self.ground, self.tol, self.looks)
        moving = tuple(item.name for item in self.ground.sliders)
        data = Plot(self._draw_data, on=moving, label="The line over the data")
        return [ground, gap, data] if self.ground.has_data else [ground, gap]

    def scene(self, values):
        """All that moves, with the readouts and the sentence."""
        objective, paths, marks = self._run(values)
        shown = values["shown"]
        pieces = self.ground.pieces(values, objective)
        pieces += self.start.piece(paths.values())
        least = runs.floor(paths.values())
        for name, path in paths.items():
            pieces += runs.both(path, self.looks[name], self.ground, shown, least)
            pieces += self._fit(path, self.looks[name], shown)
        slots = self._mark_slots(values, marks)
        slots |= runs.readout(paths, self.looks, self.tol, shown)
        titles = (objective.name, "gap to the minimum", "data and line")
        says = " ".join(describe(path, self.tol) for path in paths.values())
        return Scene(pieces, says, titles[: 2 + self.ground.has_data], slots)

    def _run(self, values):
        asked = {name: value for name, value in values.items() if name != "shown"}
        if self._memory[0] != asked:
            objective = self.ground.at(values)
            hyper, start = self.fixed | values, self.start.point(values)
            paths = {
                # a ground that deals batches deals the same ones to every method
                name: runs.walk(
                    method, self.ground.at(values), start, values["steps"], hyper
                )
                for name, method in self.methods.items()
            }
            marks = theorems.places(self.methods, theorems.quadratic(objective), hyper)
            self._memory = asked, (objective, paths, marks)
        return self._memory[1]

    def _fit(self, path, style, shown):
        """The line that a run on a regression has come to."""
        if not self.ground.has_data:
            return []
        m, b = path.theta[path.steps if shown is None else min(shown, path.steps)]
        x = path.objective.X[:, 0]
        ends = np.array([x.min(), x.max()])
        look = dict(panel=2, colour=style.color, dash=style.linestyle, width=2.2)
        return [line((ends, m * ends + b), **look)]

    def _mark_slots(self, values, places):
        slots = {}
        for item in self.sliders:
            at = places.get(item.name, [])  # none: theory knows the surface no more
            here = theorems.here(item.name, values[item.name], at)
            slots[f"marks {item.name}"] = marks(item, at, here)
        return slots

    def _draw_data(self, ax, values):
        still = plot_line_fit(ax, self.ground.at(values), (0.0, 0.0))
        still.remove()
