"""What to say of a wrong answer that no known slip explains: how near it comes."""

import numpy as np

SCALES = {
    -1: "All is right but the sign.",
    2: "Twice what is asked: a factor of 2 too many.",
    0.5: "Half of what is asked: a factor of 2 is missing.",
    4: "Four times what is asked: is a 2 squared or doubled twice?",
    0.25: "A quarter of what is asked: is a 2 squared or halved twice?",
    10: "Ten times what is asked: look for a factor of 10.",
    0.1: "A tenth of what is asked: look for a factor of 10.",
    100: "A hundred times what is asked: per cent, or a factor of 0.01?",
    0.01: "A hundredth of what is asked: per cent, or a factor of 0.01?",
}


def scaled(found, wanted):
    """What to say of an answer that is a multiple of the right one, or its inverse."""
    a, b = _flat(found, wanted), _flat(wanted, wanted)
    with np.errstate(all="ignore"):
        ratio = a / b
    if not np.isfinite(ratio).all():
        return None
    for scale, text in SCALES.items():
        if np.allclose(ratio, scale, rtol=5e-3):
            return text
    if len(a) == 1:
        return _of_one(a[0], b[0])
    if np.allclose(ratio, ratio[0], rtol=1e-6):
        return f"All your numbers are {ratio[0]:.3g} times the right ones: a factor."
    return None


def _flat(found, cases):
    return np.concatenate([found[case].ravel() for case in cases]).astype(float)


def _of_one(a, b):
    kin = {
        "One over what is asked: turn the fraction round.": 1 / b,
        "The square of what is asked: a root is missing.": b**2,
        "The root of what is asked: there is no root to take.": abs(b) ** 0.5,
        "One minus what is asked: which share is meant?": 1 - b,
        "One more than what is asked: where does the count begin?": b + 1,
        "One less than what is asked: where does the count begin?": b - 1,
    }
    near = [text for text, value in kin.items() if np.isclose(a, value, rtol=5e-3)]
    return near[0] if near else None


def where(known, found, wanted):
    """What is right already, in a sentence before the exercise's own hint; or ""."""
    good = [case for case in wanted if known.same(found, {case: wanted[case]})]
    bad = [case for case in wanted if case not in good]
    if good and bad[0]:
        return f"Right for {good[0]}, and not for {bad[0]}. "
    a, b = found[bad[0]], wanted[bad[0]]
    names = known.trial.names
    if names and a.size == len(names):
        return _entries(known, a.ravel(), b.ravel(), names)
    if a.ndim == 2 and a.shape == b.shape:  # a path: rows are steps
        same = [known.same({"": x}, {"": y}) for x, y in zip(a, b, strict=True)]
        step = same.index(False)
        if step == 1:
            return "The first step differs already. "
        return f"Right up to step {step - 1}; step {step} differs. "
    if a.size > 1 and np.allclose(np.sort(a.ravel()), np.sort(b.ravel()), rtol=1e-6):
        return "The right numbers, in another order. "
    return ""


def _entries(known, a, b, names):
    fine = [known.same({"": x}, {"": y}) for x, y in zip(a, b, strict=True)]
    wrong = [name for name, ok in zip(names, fine, strict=True) if not ok]
    if any(fine):
        return f"Look again at {', '.join(wrong)}; the rest is right. "
    if np.allclose(np.sort(a), np.sort(b), rtol=5e-3):
        return f"The right numbers, in another order: {', '.join(names)}. "
    return ""
