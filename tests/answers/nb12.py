"""Students' answers to notebook 12."""

WRONG = [
    # 12.1
    (
        "12.1",
        "Adam's first step",
        """
first_step = 1
""",
    ),
    (
        "12.1",
        "beta1 = 0.9 of the text",
        """
first_step = 0.9 * 0.1 / 0.19 + 1
""",
    ),
    (
        "12.1",
        "first correction not shifted to t + 1",
        """
first_step = 0.5 * 0.5 / (1 - 0.5) + 0.5 / (1 - 0.5)
""",
    ),
    (
        "12.1",
        "no corrections",
        """
first_step = 0.5 * 0.5 + 0.5
""",
    ),
    (
        "12.1",
        "only the momentum part",
        """
first_step = 0.25 / 0.75
""",
    ),
    (
        "12.1",
        "second part not corrected",
        """
first_step = 0.25 / 0.75 + 0.5
""",
    ),
    (
        "12.1",
        "m hat in place of m in the first part",
        """
first_step = 0.5 * 1 / 0.75 + 1
""",
    ),
    (
        "12.1",
        "shifted by two steps",
        """
b = 0.5
first_step = b * (1 - b) / (1 - b**3) + 1
""",
    ),
    (
        "12.1",
        "beta1 = 0.9, and the first correction not shifted; two slips",
        """
first_step = 0.9 * 0.1 / (1 - 0.9) + 1
""",
    ),
    (
        "12.1",
        "rounded to a whole number",
        """
first_step = round(4 / 3)
""",
    ),
    (
        "12.1",
        "per cent",
        """
first_step = 133.3
""",
    ),
    (
        "12.1",
        "a string",
        """
first_step = "4/3"
""",
    ),
    (
        "12.1",
        "minus, and both corrections with t = 1; two slips",
        """
first_step = -(0.25 / 0.5 + 0.5 / 0.5)
""",
    ),
    # 12.2
    (
        "12.2",
        "plain Adamax",
        """
def nadamax(theta, grad, t, m=0.0, u=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(beta2 * u, np.abs(g))
    m_hat = m / (1 - beta1**t)
    return theta - lr * m_hat / (u + eps), dict(m=m, u=u)
""",
    ),
    (
        "12.2",
        "both parts corrected by t",
        """
def nadamax(theta, grad, t, m=0.0, u=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(beta2 * u, np.abs(g))
    m_tilde = (beta1 * m + (1 - beta1) * g) / (1 - beta1**t)
    return theta - lr * m_tilde / (u + eps), dict(m=m, u=u)
""",
    ),
    (
        "12.2",
        "both parts corrected by t + 1",
        """
def nadamax(theta, grad, t, m=0.0, u=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(beta2 * u, np.abs(g))
    c = 1 - beta1 ** (t + 1)
    m_tilde = beta1 * m / c + (1 - beta1) * g / c
    return theta - lr * m_tilde / (u + eps), dict(m=m, u=u)
""",
    ),
    (
        "12.2",
        "precedence: beta1 ** t + 1",
        """
def nadamax(theta, grad, t, m=0.0, u=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(beta2 * u, np.abs(g))
    m_tilde = beta1 * m / (1 - beta1 ** t + 1) + (1 - beta1) * g / (1 - beta1 ** t)
    return theta - lr * m_tilde / (u + eps), dict(m=m, u=u)
""",
    ),
    (
        "12.2",
        "u corrected as a v would be",
        """
def nadamax(theta, grad, t, m=0.0, u=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(beta2 * u, np.abs(g))
    m_tilde = beta1 * m / (1 - beta1 ** (t + 1)) + (1 - beta1) * g / (1 - beta1**t)
    u_hat = u / (1 - beta2**t)
    return theta - lr * m_tilde / (u_hat + eps), dict(m=m, u=u)
""",
    ),
    (
        "12.2",
        "root over u, and u corrected; two slips",
        """
def nadamax(theta, grad, t, m=0.0, u=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(beta2 * u, np.abs(g))
    m_tilde = beta1 * m / (1 - beta1 ** (t + 1)) + (1 - beta1) * g / (1 - beta1**t)
    return theta - lr * m_tilde / (np.sqrt(u / (1 - beta2**t)) + eps), dict(m=m, u=u)
""",
    ),
    (
        "12.2",
        "old m in the first part: Adam's m hat split in two",
        """
def nadamax(theta, grad, t, m=0.0, u=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    ahead = beta1 * m / (1 - beta1 ** (t + 1)) + (1 - beta1) * g / (1 - beta1**t)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(beta2 * u, np.abs(g))
    return theta - lr * ahead / (u + eps), dict(m=m, u=u)
""",
    ),
    (
        "12.2",
        "m tilde goes back as the state m",
        """
def nadamax(theta, grad, t, m=0.0, u=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(beta2 * u, np.abs(g))
    m = beta1 * m / (1 - beta1 ** (t + 1)) + (1 - beta1) * g / (1 - beta1**t)
    return theta - lr * m / (u + eps), dict(m=m, u=u)
""",
    ),
    (
        "12.2",
        "Nadam's own divisor, the maximum forgotten",
        """
def nadamax(theta, grad, t, m=0.0, u=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = beta2 * u + (1 - beta2) * g**2
    m_tilde = beta1 * m / (1 - beta1 ** (t + 1)) + (1 - beta1) * g / (1 - beta1**t)
    u_hat = u / (1 - beta2**t)
    return theta - lr * m_tilde / (np.sqrt(u_hat) + eps), dict(m=m, u=u)
""",
    ),
    (
        "12.2",
        "asks for the slope ahead as well: Nesterov twice",
        """
def nadamax(theta, grad, t, m=0.0, u=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta - lr * beta1 * m)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(beta2 * u, np.abs(g))
    m_tilde = beta1 * m / (1 - beta1 ** (t + 1)) + (1 - beta1) * g / (1 - beta1**t)
    return theta - lr * m_tilde / (u + eps), dict(m=m, u=u)
""",
    ),
    (
        "12.2",
        "1 - beta1 dropped from the slope's share",
        """
def nadamax(theta, grad, t, m=0.0, u=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(beta2 * u, np.abs(g))
    m_tilde = beta1 * m / (1 - beta1 ** (t + 1)) + g / (1 - beta1**t)
    return theta - lr * m_tilde / (u + eps), dict(m=m, u=u)
""",
    ),
    (
        "12.2",
        "shares swapped, and u not returned; two slips",
        """
def nadamax(theta, grad, t, m=0.0, u=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(beta2 * u, np.abs(g))
    m_tilde = (1 - beta1) * m / (1 - beta1 ** (t + 1)) + beta1 * g / (1 - beta1**t)
    return theta - lr * m_tilde / (u + eps), dict(g=g, m=m)
""",
    ),
    (
        "12.2",
        "np.maximum of one argument (TypeError)",
        """
def nadamax(theta, grad, t, m=0.0, u=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum([beta2 * u, np.abs(g)])
    m_tilde = beta1 * m / (1 - beta1 ** (t + 1)) + (1 - beta1) * g / (1 - beta1**t)
    return theta - lr * m_tilde / (u + eps), dict(m=m, u=u)
""",
    ),
    (
        "12.2",
        "dropped star: beta1(...) is a call (TypeError)",
        """
def nadamax(theta, grad, t, m=0.0, u=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(beta2 * u, np.abs(g))
    m_tilde = beta1(m / (1 - beta1 ** (t + 1))) + (1 - beta1) * g / (1 - beta1**t)
    return theta - lr * m_tilde / (u + eps), dict(m=m, u=u)
""",
    ),
    # 12.3
    (
        "12.3",
        "slopes at the params, no lookahead",
        """
def train(optimizer, params, slopes, steps):
    for _ in range(steps):
        params = optimizer.update(params, slopes(params))
    return params
""",
    ),
    (
        "12.3",
        "return inside the loop: one step",
        """
def train(optimizer, params, slopes, steps):
    for _ in range(steps):
        grads = slopes(optimizer.lookahead(params))
        params = optimizer.update(params, grads)
        return params
""",
    ),
    (
        "12.3",
        "does not keep what update returns",
        """
def train(optimizer, params, slopes, steps):
    for _ in range(steps):
        grads = slopes(optimizer.lookahead(params))
        optimizer.update(params, grads)
    return params
""",
    ),
    (
        "12.3",
        "keeps it under a name that the loop never uses",
        """
def train(optimizer, params, slopes, steps):
    new = params
    for _ in range(steps):
        grads = slopes(optimizer.lookahead(params))
        new = optimizer.update(params, grads)
    return new
""",
    ),
    (
        "12.3",
        "walks on from the lookahead point",
        """
def train(optimizer, params, slopes, steps):
    for _ in range(steps):
        params = optimizer.lookahead(params)
        params = optimizer.update(params, slopes(params))
    return params
""",
    ),
    (
        "12.3",
        "one step short",
        """
def train(optimizer, params, slopes, steps):
    for step in range(1, steps):
        grads = slopes(optimizer.lookahead(params))
        params = optimizer.update(params, grads)
    return params
""",
    ),
    (
        "12.3",
        "slopes asked once, before the loop",
        """
def train(optimizer, params, slopes, steps):
    points = optimizer.lookahead(params)
    grads = slopes(points)
    for _ in range(steps):
        params = optimizer.update(params, grads)
    return params
""",
    ),
    (
        "12.3",
        "returns all the params on the way",
        """
def train(optimizer, params, slopes, steps):
    path = [params]
    for _ in range(steps):
        grads = slopes(optimizer.lookahead(path[-1]))
        path.append(optimizer.update(path[-1], grads))
    return path
""",
    ),
    (
        "12.3",
        "forgot to return",
        """
def train(optimizer, params, slopes, steps):
    for _ in range(steps):
        points = optimizer.lookahead(params)
        grads = slopes(points)
        params = optimizer.update(params, grads)
""",
    ),
    (
        "12.3",
        "plain gradient descent in place, the optimizer unused",
        """
def train(optimizer, params, slopes, steps):
    for _ in range(steps):
        grads = slopes(params)
        for k in params:
            params[k] -= 0.01 * grads[k]
    return params
""",
    ),
    (
        "12.3",
        "arguments of update swapped",
        """
def train(optimizer, params, slopes, steps):
    for _ in range(steps):
        grads = slopes(optimizer.lookahead(params))
        params = optimizer.update(grads, params)
    return params
""",
    ),
    (
        "12.3",
        "step() as in PyTorch, no lookahead (AttributeError); two slips",
        """
def train(optimizer, params, slopes, steps):
    for _ in range(steps):
        optimizer.zero_grad()
        grads = slopes(params)
        params = optimizer.step(params, grads)
    return params
""",
    ),
    (
        "12.3",
        "lookahead of the wrong thing, and one step too many; two slips",
        """
def train(optimizer, params, slopes, steps):
    for _ in range(steps + 1):
        grads = optimizer.lookahead(slopes(params))
        params = optimizer.update(params, grads)
    return params
""",
    ),
]

