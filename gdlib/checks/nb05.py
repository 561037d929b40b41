"""Notebook 05, Nesterov: questions and checks."""

from ..exercises import Check, Question, number, path_on
from ..objectives import ravine


def growing(theta, grad, t, v=0.0, *, lr=0.01):
    """Give the right answer to exercise 05.3: γ = (t − 1)/(t + 2)."""
    gamma = (t - 1) / (t + 2)
    v = gamma * v + lr * grad(theta - gamma * v)
    return theta - v, dict(v=v)


def growing_blind(theta, grad, t, v=0.0, *, lr=0.01):
    """Give the slip of no lookahead: momentum with that schedule."""
    v = (t - 1) / (t + 2) * v + lr * grad(theta)
    return theta - v, dict(v=v)


def growing_late(theta, grad, t, v=0.0, *, lr=0.01):
    """Give the slip of counting t from 0."""
    gamma = t / (t + 3)
    v = gamma * v + lr * grad(theta - gamma * v)
    return theta - v, dict(v=v)


def growing_back(theta, grad, t, v=0.0, *, lr=0.01):
    """Give the slip of looking back, θ + γ v."""
    gamma = (t - 1) / (t + 2)
    v = gamma * v + lr * grad(theta + gamma * v)
    return theta - v, dict(v=v)


def growing_far(theta, grad, t, v=0.0, *, lr=0.01):
    """Give the slip of looking ahead by the whole velocity."""
    v = (t - 1) / (t + 2) * v + lr * grad(theta - v)
    return theta - v, dict(v=v)


def growing_unfaded(theta, grad, t, v=0.0, *, lr=0.01):
    """Give the slip of a velocity that keeps all of itself."""
    v = v + lr * grad(theta - (t - 1) / (t + 2) * v)
    return theta - v, dict(v=v)


def growing_library(theta, grad, t, v=0.0, *, lr=0.01):
    """Give the slip of a library's velocity, without lr, looked along by γ v."""
    gamma = (t - 1) / (t + 2)
    v = gamma * v + grad(theta - gamma * v)
    return theta - lr * v, dict(v=v)


def growing_uphill(theta, grad, t, v=0.0, *, lr=0.01):
    """Give the slip of a plus in the last line."""
    gamma = (t - 1) / (t + 2)
    v = gamma * v + lr * grad(theta - gamma * v)
    return theta + v, dict(v=v)


def growing_constant(theta, grad, t, v=0.0, *, lr=0.01):
    """Give the slip of the usual γ = 0.9."""
    v = 0.9 * v + lr * grad(theta - 0.9 * v)
    return theta - v, dict(v=v)


