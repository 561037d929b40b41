"""Students' answers to notebook 07."""

WRONG = [
    # 07.1
    (
        "07.1",
        "sign: the move goes downhill",
        """
first_move = 0.02
""",
    ),
    (
        "07.1",
        "1 - gamma forgotten",
        """
first_move = -np.sqrt(1e-4)
""",
    ),
    (
        "07.1",
        "gamma for 1 - gamma",
        """
E = 0.75 * 8**2
first_move = -np.sqrt(1e-4) / np.sqrt(E) * 8
""",
    ),
    (
        "07.1",
        "not multiplied by g",
        """
first_move = -0.01 / 4
""",
    ),
    (
        "07.1",
        "multiplied by g, but not divided by its root",
        """
first_move = -0.01 * 8
""",
    ),
    (
        "07.1",
        "no root above the line",
        """
first_move = -1e-4 / 4 * 8
""",
    ),
    (
        "07.1",
        "no root below the line",
        """
first_move = -0.01 / 16 * 8
""",
    ),
    (
        "07.1",
        "g not squared in the average, and gamma for 1 - gamma; two slips",
        """
first_move = -0.01 / np.sqrt(0.75 * 8) * 8
""",
    ),
    (
        "07.1",
        "in per cent",
        """
first_move = -2
""",
    ),
    (
        "07.1",
        "rounded away",
        """
first_move = round(-0.02, 1)
""",
    ),
    (
        "07.1",
        "a string",
        """
first_move = "-0.02"
""",
    ),
    (
        "07.1",
        "wrong gamma 0.9 and no minus; two slips",
        """
first_move = np.sqrt(1e-4 / (1 - 0.9))
""",
    ),
    (
        "07.1",
        "eps not defined (NameError)",
        """
first_move = -np.sqrt(eps / (1 - 0.75))
""",
    ),
    # 07.2
    (
        "07.2",
        "pair reversed",
        """
pair = (1.0, 1e-8)
""",
    ),
    (
        "07.2",
        "units not squared",
        """
pair = (1e-6 * 0.1, 1e-6 * 1000)
""",
    ),
    (
        "07.2",
        "cents only, forgets that the slope is per millimetre",
        """
pair = (1e-6 * 100**2, 1e-6 * 1000**2)
""",
    ),
    (
        "07.2",
        "slope factor multiplied: 100 * 1000",
        """
factor = 100 * 1000
pair = (1e-6 * factor**2, 1.0)
""",
    ),
    (
        "07.2",
        "slope factor upside down",
        """
pair = (1e-6 * (1000 / 100) ** 2, 1e-6 * 1000**2)
""",
    ),
    (
        "07.2",
        "moves divided by a thousand instead of multiplied",
        """
pair = (1e-8, 1e-6 / 1000**2)
""",
    ),
    (
        "07.2",
        "leaves both as they are",
        """
pair = (1e-6, 1e-6)
""",
    ),
    (
        "07.2",
        "gives the factors, not the eps",
        """
pair = (0.01, 1e6)
""",
    ),
    (
        "07.2",
        "units never given numbers (NameError)",
        """
pair = (1e-6 * (cents / mm) ** 2, 1e-6 * mm**2)
""",
    ),
    (
        "07.2",
        "millimetres only, the cents forgotten",
        """
pair = (1e-6 / 1000**2, 1.0)
""",
    ),
    (
        "07.2",
        "one eps only",
        """
pair = 1e-8
""",
    ),
    (
        "07.2",
        "10e-8 for 1e-8, and the move's factor not squared; two slips",
        """
pair = (10e-8, 1e-3)
""",
    ),
    (
        "07.2",
        "a list of strings",
        """
pair = ["1e-8", "1"]
""",
    ),
    # 07.3
    (
        "07.3",
        "averages lr times delta",
        """
def with_lr(theta, grad, t, E_g2=0.0, E_d2=0.0, *, lr=1.0, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    delta = -lr * np.sqrt(E_d2 + eps) / np.sqrt(E_g2 + eps) * g
    E_d2 = gamma * E_d2 + (1 - gamma) * delta**2
    return theta + delta, dict(E_g2=E_g2, E_d2=E_d2)
""",
    ),
    (
        "07.3",
        "lr left out",
        """
def with_lr(theta, grad, t, E_g2=0.0, E_d2=0.0, *, lr=1.0, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    delta = -np.sqrt(E_d2 + eps) / np.sqrt(E_g2 + eps) * g
    E_d2 = gamma * E_d2 + (1 - gamma) * delta**2
    return theta + delta, dict(g=g, E_g2=E_g2, delta=delta, E_d2=E_d2)
""",
    ),
    (
        "07.3",
        "minus twice: climbs",
        """
def with_lr(theta, grad, t, E_g2=0.0, E_d2=0.0, *, lr=1.0, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    delta = -np.sqrt(E_d2 + eps) / np.sqrt(E_g2 + eps) * g
    E_d2 = gamma * E_d2 + (1 - gamma) * delta**2
    return theta - lr * delta, dict(E_g2=E_g2, E_d2=E_d2)
""",
    ),
    (
        "07.3",
        "average of the moves not returned",
        """
def with_lr(theta, grad, t, E_g2=0.0, E_d2=0.0, *, lr=1.0, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    delta = -np.sqrt(E_d2 + eps) / np.sqrt(E_g2 + eps) * g
    E_d2 = gamma * E_d2 + (1 - gamma) * delta**2
    return theta + lr * delta, dict(E_g2=E_g2, delta=delta)
""",
    ),
    (
        "07.3",
        "eps outside both roots",
        """
def with_lr(theta, grad, t, E_g2=0.0, E_d2=0.0, *, lr=1.0, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    delta = -(np.sqrt(E_d2) + eps) / (np.sqrt(E_g2) + eps) * g
    E_d2 = gamma * E_d2 + (1 - gamma) * delta**2
    return theta + lr * delta, dict(E_g2=E_g2, E_d2=E_d2)
""",
    ),
    (
        "07.3",
        "no eps above the line: never moves",
        """
def with_lr(theta, grad, t, E_g2=0.0, E_d2=0.0, *, lr=1.0, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    delta = -np.sqrt(E_d2) / np.sqrt(E_g2 + eps) * g
    E_d2 = gamma * E_d2 + (1 - gamma) * delta**2
    return theta + lr * delta, dict(E_g2=E_g2, E_d2=E_d2)
""",
    ),
    (
        "07.3",
        "gamma and 1 - gamma swapped in (3), and lr squared; two slips",
        """
def with_lr(theta, grad, t, E_g2=0.0, E_d2=0.0, *, lr=1.0, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    delta = -np.sqrt(E_d2 + eps) / np.sqrt(E_g2 + eps) * g
    E_d2 = (1 - gamma) * E_d2 + gamma * delta**2
    return theta + lr * lr * delta, dict(E_g2=E_g2, E_d2=E_d2)
""",
    ),
    (
        "07.3",
        "old average of the slopes in (2)",
        """
def with_lr(theta, grad, t, E_g2=0.0, E_d2=0.0, *, lr=1.0, gamma=0.9, eps=1e-6):
    g = grad(theta)
    delta = -np.sqrt(E_d2 + eps) / np.sqrt(E_g2 + eps) * g
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    E_d2 = gamma * E_d2 + (1 - gamma) * delta**2
    return theta + lr * delta, dict(E_g2=E_g2, E_d2=E_d2)
""",
    ),
    (
        "07.3",
        "move not squared in (3)",
        """
def with_lr(theta, grad, t, E_g2=0.0, E_d2=0.0, *, lr=1.0, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    delta = -np.sqrt(E_d2 + eps) / np.sqrt(E_g2 + eps) * g
    E_d2 = gamma * E_d2 + (1 - gamma) * np.abs(delta)
    return theta + lr * delta, dict(E_g2=E_g2, E_d2=E_d2)
""",
    ),
    (
        "07.3",
        "bracket lost under the common root",
        """
def with_lr(theta, grad, t, E_g2=0.0, E_d2=0.0, *, lr=1.0, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    delta = -np.sqrt((E_d2 + eps) / E_g2 + eps) * g
    E_d2 = gamma * E_d2 + (1 - gamma) * delta**2
    return theta + lr * delta, dict(E_g2=E_g2, E_d2=E_d2)
""",
    ),
    (
        "07.3",
        "the two states returned the wrong way round",
        """
def with_lr(theta, grad, t, E_g2=0.0, E_d2=0.0, *, lr=1.0, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    delta = -np.sqrt(E_d2 + eps) / np.sqrt(E_g2 + eps) * g
    E_d2 = gamma * E_d2 + (1 - gamma) * delta**2
    return theta + lr * delta, dict(E_g2=E_d2, E_d2=E_g2)
""",
    ),
    (
        "07.3",
        "averages the scaled move, and gamma written in; two slips",
        """
def with_lr(theta, grad, t, E_g2=0.0, E_d2=0.0, *, lr=1.0, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = 0.9 * E_g2 + 0.1 * g**2
    move = -lr * np.sqrt(E_d2 + eps) / np.sqrt(E_g2 + eps) * g
    E_d2 = 0.9 * E_d2 + 0.1 * move**2
    return theta + move, dict(E_g2=E_g2, E_d2=E_d2)
""",
    ),
    (
        "07.3",
        "averages delta before it exists (UnboundLocalError)",
        """
def with_lr(theta, grad, t, E_g2=0.0, E_d2=0.0, *, lr=1.0, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    E_d2 = gamma * E_d2 + (1 - gamma) * delta**2
    delta = -np.sqrt(E_d2 + eps) / np.sqrt(E_g2 + eps) * g
    return theta + lr * delta, dict(E_g2=E_g2, E_d2=E_d2)
""",
    ),
    (
        "07.3",
        "slopes not squared in (1), and divides by lr; two slips",
        """
def with_lr(theta, grad, t, E_g2=0.0, E_d2=0.0, *, lr=1.0, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g
    delta = np.sqrt(E_d2 + eps) / np.sqrt(np.abs(E_g2) + eps) * g
    E_d2 = gamma * E_d2 + (1 - gamma) * delta**2
    return theta - delta / lr, dict(E_g2=E_g2, E_d2=E_d2)
""",
    ),
]

