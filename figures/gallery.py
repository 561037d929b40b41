"""One small picture for each notebook, drawn from a run of what it teaches."""

from itertools import count, cycle
from pathlib import Path

import matplotlib as mpl
import numpy as np
from _later import (
    best_number_of_workers,
    network_learns,
    three_nadams,
    walls,
    wrong_steps,
)
from _pens import VIOLET, bare, curve, trace, word
from _save import MAXCOVERAGE, save
from matplotlib.figure import Figure

import gdlib as gd

FOLDER = Path(__file__).with_suffix("")
GREEN = gd.look("adagrad").color


def step_sizes(figure):
    """Five step sizes on the parabola: crawl, land, zig-zag, cycle, diverge."""
    for ax, lr in zip(figure.subplots(1, 5), (0.04, 0.5, 0.9, 1, 1.08), strict=True):
        gd.plot_curve(ax, gd.PARABOLA, ((-1.35, 1.35),))
        path = gd.descend(gd.gradient_descent, gd.PARABOLA, (0.85,), steps=6, lr=lr)
        curve(ax, path, path.theta[:, 0], path.loss, markevery=1, ms=4, lw=1.2)
        bare(ax)
        ax.set(xlabel=f"{lr:g}", xlim=(-1.35, 1.35), ylim=(-0.1, 1.8))
        ax.spines[:].set_visible(False)


def line_and_surface(figure):
    """The line moving over the data, and the path of its slope and intercept."""
    data, surface = figure.subplots(1, 2)
    job = gd.mse(*gd.line_data(np.random.default_rng(2), n=80))
    path = gd.descend(gd.gradient_descent, job, (-1.5, 2.0), steps=30, lr=0.15)
    for t, alpha in ((0, 0.25), (2, 0.5), (30, 1)):
        gd.plot_line_fit(data, job, path.theta[t], color="black", alpha=alpha)
    gd.plot_contours(surface, job, ((-2.5, 4), (-3, 3)), equal=False)
    trace(surface, path)
    bare(data, surface)


def batch_sizes(figure):
    """One update a sample, a batch, an epoch: three paths to one minimum."""
    ax = figure.subplots()
    x, y = gd.line_data(np.random.default_rng(0), n=200, noise=1.0)
    gd.plot_contours(ax, gd.mse(x, y), ((-0.4, 2.7), (-1.7, 0.3)), equal=False)
    for color, batch, lr, steps, at in BATCHES:
        job = gd.mse(x, y, batch=batch, rng=np.random.default_rng(4))
        path = gd.descend(gd.gradient_descent, job, steps=steps, lr=lr)
        ax.plot(*path.theta.T, ".-", color=color, ms=4, lw=1)
        word(ax, f"batch {batch}" if batch < len(x) else "all", at, color)
    bare(ax)


BATCHES = (  # shade of gradient descent's black, samples, step size, steps, name at
    ("#8f8f8f", 1, 0.03, 150, (0.7, -1.3)),
    ("#4a4a4a", 20, 0.15, 20, (1.35, -0.1)),
    ("black", 200, 0.3, 10, (0.15, -0.45)),
)


def zig_zag(figure):
    """Gradient descent goes across the ravine, momentum along it."""
    ax = figure.subplots()
    valley, start = gd.ravine(20, 20), (-2.3, 0.4)
    gd.plot_contours(ax, valley, ((-2.7, 1.1), (-1.9, 0.9)), equal=False)
    trace(ax, gd.descend(gd.gradient_descent, valley, start, steps=40, lr=0.093))
    trace(ax, gd.descend(gd.momentum, valley, start, steps=60, lr=0.02, gamma=0.7))
    word(ax, "gradient descent", (-1.5, 0.45), "black")
    word(ax, "momentum", (-0.55, -0.55), gd.look("momentum").color)
    bare(ax)


def lookahead(figure):
    """Momentum swings past the minimum, Nesterov brakes before it."""
    ax = figure.subplots()
    for method, at in ((gd.momentum, (11, 0.55)), (gd.nesterov, (24, -0.45))):
        path = gd.descend(method, gd.PARABOLA, (0.9,), steps=45, lr=0.1, gamma=0.9)
        curve(ax, path, range(46), path.theta[:, 0])
        word(ax, gd.label(method), at, gd.look(method).color)
    bare(ax)


