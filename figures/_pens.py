"""What draws in the small pictures of the gallery."""

from matplotlib.patheffects import withStroke

import gdlib as gd

VIOLET = gd.look("adam").color


def curve(ax, path, x, y, **line):
    """A line that wears its method's colour, line style and marker."""
    every = max(1, len(y) // 9)
    style = gd.look(path.method)._asdict() | dict(markevery=every, ms=4.5, lw=1.6)
    ax.plot(x, y, **style | line)


def trace(ax, path):
    """A path on the ground, in its method's look."""
    curve(ax, path, *path.theta.T, markevery=max(1, path.steps // 25), ms=4, lw=1.3)


def word(ax, text, at, color):
    """A name beside its line, edged in white."""
    edge = [withStroke(linewidth=3, foreground="white")]
    ax.annotate(text, at, color=color, size=9, weight="bold", path_effects=edge)


def bare(*axes):
    """Take everything from the axes that a picture this small has no room for."""
    for ax in axes:
        ax.set(title="", xlabel="", ylabel="", xticks=[], yticks=[])
        ax.minorticks_off()
