"""Students' answers to notebook 08."""

WRONG = [
    # 08.1
    (
        "08.1",
        "pair reversed",
        """
lengths = (1, 10)
""",
    ),
    (
        "08.1",
        "no root",
        """
lengths = (100, 1)
""",
    ),
    (
        "08.1",
        "gamma for 1 - gamma",
        """
lengths = (1 / np.sqrt(0.99), 1)
""",
    ),
    (
        "08.1",
        "gamma 0.9 of the text",
        """
lengths = (3.16, 1)
""",
    ),
    (
        "08.1",
        "pair reversed, and no root; two slips",
        """
lengths = (1, 100)
""",
    ),
    (
        "08.1",
        "lets the late steps die, as Adagrad's",
        """
lengths = (10, 0)
""",
    ),
    (
        "08.1",
        "gamma not defined (NameError)",
        """
lengths = (1 / np.sqrt(1 - gamma), 1)
""",
    ),
    (
        "08.1",
        "late steps half as long: the rattle",
        """
lengths = (10, 0.5)
""",
    ),
    (
        "08.1",
        "multiplied by an eta of 0.01",
        """
eta = 0.01
lengths = (10 * eta, 1 * eta)
""",
    ),
    (
        "08.1",
        "first step with correction, as Adam",
        """
lengths = (1, 1)
""",
    ),
    (
        "08.1",
        "strings with the unit",
        """
lengths = ["10 eta", "1 eta"]
""",
    ),
    (
        "08.1",
        "only the first",
        """
lengths = 10
""",
    ),
    (
        "08.1",
        "no root and one over 1 - gamma at the end too; two slips",
        """
lengths = (1 / 0.01, 1 / (1 - 0.99))
""",
    ),
    # 08.2
    (
        "08.2",
        "corrected average fed back into the state",
        """
def mended(theta, grad, t, E_g2=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    E_g2 = E_g2 / (1 - gamma**t)
    return theta - lr * g / np.sqrt(E_g2 + eps), dict(g=g, E_g2=E_g2)
""",
    ),
    (
        "08.2",
        "gamma to the power t - 1 (division by zero at once)",
        """
def mended(theta, grad, t, E_g2=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    level = E_g2 / (1 - gamma ** (t - 1))
    return theta - lr * g / np.sqrt(level + eps), dict(g=g, E_g2=E_g2)
""",
    ),
    (
        "08.2",
        "gamma to the power t + 1, and eps outside; two slips",
        """
def mended(theta, grad, t, E_g2=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    level = E_g2 / (1 - gamma ** (t + 1))
    return theta - lr * g / (np.sqrt(level) + eps), dict(g=g, E_g2=E_g2)
""",
    ),
    (
        "08.2",
        "gamma times t for gamma to the power t",
        """
def mended(theta, grad, t, E_g2=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    level = E_g2 / (1 - gamma * t)
    return theta - lr * g / np.sqrt(level + eps), dict(g=g, E_g2=E_g2)
""",
    ),
    (
        "08.2",
        "divides by 1 - gamma at every t",
        """
def mended(theta, grad, t, E_g2=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    level = E_g2 / (1 - gamma)
    return theta - lr * g / np.sqrt(level + eps), dict(g=g, E_g2=E_g2)
""",
    ),
    (
        "08.2",
        "multiplies by the correction",
        """
def mended(theta, grad, t, E_g2=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    level = E_g2 * (1 - gamma**t)
    return theta - lr * g / np.sqrt(level + eps), dict(g=g, E_g2=E_g2)
""",
    ),
    (
        "08.2",
        "eps added before the division",
        """
def mended(theta, grad, t, E_g2=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    root = np.sqrt((E_g2 + eps) / (1 - gamma**t))
    return theta - lr * g / root, dict(g=g, E_g2=E_g2)
""",
    ),
    (
        "08.2",
        "eps outside the root",
        """
def mended(theta, grad, t, E_g2=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    level = E_g2 / (1 - gamma**t)
    return theta - lr * g / (np.sqrt(level) + eps), dict(g=g, E_g2=E_g2)
""",
    ),
    (
        "08.2",
        "root taken before the division",
        """
def mended(theta, grad, t, E_g2=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    root = np.sqrt(E_g2 + eps) / (1 - gamma**t)
    return theta - lr * g / root, dict(g=g, E_g2=E_g2)
""",
    ),
    (
        "08.2",
        "state not returned",
        """
def mended(theta, grad, t, E_g2=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    level = E_g2 / (1 - gamma**t)
    rate = lr / np.sqrt(level + eps)
    return theta - rate * g, dict(g=g, rate=rate, level=level)
""",
    ),
    (
        "08.2",
        "correction forgotten: plain RMSProp",
        """
def mended(theta, grad, t, E_g2=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    return theta - lr * g / np.sqrt(E_g2 + eps), dict(g=g, E_g2=E_g2)
""",
    ),
    (
        "08.2",
        "0.9 written in, eps written in; two slips",
        """
def mended(theta, grad, t, E_g2=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = 0.9 * E_g2 + 0.1 * g**2
    level = E_g2 / (1 - 0.9**t)
    return theta - lr * g / np.sqrt(level + 1e-8), dict(g=g, E_g2=E_g2)
""",
    ),
    (
        "08.2",
        "power written with a caret (TypeError)",
        """
def mended(theta, grad, t, E_g2=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    level = E_g2 / (1 - gamma ^ t)
    return theta - lr * g / np.sqrt(level + eps), dict(g=g, E_g2=E_g2)
""",
    ),
    # 08.3
    (
        "08.3",
        "average of g not squared",
        """
def centred(theta, grad, t, E_g2=0.0, E_g=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    E_g = gamma * E_g + (1 - gamma) * g
    return theta - lr * g / np.sqrt(np.abs(E_g2 - E_g) + eps), dict(g=g, E_g2=E_g2, E_g=E_g)
""",
    ),
    (
        "08.3",
        "plus for minus",
        """
def centred(theta, grad, t, E_g2=0.0, E_g=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    E_g = gamma * E_g + (1 - gamma) * g
    return theta - lr * g / np.sqrt(E_g2 + E_g**2 + eps), dict(g=g, E_g2=E_g2, E_g=E_g)
""",
    ),
    (
        "08.3",
        "old average of g in the scatter",
        """
def centred(theta, grad, t, E_g2=0.0, E_g=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    scatter = E_g2 - E_g**2
    E_g = gamma * E_g + (1 - gamma) * g
    return theta - lr * g / np.sqrt(np.maximum(scatter, 0) + eps), dict(g=g, E_g2=E_g2, E_g=E_g)
""",
    ),
    (
        "08.3",
        "E_g not returned",
        """
def centred(theta, grad, t, E_g2=0.0, E_g=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    E_g = gamma * E_g + (1 - gamma) * g
    scatter = E_g2 - E_g**2
    return theta - lr * g / np.sqrt(scatter + eps), dict(g=g, E_g2=E_g2)
""",
    ),
    (
        "08.3",
        "E_g returned under the name mean",
        """
def centred(theta, grad, t, E_g2=0.0, E_g=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    mean = gamma * E_g + (1 - gamma) * g
    scatter = E_g2 - mean**2
    return theta - lr * g / np.sqrt(scatter + eps), dict(E_g2=E_g2, mean=mean)
""",
    ),
    (
        "08.3",
        "steps by the average of g",
        """
def centred(theta, grad, t, E_g2=0.0, E_g=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    E_g = gamma * E_g + (1 - gamma) * g
    scatter = E_g2 - E_g**2
    return theta - lr * E_g / np.sqrt(scatter + eps), dict(g=g, E_g2=E_g2, E_g=E_g)
""",
    ),
    (
        "08.3",
        "eps outside the root",
        """
def centred(theta, grad, t, E_g2=0.0, E_g=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    E_g = gamma * E_g + (1 - gamma) * g
    scatter = np.maximum(E_g2 - E_g**2, 0)
    return theta - lr * g / (np.sqrt(scatter) + eps), dict(g=g, E_g2=E_g2, E_g=E_g)
""",
    ),
    (
        "08.3",
        "no root",
        """
def centred(theta, grad, t, E_g2=0.0, E_g=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    E_g = gamma * E_g + (1 - gamma) * g
    return theta - lr * g / (E_g2 - E_g**2 + eps), dict(g=g, E_g2=E_g2, E_g=E_g)
""",
    ),
    (
        "08.3",
        "E[g] as a sum, without 1 - gamma",
        """
def centred(theta, grad, t, E_g2=0.0, E_g=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    E_g = gamma * E_g + g
    var = abs(E_g2 - E_g**2)
    return theta - lr * g / np.sqrt(var + eps), dict(g=g, E_g2=E_g2, E_g=E_g)
""",
    ),
    (
        "08.3",
        "the scatter itself goes back as the state E_g2",
        """
def centred(theta, grad, t, E_g2=0.0, E_g=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    E_g = gamma * E_g + (1 - gamma) * g
    E_g2 = np.maximum(E_g2 - E_g**2, 0)
    return theta - lr * g / np.sqrt(E_g2 + eps), dict(g=g, E_g2=E_g2, E_g=E_g)
""",
    ),
    (
        "08.3",
        "both averages bias-corrected, which nobody asked for",
        """
def centred(theta, grad, t, E_g2=0.0, E_g=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    E_g = gamma * E_g + (1 - gamma) * g
    c = 1 - gamma**t
    scatter = np.maximum(E_g2 / c - (E_g / c) ** 2, 0)
    return theta - lr * g / np.sqrt(scatter + eps), dict(g=g, E_g2=E_g2, E_g=E_g)
""",
    ),
    (
        "08.3",
        "average of |g| and its square not taken; two slips",
        """
def centred(theta, grad, t, E_g2=0.0, E_g=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    E_g = gamma * E_g + (1 - gamma) * np.abs(g)
    return theta - lr * g / np.sqrt(np.abs(E_g2 - E_g) + eps), dict(g=g, E_g2=E_g2, E_g=E_g)
""",
    ),
    (
        "08.3",
        "minus the wrong way round: root of a negative number",
        """
def centred(theta, grad, t, E_g2=0.0, E_g=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    E_g = gamma * E_g + (1 - gamma) * g
    return theta - lr * g / np.sqrt(E_g**2 - E_g2 + eps), dict(g=g, E_g2=E_g2, E_g=E_g)
""",
    ),
    (
        "08.3",
        "scatter used but never worked out (NameError), dict forgotten; two slips",
        """
def centred(theta, grad, t, E_g2=0.0, E_g=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    E_g = gamma * E_g + (1 - gamma) * g
    return theta - lr * g / np.sqrt(scatter + eps)
""",
    ),
]

