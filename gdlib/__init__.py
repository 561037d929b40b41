"""Gradient descent and its variants, each a function that reads as its formula.

    from gdlib import ROSENBROCK, adam, descend
    path = descend(adam, ROSENBROCK, steps=200, lr=0.05)

The dashboards are in `gdlib.live`, which alone imports ipywidgets and anywidget.
"""

from .charts import plot_arrows, plot_bars, plot_gaps, plot_lines, table
from .descent import descend
from .exercises import check, outcomes, predict
from .methods import (
    METHODS,
    adadelta,
    adagrad,
    adam,
    adamax,
    amsgrad,
    gradient_descent,
    momentum,
    nadam,
    nesterov,
    rmsprop,
)
from .network import Network, network
from .objectives import Objective
from .optimizer import Optimizer
from .plots import (
    describe,
    plot_contours,
    plot_curve,
    plot_gap,
    plot_line_fit,
    plot_path,
    plot_surface,
    plot_term,
)
from .references import recorded
from .regression import Regression, chapter_data, line_data, mse, standardise
from .style import label, look, use_style
from .surfaces import (
    BEALE,
    BOWL,
    DOUBLE_WELL,
    HIMMELBLAU,
    PARABOLA,
    PLATEAU,
    RASTRIGIN,
    ROSENBROCK,
    SADDLE,
    ravine,
    stream,
)
from .theory import best, curvature, measured_rate, spectral_radius, stability_edge
from .trajectory import Trajectory

__all__ = [
    "BEALE",
    "BOWL",
    "DOUBLE_WELL",
    "HIMMELBLAU",
    "METHODS",
    "PARABOLA",
    "PLATEAU",
    "RASTRIGIN",
    "ROSENBROCK",
    "SADDLE",
    "Network",
    "Objective",
    "Optimizer",
    "Regression",
    "Trajectory",
    "adadelta",
    "adagrad",
    "adam",
    "adamax",
    "amsgrad",
    "best",
    "chapter_data",
    "check",
    "curvature",
    "descend",
    "describe",
    "gradient_descent",
    "label",
    "line_data",
    "look",
    "measured_rate",
    "momentum",
    "mse",
    "nadam",
    "nesterov",
    "network",
    "outcomes",
    "plot_arrows",
    "plot_bars",
    "plot_contours",
    "plot_curve",
    "plot_gap",
    "plot_gaps",
    "plot_line_fit",
    "plot_lines",
    "plot_path",
    "plot_surface",
    "plot_term",
    "predict",
    "ravine",
    "recorded",
    "rmsprop",
    "spectral_radius",
    "stability_edge",
    "standardise",
    "stream",
    "table",
    "use_style",
]
