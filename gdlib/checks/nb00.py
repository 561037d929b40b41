"""Notebook 00, start here: one question and one check, to show how they work."""

from ..exercises import Check, Question
from .trials import numbers


def second_step():
    """Give the right answer to exercise 00.1."""
    x, lr = 0.49, 0.15
    slope = 2 * x
    return x - lr * slope


CHECKS = {
    "00.1": Check(
        numbers("x"),
        second_step,
        why="The slope at 0.49 is 0.98, and 0.49 − 0.15 · 0.98 = 0.343. Each step "
        "multiplies x by 0.7, as long as the learning rate is 0.15.",
        slips=(
            (0.637, "That is uphill. The step is subtracted: against the slope."),
            (0.28, "You took the slope at 0.7 again. You stand at 0.49 now."),
            (0.34, "You subtracted the learning rate. Multiply it by the slope first."),
            (0.147, "That is the step. Where does it lead, from 0.49?"),
            (0.98, "That is the slope at 0.49. A step is 0.15 of it."),
            (0.49, "There you stand after the first step. Take the second."),
            (0.2401, "That is one step further: the third. Take the second."),
            (0.21, "That is the first step's length, from 0.7. You stand at 0.49 now."),
            (
                0.9114,
                "0.2401 is 0.49², the height of the curve. Asked for is its slope.",
            ),
            (-0.2, "You took the slope of 0.7 whole. Take 0.15 of the slope at 0.49."),
        ),
        hint="Three lines on paper: the slope where you stand, 0.15 of it, and what is "
        "left of 0.49. Which one went wrong?",
        rtol=2e-3,
    ),
}

QUESTIONS = {
    "00.a": Question(
        text="You stand at x = 0.7 on the curve f(x) = x², where the slope is 1.4. You "
        "take 0.15 of the slope as your step, downhill. Where are you now?",
        options={
            "at 0.49": "0.15 · 1.4 = 0.21, and 0.7 − 0.21 = 0.49.",
            "at 0.55": "That is 0.7 − 0.15: the same step on every slope. The step is "
            "0.15 times the slope, 0.21.",
            "at 0.91": "0.7 + 0.21: that is uphill. The slope is positive, so down is "
            "to the left.",
            "at −0.7": "A whole slope leads there, 0.7 − 1.4. You take 0.15 of it.",
        },
        right="at 0.49",
    ),
}
