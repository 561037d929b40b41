"""One colour, line style and marker per method, the same in every figure."""

from typing import NamedTuple

import matplotlib as mpl


class Look(NamedTuple):
    """How a method is drawn: colour is never its only mark."""

    color: object
    linestyle: object
    marker: str


# Every colour has a contrast of at least 3:1 on white; the first five are Okabe and
# Ito's (2008, Color universal design).
LOOKS = {
    "gradient_descent": Look("#000000", "-", "o"),
    "momentum": Look("#0072b2", "--", "s"),
    "nesterov": Look("#d55e00", "-.", "^"),
    "adagrad": Look("#009e73", ":", "D"),
    "adadelta": Look("#cc79a7", (0, (5, 1)), "v"),
    "rmsprop": Look("#8a6100", (0, (3, 1, 1, 1)), "P"),
    "adam": Look("#5e3c99", "-", "X"),
    "adamax": Look("#5a5a5a", (0, (6, 2)), "<"),
    "amsgrad": Look("#b0123e", (0, (4, 1, 1, 1, 1, 1)), ">"),
    "nadam": Look("#00748c", (0, (1, 1)), "*"),
}
OTHERS = (  # colours that no method bears
    Look("#c71585", "-", "h"),
    Look("#557a1f", (0, (5, 2)), "d"),
    Look("#3f6fb5", (0, (2, 1)), "p"),
)
LABELS = {
    "gradient_descent": "gradient descent",
    "momentum": "momentum",
    "nesterov": "Nesterov",
    "adagrad": "Adagrad",
    "adadelta": "Adadelta",
    "rmsprop": "RMSProp",
    "adam": "Adam",
    "adamax": "Adamax",
    "amsgrad": "AMSGrad",
    "nadam": "Nadam",
    "adamw": "AdamW",
    "lion": "Lion",
}
SURFACE = mpl.colors.LinearSegmentedColormap.from_list(
    "ground", [mpl.colormaps["Blues"](x) for x in (0.02, 0.3, 0.55)]
)  # pale, low ground palest: a path's end stays readable

FIGURE = {
    "figure.figsize": (6.4, 4.0),
    "figure.dpi": 100,
    "figure.constrained_layout.use": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#e4e4e4",
    "grid.linewidth": 0.8,
    "axes.axisbelow": True,
    "axes.titlesize": 12,
    "axes.labelsize": 11,
    "legend.frameon": False,
    "lines.linewidth": 2.0,
    "lines.markersize": 5.0,
    "savefig.dpi": 100,
}


def use_style():
    """Make every figure from here on wear the course's style."""
    mpl.rcParams.update(FIGURE)


def dress(ax):
    """Give one plot the course's style, whatever Matplotlib's settings are.

    They are one for all threads: a dashboard draws beside a cell that may change them.
    """
    ax.spines[["top", "right"]].set_visible(FIGURE["axes.spines.top"])
    ax.set_axisbelow(FIGURE["axes.axisbelow"])
    ax.grid(color=FIGURE["grid.color"], linewidth=FIGURE["grid.linewidth"])
    for axis in (ax.xaxis, ax.yaxis):
        axis.label.set_size(FIGURE["axes.labelsize"])


def look(method, index=0):
    """The Look of a method, by function or name; `index` tells your own ones apart."""
    return LOOKS.get(_name(method), OTHERS[index % len(OTHERS)])


def label(method):
    """The method's name as figures print it."""
    return LABELS.get(_name(method), _name(method).replace("_", " "))


def _name(method):
    return method if isinstance(method, str) else method.__name__
