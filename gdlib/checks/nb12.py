"""Notebook 12, Nadam: questions and checks."""

import numpy as np

from ..exercises import Check, Question, Untouched, number, path_on
from ..methods import adamax, nesterov
from ..objectives import ravine
from ..optimizer import Optimizer


def _nadamax(numerator, divisor=lambda u, eps: u + eps, sign=-1):
    """Adamax with another numerator of m, g, t and β₁."""

    def method(
        theta, grad, t, m=0.0, u=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8
    ):
        g = grad(theta)
        m = beta1 * m + (1 - beta1) * g
        u = np.maximum(beta2 * u, np.abs(g))
        step = lr * numerator(m, g, t, beta1) / divisor(u, eps)
        return theta + sign * step, dict(m=m, u=u)

    return method


def nesterov_numerator(m, g, t, beta1):
    """Give equation (3)."""
    return beta1 * m / (1 - beta1 ** (t + 1)) + (1 - beta1) * g / (1 - beta1**t)


def one_correction(m, g, t, beta1):
    """Give the slip of the correction of step t under both parts."""
    return (beta1 * m + (1 - beta1) * g) / (1 - beta1**t)


def no_correction(m, g, t, beta1):
    """Give the slip of no correction."""
    return beta1 * m + (1 - beta1) * g


def late_correction(m, g, t, beta1):
    """Give the slip of the next step's correction under both parts."""
    return (beta1 * m + (1 - beta1) * g) / (1 - beta1 ** (t + 1))


def no_slope(m, g, t, beta1):
    """Give the slip of the second part left out."""
    return beta1 * m / (1 - beta1 ** (t + 1))


def whole_momentum(m, g, t, beta1):
    """Give the slip of a first part without its β₁."""
    return m / (1 - beta1 ** (t + 1)) + (1 - beta1) * g / (1 - beta1**t)


def trained(function):
    """Trial of a training loop: where Nesterov stands after 10 steps."""
    valley = ravine(10, 30)

    def slopes(params):
        return {"w": valley.grad(params["w"])}

    optimizer = Optimizer(nesterov, lr=0.05, gamma=0.9)
    found = function(optimizer, {"w": np.array(valley.start)}, slopes, 10)
    if found is None or found is ...:
        raise Untouched
    return np.asarray(found["w"], float)


def train(optimizer, params, slopes, steps):
    """Give the right answer to exercise 12.3."""
    for _ in range(steps):
        params = optimizer.update(params, slopes(optimizer.lookahead(params)))
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


def train_once(optimizer, params, slopes, steps):
    """Give the slip of one step only."""
    return train(optimizer, params, slopes, 1)


def train_short(optimizer, params, slopes, steps):
    """Give the slip of one step too few."""
    return train(optimizer, params, slopes, steps - 1)


CHECKS = {
    "12.1": Check(
        trial=number,
        right=4 / 3,
        rtol=3e-3,
        why="m̃ = g/3 + g and √v̂ = |g|. With β₁ = 0.9 it was 1.474: the next step's "
        "momentum comes on top of a whole first step.",
        slips=(
            (
                1.0,
                "That is Adam's first step, or both parts of (3) over 1 − β₁². Only "
                "the first part, the next step's momentum, has that correction.",
            ),
            (0.75, "That is (7), without corrections. Divide each part by its own."),
            (
                1.5,
                "You corrected both parts by 1 − β₁. The first holds the next step's "
                "momentum: its correction is 1 − β₁².",
            ),
            (
                1 / 3,
                "That is the first part of (3). The slope's own part comes on top.",
            ),
            (
                5 / 3,
                "The first part is β₁ m, not m: half of g/2.",
            ),
            (
                28 / 19,
                "That is the step at β₁ = 0.9. Here β₁ is 0.5.",
            ),
        ),
        hint="At t = 1: m = (1 − β₁) g. Put it into (3); √v̂ is |g|.",
    ),
    "12.2": Check(
        trial=path_on(ravine(10, 30), steps=6, lr=0.3),
        right=_nadamax(nesterov_numerator),
        why="The brake is in the numerator, so it does not mind what divides.",
        slips=(
            (adamax, "That is Adamax. Put (3) in place of m̂."),
            (
                _nadamax(one_correction),
                "Both parts have the correction of step t. The first is the next "
                "step's momentum: 1 − β₁ᵗ⁺¹.",
            ),
            (
                _nadamax(late_correction),
                "Both parts have the next step's correction. The slope belongs to "
                "step t: 1 − β₁ᵗ.",
            ),
            (_nadamax(no_correction), "The corrections of (3) are missing."),
            (_nadamax(no_slope), "The second part of (3), the slope's, is missing."),
            (_nadamax(whole_momentum), "The first part of (3) is β₁ m, not m."),
            (
                _nadamax(nesterov_numerator, lambda u, eps: np.sqrt(u) + eps),
                "u is a size already, not a square: no root.",
            ),
            (
                _nadamax(nesterov_numerator, sign=1),
                "The sign: the step is taken from θ.",
            ),
        ),
        hint="Five lines: g; m; u = max(β₂ u, |g|); (3); then θ loses "
        "lr · m_tilde/(u + eps). Return θ and a dict that holds m and u.",
    ),
    "12.3": Check(
        trial=trained,
        right=train,
        why="Where the slope is asked is the method's affair, so the loop asks it. For "
        "nine of the ten the lookahead is the params themselves.",
        slips=(
            (
                train_blind,
                "Your loop takes the slopes at the params. Nesterov wants them at "
                "optimizer.lookahead(params).",
            ),
            (
                train_nowhere,
                "update returns new params and leaves yours as they are. Keep what it "
                "returns.",
            ),
            (
                train_points,
                "The slopes are asked at the lookahead points, but the step is taken "
                "from the params.",
            ),
            (train_once, "That is one step. Does return stand inside the loop?"),
            (train_short, "One step is missing: range(steps)."),
        ),
        hint="In each turn: points = optimizer.lookahead(params); grads = "
        "slopes(points); params = optimizer.update(params, grads).",
    ),
}

QUESTIONS = {
    "12.a": Question(
        text="At angle 0 the two settle at steps 162 (Adam) and 122 (Nadam). What "
        "happens at 45°?",
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
