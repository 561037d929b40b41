"""Students' answers to notebook 16."""

WRONG, RIGHT = [], []


def w(number, label, code):
    WRONG.append((f"16.{number}", label, code.strip("\n") + "\n"))


def r(number, label, code):
    RIGHT.append((f"16.{number}", label, code.strip("\n") + "\n"))


def g1(body):
    return (
        "def gradient_1(X, y, theta):\n"
        + "\n".join("    " + line for line in body.strip().split("\n"))
        + "\n"
    )


A = "N = len(y)\nerror = X @ theta - y\n"
w(1, "the whole sum, no N at all", g1(A + "g = 2 * X.T @ error\nreturn g"))
w(1, "the 2 gone with the N", g1(A + "g = 1 / N * X.T @ error\nreturn g"))
w(1, "times N", g1(A + "g = 2 / N * X.T @ error\nreturn g * N"))
w(
    1,
    "error turned round",
    g1("N = len(y)\nerror = y - X @ theta\ng = 2 / N * X.T @ error\nreturn g"),
)
w(1, "root of N", g1(A + "g = 2 / N * X.T @ error\nreturn g / np.sqrt(N)"))
w(
    1,
    "N of the columns",
    g1("N = X.shape[1]\nerror = X @ theta - y\nreturn 2 / N * X.T @ error"),
)
w(1, "the loss, not its slope", g1(A + "return np.mean(error**2)"))
w(1, "the mean over all", g1(A + "return 2 * np.mean(X.T @ error)"))
r(1, "one line", g1("return 2 * X.T @ (X @ theta - y) / len(y)"))
r(1, "N at the end only", g1(A + "g = 2 * X.T @ error\nreturn g / N"))
r(
    1,
    "a loop over samples",
    g1(
        "total = 0\nfor x, target in zip(X, y):\n    total = total + 2 * (x @ theta - target) * x\nreturn total / len(X)"
    ),
)
r(
    1,
    "means of columns",
    g1(
        "residual = (X * theta).sum(1) - y\nreturn [2 * np.mean(residual * column) for column in X.T]"
    ),
)
r(
    1,
    "error turned round, minus in front",
    g1(
        "r = y - np.dot(X, theta)\nreturn tuple(-2 * np.average(r[:, None] * X, axis=0))"
    ),
)

H2 = "def momentum_2(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):\n    g = grad(theta)\n"
w(
    2,
    "lr twice",
    H2 + "    v = gamma * v + lr * g\n    return theta - lr * v, dict(v=v)\n",
)
w(2, "no lr at all", H2 + "    v = gamma * v + g\n    return theta - v, dict(v=v)\n")
w(
    2,
    "only the last line",
    H2 + "    v = gamma * v + (1 - gamma) * g\n    return theta - v, dict(v=v)\n",
)
w(2, "uphill", H2 + "    v = gamma * v + lr * g\n    return theta + v, dict(v=v)\n")
w(
    2,
    "ten times lr, for 0.9 only",
    H2
    + "    v = gamma * v + (1 - gamma) * g\n    return theta - 10 * lr * v, dict(v=v)\n",
)
w(
    2,
    "corrected as in Adam",
    H2
    + "    v = gamma * v + (1 - gamma) * g\n    return theta - lr * v / (1 - gamma**t), dict(v=v)\n",
)
w(
    2,
    "the other default",
    "def momentum_2(theta, grad, t, v=0.0, *, lr=0.1, gamma=0.9):\n    g = grad(theta)\n    v = gamma * v + (1 - gamma) * g\n    return theta - lr * v, dict(v=v)\n",
)
w(
    2,
    "gammas the other way round",
    H2 + "    v = (1 - gamma) * v + gamma * g\n    return theta - lr * v, dict(v=v)\n",
)
w(
    2,
    "looks ahead",
    "def momentum_2(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):\n    g = grad(theta - gamma * v)\n    v = gamma * v + lr * g\n    return theta - v, dict(v=v)\n",
)
w(
    2,
    "minus lr g and minus v",
    H2 + "    v = gamma * v - lr * g\n    return theta - v, dict(v=v)\n",
)
r(
    2,
    "lr into the velocity",
    H2 + "    v = gamma * v + lr * g\n    return theta - v, dict(v=v)\n",
)
r(
    2,
    "lr outside, no 1 - gamma",
    H2 + "    v = gamma * v + g\n    return theta - lr * v, dict(v=v)\n",
)
r(
    2,
    "a negative velocity",
    H2 + "    v = gamma * v - lr * g\n    return theta + v, {'v': v}\n",
)
r(
    2,
    "the average, and lr over 1 - gamma",
    H2
    + "    v = gamma * v + (1 - gamma) * g\n    return theta - lr / (1 - gamma) * v, dict(v=v, g=g)\n",
)

