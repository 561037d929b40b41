"""Notebook 14, a neural network: questions and checks."""

import numpy as np

from ..exercises import Check, Question
from .trials import numbers, values


def by_hand():
    """Give the right answer to exercise 14.1: the slopes of s, p, a and b."""
    a, b = 2, 3
    p = a * b
    s = p + a
    slope_s = b  # (1)
    slope_p = slope_s  # (1)
    slope_a = slope_p * b + slope_s  # (1)
    slope_b = slope_p * a + s  # (1)
    return slope_s, slope_p, slope_a, slope_b


SCORES = {
    "three samples": (
        np.array([[1.0, -0.5, 2.0], [0.3, 0.9, -1.2], [-2.0, 0.4, 0.1]]),
        np.array([2, 0, 1]),
    ),
    "one sample of four classes": (np.array([[0.2, 1.5, -0.7, 0.4]]), np.array([3])),
    "five samples of two classes": (
        np.array([[0.1, 0.5], [1.2, -0.3], [-0.8, 0.6], [2.1, 1.9], [0.0, -1.0]]),
        np.array([0, 0, 1, 1, 0]),
    ),
    "scores of 800": (
        np.array([[800.0, 799.0, 801.5], [-800.0, -801.0, -799.5]]),
        np.array([1, 2]),
    ),
}


def score_slopes(S, y):
    """Give the right answer to exercise 14.2."""
    E = np.exp(S - S.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)  # (4)
    Y = np.eye(S.shape[1])[y]
    return (P - Y) / len(y)


def softmax(S, axis=1):
    """Give the probabilities of scores, the sum taken along an axis."""
    E = np.exp(S - S.max(axis=axis, keepdims=True))
    return E / E.sum(axis=axis, keepdims=True)


def heaped(S):
    """Give scores' probabilities with one sum for all samples."""
    E = np.exp(S - S.max(axis=1, keepdims=True))
    return E / E.sum()


def classes(S, y):
    """Give Y, a row for each sample with 1 at its class."""
    return np.eye(S.shape[1])[y]


def layer(seed, N, inputs, hidden, number):
    """Give X, H, W2 and dS of a layer with these sizes."""
    rng = np.random.default_rng(seed)
    X, Z = rng.standard_normal((N, inputs)), rng.standard_normal((N, hidden))
    return (
        X,
        np.tanh(Z),
        rng.standard_normal((hidden, number)),
        rng.normal(size=(N, number)),
    )


LAYERS = {
    "five samples": layer(0, 5, 3, 4, 2),
    "one sample": layer(1, 1, 4, 2, 3),
    "one hidden unit": layer(2, 6, 2, 1, 3),
    "arrays that are all square": layer(3, 3, 3, 3, 3),
}


def first_layer(X, H, W2, dS):
    """Give the right answer to exercise 14.3."""
    dH = dS @ W2.T
    dZ = dH * (1 - H**2)
    return X.T @ dZ


