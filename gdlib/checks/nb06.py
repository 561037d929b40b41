"""Notebook 06, Adagrad: questions and checks."""

import numpy as np

from ..exercises import Check, Question, number, path_on
from ..methods import adagrad
from ..objectives import Objective, ravine

VALLEY = ravine(25, 30)
A = np.array([[9.0, 4.0, 1.0], [4.0, 6.0, -2.0], [1.0, -2.0, 3.0]])
# Of dim 3: in a plane, V and its transpose may well be the same.
TILTED = Objective(
    value=lambda theta: (theta * (A @ theta)).sum(0) / 2,
    grad=lambda theta: A @ theta,
    dim=3,
    start=(1.0, -2.0, 1.5),
)


def torch_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-10):
    """Give the right answer to exercise 06.2: ε outside the root."""
    g = grad(theta)
    G = G + g**2
    return theta - lr * g / (np.sqrt(G) + eps), dict(G=G)


def torch_uphill(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-10):
    """Give the slip of a plus in the last line."""
    g = grad(theta)
    G = G + g**2
    return theta + lr * g / (np.sqrt(G) + eps), dict(G=G)


def torch_without_root(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-10):
    """Give the slip of dividing by the sum itself."""
    g = grad(theta)
    G = G + g**2
    return theta - lr * g / (G + eps), dict(G=G)


def torch_without_square(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-10):
    """Give the slip of adding up slopes, not their squares."""
    g = grad(theta)
    G = G + np.abs(g)
    return theta - lr * g / (np.sqrt(G) + eps), dict(G=G)


def torch_forgetful(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-10):
    """Give the slip of a memory that holds the last slope alone."""
    g = grad(theta)
    G = g**2
    return theta - lr * g / (np.sqrt(G) + eps), dict(G=G)


def torch_old_G(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-10):
    """Give the slip of dividing before the sum is updated."""
    g = grad(theta)
    return theta - lr * g / (np.sqrt(G) + eps), dict(G=G + g**2)


def full_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-8):
    """Give the right answer to exercise 06.3: G a sum of outer products."""
    g = grad(theta)
    G = G + np.outer(g, g)
    w, V = np.linalg.eigh(G)
    return theta - lr * V @ (V.T @ g / np.sqrt(w + eps)), dict(G=G)


def full_uphill(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-8):
    """Give the slip of a plus in the last line."""
    found, terms = full_adagrad(theta, grad, t, G, lr=lr, eps=eps)
    return 2 * theta - found, terms


def full_not_turned_back(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-8):
    """Give the slip of leaving the step in the frame of the eigenvectors."""
    g = grad(theta)
    G = G + np.outer(g, g)
    w, V = np.linalg.eigh(G)
    return theta - lr * (V.T @ g / np.sqrt(w + eps)), dict(G=G)


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


def full_without_root(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-8):
    """Give the slip of the power −1 in place of −1/2."""
    g = grad(theta)
    G = G + np.outer(g, g)
    w, V = np.linalg.eigh(G)
    return theta - lr * V @ (V.T @ g / (w + eps)), dict(G=G)


def full_forgetful(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-8):
    """Give the slip of a matrix that holds the last slope alone."""
    return full_adagrad(theta, grad, t, lr=lr, eps=eps)


