"""Students' answers to notebook 05."""

WRONG = [
    # 05.1
    (
        "05.1",
        "edge of eta lambda, not divided by L",
        """
lr_edge = (2 + 2 * 0.5) / (1 + 2 * 0.5)
""",
    ),
    (
        "05.1",
        "momentum's edge",
        """
lr_edge = (2 + 2 * 0.5) / 10
""",
    ),
    (
        "05.1",
        "gradient descent's edge",
        """
lr_edge = 2 / 10
""",
    ),
    (
        "05.1",
        "the safe 1/L of the text",
        """
lr_edge = 1 / 10
""",
    ),
    (
        "05.1",
        "multiplied by L",
        """
lr_edge = 1.5 * 10
""",
    ),
    (
        "05.1",
        "gamma for 2 gamma",
        """
g = 0.5
lr_edge = (2 + g) / (1 + g) / 10
""",
    ),
    (
        "05.1",
        "fraction upside down, and not divided by L; two slips",
        """
lr_edge = (1 + 2 * 0.5) / (2 + 2 * 0.5)
""",
    ),
    (
        "05.1",
        "brackets lost",
        """
lr_edge = 2 + 2 * 0.5 / 1 + 2 * 0.5 / 10
""",
    ),
    (
        "05.1",
        "gamma 0.9 of the run, not 0.5",
        """
gamma, L = 0.9, 10
lr_edge = (2 + 2 * gamma) / (1 + 2 * gamma) / L
""",
    ),
    (
        "05.1",
        "rounded to one digit",
        """
lr_edge = round(0.15, 1)
""",
    ),
    (
        "05.1",
        "in per cent",
        """
lr_edge = 15
""",
    ),
    (
        "05.1",
        "root of L, and gamma for 2 gamma below; two slips",
        """
lr_edge = (2 + 2 * 0.5) / (1 + 0.5) / 10 ** 0.5
""",
    ),
    (
        "05.1",
        "L and gamma never defined (NameError)",
        """
lr_edge = (2 + 2 * gamma) / ((1 + 2 * gamma) * L)
""",
    ),
    # 05.2
    (
        "05.2",
        "momentum's critical gamma",
        """
gamma_critical = (1 - 0.1) ** 2
""",
    ),
    (
        "05.2",
        "brake multiplied in instead of divided out",
        """
s = 0.1
gamma_critical = (1 - s) ** 2 * (1 - s ** 2)
""",
    ),
    (
        "05.2",
        "rate squared: momentum's ideal pair (7) of notebook 04",
        """
kappa = 100
gamma_critical = ((np.sqrt(kappa) - 1) / (np.sqrt(kappa) + 1)) ** 2
""",
    ),
    (
        "05.2",
        "kappa for its root",
        """
gamma_critical = (100 - 1) / (100 + 1)
""",
    ),
    (
        "05.2",
        "upside down",
        """
gamma_critical = 1.1 / 0.9
""",
    ),
    (
        "05.2",
        "eta lambda where its root belongs",
        """
x = 0.01
gamma_critical = (1 - x) ** 2 / (1 - x)
""",
    ),
    (
        "05.2",
        "stiffest direction instead of the flattest",
        """
eta_lam = 100 / 100
gamma_critical = (1 - np.sqrt(eta_lam)) ** 2
""",
    ),
    (
        "05.2",
        "square of the bracket forgotten",
        """
gamma_critical = (1 - 0.1) / (1 - 0.01)
""",
    ),
    (
        "05.2",
        "eta = 1/sqrt(L)",
        """
eta = 1 / np.sqrt(100)
s = np.sqrt(eta * 1)
gamma_critical = (1 - s) / (1 + s)
""",
    ),
    (
        "05.2",
        "brackets lost",
        """
gamma_critical = 1 - 0.1 / 1 + 0.1
""",
    ),
    (
        "05.2",
        "momentum's critical gamma, and rounded to one digit; two slips",
        """
gamma_critical = round((1 - 0.1) ** 2, 1)
""",
    ),
    (
        "05.2",
        "a string",
        """
gamma_critical = "9/11"
""",
    ),
    (
        "05.2",
        "sqrt without its import (NameError)",
        """
s = sqrt(1 / 100)
gamma_critical = (1 - s) / (1 + s)
""",
    ),
    (
        "05.2",
        "1 + eta lambda for 1 - eta lambda, and no square; two slips",
        """
eta_lam = 0.01
gamma_critical = (1 - np.sqrt(eta_lam)) / (1 + eta_lam)
""",
    ),
    # 05.3
    (
        "05.3",
        "t counted from 0",
        """
def growing_momentum(theta, grad, t, v=0.0, *, lr=0.01):
    gamma = t / (t + 3)
    g = grad(theta - gamma * v)
    v = gamma * v + lr * g
    return theta - v, dict(g=g, v=v)
""",
    ),
    (
        "05.3",
        "brackets lost: t - 1/(t + 2)",
        """
def growing_momentum(theta, grad, t, v=0.0, *, lr=0.01):
    gamma = t - 1 / (t + 2)
    g = grad(theta - gamma * v)
    v = gamma * v + lr * g
    return theta - v, dict(g=g, v=v)
""",
    ),
    (
        "05.3",
        "no lookahead: momentum with a growing gamma",
        """
def growing_momentum(theta, grad, t, v=0.0, *, lr=0.01):
    gamma = (t - 1) / (t + 2)
    g = grad(theta)
    v = gamma * v + lr * g
    return theta - v, dict(g=g, v=v)
""",
    ),
    (
        "05.3",
        "looks back instead of ahead",
        """
def growing_momentum(theta, grad, t, v=0.0, *, lr=0.01):
    gamma = (t - 1) / (t + 2)
    ahead = theta + gamma * v
    g = grad(ahead)
    v = gamma * v + lr * g
    return theta - v, dict(ahead=ahead, g=g, v=v)
""",
    ),
    (
        "05.3",
        "gamma grows in the velocity only, 0.9 in the lookahead",
        """
def growing_momentum(theta, grad, t, v=0.0, *, lr=0.01):
    ahead = theta - 0.9 * v
    gamma = (t - 1) / (t + 2)
    v = gamma * v + lr * grad(ahead)
    return theta - v, dict(v=v)
""",
    ),
    (
        "05.3",
        "lookahead by the whole velocity, and t counted from 0; two slips",
        """
def growing_momentum(theta, grad, t, v=0.0, *, lr=0.01):
    gamma = t / (t + 3)
    g = grad(theta - v)
    v = gamma * v + lr * g
    return theta - v, dict(g=g, v=v)
""",
    ),
    (
        "05.3",
        "state not returned",
        """
def growing_momentum(theta, grad, t, v=0.0, *, lr=0.01):
    gamma = (t - 1) / (t + 2)
    g = grad(theta - gamma * v)
    v = gamma * v + lr * g
    return theta - v, dict(g=g, gamma=gamma)
""",
    ),
    (
        "05.3",
        "lr forgotten",
        """
def growing_momentum(theta, grad, t, v=0.0, *, lr=0.01):
    gamma = (t - 1) / (t + 2)
    v = gamma * v + grad(theta - gamma * v)
    return theta - v, dict(v=v)
""",
    ),
    (
        "05.3",
        "steps from the lookahead point",
        """
def growing_momentum(theta, grad, t, v=0.0, *, lr=0.01):
    gamma = (t - 1) / (t + 2)
    ahead = theta - gamma * v
    g = grad(ahead)
    v = gamma * v + lr * g
    return ahead - v, dict(ahead=ahead, g=g, v=v)
""",
    ),
    (
        "05.3",
        "integer division: gamma stays 0",
        """
def growing_momentum(theta, grad, t, v=0.0, *, lr=0.01):
    gamma = (t - 1) // (t + 2)
    g = grad(theta - gamma * v)
    v = gamma * v + lr * g
    return theta - v, dict(g=g, v=v)
""",
    ),
    (
        "05.3",
        "fraction upside down (ZeroDivisionError at t = 1)",
        """
def growing_momentum(theta, grad, t, v=0.0, *, lr=0.01):
    gamma = (t + 2) / (t - 1)
    g = grad(theta - gamma * v)
    v = gamma * v + lr * g
    return theta - v, dict(g=g, v=v)
""",
    ),
    (
        "05.3",
        "looks ahead with the new velocity, and lr twice; two slips",
        """
def growing_momentum(theta, grad, t, v=0.0, *, lr=0.01):
    gamma = (t - 1) / (t + 2)
    v = gamma * v + lr * grad(theta - gamma * v)
    return theta - lr * (gamma * v + grad(theta - v)), dict(v=v)
""",
    ),
    (
        "05.3",
        "gamma never defined (NameError)",
        """
def growing_momentum(theta, grad, t, v=0.0, *, lr=0.01):
    g = grad(theta - gamma * v)
    v = gamma * v + lr * g
    return theta - v, dict(g=g, v=v)
""",
    ),
]