H3 = "def minibatch_3(X, y, k, rng):\n"
C3 = H3 + "    rows = rng.choice(len(y), k, replace=False)\n"
w(3, "always the first k", C3 + "    return X[:k], y[:k]\n")
w(3, "one row", C3 + "    return X[rows[0]], y[rows[0]]\n")
w(3, "one row, kept flat", C3 + "    return X[rows[:1]], y[rows[:1]]\n")
w(
    3,
    "k in a row from a random place",
    C3 + "    i = rows[0]\n    return X[i : i + k], y[i : i + k]\n",
)
w(3, "y not drawn", C3 + "    return X[rows], y[:k]\n")
w(
    3,
    "y drawn anew",
    C3 + "    return X[rows], y[rng.choice(len(y), k, replace=False)]\n",
)
w(
    3,
    "never empty, still any size",
    C3 + "    n = max(rows[0], 1)\n    return X[:n], y[:n]\n",
)
w(
    3,
    "with replacement",
    H3 + "    rows = rng.choice(len(y), k)\n    return X[rows], y[rows]\n",
)
w(
    3,
    "integers",
    H3 + "    rows = rng.integers(0, len(y), k)\n    return X[rows], y[rows]\n",
)
w(3, "turned round", C3 + "    return y[rows], X[rows]\n")
w(3, "y sorted, X not", C3 + "    return X[rows], y[sorted(rows)]\n")
w(3, "up to the largest row", C3 + "    return X[: rows.max()], y[: rows.max()]\n")
w(3, "columns", C3 + "    return X[:, rows], y[rows]\n")
w(
    3,
    "all rows but those",
    C3 + "    return np.delete(X, rows, axis=0), np.delete(y, rows)\n",
)
w(
    3,
    "k in a row from a place that fits",
    H3
    + "    i = rng.integers(0, len(y) - k + 1)\n    return X[i : i + k], y[i : i + k]\n",
)
w(3, "X alone", C3 + "    return X[rows]\n")
w(
    12,
    "no bracket in a comprehension",
    "def gradient_12(loss, theta):\n    h = 1e-6\n    e1 = h * np.eye(len(theta))\n    return np.array([(loss(theta + e) - loss(theta - e)) / 2 * h for e in e1])\n",
)
r(3, "the rows drawn", C3 + "    return X[rows], y[rows]\n")
r(3, "with a colon", C3 + "    return X[rows, :], y[rows]\n")
r(
    3,
    "np.take of sorted rows",
    C3
    + "    rows = np.sort(rows)\n    return np.take(X, rows, axis=0), np.take(y, rows)\n",
)
r(
    3,
    "a permutation cut off",
    H3 + "    p = rng.permutation(len(X))\n    return X[p[:k]], y[p[:k]]\n",
)
r(3, "lists", C3 + "    return [X[i] for i in rows], [y[i] for i in rows]\n")
r(
    3,
    "shuffled in a loop",
    H3
    + "    left = list(range(len(y)))\n    rows = []\n    while len(rows) < k:\n        rows.append(left.pop(rng.integers(len(left))))\n    return X[rows], y[rows]\n",
)

H4 = "def amsgrad_4(theta, grad, t, m=0.0, v=0.0, v_max=0.0, *, lr=0.1, beta1=0.9, beta2=0.999):\n    g = grad(theta)\n    m = beta1 * m + (1 - beta1) * g\n    v = beta2 * v + (1 - beta2) * g**2\n"
E4 = "    return theta - step, dict(m=m, v=v, v_max=v_max)\n"


def a4(lines):
    return (
        H4 + "\n".join("    " + line for line in lines.strip().split("\n")) + "\n" + E4
    )


w(
    4,
    "no correction at all",
    a4("v_max = np.maximum(v_max, v)\nstep = lr * m / (np.sqrt(v_max) + 1e-8)"),
)
w(
    4,
    "corrected by beta1",
    a4(
        "v_max = np.maximum(v_max, v)\nm_hat = m / (1 - beta1**t)\nv_hat = v_max / (1 - beta1**t)\nstep = lr * m_hat / (np.sqrt(v_hat) + 1e-8)"
    ),
)
w(
    4,
    "times the correction",
    a4(
        "v_max = np.maximum(v_max, v)\nm_hat = m / (1 - beta1**t)\nv_hat = v_max * (1 - beta2**t)\nstep = lr * m_hat / (np.sqrt(v_hat) + 1e-8)"
    ),
)
w(
    4,
    "corrected, then the maximum",
    a4(
        "v_max = np.maximum(v_max, v / (1 - beta2**t))\nm_hat = m / (1 - beta1**t)\nstep = lr * m_hat / (np.sqrt(v_max) + 1e-8)"
    ),
)
w(
    4,
    "the corrected maximum is kept",
    a4(
        "v_max = np.maximum(v_max, v) / (1 - beta2**t)\nm_hat = m / (1 - beta1**t)\nstep = lr * m_hat / (np.sqrt(v_max) + 1e-8)"
    ),
)
w(
    4,
    "Adam",
    a4(
        "v_max = np.maximum(v_max, v)\nm_hat = m / (1 - beta1**t)\nv_hat = v / (1 - beta2**t)\nstep = lr * m_hat / (np.sqrt(v_hat) + 1e-8)"
    ),
)
w(
    4,
    "beta2 times t",
    a4(
        "v_max = np.maximum(v_max, v)\nm_hat = m / (1 - beta1**t)\nv_hat = v_max / (1 - beta2 * t)\nstep = lr * m_hat / (np.sqrt(v_hat) + 1e-8)"
    ),
)
w(
    4,
    "no root over the correction",
    a4(
        "v_max = np.maximum(v_max, v)\nm_hat = m / (1 - beta1**t)\nstep = lr * m_hat / (np.sqrt(v_max) / (1 - beta2**t) + 1e-8)"
    ),
)
w(
    4,
    "smaller of the two",
    a4(
        "v_max = np.minimum(v_max, v)\nm_hat = m / (1 - beta1**t)\nv_hat = v_max / (1 - beta2**t)\nstep = lr * m_hat / (np.sqrt(v_hat) + 1e-8)"
    ),
)
w(
    4,
    "lr cut by hand",
    a4(
        "v_max = np.maximum(v_max, v)\nm_hat = m / (1 - beta1**t)\nstep = lr / 31.6 * m_hat / (np.sqrt(v_max) + 1e-8)"
    ),
)
w(
    4,
    "v corrected and carried",
    a4(
        "v = v / (1 - beta2**t)\nv_max = np.maximum(v_max, v)\nm_hat = m / (1 - beta1**t)\nstep = lr * m_hat / (np.sqrt(v_max) + 1e-8)"
    ),
)
r(
    4,
    "as the formula",
    a4(
        "v_max = np.maximum(v_max, v)\nm_hat = m / (1 - beta1**t)\nv_hat = v_max / (1 - beta2**t)\nstep = lr * m_hat / (np.sqrt(v_hat) + 1e-8)"
    ),
)
r(
    4,
    "the root taken apart",
    a4(
        "v_max = np.where(v > v_max, v, v_max)\nfix1, fix2 = 1 - beta1**t, 1 - beta2**t\nstep = lr / fix1 * m / (v_max**0.5 / fix2**0.5 + 1e-8)"
    ),
)
r(
    4,
    "the correction in the rate, as in the paper of Adam",
    a4(
        "v_max = np.maximum(v, v_max)\nrate = lr * np.sqrt(1 - beta2**t) / (1 - beta1**t)\nstep = rate * m / (np.sqrt(v_max) + 1e-8 * np.sqrt(1 - beta2**t))"
    ),
)
r(
    4,
    "names in a dict",
    H4
    + "    state = {'m': m, 'v': v, 'v_max': np.fmax(v_max, v)}\n    d = np.sqrt(state['v_max'] / (1 - beta2**t)) + 1e-8\n    return theta - lr * m / (1 - beta1**t) / d, state\n",
)


