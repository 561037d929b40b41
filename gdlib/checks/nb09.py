"""Notebook 09, Adam: questions and checks."""

import numpy as np

from ..descent import descend
from ..exercises import Check, Question, Untouched, number, path_on
from ..methods import adam
from ..objectives import ravine

VALLEY = ravine(10, 30)


def averages(grad, theta, m, v, beta1, beta2):
    """Both averages after one more slope: what all forms below share."""
    g = grad(theta)
    return beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2


def keras_form(scale, inside=False):
    """Build a method with ε̂ beside the uncorrected root and this rate over η."""

    def method(
        theta, grad, t, m=0.0, v=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-7
    ):
        m, v = averages(grad, theta, m, v, beta1, beta2)
        root = np.sqrt(v + eps) if inside else np.sqrt(v) + eps
        rate = lr * scale(1 - beta1**t, 1 - beta2**t)
        return theta - rate * m / root, dict(m=m, v=v)

    return method


def paper_rate(c1, c2):
    """Give both corrections in one rate, as the paper's second form has them."""
    return np.sqrt(c2) / c1


def rising_beta1(method):
    """Trial of a method: its path while β₁ rises from 0.5 towards 0.9."""
    theta = np.array(VALLEY.start)
    if method(theta, VALLEY.grad, 1, lr=0.1) is None:
        raise Untouched
    return descend(method, VALLEY, steps=8, lr=0.1, beta1=lambda t: 0.9 - 0.4 / t).theta


def weighed(zero_of_m, zero_of_v):
    """Build Adam with these weights of the zero, given w, t, β₁ and β₂."""

    def method(theta, grad, t, m=0.0, v=0.0, w=1.0, *, lr=0.01, beta1=0.9, beta2=0.999):
        m, v = averages(grad, theta, m, v, beta1, beta2)
        w = beta1 * w
        m_hat = m / (1 - zero_of_m(w, t, beta1))
        v_hat = v / (1 - zero_of_v(w, t, beta2))
        return theta - lr * m_hat / (np.sqrt(v_hat) + 1e-8), dict(m=m, v=v, w=w)

    return method


def running(w, t, beta):
    """Weigh the zero by the product of all β₁ so far."""
    return w


def power(w, t, beta):
    """Weigh the zero by βᵗ."""
    return beta**t


def nothing(w, t, beta):
    """Leave the correction out."""
    return 0.0


