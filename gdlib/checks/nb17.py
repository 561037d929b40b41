"""Notebook 17, after Adam: questions and checks."""

import numpy as np

from ..exercises import Check, Question
from .trials import numbers, values


def three_steps():
    """Give the right answer to exercise 17.1: θ after each of Lion's steps."""
    lr, beta1, beta2, lam, theta, m = 0.1, 0.8, 0.9, 0.5, 1.0, 0.0
    found = []
    for g in (3, -1, -1):
        c = beta1 * m + (1 - beta1) * g  # (7)
        m = beta2 * m + (1 - beta2) * g  # (8)
        theta = theta - lr * (np.sign(c) + lam * theta)  # (9)
        found.append(theta)
    return tuple(found)


SHARES = {
    "the first step of a long rise": (1, 100, 20, 30),
    "the last step of the rise": (20, 100, 20, 30),
    "a step in the middle": (50, 100, 20, 30),
    "the first step of the fall": (71, 100, 20, 30),
    "a step of the fall": (84, 100, 20, 30),
    "the last step": (100, 100, 20, 30),
    "a rise of one step": (1, 10, 1, 4),
    "a fall of one step": (10, 10, 3, 1),
    "a rise that meets the fall": (6, 12, 6, 6),
    "a fall that begins at once": (7, 12, 6, 6),
    "the third step of a short rise": (3, 12, 5, 4),
}


def share(t, T, w, d):
    """Give the right answer to exercise 17.2."""
    return min(1, t / w, (T + 1 - t) / d)  # (6)


GRADS = {
    "one layer above the limit": (dict(W=np.array([[3.0, -4.0], [0.0, 12.0]])), 2.0),
    "three layers, the second the largest": (
        dict(
            W=np.array([[1.0, -2.0, 2.0]]), b=np.array([4.0, -1.5]), U=np.ones((1, 2))
        ),
        1.2,
    ),
    "layers that are under the limit alone, and above it together": (
        dict(
            W1=np.array([[0.6, 0.5]]), b1=np.array([0.5]), W2=np.array([[0.4], [-0.7]])
        ),
        1.0,
    ),
    "all below the limit": (dict(W=np.array([[0.3, 0.4]]), b=np.array([-0.1])), 1.2),
}


def clip_factor(grads, L):
    """Give the right answer to exercise 17.3."""
    norm = np.sqrt(sum((g**2).sum() for g in grads.values()))  # (10)
    return L / max(norm, L)  # (10)


def norms(grads):
    """List the norm of each array."""
    return [np.linalg.norm(g) for g in grads.values()]


def factor(norm, L):
    """Give min(1, L / norm)."""
    return L / max(norm, L)


