"""Notebook 16, the bug hunt: its checks. The programs stand in `broken`."""

from dataclasses import replace

import numpy as np

from ..exercises import Check
from ..surfaces import BEALE, ravine
from . import mended
from .broken import PROGRAMS
from .suspects import QUESTIONS
from .trials import FLAT, Trial, called, paths, values

__all__ = ["CHECKS", "QUESTIONS"]

TURNED = dict(objective=ravine(10, 30), steps=12, lr=0.3)
ADAM = {
    "a turned ravine": TURNED | dict(beta1=0.7, beta2=0.95, eps=0.5),
    "a flat start": dict(
        objective=FLAT, steps=9, lr=0.2, beta1=0.5, beta2=0.8, eps=0.05
    ),
}
NO_EPS = {name: {k: v for k, v in c.items() if k != "eps"} for name, c in ADAM.items()}
NO_EPS["a flat start"]["objective"] = replace(FLAT, start=(0.3, 1.2))
MOMENTUM = {
    "a turned ravine": TURNED | dict(lr=0.05, gamma=0.7),
    "Beale's function": dict(objective=BEALE, steps=9, lr=0.01, gamma=0.4),
}
POINTS = np.array([[1.0, 2], [4, 1], [-2, 0.5], [0, 3], [2.5, -1]])
TARGETS = np.array([3.0, -1, 2, 0.5, 4])

EPS_ASTRAY = (  # slips in the divisor that no family makes, or only as nan
    (
        mended.stepping(lambda m, root, eps: (m / root, eps)),
        "ε is added to the step: without a bracket it is no part of the divisor.",
    ),
    (
        mended.stepping(lambda m, root, eps: (m / root, 0)),
        "Without ε a slope of 0 makes the step 0/0.",
    ),
    (
        mended.stepping(lambda m, root, eps: (m / np.maximum(root, eps), 0)),
        "Where √v̂ is large, your ε counts for nothing. Asked is the argument `eps`, "
        "added to √v̂ everywhere.",
    ),
)


def fixed(n, trial, right, why, slips=(), **more):
    """Give the check of program n."""
    return Check(trial, right, why, slips, broken=PROGRAMS[n], **more)


