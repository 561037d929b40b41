"""race: methods from one start on the same number of gradient evaluations."""

import ipywidgets as widgets
import numpy as np

from ..descent import descend
from . import basins, runs
from .explore import ASIDE, Explorer
from .ground import Ground
from .ranges import ranged
from .signs import entry, table
from .start import Start

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
    start      (dim,), default the objective's own; while it is dragged, the runs keep
               the step sizes that they have, and choose anew when it rests
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
    runs.refuse(given, [item.name for item in ground.ranges])
    if ground.first.lowest is None:
        raise ValueError("objective has no minima; allowed: one with a known minimum.")
    chosen = lr if isinstance(lr, str) else "given"
    known = {"best", "default"} if isinstance(lr, str) else set(methods)
    if not set([lr] if isinstance(lr, str) else lr) <= known:
        allowed = f"'best', 'default', or a dict with any of {', '.join(methods)}"
        raise ValueError(f"lr is {lr!r}; allowed: {allowed}.")
    options = ("best", "default", *(["given"] if chosen == "given" else []))
    choices = [_choice("step sizes", options, chosen)]
    if ground.dim == 2:
        views = (CONTOURS, *(f"{ENDS}{name}" for name in methods))
        choices.append(_choice("ground", views, CONTOURS))
    show = Race(ground, methods, Start(ground, start), TOL, {})
    show.given = {} if isinstance(lr, str) else dict(lr)
    show.grid = GRID if grid is None else np.asarray(grid, float)
    ranges = [ranged("steps", runs.count(steps)), *ground.ranges]
    title, moved = f"race on {ground.first.name}", dict(react=show.react)
    moved |= dict(follow=show.follow, refines=True, state=dict(kept=()))
    return show.board(ranges, title, choices, big=big, **moved)


def _choice(name, options, value):
    return name, widgets.Dropdown(options=options, value=value, description=name)


class Race(Explorer):
    """What `race` draws for given values, a function of them alone."""

    across, grid, given = EVALUATIONS, GRID, {}
    _ends = (None, None)

    def run(self, name, values):
        """One method's run, with its step size chosen as the values say."""
        method, how = self.methods[name], values["step sizes"]
        objective, start = self.ground.at(values), self.start.point(values)
        kept, lr = dict(values["kept"]), {}
        if name in kept:
            lr = dict(lr=kept[name])
        elif how == "best" and "lr" in runs.hyper(method):
            tried = dict(lr=self.grid) | runs.mine(method, {})
            bare = runs.bare(method)[0]
            batch = descend(
                bare, objective, start, values["steps"], keep="last", tol=TOL, **tried
            )
            lr = dict(lr=float(self.grid[best_of(batch)]))
            objective = self.ground.at(values)
        elif how == "given" and name in self.given:
            lr = dict(lr=self.given[name])
        return runs.walk(method, objective, start, values["steps"], lr)

    def react(self, kind, plot, payload, values):
        """Let the start move with the step sizes that it has; choose anew at rest.

        Choosing is most of the work, and a reader's hand waits for the picture.
        """
        if kind == "rest":
            return dict(kept=()) if values["kept"] else None
        moved = self.start.react(kind, plot, payload, values)
        return moved and moved | dict(kept=self._sizes(values))

    def follow(self, before, values):
        """Choose anew at once where more has changed than the start."""
        aside = {*ASIDE, *self.start.names, "kept"}
        changed = any(before[n] != v for n, v in values.items() if n not in aside)
        return self.start.follow(before, values) | (dict(kept=()) if changed else {})

    def _sizes(self, values):
        """(name, step size) of each run that has the best one."""
        if values["step sizes"] != "best":
            return ()
        settings = {n: path.hyper for n, path in self.recall(values)[1].items()}
        return tuple((n, hyper["lr"]) for n, hyper in settings.items() if "lr" in hyper)

    def below(self, values, objective, paths):
        """The contours, or where one method ends from every start of the window."""
        pieces = super().below(values, objective, paths)
        return pieces + self._basins(values, objective, paths)[0]

    def readout(self, values, paths, looks):
        """The scoreboard, and what the colours of the ground mean."""
        rows = []
        for rank, name in enumerate(ranked(paths), 1):
            path = paths[name]
            lr = path.hyper.get("lr")
            cells = ["–" if lr is None else f"{lr:.3g}", f"{path.gap[-1]:.3g}"]
            cells.append(verdict(path.gap) or "–")
            sign = f"{rank}. {entry(name, looks[name])}"
            rows.append([sign, *cells, runs.fate(path)])
        columns = [("method", 23), ("learning rate", 13), ("gap", 9)]
        columns += [(f"settles under {TOL:.0e}", 21), ("stands at", 20)]
        objective, whole = self.recall(values)
        legend = self._basins(values, objective, whole)[1]
        return legend + table(columns, rows, "Scoreboard")

    def says(self, values, objective, paths):
        """The scoreboard in one sentence."""
        texts, step = [], values["step"]
        for name in ranked(paths):
            path, lr = paths[name], paths[name].hyper.get("lr")
            size = "" if lr is None else f" (lr = {lr:.3g})"
            texts.append(f"{name}{size} {came_to(path)}")
        start = ", ".join(f"{x:.3g}" for x in self.start.point(values))
        how = "kept" if values["kept"] else values["step sizes"]
        spent = f"{step} gradient evaluation{'s' * (step != 1)}"
        return (
            f"{objective.name} from ({start}), {spent} each, "
            f"{how} step sizes; under {TOL:.0e}: "
            f"{'; '.join(texts)}."
        )

    def marks(self, values, objective):
        """None: every method has a step size of its own."""
        return {}

    def _basins(self, values, objective, paths):
        """Where the chosen method ends from everywhere: pieces, and the legend."""
        if values.get("ground", CONTOURS) == CONTOURS:
            return [], ""
        path = paths[values["ground"].removeprefix(ENDS)]
        asked = path.method, path.steps, str(path.hyper), objective
        found = self._ends
        if found[0] != asked:
            window, units = self.ground.first.window, self.ground.units
            index = basins.basins(
                path.method, objective, window, path.steps, path.hyper, units
            )
            shown = basins.pieces(index, objective, window)
            found = asked, (shown, basins.legend(index, path.name, objective))
            self._ends = found
        return found[1]


def ranked(paths):
    """The names, the first to settle first, then by the gap at the end."""

    def place(name):
        gap = paths[name].gap
        return settled(gap), np.nan_to_num(gap[-1], nan=np.inf)

    return sorted(paths, key=place)


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
    """The number of the run of a batch over lr that settles first, or ends lowest."""
    times = np.nan_to_num(batch.settling_time(TOL), nan=np.inf)
    last = np.nan_to_num(batch.gap[-1], nan=np.inf)
    return np.lexsort((last, times))[0]
