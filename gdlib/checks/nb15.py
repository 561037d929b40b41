"""Notebook 15, same name, other formulas: questions and checks."""

import numpy as np

from ..exercises import Check, Question
from ..surfaces import ravine
from .trials import FLAT, numbers, paths, values


def three_settings():
    """Give the right answer to exercise 15.1."""
    start, inside = 0.3, 0.05
    gdlib_eps = start + inside
    outside_eps = np.sqrt(1e-4)  # (4)
    beta2, hat = 0.96, 0.001
    first_eps = hat / np.sqrt(1 - beta2**1)  # (3)
    return gdlib_eps, outside_eps, first_eps


def dropped(t):
    """Give an lr that falls to a quarter after step 4."""
    return 0.08 if t <= 4 else 0.02


def rising(t):
    """Give an lr that rises to step 6 and stays."""
    return 0.01 * min(t, 6)


def falling(t):
    """Give an lr that falls with the root of t."""
    return 0.3 / t**0.5


GROUNDS = {
    "a turned ravine": dict(
        objective=ravine(10, 30), steps=10, lr=0.07, gamma=0.7, tau=0.4
    ),
    "an lr that falls": dict(
        objective=ravine(4, 60), steps=9, lr=dropped, gamma=0.6, tau=0.25
    ),
    "a flat start": dict(objective=FLAT, steps=8, lr=0.03, gamma=0.8, tau=0.1),
    "no dampening": dict(objective=ravine(3), steps=8, lr=0.1, gamma=0.5, tau=0.0),
}


def dampened(theta, grad, t, b=0.0, *, lr=0.01, gamma=0.9, tau=0.0):
    """Give the right answer to exercise 15.2."""
    g = grad(theta)
    share = 1 - tau if t > 1 else 1
    b = gamma * b + share * g
    return theta - lr * b, dict(b=b)


def always_dampened(theta, grad, t, b=0.0, *, lr=0.01, gamma=0.9, tau=0.0):
    """Give the slip of dampening the first slope, too."""
    b = gamma * b + (1 - tau) * grad(theta)
    return theta - lr * b, dict(b=b)


def lr_inside(theta, grad, t, b=0.0, *, lr=0.01, gamma=0.9, tau=0.0):
    """Give the slip of lr inside the velocity."""
    b = gamma * b + lr * (1 - tau if t > 1 else 1) * grad(theta)
    return theta - b, dict(b=b)


def never_dampened(theta, grad, t, b=0.0, *, lr=0.01, gamma=0.9, tau=0.0):
    """Give the slip of no dampening at all."""
    b = gamma * b + grad(theta)
    return theta - lr * b, dict(b=b)


def only_first(theta, grad, t, b=0.0, *, lr=0.01, gamma=0.9, tau=0.0):
    """Give the slip of dampening the first slope alone."""
    b = gamma * b + (1 - tau if t == 1 else 1) * grad(theta)
    return theta - lr * b, dict(b=b)


def mending_gamma(t, lr, gamma):
    """Give the right answer to exercise 15.3."""
    return gamma * lr(t) / lr(t - 1)


