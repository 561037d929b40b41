"""Charts that several notebooks share: lines, bars, arrows, and tables of text."""

from itertools import cycle

import numpy as np
from matplotlib.patheffects import withStroke

from .plots import plot_gap
from .style import LOOKS, label, look

STYLES = ("-", "--", "-.", ":", (0, (5, 1)))
COLOURS = ("#3f6fb5", "#c71585", "#557a1f", "#a0522d", "#333333")  # no method's


def plot_lines(ax, series, x=None, *, direct=False, **axes):
    """One line for each name, the x and y axes as `axes` says. Returns the lines.

    series  name -> (points,) or (points, lines); the name of a method (a key of
            METHODS) brings its look and its printed name
    x       (points,), default 0, 1, 2, …
    direct  write each name at the end of its line instead of into a legend
    axes    what `ax.set` takes: xlabel, ylabel, title, xscale="log", ylim, …
    """
    plain = cycle(
        dict(color=color, linestyle=style)
        for color, style in zip(COLOURS, STYLES, strict=True)
    )
    drawn = {}
    for name, y in series.items():
        y = np.asarray(y, float)
        across = np.arange(len(y)) if x is None else np.asarray(x)
        style = look(name)._asdict() if name in LOOKS else next(plain)
        style |= dict(linewidth=1.8, markevery=max(1, len(y) // 12))
        text = label(name) if name in LOOKS else name
        drawn[name] = ax.plot(across, y, label=text, **style)
        if direct:
            end = np.flatnonzero(np.isfinite(y.reshape(len(y), -1)[:, 0]))[-1]
            at = across[end], y.reshape(len(y), -1)[end, 0]
            ax.annotate(
                f" {text}", at, color=style["color"], va="center", annotation_clip=False
            )
    ax.set(**axes)
    if not direct:
        ax.legend()
    return drawn


def plot_gaps(ax, paths, *, legend=True, **axes):
    """The gaps of several runs, log scale from step 0. Returns the lines.

    paths   name -> a single run, or a list of them, named by their methods
    legend  whether to name the lines: not where the plot beside has done it
    axes    what `ax.set` takes
    """
    if not isinstance(paths, dict):
        paths = {label(path.method): path for path in paths}
    drawn = {
        name: plot_gap(ax, path, index=index, name=name)
        for index, (name, path) in enumerate(paths.items())
    }
    ax.set(**axes)
    if legend:
        ax.legend()
    return drawn


def plot_bars(ax, values, *, title="", fmt="%.2f"):
    """One bar for each name, its value written on it. Returns the bars.

    values  name -> number
    """
    colours = [COLOURS[index % len(COLOURS)] for index in range(len(values))]
    bars = ax.bar(list(values), list(values.values()), color=colours)
    ax.bar_label(bars, fmt=fmt)
    ax.set(title=title, yticks=[], ylim=(0, 1.25 * max(values.values())))
    ax.grid(False)
    return bars


def plot_arrows(ax, start, moves):
    """Moves as arrows from one point of the plane, each with its name at the tip.

    start  (2,), where all begin, or name -> (2,) for each its own
    moves  name -> (2,), how far and in which direction; a name such as "Nesterov: −ηg"
           brings that method's colour
    Returns the arrows.
    """
    drawn = {}
    for (name, move), plain in zip(moves.items(), cycle(COLOURS), strict=False):
        method = name.partition(":")[0].lower().replace(" ", "_")
        color = look(method).color if method in LOOKS else plain
        tail = np.asarray(start[name] if isinstance(start, dict) else start, float)
        tip = tail + np.asarray(move, float)
        arrow = dict(color=color, width=2.2, headwidth=9, shrink=0)
        drawn[name] = ax.annotate("", tip, tail, arrowprops=arrow)
        side = (
            "right" if tip[0] < tail[0] else "left"
        )  # beyond the tip, not on the shaft
        edge = [withStroke(linewidth=3, foreground="white")]  # readable on any ground
        word = dict(color=color, ha=side, va="center", weight="bold", path_effects=edge)
        ax.annotate(f" {name} ", tip, **word)
    return drawn


def table(columns, rows):
    """Rows of values as text, every column under its name.

    columns  name -> format as in an f-string, e.g. {"step": "d", "gap": ".2e"};
             put the unit into the name
    rows     one sequence of values for each row; None and nan read as –
    Returns the text; words stand left, numbers right.
    """
    rows = [list(row) for row in rows]
    for row in rows:
        if len(row) != len(columns):
            raise ValueError(
                f"rows holds one of {len(row)} values; allowed: {len(columns)}, one "
                "for each column."
            )
    words = [any(isinstance(row[i], str) for row in rows) for i in range(len(columns))]
    cells = [list(columns)]
    for row in rows:
        cells.append([_cell(v, f) for v, f in zip(row, columns.values(), strict=True)])
    widths = [max(len(row[i]) for row in cells) for i in range(len(columns))]
    lines = []
    for row in cells:
        parts = zip(row, widths, words, strict=True)
        text = [c.ljust(w) if left else c.rjust(w) for c, w, left in parts]
        lines.append("  ".join(text).rstrip())
    return "\n".join(lines)


def _cell(value, form):
    if value is None or (np.isscalar(value) and value != value):
        return "–"
    if isinstance(value, str):
        return value
    return format(int(value) if form.endswith(("d", ",")) else value, form)
