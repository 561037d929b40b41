"""Runs as dashboards show them: the methods, their sliders, paths, gaps, readouts."""

import inspect
from html import escape

import numpy as np

from ..descent import descend
from ..plots import stays
from ..style import label, look
from .controls import slider
from .drawing import DPI, Piece, dashes, line, stamp
from .stills import EDGES, NARROW, Plot

MARKS = 25  # markers along the gaps
APART = 2.5  # widths of a marker between two on the ground: room for the line


def named(methods):
    """Give the methods as a dict of name -> function.

    methods  one function, a list of them, or a dict of name -> function
    Raises TypeError for anything else.
    """
    if callable(methods):
        methods = [methods]
    if not isinstance(methods, dict):
        methods = {_label(method): method for method in methods}
    for method in methods.values():
        if not callable(method):
            raise TypeError(
                f"methods holds {method!r}; allowed: functions (theta, grad, t, "
                "*state, **hyper) as gdlib.adam is."
            )
    return methods


def _label(method):
    return label(method) if hasattr(method, "__name__") else str(method)


def hyper(method):
    """The hyper-parameters of a method with their defaults."""
    parameters = inspect.signature(method).parameters.values()
    return {p.name: p.default for p in parameters if p.kind is p.KEYWORD_ONLY}


def split(methods, given):
    """Give the sliders of the methods' hyper-parameters, and what is held fixed.

    given  name -> (low, high, default) for a slider, anything else fixes it; the
           names of hyper-parameters are taken out
    """
    defaults = {}
    for method in methods.values():
        defaults = hyper(method) | defaults
    sliders, fixed = [], {}
    for name, default in defaults.items():
        value = given.pop(name, None)
        if isinstance(value, tuple):
            sliders.append(slider(name, value))
        elif value is not None:
            fixed[name] = value
        elif isinstance(default, int | float):
            sliders.append(slider(name, default))
    return sliders, fixed


def refuse(given, known):
    """Raise TypeError for names that no method and no surface knows."""
    for name in given:
        raise TypeError(
            f"{name} is no hyper-parameter of these methods and no parameter of the "
            f"surface; allowed: {', '.join(known)}."
        )


def walk(method, objective, start, steps, values):
    """Descend with those of the values that are the method's hyper-parameters."""
    return descend(method, objective, start, steps, **mine(method, values))


def mine(method, values):
    """Those of the values that are the method's hyper-parameters."""
    return {name: values[name] for name in hyper(method) if name in values}


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
    """The Look of each method, by name, distinct for the reader's own functions."""
    return {name: look(f, index) for index, (name, f) in enumerate(methods.items())}


def trail(points, style, *, panel=0, **marks):
    """A run's points joined by a line, its last one marked larger."""
    colour, dash, marker = style
    common = dict(panel=panel, colour=colour, marker=marker)
    return [
        line(points, **common, dash=dash, width=1.8, **marks),
        Piece(points[-1:], **common, width=0, size=8),
    ]


def gap_trail(gaps, style):
    """A run's gaps, step by step, with some of them marked."""
    points = np.column_stack([np.arange(len(gaps)), gaps])
    return trail(points, style, panel=1, size=4.5, every=max(1, len(gaps) // MARKS))


def both(path, style, ground, shown, least=None):
    """A run on the ground, its steps marked where there is room, and its gap."""
    end = path.steps if shown is None else min(shown, path.steps)
    theta, loss = path.theta[: end + 1], path.loss[: end + 1]
    on_ground = trail(ground.on(theta, loss), style, size=3.5, apart=APART)
    return on_ground + gap_trail(gap(path, least)[: end + 1], style)


def count(steps):
    """The range of the steps' slider: as given, or around the number given."""
    return steps if isinstance(steps, tuple) else (1, max(2 * steps, 20), steps)


def gap_plot(ground, tol, styles, across="step"):
    """The plot of the gaps, on a log scale, with a legend for several methods."""
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
        if len(styles) > 1 and ax.figure.get_figwidth() * DPI > NARROW:
            legend(ax, styles)

    label = f"Gap to the minimum against the {across}"
    return Plot(draw, on=("steps",), label=label, edges=room(styles))


def swatch(style):
    """A short sample of a method's line with its marker, as SVG."""
    colour, dash, marker = style
    _, path, filled = stamp(f"{marker} 8")
    pattern = "" if dash == "-" else " ".join(map(str, dashes(dash, 2)))
    fill = colour if filled else "none"
    return (
        '<svg width="38" height="14" aria-hidden="true">'
        f'<path d="M1 7H37" stroke="{colour}" stroke-width="2" '
        f'stroke-dasharray="{pattern}"/><path d="{path}" transform="translate(19 7)" '
        f'stroke="{colour}" fill="{fill}"/></svg>'
    )


def table(head, rows):
    """The slots of a table: "readout" is its frame, "cell …" are the cells.

    The first cell of a row is HTML, the others text. Only cells that change are sent.
    """
    top = "".join(f'<th scope="col">{escape(text)}</th>' for text in head)
    slots, body = {}, ""
    for row, (name, *cells) in enumerate(rows):
        body += f'<tr><th scope="row" data-slot="cell {row}"></th>'
        slots[f"cell {row}"] = name
        for column, text in enumerate(cells):
            body += f'<td data-slot="cell {row} {column}"></td>'
            slots[f"cell {row} {column}"] = escape(text)
        body += "</tr>"
    frame = f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
    return {"readout": frame} | slots


READOUT = ("", "value", "gap", "first under {:.0e}", "gradients", "ends")


def readout(paths, styles, tol, shown=None):
    """What the paths have come to by the step `shown` (the last one without)."""
    least, rows = floor(paths.values()), []
    for name, path in paths.items():
        step = path.steps if shown is None else min(shown, path.steps)
        gaps = gap(path, least)[: step + 1]
        cells = [f"{path.loss[step]:.4g}", f"{gaps[-1]:.3g}", under(gaps, tol, "step ")]
        cells.append(f"{path.evaluations * step // path.steps}")
        rows.append(
            [f"{swatch(styles[name])} {escape(name)}", *cells, fate(path, step)]
        )
    return table([text.format(tol) for text in READOUT], rows)


def under(gaps, tol, unit=""):
    """When gaps are under the tolerance: the first step, and whether they stay."""
    hits = gaps < tol
    return f"{unit}{hits.argmax()}{stays(hits)}" if hits.any() else "–"


def fate(path, step):
    """Where a run stands at a step: its point, or where it left the numbers."""
    if path.diverged_at is not None and path.diverged_at <= step:
        return f"diverged at step {path.diverged_at}"
    return "(" + ", ".join(f"{x:.4g}" for x in path.theta[step]) + ")"


def room(styles):
    """The edges of a plot that has a legend: above for a few names, else right."""
    if len(styles) < 2:
        return EDGES
    left, right, above, below = EDGES
    few = len(styles) < 4
    return (left, right, 34, below) if few else (left, 150, above, below)


def legend(ax, styles):
    """Name the methods' lines on a plot where the lines themselves come later."""
    for name, style in styles.items():
        ax.plot([], [], label=name, **style._asdict())
    few = dict(loc="lower left", bbox_to_anchor=(-0.03, 1.0), ncols=3, columnspacing=1)
    many = dict(loc="upper left", bbox_to_anchor=(1.0, 1.03), handlelength=1.7)
    ax.legend(fontsize="small", **(few if len(styles) < 4 else many))