def t5(s):
    return (
        "def train_5(grad, theta, steps, lr):\n"
        + "\n".join("    " + line for line in s.strip().split("\n"))
        + "\n"
    )


w(
    5,
    "only the first copied",
    t5(
        "path = [theta.copy()]\nfor _ in range(steps):\n    theta -= lr * grad(theta)\n    path.append(theta)\nreturn np.array(path)"
    ),
)
w(
    5,
    "only the later copied",
    t5(
        "path = [theta]\nfor _ in range(steps):\n    theta -= lr * grad(theta)\n    path.append(theta.copy())\nreturn np.array(path)"
    ),
)
w(
    5,
    "copied too late",
    t5(
        "path = [theta]\nfor _ in range(steps):\n    theta -= lr * grad(theta)\n    path.append(theta)\nreturn np.array([p.copy() for p in path])"
    ),
)
w(
    5,
    "the list copied",
    t5(
        "path = [theta]\nfor _ in range(steps):\n    theta -= lr * grad(theta)\n    path.append(theta)\nreturn np.array(path.copy())"
    ),
)
w(
    5,
    "start left out",
    t5(
        "path = []\nfor _ in range(steps):\n    theta = theta - lr * grad(theta)\n    path.append(theta)\nreturn np.array(path)"
    ),
)
w(
    5,
    "uphill",
    t5(
        "path = [theta]\nfor _ in range(steps):\n    theta = theta + lr * grad(theta)\n    path.append(theta)\nreturn np.array(path)"
    ),
)
w(
    5,
    "appended before the step, last one missing",
    t5(
        "path = []\nfor _ in range(steps):\n    path.append(theta.copy())\n    theta -= lr * grad(theta)\nreturn np.array(path)"
    ),
)
w(
    5,
    "start twice",
    t5(
        "path = [theta]\nfor _ in range(steps):\n    path.append(theta)\n    theta = theta - lr * grad(theta)\nreturn np.array(path)"
    ),
)
w(
    5,
    "a new name that is not carried",
    t5(
        "path = [theta]\nfor _ in range(steps):\n    new = theta - lr * grad(theta)\n    path.append(new)\nreturn np.array(path)"
    ),
)
w(
    5,
    "only the end",
    t5(
        "path = [theta]\nfor _ in range(steps):\n    theta = theta - lr * grad(theta)\nreturn theta"
    ),
)
w(
    5,
    "another name for the same array",
    t5(
        "path = [theta]\nfor _ in range(steps):\n    new = theta\n    new -= lr * grad(theta)\n    path.append(new)\nreturn np.array(path)"
    ),
)
r(
    5,
    "a new array each step",
    t5(
        "path = [theta]\nfor _ in range(steps):\n    theta = theta - lr * grad(theta)\n    path.append(theta)\nreturn np.array(path)"
    ),
)
r(
    5,
    "rows of zeros filled",
    t5(
        "path = np.zeros((steps + 1, len(theta)))\npath[0] = theta\nfor i in range(steps):\n    path[i + 1] = path[i] - lr * grad(path[i])\nreturn path"
    ),
)
r(
    5,
    "a list of lists",
    t5(
        "x = np.array(theta, float)\nout = [list(x)]\nwhile len(out) <= steps:\n    x = x - lr * np.asarray(grad(x))\n    out.append(list(x))\nreturn out"
    ),
)
r(
    5,
    "copies, of its own theta",
    t5(
        "theta = theta.copy()\npath = [theta.copy()]\nfor _ in range(steps):\n    theta -= lr * grad(theta)\n    path.append(theta.copy())\nreturn np.stack(path)"
    ),
)
r(
    5,
    "from the last of the path",
    t5(
        "path = [theta]\nfor _ in range(steps):\n    path.append(path[-1] - lr * grad(path[-1]))\nreturn np.vstack(path)"
    ),
)