def rare_feature(figure):
    """Adagrad's effective step size for a frequent and for a rare feature."""
    ax = figure.subplots()
    rng = np.random.default_rng(3)
    X = rng.standard_normal((400, 2)) * (rng.random((400, 2)) < [1, 0.05])
    job = gd.mse(X, X @ [1.0, 2.0] + rng.standard_normal(400), batch=1, rng=rng)
    rate = gd.descend(gd.adagrad, job, steps=300, lr=0.5).terms["rate"]
    ax.semilogy(np.where(rate < 1, rate, np.nan), color=GREEN)
    word(ax, "rare feature", (125, 0.11), GREEN)
    word(ax, "frequent feature", (8, 0.013), GREEN)
    bare(ax)


def any_scale(figure):
    """Adadelta walks one path on a loss and on a thousand times that loss."""
    ax = figure.subplots()
    valley = gd.ravine(8, 30)
    scaled = gd.Objective(
        value=lambda theta: 1000 * valley(theta),
        grad=lambda theta: 1000 * valley.grad(theta),
        dim=2,
    )
    gd.plot_contours(ax, valley, ((-2.6, 0.8), (-1, 1)), equal=False)
    once = gd.descend(gd.adadelta, valley, (-2.3, 0.6), steps=1500)
    again = gd.descend(gd.adadelta, scaled, (-2.3, 0.6), steps=1500)
    ax.plot(*once.theta.T, color=gd.look("adadelta").color, lw=5, alpha=0.7)
    ax.plot(*again.theta[::60].T, "o", color="black", ms=3)
    word(ax, "loss", (-1.7, 0.55), "#a0468a")
    word(ax, "1,000 × loss", (-2.1, -0.72), "black")
    bare(ax)


def moving_target(figure):
    """RMSProp keeps up with a minimum that moves, Adagrad falls behind."""
    ax = figure.subplots()
    ax.plot([0, 400], [0, 4], color="#9a9a9a", lw=5, alpha=0.5)
    for method, at in ((gd.rmsprop, (110, 2.6)), (gd.adagrad, (255, 0.75))):
        path = gd.descend(method, drifting(0.01), (0.0,), steps=400, lr=0.03)
        curve(ax, path, range(401), path.theta[:, 0])
        word(ax, gd.label(method), at, gd.look(method).color)
    bare(ax)


def drifting(speed):
    """A parabola whose minimum is at speed · t when its gradient is asked."""
    clock = count(1)
    return gd.Objective(
        value=lambda theta: (theta**2).sum(0),
        grad=lambda theta: 2 * (theta - speed * next(clock)),
        dim=1,
    )


def first_steps(figure):
    """The length of Adam's first steps with and without bias correction."""
    ax = figure.subplots()
    slope = gd.Objective(lambda theta: theta.sum(0), np.ones_like, dim=1)
    terms = gd.descend(gd.adam, slope, (0.0,), steps=20, lr=1.0).terms
    raw = terms["m"] / np.sqrt(terms["v"])
    t = np.arange(1, 21)
    ax.bar(t - 0.2, raw[:, 0], 0.4, color="#c9bcdc")
    ax.bar(t + 0.2, terms["step"][:, 0], 0.4, color=VIOLET)
    word(ax, "uncorrected", (8.7, 5.6), "#7d63a5")
    word(ax, "corrected", (12.5, 1.35), VIOLET)
    bare(ax)


def outlier(figure):
    """One bad slope throws Adam far from the minimum where it rests, Adamax hardly."""
    ax = figure.subplots()
    for method, at in ((gd.adam, (62, -0.047)), (gd.adamax, (62, -0.008))):
        path = gd.descend(method, faulty(20), (0.0,), steps=120, beta2=0.995)
        curve(ax, path, range(121), path.theta[:, 0])
        word(ax, gd.label(method), at, gd.look(method).color)
    bare(ax)


