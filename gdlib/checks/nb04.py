"""Notebook 04, momentum: questions and checks."""

import numpy as np

from ..exercises import Check, Question
from ..methods import momentum
from ..surfaces import ravine
from .trials import FLAT, numbers, paths

FALLING = {
    "an lr that falls": dict(
        objective=ravine(10, 30),
        steps=9,
        lr=lambda t: 0.05 if t <= 4 else 0.005,
        gamma=0.8,
    ),
    "a constant lr": dict(objective=ravine(6, 50), steps=9, lr=0.03, gamma=0.6),
    "a flat start": dict(objective=FLAT, steps=9, lr=lambda t: 0.04 / t, gamma=0.7),
}
SWINGING = {
    "a turned ravine": dict(objective=ravine(10, 30), steps=30, lr=0.06, gamma=0.9),
    "a steep ravine": dict(objective=ravine(40), steps=25, lr=0.03, gamma=0.7),
    "an lr that falls": dict(
        objective=FLAT, steps=25, lr=lambda t: 0.05 if t <= 9 else 0.02, gamma=0.8
    ),
}


def lr_for_momentum():
    """Give the right answer to exercise 04.1."""
    gamma, effective = 0.95, 0.1
    return effective * (1 - gamma)  # (4)


def torch_momentum(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    """Give the right answer to exercise 04.2: a velocity without η in it."""
    g = grad(theta)
    v = gamma * v + g
    return theta - lr * v, dict(v=v)


def torch_damped(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    """Give the slip of a factor 1 − γ on the gradient."""
    v = gamma * v + (1 - gamma) * grad(theta)
    return theta - lr * v, dict(v=v)


def torch_lr_twice(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    """Give the slip of η in both lines."""
    v = gamma * v + lr * grad(theta)
    return theta - lr * v, dict(v=v)


def torch_nesterov(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    """Give the slip of PyTorch's other form, with the new gradient twice."""
    g = grad(theta)
    v = gamma * v + g
    return theta - lr * (g + gamma * v), dict(v=v)


def plain(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    """Give the slip of no memory at all."""
    return theta - lr * grad(theta), dict(v=v)


def restarted(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    """Give the right answer to exercise 04.3: forget a velocity that climbs."""
    g = grad(theta)
    if np.sum(g * v) < 0:
        v = 0 * v
    v = gamma * v + lr * g  # (1)
    return theta - v, dict(v=v)  # (2)


def restarted_downhill(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    """Give the slip of dropping a velocity that helps."""
    g = grad(theta)
    v = gamma * (0 * v if np.sum(g * v) > 0 else v) + lr * g
    return theta - v, dict(v=v)


def restarted_torch(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    """Give the brake in PyTorch's form, which is not (1) when lr falls."""
    g = grad(theta)
    v = gamma * (0 * v if np.sum(g * v) < 0 else v) + g
    return theta - lr * v, dict(v=v)


def restarted_late(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    """Give the slip of testing the velocity after its update."""
    g = grad(theta)
    v = gamma * v + lr * g
    if np.sum(g * v) < 0:
        v = 0 * v
    return theta - v, dict(v=v)


def restarted_each(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    """Give the slip of a test for each coordinate."""
    g = grad(theta)
    v = gamma * np.where(g * v < 0, 0, v) + lr * g
    return theta - v, dict(v=v)


def restarted_any(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    """Give the slip of dropping all if one coordinate climbs."""
    g = grad(theta)
    v = gamma * (0 * v if np.any(g * v < 0) else v) + lr * g
    return theta - v, dict(v=v)


def restarted_all(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    """Give the slip of dropping only if every coordinate climbs."""
    g = grad(theta)
    v = gamma * (0 * v if np.all(g * v < 0) else v) + lr * g
    return theta - v, dict(v=v)


def restarted_to_rest(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    """Give the slip of forgetting the new gradient along with the velocity."""
    g = grad(theta)
    v = gamma * v + lr * g if np.sum(g * v) >= 0 else 0 * v
    return theta - v, dict(v=v)


def restarted_kept(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    """Give the slip of dropping the new gradient and keeping the velocity."""
    g = grad(theta)
    v = gamma * v + (lr * g if np.sum(g * v) >= 0 else 0)
    return theta - v, dict(v=v)


def restarted_reversed(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    """Give the slip of turning the velocity round."""
    g = grad(theta)
    v = gamma * (-v if np.sum(g * v) < 0 else v) + lr * g
    return theta - v, dict(v=v)


CHECKS = {
    "04.1": Check(
        numbers("lr"),
        lr_for_momentum,
        rtol=1e-3,
        why="η/(1 − γ) is 0.1 without momentum, and 0.005/0.05 is 0.1 with it. At "
        "γ = 0.95 each gradient counts twenty times in the end, so it enters with a "
        "twentieth.",
        slips=(
            (
                0.1,
                "With η unchanged the effective step is 0.1/(1 − 0.95) = 2: twenty "
                "times what worked.",
            ),
            (
                2.0,
                "That is the effective step you get when η stays at 0.1. Which η makes "
                "it 0.1?",
            ),
            (0.095, "You multiplied by γ. Look at the effective step under (4)."),
            (0.01, "That fits γ = 0.9. Here γ is 0.95."),
            (0.05, "That is 1 − γ. The effective step is η over it."),
            (0.1 / 0.95, "You divided by γ. Look at the effective step under (4)."),
            (0.1 / 1.95, "It is 1 − γ that stands in the effective step, not 1 + γ."),
        ),
        hint="Look at the effective step under (4). What is it without momentum, and "
        "what should it be with γ = 0.95?",
    ),
    "04.2": Check(
        paths(FALLING),
        torch_momentum,
        why="At a constant η it is (1) and (2) with v/η in place of v. When η drops, "
        "this form takes shorter steps at once; in (1) the old velocity still holds "
        "the old η and fades only by γ a step.",
        slips=(
            (
                momentum,
                "That is (1) and (2): η sits inside the velocity. The check lets η "
                "drop on the way, and then the two forms part.",
            ),
            (torch_damped, "The factor 1 − γ is not in this form: v is a sum."),
            (
                torch_lr_twice,
                "η stands in both lines; in the table's first row in one.",
            ),
            (
                torch_nesterov,
                "You add the new gradient once more. The table's row moves by v alone.",
            ),
            (plain, "There is no memory in it: what carries v to the next step?"),
        ),
        hint="Compare with the table's first row, term by term: what is added up in v, "
        "and where does η stand?",
    ),
    "04.3": Check(
        paths(SWINGING),
        restarted,
        why="The velocity is dropped exactly when it has carried the run past the "
        "lowest point of its own direction. On ravine(10) at lr 0.1 and γ = 0.99 the "
        "gap stays under 1e-6 from step 113 on where plain momentum needs 1,589.",
        slips=(
            (
                momentum,
                "This is momentum as it was: no restart happens. The test has to come "
                "before v is updated.",
            ),
            (
                restarted_downhill,
                "You drop the velocity when it helps: on which side of 0 is g · v when "
                "the run climbs?",
            ),
            (
                restarted_torch,
                "At a constant lr that is right. The check lets lr fall on one of its "
                "surfaces: (1) has η inside the velocity.",
            ),
            (
                restarted_late,
                "The new v already contains g, which hides most of the climbing. The "
                "test is on the old v.",
            ),
            (
                restarted_each,
                "A sound idea, but another method: here one test, on the sum over all "
                "coordinates, decides for all of them.",
            ),
            (
                restarted_any,
                "One coordinate that climbs is not enough: the test is on the sum of "
                "g · v.",
            ),
            (
                restarted_all,
                "You wait until every coordinate climbs: the test is on the sum of "
                "g · v.",
            ),
            (
                restarted_to_rest,
                "The old velocity goes, the new gradient stays: after a restart the "
                "step is a plain gradient step, not none.",
            ),
            (
                restarted_kept,
                "It is the old velocity that goes, and the new gradient that stays.",
            ),
            (
                restarted_reversed,
                "You turn the velocity round. It should be forgotten.",
            ),
        ),
        hint="Look again at the condition, at what is set to 0, and at the order: the "
        "test, (1), (2). Which of them use the old v?",
    ),
}

QUESTIONS = {
    "04.a": Question(
        text="At step size 0.06, plain gradient descent needs 118 steps in this "
        "ravine until the gap stays under 1e-6. You raise γ from 0 towards 0.99. What "
        "happens to the count?",
        options={
            "It falls all the way: more memory, more speed.": "At first. Then the "
            "velocity outlives its use and carries the run past the minimum. Try it.",
            "It falls, turns, and ends above 118.": "A little memory cancels the "
            "zig-zag; too much circles the minimum. The best γ lies between.",
            "It falls and then levels off.": "It does fall. But beyond the best γ "
            "every bit more makes it slower. Try it.",
        },
        right="It falls, turns, and ends above 118.",
    ),
    "04.b": Question(
        text="In step 2 the old velocity and the new gradient cancelled across the "
        "floor, so step 2 stayed on its side. What will step 3 do across the floor?",
        options={
            "Nothing again.": "The velocity it inherits has nothing across, so "
            "nothing is left to cancel the gradient.",
            "A full gradient step, over the floor.": "Half of nothing is nothing: "
            "across, step 3 is gradient descent's own. It crosses at every second step "
            "now, not at every one.",
            "One and a half gradient steps.": "That would need a velocity pointing "
            "the same way. Across, it is zero.",
        },
        right="A full gradient step, over the floor.",
    ),
    "04.c": Question(
        text="The map opens at κ = 10. You raise κ to 40, and the star moves. How many "
        "steps for each digit does the best pair need now?",
        options={
            "About four times as many.": "So it would be for gradient descent. Look "
            "at the rate (√κ − 1)/(√κ + 1): κ stands under a root.",
            "About twice as many.": "The rate depends on √κ, which doubles: 0.519 "
            "becomes 0.727, and ln 0.519 / ln 0.727 is 2.1.",
            "As many: the best pair adapts.": "It adapts, but γ has to be large enough "
            "for both curvatures, and they lie further apart.",
        },
        right="About twice as many.",
    ),
}
