"""plot_*(ax, …) draw on the axes they are given and return what they drew."""

import numpy as np
from matplotlib.colors import BoundaryNorm

from .style import SURFACE, label, look

DRAWABLE = 1e250  # beyond it Matplotlib's own margins overflow
TOLD = 4  # coordinates that a sentence tells of a point


def grid(window, points=201):
    """A regular grid over a window, coordinates first: (2, points, points)."""
    (left, right), (low, high) = window
    xs, ys = np.linspace(left, right, points), np.linspace(low, high, points)
    return np.array(np.meshgrid(xs, ys))


def levels(values, bands=18):
    """Contour levels that give low ground as much room as high ground."""
    share = np.linspace(0, 1, bands + 1) ** 1.5
    finite = values[np.isfinite(values)]
    if not finite.size:
        raise ValueError(
            "window holds no point where the function is finite; allowed: any other."
        )
    found = np.unique(np.quantile(finite, share))
    return found if len(found) > 1 else np.array([found[0] - 0.5, found[0] + 0.5])


def plot_curve(ax, objective, window=None, **line):
    """The graph of a one-dimensional objective. Returns the line."""
    _check_dim(objective, 1)
    low, high = (window or objective.window)[0]
    x = np.linspace(low, high, 401)
    style = dict(color="#5a5a5a", linewidth=1.5, zorder=1) | line
    (drawn,) = ax.plot(x, objective(x[None]), **style)
    ax.set(xlabel="x", ylabel="f(x)", title=objective.name)
    return drawn


def plot_contours(ax, objective, window=None, *, cmap=SURFACE, equal=True, points=201):
    """Filled contours, the known minima as stars. Returns the contour set."""
    _check_dim(objective, 2)
    window = window or objective.window
    theta = grid(window, points)
    values = objective(theta)
    at = levels(values)
    norm = BoundaryNorm(at, 256)
    filled = ax.contourf(*theta, values, levels=at, cmap=cmap, norm=norm)
    ax.contour(*theta, values, levels=at, colors="white", linewidths=0.5, alpha=0.7)
    for x, y in objective.minima:
        ax.plot(x, y, "*", color="white", mec="black", ms=13, mew=0.8, zorder=4)
    ax.set(xlim=window[0], ylim=window[1], title=objective.name)
    across, up = ("m", "b") if getattr(objective, "is_line", False) else ("x", "y")
    ax.set(xlabel=across, ylabel=up)
    if equal:
        ax.set_aspect("equal")
    ax.grid(False)
    return filled


def plot_surface(ax, objective, window=None, *, cmap="viridis", points=61):
    """The surface over the plane, on axes with projection="3d". Returns it."""
    _check_dim(objective, 2)
    theta = grid(window or objective.window, points)
    drawn = ax.plot_surface(*theta, objective(theta), cmap=cmap, linewidth=0)
    ax.set(xlabel="x", ylabel="y", title=objective.name)
    ax.set_zlabel("f(x, y)")
    return drawn