CHECKS = {
    "14.1": Check(
        numbers("s", "p", "a", "b"),
        by_hand,
        why="Every use of a node adds its own share: a is in p and in s, b in p and in "
        "J. One walk back gave all four slopes.",
        slips=(
            (
                (3, 3, 9, 14),
                "a is used twice: in p, and once more in s. Which share is missing?",
            ),
            ((3, 3, 3, 14), "a is used in p as well as in s: add the share from p."),
            ((3, 3, 12, 6), "b is used in J as well as in p: add the share from J."),
            ((3, 3, 12, 8), "b is used in p as well as in J: add the share from p."),
            ((3, 3, 9, 6), "a and b are each used twice; (1) is a sum."),
            ((8, 6, 2, 3), "Those are values. Asked is how fast J changes with each."),
            (
                (8, 8, 32, 24),
                "J = s · b: the local slope from s to J is the *other* factor.",
            ),
            ((12, 14, 3, 3), "The numbers are right and in another order: s, p, a, b."),
        ),
        hint="Draw the five nodes, write the local slopes on the edges (of a product: "
        "the other factor), and walk back from J, whose slope is 1.",
    ),
    "14.2": Check(
        values(SCORES),
        score_slopes,
        why="P − Y: a score is pushed down by the probability it was given, that of "
        "the right class up by what it lacks to 1. No logarithm is left.",
        slips=(
            (
                lambda S, y: (
                    (np.exp(S) / np.exp(S).sum(1, keepdims=True) - classes(S, y))
                    / len(y)
                ),
                "Right while the scores are small; e⁸⁰⁰ overflows. Take each row's "
                "largest score off first.",
            ),
            (
                lambda S, y: softmax(S) - classes(S, y),
                "The loss is a mean over the samples: what is missing?",
            ),
            (
                lambda S, y: (softmax(S) - classes(S, y)) / S.size,
                "You divide by all scores; (5) is a mean over the samples.",
            ),
            (
                lambda S, y: (softmax(S) - classes(S, y)) / S.shape[1],
                "You divide by the number of classes; N counts the samples.",
            ),
            (
                lambda S, y: softmax(S) / len(y),
                "The right class is missing: what does log P of it add to the slope?",
            ),
            (
                lambda S, y: (softmax(S, axis=0) - classes(S, y)) / len(y),
                "Your probabilities add up to 1 over the samples; by (4) they do so "
                "over the classes of each.",
            ),
            (
                lambda S, y: (heaped(S) - classes(S, y)) / len(y),
                "Your probabilities add up to 1 over all samples together; by (4) they "
                "do so in each row.",
            ),
            (
                lambda S, y: (S - classes(S, y)) / len(y),
                "You take the scores themselves for probabilities: (4) is missing.",
            ),
            (
                lambda S, y: (classes(S, y) - softmax(S)) / len(y),
                "The sign: at the right class P − 1 is negative, as the loss falls "
                "when its score grows.",
            ),
        ),
        hint="By (4) and (5) a sample's loss is log Σ e^S minus the score of its "
        "class. Differentiate each of the two with respect to one score.",
    ),
    "14.3": Check(
        values(LAYERS),
        first_layer,
        why="Each arrow of the graph is crossed once: times W₂ᵀ, times the slope of "
        "tanh, times Xᵀ. Equal columns going in give equal columns coming out, which "
        "is why equal units never part.",
        slips=(
            (
                lambda X, H, W2, dS: X.T @ (dS @ W2.T),
                "The tanh is missing: its slope, from H, multiplies each entry.",
            ),
            (
                lambda X, H, W2, dS: X.T @ (dS @ W2.T * (1 - np.tanh(H) ** 2)),
                "H is tanh already: its slope is 1 − H², without another tanh.",
            ),
            (
                lambda X, H, W2, dS: X.T @ (dS @ W2.T * (1 - H) ** 2),
                "The square belongs to H alone: 1 − H².",
            ),
            (
                lambda X, H, W2, dS: X.T @ (dS @ W2.T * H * (1 - H)),
                "That is the slope of the logistic function; here it is tanh.",
            ),
            (
                lambda X, H, W2, dS: X.T @ (dS @ W2.T * (1 - H**2)) / len(X),
                "The mean is in dS already: ∂J/∂S was divided by N once.",
            ),
            (
                lambda X, H, W2, dS: (X.T @ (dS @ W2.T * (1 - H**2))).T,
                "Right, and on its side: W₁ is (inputs, hidden).",
            ),
            (lambda X, H, W2, dS: H.T @ dS, "That is ∂J/∂W₂: go on, down to W₁."),
            (
                lambda X, H, W2, dS: dS @ W2.T * (1 - H**2),
                "That is the slope of Z = X W₁ + b₁, a row for each sample. One more "
                "product leads to W₁.",
            ),
        ),
        hint="Three lines: the slope of H, then that of Z = X W₁ + b₁, then that of "
        "W₁. Check each one's shape against what it belongs to.",
    ),
}

QUESTIONS = {
    "14.a": Question(
        text="After 304 gradients each, every method at its own best η: whose training "
        "loss is lowest?",
        options={
            "Adam's.": "Adam is good here, and not in front: the two methods that look "
            "ahead are.",
            "Nesterov's or Nadam's.": "The two that look ahead. Which of them depends "
            "on the seeds, and on the budget.",
            "RMSProp's.": "At the default η it is in front, with Nadam and Adam. With "
            "η tuned for each, most others overtake it.",
        },
        right="Nesterov's or Nadam's.",
    ),
    "14.b": Question(
        text="Which of these does the training loss notice most?",
        options={
            "The method, at its own best η.": "From Nesterov to gradient descent that "
            "is a factor of ten here. η does far more.",
            "η from 0.0001 to 10, of one method.": "From hardly moving to flying "
            "apart, a factor of hundreds to tens of thousands: a tuned η is worth "
            "more than a change of method.",
            "The batch from 4 to 1,200, at one η.": "After 304 updates a factor of "
            "three for gradient descent, of a hundred or more for Nesterov and Adam: "
            "they want a smaller η with small batches. η itself does still more.",
        },
        right="η from 0.0001 to 10, of one method.",
    ),
    "14.c": Question(
        text="All weights start ten thousand times smaller. How many unseen digits "
        "does Adam read after eight epochs?",
        options={
            "One in ten: nothing moves.": "That happens at exactly 0. Tiny "
            "differences between the units are enough for Adam: it divides by the "
            "size of the slopes.",
            "About half.": "Adam's steps do not depend on the size of the slopes: it "
            "reads as many as before, to a point or two.",
            "As many as with width 1.": "Only exact equality holds the units "
            "together, and Adam's steps are as long at small slopes as at large ones.",
        },
        right="As many as with width 1.",
    ),
    "14.d": Question(
        text="In the race RMSProp stands eighth. With four times as many epochs, and η "
        "chosen for that?",
        options={
            "Still among the last: it steps to and fro.": "So it did where there was "
            "a minimum to settle at. Here there is none.",
            "It comes to the middle.": "It goes further than that.",
            "It comes to the front.": "This loss can fall for ever, and steps that do "
            "not get shorter keep going down.",
        },
        right="It comes to the front.",
    ),
}