CHECKS = {
    "05.1": Check(
        trial=number,
        right=0.15,
        rtol=1e-6,
        why="ηλ = (2 + 2 · 0.5)/(1 + 2 · 0.5) = 1.5 with λ = 10. The steepest "
        "direction decides, and it is stricter than gradient descent's 0.2.",
        slips=(
            (0.2, "That is gradient descent's edge, 2/L. Looking ahead costs room."),
            (0.3, "That is momentum's edge, (2 + 2γ)/L. Divide by 1 + 2γ as well."),
            (1.5, "That is ηλ. The lr is η: divide by the curvature."),
            (15.0, "You multiplied by the curvature. ηλ = 1.5 and λ = 10: what is η?"),
            (0.1, "1/L is safe, but not the edge. (5) allows a little more."),
        ),
        hint="Put γ = 0.5 into (5); that is ηλ with λ = 10.",
    ),
    "05.2": Check(
        trial=number,
        right=9 / 11,
        rtol=3e-3,
        why="γ(1 − s²) = (1 − s)² with s = √(ημ) = 0.1, so γ = (1 − s)/(1 + s). The "
        "brake takes a little of γ, so Nesterov may have more of it than momentum's "
        "0.81.",
        slips=(
            (
                0.81,
                "That is momentum's own critical damping, (1 − 0.1)². By (4) Nesterov "
                "acts as γ(1 − ηλ): which γ makes that 0.81?",
            ),
            (
                0.81 * 0.99,
                "You multiplied by 1 − ηλ. The product γ(1 − ηλ) has to be 0.81.",
            ),
            (
                (9 / 11) ** 2,
                "That is momentum's best γ, which goes with another, larger η.",
            ),
            (99 / 101, "Here κ stands where √κ belongs: √(ηλ) is 0.1, not 0.01."),
            (
                0.0,
                "At λ = L the velocity is forgotten anyway. Take λ = μ = 1: ηλ = 0.01.",
            ),
        ),
        hint="ηλ = 0.01 · 1. Set γ(1 − ηλ) equal to (1 − √(ηλ))² and solve for γ.",
    ),
    "05.3": Check(
        trial=path_on(ravine(10, 30), steps=12, lr=0.08),
        right=growing,
        why="γ is 0 at first and grows towards 1, slowly enough that looking ahead can "
        "hold it. This is the method with the promise of 1/k² on every smooth convex "
        "function.",
        slips=(
            (
                growing_blind,
                "The slope is asked at θ. That is momentum with a schedule; look "
                "ahead first.",
            ),
            (growing_late, "t starts at 1, so the first γ is (1 − 1)/(1 + 2) = 0."),
            (growing_back, "θ moves by −v, so ahead is θ − γv. You looked back."),
            (growing_far, "The lookahead is θ − γv: only the part γ is sure to come."),
            (growing_unfaded, "Use γ twice: the velocity keeps only γv of itself."),
            (
                growing_library,
                "Your velocity lacks lr, as PyTorch's does; but then θ − γv is not "
                "where it leads. Put lr into v, as in (2).",
            ),
            (growing_uphill, "The sign: the velocity is taken from θ."),
            (growing_constant, "γ is 0.9 here. It should grow with t."),
        ),
        hint="gamma = (t - 1) / (t + 2), then the three lines of the method. Return θ "
        "and a dict that holds the new v.",
    ),
}

QUESTIONS = {
    "05.a": Question(
        text="In this ravine, at η = 0.03 and γ = 0.9, momentum swings across the "
        "floor and along it. Nesterov takes the very same η and γ. Which way does it "
        "still swing after 20 steps?",
        options={
            "Both ways, only less.": "Along the floor hardly less at all, and across "
            "it not any more. The brake depends on the curvature.",
            "Across the floor only.": "There the curvature is 25, and the brake is at "
            "its strongest: γ(1 − ηλ) = 0.9 · 0.25 = 0.225.",
            "Along the floor only.": "There the curvature is 1, and the brake hardly "
            "holds: γ(1 − ηλ) = 0.9 · 0.97 = 0.873.",
            "Neither way.": "Look at the gap: its arches are swings. Along the floor "
            "the brake is γ(1 − ηλ) = 0.9 · 0.97, next to none.",
        },
        right="Along the floor only.",
    ),
    "05.b": Question(
        text="Step 3 starts at y = 0.025, a little above the floor of the ravine at "
        "y = 0, with a velocity that points down. Which way does the gradient step "
        "push?",
        options={
            "Down, on towards the floor.": "So it would for momentum, which asks at "
            "y = 0.025. Nesterov asks at the lookahead point, at y = −0.4.",
            "Up, against the velocity.": "The lookahead point is beyond the floor, at "
            "y = −0.4. There the way down is up in y.",
            "Hardly at all: the floor is flat.": "It is flat at the floor. The slope "
            "is asked at y = −0.4, where it is steep.",
        },
        right="Up, against the velocity.",
    ),
    "05.c": Question(
        text="With exact slopes Nesterov's gap after 100 steps is 17,000 times smaller "
        "than gradient descent's. What is left of the gain with noisy slopes, after "
        "1,000 steps?",
        options={
            "All of it: noise averages out.": "It averages out for both alike, and "
            "only as slowly as the slopes come in. Run the cell.",
            "About the square root of it.": "The gain does not stay at a fixed power; "
            "it fades towards 1 as the noise takes over.",
            "Next to nothing.": "Both gaps are then set by how many noisy slopes have "
            "been seen, and both have seen the same number.",
        },
        right="Next to nothing.",
    ),
}
