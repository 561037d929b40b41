"""Why a setting has become what it is in another library, in a sentence or two."""

import math

from .schedule import number

ONE = "One formula."
AHEAD = (
    "One formula. The libraries report the points θ − γv, gdlib θ: compare with "
    "`descend(…).probes`."
)
OUTSIDE = (
    "One path while lr is constant. gdlib and Keras keep lr inside the velocity, "
    "PyTorch and optax outside: not the same after a change of lr."
)
DAMPENED = (
    "PyTorch dampens all slopes but the first. With lr inside the velocity, a smaller "
    "lr from step 2 on does the same."
)
CHAINED = (
    "PyTorch dampens all slopes but the first. optax.sgd has no dampening, but what "
    "stands before it in a chain does the same to the slopes."
)
SUM = "Inside the root, ε and G₀ are one number: their sum."
BEGINS = (
    "Inside the root, ε and G₀ are one number, and PyTorch can start there: G₀ + ε as "
    "its start, and no ε outside."
)
NO_LR = (
    "gdlib's Adadelta has no lr, as Zeiler's: only lr = 1.0 has a translation. No ε "
    "and no γ does what an lr does."
)
EITHER = "optax can put ε on either side of the root."
FALLS = (
    "Keras adds ε to √v before the correction. Afterwards that is an ε that falls from "
    "step to step, ε/√(1 − β₂ᵗ)."
)
CORRECTS = (
    "optax corrects v before it takes the maximum, so a large v̂ of the first steps "
    "stays for ever. The others correct afterwards, and no setting changes that."
)
SWITCHED = (
    "optax corrects v before the maximum. Switch that off, and put the correction into "
    "lr: it is the same for all parameters."
)
BOTH = (
    f"{SWITCHED} Beside a √v that is not corrected ε has to be smaller by the same "
    "factor."
)
CONSTANT = "With a momentum_decay of a million, 0.96^(ψt) is 0 and β₁ is constant."
WITHOUT = "With ε = 0 in both they are the same."


def other_side(root, eps, first=0.0):
    """ε stands on the other side of a root that begins at `first`."""
    worst = math.sqrt(2 * (first + eps) / (2 * first + eps))
    where = f"{2 * first + eps:.3g}"
    small = f", and by under 1 % above {100 * eps:.3g}" if worst > 1.01 else ""
    return (
        "ε stands on the other side of the root, and no ε mends that. This one is "
        f"right where {root} is {first:.3g} and where it is large; between, the "
        f"divisor is off by at most a factor of {worst:.3g}, at {root} = "
        f"{where}{small}. {WITHOUT}"
    )


def before_correction(eps, beta2):
    """ε stands before the correction of v."""
    first = 1 / math.sqrt(1 - beta2)
    late = math.ceil(math.log(1 - 1.01**-2) / math.log(beta2))
    return (
        "There ε is added before the correction and counts 1/√(1 − β₂ᵗ) times: "
        f"{first:.3g} times at step 1, at most 1.01 times from step {late:,} on. No "
        f"constant mends that. {WITHOUT} A training loop of your own, not compiled, "
        "can mend it: before each step t = 1, 2, … set optimizer.epsilon = "
        f"{number(eps)} * (1 - {number(beta2)}**t) ** 0.5."
    )


def in_maximum(eps):
    """ε stands inside Adamax's maximum, or after it."""
    return (
        "One adds ε to |g| inside the maximum, where it fades with its slope, the "
        f"other to u after it. The divisors differ by at most ε = {number(eps)}, and "
        f"at step 1 not at all. {WITHOUT}"
    )


def warms_up(beta1, ours, theirs):
    """β₁ is on another schedule; ours and theirs are the two ψ."""
    first, there = (beta1 * (1 - 0.5 * 0.96**psi) for psi in (ours, theirs))
    slower = min(ours, theirs)
    meet = "and so it stays"
    if slower:
        until = math.ceil(math.log(0.02) / math.log(0.96) / slower)
        meet = f"from step {until:,} on within 1 %"
    return (
        "β₁ warms up on another schedule there, and nothing sets it. At step 1 it is "
        f"{first:.3g}, there {there:.3g}; {meet}."
    )
