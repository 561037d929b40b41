"""Notebook 10, Adamax: questions and checks."""

import numpy as np

from ..descent import descend
from ..exercises import Check, Question, number, path_on
from ..methods import adamax
from ..objectives import Objective, ravine

VALLEY = ravine(10, 30)


def eighth_step(gradients):
    """Trial of eight gradients: Adamax's last step over lr, both decays at 0.9."""
    g = np.asarray(gradients, float)
    if g.shape != (8,):
        raise ValueError(f"gradients has shape {g.shape}; allowed: eight numbers.")
    hand = iter(g)
    fed = Objective(
        lambda theta: 0 * theta[0], lambda theta: next(hand) + 0 * theta, dim=1
    )
    hyper = dict(lr=1.0, beta1=0.9, beta2=0.9, eps=0.0)
    return np.abs(descend(adamax, fed, (0.0,), 8, **hyper).terms["step"][-1])


def torch_adamax(theta, grad, t, m=0.0, u=0.0, *, lr, beta1=0.9, beta2=0.999, eps):
    """Give the right answer to exercise 10.2: ε inside the maximum."""
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(beta2 * u, np.abs(g) + eps)
    return theta - lr * m / (1 - beta1**t) / u, dict(m=m, u=u)


def torch_outside(theta, grad, t, m=0.0, u=0.0, *, lr, beta1=0.9, beta2=0.999, eps):
    """Give the slip of an ε added to the maximum and kept in it."""
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(beta2 * u, np.abs(g)) + eps
    return theta - lr * m / (1 - beta1**t) / u, dict(m=m, u=u)


def torch_in_bars(theta, grad, t, m=0.0, u=0.0, *, lr, beta1=0.9, beta2=0.999, eps):
    """Give the slip of an ε inside the absolute value."""
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(beta2 * u, np.abs(g + eps))
    return theta - lr * m / (1 - beta1**t) / u, dict(m=m, u=u)


def torch_biased(theta, grad, t, m=0.0, u=0.0, *, lr, beta1=0.9, beta2=0.999, eps):
    """Give the slip of an m without bias correction."""
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(beta2 * u, np.abs(g) + eps)
    return theta - lr * m / u, dict(m=m, u=u)


def torch_corrected(theta, grad, t, m=0.0, u=0.0, *, lr, beta1=0.9, beta2=0.999, eps):
    """Give the slip of a bias correction of u as well."""
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(beta2 * u, np.abs(g) + eps)
    step = lr * m / (1 - beta1**t) / (u / (1 - beta2**t))
    return theta - step, dict(m=m, u=u)


def torch_root(theta, grad, t, m=0.0, u=0.0, *, lr, beta1=0.9, beta2=0.999, eps):
    """Give the slip of Adam's root around the maximum."""
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(beta2 * u, np.abs(g) + eps)
    return theta - lr * m / (1 - beta1**t) / np.sqrt(u), dict(m=m, u=u)


def torch_uphill(theta, grad, t, m=0.0, u=0.0, *, lr, beta1=0.9, beta2=0.999, eps):
    """Give the slip of a plus in the last line."""
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(beta2 * u, np.abs(g) + eps)
    return theta + lr * m / (1 - beta1**t) / u, dict(m=m, u=u)


CHECKS = {
    "10.1": Check(
        trial=number,
        right=2302,
        rtol=2e-4,
        why="u shrinks by β₂ a step, so 0.999ᵏ = 0.1 and k = ln 10/−ln 0.999 = 2301.4. "
        "As long as no gradient reaches u, nothing else enters.",
        slips=(
            (
                4603,
                "That is Adam's √v, which shrinks by √β₂ a step. u shrinks by β₂.",
            ),
            (2301, "0.999²³⁰¹ is still a little above 0.1. Count one step more."),
            (2303, "Nearly: −ln 0.999 is a little more than 0.001."),
            (1000, "After 1,000 steps 1/e is left, 37 %. You want 10 %."),
            (693, "That is where half is left. You want a tenth."),
            (900, "A straight line would be there after 900. u shrinks by a factor."),
            (22, "You used β₁. m forgets that fast; u fades by β₂."),
            (0.1**0.001, "You took a root. The unknown stands in the exponent."),
        ),
        hint="Write 0.999ᵏ = 0.1 and take logarithms on both sides.",
    ),
    "10.2": Check(
        trial=path_on(VALLEY, steps=8, start=(-0.2, -0.06), lr=0.02, eps=0.5),
        right=torch_adamax,
        why="The check took ε = 0.5, so that its place shows. At 1e-8 the two forms "
        "part only where |g| is about as small as that.",
        slips=(
            (
                adamax,
                "That is (4): ε is added to u in the last line. Here it is added to "
                "|g|, inside the maximum, and the last line divides by u alone.",
            ),
            (
                torch_outside,
                "You add ε after the maximum, and it piles up in u. It belongs to |g|, "
                "inside the brackets.",
            ),
            (
                torch_in_bars,
                "ε stands outside the bars. |g| + ε is neither |g + ε| nor g + ε where "
                "g is negative.",
            ),
            (torch_biased, "m is still biased: divide it by 1 − β₁ᵗ."),
            (torch_corrected, "u needs no correction; only m has one."),
            (
                torch_root,
                "No root: u is of the size of |g| already, where Adam's v was of g².",
            ),
            (torch_uphill, "The sign: the step is taken from θ."),
        ),
        hint="Three lines: m as in (1); u is the larger of beta2 * u and |g| + eps; "
        "θ loses lr times m, corrected by 1 − β₁ᵗ, over u. Return θ and a dict that "
        "holds the new m and u.",
    ),
    "10.3": Check(
        trial=eighth_step,
        right=0.9 ** np.arange(8),
        rtol=1e-3,
        why="The gradients fall by β₂ a step: u is the last one, and each older one is "
        "as large as u lets it be. The step grows with t here, without a bound: that "
        "is what β₁ < β₂ prevents.",
        slips=(
            (
                np.ones(8),
                "Constant gradients give 1 lr. An older gradient may be larger than u: "
                "u has faded since.",
            ),
            (
                np.eye(8)[0],
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
                (-0.9) ** np.arange(8),
                "The sizes are right, but the signs alternate and cancel in m̂.",
            ),
            (
                0.8 ** np.arange(8),
                "These fall faster than u: the first one decides u, and the later ones "
                "are smaller than they might be.",
            ),
            (
                0.95 ** np.arange(8),
                "These fall too slowly: the older ones may be larger still.",
            ),
        ),
        hint="(5) says how large g of k steps ago may be when u is given. Make all of "
        "them that large, with one sign.",
    ),
}

QUESTIONS = {
    "10.a": Question(
        text="At lr 0.1 Adam reaches a gap of 1e-6 in 142 steps here, Adamax in 340. "
        "What happens to the count of the L^p method as p goes from 2 to 200?",
        options={
            "It jumps to Adamax's as soon as p is above 2.": "At p = 5 the factors in "
            "(7) are still far from 1: s is not yet u.",
            "It climbs from Adam's to Adamax's, little by little.": "At p = 10 it is "
            "at 216, at 200 it is at 337. The first, steep slopes weigh more and more.",
            "It breaks down: large p is unstable.": "Computed as (6) it would. In (8) "
            "no bracket exceeds 1, whatever p is.",
        },
        right="It climbs from Adam's to Adamax's, little by little.",
    ),
    "10.b": Question(
        text="After step 1 the run stands lower, and both slopes are smaller "
        "than before. What is u in step 2?",
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
