"""Families of slips: each makes what a hand makes, and names the place."""

import numpy as np
import pytest

from gdlib import METHODS, adam, amsgrad, descend, nesterov, ravine
from gdlib.checks.slips import FAMILIES, PAIRS, Variant, hint, pairs, variants

VALLEY = ravine(10, 30)
SETTINGS = dict(lr=0.3, beta1=0.6, beta2=0.8, eps=0.05)


def rooted(theta, grad, t, E=0.0, *, lr=0.1, gamma=0.9, eps=0.02):
    g = grad(theta)
    E = gamma * E + (1 - gamma) * g**2  # (1)
    E_hat = E / (1 - gamma**t)  # (2)
    return theta - lr * g / np.sqrt(E_hat + eps), dict(E=E)  # (3)


# family → lines of `rooted` as a hand would get them wrong, and where they stand
BY_HAND = {
    "sign": [("E = gamma * E - (1 - gamma) * g**2", 1, "(1)")],
    "share": [
        ("E = (1 - gamma) * E + gamma * g**2", 1, "(1)"),
        ("E = gamma * E + gamma * g**2", 1, "(1)"),
    ],
    "factor": [
        ("E = gamma * E + g**2", 1, "(1)"),
        ("E_hat = E", 2, "(2)"),
        ("return theta - g / np.sqrt(E_hat + eps), dict(E=E)", 3, "(3)"),
    ],
    "inverse": [("E_hat = E * (1 - gamma**t)", 2, "(2)")],
    "root": [("return theta - lr * g / (E_hat + eps), dict(E=E)", 3, "(3)")],
    "power": [
        ("E = gamma * E + (1 - gamma) * g", 1, "(1)"),
        ("E_hat = E / (1 - gamma)", 2, "(2)"),
    ],
    "eps": [
        ("return theta - lr * g / (np.sqrt(E_hat) + eps), dict(E=E)", 3, "(3)"),
        ("return theta - lr * g / np.sqrt(E_hat), dict(E=E)", 3, "(3)"),
    ],
    "time": [("E_hat = E / (1 - gamma**(t + 1))", 2, "(2)")],
    "state": [
        ("return theta - lr * g / np.sqrt(E_hat + eps), dict(E=E_hat)", 3, "`E`"),
        ("E = (1 - gamma) * g**2", 1, "(1)"),
    ],
    "fixed": [("E = 0.9 * E + 0.1 * g**2; gamma = 0.9", 1, "`gamma`")],
}
CASES = [(f, *case) for f, cases in BY_HAND.items() for case in cases]


def walked(method, **hyper):
    try:
        return descend(method, VALLEY, steps=6, **hyper).theta
    except (ValueError, TypeError, ZeroDivisionError):
        return None  # this variant no longer walks


def matching(right, wrong, **hyper):
    """The variants of `right` that walk as `wrong` does."""
    target = walked(wrong, **hyper)
    found = []
    for variant in variants(right):
        path = walked(variant.function, **hyper)
        if path is not None and np.allclose(path, target, rtol=1e-9, equal_nan=True):
            found.append(variant)
    return found


def by_hand(line, at):
    lines = [
        "g = grad(theta)",
        "E = gamma * E + (1 - gamma) * g**2",
        "E_hat = E / (1 - gamma**t)",
        "return theta - lr * g / np.sqrt(E_hat + eps), dict(E=E)",
    ]
    lines[at] = line
    head = "def wrong(theta, grad, t, E=0.0, *, lr=0.1, gamma=0.9, eps=0.02):\n    "
    scope = {"np": np}
    exec(head + "\n    ".join(lines), scope)
    return scope["wrong"]


@pytest.mark.parametrize(("family", "line", "at", "place"), CASES)
def test_a_slip_by_hand_is_among_the_variants(family, line, at, place):
    hyper = dict(lr=0.3, gamma=0.7, eps=0.05)
    found = matching(rooted, by_hand(line, at), **hyper)
    assert family in [v.family for v in found]
    assert place in next(v.place for v in found if v.family == family)


