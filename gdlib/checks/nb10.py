"""Notebook 10, Adamax: questions and checks."""

from dataclasses import dataclass

import numpy as np

from ..exercises import Check, Question
from ..methods import adamax
from ..surfaces import ravine
from .trials import FLAT, Trial, numbers, paths

GROUNDS = {
    "a turned ravine": dict(
        objective=ravine(10, 30),
        start=(-0.2, -0.06),
        steps=12,
        lr=0.1,
        beta1=0.7,
        beta2=0.95,
        eps=0.5,
    ),
    "a flat start": dict(
        objective=FLAT, steps=9, lr=0.2, beta1=0.5, beta2=0.8, eps=0.05
    ),
    "an lr that falls": dict(
        objective=ravine(3),
        steps=8,
        lr=lambda t: 0.9 / t,
        beta1=0.8,
        beta2=0.6,
        eps=0.2,
    ),
}


@dataclass(frozen=True)
class Roofs(Trial):
    """Trial of eight gradients: each over the largest that (5) allows it to be.

    The step is as long as it can be if and only if all eight shares are 1, up to one
    common sign.
    """

    def __call__(self, answer):
        """Share of every gradient in what u after the last allows, case "" alone."""
        faded = super().__call__(answer)[""] * 0.9 ** np.arange(7.0, -1, -1)
        u = np.abs(faded).max() or 1.0
        return {"": faded / u * (np.sign(faded.sum()) or 1.0)}


def a_tenth():
    """Give the right answer to exercise 10.1."""
    beta2, left = 0.999, 0.1
    steps = np.log(left) / np.log(beta2)
    return np.ceil(steps)


def inner(theta, grad, t, m=0.0, u=0.0, *, lr=0.002, beta1=0.9, beta2=0.999, eps=1e-8):
    """Give the right answer to exercise 10.2: ε inside the maximum."""
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g  # (1)
    u = np.maximum(beta2 * u, np.abs(g) + eps)  # the PyTorch row
    m_hat = m / (1 - beta1**t)  # (3)
    return theta - lr * m_hat / u, dict(m=m, u=u)


def form(roof, divisor=lambda u, t, beta2: u):
    """Build Adamax with u made by `roof`(β₂ u, g, ε) and another divisor of it."""

    def method(
        theta, grad, t, m=0.0, u=0.0, *, lr=0.002, beta1=0.9, beta2=0.999, eps=1e-8
    ):
        g = grad(theta)
        m, u = beta1 * m + (1 - beta1) * g, roof(beta2 * u, g, eps)
        return theta - lr * m / (1 - beta1**t) / divisor(u, t, beta2), dict(m=m, u=u)

    return method


def inside(old, g, eps):
    """Give the roof that is right: the larger of the faded u and |g| + ε."""
    return np.maximum(old, np.abs(g) + eps)