CHECKS = {
    "06.1": Check(
        trial=number,
        right=(0.5, 0.4, 0.0, 6 / 13),
        rtol=5e-3,
        why="The roots of G are 3, 5, 5 and 13. The first step is η itself; a slope of "
        "0 neither moves the weight nor wears its rate; and after the large slope 12 "
        "every later rate is small.",
        slips=(
            (
                (0.5 / 3, 0.08, 0.0, 6 / 169),
                "You divided by G. (2) divides by its root.",
            ),
            (
                (0.5, 0.5, 0.0, 0.5),
                "Each step has forgotten the slopes before it. G is the sum of all of "
                "them, squared.",
            ),
            (
                (1 / 6, 0.1, 0.1, 1 / 26),
                "Those are the effective rates η/√G. A step is rate times slope.",
            ),
            (
                (-0.5, -0.4, 0.0, -6 / 13),
                "The sizes are right. Asked is what (3) takes away: with positive "
                "slopes that is positive.",
            ),
            ((1.0, 0.8, 0.0, 12 / 13), "Multiply by η = 0.5."),
            (
                (0.5, 2 / 7, 0.0, 6 / 19),
                "You added the slopes. G adds their squares, and the root comes after "
                "the sum.",
            ),
        ),
        hint="Write a row for each step: g, g², G so far, √G, then 0.5 · g/√G.",
    ),
    "06.2": Check(
        trial=path_on(VALLEY, steps=6, lr=0.5, eps=0.3),
        right=torch_adagrad,
        why="Outside the root ε is measured against |g|, inside against g². For slopes "
        "far above both, the place makes no difference.",
        slips=(
            (
                adagrad,
                "That is (2), with ε inside the root. Take the root first, then add ε.",
            ),
            (torch_uphill, "The sign: the step is taken from θ."),
            (torch_without_root, "The root is missing: divide by √G + ε."),
            (torch_without_square, "G adds up squares: g**2."),
            (
                torch_forgetful,
                "G holds the last slope alone. Add g**2 to the G that came in.",
            ),
            (
                torch_old_G,
                "You divide by the old G. Update it first: the first step would "
                "otherwise be g/ε.",
            ),
        ),
        hint="Three lines: g = grad(theta); G + g**2; then θ loses "
        "lr · g/(√G + eps). Return θ and a dict that holds the new G.",
    ),
    "06.3": Check(
        trial=path_on(TILTED, steps=8, lr=0.5, eps=1e-4),
        right=full_adagrad,
        rtol=1e-6,
        why="The eigenvectors turn with the data, so no frame is special. In the rare "
        "feature this form needs the same number of steps at 0° and at 45°.",
        slips=(
            (
                adagrad,
                "That is the diagonal form. np.outer(g, g) also holds the product of "
                "the two slopes, which tells how they go together.",
            ),
            (full_uphill, "The sign: the step is taken from θ."),
            (
                full_not_turned_back,
                "The step still stands in the frame of the eigenvectors. Turn it back "
                "with V @ ….",
            ),
            (
                full_turned_wrongly,
                "V and V.T have changed places: eigh returns the eigenvectors as "
                "columns, so V.T @ g are g's parts along them.",
            ),
            (
                full_turned_early,
                "You turn back before you divide. Mind the brackets: the eigenvalues "
                "belong to the parts V.T @ g.",
            ),
            (full_without_root, "That is the power −1. Divide by √(w + eps)."),
            (
                full_forgetful,
                "The matrix holds the last slope alone. Add the outer product to the "
                "G that came in.",
            ),
        ),
        hint="Four lines: g; G + np.outer(g, g); w, V = np.linalg.eigh(G); the step "
        "lr * V @ (V.T @ g / np.sqrt(w + eps)).",
    ),
}

QUESTIONS = {
    "06.a": Question(
        text="At angle 0, Adagrad needs 20 steps to a gap of 1e-6 and gradient "
        "descent 286. You turn the inputs by 45°. What happens to the two counts?",
        options={
            "Neither changes: the samples say the same as before.": "They do, and for "
            "gradient descent that is enough: its step turns with the axes. Adagrad's "
            "rates belong to the axes themselves.",
            "Gradient descent's stays, Adagrad's grows.": "Gradient descent's step "
            "turns with the axes. Adagrad's two memories now both see the often "
            "input, so its two rates become one: 286 and 910.",
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
            "x, whose slope is the smaller one.": "Sizes drop out, shares count. x "
            "keeps three quarters of its slope and moves 0.30; y keeps half of its "
            "slope and moves 0.22.",
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