RIGHT = [
    (
        "08.1",
        "integer array",
        """
lengths = np.array([10, 1])
""",
    ),
    (
        "08.1",
        "worked out, a list",
        """
gamma = 0.99
first = 1 / np.sqrt(1 - gamma)
late = 1 / np.sqrt(1 - gamma**5000)
lengths = [first, late]
""",
    ),
    (
        "08.1",
        "simulated on the ramp in float32",
        """
E, steps = 0.0, []
for t in range(4000):
    E = 0.99 * E + 0.01 * 1.0**2
    steps.append(1 / E**0.5)
lengths = np.float32([steps[0], steps[-1]])
""",
    ),
    (
        "08.2",
        "extra terms and a rate",
        """
def mended(theta, grad, t, E_g2=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    filled = 1 - gamma**t
    rate = lr / np.sqrt(E_g2 / filled + eps)
    step = rate * g
    return theta - step, dict(g=g, E_g2=E_g2, filled=filled, rate=rate, step=step)
""",
    ),
    (
        "08.2",
        "fraction expanded by 1 - gamma to the t",
        """
def mended(theta, grad, t, E_g2=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = E_g2 + (1 - gamma) * (g * g - E_g2)
    c = 1 - gamma**t
    return theta - lr * g * np.sqrt(c / (E_g2 + eps * c)), {"E_g2": E_g2}
""",
    ),
    (
        "08.2",
        "the weights added up in a generator",
        """
def mended(theta, grad, t, E_g2=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * np.square(g)
    weights = (1 - gamma) * sum(gamma**k for k in range(t))
    return theta - lr * g / (E_g2 / weights + eps) ** 0.5, dict(g=g, E_g2=E_g2)
""",
    ),
    (
        "08.3",
        "scatter guarded against rounding below 0",
        """
def centred(theta, grad, t, E_g2=0.0, E_g=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    E_g = gamma * E_g + (1 - gamma) * g
    var = np.maximum(E_g2 - E_g**2, 0.0)
    return theta - lr * g / np.sqrt(var + eps), dict(E_g2=E_g2, E_g=E_g, var=var)
""",
    ),
    (
        "08.3",
        "factored as a loop over both averages",
        """
def centred(theta, grad, t, E_g2=0.0, E_g=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    second, first = (
        gamma * old + (1 - gamma) * new for old, new in ((E_g2, g**2), (E_g, g))
    )
    rate = lr / (second - first * first + eps) ** 0.5
    return theta - rate * g, {"E_g": first, "E_g2": second, "rate": rate}
""",
    ),
    (
        "08.3",
        "in place, on arrays of its own",
        """
def centred(theta, grad, t, E_g2=0.0, E_g=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = np.array(grad(theta), dtype=float)
    a = np.array(E_g2 + 0 * g)
    b = np.array(E_g + 0 * g)
    a *= gamma
    a += (1 - gamma) * g * g
    b *= gamma
    b += (1 - gamma) * g
    out = theta.copy()
    out -= lr * g / np.sqrt(a - b**2 + eps)
    return out, dict(g=g, E_g2=a, E_g=b)
""",
    ),
    (
        "08.3",
        "variance by Welford's formula, the states kept as asked",
        """
def centred(theta, grad, t, E_g2=0.0, E_g=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    g = grad(theta)
    old_var = E_g2 - E_g**2
    apart = g - E_g
    var = gamma * (old_var + (1 - gamma) * apart**2)
    E_g = E_g + (1 - gamma) * apart
    E_g2 = var + E_g**2
    return theta - lr * g / np.sqrt(var + eps), dict(g=g, E_g2=E_g2, E_g=E_g)
""",
    ),
]
