"""Notebook 04, momentum: questions and checks."""

import numpy as np

from ..descent import descend
from ..exercises import Check, Question, Untouched, number, path_on
from ..methods import momentum
from ..objectives import ravine

VALLEY = ravine(10, 30)


def drop_in_lr(method):
    """Trial of a method: its path when lr falls to a tenth after step 4."""
    theta = np.array(VALLEY.start)
    if method(theta, VALLEY.grad, 1, lr=0.05, gamma=0.9) is None:
        raise Untouched
    lr = {True: 0.05, False: 0.005}
    return descend(method, VALLEY, steps=8, lr=lambda t: lr[t <= 4], gamma=0.9).theta


def torch_momentum(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    """Give the right answer to exercise 04.2: a velocity without η in it."""
    v = gamma * v + grad(theta)
    return theta - lr * v, dict(v=v)


def torch_damped(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    """Give the slip of a factor 1 − γ on the gradient."""
    v = gamma * v + (1 - gamma) * grad(theta)
    return theta - lr * v, dict(v=v)


def torch_lr_twice(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    """Give the slip of η in both lines."""
    v = gamma * v + lr * grad(theta)
    return theta - lr * v, dict(v=v)


def torch_old_v(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    """Give the slip of moving by the velocity before its update."""
    return theta - lr * v, dict(v=gamma * v + grad(theta))


def torch_uphill(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    """Give the slip of a plus in the last line."""
    v = gamma * v + grad(theta)
    return theta + lr * v, dict(v=v)


def restarted(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    """Give the right answer to exercise 04.3: forget a velocity that climbs."""
    g = grad(theta)
    if np.sum(g * v) < 0:
        v = 0 * v
    v = gamma * v + lr * g
    return theta - v, dict(v=v)


def restarted_downhill(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    """Give the slip of the wrong sign in the test."""
    g = grad(theta)
    if np.sum(g * v) > 0:
        v = 0 * v
    v = gamma * v + lr * g
    return theta - v, dict(v=v)


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


def restarted_to_rest(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    """Give the slip of forgetting the new gradient along with the velocity."""
    g = grad(theta)
    v = gamma * v + lr * g if np.sum(g * v) >= 0 else 0 * v
    return theta - v, dict(v=v)


CHECKS = {
    "04.1": Check(
        trial=number,
        right=0.005,
        rtol=1e-6,
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
            (0.095, "You multiplied by γ. The factor is 1 − γ."),
            (0.01, "That fits γ = 0.9. Here 1 − γ is 0.05."),
            (0.1 / 0.95, "You divided by γ. η/(1 − γ) has to be 0.1."),
        ),
        hint="Write η/(1 − 0.95) = 0.1 and solve for η.",
    ),
    "04.2": Check(
        trial=drop_in_lr,
        right=torch_momentum,
        why="At a constant η it is (1) and (2) with v/η in place of v. When η drops, "
        "this form takes shorter steps at once; in (1) the old velocity still holds "
        "the old η and fades only by γ a step.",
        slips=(
            (
                momentum,
                "That is (1) and (2): η sits inside the velocity. The check lets η "
                "drop on the way, and then the two forms part. Move η to the last "
                "line.",
            ),
            (torch_damped, "The factor 1 − γ is not in this form: v is a sum."),
            (torch_lr_twice, "η stands in both lines; it belongs to the last alone."),
            (
                torch_old_v,
                "You move by the old velocity. Update v first, then take the step.",
            ),
            (torch_uphill, "The sign: the step is taken from θ."),
        ),
        hint="Two lines: v is γ times itself plus the bare gradient; θ loses lr · v. "
        "Return θ and a dict that holds the new v.",
    ),
    "04.3": Check(
        trial=path_on(VALLEY, steps=30, lr=0.06, gamma=0.9),
        right=restarted,
        why="The velocity is dropped exactly when it has carried the run past the "
        "lowest point of its own direction. On ravine(10) at lr 0.1 and γ = 0.99 it "
        "needs 43 steps to 1e-6 where plain momentum needs 725.",
        slips=(
            (
                momentum,
                "This is momentum as it was: no restart happens. Test the sum of g · v "
                "before v is updated.",
            ),
            (
                restarted_downhill,
                "You drop the velocity when it helps. θ moves by −v, so it climbs "
                "where g · v is below 0.",
            ),
            (
                restarted_late,
                "The new v already contains g, which hides most of the climbing. Test "
                "the old v, before line (1).",
            ),
            (
                restarted_each,
                "A sound idea, but another method: here one test, on the sum over all "
                "coordinates, decides for all of them.",
            ),
            (
                restarted_to_rest,
                "The old velocity goes, the new gradient stays: after a restart the "
                "step is a plain gradient step, not none.",
            ),
        ),
        hint="g = grad(theta); if np.sum(g * v) is below 0, v starts again from 0; "
        "then (1) and (2) as ever.",
    ),
}

QUESTIONS = {
    "04.a": Question(
        text="At step size 0.06, plain gradient descent needs 118 steps in this "
        "ravine. You raise γ from 0 towards 0.99. What happens to the count?",
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
            "As many: the best pair adapts.": "It adapts, but the fork cannot fit the "
            "wedge any lower than its length allows.",
        },
        right="About twice as many.",
    ),
}