CHECKS = {
    "09.1": Check(
        trial=number,
        right=(0.1, 0.067006),
        rtol=1e-3,
        why="The first step is η. The second slope is 0 and the step is still 67 % of "
        "it: m̂ has halved, and √v̂ has fallen too, by √2.",
        slips=(
            (
                (0.316228, 0.284747),
                "These are m/√v, without the corrections (3) and (4).",
            ),
            (
                (0.01, 0.012731),
                "You stepped by m. Divide it by 1 − 0.9ᵗ first: 0.1, then 0.19.",
            ),
            (
                (3.162278, 1.498672),
                "You corrected m alone. Divide v by 1 − 0.999ᵗ too: 0.001, then "
                "0.001999.",
            ),
            (
                (0.1, 0.0),
                "A slope of 0 does not stop Adam: m still holds the first slope.",
            ),
            (
                (0.1, 0.090045),
                "Step 2 divides by 1 − βᵗ with t = 2: 0.19 and 0.001999.",
            ),
            (
                (1.0, 0.670063),
                "The ratios are right. Each step is η times the ratio, and η is 0.1.",
            ),
            (
                (0.1, 0.167006),
                "The second number is the way of both steps together.",
            ),
            (
                (0.025, 0.023696),
                "You divided by v̂. It is its root that has the unit of a slope.",
            ),
        ),
        hint="Write m, v, m̂ and v̂ for both steps in a table, as in the example.",
    ),
    "09.2": Check(
        trial=path_on(VALLEY, steps=8, lr=0.1, eps=0.5),
        right=keras_form(paper_rate),
        why="Both corrections sit in one rate, and ε̂ meets the raw √v. Early on, √v "
        "is small, so the same number reaches further here than in (5).",
        slips=(
            (
                adam,
                "That is (5): its ε meets the corrected root. Put the corrections "
                "into the rate and leave m and v raw.",
            ),
            (
                keras_form(lambda c1, c2: c2 / c1),
                "The root is missing: the rate has √(1 − β₂ᵗ).",
            ),
            (
                keras_form(lambda c1, c2: c1 / np.sqrt(c2)),
                "Upside down: √(1 − β₂ᵗ) stands above, 1 − β₁ᵗ below.",
            ),
            (
                keras_form(lambda c1, c2: np.sqrt(c2)),
                "m's correction is missing: the rate has 1 − β₁ᵗ below.",
            ),
            (
                keras_form(lambda c1, c2: -paper_rate(c1, c2)),
                "The sign: the step is taken from θ.",
            ),
            (
                keras_form(lambda c1, c2: 1.0),
                "The corrections are missing from the rate.",
            ),
            (
                keras_form(paper_rate, inside=True),
                "ε̂ stands outside the root: √v + ε̂.",
            ),
        ),
        hint="Three lines: m, v, and a rate lr · √(1 − β₂ᵗ)/(1 − β₁ᵗ); then θ loses "
        "rate · m/(√v + ε̂). Return θ and a dict that holds m and v.",
    ),
    "09.3": Check(
        trial=rising_beta1,
        right=weighed(running, power),
        why="Every step multiplies all old weights by its own β₁, that of the zero "
        "too. With a constant β₁ the product is β₁ᵗ, and this is (3).",
        slips=(
            (
                weighed(power, power),
                "β₁ᵗ takes the present β₁ for all steps. Multiply w by the β₁ of each.",
            ),
            (
                weighed(nothing, power),
                "m is not corrected: divide it by 1 − w.",
            ),
            (
                weighed(running, running),
                "v has its own zero, with the weight β₂ᵗ: leave (4) as it was.",
            ),
        ),
        hint="First w ← β₁ w, then m̂ = m/(1 − w). Return w in the dict, beside m and "
        "v, so that it comes back.",
    ),
}

QUESTIONS = {
    "09.a": Question(
        text="So how long is the first step without correction, at β₁ = 0.9 and "
        "β₂ = 0.999?",
        options={
            "A tenth of η.": "That is m's part. The divisor is too small as well, and "
            "by more.",
            "η: the two errors cancel.": "They would if v were a hundred times too "
            "small: √100 is the ten of m. It is a thousand times.",
            "About three times η.": "0.1 / √0.001 = 3.16. The divisor's error wins.",
        },
        right="About three times η.",
    ),
    "09.b": Question(
        text="Across, the slope is 12.5 times as large as along. Where does the first "
        "step go?",
        options={
            "Nearly straight across, down the slope.": "So it would for gradient "
            "descent. Here each coordinate divides by the size of its own slope.",
            "As far along as across: diagonally.": "Each coordinate moves by η, with "
            "the sign of its slope. Of 2 and 25 only the signs are left.",
            "Further along than across.": "That would need more than division by "
            "size. The ratio m̂/√v̂ is ±1 in both.",
        },
        right="As far along as across: diagonally.",
    ),
    "09.c": Question(
        text="ε is 1e-8. You raise it far above every slope, and η along with it. What "
        "does Adam become?",
        options={
            "It stops: the divisor is too large.": "It would at a fixed η. Here η "
            "grows along, and what is left of the divisor is a constant.",
            "It stays what it is: m̂ still leads.": "m̂ does, but nothing divides it "
            "by the size of the slopes any more.",
            "Momentum with the step η/ε.": "√v̂ no longer counts beside ε, so the step "
            "is (η/ε) m̂: one rate for all parameters again.",
        },
        right="Momentum with the step η/ε.",
    ),
}
