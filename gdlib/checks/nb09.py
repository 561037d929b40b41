"""Notebook 09, Adam: questions and checks."""

import numpy as np

from ..exercises import Check, Question
from ..methods import adam
from ..surfaces import ravine
from .trials import FLAT, numbers, paths

GROUNDS = {
    "a turned ravine": dict(
        objective=ravine(10, 30), steps=12, lr=0.3, beta1=0.7, beta2=0.95, eps=0.5
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
CHANGING = {
    "a β₁ that rises": dict(
        objective=ravine(10, 30), steps=10, lr=0.1, beta1=lambda t: 0.9 - 0.4 / t
    ),
    "a β₁ that falls": dict(
        objective=ravine(4, 70),
        steps=10,
        lr=0.2,
        beta1=lambda t: 0.8 / t**0.5,
        beta2=0.7,
    ),
    "a β₁ that stays": dict(objective=ravine(3), steps=8, lr=0.3, beta1=0.6, beta2=0.9),
}


def two_steps():
    """Give the right answer to exercise 09.1."""
    lr, beta1, beta2, g = 0.1, 0.9, 0.999, 4
    m = (1 - beta1) * g  # (1)
    v = (1 - beta2) * g**2  # (2)
    m_hat = m / (1 - beta1**1)  # (3)
    v_hat = v / (1 - beta2**1)  # (4)
    first = lr * m_hat / np.sqrt(v_hat)  # (5)
    m = beta1 * m  # (1)
    v = beta2 * v  # (2)
    m_hat = m / (1 - beta1**2)  # (3)
    v_hat = v / (1 - beta2**2)  # (4)
    return first, lr * m_hat / np.sqrt(v_hat)  # (5)


def eps_hat(theta, grad, t, m=0.0, v=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-7):
    """Give the right answer to exercise 09.2."""
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g  # (1)
    v = beta2 * v + (1 - beta2) * g**2  # (2)
    rate = lr * np.sqrt(1 - beta2**t) / (1 - beta1**t)
    return theta - rate * m / (np.sqrt(v) + eps), dict(m=m, v=v)


def form(step):
    """Build a method with another last line: step(g, m, v, c1, c2, eps) times η."""

    def method(
        theta, grad, t, m=0.0, v=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-7
    ):
        g = grad(theta)
        m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
        return theta - lr * step(g, m, v, 1 - beta1**t, 1 - beta2**t, eps), dict(
            m=m, v=v
        )

    return method


def any_beta1(theta, grad, t, m=0.0, v=0.0, w=1.0, *, lr=0.01, beta1=0.9, beta2=0.999):
    """Give the right answer to exercise 09.3."""
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g  # (1)
    v = beta2 * v + (1 - beta2) * g**2  # (2)
    w = beta1 * w
    m_hat = m / (1 - w)  # (3)
    v_hat = v / (1 - beta2**t)  # (4)
    step = lr * m_hat / (np.sqrt(v_hat) + 1e-8)  # (5)
    return theta - step, dict(m=m, v=v, w=w)


def weighed(of_m, of_v):
    """Build Adam with these weights of the zero, given w, t, β₁ and β₂."""

    def method(theta, grad, t, m=0.0, v=0.0, w=1.0, *, lr=0.01, beta1=0.9, beta2=0.999):
        g = grad(theta)
        m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
        w = beta1 * w
        m_hat, v_hat = m / (1 - of_m(w, t, beta1)), v / (1 - of_v(w, t, beta2))
        return theta - lr * m_hat / (np.sqrt(v_hat) + 1e-8), dict(m=m, v=v, w=w)

    return method


CHECKS = {
    "09.1": Check(
        numbers("step 1", "step 2"),
        two_steps,
        why="The first step is η. The second slope is 0 and the step is still 67 % of "
        "it: m̂ has about halved, and √v̂ has fallen too, by a factor of √2.",
        slips=(
            (
                (0.1, 0.0),
                "A slope of 0 does not stop Adam: what does m still hold?",
            ),
            ((0.1, 0.1), "Right for step 1. The second slope is 0 and enters (1)."),
            ((0.1, 0.167006), "The second number is the way of both steps together."),
            (
                (3.16228, 2.84747),
                "These are m/√v, without the corrections (3) and (4), and without η: "
                "look at both again.",
            ),
            ((0.316228, 0.284747), "These are without the corrections (3) and (4)."),
            (
                (3.16228, 1.49867),
                "m is corrected, v is not: look again at (4).",
            ),
            ((0.01, 0.0127311), "v is corrected, m is not: look again at (3)."),
            ((1.0, 0.670063), "The ratios are right. What does (5) multiply them by?"),
            ((4, 0), "These are the slopes. How long are the steps that (5) makes?"),
        ),
        hint="Write m, v, m̂ and v̂ for both steps in a table, as in the example.",
    ),
    "09.2": Check(
        paths(GROUNDS),
        eps_hat,
        why="Both corrections sit in one rate, and ε̂ meets the raw √v. Early on, √v "
        "is small, so the same number reaches further here than in (5).",
        slips=(
            (
                adam,
                "That is (5): its ε meets the corrected root. In the Keras row the "
                "averages stay as they are; where do the corrections stand?",
            ),
            (
                form(lambda g, m, v, c1, c2, eps: c2**0.5 / c1 * m / (v + eps) ** 0.5),
                "Compare what stands under the root with the Keras row.",
            ),
            (
                form(lambda g, m, v, c1, c2, eps: m / (v**0.5 + eps)),
                "Nothing is corrected here: the fraction before m is missing.",
            ),
            (
                form(lambda g, m, v, c1, c2, eps: c2**0.5 / c1 * g / (v**0.5 + eps)),
                "Above the divisor stands m, the average, and not the slope.",
            ),
            (
                form(lambda g, m, v, c1, c2, eps: c1 / c2**0.5 * m / (v**0.5 + eps)),
                "The fraction before m is upside down.",
            ),
            (
                form(lambda g, m, v, c1, c2, eps: c1**0.5 / c2 * m / (v**0.5 + eps)),
                "β₁ and β₂ have changed places in the fraction before m.",
            ),
            (
                form(
                    lambda g, m, v, c1, c2, eps: (
                        c2**0.5 / c1**2 * m / ((v / c2) ** 0.5 + eps)
                    )
                ),
                "The averages are corrected twice: by themselves and in the rate.",
            ),
            (
                form(lambda g, m, v, c1, c2, eps: (c2 / v) ** 0.5 / c1 * m),
                "There is no ε̂ in your divisor.",
            ),
            (
                form(
                    lambda g, m, v, c1, c2, eps: (
                        c2**0.5 / c1 * m / (v**0.5 + eps / c2**0.5)
                    )
                ),
                "ε̂ is corrected, too. In the Keras row it stands beside √v as it is.",
            ),
        ),
        hint="m and v are (1) and (2). Compare the rest with the Keras row of the "
        "table, the fraction before m and the divisor below it.",
    ),
    "09.3": Check(
        paths(CHANGING),
        any_beta1,
        why="Every step multiplies all old weights by its own β₁, that of the zero "
        "too. With a constant β₁ the product is β₁ᵗ, and this is (3).",
        slips=(
            (
                weighed(lambda w, t, beta: beta**t, lambda w, t, beta: beta**t),
                "β₁ᵗ takes the present β₁ for all steps. What did the steps before "
                "this one multiply the zero's weight by?",
            ),
            (
                weighed(lambda w, t, beta: 0.0, lambda w, t, beta: beta**t),
                "m is not corrected: what do its weights add up to, if w still lies "
                "on the zero?",
            ),
            (
                weighed(lambda w, t, beta: w, lambda w, t, beta: w),
                "v has a zero of its own, with another weight: leave (4) as it was.",
            ),
        ),
        hint="Ask what (1) does at one step to the weight that lies on the zero; that "
        "is the line for w. Then (3) with w in place of β₁ᵗ.",
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
