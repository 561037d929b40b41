"""Notebook 12, Nadam: questions and checks."""

import numpy as np

from ..exercises import Check, Question
from ..methods import adam, adamax, momentum, nadam, nesterov
from ..optimizer import Optimizer
from ..surfaces import HIMMELBLAU, ravine
from .running import Refused
from .trials import FLAT, Trial, called, numbers, paths

GROUNDS = {
    "a turned ravine": dict(
        objective=ravine(10, 30), steps=12, lr=0.3, beta1=0.7, beta2=0.6, eps=0.05
    ),
    "a flat start": dict(
        objective=FLAT, steps=9, lr=0.1, beta1=0.5, beta2=0.9, eps=0.1
    ),
    "an lr that falls": dict(
        objective=HIMMELBLAU, steps=9, lr=lambda t: 0.6 / t, beta1=0.8, beta2=0.7
    ),
}


def first_step(beta1=0.5, t=1):
    """Give the right answer to exercise 12.1."""
    g = 1.0
    m = (1 - beta1) * g  # (1)
    m_tilde = beta1 * m / (1 - beta1 ** (t + 1)) + (1 - beta1) * g / (1 - beta1**t)
    return m_tilde / abs(g)  # (5)


def nadamax(theta, grad, t, m=0.0, u=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8):
    """Give the right answer to exercise 12.2."""
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g  # (1)
    u = np.maximum(beta2 * u, np.abs(g))
    ahead = beta1 * m / (1 - beta1 ** (t + 1))  # (3)
    m_tilde = ahead + (1 - beta1) * g / (1 - beta1**t)  # (3)
    return theta - lr * m_tilde / (u + eps), dict(m=m, u=u)  # (5)


def _slip(numerator):
    """Adamax with another numerator, of m, g, t and β₁."""

    def method(
        theta, grad, t, m=0.0, u=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8
    ):
        g = grad(theta)
        m = beta1 * m + (1 - beta1) * g
        u = np.maximum(beta2 * u, np.abs(g))
        step = lr * numerator(m, g, t, beta1) / (u + eps)
        return theta - step, dict(m=m, u=u)

    return method


def no_correction(m, g, t, b):
    """Give the slip of (7), without corrections."""
    return b * m + (1 - b) * g


def no_slope(m, g, t, b):
    """Give the slip of the second part left out."""
    return b * m / (1 - b ** (t + 1))


def powers(m, g, t, b):
    """Give the slip of the chapter's subscripts, read as powers."""
    return b ** (t + 1) * m / (1 - b ** (t + 1)) + g


def corrected_u(
    theta, grad, t, m=0.0, u=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8
):
    """Give the slip of a correction for u."""
    g = grad(theta)
    m, u = beta1 * m + (1 - beta1) * g, np.maximum(beta2 * u, np.abs(g))
    m_tilde = beta1 * m / (1 - beta1 ** (t + 1)) + (1 - beta1) * g / (1 - beta1**t)
    return theta - lr * m_tilde / (u / (1 - beta2**t) + eps), dict(m=m, u=u)


def _slopes(params):
    valley = ravine(10, 30)
    return {"w": valley.grad(params["w"]), "b": 3 * params["b"] - 1}


def trained(method, steps, **hyper):
    """Case of a training loop: where its params stand in the end."""

    def case(function):
        optimizer = Optimizer(method, **hyper)
        params = {"w": np.array([2.0, -1.0]), "b": np.array([[1.0], [-2.0]])}
        found = called(function, optimizer, params, _slopes, steps)
        if not (isinstance(found, dict) and set(found) == {"b", "w"}):
            raise Refused("Return the params: a dict with the names it was given.")
        return np.concatenate([np.ravel(found[name]) for name in sorted(found)])

    return case


LOOPS = {
    "Nesterov": trained(nesterov, 10, lr=0.05, gamma=0.8),
    "Adam": trained(adam, 7, lr=0.1),
    "momentum": trained(momentum, 4, lr=0.02, gamma=0.5),
    "a single step": trained(nadam, 1, lr=0.05),
}


def train(optimizer, params, slopes, steps):
    """Give the right answer to exercise 12.3."""
    for _ in range(steps):
        points = optimizer.lookahead(params)
        params = optimizer.update(params, slopes(points))
    return params


def train_blind(optimizer, params, slopes, steps):
    """Give the slip of slopes at the params."""
    for _ in range(steps):
        params = optimizer.update(params, slopes(params))
    return params


def train_nowhere(optimizer, params, slopes, steps):
    """Give the slip of an update that is not kept."""
    for _ in range(steps):
        optimizer.update(params, slopes(optimizer.lookahead(params)))
    return params


def train_points(optimizer, params, slopes, steps):
    """Give the slip of stepping from the lookahead points."""
    for _ in range(steps):
        points = optimizer.lookahead(params)
        params = optimizer.update(points, slopes(points))
    return params