S6 = "def adam_6(theta, grad, t, m=0.0, v=0.0, *, lr=0.1, beta1=0.9, beta2=0.999, eps=1e-8):\n    g = grad(theta)\n    m = beta1 * m + (1 - beta1) * g\n    v = beta2 * v + (1 - beta2) * g**2\n    m_hat = m / (1 - beta1**t)\n    v_hat = v / (1 - beta2**t)\n"


def a6(step):
    return S6 + f"    step = {step}\n    return theta - step, dict(m=m, v=v)\n"


w(6, "no bracket", a6("lr * m_hat / np.sqrt(v_hat) + eps"))
w(6, "eps inside", a6("lr * m_hat / np.sqrt(v_hat + eps)"))
w(6, "no root", a6("lr * m_hat / (v_hat + eps)"))
w(6, "eps forgotten", a6("lr * m_hat / np.sqrt(v_hat)"))
w(6, "upside down", a6("lr * (np.sqrt(v_hat) + eps) / m_hat"))
w(6, "averages not corrected", a6("lr * m / (np.sqrt(v) + eps)"))
w(6, "divided and still multiplied", a6("lr * m_hat * 1 / np.sqrt(v_hat) + eps"))
w(6, "the slope itself", a6("lr * g / (np.sqrt(v_hat) + eps)"))
w(6, "only the sign", a6("lr * np.sign(m_hat)"))
w(6, "squared", a6("lr * m_hat / (v_hat**2 + eps)"))
w(6, "no lr", a6("m_hat / (np.sqrt(v_hat) + eps)"))
w(6, "a norm", a6("lr * m_hat / (np.sqrt(v_hat.sum()) + eps)"))
w(6, "max", a6("lr * m_hat / np.maximum(np.sqrt(v_hat), eps)"))
r(6, "divided", a6("lr * m_hat / (np.sqrt(v_hat) + eps)"))
r(6, "a power of -1", a6("lr * m_hat * (v_hat**0.5 + eps) ** -1"))
r(
    6,
    "two lines",
    S6
    + "    rate = lr / (eps + np.sqrt(v_hat))\n    return theta - rate * m_hat, {'v': v, 'm': m}\n",
)
r(
    6,
    "np.divide, more terms",
    S6
    + "    step = np.divide(m_hat, np.add(np.sqrt(v_hat), eps))\n    return theta + step * -lr, dict(g=g, m=m, v=v, step=step)\n",
)


def a7(head, lines, end):
    return (
        f"def adam_7({head}, lr=0.1, beta1=0.9, beta2=0.999):\n    g = grad(theta)\n"
        + "\n".join("    " + line for line in lines.strip().split("\n"))
        + f"\n    return theta - step, {end}\n"
    )


H7 = "theta, grad, _, m=0.0, v=0.0, t=1, *"
B7 = "m = beta1 * m + (1 - beta1) * g\nv = beta2 * v + (1 - beta2) * g**2\nm_hat = m / (1 - beta1**t)\nv_hat = v / (1 - beta2**t)\nstep = lr * m_hat / (np.sqrt(v_hat) + 1e-8)"
w(7, "counted twice", a7(H7, "t = t + 1\n" + B7, "dict(m=m, v=v, t=t + 1)"))
w(7, "counted before, from 1", a7(H7, "t += 1\n" + B7, "dict(m=m, v=v, t=t)"))
w(
    7,
    "from 0, counted after",
    a7("theta, grad, _, m=0.0, v=0.0, t=0, *", B7, "dict(m=m, v=v, t=t + 1)"),
)
w(7, "t carried twice over", a7(H7, B7, "dict(m=m, v=v, t=2 * t)"))
w(
    7,
    "no corrections",
    a7(
        H7,
        B7.replace("m / (1 - beta1**t)", "m").replace("v / (1 - beta2**t)", "v"),
        "dict(m=m, v=v, t=t + 1)",
    ),
)
w(
    7,
    "v decays faster",
    a7("theta, grad, _, m=0.0, v=0.0, t=1, *", B7, "dict(m=m, v=v, t=t)").replace(
        "beta2=0.999", "beta2=0.9"
    ),
)
w(7, "t forgotten in the dict", a7(H7, B7 + "\nt = t + 1", "dict(m=m, v=v)"))
w(
    7,
    "only m's t counts",
    a7(
        H7,
        B7.replace("v / (1 - beta2**t)", "v / (1 - beta2)"),
        "dict(m=m, v=v, t=t + 1)",
    ),
)
w(
    7,
    "t times beta",
    a7(
        H7,
        B7.replace("beta1**t", "beta1 * t").replace("beta2**t", "beta2 * t"),
        "dict(m=m, v=v, t=t + 1)",
    ),
)
w(7, "t minus 1", a7(H7, B7, "dict(m=m, v=v, t=t - 1)"))
w(
    7,
    "t a parameter, not used",
    a7("theta, grad, t, m=0.0, v=0.0, *", B7.replace("**t", "**1"), "dict(m=m, v=v)"),
)
w(7, "corrected averages carried", a7(H7, B7, "dict(m=m_hat, v=v_hat, t=t + 1)"))
r(7, "t + 1 in the dict", a7(H7, B7, "dict(m=m, v=v, t=t + 1)"))
r(
    7,
    "from 0, counted before",
    a7(
        "theta, grad, _, m=0.0, v=0.0, t=0, *",
        "t = t + 1\n" + B7,
        "dict(m=m, v=v, t=t)",
    ),
)
r(7, "the t of descend", a7("theta, grad, t, m=0.0, v=0.0, *", B7, "{'m': m, 'v': v}"))
r(7, "counted after", a7(H7, B7 + "\nt += 1", "dict(t=t, m=m, v=v)"))
r(
    7,
    "the underscore",
    a7("theta, grad, _, m=0.0, v=0.0, t=1, *", "t = _\n" + B7, "dict(m=m, v=v, t=t)"),
)
r(
    7,
    "products carried",
    a7(
        "theta, grad, _, m=0.0, v=0.0, b1=1, b2=1, *",
        "b1, b2 = b1 * beta1, b2 * beta2\nm = beta1 * m + (1 - beta1) * g\nv = beta2 * v + (1 - beta2) * g**2\nstep = lr * m / (1 - b1) / (np.sqrt(v / (1 - b2)) + 1e-8)",
        "dict(m=m, v=v, b1=b1, b2=b2)",
    ),
)

