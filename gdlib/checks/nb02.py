"""Notebook 02, gradient descent in regression: questions and checks."""

import numpy as np

from ..exercises import Check, Question, number, values_at

X = np.array([[1.0, 2.0, 1.0], [0.5, -1.0, 1.0], [-2.0, 0.0, 1.0], [3.0, 1.5, 1.0]])
Y = np.array([1.0, -2.0, 4.0, 0.5])
DATA = ((np.zeros(3), X, Y), (np.array([1.0, -0.5, 2.0]), X, Y))


def gradient(theta, X, y):
    """Give the right answer to exercise 02.2: 2/N Xᵀ(Xθ − y)."""
    return 2 / len(y) * (X.T @ (X @ theta - y))


def to_original(m_z, b_z, mean, spread):
    """Give the right answer to exercise 02.3: the line over x, not over z."""
    return m_z / spread, b_z - m_z * mean / spread


CHECKS = {
    "02.1": Check(
        trial=number,
        right=(-4.0, -1.5),
        rtol=1e-6,
        why="The residuals are -1, 2, 0, 2. Their sum is 3, their sum weighted with "
        "x is 8, and both are multiplied by -2/4. Both slopes are negative, so a step "
        "raises m and b: the line lies too low.",
        slips=(
            (
                (4.0, 1.5),
                "The size is right, the sign is not. The residual is y - ŷ, and its "
                "derivative brings the minus of (4) and (5).",
            ),
            (
                (-16.0, -6.0),
                "That is the slope of the sum of squares. The mean has a 1/N: divide "
                "by the 4 points.",
            ),
            (
                (-8.0, -3.0),
                "These are the sums. The mean of the squares brings the factor 2/N.",
            ),
            (
                (-2.0, -0.75),
                "That is half of it: the square's derivative brings a factor 2.",
            ),
            (
                (-1.0, -0.375),
                "Divided by N twice. One 1/N stands in (4) and (5), not two.",
            ),
            ((-1.5, -4.0), "Both numbers are right; dJ/dm comes first."),
            (
                (-1.5, -1.5),
                "The second is right. In (4) each residual is multiplied by its x.",
            ),
        ),
        hint="Write a row for each point: x, y, ŷ = x + 1, residual y - ŷ, x times "
        "residual. Then add up the last two columns.",
    ),
    "02.2": Check(
        trial=values_at(*DATA),
        right=gradient,
        why="One line serves a line, a plane or a thousand inputs: X.T collects each "
        "column's residuals, as the factor x does in (4) and the factor 1 in (5).",
        slips=(
            (
                lambda theta, X, y: 2 / len(y) * (X.T @ (y - X @ theta)),
                "The sign: this points downhill. With y - ŷ inside, a minus stands "
                "in front.",
            ),
            (
                lambda theta, X, y: 2 * (X.T @ (X @ theta - y)),
                "The 1/N is missing: this is the slope of the sum, len(y) times too "
                "large.",
            ),
            (
                lambda theta, X, y: X.T @ (X @ theta - y) / len(y),
                "The factor 2 of the square's derivative is missing.",
            ),
            (
                lambda theta, X, y: 2 / len(y) ** 2 * (X.T @ (X @ theta - y)),
                "Divided by N twice, as in the chapter's code: np.mean divides "
                "already, and so does 2/N.",
            ),
            (
                lambda theta, X, y: gradient(theta, X, y)[::-1],
                "The right numbers in the wrong order: the first entry belongs to the "
                "first column of X.",
            ),
            (
                lambda theta, X, y: 2 / len(theta) * (X.T @ (X @ theta - y)),
                "N is the number of points, len(y), not of parameters.",
            ),
        ),
        hint="Residuals first: X @ theta - y has one entry a point. X.T @ residuals "
        "has one entry a parameter. Then the factor 2/N.",
    ),
    "02.3": Check(
        trial=values_at((2.0, 3.0, 5.0, 0.5), (-1.5, 0.25, -2.0, 4.0)),
        right=to_original,
        why="Put z = (x - mean)/spread into ŷ = m_z z + b_z and collect what stands "
        "with x. It is the same line, so the loss is the same too.",
        slips=(
            (
                lambda m_z, b_z, mean, spread: (m_z, b_z),
                "These still speak of z. Put z = (x - mean)/spread into the line.",
            ),
            (
                lambda m_z, b_z, mean, spread: (m_z / spread, b_z),
                "The slope is right. The line crosses x = 0, not z = 0, at b: the "
                "mean has to come in.",
            ),
            (
                lambda m_z, b_z, mean, spread: (m_z / spread, b_z - m_z * mean),
                "The slope is right. In b it is the new slope, m_z/spread, that "
                "multiplies the mean.",
            ),
            (
                lambda m_z, b_z, mean, spread: (
                    m_z / spread,
                    b_z + m_z * mean / spread,
                ),
                "The slope is right. Look at the sign of the mean in z.",
            ),
            (
                lambda m_z, b_z, mean, spread: (
                    m_z * spread,
                    b_z - m_z * spread * mean,
                ),
                "Divide by the spread: a step of one spread in x is a step of 1 in z.",
            ),
        ),
        hint="Expand m_z (x - mean)/spread + b_z. What multiplies x is m; the rest "
        "is b.",
    ),
}

QUESTIONS = {
    "02.a": Question(
        text="From the flat line (0, 0), a learning rate of 0.5 puts the line through "
        "the cloud at once. You double it to 1.0. What will the line do?",
        options={
            "Arrive in half as many steps.": "Twice the step overshoots: at 0.5 the "
            "first step all but arrives, so at 1.0 it goes as far beyond. Try it.",
            "Swing across the best line, a little wider each time.": "The "
            "curvature is about 2, so the edge 2/L lies a little below 1.",
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
            "bowl becomes a ravine with κ near 700.",
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
