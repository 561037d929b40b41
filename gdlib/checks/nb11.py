"""Notebook 11, AMSGrad: questions and checks."""

import numpy as np

from ..exercises import Check, Question
from ..methods import adam, amsgrad
from ..objectives import Objective
from ..surfaces import HIMMELBLAU, ravine
from .trials import FLAT, numbers, paths

TINY = Objective(
    lambda theta: 1e-5 * (theta**2).sum(0), lambda theta: 2e-5 * theta, 2, start=(1, -2)
)
ORDERS = {
    "a turned ravine": dict(objective=ravine(10, 30), steps=12, lr=0.5, beta2=0.8),
    "a flat start": dict(objective=FLAT, steps=9, lr=0.2, beta2=0.6),
    "tiny slopes": dict(objective=TINY, steps=9, lr=0.2, beta2=0.9),
    "an lr that falls": dict(
        objective=HIMMELBLAU, steps=9, lr=lambda t: 0.6 / t, beta2=0.95
    ),
}
MEANS = {
    "a turned ravine": dict(objective=ravine(10, 30), steps=12, lr=0.5),
    "a winding valley": dict(objective=HIMMELBLAU, steps=9, lr=0.3),
    "an lr that falls": dict(objective=ravine(4), steps=9, lr=lambda t: 0.9 / t),
}


def four_steps(beta2=0.75):
    """Give the right answer to exercise 11.1."""
    v, v_max, found = 0.0, 0.0, []
    for g in (4, 0, 2, -6):
        v = beta2 * v + (1 - beta2) * g**2  # (2)
        v_max = max(v_max, v)  # (3)
        found.append(g / np.sqrt(v_max))  # (6)
    return found


def optax_amsgrad(
    theta,
    grad,
    t,
    m=0.0,
    v=0.0,
    v_max=0.0,
    *,
    lr=0.01,
    beta2=0.999,
    beta1=0.9,
    eps=1e-8,
):
    """Give the right answer to exercise 11.2: corrected, then the maximum."""
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g  # (1)
    v = beta2 * v + (1 - beta2) * g**2  # (2)
    v_hat = v / (1 - beta2**t)  # (5)
    v_max = np.maximum(v_max, v_hat)  # (3)
    m_hat = m / (1 - beta1**t)  # (4)
    step = lr * m_hat / (np.sqrt(v_max) + eps)  # (6)
    return theta - step, dict(m=m, v=v, v_max=v_max)


def _numerator(m, t):
    return m / (1 - 0.9**t)


def optax_twice(theta, grad, t, m=0.0, v=0.0, v_max=0.0, *, lr=0.01, beta2=0.999):
    """Give the slip of a correction before the maximum and another one after it."""
    g = grad(theta)
    m, v = 0.9 * m + 0.1 * g, beta2 * v + (1 - beta2) * g**2
    v_max = np.maximum(v_max, v / (1 - beta2**t))
    step = lr * _numerator(m, t) / (np.sqrt(v_max / (1 - beta2**t)) + 1e-8)
    return theta - step, dict(m=m, v=v, v_max=v_max)


def optax_of_slopes(theta, grad, t, m=0.0, v=0.0, v_max=0.0, *, lr=0.01, beta2=0.999):
    """Give the slip of the largest squared slope."""
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v_max = np.maximum(v_max, g**2)
    step = lr * _numerator(m, t) / (np.sqrt(v_max) + 1e-8)
    return theta - step, dict(m=m, v=v, v_max=v_max)


def adam_nc(theta, grad, t, m=0.0, v=0.0, *, lr=0.01, beta1=0.9):
    """Give the right answer to exercise 11.3: v is the mean of all squares."""
    g = grad(theta)
    share = 1 / t
    m = beta1 * m + (1 - beta1) * g  # (1)
    v = (1 - share) * v + share * g**2  # (2)
    return theta - lr * m / np.sqrt(v), dict(m=m, v=v)


