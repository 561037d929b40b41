"""Runs as dashboards show them: the methods, their sliders, paths, gaps, readouts."""

import inspect
from dataclasses import replace
from functools import partial

import numpy as np

from ..descent import descend
from ..plots import stays
from ..refusals import name_of
from ..style import label, look
from .drawing import Piece, line
from .ranges import ranged
from .signs import entry, table
from .stills import EDGES, Plot

MARKS = 25  # markers along the gaps
APART = 2.5  # widths of a marker between two on the ground: room for the line
FAR = 3  # widths of the window from which a run is no longer drawn on the ground
HIGH = 1e6  # times its first gap: a run that has climbed so far diverges


def named(methods):
    """Give the methods as a dict of name -> function.

    methods  one function, a list of them, or a dict of name -> function
    Raises TypeError for anything else.
    """
    if callable(methods):
        methods = [methods]
    if not isinstance(methods, dict):
        found, methods = list(methods), {}
        for method in found:
            name, alike = _label(method), 1
            while name in methods:  # two lambdas, or an adam of the reader's own
                alike += 1
                name = f"{_label(method)} ({alike})"
            methods[name] = method
    for method in methods.values():
        if not callable(method):
            raise TypeError(
                f"methods holds {method!r}; allowed: functions (theta, grad, t, "
                "*state, **hyper) as gdlib.adam is."
            )
    return methods


def _label(method):
    if isinstance(method, partial):
        held = ", ".join(f"{n} = {v}" for n, v in method.keywords.items())
        return f"{_label(method.func)}, {held}"
    return label(name_of(method)) if callable(method) else str(method)


def bare(method):
    """The function itself, and what `functools.partial` holds of it."""
    if isinstance(method, partial):
        return method.func, method.keywords
    return method, {}


def hyper(method):
    """The hyper-parameters that a method leaves open, with their defaults."""
    method, held = bare(method)
    parameters = inspect.signature(method).parameters.values()
    free = [p for p in parameters if p.kind is p.KEYWORD_ONLY and p.name not in held]
    return {p.name: p.default for p in free}


def split(methods, given):
    """Give the Ranges of the methods' hyper-parameters, and what is held fixed.

    given  name -> (low, high, default) for a slider, anything else fixes it; the
           names of hyper-parameters are taken out
    """
    defaults = {}
    for method in methods.values():
        defaults = hyper(method) | defaults
    ranges, fixed = [], {}
    for name, default in defaults.items():
        value = given.pop(name, None)
        if isinstance(value, tuple):
            ranges.append(ranged(name, value))
        elif value is not None:
            fixed[name] = value
        elif isinstance(default, int | float):
            ranges.append(ranged(name, default))
    return ranges, fixed


def refuse(given, known):
    """Raise TypeError for names that no method and no surface knows."""
    for name in given:
        raise TypeError(
            f"{name} is no hyper-parameter of these methods and no parameter of the "
            f"surface; allowed: {', '.join(known)}."
        )


def walk(method, objective, start, steps, values):
    """Descend with those of the values that are the method's hyper-parameters."""
    return descend(bare(method)[0], objective, start, steps, **mine(method, values))


def mine(method, values):
    """The method's hyper-parameters: what it holds itself, the rest of the values."""
    held = bare(method)[1]
    return held | {name: values[name] for name in hyper(method) if name in values}


def until(path, step):
    """A run as it stood after a step."""
    if step >= path.steps:
        return path
    spent = path.evaluations * step // path.steps
    rows = dict(theta=path.theta[: step + 1], loss=path.loss[: step + 1])
    rows |= dict(probes=path.probes[:spent], evaluations=spent)
    return replace(path, steps=step, t=path.t - path.steps + step, terms={}, **rows)


def gap(path, floor=None):
    """Loss above the best known minimum, or above `floor` where none is known."""
    lowest = path.objective.lowest
    return path.loss - (floor if lowest is None else lowest)


def floor(paths):
    """The lowest loss that any of the paths saw, in place of an unknown minimum."""
    return min(
        float(np.min(p.loss[np.isfinite(p.loss)], initial=np.inf)) for p in paths
    )


