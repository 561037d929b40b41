"""The gallery's pictures of the notebooks after the chapter's."""

import numpy as np
from _pens import VIOLET, bare, curve, word
from sklearn.datasets import load_digits

import gdlib as gd
from gdlib.checks.hunt import CASES
from gdlib.training import curves, parted


def network_learns(figure):
    """The loss of a network on digits, five seeds each, by three methods."""
    ax = figure.subplots()
    X, y = load_digits(return_X_y=True)
    known, new = parted(X / 16, y, known=1200)
    net = gd.network(*known)
    for method, lr, at in LEARNERS:
        loss = curves(method, net, new, range(5), lr=lr)[:, :, 0]
        ax.semilogy(loss.T, color=gd.look(method).color, lw=1.1)
        word(ax, gd.label(method), at, gd.look(method).color)
    bare(ax)


LEARNERS = (  # method, its own best lr, name at
    (gd.gradient_descent, 0.316, (3.6, 0.42)),
    (gd.adam, 0.0316, (0.2, 0.05)),
    (gd.nesterov, 0.316, (3.2, 0.012)),
)


def three_nadams(figure):
    """Nadam in PyTorch, optax and Keras at equal settings: three paths."""
    ax = figure.subplots()
    for library, color, style, at in NADAMS:
        x = gd.recorded("nadam")[library].paths["ravine"][14:50, 0]
        ax.plot(range(14, 50), x, color=color, linestyle=style, lw=1.7)
        word(ax, library, at, color)
    bare(ax)
    ax.set_ylim(-2.4, -0.1)


NADAMS = (  # library, colour, style, name at
    ("PyTorch", "#a3231f", "-", (27, -1.15)),
    ("optax", "#005a8c", "--", (15, -0.5)),
    ("Keras", "#00593f", "-.", (40, -0.33)),
)


def wrong_steps(figure):
    """Adam's step lengths on a constant slope, and those of three wrong programs."""
    ax = figure.subplots()
    slope = gd.Objective(lambda x: x.sum(0), np.ones_like, dim=1, start=(0.0,))
    for n, color, style, at in WRONG:
        run = gd.descend(CASES[n].method, slope, steps=40, lr=1.0)
        ax.plot(-np.diff(run.theta[:, 0]), color=color, linestyle=style, lw=1.6)
        word(ax, CASES[n].title, at, color)
    run = gd.descend(gd.adam, slope, steps=40, lr=1.0)
    curve(ax, run, range(40), run.terms["step"][:, 0])
    word(ax, "Adam", (29, 1.2), VIOLET)
    bare(ax)
    ax.set_ylim(-0.5, 5.2)


WRONG = (  # case, colour, line, name at
    (13, "#c71585", "-", (16, 4.55)),
    (7, "#557a1f", "--", (20, 2.1)),
    (10, "#3f6fb5", "-.", (14, -0.1)),
)
