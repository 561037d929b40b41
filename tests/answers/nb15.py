"""Students' answers to notebook 15."""

WRONG, RIGHT = [], []


def w(number, label, code):
    WRONG.append((f"15.{number}", label, code.strip("\n") + "\n"))


def r(number, label, code):
    RIGHT.append((f"15.{number}", label, code.strip("\n") + "\n"))


w(1, "eps alone, G0 forgotten", "three = (0.05, 0.01, 0.005)\n")
w(1, "the start alone", "three = (0.3, 0.01, 0.005)\n")
w(1, "the difference", "three = (0.25, 0.01, 0.005)\n")
w(1, "roots of both added", "three = (0.3**0.5 + 0.05**0.5, 0.01, 0.005)\n")
w(1, "the product", "three = (0.3 * 0.05, 0.01, 0.005)\n")
w(1, "the root of the sum", "three = (0.35**0.5, 0.01, 0.005)\n")
w(1, "the same eps for PyTorch", "three = (0.35, 1e-4, 0.005)\n")
w(1, "squared where the root is meant", "three = (0.35, 1e-8, 0.005)\n")
w(1, "the same eps at step 1", "three = (0.35, 0.01, 1e-3)\n")
w(1, "the correction without its root", "three = (0.35, 0.01, 1e-3 / 0.04)\n")
w(1, "multiplied by the root", "three = (0.35, 0.01, 1e-3 * 0.2)\n")
w(1, "beta for 1 - beta", "three = (0.35, 0.01, 1e-3 / 0.96**0.5)\n")
w(1, "the usual beta2", "three = (0.35, 0.01, 1e-3 / (1 - 0.999) ** 0.5)\n")
w(1, "step 2", "three = (0.35, 0.01, 1e-3 / (1 - 0.96**2) ** 0.5)\n")
w(1, "order", "three = (0.005, 0.01, 0.35)\n")
w(1, "order, the last two", "three = (0.35, 0.005, 0.01)\n")
w(1, "two of three", "three = (0.35, 0.01)\n")
w(1, "nothing translated", "three = (0.05, 1e-4, 1e-3)\n")
w(1, "multiplied by the correction", "three = (0.35, 0.01, 1e-3 * 0.04)\n")
r(1, "computed", "three = (0.3 + 0.05, np.sqrt(1e-4), 1e-3 / np.sqrt(1 - 0.96))\n")
r(1, "a list", "three = [0.35, 0.01, 0.005]\n")
r(1, "an array, a factor of 5", "three = np.array([0.35, 1e-2, 5 * 1e-3])\n")
r(
    1,
    "by translate",
    "from gdlib.translation import translate\n\nfirst = translate('adagrad', dict(learning_rate=0.1, initial_accumulator_value=0.3, eps=0.05), 'optax', 'gdlib')\nthree = first.arguments['eps'], 1e-4**0.5, 1e-3 / (1 - 0.96) ** 0.5\n",
)
H = "def dampened(theta, grad, t, b=0.0, *, lr=0.01, gamma=0.9, tau=0.0):\n    g = grad(theta)\n"
E = "    return theta - lr * b, dict(b=b)\n"
w(2, "dampened at step 1, too", H + "    b = gamma * b + (1 - tau) * g\n" + E)
w(2, "not dampened at all", H + "    b = gamma * b + g\n" + E)
w(2, "tau for 1 - tau", H + "    b = g if t == 1 else gamma * b + tau * g\n" + E)
w(
    2,
    "lr inside, and outside",
    H + "    b = g if t == 1 else gamma * b + (1 - tau) * lr * g\n" + E,
)
w(
    2,
    "lr inside",
    H
    + "    b = lr * g if t == 1 else gamma * b + (1 - tau) * lr * g\n    return theta - b, dict(b=b)\n",
)
w(
    2,
    "1 - gamma for 1 - tau",
    H + "    b = g if t == 1 else gamma * b + (1 - gamma) * g\n" + E,
)
w(2, "starts at step 2", H + "    b = g if t == 2 else gamma * b + (1 - tau) * g\n" + E)
w(
    2,
    "the first step's g until t = 2",
    H + "    b = g if t <= 2 else gamma * b + (1 - tau) * g\n" + E,
)
w(2, "t counted from 0", H + "    b = g if t == 0 else gamma * b + (1 - tau) * g\n" + E)
w(
    2,
    "dampens the velocity",
    H + "    b = g if t == 1 else (1 - tau) * (gamma * b + g)\n" + E,
)
w(2, "dampens gamma", H + "    b = g if t == 1 else (1 - tau) * gamma * b + g\n" + E)
w(
    2,
    "uphill",
    H
    + "    b = g if t == 1 else gamma * b + (1 - tau) * g\n    return theta + lr * b, dict(b=b)\n",
)
w(
    2,
    "b not handed on",
    H
    + "    new = g if t == 1 else gamma * b + (1 - tau) * g\n    return theta - lr * new, dict(b=b)\n",
)
w(
    2,
    "only the slope handed on",
    H
    + "    b = g if t == 1 else gamma * b + (1 - tau) * g\n    return theta - lr * b, dict(b=g)\n",
)
w(2, "minus tau", H + "    b = g if t == 1 else gamma * b - tau * g\n" + E)
w(
    2,
    "Nesterov's step",
    H
    + "    b = g if t == 1 else gamma * b + (1 - tau) * g\n    return theta - lr * (g + gamma * b), dict(b=b)\n",
)
w(
    2,
    "first step made zero by any()",
    H
    + "    b = g if not b.any() else gamma * b + (1 - tau) * g\n    return theta - lr * b\n",
)
w(
    2,
    "tau a default of 0.9",
    "def dampened(theta, grad, t, b=0.0, *, lr=0.01, gamma=0.9, tau=0.0):\n    g = grad(theta)\n    b = g if t == 1 else gamma * b + (1 - 0.9) * g\n"
    + E,
)
w(
    2,
    "the old b in the step",
    H
    + "    step = lr * b\n    b = g if t == 1 else gamma * b + (1 - tau) * g\n    return theta - step, dict(b=b)\n",
)
r(
    2,
    "an if",
    H
    + "    if t == 1:\n        b = g\n    else:\n        b = gamma * b + (1 - tau) * g\n"
    + E,
)
r(
    2,
    "the share as a number",
    H
    + "    share = 1 if t == 1 else 1 - tau\n    b = b * gamma + share * g\n    return theta - b * lr, {'b': b}\n",
)
r(
    2,
    "the state None at first",
    "def dampened(theta, grad, t, b=None, *, lr=0.01, gamma=0.9, tau=0.0):\n    g = grad(theta)\n    b = g.copy() if b is None else gamma * b + g - tau * g\n    return theta - lr * b, dict(b=b, g=g)\n",
)
r(2, "a truth value counts", H + "    b = gamma * b + (1 - tau * (t > 1)) * g\n" + E)
M = "def mending_gamma(t, lr, gamma):\n"
w(3, "upside down", M + "    return gamma * lr(t - 1) / lr(t)\n")
w(3, "the next over this", M + "    return gamma * lr(t + 1) / lr(t)\n")
w(3, "gamma alone", M + "    return gamma\n")
w(3, "times lr", M + "    return gamma * lr(t)\n")
w(3, "the ratio alone", M + "    return lr(t) / lr(t - 1)\n")
w(3, "over the first", M + "    return gamma * lr(t) / lr(1)\n")
w(3, "of 1 - gamma", M + "    return 1 - (1 - gamma) * lr(t) / lr(t - 1)\n")
w(3, "a root", M + "    return gamma * (lr(t) / lr(t - 1)) ** 0.5\n")
w(3, "the difference", M + "    return gamma + lr(t) - lr(t - 1)\n")
w(3, "a power of t", M + "    return gamma**t * lr(t) / lr(t - 1)\n")
w(3, "lr not called", M + "    return gamma * lr / lr\n")
w(3, "two steps back", M + "    return gamma * lr(t - 1) / lr(t - 2)\n")
w(3, "a function returned", M + "    return lambda t: gamma * lr(t) / lr(t - 1)\n")
w(3, "over the sum", M + "    return gamma * lr(t) / (lr(t) + lr(t - 1))\n")
w(3, "minus", M + "    return -gamma * lr(t) / lr(t - 1)\n")
r(3, "the ratio", M + "    return gamma * lr(t) / lr(t - 1)\n")
r(
    3,
    "with names",
    M + "    now, before = lr(t), lr(t - 1)\n    return now * gamma / before\n",
)
r(
    3,
    "step 1 apart",
    M
    + "    if t == 1:\n        return gamma\n    return gamma / (lr(t - 1) / lr(t))\n",
)
r(
    3,
    "logarithms",
    M + "    return float(np.exp(np.log(gamma) + np.log(lr(t)) - np.log(lr(t - 1))))\n",
)

# Of another hand.
w(1, "as text", 'three = ("0.35", "0.01", "0.005")\n')
w(1, "one name, one number", "three = (0.35, 1e-4, 1e-3)\n")
w(
    2,
    "the share on the whole of b",
    H
    + "    b = gamma * b + g\n    return theta - lr * (1 - tau if t > 1 else 1) * b, dict(b=b)\n",
)
w(
    2,
    "forgets the state",
    H
    + "    b = gamma * b + (1 - tau if t > 1 else 1) * g\n    return theta - lr * b, dict(g=g)\n",
)
w(
    2,
    "only the first slope is dampened",
    H + "    b = gamma * b + (1 - tau if t == 1 else 1) * g\n" + E,
)
w(3, "lr as a number", M + "    return gamma * lr\n")
