"""Notebook 11, AMSGrad: questions and checks."""

import numpy as np

from ..exercises import Check, Question, number, path_on
from ..methods import adam, amsgrad
from ..objectives import ravine

VALLEY = ravine(10, 30)


def optax_amsgrad(theta, grad, t, m=0.0, v=0.0, v_max=0.0, *, lr=0.01, beta2=0.999):
    """Give the right answer to exercise 11.2: corrected, then the maximum."""
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = beta2 * v + (1 - beta2) * g**2
    v_max = np.maximum(v_max, v / (1 - beta2**t))
    step = lr * m / (1 - 0.9**t) / (np.sqrt(v_max) + 1e-8)
    return theta - step, dict(m=m, v=v, v_max=v_max)


def optax_uphill(theta, grad, t, m=0.0, v=0.0, v_max=0.0, *, lr=0.01, beta2=0.999):
    """Give the slip of a plus in the last line."""
    found, terms = optax_amsgrad(theta, grad, t, m, v, v_max, lr=lr, beta2=beta2)
    return 2 * theta - found, terms


def optax_raw(theta, grad, t, m=0.0, v=0.0, v_max=0.0, *, lr=0.01, beta2=0.999):
    """Give the slip of the chapter: v is not corrected at all."""
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = beta2 * v + (1 - beta2) * g**2
    v_max = np.maximum(v_max, v)
    step = lr * m / (1 - 0.9**t) / (np.sqrt(v_max) + 1e-8)
    return theta - step, dict(m=m, v=v, v_max=v_max)


def optax_biased_m(theta, grad, t, m=0.0, v=0.0, v_max=0.0, *, lr=0.01, beta2=0.999):
    """Give the slip of an m without correction."""
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = beta2 * v + (1 - beta2) * g**2
    v_max = np.maximum(v_max, v / (1 - beta2**t))
    return theta - lr * m / (np.sqrt(v_max) + 1e-8), dict(m=m, v=v, v_max=v_max)


def optax_twice(theta, grad, t, m=0.0, v=0.0, v_max=0.0, *, lr=0.01, beta2=0.999):
    """Give the slip of a correction before the maximum and another one after it."""
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = beta2 * v + (1 - beta2) * g**2
    v_max = np.maximum(v_max, v / (1 - beta2**t))
    v_hat = v_max / (1 - beta2**t)
    step = lr * m / (1 - 0.9**t) / (np.sqrt(v_hat) + 1e-8)
    return theta - step, dict(m=m, v=v, v_max=v_max)


def optax_fed_back(theta, grad, t, m=0.0, v=0.0, v_max=0.0, *, lr=0.01, beta2=0.999):
    """Give the slip of returning the corrected v as the state."""
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = (beta2 * v + (1 - beta2) * g**2) / (1 - beta2**t)
    v_max = np.maximum(v_max, v)
    step = lr * m / (1 - 0.9**t) / (np.sqrt(v_max) + 1e-8)
    return theta - step, dict(m=m, v=v, v_max=v_max)


def optax_without_root(
    theta, grad, t, m=0.0, v=0.0, v_max=0.0, *, lr=0.01, beta2=0.999
):
    """Give the slip of dividing by v_max itself."""
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = beta2 * v + (1 - beta2) * g**2
    v_max = np.maximum(v_max, v / (1 - beta2**t))
    step = lr * m / (1 - 0.9**t) / (v_max + 1e-8)
    return theta - step, dict(m=m, v=v, v_max=v_max)


