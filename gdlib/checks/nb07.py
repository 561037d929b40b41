"""Notebook 07, Adadelta: questions and checks."""

import numpy as np

from ..exercises import Check, Question
from ..surfaces import ravine
from .trials import FLAT, numbers, paths

GROUNDS = {
    "a turned ravine": dict(
        objective=ravine(10, 30), steps=12, lr=0.4, gamma=0.7, eps=0.05
    ),
    "a flat start": dict(objective=FLAT, steps=9, lr=2.0, gamma=0.6, eps=0.02),
    "an lr that falls": dict(
        objective=ravine(3), steps=8, lr=lambda t: 1 / t, gamma=0.8, eps=0.1
    ),
}


def first_move():
    """Give the right answer to exercise 07.1."""
    eps, gamma, g = 1e-4, 0.75, 8
    E_g2 = (1 - gamma) * g**2  # (1)
    return -np.sqrt(eps) / np.sqrt(E_g2) * g  # (2)


def two_epsilons():
    """Give the right answer to exercise 07.2."""
    cents, millimetres, eps = 100, 1000, 1e-6
    slope = cents / millimetres
    return eps * slope**2, eps * millimetres**2


def with_lr(theta, grad, t, E_g2=0.0, E_d2=0.0, *, lr=1.0, gamma=0.9, eps=1e-6):
    """Give the right answer to exercise 07.3: lr multiplies the move alone."""
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2  # (1)
    delta = -np.sqrt(E_d2 + eps) / np.sqrt(E_g2 + eps) * g  # (2)
    E_d2 = gamma * E_d2 + (1 - gamma) * delta**2  # (3)
    return theta + lr * delta, dict(E_g2=E_g2, E_d2=E_d2)  # (4)


def averaged(theta, grad, t, E_g2=0.0, E_d2=0.0, *, lr=1.0, gamma=0.9, eps=1e-6):
    """Give the slip of averaging lr · Δ."""
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    move = -lr * np.sqrt(E_d2 + eps) / np.sqrt(E_g2 + eps) * g
    E_d2 = gamma * E_d2 + (1 - gamma) * move**2
    return theta + move, dict(E_g2=E_g2, E_d2=E_d2)


def outside(theta, grad, t, E_g2=0.0, E_d2=0.0, *, lr=1.0, gamma=0.9, eps=1e-6):
    """Give the slip of an ε outside both roots."""
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    delta = -(np.sqrt(E_d2) + eps) / (np.sqrt(E_g2) + eps) * g
    E_d2 = gamma * E_d2 + (1 - gamma) * delta**2
    return theta + lr * delta, dict(E_g2=E_g2, E_d2=E_d2)


def summed(theta, grad, t, E_g2=0.0, E_d2=0.0, *, lr=1.0, gamma=0.9, eps=1e-6):
    """Give the slip of new squares without their share 1 − γ."""
    g = grad(theta)
    E_g2 = gamma * E_g2 + g**2
    delta = -np.sqrt(E_d2 + eps) / np.sqrt(E_g2 + eps) * g
    return theta + lr * delta, dict(E_g2=E_g2, E_d2=gamma * E_d2 + delta**2)


