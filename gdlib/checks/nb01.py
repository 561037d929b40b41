"""Notebook 01, gradient descent: questions and checks."""

import numpy as np

from ..exercises import Check, Question, number, path_on, values_at
from ..objectives import ravine


def _fixed_length(theta, grad, t, *, lr=0.1):
    g = grad(theta)
    return theta - lr * g / np.linalg.norm(g), dict(g=g)


def _uphill(theta, grad, t, *, lr=0.1):
    g = grad(theta)
    return theta + lr * g / np.linalg.norm(g), dict(g=g)


def _length_one(theta, grad, t, *, lr=0.1):
    g = grad(theta)
    return theta - g / np.linalg.norm(g), dict(g=g)


def _plain(theta, grad, t, *, lr=0.1):
    return theta - lr * grad(theta), {}


def _signs(theta, grad, t, *, lr=0.1):
    return theta - lr * np.sign(grad(theta)), {}


def _squared_length(theta, grad, t, *, lr=0.1):
    g = grad(theta)
    return theta - lr * g / (g**2).sum(), dict(g=g)


def _gradient(inner=-2, outer=2, tail=1):
    """The gradient of (x − 2y)² + (y − 1)², or with a part of it mistaken."""

    def slopes(theta):
        x, y = theta
        miss = outer * (x - 2 * y)
        return np.array([miss, inner * miss + tail * outer * (y - 1)])

    return slopes


_POINTS = [(np.array(p),) for p in ((1.0, 0.5), (-2.0, 3.0), (0.3, 1.0))]

CHECKS = {
    "01.1": Check(
        trial=number,
        right=1 / 6,
        why="A step multiplies x by 1 − 6α, and 1/6 makes that 0, wherever you start.",
        slips=(
            (1 / 2, "That lands on x². Here the slope is 6x, three times as steep."),
            (
                1 / 3,
                "With 1/3 a step from x ends at −x, if the slope is 6x. Check the "
                "derivative of 3x²: the exponent comes down as a factor.",
            ),
            (0.17, "Right, and rounded too far: write 1 / 6."),
            (6, "6 is the curvature. Which α makes 1 − 6α equal to 0?"),
        ),
        hint="Write x − α · slope = 0 with the slope of 3x², and solve for α.",
        rtol=5e-3,
    ),
    "01.2": Check(
        trial=path_on(ravine(10), steps=5, lr=0.2),
        right=_fixed_length,
        why="g / ‖g‖ has length 1, so every step has length lr, on any slope.",
        slips=(
            (_uphill, "Your steps have the right length and go uphill: the minus."),
            (_length_one, "Your steps have length 1 whatever `lr` is: multiply by it."),
            (_plain, "This is plain gradient descent: divide g by its length."),
            (
                _signs,
                "Each coordinate is divided by its own size, which leaves its sign: "
                "that turns the direction. Divide the whole arrow by one length.",
            ),
            (
                _squared_length,
                "You divide by the length squared: steep ground now gives short "
                "steps. Take the root of the sum of squares.",
            ),
        ),
        hint="Three lines: g, then lr · g over its length, then theta minus that.",
    ),
    "01.3": Check(
        trial=values_at(*_POINTS),
        right=_gradient(),
        why="Outer derivative times inner derivative, added over the two squares: the "
        "rule that notebook 02 applies to 500 squares at once.",
        slips=(
            (
                _gradient(inner=1),
                "The second entry lacks an inner derivative: how does x − 2y change "
                "when y moves by 1?",
            ),
            (
                _gradient(inner=2),
                "A sign: x − 2y *falls* when y grows, so its inner derivative is −2.",
            ),
            (
                _gradient(inner=-1),
                "The second entry: when y grows by 1, x − 2y falls by 2, not by 1.",
            ),
            (
                _gradient(tail=0),
                "The second entry lacks the slope of (y − 1)².",
            ),
            (
                _gradient(outer=1),
                "The squares' own derivative is missing: u² changes by 2u.",
            ),
            (
                lambda theta: _gradient()(theta)[::-1],
                "Both slopes are right and stand in the wrong order: x comes first.",
            ),
        ),
        hint="Take one square at a time: twice its inside, times how fast the inside "
        "changes with that coordinate.",
    ),
}

QUESTIONS = {
    "01.a": Question(
        "On f(x) = x² you start at x = 0.7. Which learning rate brings you closest to "
        "the minimum in 20 steps?",
        {
            "α = 0.15": "It comes closer by a factor of 0.7 a step. One of the others "
            "needs a single step.",
            "α = 0.5": "1 − 2α is 0: the first step lands on the minimum.",
            "α = 0.9": "Its factor is −0.8: it changes sides at every step and comes "
            "closer more slowly than α = 0.15 does.",
            "α = 1": "Its factor is −1: 0.7, −0.7, 0.7, … It is the raw slope of the "
            "problem.",
        },
        right="α = 0.5",
    ),
    "01.b": Question(
        "The left well is the deeper one. You start at x = 0.2, right of the hump at "
        "0.13, with α = 0.05. Where does the run end?",
        {
            "in the deep well on the left": "At 0.2 the ground falls to the right. "
            "Nothing at that point tells of a deeper well behind the hump.",
            "in the shallow well on the right": "The slope at 0.2 is negative, so each "
            "step goes right, away from the deeper well.",
            "it stays near the hump": "The slope at 0.2 is small, about −0.27, and not "
            "zero: the run leaves slowly, then faster.",
        },
        right="in the shallow well on the right",
    ),
    "01.c": Question(
        "In the ravine with κ = 10 you stand at (−2, 1); the minimum is at (0, 0). In "
        "which direction is the first step longer?",
        {
            "along x, where the way is longer": "The gradient does not know the way: "
            "it is (x, κy) = (−2, 10).",
            "along y, where it is steeper": "The gradient is (x, κy) = (−2, 10): five "
            "times as much across as along, though x has further to go.",
            "both the same": "They would be if x and κy had the same size.",
        },
        right="along y, where it is steeper",
    ),
    "01.d": Question(
        "At κ = 10 the best α leaves a millionth of the gap after 35 steps. How many "
        "steps does the best α for κ = 100 need?",
        {
            "35 again: each α is the best for its κ": "The best α makes the flat and "
            "the steep direction equally fast. It cannot make them fast.",
            "about 110, √10 times as many": "That would be a great gain: notebook 04 "
            "earns it with momentum.",
            "about 350, ten times as many": "The rate (κ − 1)/(κ + 1) is about "
            "1 − 2/κ, so the number of steps grows as κ does.",
            "about 3,500, a hundred times as many": "It is bad, but not that bad: the "
            "rate (κ − 1)/(κ + 1) is about 1 − 2/κ.",
        },
        right="about 350, ten times as many",
    ),
}
