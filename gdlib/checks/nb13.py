"""Notebook 13, the race: questions and checks."""

from dataclasses import replace

import numpy as np

from ..exercises import Check, Question
from ..methods import adam, amsgrad, gradient_descent, momentum, rmsprop
from ..objectives import Objective
from ..surfaces import ravine
from .trials import Trial, array_of, called, numbers, paths, values

RUN_A = (3, 0.5, 0.08, 0.06, 0.2, 0.09, 0.02)
RUN_B = (3, 1, 0.4, 0.2, 0.09, 0.04, 0.05)


def stopwatches():
    """Give the right answer to exercise 13.1: first under and T, of A and of B."""
    found, tol = [], 0.1
    for gap in (RUN_A, RUN_B):
        under = [t for t, g in enumerate(gap) if g < tol]
        over = [t for t, g in enumerate(gap) if g >= tol]
        T = over[-1] + 1  # (1)
        found += [under[0], T]
    return found


# Methods in rows, surfaces in columns.
TIMES = np.array(
    [[4.0, 125.0, 700.0, 30.0], [160.0, 50.0, np.inf, 10.0], [9.0, 90.0, 350.0, 21.0]]
)
MORE = np.array([[8.0, 30.0], [4.0, 60.0], [16.0, 20.0], [np.inf, 90.0], [5.0, 41.0]])


def kept(share):
    """Whether the table is afterwards what it was."""
    times = TIMES.copy()
    array_of(called(share, times, 2.0), "")
    return float(np.array_equal(times, TIMES))


def share_within(times, factor):
    """Give the right answer to exercise 13.2: a share of the surfaces."""
    best = times.min(axis=0)
    near = times <= factor * best
    return near.mean(axis=1)


def in_place(times, factor):
    """Give the slip of dividing the table that was handed over."""
    times /= times.min(0)
    return (times <= factor).mean(1)


SOLID = Objective(
    lambda p: (p[0] ** 2 + 4 * p[1] ** 2 + 9 * p[2] ** 2) / 2,
    lambda p: np.array([p[0], 4 * p[1], 9 * p[2]]),
    dim=3,
    start=(1.0, -0.5, 0.25),
)
SLANT = ravine(10, 30)
FAINT = replace(SLANT, grad=lambda p: 3e-9 * SLANT.grad(p))
GROUNDS = {
    "a turned ravine": dict(objective=SLANT, steps=8, lr=0.2),
    "three coordinates": dict(objective=SOLID, steps=8, lr=0.15),
    "two runs side by side": dict(
        objective=SLANT, start=((-2.0, 1.0), (0.5, 1.5)), steps=6, lr=0.1
    ),
    "slopes as small as ε": dict(objective=FAINT, steps=6, lr=0.3),
}