RIGHT = [
    (
        "05.1",
        "a Fraction",
        """
from fractions import Fraction
gamma, L = Fraction(1, 2), 10
lr_edge = (2 + 2 * gamma) / (1 + 2 * gamma) / L
""",
    ),
    (
        "05.1",
        "1 + 1/(1 + 2 gamma), 0-d array",
        """
lr_edge = np.array((1 + 1 / (1 + 2 * 0.5)) / 10)
""",
    ),
    (
        "05.1",
        "by bisection of momentum's edge with the brake",
        """
lo, hi = 0.01, 1.0
for _ in range(60):
    lr = (lo + hi) / 2
    brake = 0.5 * (1 - lr * 10)
    if lr * 10 < 2 + 2 * brake:
        lo = lr
    else:
        hi = lr
lr_edge = [lo]
""",
    ),
    (
        "05.2",
        "from (4), solved for gamma",
        """
eta, mu = 1 / 100, 1
gamma_critical = (1 - np.sqrt(eta * mu)) ** 2 / (1 - eta * mu)
""",
    ),
    (
        "05.2",
        "a Fraction",
        """
from fractions import Fraction
gamma_critical = Fraction(9, 11)
""",
    ),
    (
        "05.2",
        "rounded to four digits, shape (1,)",
        """
kappa = 100
gamma_critical = np.array([round((kappa**0.5 - 1) / (kappa**0.5 + 1), 4)])
""",
    ),
    (
        "05.3",
        "1 - 3/(t + 2), momentum and gradient apart",
        """
def growing_momentum(theta, grad, t, v=0.0, *, lr=0.01):
    kept = (1 - 3 / (t + 2)) * v
    g = grad(theta - kept)
    v = kept + lr * g
    return theta - v, dict(v=v, g=g, kept=kept)
""",
    ),
    (
        "05.3",
        "first step by an if",
        """
def growing_momentum(theta, grad, t, v=0.0, *, lr=0.01):
    if t == 1:
        gamma = 0.0
    else:
        gamma = (t - 1) / (t + 2)
    ahead = theta - gamma * v
    g = grad(ahead)
    v = gamma * v + lr * g
    return theta - v, dict(ahead=ahead, g=g, v=v, gamma=gamma)
""",
    ),
    (
        "05.3",
        "goes to the lookahead point, then adds the gradient step",
        """
def growing_momentum(theta, grad, t, v=0.0, *, lr=0.01):
    gamma = (t - 1.0) / (t + 2.0)
    ahead = theta - gamma * v
    new = ahead - lr * grad(ahead)
    return new, {"v": theta - new}
""",
    ),
    (
        "05.3",
        "in place, on its own array",
        """
def growing_momentum(theta, grad, t, v=0.0, *, lr=0.01):
    gamma = (t - 1) / (t + 2)
    move = gamma * v * np.ones_like(theta)
    g = grad(theta - move)
    move += lr * g
    return theta - move, dict(g=g, v=move)
""",
    ),
]
