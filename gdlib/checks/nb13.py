"""Notebook 13, the race: questions and checks."""

import numpy as np

from ..exercises import Check, Question, number, path_on, values_at
from ..methods import adam, gradient_descent, rmsprop
from ..objectives import ravine

# Methods in rows, surfaces in columns.
TIMES = np.array(
    [[4.0, 125.0, 700.0, 30.0], [160.0, 50.0, np.inf, 10.0], [9.0, 90.0, 350.0, 21.0]]
)


def share_within(times, factor):
    """Give the right answer to exercise 13.2: a share of the surfaces."""
    return (times <= factor * times.min(0)).mean(1)


def share_of_methods(times, factor):
    """Give the slip of comparing a method with itself on its best surface."""
    return (times <= factor * times.min(1, keepdims=True)).mean(1)


def share_a_surface(times, factor):
    """Give the slip of averaging over the methods."""
    return (times <= factor * times.min(0)).mean(0)


def share_strict(times, factor):
    """Give the slip of < where <= is meant."""
    return (times < factor * times.min(0)).mean(1)


def share_counted(times, factor):
    """Give the slip of a count in place of a share."""
    return (times <= factor * times.min(0)).sum(1)


def share_of_one_best(times, factor):
    """Give the slip of one best time for all surfaces."""
    return (times <= factor * times.min()).mean(1)


def one_scale_of(second):
    """Give a method for exercise 13.3; second(g) is what v averages."""

    def method(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
        g = grad(theta)
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * second(g)
        m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
        return theta - lr * m_hat / (np.sqrt(v_hat) + 1e-8), dict(m=m, v=v)

    return method


one_scale = one_scale_of(lambda g: (g**2).mean(0))
one_scale_summed = one_scale_of(lambda g: (g**2).sum(0))
one_scale_squared_mean = one_scale_of(lambda g: g.mean(0) ** 2)


def one_scale_uncorrected(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    """Give the slip of averages that are not corrected."""
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * (g**2).mean(0)
    return theta - lr * m / (np.sqrt(v) + 1e-8), dict(m=m, v=v)


def one_scale_uphill(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    """Give the slip of a plus in the last line."""
    found, terms = one_scale(theta, grad, t, m, v, lr=lr)
    return 2 * theta - found, terms


CHECKS = {
    "13.1": Check(
        trial=number,
        right=(2, 5, 4, 4),
        why="A falls under the tolerance at 2, comes out at 4, and stays from 5 on. By "
        "the lucky swing A leads, 2 to 4; by the settling time B does, 4 to 5.",
        slips=(
            (
                (2, 2, 4, 4),
                "A comes out again: its gap at step 4 is 0.2. (1) asks that *all* gaps "
                "from T on are under the tolerance.",
            ),
            ((2, 4, 4, 3), "You gave the last step above; T is the one after it."),
            ((3, 6, 5, 5), "The first number in each list is step 0, the start."),
            (
                (2, 4, 4, 4),
                "At step 4 itself A stands at 0.2. T is the step *after* the last one "
                "above the tolerance.",
            ),
            ((5, 2, 4, 4), "First under comes first, then settles."),
        ),
        hint="Write the step above each gap, from 0. Mark those above 0.1. First under "
        "is the first unmarked step; T comes after the last marked one.",
    ),
    "13.2": Check(
        trial=values_at((TIMES, 1.0), (TIMES, 2.5), (TIMES, 3.0)),
        right=share_within,
        why="At factor 1 it is the share of wins; for a large factor, the share of "
        "surfaces on which the method arrives at all. A method can win nothing and "
        "still be the safest choice at factor 2.",
        slips=(
            (
                share_of_methods,
                "You compare each method with its own best surface. The winner of a "
                "surface is the minimum down a column: times.min(0).",
            ),
            (
                share_a_surface,
                "You averaged down the columns, which gives a number a surface. Asked "
                "is one a method: mean(1).",
            ),
            (share_strict, "The winner itself is within factor 1: use <=."),
            (share_counted, "Those are counts. A share is the mean."),
            (
                share_of_one_best,
                "You used the smallest time of the whole table. Every surface has its "
                "own winner: times.min(0).",
            ),
        ),
        hint="times.min(0) holds each surface's best. Compare times with factor · "
        "that, then take the mean along each row.",
    ),
    "13.3": Check(
        trial=path_on(ravine(10, 30), steps=8, lr=0.2),
        right=one_scale,
        why="m turns with the ravine, and the one v does not notice: the step turns "
        "with it too. So the run is the same at every angle. What is lost is a rate "
        "for each coordinate.",
        slips=(
            (adam, "That is Adam: its v has an entry for each coordinate."),
            (rmsprop, "That is RMSProp. Keep Adam's m and its corrections."),
            (gradient_descent, "That is gradient descent. Start from Adam's lines."),
            (one_scale_summed, "You add up the squares. Take their mean: mean(0)."),
            (
                one_scale_squared_mean,
                "You average the slopes and then square, so that slopes of opposite "
                "sign cancel. Square first.",
            ),
            (one_scale_uncorrected, "Correct both averages: divide by 1 − βᵗ."),
            (one_scale_uphill, "The sign: the step is taken from θ."),
        ),
        hint="Copy Adam's five lines and change one: g**2 becomes (g**2).mean(0).",
    ),
}

QUESTIONS = {
    "13.a": Question(
        text="Tuned for 'first under 1e-6', Nadam leads on Beale's function: it is "
        "under at step 45. From which step on does that run stay under?",
        options={
            "From 45 on.": "A run that swings through the minimum is low for one step "
            "only. This one comes out again, and again.",
            "From about 60 on.": "Its swings die out far more slowly than that.",
            "From no step up to 500.": "At this η, which is 1, it swings on "
            "and on. The dip under the tolerance was luck.",
        },
        right="From no step up to 500.",
    ),
    "13.b": Question(
        text="The grid moves by half a notch. On how many of the six surfaces that "
        "anyone settles on does another method win?",
        options={
            "On none: each method takes the nearest η.": "The nearest η is 33 % higher "
            "or 25 % lower, and that can be 100 steps and more.",
            "On two, with a tie on a third.": "Rosenbrock's and Beale's functions "
            "change hands, and on Himmelblau's gradient descent draws level.",
            "On all six.": "Where the lead is large it holds. Look at the two ravines "
            "and the regression.",
        },
        right="On two, with a tie on a third.",
    ),
    "13.c": Question(
        text="Where does Adagrad stand at 45°, among the methods that settle?",
        options={
            "Still first.": "Its four steps need the axes of the ravine to be the "
            "coordinates.",
            "In the middle.": "It loses more than that: its two rates become one.",
            "Last.": "Both coordinates now see the same slopes, its two rates become "
            "one, and that one keeps falling.",
        },
        right="Last.",
    ),
}
