"""Notebook 08, RMSProp: questions and checks."""

import numpy as np

from ..exercises import Check, Question, number, path_on
from ..objectives import ravine


def mended(theta, grad, t, E_g2=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    """Give the right answer to exercise 08.2: divide the average by 1 − γᵗ."""
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    return theta - lr * g / np.sqrt(E_g2 / (1 - gamma**t) + eps), dict(E_g2=E_g2)


def mended_not(theta, grad, t, E_g2=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    """Give the slip of no correction."""
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    return theta - lr * g / np.sqrt(E_g2 + eps), dict(E_g2=E_g2)


def mended_for_ever(theta, grad, t, E_g2=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    """Give the slip of handing the corrected average back as the state."""
    g = grad(theta)
    E_g2 = (gamma * E_g2 + (1 - gamma) * g**2) / (1 - gamma**t)
    return theta - lr * g / np.sqrt(E_g2 + eps), dict(E_g2=E_g2)


def mended_once(theta, grad, t, E_g2=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    """Give the slip of a factor 1 − γ that does not change with t."""
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    return theta - lr * g / np.sqrt(E_g2 / (1 - gamma) + eps), dict(E_g2=E_g2)


def mended_outside(theta, grad, t, E_g2=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    """Give the slip of ε outside the root."""
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    return theta - lr * g / (np.sqrt(E_g2 / (1 - gamma**t)) + eps), dict(E_g2=E_g2)


def mended_early(theta, grad, t, E_g2=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    """Give the slip of adding ε before the division."""
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    return theta - lr * g / np.sqrt((E_g2 + eps) / (1 - gamma**t)), dict(E_g2=E_g2)


def mended_root(theta, grad, t, E_g2=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    """Give the slip of dividing the root instead of the average."""
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    return theta - lr * g * (1 - gamma**t) / np.sqrt(E_g2 + eps), dict(E_g2=E_g2)


def mended_times(theta, grad, t, E_g2=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    """Give the slip of multiplying by 1 − γᵗ where it divides."""
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    return theta - lr * g / np.sqrt(E_g2 * (1 - gamma**t) + eps), dict(E_g2=E_g2)


def mended_uphill(theta, grad, t, E_g2=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    """Give the slip of a plus in the last line."""
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    return theta + lr * g / np.sqrt(E_g2 / (1 - gamma**t) + eps), dict(E_g2=E_g2)


def centred(theta, grad, t, E_g2=0.0, E_g=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    """Give the right answer to exercise 08.3: divide by √(E[g²] − E[g]² + ε)."""
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    E_g = gamma * E_g + (1 - gamma) * g
    return theta - lr * g / np.sqrt(E_g2 - E_g**2 + eps), dict(E_g2=E_g2, E_g=E_g)


def centred_not(theta, grad, t, E_g2=0.0, E_g=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    """Give the slip of plain RMSProp: nothing is subtracted."""
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    E_g = gamma * E_g + (1 - gamma) * g
    return theta - lr * g / np.sqrt(E_g2 + eps), dict(E_g2=E_g2, E_g=E_g)


def centred_late(theta, grad, t, E_g2=0.0, E_g=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    """Give the slip of subtracting the mean of the step before."""
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    step = lr * g / np.sqrt(E_g2 - E_g**2 + eps)
    return theta - step, dict(E_g2=E_g2, E_g=gamma * E_g + (1 - gamma) * g)


def centred_above(theta, grad, t, E_g2=0.0, E_g=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    """Give the slip of stepping by the mean of g instead of g."""
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    E_g = gamma * E_g + (1 - gamma) * g
    return theta - lr * E_g / np.sqrt(E_g2 - E_g**2 + eps), dict(E_g2=E_g2, E_g=E_g)


def centred_outside(theta, grad, t, E_g2=0.0, E_g=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    """Give the slip of ε outside the root, as PyTorch has it."""
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    E_g = gamma * E_g + (1 - gamma) * g
    scatter = np.sqrt(E_g2 - E_g**2)
    return theta - lr * g / (scatter + eps), dict(E_g2=E_g2, E_g=E_g)


def centred_rootless(
    theta, grad, t, E_g2=0.0, E_g=0.0, *, lr=0.01, gamma=0.9, eps=1e-6
):
    """Give the slip of dividing by the variance, without its root."""
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    E_g = gamma * E_g + (1 - gamma) * g
    return theta - lr * g / (E_g2 - E_g**2 + eps), dict(E_g2=E_g2, E_g=E_g)


def centred_uphill(theta, grad, t, E_g2=0.0, E_g=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    """Give the slip of a plus in the last line."""
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    E_g = gamma * E_g + (1 - gamma) * g
    return theta + lr * g / np.sqrt(E_g2 - E_g**2 + eps), dict(E_g2=E_g2, E_g=E_g)


CHECKS = {
    "08.1": Check(
        trial=number,
        right=(10, 1),
        rtol=1e-3,
        why="1/√(1 − γ) at first, with one slope in the memory; 1 when the memory is "
        "full of slopes that are all the same.",
        slips=(
            ((1, 10), "The other way round: the memory starts empty, and fills."),
            ((10, 10), "The first is right. What is E[g²] when every slope was 1?"),
            ((1, 1), "The last is right. At the first step E[g²] is not 1 yet."),
            ((100, 1), "Take the root: E[g²] is 0.01 at first, its root 0.1."),
            ((0.1, 1), "0.1 is the root of the average. The step is *divided* by it."),
            ((10**0.5, 1), "That is the first step for γ = 0.9. Here γ is 0.99."),
        ),
        hint="Put g = 1 into (1) once for the first step; then ask which value of "
        "E[g²] equation (1) leaves as it is.",
    ),
    "08.2": Check(
        trial=path_on(ravine(10, 30), steps=8, lr=0.1, gamma=0.8, eps=0.01),
        right=mended,
        why="1 − γᵗ is what the weights of the average add up to after t steps. "
        "Divided by it, the average is right from the first step on.",
        slips=(
            (mended_not, "That is RMSProp as it was: divide E_g2 by 1 − γᵗ."),
            (
                mended_for_ever,
                "The corrected average went back into the state, so it is corrected "
                "again and again. Keep E_g2 as in (1) and give the new one a name.",
            ),
            (
                mended_once,
                "You divide by 1 − γ at every step. That is right for t = 1 only; the "
                "factor has γ to the power t.",
            ),
            (mended_outside, "ε belongs inside the root here, after the division."),
            (mended_early, "ε is added after the division, so that it stays ε."),
            (mended_root, "Divide the average, and then take the root."),
            (
                mended_times,
                "You multiply. The average is too small at first: divide it by 1 − γᵗ.",
            ),
            (mended_uphill, "The sign: the step goes against the slope."),
        ),
        hint="E_g2 as in (1); then E_g2 / (1 - gamma**t); then the root and the step. "
        "Return the next θ and a dict that holds E_g2.",
    ),
    "08.3": Check(
        trial=path_on(ravine(10, 30), steps=6, lr=0.05, gamma=0.8, eps=0.01),
        right=centred,
        why="E[g²] − E[g]² is the variance of recent slopes. Where they agree it is "
        "small and the step is long; where they scatter it is near E[g²].",
        slips=(
            (centred_not, "That is plain RMSProp: subtract E_g**2 from E_g2."),
            (
                centred_late,
                "You subtracted the mean from before this step. Bring E_g up to date "
                "first, as you do with E_g2.",
            ),
            (centred_above, "Below the line is right. Above it stands g, not E[g]."),
            (centred_outside, "That is PyTorch's place for ε. Here it is inside."),
            (centred_rootless, "The root is missing below the line."),
            (centred_uphill, "The sign: the step goes against the slope."),
        ),
        hint="Two averages with the same γ, one of g², one of g. Both go into the "
        "dict that you return.",
    ),
}

QUESTIONS = {
    "08.a": Question(
        text="RMSProp with γ = 0.9 starts, and meets nine slopes of +0.1 and one of "
        "−0.9. How far is it from its starting place after these ten steps?",
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