CHECKS = {
    "17.1": Check(
        numbers("θ after step 1", "θ after step 2", "θ after step 3"),
        three_steps,
        why="The slope turns at step 2, the direction only at step 3: four fifths "
        "of it are memory. The decay adds 0.05 to the first step and takes 0.035 off "
        "the last.",
        slips=(
            ((0.9, 0.8, 0.9), "Those are the signs alone: where is λθ in (9)?"),
            (
                (0.85, 0.9075, 0.962125),
                "At step 2 you follow the newest slope. What is c by (7), m = 0.3?",
            ),
            (
                (0.85, 0.7075, 0.572125),
                "At step 3 c is negative: 0.8 · 0.17 − 0.2. Are β₁ and β₂ mixed up?",
            ),
            (
                (0.85, 0.7, 0.75),
                "The decay of a step takes the present θ; yours is 0.5 at every step.",
            ),
            (
                (0.95, 0.8975, 1.042375),
                "The decay pulls to 0, whatever the sign of c is.",
            ),
            (
                (1.05, 1.0975, 0.942625),
                "The step goes against the direction, the decay towards 0: both "
                "are taken off θ.",
            ),
            (
                (0.4, 0.1, 0.15),
                "In (9) η multiplies the whole bracket, the decay too.",
            ),
            (
                (0.89, 0.8415, 0.805825),
                "Look again at how c enters (9): only its sign counts.",
            ),
            (
                (0.9, 0.8, 0.7),
                "Three steps down and no decay: c is negative at step 3, and λθ stands "
                "beside the sign, not in the slope.",
            ),
            (
                (0.15, 0.1425, -0.064625),
                "Those are the steps; asked is where θ is after each.",
            ),
            (
                (0.855, 0.71725, 0.7763875),
                "The θ in the bracket of (9) is the one before the step.",
            ),
        ),
        hint="Three columns: c by (7) with the old m, then m by (8), then θ by (9), of "
        "c only the sign.",
    ),
    "17.2": Check(
        values(SHARES),
        share,
        why="Three straight lines, and the lowest of them counts. At the last step the "
        "share is 1/d and not 0: a step of 0 would be a slope asked for nothing.",
        slips=(
            (
                lambda t, T, w, d: min(1, t / w, (T - t) / d),
                "Your fall is a step early: at t = T the share is 0; it is to be 1/d.",
            ),
            (
                lambda t, T, w, d: min(1, (t - 1) / w, (T + 1 - t) / d),
                "By (6) the first step has the share 1/w, not 0.",
            ),
            (
                lambda t, T, w, d: min(1, t / w),
                "The fall over the last d steps is missing.",
            ),
            (
                lambda t, T, w, d: min(1, (T + 1 - t) / d),
                "The rise over the first w steps is missing.",
            ),
            (
                lambda t, T, w, d: min(t / w, (T + 1 - t) / d),
                "In the middle the share stays 1; yours goes on rising.",
            ),
            (
                lambda t, T, w, d: min(1, t / w) * min(1, (T + 1 - t) / (T - w)),
                "You let it fall from the end of the rise on; it falls over the last d "
                "steps alone.",
            ),
            (
                lambda t, T, w, d: (
                    t / w
                    if t <= w
                    else 1.0
                    if t <= T - d
                    else (1 + np.cos(np.pi * (t - 1 - T + d) / d)) / 2
                ),
                "You fall along a cosine; asked is a straight line.",
            ),
            (
                lambda t, T, w, d: (
                    t / w if t <= w else 1.0 if t <= T - d else (t - (T - d)) / d
                ),
                "In the last part yours rises: of its d steps the first has d/d.",
            ),
            (
                lambda t, T, w, d: min(1, t / d, (T + 1 - t) / w),
                "w and d have changed places: it rises over w steps, falls over d.",
            ),
        ),
        hint="Write a formula for each part and try it at the part's first and last "
        "step: 1/w and 1, then 1, then 1 and 1/d.",
    ),
    "17.3": Check(
        values(GRADS),
        clip_factor,
        why="One factor for all: the step keeps its direction in the space of all "
        "parameters. The squares of all entries add up, whatever array they are in.",
        slips=(
            (
                lambda grads, L: factor(sum(norms(grads)), L),
                "You add the norms of the arrays. In a norm it is squares that add up.",
            ),
            (
                lambda grads, L: factor(max(norms(grads)), L),
                "You take the largest array's norm; asked is that of all together.",
            ),
            (
                lambda grads, L: factor(norms(grads)[0], L),
                "Only the first array counts in yours.",
            ),
            (
                lambda grads, L: factor(norms(grads)[-1], L),
                "Only the last array counts in yours.",
            ),
            (
                lambda grads, L: factor(sum(n**2 for n in norms(grads)), L),
                "The root is missing: the norm is the root of the sum of squares.",
            ),
            (
                lambda grads, L: L / np.sqrt(sum(n**2 for n in norms(grads))),
                "Below the limit nothing is to change: the factor is never above 1.",
            ),
            (
                lambda grads, L: 1 / max(1, np.sqrt(sum(n**2 for n in norms(grads)))),
                "Yours cuts to a norm of 1, whatever L is.",
            ),
            (
                lambda grads, L: factor(max(abs(g).max() for g in grads.values()), L),
                "You look at the largest entry; asked is the norm.",
            ),
            (
                lambda grads, L: factor(sum(abs(g).sum() for g in grads.values()), L),
                "You add the sizes of the entries; the norm adds their squares.",
            ),
            (
                lambda grads, L: max(1, L / np.sqrt(sum(n**2 for n in norms(grads)))),
                "Of L/norm and 1 the smaller is asked; yours makes small gradients "
                "longer and leaves large ones as they are.",
            ),
            (
                lambda grads, L: min(1, np.sqrt(sum(n**2 for n in norms(grads))) / L),
                "Upside down: above the limit the factor is L/norm.",
            ),
            (
                lambda grads, L: np.sqrt(sum(n**2 for n in norms(grads))),
                "That is the norm; asked is the factor that brings it down to L.",
            ),
            (
                lambda grads, L: max(1, np.sqrt(sum(n**2 for n in norms(grads))) / L),
                "That is what the gradients are divided by; asked is the factor.",
            ),
        ),
        hint="First the norm of all: add the squares of all entries of all arrays, "
        "take the root. Then (10): what if it is below L?",
    ),
}

QUESTIONS = {
    "17.a": Question(
        text="The noise of the slopes grows tenfold, their mean stays. Whose resting "
        "place moves?",
        options={
            "That of L2 in Adam.": "Its mean slope is zero where loss plus penalty "
            "have their minimum; the noise takes part in the pace alone.",
            "That of AdamW.": "By (4) the decay is weighed against the mean slope over "
            "√v̂, and the noise is in √v̂.",
            "Both: each divides by √v̂.": "L2 in Adam divides mean slope and decay "
            "alike, and where their sum is zero it stays zero.",
        },
        right="That of AdamW.",
    ),
    "17.b": Question(
        text="After 304 steps, each with its own best η: what lowers Adam's training "
        "loss most?",
        options={
            "Warm-up.": "It is a cure for a start that goes wrong, and at Adam's own "
            "best η none does here.",
            "The cosine.": "At the end its steps are small enough to settle among the "
            "noisy slopes, and before it may take a larger η.",
            "Decay, decoupled.": "Decay works against the training loss: it pulls the "
            "weights back from where the loss is lowest.",
        },
        right="The cosine.",
    ),
    "17.c": Question(
        text="Adam comes to a minimum near (−3.8, −3.3). With λ = 0.5, where does Lion "
        "end?",
        options={
            "At the minimum: there is no noise.": "So it would if λ were small enough "
            "for the minimum to lie in the box |θ| ≤ 1/λ. Here the box ends at 2.",
            "A little nearer to 0, as with a penalty.": "A penalty's pull is weighed "
            "against the slope. Lion has thrown the slope's size away.",
            "Near (−2, −2).": "A sign is at most 1, so the decay stops it where "
            "λ|θ| = 1.",
        },
        right="Near (−2, −2).",
    ),
}