def looks(methods):
    """The Look of each method, by name; no two of them alike."""
    found = {}
    for index, (name, method) in enumerate(methods.items()):
        own = look(name_of(bare(method)[0]), index)
        found[name] = look("", index) if own in found.values() else own
    return found


def trail(points, style, *, panel=0, width=1.8, **marks):
    """A run's points joined by a line, its last one marked larger."""
    colour, dash, marker = style
    common = dict(panel=panel, colour=colour, marker=marker)
    return [
        line(points, **common, dash=dash, width=width, **marks),
        Piece(points[-1:], **common, width=0, size=8),
    ]


def gap_trail(gaps, style, steps=None):
    """A run's gaps, step by step, with some of them marked.

    steps  of the whole run, so that the marks stay where they are while it grows
    """
    points = np.column_stack([np.arange(len(gaps)), gaps])
    every = max(1, (steps or len(gaps)) // MARKS)
    return trail(points, style, panel=1, size=4.5, every=every)


def both(path, style, ground, steps, least=None):
    """A run on the ground, its steps marked where there is room, and its gap."""
    theta, loss = path.theta, path.loss
    window = np.array(ground.first.window)
    away = np.abs(theta - window.mean(1)) / np.ptp(window, axis=1)
    gone = ~(away.max(1) < FAR)
    seen = np.argmax(gone) + 1 if gone.any() else len(theta)
    on_ground = ground.on(theta[:seen], loss[:seen])
    on_ground = trail(on_ground, style, size=3.5, apart=APART)
    return on_ground + gap_trail(gap(path, least), style, steps)


def count(steps):
    """The range of the steps' slider: as given, or around the number given."""
    return steps if isinstance(steps, tuple) else (1, max(2 * steps, 20), steps)


def gap_plot(ground, tol, styles, across="step"):
    """The plot of the gaps, on a log scale."""
    if not tol > 0:
        raise ValueError(f"tol is {tol!r}; allowed: a number above 0.")
    top = max(3 * ground.highest(), 100 * tol)

    def draw(ax, values):
        ax.set(yscale="log", xlim=(0, values["steps"]), ylim=(tol / 100, top))
        known = ground.first.lowest is not None
        ax.set(xlabel=across, ylabel="gap" if known else "loss above the lowest seen")
        ax.axhline(tol, color="#666666", lw=1, ls=":")
        ax.locator_params(axis="x", nbins=6, integer=True)
        beside = dict(rotation=90, va="center", transform=ax.get_yaxis_transform())
        ax.text(1.005, tol, f"{tol:.0e}", color="#666666", fontsize="small", **beside)

    label = f"Gap to the minimum against the {across}"
    names = styles if len(styles) > 1 else {}
    return Plot(draw, on=("steps",), label=label, edges=EDGES, names=names)


def readout(paths, styles, tol):
    """What the paths have come to, each in a row."""
    least, rows = floor(paths.values()), []
    for name, path in paths.items():
        gaps = gap(path, least)
        cells = [f"{path.loss[-1]:.4g}", f"{gaps[-1]:.3g}", under(gaps, tol, "step ")]
        rows.append([entry(name, styles[name]), *cells, fate(path)])
    columns = [("method", 8 + max(map(len, paths))), ("value", 10), ("gap", 9)]
    columns += [(f"first under {tol:.0e}", 23), ("ends", 21)]
    return table(columns, rows, "What the runs have come to")


def under(gaps, tol, unit=""):
    """When gaps are under the tolerance: the first step, and whether they stay."""
    hits = gaps < tol
    return f"{unit}{hits.argmax()}{stays(hits)}" if hits.any() else "–"


def fate(path):
    """Where a run stands: its point, or that it climbs without end."""
    if path.diverged:
        return f"overflow at step {path.diverged_at}"
    first, last = gap(path, 0.0)[[0, -1]]
    if last > HIGH * max(abs(first), 1):
        return "diverges"
    return "(" + ", ".join(f"{x:.4g}" for x in path.theta[-1]) + ")"
