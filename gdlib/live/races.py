"""race: methods from one start on the same number of gradient evaluations."""

from dataclasses import replace
from html import escape

import numpy as np

from ..descent import descend
from . import basins, runs
from .controls import Choice, slider
from .ground import Ground
from .stage import Film, Scene, Stage
from .start import KEYS, Start
from .stills import Plot

GRID = np.geomspace(1e-3, 1, 13)  # four a decade: the step sizes "best" chooses from
TOL = 1e-6
EVALUATIONS = "gradient evaluations"
CONTOURS, ENDS = "contours", "where it ends: "


def race(
    objective,
    methods,
    *,
    start=None,
    steps=200,
    lr="best",
    grid=None,
    big=False,
    **surface,
):
    """Race methods from one start that the reader drags, on equal gradient evaluations.

    objective  an Objective of dim 1 or 2 with a known minimum, or a function that
               makes one
    methods    a list of them, or a dict of name -> method
    start      (dim,), default the objective's own
    steps      gradient evaluations each may spend, or (low, high, default)
    lr         "best": each method's own best of the grid, for every start anew;
               "default": each method's default; or a dict of name -> step size
    grid       the step sizes "best" chooses from, default four a decade, 0.001 to 1
    big        letters and lines for the back row
    surface    the parameters of a function that makes the objective

    Best is what settles first, its gap under 1e-6 to the end of the run, or else ends
    lowest; so are the runs ranked. Returns the dashboard, as `explore` does. Raises
    ValueError or TypeError for what the methods or the surface do not know. Notebook
    13 uses it.
    """
    given = dict(surface)
    ground, methods = Ground(objective, given), runs.named(methods)
    runs.refuse(given, [item.name for item in ground.sliders])
    if ground.first.lowest is None:
        raise ValueError("objective has no minima; allowed: one with a known minimum.")
    chosen = lr if isinstance(lr, str) else "given"
    known = {"best", "default"} if isinstance(lr, str) else set(methods)
    if not set([lr] if isinstance(lr, str) else lr) <= known:
        allowed = f"'best', 'default', or a dict with any of {', '.join(methods)}"
        raise ValueError(f"lr is {lr!r}; allowed: {allowed}.")
    options = ("best", "default", *(["given"] if chosen == "given" else []))
    inputs = [slider("steps", runs.count(steps)), *ground.sliders]
    inputs += [Choice("step sizes", options, chosen)]
    if ground.dim == 2:
        views = (CONTOURS, *(f"{ENDS}{name}" for name in methods))
        inputs.append(Choice("ground", views, CONTOURS))
    grid = GRID if grid is None else np.asarray(grid, float)
    show = Race(ground, methods, Start(ground, start), grid, lr)
    return Stage(
        show.scene,
        show.plots(),
        [*inputs, *show.start.boxes],
        title=f"race on {ground.first.name}",
        react=show.start.react,
        follow=show.start.follow,
        film=Film(lambda values: values["steps"]),
        big=big,
    )


