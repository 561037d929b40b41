"""Notebook 06, Adagrad: questions and checks."""

import numpy as np

from ..exercises import Check, Question
from ..methods import adagrad
from ..objectives import Objective
from ..surfaces import ravine
from .trials import FLAT, numbers, paths

A = np.array([[9.0, 4.0, 1.0], [4.0, 6.0, -2.0], [1.0, -2.0, 3.0]])
# Of dim 3: in a plane, V and its transpose may well be the same.
TILTED = Objective(
    value=lambda theta: (theta * (A @ theta)).sum(0) / 2,
    grad=lambda theta: A @ theta,
    dim=3,
    start=(1.0, -2.0, 1.5),
)
GROUNDS = {
    "a turned ravine": dict(objective=ravine(25, 30), steps=8, lr=0.5, eps=0.3),
    "a flat start": dict(objective=FLAT, steps=7, lr=0.2, eps=0.02),
}
TURNED = {
    "three coordinates": dict(objective=TILTED, steps=8, lr=0.5, eps=0.7),
    "a flat start": dict(objective=FLAT, steps=7, lr=0.2, eps=0.02),
}


def four_steps():
    """Give the right answer to exercise 06.1."""
    lr = 0.5
    g = np.array([3, 4, 0, 12])
    G = np.cumsum(g**2)  # (1)
    rate = lr / np.sqrt(G)  # (2)
    return rate * g  # (3)


def torch_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-10):
    """Give the right answer to exercise 06.2: ε outside the root."""
    g = grad(theta)
    G = G + g**2  # (1)
    rate = lr / (np.sqrt(G) + eps)  # (2)
    return theta - rate * g, dict(G=G)  # (3)


def from_a_tenth(theta, grad, t, G=0.1, *, lr=0.01, eps=1e-10):
    """Give the second row of the table: G from 0.1, ε inside the root."""
    return adagrad(theta, grad, t, G + 0.1 * (t == 1), lr=lr, eps=eps)


def sizes_added(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-10):
    """Give the slip of adding up |g|, not its square."""
    g = grad(theta)
    G = G + np.abs(g)
    return theta - lr * g / (np.sqrt(G) + eps), dict(G=G)


def shared(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-10):
    """Give the slip of one sum for all coordinates."""
    g = grad(theta)
    G = G + np.sum(g**2)
    return theta - lr * g / (np.sqrt(G) + eps), dict(G=G)


def averaged(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-10):
    """Give a fading average in place of the sum, which is a later method."""
    g = grad(theta)
    G = 0.9 * G + 0.1 * g**2
    return theta - lr * g / (np.sqrt(G) + eps), dict(G=G)


def eps_on_the_step(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-10):
    """Give the slip of a missing bracket: ε is added to θ."""
    g = grad(theta)
    G = G + g**2
    with np.errstate(all="ignore"):  # 0 / 0 where the start is flat
        return theta - lr * g / np.sqrt(G) + eps, dict(G=G)


def full_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-8):
    """Give the right answer to exercise 06.3: G a sum of outer products."""
    g = grad(theta)
    G = G + np.outer(g, g)
    w, V = np.linalg.eigh(G)
    turned = V.T @ g
    shrunk = turned / np.sqrt(w + eps)
    return theta - lr * (V @ shrunk), dict(G=G)


def full_not_turned_back(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-8):
    """Give the slip of leaving the step in the frame of the eigenvectors."""
    g = grad(theta)
    G = G + np.outer(g, g)
    w, V = np.linalg.eigh(G)
    return theta - lr * (V.T @ g / np.sqrt(w + eps)), dict(G=G)


def full_not_turned(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-8):
    """Give the slip of dividing g before it is turned into the frame."""
    g = grad(theta)
    G = G + np.outer(g, g)
    w, V = np.linalg.eigh(G)
    return theta - lr * V @ (g / np.sqrt(w + eps)), dict(G=G)


def full_eps_outside(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-8):
    """Give the slip of ε outside the root."""
    g = grad(theta)
    G = G + np.outer(g, g)
    w, V = np.linalg.eigh(G)
    return theta - lr * V @ (V.T @ g / (np.sqrt(np.abs(w)) + eps)), dict(G=G)


def full_turned_wrongly(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-8):
    """Give the slip of V and its transpose the other way round."""
    g = grad(theta)
    G = G + np.outer(g, g)
    w, V = np.linalg.eigh(G)
    return theta - lr * V.T @ (V @ g / np.sqrt(w + eps)), dict(G=G)


def full_turned_early(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-8):
    """Give the slip of turning back before the division."""
    g = grad(theta)
    G = G + np.outer(g, g)
    w, V = np.linalg.eigh(G)
    return theta - lr * V @ (V.T @ g) / np.sqrt(w + eps), dict(G=G)


def full_forgetful(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-8):
    """Give the slip of a matrix that holds the last slope alone."""
    found, terms = full_adagrad(theta, grad, t, 0.0, lr=lr, eps=eps)
    return found, terms