@pytest.mark.parametrize(
    ("family", "right", "wrong"),
    [
        ("old", "m = m / 2 + g\n    return theta - lr * m, dict(m=m)",
         "old = m\n    m = m / 2 + g\n    return theta - lr * old, dict(m=m)"),
        ("extreme", "m = np.maximum(m, g)\n    return theta - lr * m, dict(m=m)",
         "m = np.minimum(m, g)\n    return theta - lr * m, dict(m=m)"),
        ("size", "m = m + np.abs(g)\n    return theta - lr * m, dict(m=m)",
         "m = m + g\n    return theta - lr * m, dict(m=m)"),
        ("omitted", "g = g / 3\n    return theta - lr * g, dict(m=m)",
         "return theta - lr * g, dict(m=m)"),
        ("mean", "g = g * np.mean(g)\n    return theta - lr * g, dict(m=m)",
         "g = g * np.sum(g)\n    return theta - lr * g, dict(m=m)"),
        ("factor", "g = -2 / (t + 1) * g\n    return theta - lr * g, dict(m=m)",
         "g = -1 / (t + 1) * g\n    return theta - lr * g, dict(m=m)"),
        ("count", "g = g + 5\n    return theta - lr * g, dict(m=m)",
         "g = g + 4\n    return theta - lr * g, dict(m=m)"),
        ("comparison",
         "g = np.where(g < 0, g, 3)\n    return theta - lr * g, dict(m=m)",
         "g = np.where(g > 0, g, 3)\n    return theta - lr * g, dict(m=m)"),
        ("order", "g = g * np.array([1, 3])\n    return theta - lr * g, dict(m=m)",
         "g = g * np.array([3, 1])\n    return theta - lr * g, dict(m=m)"),
    ],
)  # fmt: skip
def test_families_of_other_lines(family, right, wrong, tmp_path, monkeypatch):
    head = "import numpy as np\n\n\ndef {}(theta, grad, t, m=0.0, *, lr=0.1):\n    "
    text = "".join(
        head.format(name) + "g = grad(theta)\n    " + body + "\n\n\n"
        for name, body in (("right", right), ("wrong", wrong))
    )
    (tmp_path / f"lines_{family}.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    module = __import__(f"lines_{family}")
    assert family in [v.family for v in matching(module.right, module.wrong, lr=0.03)]


def test_families_of_gdlibs_own_methods():
    def at_theta(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
        g = grad(theta)
        v = gamma * v + lr * g
        return theta - v, dict(v=v)

    def swapped(theta, grad, t, m=0.0, v=0.0, *, lr, beta1, beta2, eps):
        return adam(theta, grad, t, m, v, lr=lr, beta1=beta2, beta2=beta1, eps=eps)

    found = matching(nesterov, at_theta, lr=0.02, gamma=0.7)
    assert "point" in [v.family for v in found]
    one_line = [v for v in variants(adam) if v.family == "decays"]
    assert {v.place for v in one_line} == {f"equation ({n})" for n in (1, 2, 3, 4)}
    assert walked(swapped, **SETTINGS) is not None


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_variants_of_every_method_differ_from_it_or_no_longer_run(method):
    count = sum(1 for _ in variants(method))
    assert count >= 6
    assert all(v.family in FAMILIES for v in variants(method))
    assert all(v.place for v in variants(method))


def test_making_variants_leaves_the_function_alone():
    before = walked(amsgrad, **SETTINGS)
    list(variants(amsgrad))
    list(pairs(amsgrad))
    np.testing.assert_array_equal(walked(amsgrad, **SETTINGS), before)


def test_pairs_are_two_slips_at_two_places_and_not_too_many():
    found = list(pairs(adam))
    assert 300 < len(found) <= PAIRS
    assert all(" and " in v.place for v in found)


def test_a_lambda_and_a_builtin_have_no_variants():
    assert list(variants(lambda x: x + 1)) == []


def test_hint_names_the_family_and_the_places():
    one = [Variant("sign", "equation (2)", None), Variant("sign", "equation (3)", None)]
    assert hint(one) == (
        "A sign is the other way round: look again at equation (2) or equation (3)."
    )
    third = [Variant("count", "the line that makes `samples`", None)]
    assert hint(third, on_paper=True) == (
        "A count is wrong: look again at how you get `samples`."
    )
    two = [Variant("root and eps", "equation (1) and equation (2)", None)]
    assert hint(two) == (
        "A root is missing, or taken twice; and the ε stands at another place: look "
        "again at equation (1) and equation (2)."
    )