CHECKS = {
    "15.1": Check(
        numbers("gdlib's eps", "PyTorch's eps", "PyTorch's eps at step 1"),
        three_settings,
        why="0.3 + 0.05, √0.0001 and 0.001/√0.04. One sum, one root, one correction: "
        "each undoes one of the four differences.",
        slips=(
            (
                (0.05, 0.01, 0.005),
                "What does optax's G begin at? Inside the root that is as good as ε.",
            ),
            (
                (0.3, 0.01, 0.005),
                "G₀ alone is not all that stands inside the root beside the squares.",
            ),
            (
                (0.35, 1e-8, 0.005),
                "The second goes from inside the root to outside: root, not square.",
            ),
            (
                (0.35, 1e-4, 0.005),
                "Inside the root 1e-4 is compared with g², outside with |g|.",
            ),
            (
                (0.35, 0.01, 0.001),
                "Keras adds its ε before √v is corrected: what does the correction do "
                "to it?",
            ),
            (
                (0.35, 0.01, 0.001 / 0.04),
                "v is divided by 1 − β₂ᵗ, so √v, and the ε beside it, by the root.",
            ),
            (
                (0.35, 0.01, 0.001 * 0.2),
                "You multiply by the correction's root; (3) divides by it.",
            ),
            (
                (0.35, 0.01, 0.001 / np.sqrt(0.96)),
                "At step 1 the correction is 1 − β₂, not β₂.",
            ),
        ),
        hint="Write down what stands in each divisor, then ask which number makes the "
        "two alike.",
    ),
    "15.2": Check(
        paths(GROUNDS),
        dampened,
        why="The first slope enters whole, so that b does not begin too small. It is a "
        "cure for a biased start, as Adam's correction is.",
        slips=(
            (always_dampened, "The first slope enters whole: τ counts from step 2 on."),
            (
                lr_inside,
                "You keep lr inside b. In PyTorch it stands outside: after a change of "
                "lr the whole of b moves by the new one.",
            ),
            (never_dampened, "Where is τ? From step 2 on g counts 1 − τ times."),
            (only_first, "The other way round: the first slope is not dampened."),
        ),
        hint="Two lines: b ← γb + …, then θ ← θ − η b. What is special at t = 1?",
    ),
    "15.3": Check(
        values(
            {
                "the step at which lr falls to a quarter": (5, dropped, 0.9),
                "a step at which lr stays": (9, dropped, 0.9),
                "an lr that rises": (4, rising, 0.8),
                "an lr that falls with every step": (7, falling, 0.7),
            }
        ),
        mending_gamma,
        why="With V = ηb, PyTorch's b ← γb + g becomes V ← γ (ηₜ/ηₜ₋₁) V + ηₜ g. Where "
        "η stays that is γ, and both are one formula.",
        slips=(
            (
                lambda t, lr, gamma: gamma * lr(t - 1) / lr(t),
                "The other way round: that takes gdlib's path to PyTorch's form.",
            ),
            (
                lambda t, lr, gamma: gamma * lr(t + 1) / lr(t),
                "At step t, b holds the slopes up to t − 1, weighed with η of t − 1.",
            ),
            (
                lambda t, lr, gamma: gamma * lr(t),
                "Where lr stays, γ must stay what it is. Does yours?",
            ),
            (
                lambda t, lr, gamma: gamma * lr(t) / lr(1),
                "Compare with the step before, not with the first one.",
            ),
            (
                lambda t, lr, gamma: lr(t) / lr(t - 1),
                "Where lr stays, γ must stay what it is. Where is it?",
            ),
            (lambda t, lr, gamma: gamma, "That is γ as it was: the paths part."),
        ),
        hint="Call PyTorch's ηb V, and write V of this step with V of the one before.",
    ),
}

QUESTIONS = {
    "15.a": Question(
        text="Thirty rows, ten methods in three libraries, each with nothing said but "
        "its lr, and γ in momentum and Nesterov. In how many does the library walk "
        "gdlib's path to rounding, on all three surfaces?",
        options={
            "In all but two or three.": "Every ε that stands elsewhere or has another "
            "default shows, if only in the twelfth digit.",
            "In half of them.": "15. Nine of them are the first three methods, which "
            "have neither an ε nor an average.",
            "In none.": "Where there is no ε and no average there is little to do in "
            "another way.",
        },
        right="In half of them.",
    ),
    "15.b": Question(
        text="You have optax.adagrad(learning_rate=0.1), whose G begins at 0.1, with "
        "ε = 1e-7 inside the root. Is there a call of PyTorch's Adagrad, with ε "
        "outside, that walks the same path?",
        options={
            "No: no ε outside is one inside.": "No ε is. But PyTorch's G can begin "
            "somewhere, too.",
            "initial_accumulator_value=0.1, eps=1e-7.": "Nearly, but 1e-7 outside the "
            "root is not 1e-7 inside it.",
            "initial_accumulator_value=0.1000001, eps=0.": "Inside the root G₀ and ε "
            "are one number, and G₀ is inside in PyTorch, too.",
        },
        right="initial_accumulator_value=0.1000001, eps=0.",
    ),
}
