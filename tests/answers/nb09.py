"""Students' answers to notebook 09."""

WRONG = [
    # 09.1
    (
        "09.1",
        "no slope, no step",
        """
two_steps = (0.1, 0.0)
""",
    ),
    (
        "09.1",
        "every step is eta",
        """
two_steps = (0.1, 0.1)
""",
    ),
    (
        "09.1",
        "no correction at all",
        """
m1, v1 = 0.1 * 4, 0.001 * 16
m2, v2 = 0.9 * m1, 0.999 * v1
two_steps = (0.1 * m1 / np.sqrt(v1), 0.1 * m2 / np.sqrt(v2))
""",
    ),
    (
        "09.1",
        "corrections not raised to t",
        """
m2, v2 = 0.36, 0.015984
two_steps = (0.1, 0.1 * (m2 / 0.1) / np.sqrt(v2 / 0.001))
""",
    ),
    (
        "09.1",
        "only m corrected",
        """
m1, v1 = 0.4, 0.016
m2, v2 = 0.36, 0.015984
two_steps = (0.1 * (m1 / 0.1) / v1**0.5, 0.1 * (m2 / 0.19) / v2**0.5)
""",
    ),
    (
        "09.1",
        "no root below, and eta forgotten; two slips",
        """
two_steps = (4 / 16, 1.895 / 7.996)
""",
    ),
    (
        "09.1",
        "eta forgotten",
        """
two_steps = (1, 0.67)
""",
    ),
    (
        "09.1",
        "way after each step instead of single steps",
        """
two_steps = (0.1, 0.167)
""",
    ),
    (
        "09.1",
        "corrected averages fed back",
        """
m, v, steps = 0.0, 0.0, []
for t, g in enumerate((4, 0), 1):
    m = (0.9 * m + 0.1 * g) / (1 - 0.9**t)
    v = (0.999 * v + 0.001 * g**2) / (1 - 0.999**t)
    steps.append(0.1 * m / np.sqrt(v))
two_steps = steps
""",
    ),
    (
        "09.1",
        "beta1 in both averages",
        """
m, v = 0.36, 0.9 * 1.6
two_steps = (0.1, 0.1 * (m / 0.19) / np.sqrt(v / 0.19))
""",
    ),
    (
        "09.1",
        "rounded to one digit, in a list of strings; two slips",
        """
two_steps = ["0.1", "0.1"]
""",
    ),
    (
        "09.1",
        "pair reversed",
        """
two_steps = (0.067, 0.1)
""",
    ),
    (
        "09.1",
        "beta never defined (NameError)",
        """
m_hat = 0.36 / (1 - beta1**2)
v_hat = 0.015984 / (1 - beta2**2)
two_steps = (0.1, 0.1 * m_hat / v_hat**0.5)
""",
    ),
    # 09.2
    (
        "09.2",
        "eps beside the corrected root: the usual Adam",
        """
def eps_hat(theta, grad, t, m=0.0, v=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-7):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return theta - lr * m_hat / (np.sqrt(v_hat) + eps), dict(m=m, v=v)
""",
    ),
    (
        "09.2",
        "eps inside the root",
        """
def eps_hat(theta, grad, t, m=0.0, v=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-7):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    rate = lr * np.sqrt(1 - beta2**t) / (1 - beta1**t)
    return theta - rate * m / np.sqrt(v + eps), dict(m=m, v=v)
""",
    ),
    (
        "09.2",
        "root over the correction of v forgotten",
        """
def eps_hat(theta, grad, t, m=0.0, v=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-7):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    rate = lr * (1 - beta2**t) / (1 - beta1**t)
    return theta - rate * m / (np.sqrt(v) + eps), dict(m=m, v=v)
""",
    ),
    (
        "09.2",
        "correction upside down",
        """
def eps_hat(theta, grad, t, m=0.0, v=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-7):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    rate = lr * (1 - beta1**t) / np.sqrt(1 - beta2**t)
    return theta - rate * m / (np.sqrt(v) + eps), dict(m=m, v=v)
""",
    ),
    (
        "09.2",
        "betas swapped in the rate",
        """
def eps_hat(theta, grad, t, m=0.0, v=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-7):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    rate = lr * np.sqrt(1 - beta1**t) / (1 - beta2**t)
    return theta - rate * m / (np.sqrt(v) + eps), dict(m=m, v=v)
""",
    ),
    (
        "09.2",
        "m corrected twice: m hat and the rate",
        """
def eps_hat(theta, grad, t, m=0.0, v=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-7):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t)
    rate = lr * np.sqrt(1 - beta2**t) / (1 - beta1**t)
    return theta - rate * m_hat / (np.sqrt(v) + eps), dict(m=m, v=v)
""",
    ),
    (
        "09.2",
        "no correction of m",
        """
def eps_hat(theta, grad, t, m=0.0, v=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-7):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    return theta - lr * np.sqrt(1 - beta2**t) * m / (np.sqrt(v) + eps), dict(m=m, v=v)
""",
    ),
    (
        "09.2",
        "v not returned",
        """
def eps_hat(theta, grad, t, m=0.0, v=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-7):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    rate = lr * np.sqrt(1 - beta2**t) / (1 - beta1**t)
    return theta - rate * m / (np.sqrt(v) + eps), dict(g=g, m=m, rate=rate)
""",
    ),
    (
        "09.2",
        "eps written in",
        """
def eps_hat(theta, grad, t, m=0.0, v=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-7):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    rate = lr * np.sqrt(1 - beta2**t) / (1 - beta1**t)
    return theta - rate * m / (np.sqrt(v) + 1e-7), dict(m=m, v=v)
""",
    ),
    (
        "09.2",
        "slope not squared in v",
        """
def eps_hat(theta, grad, t, m=0.0, v=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-7):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * abs(g)
    rate = lr * (1 - beta2**t) ** 0.5 / (1 - beta1**t)
    return theta - rate * m / (v**0.5 + eps), dict(m=m, v=v)
""",
    ),
    (
        "09.2",
        "t - 1 in the powers (division by zero), uphill; two slips",
        """
def eps_hat(theta, grad, t, m=0.0, v=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-7):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    rate = lr * np.sqrt(1 - beta2 ** (t - 1)) / (1 - beta1 ** (t - 1))
    return theta + rate * m / (np.sqrt(v) + eps), dict(m=m, v=v)
""",
    ),
    (
        "09.2",
        "eps times the correction of v: undoes the hat; no root there: two slips",
        """
def eps_hat(theta, grad, t, m=0.0, v=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-7):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    c = 1 - beta2**t
    rate = lr * np.sqrt(c) / (1 - beta1**t)
    return theta - rate * m / (np.sqrt(v) + c * eps), dict(m=m, v=v)
""",
    ),
    (
        "09.2",
        "beta_1 for beta1 (NameError)",
        """
def eps_hat(theta, grad, t, m=0.0, v=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-7):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    rate = lr * np.sqrt(1 - beta_2**t) / (1 - beta_1**t)
    return theta - rate * m / (np.sqrt(v) + eps), dict(m=m, v=v)
""",
    ),
    # 09.3
    (
        "09.3",
        "beta1 to the power t, as for a constant one",
        """
def any_beta1(theta, grad, t, m=0.0, v=0.0, w=1.0, *, lr=0.01, beta1=0.9, beta2=0.999):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    w = beta1**t
    m_hat, v_hat = m / (1 - w), v / (1 - beta2**t)
    return theta - lr * m_hat / (np.sqrt(v_hat) + 1e-8), dict(m=m, v=v, w=w)
""",
    ),
    (
        "09.3",
        "w not returned",
        """
def any_beta1(theta, grad, t, m=0.0, v=0.0, w=1.0, *, lr=0.01, beta1=0.9, beta2=0.999):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    w = w * beta1
    m_hat, v_hat = m / (1 - w), v / (1 - beta2**t)
    return theta - lr * m_hat / (np.sqrt(v_hat) + 1e-8), dict(m=m, v=v)
""",
    ),
    (
        "09.3",
        "w taken before it is brought up to date (division by zero)",
        """
def any_beta1(theta, grad, t, m=0.0, v=0.0, w=1.0, *, lr=0.01, beta1=0.9, beta2=0.999):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - w), v / (1 - beta2**t)
    w = beta1 * w
    return theta - lr * m_hat / (np.sqrt(v_hat) + 1e-8), dict(m=m, v=v, w=w)
""",
    ),
    (
        "09.3",
        "multiplies 1 - beta1 together",
        """
def any_beta1(theta, grad, t, m=0.0, v=0.0, w=1.0, *, lr=0.01, beta1=0.9, beta2=0.999):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    w = (1 - beta1) * w
    m_hat, v_hat = m / (1 - w), v / (1 - beta2**t)
    return theta - lr * m_hat / (np.sqrt(v_hat) + 1e-8), dict(m=m, v=v, w=w)
""",
    ),
    (
        "09.3",
        "divides by w, not by 1 - w",
        """
def any_beta1(theta, grad, t, m=0.0, v=0.0, w=1.0, *, lr=0.01, beta1=0.9, beta2=0.999):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    w = beta1 * w
    m_hat, v_hat = m / w, v / (1 - beta2**t)
    return theta - lr * m_hat / (np.sqrt(v_hat) + 1e-8), dict(m=m, v=v, w=w)
""",
    ),
    (
        "09.3",
        "v corrected by w, too",
        """
def any_beta1(theta, grad, t, m=0.0, v=0.0, w=1.0, *, lr=0.01, beta1=0.9, beta2=0.999):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    w = beta1 * w
    m_hat, v_hat = m / (1 - w), v / (1 - w)
    return theta - lr * m_hat / (np.sqrt(v_hat) + 1e-8), dict(m=m, v=v, w=w)
""",
    ),
    (
        "09.3",
        "beta2 multiplied into w",
        """
def any_beta1(theta, grad, t, m=0.0, v=0.0, w=1.0, *, lr=0.01, beta1=0.9, beta2=0.999):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    w = beta2 * w
    m_hat, v_hat = m / (1 - w), v / (1 - beta2**t)
    return theta - lr * m_hat / (np.sqrt(v_hat) + 1e-8), dict(m=m, v=v, w=w)
""",
    ),
    (
        "09.3",
        "w raised to the power t on top",
        """
def any_beta1(theta, grad, t, m=0.0, v=0.0, w=1.0, *, lr=0.01, beta1=0.9, beta2=0.999):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    w = w * beta1
    m_hat = m / (1 - w**t)
    v_hat = v / (1 - beta2**t)
    return theta - lr * m_hat / (np.sqrt(v_hat) + 1e-8), dict(m=m, v=v, w=w)
""",
    ),
    (
        "09.3",
        "corrected m goes back as the state",
        """
def any_beta1(theta, grad, t, m=0.0, v=0.0, w=1.0, *, lr=0.01, beta1=0.9, beta2=0.999):
    g = grad(theta)
    v = beta2 * v + (1 - beta2) * g**2
    w = beta1 * w
    m = (beta1 * m + (1 - beta1) * g) / (1 - w)
    v_hat = v / (1 - beta2**t)
    return theta - lr * m / (np.sqrt(v_hat) + 1e-8), dict(m=m, v=v, w=w)
""",
    ),
    (
        "09.3",
        "w returned under the name product",
        """
def any_beta1(theta, grad, t, m=0.0, v=0.0, w=1.0, *, lr=0.01, beta1=0.9, beta2=0.999):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    product = beta1 * w
    step = lr * (m / (1 - product)) / (np.sqrt(v / (1 - beta2**t)) + 1e-8)
    return theta - step, dict(m=m, v=v, product=product)
""",
    ),
    (
        "09.3",
        "beta1 written in as 0.9",
        """
def any_beta1(theta, grad, t, m=0.0, v=0.0, w=1.0, *, lr=0.01, beta1=0.9, beta2=0.999):
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = beta2 * v + (1 - beta2) * g**2
    w = 0.9 * w
    m_hat, v_hat = m / (1 - w), v / (1 - beta2**t)
    return theta - lr * m_hat / (np.sqrt(v_hat) + 1e-8), dict(m=m, v=v, w=w)
""",
    ),
    (
        "09.3",
        "adds the betas up, and no correction of v; two slips",
        """
def any_beta1(theta, grad, t, m=0.0, v=0.0, w=1.0, *, lr=0.01, beta1=0.9, beta2=0.999):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    w = w + beta1
    m_hat = m / (1 - (w / (t + 1)) ** t)
    return theta - lr * m_hat / (np.sqrt(v) + 1e-8), dict(m=m, v=v, w=w)
""",
    ),
    (
        "09.3",
        "asks the dict for w before it is there (NameError)",
        """
def any_beta1(theta, grad, t, m=0.0, v=0.0, w=1.0, *, lr=0.01, beta1=0.9, beta2=0.999):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    w = beta1 * state["w"]
    m_hat, v_hat = m / (1 - w), v / (1 - beta2**t)
    return theta - lr * m_hat / (np.sqrt(v_hat) + 1e-8), dict(m=m, v=v, w=w)
""",
    ),
    (
        "09.3",
        "eps left out, w to the old beta only; two slips",
        """
def any_beta1(theta, grad, t, m=0.0, v=0.0, w=1.0, *, lr=0.01, beta1=0.9, beta2=0.999):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    w = beta1
    return theta - lr * m / (1 - w) / np.sqrt(v / (1 - beta2**t)), dict(m=m, v=v, w=w)
""",
    ),
]

