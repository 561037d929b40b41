"""Students' answers to notebook 11."""

WRONG = [
    # 11.1
    (
        "11.1",
        "no maximum: Adam's v",
        """
v, out = 0.0, []
for g in (4, 0, 2, -6):
    v = 0.75 * v + 0.25 * g**2
    out.append(g / np.sqrt(v))
four_steps = out
""",
    ),
    (
        "11.1",
        "beta2 and 1 - beta2 swapped",
        """
v, top, out = 0.0, 0.0, []
for g in (4, 0, 2, -6):
    v = 0.25 * v + 0.75 * g**2
    top = max(top, v)
    out.append(g / np.sqrt(top))
four_steps = tuple(out)
""",
    ),
    (
        "11.1",
        "no root",
        """
four_steps = (4 / 4, 0, 2 / 4, -6 / 11.4375)
""",
    ),
    (
        "11.1",
        "sign of the last step",
        """
four_steps = (2.0, 0.0, 1.0, 1.774)
""",
    ),
    (
        "11.1",
        "corrected for the start at zero, as (5)",
        """
top = np.array([4, 4, 4, 11.4375])
t = np.arange(1, 5)
g = np.array([4, 0, 2, -6])
four_steps = g / np.sqrt(top / (1 - 0.75**t))
""",
    ),
    (
        "11.1",
        "maximum put back into v",
        """
v, out = 0.0, []
for g in [4, 0, 2, -6]:
    v = max(v, 0.75 * v + 0.25 * g**2)
    out.append(g / v**0.5)
four_steps = out
""",
    ),
    (
        "11.1",
        "running total of the steps",
        """
four_steps = np.cumsum([2, 0, 1, -1.774])
""",
    ),
    (
        "11.1",
        "maximum of the squared slopes themselves",
        """
g = np.array([4.0, 0, 2, -6])
four_steps = g / np.sqrt(np.maximum.accumulate(g**2))
""",
    ),
    (
        "11.1",
        "Adagrad's sum",
        """
g = np.array([4.0, 0, 2, -6])
four_steps = list(g / np.sqrt(np.cumsum(g**2)))
""",
    ),
    (
        "11.1",
        "rounded to whole numbers",
        """
four_steps = (2, 0, 1, -2)
""",
    ),
    (
        "11.1",
        "gives v_max, not the steps",
        """
four_steps = (4, 4, 4, 11.4375)
""",
    ),
    (
        "11.1",
        "minus from (6) put in, and no maximum; two slips",
        """
four_steps = (-2.0, 0.0, -2 / np.sqrt(3.25), 6 / np.sqrt(11.4375))
""",
    ),
    (
        "11.1",
        "list has no sqrt (AttributeError)",
        """
v_max = [4, 4, 4, 11.4375]
four_steps = [4, 0, 2, -6] / v_max.sqrt()
""",
    ),
    # 11.2
    (
        "11.2",
        "corrects after the maximum: PyTorch's order",
        """
def optax_amsgrad(theta, grad, t, m=0.0, v=0.0, v_max=0.0, *, lr=0.01, beta2=0.999):
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = beta2 * v + (1 - beta2) * g**2
    v_max = np.maximum(v_max, v)
    m_hat, v_hat = m / (1 - 0.9**t), v_max / (1 - beta2**t)
    return theta - lr * m_hat / (np.sqrt(v_hat) + 1e-8), dict(m=m, v=v, v_max=v_max)
""",
    ),
    (
        "11.2",
        "corrected v goes back into the average",
        """
def optax_amsgrad(theta, grad, t, m=0.0, v=0.0, v_max=0.0, *, lr=0.01, beta2=0.999):
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = beta2 * v + (1 - beta2) * g**2
    v = v / (1 - beta2**t)
    v_max = np.maximum(v_max, v)
    step = lr * m / (1 - 0.9**t) / (np.sqrt(v_max) + 1e-8)
    return theta - step, dict(m=m, v=v, v_max=v_max)
""",
    ),
    (
        "11.2",
        "v_max not returned",
        """
def optax_amsgrad(theta, grad, t, m=0.0, v=0.0, v_max=0.0, *, lr=0.01, beta2=0.999):
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = beta2 * v + (1 - beta2) * g**2
    v_max = np.maximum(v_max, v / (1 - beta2**t))
    step = lr * m / (1 - 0.9**t) / (np.sqrt(v_max) + 1e-8)
    return theta - step, dict(m=m, v=v)
""",
    ),
    (
        "11.2",
        "v_max returned as vmax",
        """
def optax_amsgrad(theta, grad, t, m=0.0, v=0.0, v_max=0.0, *, lr=0.01, beta2=0.999):
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = beta2 * v + (1 - beta2) * g**2
    vmax = np.maximum(v_max, v / (1 - beta2**t))
    step = lr * m / (1 - 0.9**t) / (np.sqrt(vmax) + 1e-8)
    return theta - step, {"m": m, "v": v, "vmax": vmax}
""",
    ),
    (
        "11.2",
        "m not corrected",
        """
def optax_amsgrad(theta, grad, t, m=0.0, v=0.0, v_max=0.0, *, lr=0.01, beta2=0.999):
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = beta2 * v + (1 - beta2) * g**2
    v_max = np.maximum(v_max, v / (1 - beta2**t))
    return theta - lr * m / (np.sqrt(v_max) + 1e-8), dict(m=m, v=v, v_max=v_max)
""",
    ),
    (
        "11.2",
        "v not corrected: the chapter's order",
        """
def optax_amsgrad(theta, grad, t, m=0.0, v=0.0, v_max=0.0, *, lr=0.01, beta2=0.999):
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = beta2 * v + (1 - beta2) * g**2
    v_max = np.maximum(v_max, v)
    step = lr * m / (1 - 0.9**t) / (np.sqrt(v_max) + 1e-8)
    return theta - step, dict(m=m, v=v, v_max=v_max)
""",
    ),
    (
        "11.2",
        "corrected before and after",
        """
def optax_amsgrad(theta, grad, t, m=0.0, v=0.0, v_max=0.0, *, lr=0.01, beta2=0.999):
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = beta2 * v + (1 - beta2) * g**2
    fix = 1 - beta2**t
    v_max = np.maximum(v_max, v / fix)
    step = lr * m / (1 - 0.9**t) / (np.sqrt(v_max / fix) + 1e-8)
    return theta - step, dict(m=m, v=v, v_max=v_max)
""",
    ),
    (
        "11.2",
        "minimum for maximum",
        """
def optax_amsgrad(theta, grad, t, m=0.0, v=0.0, v_max=0.0, *, lr=0.01, beta2=0.999):
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = beta2 * v + (1 - beta2) * g**2
    v_max = np.minimum(v_max, v / (1 - beta2**t))
    step = lr * m / (1 - 0.9**t) / (np.sqrt(v_max) + 1e-8)
    return theta - step, dict(m=m, v=v, v_max=v_max)
""",
    ),
    (
        "11.2",
        "beta2 written in as 0.999",
        """
def optax_amsgrad(theta, grad, t, m=0.0, v=0.0, v_max=0.0, *, lr=0.01, beta2=0.999):
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * g**2
    v_max = np.maximum(v_max, v / (1 - 0.999**t))
    step = lr * m / (1 - 0.9**t) / (np.sqrt(v_max) + 1e-8)
    return theta - step, dict(m=m, v=v, v_max=v_max)
""",
    ),
    (
        "11.2",
        "largest of all coordinates",
        """
def optax_amsgrad(theta, grad, t, m=0.0, v=0.0, v_max=0.0, *, lr=0.01, beta2=0.999):
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = beta2 * v + (1 - beta2) * g**2
    v_max = max(v_max, np.max(v / (1 - beta2**t)))
    step = lr * m / (1 - 0.9**t) / (np.sqrt(v_max) + 1e-8)
    return theta - step, dict(m=m, v=v, v_max=v_max)
""",
    ),
    (
        "11.2",
        "beta2 times t, and the state v_max put into v; two slips",
        """
def optax_amsgrad(theta, grad, t, m=0.0, v=0.0, v_max=0.0, *, lr=0.01, beta2=0.999):
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = beta2 * v + (1 - beta2) * g**2
    v_max = np.maximum(v_max, v / abs(1 - beta2 * t))
    step = lr * m / (1 - 0.9**t) / (np.sqrt(v_max) + 1e-8)
    return theta - step, dict(m=m, v=v_max, v_max=v_max)
""",
    ),
    (
        "11.2",
        "beta1 is not there (NameError)",
        """
def optax_amsgrad(theta, grad, t, m=0.0, v=0.0, v_max=0.0, *, lr=0.01, beta2=0.999):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    v_max = np.maximum(v_max, v / (1 - beta2**t))
    step = lr * m / (1 - beta1**t) / (np.sqrt(v_max) + 1e-8)
    return theta - step, dict(m=m, v=v, v_max=v_max)
""",
    ),
    (
        "11.2",
        "no root, only theta returned; two slips",
        """
def optax_amsgrad(theta, grad, t, m=0.0, v=0.0, v_max=0.0, *, lr=0.01, beta2=0.999):
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = beta2 * v + (1 - beta2) * g**2
    v_max = np.maximum(v_max, v / (1 - beta2**t))
    return theta - lr * m / (1 - 0.9**t) / (v_max + 1e-8)
""",
    ),
    # 11.3
    (
        "11.3",
        "the new square counts fully",
        """
def adam_nc(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    beta2 = 1 - 1 / t
    m = 0.9 * m + 0.1 * g
    v = beta2 * v + g**2
    return theta - lr * m / np.sqrt(v), dict(m=m, v=v)
""",
    ),
    (
        "11.3",
        "t + 1 for t",
        """
def adam_nc(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    beta2 = 1 - 1 / (t + 1)
    m = 0.9 * m + 0.1 * g
    v = beta2 * v + (1 - beta2) * g**2
    return theta - lr * m / np.sqrt(v), dict(m=m, v=v)
""",
    ),
    (
        "11.3",
        "1/t kept of the old: shares swapped",
        """
def adam_nc(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    b2 = 1 / t
    m = 0.9 * m + 0.1 * g
    v = b2 * v + (1 - b2) * g**2 if t > 1 else g**2
    return theta - lr * m / np.sqrt(v), dict(m=m, v=v)
""",
    ),
    (
        "11.3",
        "bracket: (1 - 1)/t is 0, no memory",
        """
def adam_nc(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    beta2 = (1 - 1) / t
    m = 0.9 * m + 0.1 * g
    v = beta2 * v + (1 - beta2) * g**2
    return theta - lr * m / np.sqrt(v), dict(m=m, v=v)
""",
    ),
    (
        "11.3",
        "integer division: the first square for ever",
        """
def adam_nc(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    beta2 = 1 - 1 // t
    m = 0.9 * m + 0.1 * g
    v = beta2 * v + (1 - beta2) * g**2
    return theta - lr * m / np.sqrt(v), dict(m=m, v=v)
""",
    ),
    (
        "11.3",
        "constant beta2",
        """
def adam_nc(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * g**2
    return theta - lr * m / np.sqrt(v), dict(m=m, v=v)
""",
    ),
    (
        "11.3",
        "m corrected",
        """
def adam_nc(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    beta2 = 1 - 1 / t
    m = 0.9 * m + 0.1 * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - 0.9**t)
    return theta - lr * m_hat / np.sqrt(v), dict(m=m, v=v)
""",
    ),
    (
        "11.3",
        "sum of squares, and no root; two slips",
        """
def adam_nc(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = v + g**2
    return theta - lr * m / v, dict(m=m, v=v)
""",
    ),
    (
        "11.3",
        "sum of squares instead of their mean",
        """
def adam_nc(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = v + g**2
    return theta - lr * m / np.sqrt(v), dict(m=m, v=v)
""",
    ),
    (
        "11.3",
        "maximum kept, which AdamNC does without",
        """
def adam_nc(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    beta2 = 1 - 1 / t
    m = 0.9 * m + 0.1 * g
    v = np.maximum(v, beta2 * v + (1 - beta2) * g**2)
    return theta - lr * m / np.sqrt(v), dict(m=m, v=v)
""",
    ),
    (
        "11.3",
        "m not returned",
        """
def adam_nc(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    beta2 = 1 - 1 / t
    m = 0.9 * m + 0.1 * g
    v = beta2 * v + (1 - beta2) * g**2
    return theta - lr * m / np.sqrt(v), dict(g=g, v=v)
""",
    ),
    (
        "11.3",
        "growing beta for m, too, and lr over root t; two slips",
        """
def adam_nc(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    beta = 1 - 1 / t
    m = beta * m + (1 - beta) * g
    v = beta * v + (1 - beta) * g**2
    return theta - lr / np.sqrt(t) * m / np.sqrt(v), dict(m=m, v=v)
""",
    ),
    (
        "11.3",
        "a large eps and 0.1 of the old m; two slips",
        """
def adam_nc(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    beta2 = 1 - 1 / t
    m = 0.1 * m + 0.9 * g
    v = beta2 * v + (1 - beta2) * g**2
    return theta - lr * m / (np.sqrt(v) + 0.1), dict(m=m, v=v)
""",
    ),
    (
        "11.3",
        "v before it is set, misspelt (NameError)",
        """
def adam_nc(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    beta2 = 1 - 1 / t
    m = 0.9 * m + 0.1 * g
    v = beta2 * v_old + (1 - beta2) * g**2
    return theta - lr * m / np.sqrt(v), dict(m=m, v=v)
""",
    ),
]

