"""The README's picture: five methods on one valley, from one start, step for step."""

import matplotlib as mpl
import numpy as np
from _save import save
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from gdlib import METHODS, ROSENBROCK, descend, label, look, plot_contours, use_style

START, STEPS = (-0.6, 1.9), 150
WINDOW = ((-2, 2), (-0.7, 2.3))
RUNS = {  # method: a step size that suits it, and where its name stands
    "gradient_descent": (0.0021, (-1.93, 0.68)),
    "adagrad": (0.4, (-1.72, 1.6)),
    "momentum": (0.0003, (-0.47, 1.14)),
    "adam": (0.9, (-0.16, -0.48)),
    "nesterov": (0.0012, (0.42, 0.02)),
}
EDGE = [withStroke(linewidth=3, foreground="white")]


def draw():
    """Paths in the valley on the left, the gap to the minimum on the right."""
    use_style()
    mpl.rcParams["savefig.dpi"] = 160
    figure = Figure((10, 4.4))
    valley, gaps = figure.subplots(1, 2, width_ratios=(1.3, 1))
    plot_contours(valley, ROSENBROCK, WINDOW, equal=False, points=401)
    for name, (lr, at) in RUNS.items():
        path = descend(METHODS[name], ROSENBROCK, START, STEPS, lr=lr)
        walk(valley, path)
        say(valley, label(name).replace(" ", "\n"), at, look(name).color)
        fall(gaps, path, lr)
    valley.plot(*START, "o", color="white", mec="black", ms=8, mew=1.5, zorder=6)
    say(valley, "start", (START[0] + 0.1, START[1] + 0.08), "black")
    say(valley, "minimum", (1.1, 1.05), "black")
    valley.set(
        title="Five methods, one valley, one start",
        xticks=range(-2, 3),
        yticks=range(3),
    )
    gaps.set(yscale="log", ylabel="gap to the minimum", title=f"{STEPS} steps each")
    gaps.set(xlim=(0, STEPS), xlabel="step")
    return figure


def walk(ax, path):
    """One path, its marks at least a little apart."""
    color, _, marker = look(path.method)
    ax.plot(*path.theta.T, color=color, linewidth=1.7, path_effects=EDGE, zorder=3)
    ax.plot(*apart(path.theta).T, marker, color=color, ms=5.5, mew=0, zorder=3)


def apart(points, distance=0.09):
    """Those of the points that are that far from the one kept before."""
    kept = [points[0]]
    for point in points:
        if np.hypot(*(point - kept[-1])) >= distance:
            kept.append(point)
    return np.array(kept)


def fall(ax, path, lr):
    """One gap, with the method's name and step size at its end."""
    color, linestyle, _ = look(path.method)
    ax.plot(path.gap, color=color, linestyle=linestyle, linewidth=1.8)
    text = f" {label(path.method)}, η = {lr:g}"
    end = (STEPS, path.gap[-1])
    ax.annotate(text, end, color=color, va="center", annotation_clip=False)


def say(ax, text, at, color):
    """A word on the ground, edged in white."""
    ax.annotate(text, at, color=color, weight="bold", zorder=7, path_effects=EDGE)


if __name__ == "__main__":
    save(draw(), __file__)
