"""The gallery's pictures of the notebooks after the chapter's."""

import numpy as np
from _pens import VIOLET, bare, curve, word
from sklearn.datasets import load_digits

import gdlib as gd
from gdlib.checks.hunt import CASES
from gdlib.newer import adamw, lion
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


def walls(figure):
    """Adam goes to the minimum; AdamW and Lion stop at the wall |θ| = 1/λ."""
    ax = figure.subplots()
    window = (-4.6, 0.8), (-4.2, 0.4)
    gd.plot_contours(ax, gd.HIMMELBLAU, window, equal=False)
    ax.plot([-2, -2, 0.8], [0.4, -2, -2], color="black", lw=1.2, ls=(0, (4, 2)))
    for index, method in enumerate((gd.adam, adamw, lion)):
        decay = {} if method is gd.adam else dict(weight_decay=0.5)
        path = gd.descend(method, gd.HIMMELBLAU, steps=400, lr=0.03, **decay)
        gd.plot_path(ax, path, index=index, markers=40, linewidth=1.4, markersize=4)
    word(ax, "Adam", (-4.1, -2.5), VIOLET)
    word(ax, "AdamW, Lion", (-4.1, -1.2), gd.look(adamw, 1).color)
    word(ax, "|θ| = 1/λ", (-0.8, -2.5), "black")
    bare(ax)


def best_number_of_workers(figure):
    """Seconds a step against workers: in turn there is a best number."""
    ax = figure.subplots()
    P = np.geomspace(1, 1e4, 200)
    work, turn = 6.4 / P, 1.6e-3
    in_turn, in_pairs = work + turn * P, work + turn * np.log2(P)
    ax.loglog(P, in_turn, color="black", lw=1.8)
    ax.loglog(P, in_pairs, "--", color="#0072b2", lw=1.8)
    ax.plot(P[in_turn.argmin()], in_turn.min(), "o", color="black", ms=6)
    word(ax, "in turn", (250, 1.6), "black")
    word(ax, "in pairs", (900, 0.008), "#0072b2")
    word(ax, "best", (38, 0.4), "black")
    bare(ax)
    ax.set_ylim(4e-3, 30)