RIGHT = [
    (
        "11.1",
        "a loop, array of shape (4,)",
        """
v, top, out = 0.0, 0.0, []
for g in (4, 0, 2, -6):
    v = 0.75 * v + 0.25 * g * g
    top = max(top, v)
    out.append(g / top**0.5)
four_steps = np.array(out)
""",
    ),
    (
        "11.1",
        "three digits, a list",
        """
four_steps = [2, 0, 1, -1.77]
""",
    ),
    (
        "11.1",
        "maximum.accumulate, float32",
        """
g = np.array([4, 0, 2, -6])
v = [4, 3, 3.25, 11.4375]
four_steps = (g / np.sqrt(np.maximum.accumulate(v))).astype(np.float32)
""",
    ),
    (
        "11.2",
        "extra terms",
        """
def optax_amsgrad(theta, grad, t, m=0.0, v=0.0, v_max=0.0, *, lr=0.01, beta2=0.999):
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - 0.9**t), v / (1 - beta2**t)
    v_max = np.maximum(v_hat, v_max)
    step = lr * m_hat / (np.sqrt(v_max) + 1e-8)
    terms = dict(g=g, m=m, v=v, v_max=v_max, m_hat=m_hat, v_hat=v_hat, step=step)
    return theta - step, terms
""",
    ),
    (
        "11.2",
        "np.where for the maximum, beta1 named inside",
        """
def optax_amsgrad(theta, grad, t, m=0.0, v=0.0, v_max=0.0, *, lr=0.01, beta2=0.999):
    beta1, eps = 0.9, 1e-8
    g = grad(theta)
    m = m + (1 - beta1) * (g - m)
    v = v + (1 - beta2) * (g * g - v)
    hat = v / (1 - beta2**t)
    v_max = np.where(hat > v_max, hat, v_max)
    return theta - lr * (m / (1 - beta1**t)) / (v_max**0.5 + eps), {"m": m, "v": v, "v_max": v_max}
""",
    ),
    (
        "11.2",
        "maximum taken of the roots",
        """
def optax_amsgrad(theta, grad, t, m=0.0, v=0.0, v_max=0.0, *, lr=0.01, beta2=0.999):
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = beta2 * v + (1 - beta2) * np.square(g)
    root = np.maximum(np.sqrt(v_max), np.sqrt(v / (1 - beta2**t)))
    rate = lr / (1 - 0.9**t) / (root + 1e-8)
    return theta - rate * m, dict(m=m, v=v, v_max=root**2, rate=rate)
""",
    ),
    (
        "11.3",
        "running mean",
        """
def adam_nc(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    m = m + 0.1 * (g - m)
    v = v + (g**2 - v) / t
    return theta - lr * m / np.sqrt(v), dict(g=g, m=m, v=v)
""",
    ),
    (
        "11.3",
        "guard 1e-12 below",
        """
def adam_nc(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    m = 0.9 * m + 0.1 * g
    v = ((t - 1) * v + g**2) / t
    rate = lr / (np.sqrt(v) + 1e-12)
    return theta - rate * m, {"m": m, "v": v, "rate": rate}
""",
    ),
    (
        "11.3",
        "the sum of squares worked out and divided by t",
        """
def adam_nc(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    beta1 = 0.9
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    total = (t - 1) * v + g * g
    step = lr * np.sqrt(t) * m / np.sqrt(total)
    return theta - step, dict(m=m, v=total / t, total=total, step=step)
""",
    ),
    (
        "11.3",
        "in place, on arrays of its own",
        """
def adam_nc(theta, grad, t, m=0.0, v=0.0, *, lr=0.01):
    g = grad(theta)
    beta2 = (t - 1) / t
    a = m + np.zeros_like(g, dtype=float)
    b = v + np.zeros_like(g, dtype=float)
    a *= 0.9
    a += 0.1 * g
    b *= beta2
    b += (1 - beta2) * g**2
    new = theta.copy()
    new -= lr * a / b**0.5
    return new, dict(m=a, v=b)
""",
    ),
]