CHECKS = {
    "06.1": Check(
        numbers("step 1", "step 2", "step 3", "step 4"),
        four_steps,
        why="The roots of G are 3, 5, 5 and 13. The first step is η itself; a slope of "
        "0 neither moves the weight nor wears its rate; and after the large slope 12 "
        "every later rate is small.",
        slips=(
            (
                (0.5, 0.5, 0.0, 0.5),
                "Each step has forgotten the slopes before it. What does (1) add up?",
            ),
            (
                (1 / 6, 0.1, 0.1, 1 / 26),
                "Those are the effective rates of (2). A step is rate times slope.",
            ),
            (
                (0.5, 2 / 7, 0.0, 6 / 19),
                "You added the slopes. (1) adds their squares, and the root comes "
                "after the sum.",
            ),
            (
                (-0.5, -0.4, 0.0, -6 / 13),
                "The sizes are right. Asked is what (3) takes away: with positive "
                "slopes that is positive.",
            ),
            (
                (3, 5, 5, 13),
                "Those are the roots of G. A step is η/√G times the slope.",
            ),
        ),
        hint="Make a row for each step: g, G so far by (1), the rate by (2), and what "
        "(3) takes away.",
    ),
    "06.2": Check(
        paths(GROUNDS),
        torch_adagrad,
        why="Outside the root ε is measured against |g|, inside against g². For slopes "
        "far above both, the place makes no difference.",
        slips=(
            (
                adagrad,
                "That is (2), with ε inside the root. Look at the first row of the "
                "table again.",
            ),
            (shared, "You keep one sum for all coordinates. Each has its own."),
            (
                averaged,
                "Your G is a fading average. (1) is a sum: nothing fades.",
            ),
            (
                eps_on_the_step,
                "Your ε is added to θ. Mind the brackets: it belongs to the divisor.",
            ),
            (sizes_added, "You add up |g|. What does (1) add up?"),
            (
                from_a_tenth,
                "Your G starts at 0.1, as in the second row of the table. Asked is the "
                "first.",
            ),
        ),
        hint="Compare with (1) to (3), and look at the first row of the table: where "
        "does its ε stand?",
    ),
    "06.3": Check(
        paths(TURNED),
        full_adagrad,
        rtol=1e-6,
        why="The eigenvectors turn with the data, so no frame is special. In the rare "
        "feature this form needs the same number of steps at 0° and at 45°.",
        slips=(
            (
                adagrad,
                "That is the diagonal form. The outer product also holds the products "
                "of two different slopes, which tell how they go together.",
            ),
            (
                full_not_turned_back,
                "The step still stands in the frame of the eigenvectors. Turn it back.",
            ),
            (full_not_turned, "You divide g before it is turned into the frame."),
            (full_eps_outside, "Here ε stands under the root: √(w + ε)."),
            (
                full_turned_wrongly,
                "V and V.T have changed places: eigh returns the eigenvectors as "
                "columns, so V.T @ g are g's parts along them.",
            ),
            (
                full_turned_early,
                "You turn back before you divide. The eigenvalues belong to the parts "
                "along the eigenvectors.",
            ),
            (
                full_forgetful,
                "The matrix holds the last slope alone. What does it add up?",
            ),
        ),
        hint="Go through the recipe again, one thing a line: the sum, its "
        "eigenvectors, g in their frame, the division, the way back.",
    ),
}

QUESTIONS = {
    "06.a": Question(
        text="At angle 0, Adagrad needs 20 steps to a gap of 1e-6 and gradient "
        "descent 306. You turn the inputs by 45°. What happens to the two counts?",
        options={
            "Neither changes: the samples say the same as before.": "They do, and for "
            "gradient descent that is enough: its step turns with the axes. Adagrad's "
            "rates belong to the axes themselves.",
            "Gradient descent's stays, Adagrad's grows.": "Gradient descent's step "
            "turns with the axes. Adagrad's two memories now both see the often "
            "input, so its two rates become nearly one: 306 and 972.",
            "Both grow: mixed inputs are harder.": "For Adagrad they are. Gradient "
            "descent's step turns with the axes, so its gap is the same at every "
            "angle.",
        },
        right="Gradient descent's stays, Adagrad's grows.",
    ),
    "06.b": Question(
        text="Step 1 takes 0.5 from both distances. Which coordinate moves further in "
        "step 2?",
        options={
            "x, whose slope is the smaller one.": "What counts is how large a slope is "
            "beside those before it. x has three quarters of its first slope left and "
            "moves 0.30; y has half of its first and moves 0.22.",
            "y, whose slope is the larger one.": "The size of a slope drops out of "
            "slope/√G. What counts is the share of the first slope that is left: three "
            "quarters for x, half for y.",
            "Both the same, as in step 1.": "Step 1 was special: √G was |g|. From now "
            "on it counts how the new slope compares with the old ones.",
        },
        right="x, whose slope is the smaller one.",
    ),
    "06.c": Question(
        text="m starts at 0 and belongs at 2. Adagrad takes 10,000 steps with η = "
        "0.01. Where is m?",
        options={
            "At 2.00: that is more than enough.": "By (5), 10,000 steps reach less "
            "than 2 · 0.01 · 100 = 2.00, and less still once the slope falls.",
            "On its way, at about 1.5.": "By (5) the reach is less than 2.00, and the "
            "falling slope makes it shorter still.",
            "Near the start, at about 0.1.": "The rate dies slowly: the reach is "
            "2 · 0.01 · √10,000 = 2.00, of which the falling slope takes a part.",
        },
        right="On its way, at about 1.5.",
    ),
}