def plot_path(ax, path, *, index=0, name=None, markers=None, **line):
    """A run's points joined by a line, up to where it overflows. Returns the line.

    On a one-dimensional objective the points stand on its curve. `markers` is how
    many steps lie between two markers, by default so that about 25 are drawn.
    """
    if path.objective.dim > 2:
        raise ValueError(f"path has dim = {path.objective.dim}; allowed: 1 or 2.")
    rows = _drawable(path, path.theta)
    theta, loss = path.theta[rows], path.loss[rows]
    x, y = theta.T if path.objective.dim == 2 else (theta[:, 0], loss)
    every = markers or max(1, len(theta) // 25)
    style = look(path.name, index)._asdict() | dict(
        linewidth=1.8, markersize=5, markevery=every, zorder=3
    )
    ax.plot(x, y, color="white", linewidth=4, zorder=2.9)  # an edge on dark ground
    (drawn,) = ax.plot(x, y, label=name or label(path.name), **(style | line))
    return drawn


def plot_gap(ax, path, *, index=0, name=None, x=None, **line):
    """Gap to the minimum against the step (or `x`), log scale. Returns the line."""
    gap = path.gap[_drawable(path, path.gap[:, None])]
    gap = np.where(gap > 0, gap, np.nan)
    across = np.arange(len(gap)) if x is None else np.asarray(x)[: len(gap)]
    style = look(path.name, index)._asdict() | dict(markevery=max(1, len(gap) // 12))
    (drawn,) = ax.plot(across, gap, label=name or label(path.name), **(style | line))
    ax.set(yscale="log", ylabel="gap to the minimum")
    ax.set_xlabel("step" if x is None else ax.get_xlabel())
    return drawn


def plot_term(ax, path, term, coordinate=0, *, index=0, name=None, **line):
    """One recorded term of one coordinate against the step. Returns the line.

    Raises ValueError for a term that the method does not return.
    """
    if term not in path.terms:
        raise ValueError(f"term is {term!r}; allowed: {', '.join(path.terms)}.")
    values = path.terms[term]
    values = values[_drawable(path, values), coordinate]
    style = look(path.name, index)._asdict()
    style["markevery"] = max(1, len(values) // 12)
    steps = np.arange(1, len(values) + 1)
    (drawn,) = ax.plot(steps, values, label=name or term, **(style | line))
    ax.set(xlabel="step", ylabel=term)
    return drawn


def plot_line_fit(ax, objective, theta, **line):
    """A regression's points with the line (m, b) through them. Returns the line."""
    x = objective.X[:, 0]
    if not ax.collections:
        ax.scatter(x, objective.y, s=9, color="#9a9a9a", linewidths=0)
        ax.set(xlabel="x", ylabel="y")
    ends = np.array([x.min(), x.max()])
    m, b = theta
    (drawn,) = ax.plot(ends, m * ends + b, **(dict(linewidth=2.2) | line))
    return drawn


def describe(path, tol=1e-6):
    """A run in one sentence: method, surface, settings, trend, where it ends."""
    settings = ", ".join(f"{name} = {_setting(h)}" for name, h in path.hyper.items())
    opening = f"{label(path.name)} on {path.objective.name} ({settings})"
    count = f"{path.steps} step{'s' * (path.steps != 1)}"
    if path.theta.ndim > 2:
        runs = int(np.prod(path.theta.shape[2:]))
        return f"{opening}: {runs} runs of {count}, {path.diverged.sum()} overflow."
    if path.diverged:
        when = f"at step {path.diverged_at} of" if path.whole else "within"
        return f"{opening}: the run overflows {when} {count}."
    end = point(path.theta[-1], "{:.3g}")
    known = path.objective.lowest is not None
    what, values = ("gap", path.gap) if known else ("loss", path.loss)
    first, last = f"{values[0]:.3g}", f"{values[-1]:.3g}"
    moved = f"{'falls' if values[-1] < values[0] else 'grows'} from {first} to {last}"
    moved = f"ends where it began, at {last}" if first == last else moved
    moved = moved if path.whole else f"comes to {last}"
    text = f"{opening}: in {count} the {what} {moved}, ending at {end}"
    if not (known and path.whole):
        return text + "."
    below = path.first_below(tol)
    if below is None:
        return f"{text}; not under {tol:.0e}."
    return f"{text}; at step {below} first under {tol:.0e}{stays(path.gap < tol)}."


def point(theta, form):
    """A point (dim,) in brackets, of many coordinates the first ones alone."""
    told = ", ".join(form.format(value) for value in theta[:TOLD])
    rest = f", … {len(theta):,} coordinates" if len(theta) > TOLD else ""
    return f"({told}{rest})"


def stays(under):
    """Whether a run that has been under a tolerance stays so, in words.

    under  (rows,) of truth values, some of them true
    """
    back = np.flatnonzero(~under).max(initial=-1) + 1
    if back == len(under):
        return ", left again"
    return f", stays from {back}" if back > under.argmax() else ""


def _setting(value):
    if callable(value):
        return "a schedule"
    return f"{value:g}" if np.ndim(value) == 0 else f"{np.size(value)} values"


def _drawable(path, values):
    """The rows of a single run up to where its values are too large to draw."""
    if path.theta.ndim != 2:
        raise ValueError(
            f"path holds runs of shape {path.theta.shape[2:]}; allowed: one run."
        )
    fine = (np.abs(values[: path.diverged_at]) < DRAWABLE).all(1)
    return slice(len(fine) if fine.all() else int(fine.argmin()))


def _check_dim(objective, dim):
    if objective.dim != dim:
        raise ValueError(f"{objective.name} has dim = {objective.dim}; allowed: {dim}.")
