"""What theory says on a slider's scale: its reach, marks, "you are here", presets.

All of it holds on quadratics, for gdlib's gradient descent, momentum and Nesterov.
"""

from dataclasses import replace

import numpy as np

from ..methods import gradient_descent, momentum, nesterov
from ..theory import best, curvature, stability_edge

KNOWN = (gradient_descent, momentum, nesterov)
PRESETS = {"crawl": 0.05, "zig-zag": 0.95, "diverges": 1.05}  # shares of the edge


def quadratic(objective):
    """The curvatures (mu, L) of a quadratic with a minimum; None for another.

    Both are measured at the minimum and at a corner of the window: they are equal on
    a quadratic. A gradient that draws at random gives two values and so None.
    """
    if not objective.minima:
        return None
    here = curvature(objective)
    there = curvature(objective, np.array([high for _, high in objective.window]))
    if not np.allclose(here, there, rtol=1e-5, atol=1e-6 * abs(here[1])):
        return None
    return here if here[0] > 1e-6 * here[1] else None


def reach(ranges, methods, ground):
    """The ranges, that of lr long enough for data as they are measured.

    Where x is in thousands, L is in millions, and all of a usual slider diverges.
    """
    if not (ground.has_data and set(methods.values()) & set(KNOWN)):
        return ranges
    X = ground.first.X
    edge = len(X) / np.linalg.norm(X, 2) ** 2  # 2/L, L = 2 σ²/N
    low = float(f"{10 ** np.floor(np.log10(edge / 10)):.0e}")
    return [
        replace(item, low=min(item.low, low)) if item.name == "lr" else item
        for item in ranges
    ]


def places(methods, curvatures, values):
    """The marks of lr and gamma: name -> [(value, text), …]; {} without theory.

    methods     name -> function
    curvatures  (mu, L), or None
    values      what the sliders and the fixed hyper-parameters stand at
    """
    known = {name: f for name, f in methods.items() if f in KNOWN}
    if not (curvatures and known):
        return {}
    mu, L = curvatures
    several, marks = len(known) > 1, dict(lr=[], gamma=[])
    for name, method in known.items():
        whose = f" ({name})" if several else ""
        gamma = 0.0 if method is gradient_descent else values["gamma"]
        if not several:
            marks["lr"].append((best(method, L, mu).lr, "best"))
        if np.isscalar(gamma):
            marks["lr"].append(
                (float(stability_edge(method, L, gamma)), f"edge{whose}")
            )
        if method is not gradient_descent and not several:
            marks["gamma"].append((best(method, L, mu).gamma, "best, with the best lr"))
        if method is momentum and not several and np.isscalar(values["lr"]):
            damped = (1 - np.sqrt(min(values["lr"] * mu, 1))) ** 2
            marks["gamma"].append((damped, "critical damping"))
    return marks


def here(name, value, marks):
    """Where a slider stands beside its marks, in words."""
    edges = sorted(at for at, text in marks if text.startswith("edge"))
    if name == "lr" and edges:
        shares = ", ".join(f"{value / at:.3g}" for at in edges)
        return f"you are here: {shares} × the edge{'s' * (len(edges) > 1)}"
    return f"you are here: {value:.3g}" if marks else ""


def presets(methods, ground, sliders):
    """Buttons that show what lr does to one method that theory knows, else none.

    sliders  names of the values that a button may change
    Each is a function (values) -> changes, so that it fits the ground as it is then.
    """
    (method,) = methods.values() if len(methods) == 1 else (None,)
    if method not in KNOWN or "lr" not in sliders or not quadratic(ground.first):
        return {}

    def at_best(values):
        mu, L = quadratic(ground.at(values))
        found = best(method, L, mu)._asdict()
        return {name: found[name] for name in ("lr", "gamma") if name in sliders}

    def at(share):
        def change(values):
            _, L = quadratic(ground.at(values))
            edge = stability_edge(method, L, values.get("gamma", 0.0))
            return dict(lr=share * float(edge))

        return change

    return dict(best=at_best) | {name: at(share) for name, share in PRESETS.items()}
