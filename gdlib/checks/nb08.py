"""Notebook 08, RMSProp: questions and checks."""

import numpy as np

from ..exercises import Check, Question
from ..surfaces import ravine
from .trials import FLAT, numbers, paths

GROUNDS = {
    "a turned ravine": dict(
        objective=ravine(10, 30), steps=12, lr=0.3, gamma=0.8, eps=0.05
    ),
    "a flat start": dict(objective=FLAT, steps=9, lr=0.2, gamma=0.6, eps=0.02),
    "an lr that falls": dict(
        objective=ravine(3), steps=8, lr=lambda t: 0.9 / t, gamma=0.7, eps=0.1
    ),
}

SMALL = {
    "slopes that are small beside ε": dict(
        objective=ravine(4, 20), start=(0.3, -0.2), steps=8, lr=1.5, gamma=0.7, eps=5.0
    ),
}


def first_and_last():
    """Give the right answer to exercise 08.1."""
    gamma, g = 0.99, 1
    E_g2 = (1 - gamma) * g**2  # (1)
    return g / np.sqrt(E_g2), 1.0  # (2)


def mended(theta, grad, t, E_g2=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    """Give the right answer to exercise 08.2: divide the average by 1 − γᵗ."""
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2  # (1)
    level = E_g2 / (1 - gamma**t)
    rate = lr / np.sqrt(level + eps)  # (2)
    return theta - rate * g, dict(E_g2=E_g2)  # (3)


def mended_early(theta, grad, t, E_g2=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    """Give the slip of adding ε before the division."""
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    return theta - lr * g / np.sqrt((E_g2 + eps) / (1 - gamma**t)), dict(E_g2=E_g2)


def mended_for_ever(theta, grad, t, E_g2=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    """Give the slip of handing the divided average back as the state."""
    g = grad(theta)
    E_g2 = (gamma * E_g2 + (1 - gamma) * g**2) / (1 - gamma**t)
    return theta - lr * g / np.sqrt(E_g2 + eps), dict(E_g2=E_g2)


def mended_root(theta, grad, t, E_g2=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    """Give the slip of dividing the root instead of the average."""
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    return theta - lr * g * (1 - gamma**t) / np.sqrt(E_g2 + eps), dict(E_g2=E_g2)


def centred(theta, grad, t, E_g2=0.0, E_g=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    """Give the right answer to exercise 08.3: divide by √(E[g²] − E[g]² + ε)."""
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2  # (1)
    E_g = gamma * E_g + (1 - gamma) * g
    scatter = E_g2 - E_g**2
    rate = lr / np.sqrt(scatter + eps)  # (2)
    return theta - rate * g, dict(E_g2=E_g2, E_g=E_g)  # (3)


def centred_above(theta, grad, t, E_g2=0.0, E_g=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    """Give the slip of stepping by the mean of g instead of g."""
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    E_g = gamma * E_g + (1 - gamma) * g
    return theta - lr * E_g / np.sqrt(E_g2 - E_g**2 + eps), dict(E_g2=E_g2, E_g=E_g)


def centred_sizes(theta, grad, t, E_g2=0.0, E_g=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    """Give the slip of averaging |g| instead of g."""
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    E_g = gamma * E_g + (1 - gamma) * np.abs(g)
    return theta - lr * g / np.sqrt(E_g2 - E_g**2 + eps), dict(E_g2=E_g2, E_g=E_g)


def centred_plain(theta, grad, t, E_g2=0.0, E_g=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    """Give the slip of plain RMSProp: nothing is subtracted."""
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    return theta - lr * g / np.sqrt(E_g2 + eps), dict(E_g2=E_g2, E_g=E_g + 0.0)


CHECKS = {
    "08.1": Check(
        numbers("first step / η", "last step / η"),
        first_and_last,
        why="1/√(1 − γ) at first, with one slope in the memory; 1 when the memory is "
        "full of slopes that are all the same.",
        slips=(
            ((1, 10), "The other way round: the memory starts empty, and fills."),
            ((10, 10), "The first is right. What is E[g²] when every slope was 1?"),
            ((1, 1), "The last is right. At the first step E[g²] is not 1 yet."),
            ((100, 1), "You divided by E[g²]; (2) divides by its root."),
            ((0.1, 1), "0.1 is the root of the average. The step is *divided* by it."),
            ((10**0.5, 1), "That is the first step for γ = 0.9. Here γ is 0.99."),
            ((10, 0), "The first is right. The slope is still 1 at the end."),
        ),
        hint="Put g = 1 into (1) once for the first step; then ask which value of "
        "E[g²] equation (1) leaves as it is.",
    ),
    "08.2": Check(
        paths(GROUNDS),
        mended,
        why="1 − γᵗ is what the weights of the average add up to after t steps. "
        "Divided by it, the average is right from the first step on.",
        slips=(
            (
                mended_for_ever,
                "The corrected average went back into the state, so it is corrected "
                "again and again. Which of your two averages does (1) carry on?",
            ),
            (mended_early, "ε is added after the division, so that it stays ε."),
            (mended_root, "You divided the root by 1 − γᵗ. What is asked is divided?"),
        ),
        hint="(1) stays as it is. Then comes the division, then (2) with the result "
        "in place of E[g²].",
    ),
    "08.3": Check(
        paths(GROUNDS | SMALL),
        centred,
        why="E[g²] − E[g]² is the variance of recent slopes. Where they agree it is "
        "small and the step is long; where they scatter it is near E[g²].",
        slips=(
            (centred_above, "Below the line is right. Above it stands g, not E[g]."),
            (centred_sizes, "E[g] averages slopes with their signs, not their sizes."),
            (centred_plain, "That is plain RMSProp: what is subtracted from E[g²]?"),
        ),
        hint="Two averages with the same γ, one of g² and one of g, both carried on. "
        "Compare what stands under your root with the one in the text.",
    ),
}

QUESTIONS = {
    "08.a": Question(
        text="RMSProp with γ = 0.9 starts, and meets nine slopes of +0.1 and then "
        "one of −0.9. How far is it from its starting place after these ten steps?",
        options={
            "About where it started: the ten cancel.": "They do in SGD. RMSProp's "
            "memory starts empty, so its first divisors are far too small.",
            "About 8 η away, like the signs alone.": "Signs give 9 − 1 = 8. The first "
            "steps of RMSProp are longer than η.",
            "Even farther than 8 η.": "13 η. The memory starts empty and the first "
            "step is 3.16 η long. Only later do the ten nearly cancel.",
        },
        right="Even farther than 8 η.",
    ),
    "08.b": Question(
        text="In the ravine, at η = 0.1, RMSProp is under a gap of 1e-6 at step 36, "
        "Adagrad only at step 772. Both go on to step 900. Whose gap is smaller at "
        "the end?",
        options={
            "RMSProp's: it had 800 steps more to improve.": "It had them, and did not "
            "use them: near the minimum its steps are still η long.",
            "Both are the same by then.": "Only if both rest. A step that stays η long "
            "cannot rest.",
            "Adagrad's, by far.": "Its rate has fallen, so it settles. RMSProp's steps "
            "stay η long and carry it to and fro across the minimum.",
        },
        right="Adagrad's, by far.",
    ),
    "08.c": Question(
        text="The slope at the start of the ravine is (−2, 10). In which direction "
        "does RMSProp's first step go?",
        options={
            "Against the slope: mostly along y.": "That is gradient descent. Here each "
            "coordinate divides by the size of its own slope.",
            "At 45°: equally far along x and y.": "Both move 3.16 η. One slope in the "
            "memory, divided by its own root: only the sign is left.",
            "Along the floor: mostly along x.": "The small slope gets the larger rate, "
            "but no more than makes up for it.",
        },
        right="At 45°: equally far along x and y.",
    ),
    "08.d": Question(
        text="The minimum moves on by 0.01 a step. After 100 steps Adagrad with "
        "η = 0.3 is even nearer to it than RMSProp with η = 0.02. And after 10,000?",
        options={
            "Nearer still: its steps have become finer.": "Finer, yes. But the "
            "minimum does not become slower.",
            "About as near as RMSProp.": "Its step can be η/√t long at a steady lag. "
            "From t = 900 on that is less than 0.01.",
            "Over a hundred times as far away as RMSProp.": "Its memory holds every "
            "slope it has met, and the rate falls under what the target needs.",
        },
        right="Over a hundred times as far away as RMSProp.",
    ),
}