class Race:
    """What `race` draws for given values, a function of them alone."""

    def __init__(self, ground, methods, start, grid, lr):
        self.ground, self.methods, self.start = ground, methods, start
        self.grid, self.given = grid, {} if isinstance(lr, str) else dict(lr)
        self.looks = runs.looks(methods)
        self._memory, self._ends = (None, None), (None, None)

    def plots(self):
        """The ground with the paths, and the gaps."""
        paths = Plot(self.ground.draw, label=f"Paths. {KEYS}", takes=("drag", "keys"))
        return [paths, runs.gap_plot(self.ground, TOL, self.looks, EVALUATIONS)]

    def scene(self, values):
        """Paths and gaps up to the evaluations shown, and the scoreboard."""
        objective, paths = self._run(values)
        pieces, legend = self.ground.pieces(values, objective), ""
        if values.get("ground", CONTOURS) != CONTOURS:
            name = values["ground"].removeprefix(ENDS)
            ends, legend = self._basins(values, objective, paths[name])
            pieces += ends
        pieces += self.start.piece(paths.values())
        for name, path in paths.items():
            pieces += runs.both(path, self.looks[name], self.ground, values["shown"])
        slots = {"legend": legend} | self._board(paths, values["shown"])
        titles = (objective.name, "gap to the minimum")
        return Scene(pieces, self._says(objective, paths, values), titles, slots)

    def _run(self, values):
        asked = {n: v for n, v in values.items() if n not in ("shown", "ground")}
        if self._memory[0] != asked:
            # a ground that deals batches deals the same ones to every method
            paths = {name: self._race(name, values) for name in self.methods}
            self._memory = asked, (self.ground.at(values), paths)
        return self._memory[1]

    def _race(self, name, values):
        """One method's run, with its step size chosen as the values say."""
        method, how = self.methods[name], values["step sizes"]
        objective, start = self.ground.at(values), self.start.point(values)
        steps = values["steps"]
        if how == "best" and "lr" in runs.hyper(method):
            return best_of(descend(method, objective, start, steps, lr=self.grid))
        given = how == "given" and name in self.given
        lr = dict(lr=self.given[name]) if given else {}
        return descend(method, objective, start, steps, **lr)

    def _ranked(self, paths, step):
        """The names, the first to settle by a step first, then by the gap there."""

        def place(name):
            gap = paths[name].gap[: step + 1]
            return (settled(gap), np.nan_to_num(gap[-1], nan=np.inf))

        return sorted(paths, key=place)

    def _board(self, paths, shown):
        step = max(path.steps for path in paths.values()) if shown is None else shown
        rows = []
        for rank, name in enumerate(self._ranked(paths, step), 1):
            path = paths[name]
            lr = path.hyper.get("lr")
            label = f"{rank}. {runs.swatch(self.looks[name])} {escape(name)}"
            cells = ["–" if lr is None else f"{lr:.3g}", f"{path.gap[step]:.3g}"]
            cells.append(verdict(path.gap[: step + 1]) or "–")
            rows.append([label, *cells, runs.fate(path, step)])
        head = ("", "lr", "gap", f"settles under {TOL:.0e} at", "stands at")
        return runs.table(head, rows)

    def _says(self, objective, paths, values):
        steps, texts = values["steps"], []
        for name in self._ranked(paths, steps):
            path, lr = paths[name], paths[name].hyper.get("lr")
            size = "" if lr is None else f" (lr = {lr:.3g})"
            texts.append(f"{name}{size} {came_to(path)}")
        start = ", ".join(f"{x:.3g}" for x in self.start.point(values))
        spent = f"{steps} gradient evaluation{'s' * (steps > 1)}"
        return (
            f"{objective.name} from ({start}), {spent} each, "
            f"{values['step sizes']} step sizes; under {TOL:.0e}: "
            f"{'; '.join(texts)}."
        )

    def _basins(self, values, objective, path):
        """Where the method ends from every start of the window, and the legend."""
        asked = path.method, path.steps, str(path.hyper), objective
        if self._ends[0] != asked:
            window = self.ground.first.window
            index = basins.basins(
                path.method, objective, window, path.steps, path.hyper
            )
            found = basins.pieces(index, objective, window)
            self._ends = asked, (found, basins.legend(index, path.name, objective))
        return self._ends[1]


def settled(gap):
    """The step from which the gap stays under the tolerance to its end, or inf."""
    last_over = np.flatnonzero(~(gap < TOL)).max(initial=-1)
    return int(last_over) + 1 if last_over < len(gap) - 1 else np.inf


def verdict(gap):
    """Where a run has settled, or that it left the tolerance again, or ""."""
    if settled(gap) < np.inf:
        return f"{settled(gap)}"
    return f"{np.argmax(gap < TOL)}, left again" if np.any(gap < TOL) else ""


def came_to(path):
    """What the sentence says of a run: where it settles, or what became of it."""
    if settled(path.gap) < np.inf:
        return f"settles at {settled(path.gap)}"
    left = "diverges" if path.diverged else f"gap {path.gap[-1]:.1g}"
    seen = verdict(path.gap)
    return f"first at {seen}, {left}" if seen else left


def best_of(batch):
    """The run of a batch over lr that settles first, or else ends lowest."""
    times = np.nan_to_num(batch.settling_time(TOL), nan=np.inf)
    last = np.nan_to_num(batch.gap[-1], nan=np.inf)
    best = np.lexsort((last, times))[0]
    hyper = {n: h[best] if np.ndim(h) else h for n, h in batch.hyper.items()}
    one = dict(theta=batch.theta[..., best], loss=batch.loss[:, best], hyper=hyper)
    return replace(batch, **one, terms={}, probes=batch.probes[..., best], state={})