RIGHT = [
    (
        "07.1",
        "shape (1,), with eps kept below the line",
        """
g = np.array([8.0])
E = (1 - 0.75) * g**2
first_move = -np.sqrt(0 + 1e-4) / np.sqrt(E + 1e-4) * g
""",
    ),
    (
        "07.1",
        "a Fraction",
        """
from fractions import Fraction
first_move = -Fraction(1, 100) / 4 * 8
""",
    ),
    (
        "07.1",
        "the short formula (5), float32",
        """
first_move = np.float32(-((1e-4 / 0.25) ** 0.5))
""",
    ),
    (
        "07.2",
        "a list, worked out from the units",
        """
cents, mm = 100, 1000
slope, move = cents / mm, mm
pair = [1e-6 * slope**2, 1e-6 * move**2]
""",
    ),
    (
        "07.2",
        "powers of ten in an array",
        """
pair = 10.0 ** np.array([-6 - 2, -6 + 6])
""",
    ),
    (
        "07.2",
        "Fractions",
        """
from fractions import Fraction
eps = Fraction(1, 10**6)
pair = (eps * Fraction(100, 1000) ** 2, eps * 1000**2)
""",
    ),
    (
        "07.3",
        "positive move, subtracted",
        """
def with_lr(theta, grad, t, E_g2=0.0, E_d2=0.0, *, lr=1.0, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    move = np.sqrt((E_d2 + eps) / (E_g2 + eps)) * g
    E_d2 = gamma * E_d2 + (1 - gamma) * move**2
    return theta - lr * move, dict(g=g, E_g2=E_g2, delta=-move, E_d2=E_d2)
""",
    ),
    (
        "07.3",
        "a helper for the root mean square",
        """
def with_lr(theta, grad, t, E_g2=0.0, E_d2=0.0, *, lr=1.0, gamma=0.9, eps=1e-6):
    rms = lambda average: (average + eps) ** 0.5
    mix = lambda old, new: gamma * old + (1 - gamma) * new * new
    g = grad(theta)
    new_g2 = mix(E_g2, g)
    delta = -rms(E_d2) / rms(new_g2) * g
    return theta + lr * delta, {"E_g2": new_g2, "E_d2": mix(E_d2, delta)}
""",
    ),
    (
        "07.3",
        "averages written as old plus a share of the difference",
        """
def with_lr(theta, grad, t, E_g2=0.0, E_d2=0.0, *, lr=1.0, gamma=0.9, eps=1e-6):
    g = grad(theta)
    share = 1 - gamma
    E_g2 = E_g2 + share * (np.square(g) - E_g2)
    top, bottom = np.sqrt(E_d2 + eps), np.sqrt(E_g2 + eps)
    delta = -g * top / bottom
    E_d2 = E_d2 + share * (np.square(delta) - E_d2)
    return theta + lr * delta, dict(E_g2=E_g2, E_d2=E_d2, top=top, bottom=bottom)
""",
    ),
    (
        "07.3",
        "in place, on arrays of its own",
        """
def with_lr(theta, grad, t, E_g2=0.0, E_d2=0.0, *, lr=1.0, gamma=0.9, eps=1e-6):
    g = grad(theta)
    s = np.zeros_like(theta, dtype=float) + E_g2
    d = np.zeros_like(theta, dtype=float) + E_d2
    s *= gamma
    s += (1 - gamma) * g**2
    delta = -np.sqrt(d + eps) / np.sqrt(s + eps) * g
    d *= gamma
    d += (1 - gamma) * delta**2
    new = theta + lr * delta
    return new, dict(E_g2=s, E_d2=d)
""",
    ),
]
