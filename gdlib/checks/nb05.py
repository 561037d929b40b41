"""Notebook 05, Nesterov: questions and checks."""

import numpy as np

from ..exercises import Check, Question
from ..surfaces import ravine
from .trials import FLAT, numbers, paths

GROUNDS = {
    "a turned ravine": dict(objective=ravine(10, 30), steps=12, lr=0.08),
    "a flat start": dict(objective=FLAT, steps=9, lr=0.05),
    "an lr that falls": dict(objective=ravine(4), steps=9, lr=lambda t: 0.3 / t),
}


def largest_step():
    """Give the right answer to exercise 05.1."""
    gamma, curvature = 0.5, 10
    eta_lambda = (2 + 2 * gamma) / (1 + 2 * gamma)  # (5)
    return eta_lambda / curvature


def critical():
    """Give the right answer to exercise 05.2."""
    eta_lambda = 1 / 100
    critical_damping = (1 - np.sqrt(eta_lambda)) ** 2
    return critical_damping / (1 - eta_lambda)  # (4)


def growing(theta, grad, t, v=0.0, *, lr=0.01):
    """Give the right answer to exercise 05.3: γ = (t − 1)/(t + 2)."""
    gamma = (t - 1) / (t + 2)
    ahead = theta - gamma * v  # (1)
    g = grad(ahead)
    v = gamma * v + lr * g  # (2)
    return theta - v, dict(v=v)  # (3)


def growing_late(theta, grad, t, v=0.0, *, lr=0.01):
    """Give the slip of counting t from 0."""
    return growing(theta, grad, t + 1, v, lr=lr)


def growing_library(theta, grad, t, v=0.0, *, lr=0.01):
    """Give the slip of a library's velocity, without lr, looked along by γ v."""
    gamma = (t - 1) / (t + 2)
    v = gamma * v + grad(theta - gamma * v)
    return theta - lr * v, dict(v=v)


def growing_constant(theta, grad, t, v=0.0, *, lr=0.01):
    """Give the slip of the usual γ = 0.9."""
    v = 0.9 * v + lr * grad(theta - 0.9 * v)
    return theta - v, dict(v=v)


def growing_from_ahead(theta, grad, t, v=0.0, *, lr=0.01):
    """Give the slip of stepping from the lookahead point by the whole velocity."""
    gamma = (t - 1) / (t + 2)
    theta = theta - gamma * v
    v = gamma * v + lr * grad(theta)
    return theta - v, dict(v=v)


def growing_pytorch(theta, grad, t, v=0.0, *, lr=0.01):
    """Give PyTorch's form, whose θ is the lookahead point."""
    g = grad(theta)
    gamma = (t - 1) / (t + 2)
    v = gamma * v + g
    return theta - lr * (g + gamma * v), dict(v=v)


def growing_nowhere(theta, grad, t, v=0.0, *, lr=0.01):
    """Give the slip of γ = 0: no memory at all."""
    v = lr * grad(theta)
    return theta - v, dict(v=v)


