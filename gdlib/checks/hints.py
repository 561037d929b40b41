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
    if not (np.isfinite(a).all() and np.isfinite(b).all() and b.any()):
        return None
    for scale, text in SCALES.items():
        if np.allclose(a, scale * b, rtol=5e-3, atol=1e-9):
            return text
    if len(a) == 1:
        return _of_one(a[0], b[0])
    ratio = (a @ b) / (b @ b)
    if ratio and np.allclose(a, ratio * b, rtol=1e-6, atol=1e-12):
        return f"All your numbers are {ratio:.3g} times the right ones: a factor."
    return None


def _flat(found, cases):
    return np.concatenate([found[case].ravel() for case in cases]).astype(float)


def _of_one(a, b):
    kin = {
        "The square of what is asked: a root is missing.": b**2,
        "The root of what is asked: there is no root to take.": abs(b) ** 0.5,
        "One minus what is asked: which share is meant?": 1 - b,
        "Right, and rounded too far: give more digits.": _rounded(a, b),
    }
    if abs(b) >= 2:
        kin["One more than what is asked: where does the count begin?"] = b + 1
        kin["One less than what is asked: where does the count begin?"] = b - 1
    if b:
        kin["One over what is asked: turn the fraction round."] = 1 / b
    near = [text for text, value in kin.items() if np.isclose(a, value, rtol=5e-3)]
    return near[0] if near else None


def _rounded(a, b):
    """The right number at the digits that the answer has, or nan."""
    digits = len(f"{a:.12g}".partition(".")[2])
    near = 0 < digits < 4 and abs(a - b) < 0.2 and a
    return round(float(b), digits) if near else np.nan


def where(known, found, wanted):
    """What is right already, in a sentence before the exercise's own hint; or ""."""
    good = [case for case in wanted if known.same(found, {case: wanted[case]})]
    bad = [case for case in wanted if case not in good]
    if good and bad[0]:
        return f"Right for {good[0]}, and not for {bad[0]}. "
    a, b = found[bad[0]], wanted[bad[0]]
    names = known.trial.names or [f"entry {i + 1}" for i in range(b.size)]
    if a.ndim == 2 and a.shape == b.shape:  # a path: rows are steps
        return _step(known, a, b)
    if 1 < a.size == len(names) <= 9:
        return _entries(known, a.ravel(), b.ravel(), names)
    return ""


def _entries(known, a, b, names):
    fine = [known.same({"": x}, {"": y}) for x, y in zip(a, b, strict=True)]
    wrong = [name for name, ok in zip(names, fine, strict=True) if not ok]
    moved = not np.allclose(a, b, rtol=5e-3)  # else the entries are nearly right
    if moved and np.allclose(np.sort(a), np.sort(b), rtol=5e-3):
        return f"The right numbers, in another order: {', '.join(names)}. "
    return f"Look again at {', '.join(wrong)}; the rest is right. " if any(fine) else ""


def _step(known, a, b):
    """Which step of a path is the first to differ, and how."""
    same = [known.same({"": x}, {"": y}) for x, y in zip(a, b, strict=True)]
    t = same.index(False)
    if t == 0:
        return ""
    if t == 1 and np.allclose(a[1], b[0] - b[1], rtol=1e-6):
        return "You return the step; asked is where it leads. "
    upto = f"Right up to step {t - 1}, and then" if t > 1 else "Your first step"
    mine, asked = a[t] - a[t - 1], b[t] - b[t - 1]
    if not np.isfinite(mine).all():
        return f"{upto} is no number: a division by zero, or a root of less than zero? "
    if not mine.any():
        return f"{upto} stays where it was. "
    ratio = (mine @ asked) / (asked @ asked) if asked.any() else 0.0
    if ratio and np.allclose(mine, ratio * asked, rtol=1e-5):
        if abs(ratio - 1) < 0.005:
            return f"{upto} is off by less than a hundredth: look at the small terms. "
        way = "the right way" if ratio > 0 else "the opposite way"
        times = f"{abs(ratio):.3g} times "
        far = "as far" if times == "1 times " else f"{times}as far"
        return f"{upto} goes {way}, {far} as asked. "
    for i, axis in enumerate("xyzw"[: len(mine)]):
        if np.isclose(mine[i], asked[i], rtol=1e-6) and len(mine) > 1:
            return f"{upto} is right in {axis} only. "
    return f"{upto} differs in its direction: the coordinates do not fit together. "