def faulty(when):
    """x², but once its slope is 100 too large."""
    clock = count(1)
    return gd.Objective(
        value=lambda theta: (theta**2).sum(0),
        grad=lambda theta: 2 * theta + (100 if next(clock) == when else 0),
        dim=1,
    )


def counterexample(figure):
    """Reddi, Kale and Kumar's problem: Adam climbs to +1, AMSGrad goes to −1."""
    ax = figure.subplots()
    settings = dict(lr=lambda t: 0.5 / t**0.5, beta1=0.9, beta2=0.99)
    for method, at in ((gd.adam, (75, 0.45)), (gd.amsgrad, (75, -0.8))):
        path = gd.descend(
            method,
            gd.stream(cycle([1010] + 100 * [-10])),
            (0.0,),
            15_000,
            project=lambda x: x.clip(-1, 1),
            **settings,
        )
        rounds = path.theta[::101, 0]
        curve(ax, path, range(len(rounds)), rounds)
        word(ax, gd.label(method), at, gd.look(method).color)
    bare(ax)


def two_lookaheads(figure):
    """Adam and Nadam in Rosenbrock's valley."""
    ax = figure.subplots()
    gd.plot_contours(ax, gd.ROSENBROCK, ((-1.9, 1.6), (-0.8, 2.3)), equal=False)
    for method, at in ((gd.adam, (-1.1, -0.25)), (gd.nadam, (-0.4, 0.5))):
        trace(ax, gd.descend(method, gd.ROSENBROCK, (-0.6, 1.9), steps=120, lr=0.5))
        word(ax, gd.label(method), at, gd.look(method).color)
    bare(ax)


def scoreboard(figure):
    """The step from which each method stays at the bottom, at its best step size."""
    ax = figure.subplots()
    needed = {name: settled(method) for name, method in gd.METHODS.items()}
    order = sorted(needed, key=needed.get, reverse=True)
    longest = max(steps for steps in needed.values() if np.isfinite(steps))
    for place, name in enumerate(order):
        if np.isfinite(needed[name]):
            ax.barh(place, needed[name], color=gd.look(name).color)
        else:
            ax.text(2, place, "swings on", size=6.5, va="center", color="#5a5a5a")
        ax.text(-2, place, gd.label(name), ha="right", va="center", size=7.5)
    bare(ax)
    ax.set(xlim=(0, 1.1 * longest), ylim=(-0.7, len(order) - 0.3))


def settled(method):
    """The settling time to a gap of 1e-6 in a turned ravine, best of a grid, or inf."""
    lr = {} if method is gd.adadelta else dict(lr=np.geomspace(1e-4, 10, 51))
    valley = gd.ravine(20, 30)
    path = gd.descend(method, valley, steps=400, keep="last", tol=1e-6, **lr)
    steps = np.array(path.settling_time(1e-6), float)  # None of a single run is nan
    return np.nanmin(np.append(steps, np.inf))


PICTURES = {
    "01_gradient_descent": step_sizes,
    "02_regression": line_and_surface,
    "03_stochastic_and_mini_batch": batch_sizes,
    "04_momentum": zig_zag,
    "05_nesterov": lookahead,
    "06_adagrad": rare_feature,
    "07_adadelta": any_scale,
    "08_rmsprop": moving_target,
    "09_adam": first_steps,
    "10_adamax": outlier,
    "11_amsgrad": counterexample,
    "12_nadam": two_lookaheads,
    "13_the_race": scoreboard,
    "14_a_neural_network": network_learns,
    "15_same_name_other_formulas": three_nadams,
    "16_bug_hunt": wrong_steps,
    "17_after_adam": walls,
    "18_scaling_out": best_number_of_workers,
}


def draw(name):
    """The picture of a notebook, by the name of its file."""
    gd.use_style()
    mpl.rcParams["savefig.dpi"] = 140
    figure = Figure((3, 2))
    PICTURES[name](figure)
    return figure


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name in PICTURES:
        save(draw(name), FOLDER / name, MAXCOVERAGE)