def adam_nc(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    """Give the right answer to exercise 11.3: v is the mean of all squares."""
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = v + (g**2 - v) / t
    return theta - lr * m / np.sqrt(v), dict(m=m, v=v)


def nc_uphill(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    """Give the slip of a plus in the last line."""
    found, terms = adam_nc(theta, grad, t, m, v, lr=lr)
    return 2 * theta - found, terms


def nc_sum(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    """Give the slip of a sum in place of the mean."""
    g = grad(theta)
    m, v = 0.9 * m + 0.1 * g, v + g**2
    return theta - lr * m / np.sqrt(v), dict(m=m, v=v)


def nc_last(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    """Give the slip of the weights 1/t and 1 − 1/t the other way round."""
    g = grad(theta)
    m, v = 0.9 * m + 0.1 * g, v / t + (1 - 1 / t) * g**2 + (t == 1) * g**2
    return theta - lr * m / np.sqrt(v), dict(m=m, v=v)


def nc_without_m(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    """Give the slip of stepping by g."""
    g = grad(theta)
    v = v + (g**2 - v) / t
    return theta - lr * g / np.sqrt(v), dict(m=m, v=v)


def nc_corrected(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    """Give the slip of correcting m."""
    g = grad(theta)
    m, v = 0.9 * m + 0.1 * g, v + (g**2 - v) / t
    return theta - lr * m / (1 - 0.9**t) / np.sqrt(v), dict(m=m, v=v)


def nc_without_root(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    """Give the slip of dividing by v itself."""
    g = grad(theta)
    m, v = 0.9 * m + 0.1 * g, v + (g**2 - v) / t
    return theta - lr * m / v, dict(m=m, v=v)


CHECKS = {
    "11.1": Check(
        trial=number,
        right=(2.0, 0.0, 1.0, -6 / 11.4375**0.5),
        rtol=5e-3,
        why="The maximum stays at 4 while v sinks to 3 and 3.25, until the slope −6 "
        "lifts v above it.",
        slips=(
            (
                (2.0, 0.0, 2 / 3.25**0.5, -6 / 11.4375**0.5),
                "That is Adam's v. At step 3 it is 3.25, and the largest so far is 4.",
            ),
            (
                (1.0, 0.0, 0.5, -6 / 11.4375),
                "You divided by the maximum. Divide by its root.",
            ),
            (
                (2.0, 0.0, 1.0, 6 / 11.4375**0.5),
                "The sizes are right. Asked is what is taken away: with a slope of −6 "
                "that is negative.",
            ),
            (
                (-2.0, 0.0, -1.0, 6 / 11.4375**0.5),
                "The sizes are right. Asked is what is taken away: with a slope of 4 "
                "that is positive.",
            ),
            (
                (2.0, 0.0, 1.0, -6 / 12**0.5),
                "At step 4 you let v go on from the maximum. (2) goes on from v, which "
                "is 3.25.",
            ),
            (
                (1.0, 0.0, 0.5, -1.0),
                "Those are the slopes over the largest |g| so far. v is a fading "
                "average of squares, from 0.",
            ),
            (
                (4 / 12**0.5, 0.0, 2 / 12**0.5, -6 / 27.9375**0.5),
                "0.75 and 0.25 have changed places: v keeps 0.75 of the old v.",
            ),
        ),
        hint="Write a row for each step: g, v = 0.75 v + 0.25 g², the largest v so "
        "far, its root, then g over the root.",
    ),
    "11.2": Check(
        trial=path_on(VALLEY, steps=8, lr=0.5, beta2=0.9),
        right=optax_amsgrad,
        why="With the correction inside, the first v̂ is g² whatever β₂ is, and the "
        "maximum keeps it. With the correction outside the rate can still rise.",
        slips=(
            (
                amsgrad,
                "That is (3) before (5). Divide v by 1 − β₂ᵗ first, then take the "
                "maximum, and correct no more.",
            ),
            (adam, "The maximum is missing: that is Adam."),
            (optax_uphill, "The sign: the step is taken from θ."),
            (optax_raw, "v is not corrected. The first step shows it: it is too long."),
            (optax_biased_m, "m is not corrected: divide it by 1 − 0.9ᵗ."),
            (
                optax_fed_back,
                "You return the corrected v as the state. The average goes on from the "
                "raw v.",
            ),
            (optax_twice, "v is corrected twice. Leave out the division after (3)."),
            (optax_without_root, "The root is missing: divide by √v_max + ε."),
        ),
        hint="Five lines: g; m; v; the maximum of v_max and v/(1 − β₂ᵗ); then θ loses "
        "lr · m̂/(√v_max + 1e-8). Return m, v and v_max.",
    ),
    "11.3": Check(
        trial=path_on(VALLEY, steps=8, lr=0.5),
        right=adam_nc,
        why="v is the mean of all squared slopes, so nothing is forgotten, and one "
        "outlier fades as 1/t. AMSGrad would keep it whole.",
        slips=(
            (nc_uphill, "The sign: the step is taken from θ."),
            (
                nc_sum,
                "You divide by the root of the sum of the squares. v is their mean, "
                "with the weights 1 − 1/t and 1/t, and η stays as it is.",
            ),
            (
                nc_last,
                "The weights have changed places: the old v gets 1 − 1/t, the new "
                "square 1/t.",
            ),
            (nc_without_m, "You step by g. The numerator is m, with β₁ = 0.9."),
            (nc_corrected, "m is to be left uncorrected here."),
            (nc_without_root, "The root is missing: divide by √v."),
        ),
        hint="Four lines: g; beta2 = 1 − 1/t; m and v as in Adam; θ loses lr · m/√v. "
        "At t = 1, beta2 is 0 and v is g².",
    ),
}

QUESTIONS = {
    "11.a": Question(
        text="β₂ is 0.9 and a round takes 50 steps. The errors of a round add up to 0, "
        "and the minimum is at 0. Where does Adam come to rest?",
        options={
            "At about 0: the errors cancel.": "In the slopes they cancel. After "
            "the division they do not: the +49 is divided by a v̂ that it has made "
            "itself.",
            "Above 0, at about 0.6.": "The +49 counts for less than the forty-nine −1 "
            "together, which push x up. x rises until its own slope makes up for it.",
            "Below 0, at about −0.6.": "The large error pushes x down, but it is "
            "divided by a large v̂. The small ones win and push x up.",
        },
        right="Above 0, at about 0.6.",
    ),
    "11.b": Question(
        text="In step 2, for which coordinate does v_max stand above v?",
        options={
            "For both: both slopes have fallen.": "v began at 0 and holds only "
            "half of the first square. x: 0.5 · 2 + 0.5 · 2.25 = 2.125, above the 2 "
            "before. Only y's v sinks.",
            "For x alone.": "x's v rises from 2 to 2.125. y's sinks from 312.5 to "
            "234.4, and v_max keeps 312.5.",
            "For y alone.": "y's v sinks from 312.5 to 234.4. x's still rises, from 2 "
            "to 2.125, because v began at 0.",
        },
        right="For y alone.",
    ),
    "11.c": Question(
        text="When is AMSGrad's step above 0.9 η again?",
        options={
            "Later than Adam, after some 10,000 steps.": "v comes down as Adam's does, "
            "but the maximum does not follow it down.",
            "Never.": "v_max has no way down. Only the correction 1 − β₂ᵗ still "
            "moves, and it settles.",
            "Sooner than Adam: m has no part of it.": "m forgets the outlier in some "
            "tens of steps in both methods. What lasts is the divisor.",
        },
        right="Never.",
    ),
}