CHECKS = {
    "10.1": Check(
        numbers(whole=True),
        a_tenth,
        rtol=2e-4,
        why="u shrinks by β₂ a step, so 0.999ᵏ = 0.1 and k = ln 10/−ln 0.999 = 2301.4. "
        "As long as no gradient reaches u, nothing else enters.",
        slips=(
            (
                4603,
                "That is Adam's √v, which shrinks by √β₂ a step. u shrinks by β₂.",
            ),
            (4604, "Adam's √v shrinks by √β₂ a step. u shrinks by β₂."),
            (2301, "0.999²³⁰¹ is still a little above 0.1."),
            (2303, "Nearly: −ln 0.999 is a little more than 0.001."),
            (1000, "After 1,000 steps 1/e is left, 37 %. You want 10 %."),
            (999, "After some 1,000 steps 1/e is left, 37 %. You want 10 %."),
            (693, "That is where half is left. You want a tenth."),
            (900, "A straight line would be there after 900. u shrinks by a factor."),
            (22, "You used β₁. m forgets that fast; u fades by β₂."),
            (106, "That is what 0.9 of u left takes. You want a tenth of it left."),
            (1151, "u shrinks by β₂ a step, not by its square."),
        ),
        hint="What is left of u after k steps is a power of β₂: look at (5).",
    ),
    "10.2": Check(
        paths(GROUNDS),
        inner,
        why="The check took a large ε, so that its place shows. At 1e-8 the two forms "
        "part only where |g| is about as small as that.",
        slips=(
            (
                adamax,
                "That is (4), with ε beside u in the last line. Compare with the "
                "PyTorch row: where does its ε stand?",
            ),
            (
                form(lambda old, g, eps: np.maximum(old, np.abs(g)) + eps),
                "You add ε after the maximum, and it piles up in u. Where does the "
                "bracket of the maximum close in the PyTorch row?",
            ),
            (
                form(lambda old, g, eps: np.maximum(old, np.abs(g + eps))),
                "Your ε stands inside the bars. Where g is negative that is another "
                "number than the row has.",
            ),
            (
                form(lambda old, g, eps: np.maximum(old, np.abs(g))),
                "There is no ε in your u. Where does the PyTorch row have it?",
            ),
            (
                form(inside, lambda u, t, beta2: u / (1 - beta2**t)),
                "You correct u for its start. Does a maximum need that?",
            ),
            (
                form(inside, lambda u, t, beta2: np.sqrt(u)),
                "There is no root: u is of the size of |g|, where v was of g².",
            ),
            (
                form(inside, lambda u, t, beta2: u + 0.5),
                "ε comes in twice. The PyTorch row has it in one place.",
            ),
        ),
        hint="Only the line for u differs from the method that you have written: "
        "compare it with the PyTorch row of the table.",
    ),
    "10.3": Check(
        Roofs({}, numeric=True, names=tuple(f"g{i}" for i in "₁₂₃₄₅₆₇₈")),
        lambda: 0.9 ** np.arange(8),
        why="The gradients fall by β₂ a step: u is the last one, and each older one is "
        "as large as u lets it be. The step grows with t here, without a bound: that "
        "is what β₁ < β₂ prevents.",
        slips=(
            (
                np.ones(8),
                "Constant gradients give 1 lr. What has become of u since the first?",
            ),
            (
                np.eye(8)[0],
                "One gradient among zeros: the weights in m̂ of all others are wasted.",
            ),
            (
                np.eye(8)[7],
                "One gradient among zeros: the weights in m̂ of all others are wasted.",
            ),
            (
                0.999 ** np.arange(8),
                "The right shape, but β₂ is 0.9 here: the older ones may be larger.",
            ),
            (
                0.9 ** -np.arange(8.0),
                "These grow. Then u is the last one and all older ones are small.",
            ),
            (
                2.0 ** np.arange(8),
                "These grow. Then u is the last one and all older ones are small.",
            ),
            (
                (-1.0) ** np.arange(8),
                "The signs alternate, and so the gradients cancel in m̂.",
            ),
            (
                0.99 ** np.arange(8),
                "These fall too slowly: the older ones may be larger still.",
            ),
            (
                np.arange(1.0, 9),
                "These grow. Then u is the last one and all older ones are small.",
            ),
            (
                (-0.9) ** np.arange(8),
                "The sizes are right, but the signs alternate and cancel in m̂.",
            ),
            (
                np.arange(8.0, 0, -1),
                "These fall by a difference. u fades by a factor.",
            ),
            (
                0.8 ** np.arange(8),
                "These fall faster than u: the first one decides u, and the later ones "
                "are smaller than they might be.",
            ),
            (
                0.81 ** np.arange(8),
                "These fall faster than u: the first one decides u, and the later ones "
                "are smaller than they might be.",
            ),
            (
                0.5 ** np.arange(8),
                "These fall faster than u: the first one decides u, and the later ones "
                "are smaller than they might be.",
            ),
            (
                0.95 ** np.arange(8),
                "These fall too slowly: the older ones may be larger still.",
            ),
        ),
        hint="Given u after the eighth step, how large does (5) let each older "
        "gradient be? And how do they add up in m̂?",
    ),
}

QUESTIONS = {
    "10.a": Question(
        text="At lr 0.1 Adam reaches a gap of 1e-6 in 142 steps here, Adamax in 340. "
        "What happens to the count of the L^p method as p goes from 2 to 200?",
        options={
            "It jumps to Adamax's as soon as p is above 2.": "At p = 5 it is at 158 "
            "steps: the largest gradient does not rule alone yet.",
            "It climbs from Adam's to Adamax's, little by little.": "At p = 10 it is "
            "at 216, at 200 it is at 337. The first, steep slopes weigh more and more.",
            "It breaks down: large p is unstable.": "Computed as (6) it would. In (7) "
            "neither fraction exceeds 1, whatever p is.",
        },
        right="It climbs from Adam's to Adamax's, little by little.",
    ),
    "10.b": Question(
        text="After step 1 the run stands lower, and both slopes are smaller "
        "than before. What is u in step 2, signs aside?",
        options={
            "The new slopes.": "They are below 0.999 times the old ones, so the "
            "maximum is not theirs.",
            "0.999 times the old slopes.": "The old u, faded once, is still the larger "
            "one. A new slope enters u only if it breaks through the roof.",
            "An average of old and new.": "That is what v does. A maximum takes one "
            "and leaves the other.",
        },
        right="0.999 times the old slopes.",
    ),
    "10.c": Question(
        text="All gradients are 1, one is 100. Which method has half of its old "
        "effective rate back first?",
        options={
            "Adamax: it forgets at twice the pace.": "It does, but it starts from 100, "
            "where √v̂ starts from 3.3. It has to come down to 2 from there.",
            "Adam: it has less to forget.": "√v̂ rises to 3.3 only, u to 100. Down to "
            "2 it takes Adam about 1,200 steps and Adamax 3,911.",
            "Both at the same time.": "Their paces differ by two and their heights by "
            "thirty. The heights decide.",
        },
        right="Adam: it has less to forget.",
    ),
}