S8 = S6.replace("adam_6", "adam_8").replace("eps=1e-8", "eps=1e-6")


def a8(x):
    return S8 + f"    return theta - {x}, dict(m=m, v=v)\n"


w(8, "inside the root", a8("lr * m_hat / np.sqrt(v_hat + eps)"))
w(8, "left out", a8("lr * m_hat / np.sqrt(v_hat)"))
w(8, "bracket round the fraction", a8("(lr * m_hat / np.sqrt(v_hat) + eps)"))
w(8, "nan made 0", a8("np.nan_to_num(lr * m_hat / np.sqrt(v_hat))"))
w(8, "nan made 0, eps stays", a8("np.nan_to_num(lr * m_hat / np.sqrt(v_hat)) + eps"))
w(8, "eps in the numerator", a8("lr * (m_hat + eps) / np.sqrt(v_hat)"))
w(8, "eps above and below", a8("lr * (m_hat + eps) / (np.sqrt(v_hat) + eps)"))
w(8, "bracket closed too late", a8("lr * m_hat / (np.sqrt(v_hat + eps))"))
w(8, "maximum", a8("lr * m_hat / np.maximum(np.sqrt(v_hat), eps)"))
w(
    8,
    "eps of v's average",
    S8.replace("g**2", "g**2 + eps")
    + "    return theta - lr * m_hat / np.sqrt(v_hat), dict(m=m, v=v)\n",
)
w(8, "minus eps", a8("lr * m_hat / (np.sqrt(v_hat) - eps)"))
w(8, "everything but lr in a bracket", a8("lr * (m_hat / np.sqrt(v_hat) + eps)"))
r(8, "in the bracket", a8("lr * m_hat / (np.sqrt(v_hat) + eps)"))
r(
    8,
    "a name for it",
    S8
    + "    denominator = eps + v_hat ** (1 / 2)\n    step = m_hat * lr / denominator\n    return theta - step, dict(v=v, m=m, step=step)\n",
)
r(
    8,
    "written out for each coordinate",
    S8
    + "    moved = [x - lr * a / (b**0.5 + eps) for x, a, b in zip(theta, m_hat, v_hat)]\n    return np.array(moved), dict(m=m, v=v)\n",
)

S9 = "def nadam_9(theta, grad, t, m=0.0, v=0.0, *, lr=0.1, beta1=0.9, beta2=0.999):\n    g = grad(theta)\n    m = beta1 * m + (1 - beta1) * g\n    v = beta2 * v + (1 - beta2) * g**2\n    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)\n"


def a9(s, d="m=m, v=v, m_tilde=m_tilde"):
    return (
        S9
        + "\n".join("    " + line for line in s.strip().split("\n"))
        + f"\n    return theta - step, dict({d})\n"
    )


T9 = "ahead = beta1 * m / (1 - beta1 ** (t + 1))\nm_tilde = ahead + (1 - beta1) * g / (1 - beta1**t)\n"
w(9, "ahead alone", a9(T9 + "step = lr * ahead / (np.sqrt(v_hat) + 1e-8)"))
w(9, "m, uncorrected", a9(T9 + "step = lr * m / (np.sqrt(v_hat) + 1e-8)"))
w(
    9,
    "corrected again",
    a9(T9 + "step = lr * m_tilde / (1 - beta1**t) / (np.sqrt(v_hat) + 1e-8)"),
)
w(
    9,
    "m_tilde carried as m",
    a9(T9 + "step = lr * m_tilde / (np.sqrt(v_hat) + 1e-8)", "m=m_tilde, v=v"),
)
w(
    9,
    "m_hat and m_tilde added",
    a9(T9 + "step = lr * (m_hat + m_tilde) / (np.sqrt(v_hat) + 1e-8)"),
)
w(
    9,
    "t for t + 1",
    a9(
        "ahead = beta1 * m / (1 - beta1**t)\nm_tilde = ahead + (1 - beta1) * g / (1 - beta1**t)\nstep = lr * m_tilde / (np.sqrt(v_hat) + 1e-8)"
    ),
)
w(
    9,
    "m_hat in ahead",
    a9(
        "ahead = beta1 * m_hat / (1 - beta1 ** (t + 1))\nm_tilde = ahead + (1 - beta1) * g / (1 - beta1**t)\nstep = lr * m_tilde / (np.sqrt(v_hat) + 1e-8)"
    ),
)
w(9, "the root of v itself", a9(T9 + "step = lr * m_tilde / (np.sqrt(v) + 1e-8)"))
w(
    9,
    "slope asked ahead",
    a9("m_tilde = m_hat\nstep = lr * m_tilde / (np.sqrt(v_hat) + 1e-8)").replace(
        "grad(theta)", "grad(theta - lr * beta1 * m)"
    ),
)
w(
    9,
    "no 1 - beta1",
    a9(
        "ahead = beta1 * m / (1 - beta1 ** (t + 1))\nm_tilde = ahead + g / (1 - beta1**t)\nstep = lr * m_tilde / (np.sqrt(v_hat) + 1e-8)"
    ),
)
r(9, "m_tilde", a9(T9 + "step = lr * m_tilde / (np.sqrt(v_hat) + 1e-8)"))
r(
    9,
    "m_hat overwritten",
    a9(T9 + "m_hat = m_tilde\nstep = lr * m_hat / (np.sqrt(v_hat) + 1e-8)", "m=m, v=v"),
)
r(
    9,
    "from m_hat",
    a9(
        "c = 1 - beta1 ** (t + 1)\nnext_m = beta1 * m_hat * (1 - beta1**t) / c\nnow = g * (1 - beta1) / (1 - beta1**t)\nstep = lr * (next_m + now) / (v_hat**0.5 + 1e-8)",
        "v=v, m=m",
    ),
)
r(
    9,
    "two steps added",
    S9
    + "    rate = lr / (np.sqrt(v_hat) + 1e-8)\n    theta = theta - rate * beta1 * m / (1 - beta1 ** (t + 1))\n    theta = theta - rate * (1 - beta1) * g / (1 - beta1**t)\n    return theta, dict(m=m, v=v)\n",
)

