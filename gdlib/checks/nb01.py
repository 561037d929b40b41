"""Notebook 01, gradient descent: questions and checks."""

import numpy as np

from ..exercises import Check, Question
from ..surfaces import ravine
from .trials import FLAT, numbers, paths, values

GROUNDS = {
    "steep ground": dict(objective=ravine(10, 30), steps=8, lr=0.25),
    "ground flatter than 1": dict(
        objective=ravine(2, 70), start=(0.3, 0.2), steps=8, lr=0.03
    ),
    "a slope of 0 in one coordinate": dict(objective=FLAT, steps=8, lr=0.17),
}
POINTS = {
    "(1, 0.5)": (np.array([1.0, 0.5]),),
    "(−2, 3)": (np.array([-2.0, 3.0]),),
    "(0.3, 1)": (np.array([0.3, 1.0]),),
}


def landing_rate():
    """Give the right answer to exercise 01.1: f(x) = 3x² has the slope 2 · 3 x."""
    slope = 2 * 3  # times x
    return 1 / slope


def fixed_length(theta, grad, t, *, lr=0.1):
    """Give the right answer to exercise 01.2: steps of length `lr`."""
    g = grad(theta)
    length = np.linalg.norm(g)
    step = lr * g / length
    return theta - step, dict(g=g, step=step)


def _each_by(size):
    """Exercise 01.2 with another size of g in the place of its length."""

    def method(theta, grad, t, *, lr=0.1):
        g = grad(theta)
        with np.errstate(all="ignore"):
            return theta - lr * np.nan_to_num(g / size(g)), dict(g=g)

    return method


def slopes(theta):
    """Give the right answer to exercise 01.3."""
    x, y = theta
    first_entry = 2 * (x - 2 * y)
    second_entry = 2 * (x - 2 * y) * -2 + 2 * (y - 1)
    return np.array([first_entry, second_entry])


def _second(inner, tail=1):
    """Exercise 01.3 with a second entry that is mistaken."""

    def mistaken(theta):
        x, y = theta
        u = x - 2 * y
        return np.array([2 * u, inner * 2 * u + tail * 2 * (y - 1)])

    return mistaken


CHECKS = {
    "01.1": Check(
        numbers(),
        landing_rate,
        why="A step multiplies x by 1 − 6α, and 1/6 makes that 0, wherever you start.",
        slips=(
            (1 / 2, "That lands on x². The slope of 3x² is three times as steep."),
            (
                1 / 3,
                "With 1/3 a step from x ends at −x. Check the derivative of 3x²: the "
                "exponent comes down as a factor.",
            ),
            (6, "6 is the curvature. Which α makes the factor of a step 0?"),
        ),
        hint="Write (1) for this f, with its own slope, and ask that the next x be 0.",
    ),
    "01.2": Check(
        paths(GROUNDS),
        fixed_length,
        why="g / ‖g‖ has length 1, so every step has length lr, on any slope but 0.",
        slips=(
            (
                _each_by(lambda g: 1),
                "This is plain gradient descent: its steps are long where it is steep.",
            ),
            (
                _each_by(np.abs),
                "Each coordinate is divided by its own size, which leaves its sign: "
                "that turns the direction. Divide the whole arrow by one length.",
            ),
            (
                _each_by(lambda g: (g**2).sum()),
                "You divide by the length squared, so steep ground gives short steps.",
            ),
            (
                _each_by(lambda g: np.abs(g).sum()),
                "The direction is right. A sum of sizes is no length: Pythagoras.",
            ),
            (
                _each_by(lambda g: np.abs(g).max()),
                "The direction is right. The largest coordinate alone is no length.",
            ),
            (
                _each_by(lambda g: max(1, np.linalg.norm(g))),
                "Steep ground is right. On flat ground the steps are too short: a "
                "short gradient has to be stretched, too.",
            ),
        ),
        hint="Ask of your step: is it parallel to g, and is its length lr on steep "
        "and on flat ground?",
    ),
    "01.3": Check(
        values(POINTS, names=("first entry", "second entry")),
        slopes,
        why="Outer derivative times inner derivative, added over the two squares: the "
        "rule that notebook 02 applies to 500 squares at once.",
        slips=(
            (
                _second(inner=1),
                "The second entry lacks an inner derivative: how does x − 2y change "
                "when y moves by 1?",
            ),
            (
                _second(inner=2),
                "The second entry, a sign: x − 2y falls when y grows.",
            ),
            (
                _second(inner=-1),
                "The second entry: when y grows by 1, by how much does x − 2y fall?",
            ),
            (
                _second(inner=-2, tail=0),
                "The second entry lacks the slope of (y − 1)².",
            ),
            (
                _second(inner=0),
                "The second entry has the slope of (y − 1)² alone: y stands in the "
                "other square, too.",
            ),
        ),
        hint="Take one square at a time: its own derivative, times how fast its inside "
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