RIGHT = [
    (
        "09.1",
        "a loop, shape (2, 1)",
        """
m = v = np.zeros(1)
steps = []
for t, g in enumerate([4.0, 0.0], start=1):
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * g**2
    steps.append(0.1 * (m / (1 - 0.9**t)) / np.sqrt(v / (1 - 0.999**t)))
two_steps = np.array(steps)
""",
    ),
    (
        "09.1",
        "three digits, a list",
        """
two_steps = [0.1, 0.067]
""",
    ),
    (
        "09.1",
        "the slope 4 cancelled first",
        """
from math import sqrt
second = 0.1 * (0.09 / 0.19) / sqrt(0.000999 / 0.001999)
two_steps = (0.1, second)
""",
    ),
    (
        "09.2",
        "everything divided out the other way: eps / root of the correction",
        """
def eps_hat(theta, grad, t, m=0.0, v=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-7):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    eps_t = eps / np.sqrt(1 - beta2**t)
    return theta - lr * m_hat / (np.sqrt(v_hat) + eps_t), dict(m=m, v=v, eps_t=eps_t)
""",
    ),
    (
        "09.2",
        "Keras's way of moving the averages",
        """
def eps_hat(theta, grad, t, m=0.0, v=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-7):
    g = grad(theta)
    m = m + (g - m) * (1 - beta1)
    v = v + (np.square(g) - v) * (1 - beta2)
    alpha = lr * (1 - beta2**t) ** 0.5 / (1 - beta1**t)
    return theta - (m * alpha) / (v**0.5 + eps), {"m": m, "v": v, "alpha": alpha}
""",
    ),
    (
        "09.2",
        "in place, on copies of its own",
        """
def eps_hat(theta, grad, t, m=0.0, v=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-7):
    g = grad(theta)
    new_m = np.zeros_like(g, dtype=float) + m
    new_v = np.zeros_like(g, dtype=float) + v
    new_m *= beta1
    new_m += (1 - beta1) * g
    new_v *= beta2
    new_v += (1 - beta2) * g * g
    c1, c2 = 1 - beta1**t, 1 - beta2**t
    step = lr * np.sqrt(c2) / c1 * new_m / (np.sqrt(new_v) + eps)
    return theta - step, dict(g=g, m=new_m, v=new_v, step=step)
""",
    ),
    (
        "09.3",
        "w updated first, step named",
        """
def any_beta1(theta, grad, t, m=0.0, v=0.0, w=1.0, *, lr=0.01, beta1=0.9, beta2=0.999):
    w = w * beta1
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    step = lr * m / (1 - w) / (np.sqrt(v / (1 - beta2**t)) + 1e-8)
    return theta - step, dict(g=g, m=m, v=v, w=w, step=step)
""",
    ),
    (
        "09.3",
        "the weight of the slopes instead of the zero's: 1 - w",
        """
def any_beta1(theta, grad, t, m=0.0, v=0.0, w=1.0, *, lr=0.01, beta1=0.9, beta2=0.999):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    filled = beta1 * (1 - w) + (1 - beta1)
    v = beta2 * v + (1 - beta2) * g**2
    v_hat = v / (1 - beta2**t)
    return theta - lr * (m / filled) / (v_hat**0.5 + 1e-8), dict(m=m, v=v, w=1 - filled)
""",
    ),
    (
        "09.3",
        "corrected average kept beside the state as an extra term",
        """
def any_beta1(theta, grad, t, m=0.0, v=0.0, w=1.0, *, lr=0.01, beta1=0.9, beta2=0.999):
    g = grad(theta)
    terms = dict(
        m=m + (1 - beta1) * (g - m), v=v + (1 - beta2) * (g * g - v), w=w * beta1, g=g
    )
    terms["m_hat"] = terms["m"] / (1 - terms["w"])
    terms["v_hat"] = terms["v"] / (1 - beta2**t)
    root = np.sqrt(terms["v_hat"])
    return theta - lr * terms["m_hat"] / (root + 1e-8), terms
""",
    ),
    (
        "09.3",
        "w by logarithms",
        """
def any_beta1(theta, grad, t, m=0.0, v=0.0, w=1.0, *, lr=0.01, beta1=0.9, beta2=0.999):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * np.multiply(g, g)
    w = np.exp(np.log(w) + np.log(beta1))
    m_hat, v_hat = m / (1 - w), v / (1 - beta2**t)
    return theta - np.divide(lr * m_hat, np.sqrt(v_hat) + 1e-8), {"m": m, "v": v, "w": w}
""",
    ),
]