CHECKS = {
    "16.1": fixed(
        1,
        values(
            {
                "five points": (POINTS, TARGETS, np.array([0.5, -1.0])),
                "one point alone": (POINTS[:1], TARGETS[:1], np.array([2.0, 0.0])),
            }
        ),
        mended.gradient_right,
        "One N. The finite differences of the loss agree now, for any N.",
        hint="Compare with (4) and (5) of notebook 02. How often may N stand there?",
    ),
    "16.2": fixed(
        2,
        paths(MOMENTUM),
        mended.momentum_right,
        "The first step is ηg again, and the velocity adds up to ten times that. η and "
        "the form belong together.",
        (
            (
                mended.still_tenfold,
                "Ten times η is right for γ = 0.9 alone. What of γ = 0.5?",
            ),
        ),
        hint="On a constant slope the steps should grow to ηg/(1 − γ).",
    ),
    "16.3": fixed(
        3,
        Trial(
            {
                "the sizes": mended.sizes,
                "the pairs of x and y": mended.pairs_kept,
                "all samples different": mended.different,
                "samples from everywhere": mended.seen,
                "samples from here and there": mended.scattered,
            }
        ),
        mended.minibatch_right,
        "k rows, each with its target, drawn from everywhere.",
        (
            (
                mended.front,
                "k samples, and always the first ones: what was drawn is unused.",
            ),
            (
                mended.again,
                "Some samples come twice in one batch: you draw with replacement.",
            ),
            (
                mended.neighbours,
                "k samples in a row: only where they begin is drawn. `rows` holds k.",
            ),
        ),
        hint="`rows` holds k numbers of samples. How many of them does your code use?",
    ),
    "16.4": fixed(
        4,
        paths(NO_EPS),
        mended.amsgrad_right,
        "The first step is η, as the first-step test asks.",
        (
            (
                mended.ams_form(lambda v, kept, c2: (np.maximum(kept, v / c2),) * 2),
                "That is optax's order: correct, then the maximum. It is sound, too; "
                "here the maximum is kept of the raw v, as in notebook 11.",
            ),
            (
                mended.ams_form(lambda v, kept, c2: (kept, v / c2)),
                "The correction is right, and the maximum is gone: that is Adam.",
            ),
        ),
        hint="m is divided by 1 − β₁ᵗ, since it starts at 0. What else starts at 0?",
    ),
    "16.5": fixed(
        5,
        Trial(
            {
                "the record": lambda f: called(
                    f, BEALE.grad, np.array([1.0, -2.0]), 6, 0.001
                ),
                "the caller's start": mended.kept_start,
            }
        ),
        mended.train_right,
        "Each step makes a new array. The record keeps its rows, the caller the start.",
        (
            (
                mended.copied_late,
                "The rows are copies, but for the first, which is the caller's start: "
                "that still changes.",
            ),
        ),
        hint="Is each row an array of its own, and the row before it minus η times the "
        "slope there?",
    ),
    "16.6": fixed(
        6,
        paths(ADAM),
        mended.adam_right,
        "Divided, the size of the slope drops out of the step.",
        EPS_ASTRAY,
    ),
    "16.7": fixed(
        7,
        paths(NO_EPS),
        mended.counting,
        "t counts, and both corrections fade as they should.",
        hint="Print t at each step. Who should raise it, and who should keep it?",
    ),
    "16.8": fixed(
        8,
        paths(ADAM),
        mended.adam_right,
        "0/(0 + ε) is 0: a slope of zero makes no step.",
        EPS_ASTRAY,
        hint="Where does the formula have ε, and what did it stand there for?",
    ),
    "16.9": fixed(
        9,
        paths(NO_EPS),
        mended.nadam_right,
        "The lookahead counts. The first step is 1.47 η, Nadam's.",
        (
            (
                mended.nadam_form(lambda m, g, beta1: (1 - beta1) * m + beta1 * g),
                "The lookahead is used now. Its two shares have changed places, as in "
                "the chapter's listing.",
            ),
            (
                mended.nadam_form(lambda m, g, beta1: beta1 * m),
                "You use `ahead` alone: the present slope has its share in m̃, too.",
            ),
        ),
        hint="Follow each name to the last line: which one never gets there?",
    ),
    "16.10": fixed(
        10,
        paths(ADAM),
        mended.adam_right,
        "Both averages come back at the next step.",
        hint="Which values come back at the next step?",
    ),
    "16.11": fixed(
        11,
        paths(MOMENTUM),
        mended.momentum_right,
        "Each coordinate has its own velocity.",
        ((mended.one_store, "The coordinates still share one v: here its mean."),),
        hint="After x has had its turn, what does y find in v?",
    ),
    "16.12": fixed(
        12,
        values(
            {
                "a curved valley": (
                    lambda p: 3 + np.exp(p[0]) + (p[1] - 1) ** 2,
                    np.array([0.5, 2.0]),
                ),
                "a wave": (lambda p: 5 + np.sin(p).sum(), np.array([0.3, 1.2, -0.4])),
            }
        ),
        mended.differences_right,
        "Between 1e-7 and 1e-4 both errors are small.",
        (
            (
                mended.forward,
                "Your difference goes to one side: its error is h, not h².",
            ),
            (mended.wide(0.1), "Over h = 0.1 the loss bends: an error of h²."),
            (mended.wide(1.0), "Over h = 1 the loss bends: an error of h²."),
            *(
                (
                    mended.unbracketed(h),
                    "`/ 2 * h` divides by 2 and multiplies by h: a bracket is missing.",
                )
                for h in (1e-6, 1e-5, 1e-4)
            ),
        ),
        hint="Which errors grow as h shrinks, which as it grows?",
    ),
    "16.13": fixed(
        13,
        paths(ADAM),
        mended.adam_right,
        "Both divide. At the first step that shows only together with another β₂.",
        (
            (
                mended.half_mended(-1, 1),
                "One is mended, and now the first step is too long: look for a second.",
            ),
            (
                mended.half_mended(1, -1),
                "One is mended, and now the first step is too short: look for another.",
            ),
            (
                mended.half_mended(0, 0),
                "Now nothing is corrected. At β₂ = 0.99 the first step does not tell; "
                "the second does.",
            ),
        ),
        hint="Both averages start at 0, so both are too small. What makes them larger?",
    ),
}