RIGHT = [
    (
        "12.1",
        "a Fraction",
        """
from fractions import Fraction
b = Fraction(1, 2)
first_step = b * (1 - b) / (1 - b**2) + (1 - b) / (1 - b)
""",
    ),
    (
        "12.1",
        "rounded to three decimals",
        """
first_step = 1.333
""",
    ),
    (
        "12.1",
        "general formula 1 + b/(1 + b), shape (1,)",
        """
beta1 = np.array([0.5])
first_step = 1 + beta1 / (1 + beta1)
""",
    ),
    (
        "12.2",
        "the two parts named, extra terms",
        """
def nadamax(theta, grad, t, m=0.0, u=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(beta2 * u, abs(g))
    carried = beta1 / (1 - beta1 ** (t + 1)) * m
    fresh = (1 - beta1) / (1 - beta1**t) * g
    step = lr * (carried + fresh) / (u + eps)
    return theta - step, dict(g=g, m=m, u=u, carried=carried, fresh=fresh, step=step)
""",
    ),
    (
        "12.2",
        "a helper for the correction, np.where for the maximum",
        """
def nadamax(theta, grad, t, m=0.0, u=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8):
    filled = lambda k: 1 - beta1**k
    g = grad(theta)
    m = m + (1 - beta1) * (g - m)
    faded = beta2 * u
    u = np.where(np.abs(g) > faded, np.abs(g), faded)
    m_tilde = beta1 * m / filled(t + 1) + (1 - beta1) * g / filled(t)
    return theta - lr * m_tilde / (u + eps), {"m": m, "u": u, "m_tilde": m_tilde}
""",
    ),
    (
        "12.2",
        "in place, on arrays of its own, np.fmax",
        """
def nadamax(theta, grad, t, m=0.0, u=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    a = np.zeros_like(g, dtype=float)
    a += m
    a *= beta1
    a += (1 - beta1) * g
    roof = np.fmax(np.abs(g), beta2 * u)
    tilde = a * beta1
    tilde /= 1 - beta1 ** (t + 1)
    tilde += (1 - beta1) * g / (1 - beta1**t)
    return theta - lr * tilde / (roof + eps), dict(m=a, u=roof)
""",
    ),
    (
        "12.3",
        "while loop with a counter, working copy of the dict",
        """
def train(optimizer, params, slopes, steps):
    current, done = dict(params), 0
    while done < steps:
        points = optimizer.lookahead(current)
        current = optimizer.update(current, slopes(points))
        done += 1
    return current
""",
    ),
    (
        "12.3",
        "recursive",
        """
def train(optimizer, params, slopes, steps):
    if steps == 0:
        return params
    params = optimizer.update(params, slopes(optimizer.lookahead(params)))
    return train(optimizer, params, slopes, steps - 1)
""",
    ),
    (
        "12.3",
        "functools.reduce",
        """
from functools import reduce

def train(optimizer, params, slopes, steps):
    one = lambda p, _: optimizer.update(p, slopes(optimizer.lookahead(p)))
    return reduce(one, range(steps), params)
""",
    ),
    (
        "12.3",
        "a generator of params, the last one returned",
        """
def train(optimizer, params, slopes, steps):
    def walk(p):
        yield p
        for _ in range(steps):
            p = optimizer.update(p, slopes(optimizer.lookahead(p)))
            yield p

    *_, last = walk(params)
    return last
""",
    ),
]
