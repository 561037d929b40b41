"""Notebook 02, gradient descent in regression: questions and checks."""

import numpy as np

from ..exercises import Check, Question
from .trials import numbers, values


def _data(N, dim, seed):
    rng = np.random.default_rng(seed)
    return rng.normal(size=dim), rng.normal(size=(N, dim)), 3 * rng.normal(size=N)


DATA = {
    "seven points with three inputs": _data(7, 3, seed=1),
    "five points with two inputs": _data(5, 2, seed=2),
    "θ = 0": (np.zeros(3), *_data(6, 3, seed=3)[1:]),
}
LINES = {
    "a mean above 0": (2.0, 3.0, 5.0, 0.5),
    "a mean below 0": (-1.5, 0.25, -2.0, 4.0),
}


def slopes_by_hand():
    """Give the right answer to exercise 02.1, row by row."""
    x, y = np.array([0, 1, 2, 3]), np.array([0, 4, 3, 6])
    residual = y - (1 * x + 1)
    dm = 2 / 4 * (-x * residual).sum()  # (4)
    db = 2 / 4 * (-residual).sum()  # (5)
    return dm, db


def gradient(theta, X, y):
    """Give the right answer to exercise 02.2: (4) and (5) for any inputs."""
    residual = y - X @ theta
    return -2 / len(y) * (X.T @ residual)


def to_original(m_z, b_z, mean, spread):
    """Give the right answer to exercise 02.3: the line over x, not over z."""
    m = m_z / spread
    b = b_z - m * mean
    return m, b


CHECKS = {
    "02.1": Check(
        numbers("dJ/dm", "dJ/db"),
        slopes_by_hand,
        rtol=1e-3,
        why="The residuals are −1, 2, 0, 2. Their sum is 3, their sum weighted with "
        "x is 8, and both are multiplied by −2/4. Both slopes are negative, so a step "
        "raises m and b: the line lies too low.",
        slips=(
            (
                (4.0, 1.5),
                "The size is right, the sign is not. The residual is y − ŷ, and its "
                "derivative brings the minus of (4) and (5).",
            ),
            (
                (-16.0, -6.0),
                "That is the slope of the sum of squares. Look again at the factor in "
                "front of the sums of (4) and (5).",
            ),
            (
                (-8.0, -3.0),
                "These are the bare sums. Look again at what stands before them in (4) "
                "and (5).",
            ),
            (
                (-2.0, -0.75),
                "That is half of it: the square's own derivative brings a factor.",
            ),
            (
                (-1.0, -0.375),
                "Divided by N twice. One 1/N stands in (4) and (5), not two.",
            ),
            (
                (-1.5, -1.5),
                "The second is right. What multiplies each residual in (4)?",
            ),
        ),
        hint="Make the table of *One step by hand* for these four points and this "
        "line: ŷ, residual, x · residual.",
    ),
    "02.2": Check(
        values(DATA),
        gradient,
        why="One line serves a line, a plane or a thousand inputs: X.T collects each "
        "column's residuals, as the factor x does in (4) and the factor 1 in (5).",
        slips=(
            (
                lambda theta, X, y: 2 / len(y) * (X.T @ (y - X @ theta)),
                "The sign: this points downhill. Look at the minus in (4) and (5).",
            ),
            (
                lambda theta, X, y: -2 * (X.T @ (y - X @ theta)),
                "This is the slope of the sum of squares, N times too large: (4) has "
                "more before the sum.",
            ),
            (
                lambda theta, X, y: -2 / len(y) ** 2 * (X.T @ (y - X @ theta)),
                "Divided by N twice. np.mean divides already, and so does 2/N.",
            ),
            (
                lambda theta, X, y: gradient(theta, X, y)[::-1],
                "The right numbers in another order: the first belongs to X's first "
                "column.",
            ),
            (
                lambda theta, X, y: -2 * np.mean(X * (y - X @ theta)[:, None]),
                "The mean runs over the inputs, too: one number for each input is "
                "asked, so take it over the points alone.",
            ),
        ),
        hint="Residuals first, one a point. Then look at (4): what is each multiplied "
        "by, what is added up, and what stands in front?",
    ),
    "02.3": Check(
        values(LINES, names=("m", "b")),
        to_original,
        why="Put z = (x − mean)/spread into ŷ = m_z z + b_z and collect what stands "
        "with x. It is the same line, so the loss is the same too.",
        slips=(
            (
                lambda m_z, b_z, mean, spread: (m_z, b_z),
                "These still speak of z. Put z = (x − mean)/spread into the line.",
            ),
            (
                lambda m_z, b_z, mean, spread: (m_z / spread, b_z),
                "The slope is right. b is the height at x = 0, and b_z that at z = 0: "
                "at which x is that?",
            ),
            (
                lambda m_z, b_z, mean, spread: (m_z / spread, b_z - m_z * mean),
                "The slope is right. In b, too, the mean is divided by something.",
            ),
            (
                lambda m_z, b_z, mean, spread: (
                    m_z * spread,
                    b_z - m_z * spread * mean,
                ),
                "A step of one spread in x is a step of 1 in z: is the slope over x "
                "then larger or smaller than over z?",
            ),
            (
                lambda m_z, b_z, mean, spread: (
                    m_z * spread,
                    b_z + m_z * mean,
                ),
                "You put x = mean + spread · z into a line over x: that is the way "
                "from x to z, and asked is the way back.",
            ),
        ),
        hint="Put z = (x − mean)/spread into ŷ = m_z z + b_z and sort: what stands "
        "with x, and what without it?",
    ),
}

QUESTIONS = {
    "02.a": Question(
        text="From the flat line (0, 0), a learning rate of 0.5 puts the line through "
        "the cloud at once. You double it to 1.0. What will the line do?",
        options={
            "Arrive in half as many steps.": "Twice the step overshoots: at 0.5 the "
            "first step all but arrives, so at 1.0 it goes as far beyond. Try it.",
            "Swing across the best line, a little wider each time.": "The larger "
            "curvature is 2.089, so the edge 2/L lies a little below 1. The 2 in the "
            "corner of (10) makes L at least 2, so no line's edge is above 1.",
            "Creep towards the best line.": "Creeping is what small steps do. Here "
            "each step goes beyond the minimum. Try it.",
        },
        right="Swing across the best line, a little wider each time.",
    ),
    "02.b": Question(
        text="You push the whole cloud 5 to the right: the same signal, the same "
        "scatter, every x larger by 5. You choose the best learning rate anew. How "
        "many steps does gradient descent need, where it needed 3?",
        options={
            "3: the cloud has the same shape.": "The cloud has, the bowl has not: b is "
            "the height at x = 0, which now lies far outside the cloud.",
            "About ten times as many.": "The right direction, but too few by far: the "
            "bowl becomes a ravine with κ near 700. Ten times as many is for a push "
            "of 1.",
            "About a thousand times as many.": "The bowl becomes a ravine with κ near "
            "700, and the number of steps grows with κ.",
        },
        right="About a thousand times as many.",
    ),
    "02.c": Question(
        text="With the right gradient and lr = 0.01, the chapter's data need 747 "
        "steps to a millionth of the way. The chapter's own code takes 50,000 steps "
        "at that lr. How much of the way is left?",
        options={
            "Nothing that a computer can tell from zero.": "So it would be with the "
            "gradient of its loss. The code divides by N = 500 once more.",
            "A millionth.": "With the gradient of its loss, that takes 747 steps. "
            "The code divides by N = 500 once more.",
            "About a seventh.": "Divided by 500 once more, 50,000 steps go as far as "
            "100.",
        },
        right="About a seventh.",
    ),
}