CHECKS = {
    "05.1": Check(
        numbers("lr"),
        largest_step,
        rtol=1e-3,
        why="ηλ = (2 + 2 · 0.5)/(1 + 2 · 0.5) = 1.5 with λ = 10. The steepest "
        "direction decides, and it is stricter than gradient descent's 0.2.",
        slips=(
            (0.2, "That is gradient descent's edge, 2/L. Looking ahead costs room."),
            (0.3, "That is momentum's edge. Nesterov's is the one in (5)."),
            (1.5, "That is ηλ. The lr is η."),
            (15.0, "(5) gives ηλ, and λ is 10. What is η then?"),
            (0.1, "1/L is safe, but not the edge. (5) allows more."),
            (4 / 3 / 10, "That is the edge for γ near 1. Here γ is 0.5."),
            (3.8 / 2.8 / 10, "That is the edge for γ = 0.9. Here γ is 0.5."),
        ),
        hint="Look at (5): what stands on its left side, and which curvature decides?",
    ),
    "05.2": Check(
        numbers("γ"),
        critical,
        rtol=3e-3,
        why="γ(1 − s²) = (1 − s)² with s = √(ημ) = 0.1, so γ = (1 − s)/(1 + s). The "
        "brake takes a little of γ, so Nesterov may have more of it than momentum's "
        "0.81.",
        slips=(
            (
                0.81,
                "That is momentum's own critical damping. By (4) Nesterov acts as "
                "γ(1 − ηλ): which γ makes that 0.81?",
            ),
            (
                0.81 * 0.99,
                "It is the product γ(1 − ηλ) in (4) that has to be 0.81.",
            ),
            (
                (9 / 11) ** 2,
                "That is momentum's best γ, which goes with another, larger η.",
            ),
            (99 / 101, "Here κ stands where √κ belongs: √(ηλ) is 0.1, not 0.01."),
            (
                0.0,
                "At λ = L the velocity is forgotten anyway. Asked is the flattest "
                "direction.",
            ),
        ),
        hint="By (4), which product has to take the place of γ in momentum's formula? "
        "And how large is ηλ along the flattest direction?",
    ),
    "05.3": Check(
        paths(GROUNDS),
        growing,
        why="γ is 0 at first and grows towards 1. This is the method with the promise "
        "of 1/k² on every convex function whose curvature is nowhere above L.",
        slips=(
            (growing_late, "t starts at 1, so the first γ is 0."),
            (
                growing_library,
                "Your velocity lacks lr, as PyTorch's does; but then θ − γv is not "
                "where it leads. See (2).",
            ),
            (growing_constant, "γ is 0.9 here. It should grow with t."),
            (
                growing_from_ahead,
                "You step from the lookahead point. Only the slope is asked there; (3) "
                "moves θ itself.",
            ),
            (
                growing_pytorch,
                "That is a library's form, which walks along the lookahead points. "
                "Asked is the path of θ, (1) to (3).",
            ),
            (growing_nowhere, "Your run has no memory: what has become of γv?"),
        ),
        hint="Compare with the method's three lines, (1) to (3). Only γ is new, and it "
        "stands in two of them.",
    ),
}

QUESTIONS = {
    "05.a": Question(
        text="In the ravine with κ = 25, at η = 0.03 and γ = 0.9, momentum swings "
        "across the floor and along it. Nesterov takes the very same η and γ. Which "
        "way does it still swing after 20 steps?",
        options={
            "Both ways, only less.": "Along the floor a little less, and across it "
            "not any more. The brake depends on the curvature.",
            "Across the floor only.": "There the curvature is 25, and the brake is "
            "strong: what is left of γ is 0.9 · (1 − 0.75) = 0.225.",
            "Along the floor only.": "There the curvature is 1, and the brake hardly "
            "holds: what is left of γ is 0.9 · (1 − 0.03) = 0.873.",
            "Neither way.": "Look at the gap: its arches are swings. Along the floor "
            "0.9 · (1 − 0.03) = 0.873 is left of γ: next to no brake.",
        },
        right="Along the floor only.",
    ),
    "05.b": Question(
        text="In the run of the arrows, step 3 starts at y = 0.025, a little above the "
        "floor at y = 0, and moves down. Which way does its gradient step push?",
        options={
            "Down, on towards the floor.": "So it would for momentum, which asks at "
            "y = 0.025. Nesterov asks at the lookahead point, at y = −0.4.",
            "Up, against the move.": "The lookahead point is beyond the floor, at "
            "y = −0.4. There the way down is up in y.",
            "Hardly at all: the floor is flat.": "It is flat at the floor. The slope "
            "is asked at y = −0.4, where it is steep.",
        },
        right="Up, against the move.",
    ),
    "05.c": Question(
        text="With exact slopes Nesterov with γ = 0.9 settled on the regression job in "
        "107 steps, gradient descent (γ = 0) in 767: a gain of seven times. Now slopes "
        "are noisy, η is constant, and each has its best one. How many times smaller "
        "is Nesterov's gap after 1,000 steps?",
        options={
            "Seven times or more: noise averages out.": "Nobody averages here. The "
            "last point of a run with a constant η has the latest noise in it at full "
            "size.",
            "About three times, the root of seven.": "Early in the run it is more, and "
            "late less: the gain fades towards 1 as the noise takes over.",
            "Hardly smaller at all.": "After 10 κ steps both are near the floor, and "
            "the noise ball of a constant η is what is left of the gap.",
        },
        right="Hardly smaller at all.",
    ),
}
