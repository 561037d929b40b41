"""What theory says of a quadratic: where runs stay stable, how fast they can be.

On a quadratic every direction moves for itself, with its own curvature λ between
μ (the flattest) and L (the steepest). All of it depends on η λ and γ alone.
"""

import math
from typing import NamedTuple

import numpy as np

from .methods import METHODS, gradient_descent, momentum, nesterov
from .refusals import name_of


class Best(NamedTuple):
    """The hyper-parameters that contract fastest, and by how much a step."""

    lr: float
    gamma: float
    rate: float


def stability_edge(method, L, gamma=0.0):
    """The step size from which on a quadratic's run no longer converges.

    (1) gradient descent  η = 2 / L
    (2) momentum          η = (2 + 2γ) / L
    (3) Nesterov          η = (2 + 2γ) / ((1 + 2γ) L)

    method  gradient_descent, momentum or nesterov
    L       largest curvature, > 0
    gamma   momentum in [0, 1), a number or an array
    Raises ValueError for another method or L <= 0. Notebooks 01, 04, 05.
    Source: the roots of the two-step recursion, see `spectral_radius`.
    """
    _check_curvature(L, L)
    gamma = np.asarray(gamma, float)[()]
    edges = {
        gradient_descent: 2 + 0 * gamma,  # it has no momentum: one edge for each gamma
        momentum: 2 + 2 * gamma,
        nesterov: (2 + 2 * gamma) / (1 + 2 * gamma),
    }
    return _pick(edges, method) / L


def best(method, L, mu):
    """The step and momentum with the fastest worst-case rate on a quadratic.

    With κ = L/μ:
    (1) gradient descent  η = 2/(L + μ),  rate (κ − 1)/(κ + 1)
    (2) momentum          η = (2/(√L + √μ))²,  γ = rate²,  rate (√κ − 1)/(√κ + 1)
    (3) Nesterov          η = 4/(3L + μ),  γ = (s − 2)/(s + 2),  rate 1 − 2/s,
                          s = √(3κ + 1)

    method  gradient_descent, momentum or nesterov
    L, mu   largest and smallest curvature, L >= mu > 0
    Returns Best(lr, gamma, rate); rate is the factor on the distance, a step.
    Raises ValueError for another method or curvatures out of order.
    Sources: (2) Polyak 1964, Some methods of speeding up the convergence of iteration
    methods; (3) Lessard, Recht and Packard 2016, Analysis and design of optimization
    algorithms via integral quadratic constraints, arxiv.org/abs/1408.3595.
    Notebooks 01, 04, 05.
    """
    _check_curvature(L, mu)
    L, mu = float(L), float(mu)
    kappa = L / mu
    heavy = (math.sqrt(kappa) - 1) / (math.sqrt(kappa) + 1)
    s = math.sqrt(3 * kappa + 1)
    choices = {
        gradient_descent: Best(2 / (L + mu), 0.0, (kappa - 1) / (kappa + 1)),
        momentum: Best((2 / (math.sqrt(L) + math.sqrt(mu))) ** 2, heavy**2, heavy),
        nesterov: Best(4 / (3 * L + mu), (s - 2) / (s + 2), 1 - 2 / s),
    }
    return _pick(choices, method)


def spectral_radius(method, eta_lambda, gamma=0.0):
    """The factor by which the distance shrinks a step, in the long run.

    A step maps (θ_{t−1}, θ_t) linearly; its eigenvalues z solve z² − b z + c = 0:
    (1) gradient descent  b = 1 − ηλ,  c = 0
    (2) momentum          b = 1 + γ − ηλ,  c = γ
    (3) Nesterov          b = (1 + γ)(1 − ηλ),  c = γ (1 − ηλ)
    The radius is √c where the roots are complex, else (|b| + √(b² − 4c)) / 2.

    eta_lambda  step size times curvature, a number or an array
    gamma       momentum in [0, 1), a number or an array
    Below 1 the run converges. Raises ValueError for another method. Notebook 04.
    Source: O'Donoghue and Candès 2015, Adaptive restart for accelerated gradient
    schemes, arxiv.org/abs/1204.3982, section 4.
    """
    shrink = 1 - np.asarray(eta_lambda, float)
    polynomials = {
        gradient_descent: (shrink, 0.0 * shrink),
        momentum: (shrink + gamma, gamma + 0.0 * shrink),
        nesterov: ((1 + gamma) * shrink, gamma * shrink),
    }
    b, c = _pick(polynomials, method)
    discriminant = b**2 - 4 * c
    real = (np.abs(b) + np.sqrt(np.maximum(discriminant, 0))) / 2
    return np.where(discriminant < 0, np.sqrt(np.maximum(c, 0)), real)