def train_frozen(optimizer, params, slopes, steps):
    """Give the slip of slopes that are asked once."""
    grads = slopes(optimizer.lookahead(params))
    for _ in range(steps):
        params = optimizer.update(params, grads)
    return params


def train_once(optimizer, params, slopes, steps):
    """Give the slip of a return inside the loop."""
    return train(optimizer, params, slopes, min(steps, 1))


def train_short(optimizer, params, slopes, steps):
    """Give the slip of one step too few."""
    return train(optimizer, params, slopes, steps - 1)


def train_long(optimizer, params, slopes, steps):
    """Give the slip of one step too many."""
    return train(optimizer, params, slopes, steps + 1)


def train_points_back(optimizer, params, slopes, steps):
    """Give the slip of returning the lookahead points."""
    return optimizer.lookahead(train(optimizer, params, slopes, steps))


CHECKS = {
    "12.1": Check(
        trial=numbers(),
        right=first_step,
        why="m̃ = g/3 + g and √v̂ = |g|. With β₁ = 0.9 it was 1.474: the next step's "
        "momentum comes on top of a whole first step.",
        slips=(
            (
                1.0,
                "That is Adam's first step, or both parts of (3) over 1 − β₁². Look at "
                "the two corrections of (3).",
            ),
            (0.75, "That is (7), without the corrections of (3)."),
            (
                1.5,
                "You corrected both parts of (3) by 1 − β₁. Whose momentum is the "
                "first part?",
            ),
            (1 / 3, "That is the first part of (3) alone."),
            (28 / 19, "That is the step at β₁ = 0.9. Here β₁ is 0.5."),
        ),
        hint="Put t = 1 into (1) to (4), with a g that you leave as it is.",
    ),
    "12.2": Check(
        trial=paths(GROUNDS),
        right=nadamax,
        why="The brake is in the numerator, so it does not mind what divides.",
        slips=(
            (adamax, "That is Adamax: its m̂ stands where (3) is asked."),
            (nadam, "That is Nadam: its √v̂ stands where Adamax has u."),
            (_slip(no_correction), "The corrections of (3) are missing."),
            (_slip(no_slope), "The second part of (3), the slope's, is missing."),
            (
                _slip(powers),
                "β₁ and 1 − β₁ are the shares in (3): powers stand in its corrections.",
            ),
            (corrected_u, "u needs no correction: a maximum with 0 is the number."),
        ),
        hint="(1), the u of notebook 10, then (3) and (5) with u for √v̂.",
    ),
    "12.3": Check(
        trial=Trial(LOOPS),
        right=train,
        why="Where the slope is asked is the method's affair, so the loop asks it. For "
        "nine of the ten the lookahead is the params themselves.",
        slips=(
            (
                train_blind,
                "Your loop takes the slopes at the params. Nesterov wants them "
                "elsewhere: see the first arrow of the second diagram.",
            ),
            (
                train_nowhere,
                "update returns new params and leaves yours as they are. What becomes "
                "of what it returns?",
            ),
            (
                train_points,
                "The slopes are asked at the lookahead points, but the step is taken "
                "from the params.",
            ),
            (
                train_frozen,
                "Every step has the same slopes: what do you ask for only once?",
            ),
            (train_once, "That is one step. Does return stand inside the loop?"),
            (train_short, "One step is missing."),
            (train_long, "That is one step too many."),
            (
                train_points_back,
                "You return the lookahead points. Asked are the params.",
            ),
        ),
        hint="One turn of the loop is the second diagram, arrow by arrow.",
    ),
}

QUESTIONS = {
    "12.a": Question(
        text="At angle 0 and η = 0.1 the two settle at steps 162 (Adam) and 122 "
        "(Nadam) of 1,000. What happens at 45°?",
        options={
            "Adam gets slower; Nadam looks ahead and does not.": "Both divide each "
            "coordinate by its own slopes, and at 45° no coordinate is the steep one. "
            "Looking ahead cannot mend a divisor: 532 and 486.",
            "Both get three to four times slower, the order stays.": "532 and 486. "
            "The divisor is the same in both, and it is what the angle hurts.",
            "Neither changes: it is the same ravine.": "To gradient descent it is. But "
            "the division is made along the axes: 532 and 486.",
        },
        right="Both get three to four times slower, the order stays.",
    ),
    "12.b": Question(
        text="The ravine's two slopes at the start differ. Which coordinate takes the "
        "longer first step with Nadam?",
        options={
            "The steeper one.": "At step 1 m̃ and √v̂ are both multiples of |g|, so "
            "the slope drops out, as in Adam. Both move 1.474 η.",
            "The flatter one.": "At step 1 m̃ and √v̂ are both multiples of |g|, so "
            "the slope drops out, as in Adam. Both move 1.474 η.",
            "Both the same, and longer than η.": "The slope drops out, as in Adam, and "
            "the next step's momentum is added: 1.474 η.",
        },
        right="Both the same, and longer than η.",
    ),
}