CHECKS = {
    "07.1": Check(
        numbers("Δ₁"),
        first_move,
        why="E[g²] = 0.25 · 64 = 16 and √ε = 0.01, so Δ = −0.01 · 8/4. The slope "
        "cancels: the first move is √(ε/(1 − γ)) long, whatever g is.",
        slips=(
            (0.02, "The size is right. Δ is added to θ, so it points downhill."),
            (-0.01, "The first average is not g²: (1) gives the new square a share."),
            (-0.0025, "(2) ends in · g. You have the fraction alone."),
            (-0.005, "You divided by E[g²]. (2) divides by its root."),
            (-0.0002, "(2) has ε under a root, above the line too."),
        ),
        hint="Put g into (1), with nothing in the memory yet, and the result into (2).",
    ),
    "07.2": Check(
        numbers("ε beside g²", "ε beside Δ²"),
        two_epsilons,
        why="Each ε has the unit of the square that it stands beside: (100/1000)² for "
        "the slopes, 1000² for the moves.",
        slips=(
            ((1e-2, 1.0), "Slopes are loss over θ, and θ has changed its unit, too."),
            ((1e-12, 1.0), "Slopes are loss over θ, and the loss has changed, too."),
            ((1e-4, 1.0), "A slope is loss over θ: which unit divides which?"),
            ((1e-8, 1e-12), "In millimetres a move is a larger number, not a smaller."),
            ((1e-8, 1e-6), "The moves are in millimetres now, and so is their ε."),
            ((1e-7, 1e-3), "Both stand beside squares: what happens to the factors?"),
        ),
        hint="By what factor does a slope (loss over θ) change, by what a move (θ)? "
        "ε goes with their squares.",
    ),
    "07.3": Check(
        paths(GROUNDS),
        with_lr,
        why="lr enters only where θ moves. The average of the moves is kept without "
        "it, so it scales every step alike and changes none of the averages by itself.",
        slips=(
            (
                averaged,
                "You average lr · Δ, so lr comes back through E[Δ²] at each step. "
                "Which of the four lines may hold lr?",
            ),
            (outside, "In (2) both ε stand under their roots, not beside them."),
            (summed, "The new squares need their share, in (1) and in (3)."),
        ),
        hint="Compare your lines with (1) to (4): lr stands in one of them only.",
    ),
}

QUESTIONS = {
    "07.a": Question(
        text="You multiply the loss by 1,000, and with it every slope. At η = 0.05 "
        "gradient descent explodes. What does Adadelta do?",
        options={
            "It explodes, too.": "A slope enters twice, as g and as RMS[g], above and "
            "below the line. The thousand cancels.",
            "Its steps get a thousand times shorter.": "It does divide by RMS[g], but "
            "it multiplies by g as well.",
            "It walks the same path.": "g and RMS[g] grow alike, and the move stays. "
            "Only near the minimum, where ε is felt, can it tell the losses apart.",
        },
        right="It walks the same path.",
    ),
    "07.b": Question(
        text="You make ε a hundred times smaller, from 1e-6 to 1e-8. How many "
        "steps does the run need then to go a distance of 1 on a constant slope?",
        options={
            "As many as before: ε only guards against a division by zero.": "Below the "
            "line it does. Above the line it is what the first move is made of.",
            "About six times as many.": "The speed is √((1 − γ)εt), so the way goes "
            "as √ε · t^1.5, and the time for a given way as ε^(−1/3): 4.6 times. "
            "The first steps, while E[g²] still fills, are longer than that; they make "
            "up a larger part of the shorter run, so it is 5.7.",
            "Ten times as many: the first step is ten times shorter.": "So it is, but "
            "the run gathers speed, and a longer run has more time to do so.",
        },
        right="About six times as many.",
    ),
    "07.c": Question(
        text="The ravine's slope at the start is −2 along the floor and 10 across it. "
        "How do the two coordinates of the first move compare?",
        options={
            "Five times longer across.": "So it is for gradient descent. Here each "
            "coordinate is divided by the size of its own slopes.",
            "About as long.": "By (5) both are √(ε/(1 − γ)) long: the slope cancels.",
            "Five times longer along.": "The division takes out the slope's size once, "
            "and the slope itself puts it back. Nothing is left of it.",
        },
        right="About as long.",
    ),
    "07.d": Question(
        text="After 1,000 steps Adadelta's gap on this job is 0.001, and it has been "
        "falling all the way. What is it after 5,000?",
        options={
            "Below 1e-6.": "It would be, if it went on like that. Look at the curve "
            "after step 1,000.",
            "About 0.001: its rate has died, as Adagrad's does.": "Its averages "
            "forget, so its rate cannot die. That is the trouble here.",
            "About 0.02.": "It rises about twentyfold. The section after the next plot "
            "says why.",
        },
        right="About 0.02.",
    ),
}