def curvature(objective, theta=None, h=1e-5):
    """The smallest and largest curvature (μ, L) at a point.

    (1) H[:, j] = (∇f(θ + h e_j) − ∇f(θ − h e_j)) / 2h;  μ, L its extreme eigenvalues

    theta  (dim,), default the objective's first minimum
    Raises ValueError where there is neither. Notebook 02.
    """
    if theta is None:
        if not objective.minima:
            raise ValueError(
                f"theta is None and {objective.name!r} knows no minimum; allowed: a "
                f"point of {objective.dim} numbers."
            )
        theta = objective.minima[0]
    theta, nudges = np.asarray(theta, float), h * np.eye(objective.dim)
    columns = [
        (objective.grad(theta + nudge) - objective.grad(theta - nudge)) / (2 * h)
        for nudge in nudges
    ]
    H = np.array(columns)
    eigenvalues = np.linalg.eigvalsh((H + H.T) / 2)
    return float(eigenvalues[0]), float(eigenvalues[-1])


def measured_rate(path, tail=0.5):
    """The factor on the distance to the minimum, a step, over the end of a run.

    (1) e_t = gap_t + … + gap_{t+7}: eight rows together, so that a run which swings
        through the minimum does not vanish there
    (2) rate = exp(slope / 2), the least-squares slope of log e_t over the tail: on a
        quadratic the gap is the distance squared

    path  a Trajectory that holds every row
    tail  the part of the run that counts, in (0, 1]
    Rows where the gap has sunk into rounding (1e-28 of the first) are left out. Beside
    critical damping a swing outlasts the run, and the rate is good to a few percent.
    Raises ValueError for a tail outside (0, 1] or a path of one row. Notebook 04.
    """
    if not 0 < tail <= 1:
        raise ValueError(f"tail is {tail!r}; allowed: above 0, at most 1.")
    if not path.whole:
        raise ValueError("path kept its last row; allowed: one with keep='all'.")
    gap = np.where(path.gap > 1e-28 * path.gap[0], path.gap, 0)
    gap = np.where(np.isfinite(gap), gap, 0)
    rows = np.arange(len(gap)).reshape(-1, *(1,) * (gap.ndim - 1))
    last = np.where(gap > 0, rows, 0).max(0)
    together = min(8, len(gap) // 3 + 1)
    e = sum(gap[k : len(gap) - together + 1 + k] / together for k in range(together))
    rows = rows[: len(e)]
    use = (rows >= (1 - tail) * last) & (rows <= last - together + 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = np.where(use, rows - np.where(use, rows, 0).sum(0) / use.sum(0), 0)
        slope = (apart * np.log(np.where(use, e, 1))).sum(0) / (apart**2).sum(0)
    return np.where(last == 0, 0.0, np.exp(slope / 2))[()]


def _pick(table, method):
    if method not in table:
        names = ", ".join(known.__name__ for known in table)
        whose = "" if method in METHODS.values() else " of your own"
        raise ValueError(
            f"method is {name_of(method)!r}{whose}; allowed: gdlib's {names}."
        )
    return table[method]


def _check_curvature(L, mu):
    if not 0 < mu <= L < np.inf:
        raise ValueError(f"L is {L!r} and mu {mu!r}; allowed: L >= mu > 0, finite.")