def nc_sum(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    """Give the slip of a sum in place of the mean."""
    g = grad(theta)
    m, v = 0.9 * m + 0.1 * g, v + g**2
    return theta - lr * m / np.sqrt(v), dict(m=m, v=v)


def nc_swapped(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    """Give the slip of the weights 1/t and 1 − 1/t the other way round."""
    g = grad(theta)
    m, v = 0.9 * m + 0.1 * g, v / t + (1 - 1 / t) * g**2
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
    return theta - lr * _numerator(m, t) / np.sqrt(v), dict(m=m, v=v)


def nc_usual(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    """Give the slip of Adam's constant β₂, without correction."""
    g = grad(theta)
    m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
    return theta - lr * m / np.sqrt(v), dict(m=m, v=v)


CHECKS = {
    "11.1": Check(
        trial=numbers("step 1", "step 2", "step 3", "step 4"),
        right=four_steps,
        why="The maximum stays at 4 while v sinks to 3 and 3.25, until the slope −6 "
        "lifts v above it.",
        slips=(
            (
                (2.0, 0.0, 2 / 3.25**0.5, -6 / 11.4375**0.5),
                "That is Adam's v. Compare v at step 3 with the largest so far.",
            ),
            (
                (2.0, 0.0, 1.0, 6 / 11.4375**0.5),
                "The sizes are right. Asked is what is taken away: which sign has it "
                "where the slope is −6?",
            ),
            (
                (2.0, 0.0, 1.0, -6 / 12**0.5),
                "At step 4 you let v go on from the maximum. (2) goes on from v.",
            ),
            (
                (1.0, 0.0, 0.5, -1.0),
                "Those are the slopes over the largest |g| so far, as if v had no "
                "memory: v is a fading average of squares, from 0.",
            ),
            (
                (-2.0, -2.0, -3.0, -1.2259),
                "That is where the weight stands. Asked is what each step takes away.",
            ),
            ((4.0, 4.0, 4.0, 11.4375), "That is the maximum (3). Go on to (6)."),
            ((4.0, 3.0, 3.25, 11.4375), "That is v, (2). Go on to (3) and (6)."),
            (
                (1.0, 0.0, 37**0.5 / 8, -1.4669),
                "That corrects v for its start at 0. The paper's form does not.",
            ),
            (
                (1.0, 0.0, 0.5, -1.4669),
                "That corrects v for its start at 0. The paper's form does not.",
            ),
        ),
        hint="Write a row for each step, with (2), (3) and what (6) subtracts.",
    ),
    "11.2": Check(
        trial=paths(ORDERS),
        right=optax_amsgrad,
        why="With the correction inside, the first v̂ is g² whatever β₂ is, and the "
        "maximum keeps it. With the correction outside the rate can still rise.",
        slips=(
            (
                amsgrad,
                "That is (3) before (5), as in the last row of the table. Asked is the "
                "row of optax.",
            ),
            (adam, "The maximum is missing: that is Adam."),
            (optax_twice, "v is corrected twice, before the maximum and after it."),
            (
                optax_of_slopes,
                "You keep the largest squared slope. Asked is the largest v, as (2) "
                "makes it and (5) corrects it.",
            ),
        ),
        hint="Compare your lines with (1) to (6): the same parts, and (5) before (3).",
    ),
    "11.3": Check(
        trial=paths(MEANS),
        right=adam_nc,
        why="v is the mean of all squared slopes, so nothing is forgotten, and one "
        "outlier fades as 1/t. AMSGrad would keep it whole.",
        slips=(
            (
                nc_sum,
                "You divide by the root of the sum of the squares. v is their mean: "
                "look at the two weights of (2) at this β₂.",
            ),
            (
                nc_swapped,
                "The weights of the old v and of the new square have changed places.",
            ),
            (nc_without_m, "You step by g. The numerator is m, with β₁ = 0.9."),
            (nc_corrected, "m is to be left uncorrected here."),
            (nc_usual, "β₂ is constant in yours. Here it changes with t."),
            (adam, "That is Adam: its β₂ is constant, and it corrects both averages."),
        ),
        hint="m as in (1), v as in (2) with the β₂ of step t; then the text's last "
        "formula.",
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
            "For both: both slopes have shrunk.": "v began at 0 and holds only "
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
        text="With A = 100, when is AMSGrad's step above 0.9 η again?",
        options={
            "Later than Adam, after some 10,000 steps.": "v comes down as Adam's does, "
            "but the maximum does not follow it down.",
            "Never.": "v_max has no way down. Only the correction 1 − β₂ᵗ still "
            "moves, and it settles.",
            "As soon as Adam's: m is the same in both.": "m forgets the outlier in "
            "some tens of steps in both methods. What lasts is the divisor.",
        },
        right="Never.",
    ),
}