S10 = "def adam_10(theta, grad, t, m=0.0, v=0.0, *, lr=0.1, beta1=0.9, beta2=0.999, eps=1e-8):\n    g = grad(theta)\n    new_m = beta1 * m + (1 - beta1) * g\n    new_v = beta2 * v + (1 - beta2) * g**2\n    m_hat = new_m / (1 - beta1**t)\n    v_hat = new_v / (1 - beta2**t)\n    step = lr * m_hat / (np.sqrt(v_hat) + eps)\n"


def a10(d):
    return S10 + f"    return theta - step, dict({d})\n"


w(10, "m alone carried", a10("m=new_m, v=v"))
w(10, "v alone carried", a10("m=m, v=new_v"))
w(10, "corrected ones carried", a10("m=m_hat, v=v_hat"))
w(10, "new names in the dict", a10("new_m=new_m, new_v=new_v"))
w(10, "crossed over", a10("m=new_v, v=new_m"))
w(
    10,
    "corrections dropped",
    (
        S10.replace("new_m / (1 - beta1**t)", "new_m").replace(
            "new_v / (1 - beta2**t)", "new_v"
        )
    )
    + "    return theta - step, dict(m=m, v=v)\n",
)
w(
    10,
    "carried, corrections dropped",
    (
        S10.replace("new_m / (1 - beta1**t)", "new_m").replace(
            "new_v / (1 - beta2**t)", "new_v"
        )
    )
    + "    return theta - step, dict(m=new_m, v=new_v)\n",
)
w(
    10,
    "old ones in m_hat",
    S10.replace("new_m / (1", "m / (1").replace("new_v / (1", "v / (1")
    + "    return theta - step, dict(m=new_m, v=new_v)\n",
)
w(10, "the slope carried", a10("m=g, v=g**2"))
w(
    10,
    "t = 1 always",
    S10.replace("**t", "") + "    return theta - step, dict(m=m, v=v)\n",
)
w(10, "m added up", S10 + "    return theta - step, dict(m=m + new_m, v=v + new_v)\n")
r(10, "new ones carried", a10("m=new_m, v=new_v"))
r(
    10,
    "the old names",
    S10.replace("new_", "") + "    return theta - step, dict(m=m, v=v)\n",
)
r(
    10,
    "renamed at the end",
    S10 + "    m, v = new_m, new_v\n    return theta - step, dict(v=v, m=m, g=g)\n",
)