def one_scale(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    """Give the right answer to exercise 13.3."""
    beta1, beta2, eps = 0.9, 0.999, 1e-8
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * (g**2).mean(0)
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return theta - lr * m_hat / (np.sqrt(v_hat) + eps), dict(m=m, v=v)


def mean_square(g, m):
    """Give what v averages in the right answer."""
    return (g**2).mean(0)


def with_v_of(second=mean_square, corrected=True, decays=(0.9, 0.999)):
    """Give one_scale with another v; second(g, m) is what v averages."""
    a, b = decays

    def method(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
        g = grad(theta)
        m = a * m + (1 - a) * g
        v = b * v + (1 - b) * second(g, m)
        c1, c2 = (1 - 0.9**t, 1 - 0.999**t) if corrected else (1, 1)
        return theta - lr * m / c1 / (np.sqrt(v / c2) + 1e-8), dict(m=m, v=v)

    return method


CHECKS = {
    "13.1": Check(
        numbers("A first under", "A settles", "B first under", "B settles", whole=True),
        stopwatches,
        why="A falls under the tolerance at 2, comes out at 4, and stays from 5 on. By "
        "the lucky swing A leads, 2 to 4; by the settling time B does, 4 to 5.",
        slips=(
            (
                (2, 2, 4, 4),
                "One of the two runs comes out again after it was under. (1) asks that "
                "*all* gaps from T on are under the tolerance.",
            ),
            ((3, 6, 5, 5), "The first number in each list is step 0, the start."),
            (
                (2, 4, 4, 3),
                "You give the last step that is over. Is the gap of step T itself over "
                "or under, by (1)?",
            ),
            (
                (2, 4, 4, 4),
                "What is A's gap at the step that you give as its T? Compare with (1).",
            ),
            (
                (2, 6, 4, 6),
                "You give the last step under; T is the first of those that stay.",
            ),
            (
                (2, 5, 4, 5),
                "B never comes out again: from which step on is it under, that one "
                "included?",
            ),
        ),
        hint="Write the step above each gap, from 0, mark the gaps that are over, and "
        "read (1) again.",
    ),
    "13.2": Check(
        Trial(
            values(
                {
                    "three methods at factor 2.5": (TIMES, 2.5),
                    "three methods at factor 1": (TIMES, 1.0),
                    "five methods at factor 2": (MORE, 2.0),
                }
            ).cases
            | {"leaving the table as it was": kept}
        ),
        share_within,
        why="At factor 1 it is the share of wins; for a large factor, the share of "
        "surfaces on which the method arrives at all. A method can win nothing and "
        "still be the safest choice at factor 2.",
        slips=(
            (
                lambda times, factor: (times <= factor * times.min(1)[:, None]).mean(1),
                "You compare each method with its own best surface; the winner is the "
                "quickest *method* of a surface. Which axis runs over the methods?",
            ),
            (
                lambda times, factor: (times <= factor * times.min(0)).mean(0),
                "That is one number a surface; asked is one a method. Which axis is "
                "averaged?",
            ),
            (
                lambda times, factor: share_within(times, factor) * times.shape[1],
                "Those are counts; asked is a share.",
            ),
            (
                lambda times, factor: (
                    (times <= factor * times.min(0)).sum(1) / len(times)
                ),
                "You divide by the number of methods, not of surfaces.",
            ),
            (
                lambda times, factor: (times <= factor * times.min()).mean(1),
                "You take the smallest time of the whole table; every surface has a "
                "winner of its own.",
            ),
            (
                lambda times, factor: (times <= factor * times.mean(0)).mean(1),
                "You compare with the average method; asked is the winner.",
            ),
            (
                lambda times, factor: (times - times.min(0) <= factor).mean(1),
                "You allow a number of steps more than the winner; asked is a multiple "
                "of the winner's time.",
            ),
            (
                lambda times, factor: 100 * share_within(times, factor),
                "Those are per cent; asked is a share, from 0 to 1.",
            ),
            (
                in_place,
                "The numbers are right, but the table that you were given is changed "
                "afterwards. Make a new one.",
            ),
        ),
        hint="Two axes: methods in rows, surfaces in columns. Over which is the winner "
        "sought, over which the share taken?",
    ),
    "13.3": Check(
        paths(GROUNDS),
        one_scale,
        why="m turns with the ravine, and the one v does not notice: the step turns "
        "with it too. So the run is the same at every angle. What is lost is a rate "
        "for each coordinate.",
        slips=(
            (adam, "That is Adam: its v has an entry for each coordinate."),
            (amsgrad, "That is AMSGrad; asked is Adam with another v."),
            (rmsprop, "That is RMSProp; keep Adam's m and both corrections."),
            (momentum, "That is momentum; what divides the step in Adam?"),
            (gradient_descent, "That is gradient descent."),
            (
                with_v_of(lambda g, m: g.mean(0) ** 2),
                "You average the slopes and square then. Which comes first?",
            ),
            (
                with_v_of(lambda g, m: np.abs(g).mean(0)),
                "Your v averages the sizes of the slopes; asked are their squares.",
            ),
            (
                with_v_of(lambda g, m: (g**2).max(0)),
                "You take the largest square of the coordinates; asked is their mean.",
            ),
            (
                with_v_of(lambda g, m: (m**2).mean(0)),
                "Your v averages the squares of m; asked are those of the slopes.",
            ),
            (
                with_v_of(decays=(0.999, 0.9)),
                "β₁ and β₂ have changed places: which average is the longer one?",
            ),
            (
                with_v_of(decays=(0.1, 0.999)),
                "In m, the shares of the old m and the new slope have changed places.",
            ),
            (
                with_v_of(corrected=False),
                "Both corrections are missing: m and v begin at 0.",
            ),
        ),
        hint="Compare with Adam's lines in notebook 09, one after another: a single "
        "one is another here.",
    ),
}

QUESTIONS = {
    "13.a": Question(
        text="Nadam with η = 1 on Beale's function is under 1e-6 for the first time at "
        "step 45. From which step on does it stay under?",
        options={
            "From 45 on.": "A run that swings through the minimum is low for a step or "
            "two. This one comes out again, and again.",
            "From about 60 on.": "Its swings die out far more slowly than that.",
            "Not before step 300.": "With this η it swings on and on. The dip under "
            "the tolerance was luck.",
        },
        right="Not before step 300.",
    ),
    "13.b": Question(
        text="The grid moves by half a notch. On how many of the seven surfaces that "
        "anyone settles on does another method win?",
        options={
            "On none: each method takes the nearest η.": "The nearest η is 33 % higher "
            "or 25 % lower, and that can be 100 steps and more.",
            "On three, with a tie on a fourth.": "Rosenbrock's and Beale's functions "
            "and the plateau change hands, and on Himmelblau's gradient descent draws "
            "level.",
            "On all seven.": "Where the lead is large it holds. Look at the ravines "
            "and at the regression.",
        },
        right="On three, with a tie on a fourth.",
    ),
    "13.c": Question(
        text="Where does Adagrad stand at 45°, among the eight methods that settle?",
        options={
            "Still first.": "Its four steps need the axes of the ravine to be the "
            "coordinates.",
            "In the middle.": "It loses more than that: its two rates become one.",
            "Among the last two.": "Both coordinates now see slopes of nearly one "
            "size, its two rates become one, and that one keeps falling. On a shifted "
            "grid gradient descent can be behind it.",
        },
        right="Among the last two.",
    ),
    "13.d": Question(
        text="Within 1,000 steps Adam and AMSGrad settle in the turned ravine at 167 "
        "and 165. Judged up to step 5,000, each with its best η for that:",
        options={
            "Both stay as they are: what has settled has settled.": "At a constant η "
            "that holds while η/√v̂ does not grow. Adam's v forgets.",
            "Adam needs about three times as long, AMSGrad stays.": "Adam's v fades "
            "once the slopes are small, η/√v̂ grows, and the quick runs swing out "
            "again. AMSGrad keeps its largest v.",
            "AMSGrad needs about three times as long, Adam stays.": "The other way "
            "round: whose divisor can fade?",
        },
        right="Adam needs about three times as long, AMSGrad stays.",
    ),
}