H11 = "def momentum_11(theta, grad, t, v=0, *, lr=0.01, gamma=0.9):\n"
w(
    11,
    "velocity zeroed inside the loop",
    H11
    + "    g, moved = grad(theta), theta.copy()\n    for i in range(len(theta)):\n        v = 0\n        v = gamma * v + lr * g[i]\n        moved[i] -= v\n    return moved, dict(v=v)\n",
)
w(
    11,
    "no memory",
    H11 + "    g = grad(theta)\n    v = lr * g\n    return theta - v, dict(v=v)\n",
)
w(
    11,
    "v brought back for each coordinate, last one kept",
    H11
    + "    g, moved = grad(theta), theta.copy()\n    old = v\n    for i in range(len(theta)):\n        v = gamma * old + lr * g[i]\n        moved[i] -= v\n    return moved, dict(v=v)\n",
)
w(
    11,
    "indexed, int",
    H11
    + "    g, moved = grad(theta), theta.copy()\n    for i in range(len(theta)):\n        v[i] = gamma * v[i] + lr * g[i]\n        moved[i] -= v[i]\n    return moved, dict(v=v)\n",
)
w(
    11,
    "indexed in place",
    "def momentum_11(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):\n    g, moved = grad(theta), theta.copy()\n    for i in range(len(theta)):\n        v[i] = gamma * v[i] + lr * g[i]\n        moved[i] -= v[i]\n    return moved, dict(v=v)\n",
)
w(
    11,
    "zeros each step",
    H11
    + "    g, v = grad(theta), np.zeros(len(theta))\n    v = gamma * v + lr * g\n    return theta - v, dict(v=v)\n",
)
w(
    11,
    "loop ends after x",
    H11
    + "    g, moved = grad(theta), theta.copy()\n    v = gamma * v + lr * g[0]\n    moved[0] -= v\n    return moved, dict(v=v)\n",
)
w(
    11,
    "from the last coordinate to the first",
    H11
    + "    g, moved = grad(theta), theta.copy()\n    for i in reversed(range(len(theta))):\n        v = gamma * v + lr * g[i]\n        moved[i] -= v\n    return moved, dict(v=v)\n",
)
w(
    11,
    "lr times v",
    H11
    + "    g = grad(theta)\n    v = gamma * v + lr * g\n    return theta - lr * v, dict(v=v)\n",
)
w(
    11,
    "the average form",
    H11
    + "    g = grad(theta)\n    v = gamma * v + (1 - gamma) * g\n    return theta - lr * v, dict(v=v)\n",
)
w(
    11,
    "v is not updated",
    H11
    + "    g = grad(theta)\n    moved = theta - (gamma * v + lr * g)\n    return moved, dict(v=v)\n",
)
w(
    11,
    "the mean velocity",
    H11
    + "    g = grad(theta)\n    v = gamma * v + lr * g.mean()\n    return theta - v, dict(v=v)\n",
)
r(
    11,
    "arrays, no loop",
    H11
    + "    g = grad(theta)\n    v = gamma * v + lr * g\n    return theta - v, dict(v=v)\n",
)
r(
    11,
    "a new array filled in the loop",
    "def momentum_11(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):\n    g, moved, new = grad(theta), theta.copy(), np.zeros(len(theta))\n    for i in range(len(theta)):\n        new[i] = gamma * v[i] + lr * g[i]\n        moved[i] -= new[i]\n    return moved, dict(v=new)\n",
)
r(
    11,
    "zeros at the first step",
    H11
    + "    g = grad(theta)\n    v = np.zeros_like(theta) if t == 1 else v.copy()\n    v *= gamma\n    v += lr * g\n    return theta - v, {'v': v}\n",
)
r(
    11,
    "a list of velocities",
    "def momentum_11(theta, grad, t, v=None, *, lr=0.01, gamma=0.9):\n    g, moved = grad(theta), theta.copy()\n    v = [0.0] * len(theta) if v is None else list(v)\n    for i in range(len(theta)):\n        v[i] = gamma * v[i] + lr * g[i]\n        moved[i] -= v[i]\n    return moved, dict(v=v)\n",
)


def g12(
    h,
    body="rise = [loss(theta + e) - loss(theta - e) for e in h * np.eye(len(theta))]\nreturn np.array(rise) / (2 * h)",
):
    return (
        f"def gradient_12(loss, theta):\n    h = {h}\n"
        + "\n".join("    " + line for line in body.split("\n"))
        + "\n"
    )


ONE = "rise = [loss(theta + e) - loss(theta) for e in h * np.eye(len(theta))]\nreturn np.array(rise) / h"
w(12, "smaller still", g12("1e-14"))
w(12, "hardly larger", g12("1e-11"))
w(12, "far too large", g12("1"))
w(12, "a tenth", g12("0.1"))
w(
    12,
    "not over 2",
    g12(
        "1e-5",
        "rise = [loss(theta + e) - loss(theta - e) for e in h * np.eye(len(theta))]\nreturn np.array(rise) / h",
    ),
)
w(12, "one side, over 2h", g12("1e-6", ONE.replace("/ h", "/ (2 * h)")))
w(
    12,
    "divided by h squared",
    g12(
        "1e-5",
        "rise = [loss(theta + e) - loss(theta - e) for e in h * np.eye(len(theta))]\nreturn np.array(rise) / (2 * h**2)",
    ),
)
w(12, "one side and the same h", g12("1e-12", ONE))
w(
    12,
    "the wrong sign",
    g12(
        "1e-5",
        "rise = [loss(theta - e) - loss(theta + e) for e in h * np.eye(len(theta))]\nreturn np.array(rise) / (2 * h)",
    ),
)
w(
    12,
    "all coordinates at once",
    g12(
        "1e-5",
        "return (loss(theta + h) - loss(theta - h)) / (2 * h) * np.ones(len(theta))",
    ),
)
w(
    12,
    "bracket forgotten",
    g12(
        "1e-5",
        "rise = [loss(theta + e) - loss(theta - e) for e in h * np.eye(len(theta))]\nreturn np.array(rise) / 2 * h",
    ),
)
w(12, "zero", g12("0.0"))
w(12, "machine precision", g12("np.finfo(float).eps"))
w(
    12,
    "theta changed in place",
    g12(
        "1e-5",
        "out = []\nfor i in range(len(theta)):\n    theta[i] += h\n    up = loss(theta)\n    theta[i] -= h\n    out.append((up - loss(theta)) / (2 * h))\nreturn np.array(out)",
    ),
)
r(12, "1e-5", g12("1e-5"))
r(12, "1e-4", g12("1e-4"))
r(12, "1e-6", g12("1e-6"))
r(12, "the cube root of the precision", g12("np.finfo(float).eps ** (1 / 3)"))
r(
    12,
    "coordinate by coordinate",
    g12(
        "1e-5",
        "out = []\nfor i in range(len(theta)):\n    up, down = theta.copy(), theta.copy()\n    up[i] += h\n    down[i] -= h\n    out.append((loss(up) - loss(down)) / (up[i] - down[i]))\nreturn out",
    ),
)
r(
    12,
    "five points",
    g12(
        "1e-3",
        "def along(e):\n    near = loss(theta + e) - loss(theta - e)\n    far = loss(theta + 2 * e) - loss(theta - 2 * e)\n    return (8 * near - far) / (12 * h)\nreturn np.array([along(e) for e in h * np.eye(len(theta))])",
    ),
)

S13 = "def adam_13(theta, grad, t, m=0.0, v=0.0, *, lr=0.1, beta1=0.9, beta2=0.99, eps=1e-8):\n    g = grad(theta)\n    m = beta1 * m + (1 - beta1) * g\n    v = beta2 * v + (1 - beta2) * g**2\n"


def a13(mh, vh, d="m=m, v=v", step="lr * m_hat / (np.sqrt(v_hat) + eps)"):
    return (
        S13
        + f"    m_hat = {mh}\n    v_hat = {vh}\n    step = {step}\n    return theta - step, dict({d})\n"
    )


w(13, "m alone", a13("m / (1 - beta1**t)", "v * (1 - beta2**t)"))
w(13, "v alone", a13("m * (1 - beta1**t)", "v / (1 - beta2**t)"))
w(13, "neither corrected", a13("m", "v"))
w(13, "m corrected, v not", a13("m / (1 - beta1**t)", "v"))
w(13, "v corrected, m not", a13("m", "v / (1 - beta2**t)"))
w(13, "betas crossed", a13("m / (1 - beta2**t)", "v / (1 - beta1**t)"))
w(13, "times t", a13("m / (1 - beta1 * t)", "v / (1 - beta2 * t)"))
w(13, "no t", a13("m / (1 - beta1)", "v / (1 - beta2)"))
w(13, "no 1 minus", a13("m / beta1**t", "v / beta2**t"))
w(
    13,
    "carried corrected",
    a13("m / (1 - beta1**t)", "v / (1 - beta2**t)", "m=m_hat, v=v_hat"),
)
w(
    13,
    "no root",
    a13("m / (1 - beta1**t)", "v / (1 - beta2**t)", step="lr * m_hat / (v_hat + eps)"),
)
w(13, "bracket", a13("m / 1 - beta1**t", "v / 1 - beta2**t"))
w(13, "t - 1", a13("m / (1 - beta1 ** (t - 1))", "v / (1 - beta2 ** (t - 1))"))
w(13, "t + 1", a13("m / (1 - beta1 ** (t + 1))", "v / (1 - beta2 ** (t + 1))"))
r(13, "both divided", a13("m / (1 - beta1**t)", "v / (1 - beta2**t)"))
r(
    13,
    "both in the rate",
    S13
    + "    c1, c2 = 1 - beta1**t, 1 - beta2**t\n    step = lr * m / c1 / (np.sqrt(v) / np.sqrt(c2) + eps)\n    return theta - step, dict(m=m, v=v)\n",
)
r(
    13,
    "powers of -1",
    a13("m * (1 - beta1**t) ** -1", "v * (1 - np.power(beta2, t)) ** (-1)", "v=v, m=m"),
)
r(
    13,
    "sums of weights",
    a13(
        "m / sum((1 - beta1) * beta1**i for i in range(t))",
        "v / sum((1 - beta2) * beta2**i for i in range(t))",
    ),
)


# Of another hand.
w(
    1,
    "multiplies by 500, the N of the story",
    g1(A + "g = 2 / N * X.T @ error\nreturn g / N * 500"),
)
w(
    2,
    "swaps the shares",
    H2 + "    v = (1 - gamma) * v + lr * g\n    return theta - v, dict(v=v)\n",
)
w(
    4,
    "drops m's correction instead",
    a4(
        "v_max = np.maximum(v_max, v)\nstep = lr * m / (np.sqrt(v_max / (1 - beta2**t)) + 1e-8)"
    ),
)
w(
    5,
    "copies all rows, changes the caller's start",
    t5(
        "path = [theta.copy()]\nfor _ in range(steps):\n    theta -= lr * grad(theta)\n    path.append(theta.copy())\nreturn np.array(path)"
    ),
)
w(6, "divides, with ε multiplied", a6("lr * m_hat / np.sqrt(v_hat) * eps"))
w(6, "drops the factor", a6("lr * m_hat"))
w(7, "raises t by two", a7(H7, B7, "dict(m=m, v=v, t=t + 2)"))
w(
    8,
    "ε off θ, and off the divisor's bracket",
    a8("lr * (m_hat / np.sqrt(v_hat) - eps)"),
)
w(
    9,
    "uses it, with the shares swapped",
    a9(
        "m_tilde = (1 - beta1) * m / (1 - beta1 ** (t + 1)) + beta1 * g / (1 - beta1**t)\nstep = lr * m_tilde / (np.sqrt(v_hat) + 1e-8)"
    ),
)
w(
    11,
    "the mean of v",
    H11
    + "    g = grad(theta)\n    v = gamma * np.mean(v) + lr * g\n    return theta - v, dict(v=v)\n",
)
w(
    11,
    "starts from 0 for each coordinate",
    H11
    + "    g, moved = grad(theta), theta.copy()\n    for i in range(len(theta)):\n        v = lr * g[i]\n        moved[i] -= v\n    return moved, dict(v=v)\n",
)
w(
    11,
    "an array, without γ",
    H11 + "    v = v + lr * grad(theta)\n    return theta - v, dict(v=v)\n",
)
r(1, "multiplies by N again", g1(A + "g = 2 / N * X.T @ error\nreturn g / N * N"))
r(
    11,
    "a loop with a list",
    "def momentum_11(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):\n    g, moved, kept = grad(theta), theta.copy(), []\n    for i in range(len(theta)):\n        kept.append(gamma * v[i] + lr * g[i])\n        moved[i] -= kept[i]\n    return moved, dict(v=np.array(kept))\n",
)
