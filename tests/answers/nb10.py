"""Students' answers to notebook 10."""

WRONG = [
    # 10.1
    (
        "10.1",
        "rounded down",
        """
steps_to_a_tenth = int(np.log(0.1) / np.log(0.999))
""",
    ),
    (
        "10.1",
        "not a whole number",
        """
steps_to_a_tenth = np.log(0.1) / np.log(0.999)
""",
    ),
    (
        "10.1",
        "a half instead of a tenth, and rounded down; two slips",
        """
steps_to_a_tenth = int(np.log(2) / -np.log(0.999))
""",
    ),
    (
        "10.1",
        "beta1 for beta2",
        """
import math
steps_to_a_tenth = math.ceil(math.log(10) / -math.log(0.9))
""",
    ),
    (
        "10.1",
        "as if u shrank by the root of beta2, like Adam's root",
        """
steps_to_a_tenth = int(np.ceil(np.log(100) / -np.log(0.999)))
""",
    ),
    (
        "10.1",
        "one too many: counts the start",
        """
steps_to_a_tenth = 2303
""",
    ),
    (
        "10.1",
        "falls in a straight line: 0.9/0.001",
        """
steps_to_a_tenth = round(0.9 / (1 - 0.999))
""",
    ),
    (
        "10.1",
        "base-10 logarithm above, natural below",
        """
import math
steps_to_a_tenth = math.ceil(math.log10(10) / -math.log(0.999))
""",
    ),
    (
        "10.1",
        "beta2 of the figure, 0.99",
        """
u, k = 1.0, 0
while u > 0.1:
    u *= 0.99
    k += 1
steps_to_a_tenth = k
""",
    ),
    (
        "10.1",
        "math never imported (NameError)",
        """
steps_to_a_tenth = math.ceil(math.log(0.1, 0.999))
""",
    ),
    (
        "10.1",
        "sign lost",
        """
import math
steps_to_a_tenth = math.floor(math.log(10) / math.log(0.999))
""",
    ),
    (
        "10.1",
        "Adam's squares and rounded down; two slips",
        """
steps_to_a_tenth = int(np.log(0.1) / np.log(0.999**2))
""",
    ),
    (
        "10.1",
        "a string",
        """
steps_to_a_tenth = "2302"
""",
    ),
    # 10.2
    (
        "10.2",
        "eps outside: gdlib's own form",
        """
def inner(theta, grad, t, m=0.0, u=0.0, *, lr=0.002, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(beta2 * u, np.abs(g))
    return theta - lr * m / (1 - beta1**t) / (u + eps), dict(m=m, u=u)
""",
    ),
    (
        "10.2",
        "eps in both places",
        """
def inner(theta, grad, t, m=0.0, u=0.0, *, lr=0.002, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(beta2 * u, np.abs(g) + eps)
    m_hat = m / (1 - beta1**t)
    return theta - lr * m_hat / (u + eps), dict(m=m, u=u)
""",
    ),
    (
        "10.2",
        "eps added to the maximum and kept",
        """
def inner(theta, grad, t, m=0.0, u=0.0, *, lr=0.002, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(beta2 * u, np.abs(g)) + eps
    return theta - lr * m / (1 - beta1**t) / u, dict(m=m, u=u)
""",
    ),
    (
        "10.2",
        "no absolute value",
        """
def inner(theta, grad, t, m=0.0, u=0.0, *, lr=0.002, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(beta2 * u, g + eps)
    return theta - lr * m / (1 - beta1**t) / u, dict(m=m, u=u)
""",
    ),
    (
        "10.2",
        "eps inside the absolute value",
        """
def inner(theta, grad, t, m=0.0, u=0.0, *, lr=0.002, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(beta2 * u, np.abs(g + eps))
    return theta - lr * m / (1 - beta1**t) / u, dict(m=m, u=u)
""",
    ),
    (
        "10.2",
        "beta1 fades u",
        """
def inner(theta, grad, t, m=0.0, u=0.0, *, lr=0.002, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(beta1 * u, np.abs(g) + eps)
    return theta - lr * m / (1 - beta1**t) / u, dict(m=m, u=u)
""",
    ),
    (
        "10.2",
        "u not returned",
        """
def inner(theta, grad, t, m=0.0, u=0.0, *, lr=0.002, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(beta2 * u, np.abs(g) + eps)
    step = lr * m / (1 - beta1**t) / u
    return theta - step, dict(g=g, m=m, step=step)
""",
    ),
    (
        "10.2",
        "u bias-corrected",
        """
def inner(theta, grad, t, m=0.0, u=0.0, *, lr=0.002, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(beta2 * u, np.abs(g) + eps)
    m_hat, u_hat = m / (1 - beta1**t), u / (1 - beta2**t)
    return theta - lr * m_hat / u_hat, dict(m=m, u=u)
""",
    ),
    (
        "10.2",
        "m not corrected",
        """
def inner(theta, grad, t, m=0.0, u=0.0, *, lr=0.002, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(beta2 * u, np.abs(g) + eps)
    return theta - lr * m / u, dict(m=m, u=u)
""",
    ),
    (
        "10.2",
        "maximum over the coordinates, shared by all",
        """
def inner(theta, grad, t, m=0.0, u=0.0, *, lr=0.002, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = max(beta2 * u, np.max(np.abs(g)) + eps)
    return theta - lr * m / (1 - beta1**t) / u, dict(m=m, u=u)
""",
    ),
    (
        "10.2",
        "u never fades, and m not corrected; two slips",
        """
def inner(theta, grad, t, m=0.0, u=0.0, *, lr=0.002, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(u, np.abs(g) + eps)
    return theta - lr * m / u, dict(m=m, u=u)
""",
    ),
    (
        "10.2",
        "corrected m fed back, and a root over u; two slips",
        """
def inner(theta, grad, t, m=0.0, u=0.0, *, lr=0.002, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    m = (beta1 * m + (1 - beta1) * g) / (1 - beta1**t)
    u = np.maximum(beta2 * u, np.abs(g) + eps)
    return theta - lr * m / np.sqrt(u), dict(m=m, u=u)
""",
    ),
    (
        "10.2",
        "np.max with two arrays (TypeError)",
        """
def inner(theta, grad, t, m=0.0, u=0.0, *, lr=0.002, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = np.max(beta2 * u, np.abs(g) + eps)
    return theta - lr * m / (1 - beta1**t) / u, dict(m=m, u=u)
""",
    ),
    (
        "10.2",
        "Python's max on arrays (ValueError)",
        """
def inner(theta, grad, t, m=0.0, u=0.0, *, lr=0.002, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = max(beta2 * u, abs(g) + eps)
    return theta - lr * m / (1 - beta1**t) / u, dict(m=m, u=u)
""",
    ),
    # 10.3
    (
        "10.3",
        "constant gradients",
        """
gradients = [1] * 8
""",
    ),
    (
        "10.3",
        "rising instead of falling",
        """
gradients = [0.9 ** (7 - k) for k in range(8)]
""",
    ),
    (
        "10.3",
        "falls by 0.999, the usual beta2",
        """
gradients = 0.999 ** np.arange(8)
""",
    ),
    (
        "10.3",
        "only seven",
        """
gradients = [0.9**k for k in range(1, 8)]
""",
    ),
    (
        "10.3",
        "nine",
        """
gradients = [0.9**k for k in range(9)]
""",
    ),
    (
        "10.3",
        "one large, then silence",
        """
gradients = [1, 0, 0, 0, 0, 0, 0, 0]
""",
    ),
    (
        "10.3",
        "silence, then one large",
        """
gradients = np.eye(1, 8, 7)[0]
""",
    ),
    (
        "10.3",
        "halves each time, and only seven; two slips",
        """
gradients = [1 / 2**k for k in range(7)]
""",
    ),
    (
        "10.3",
        "signs alternate",
        """
gradients = [(-0.9) ** k for k in range(8)]
""",
    ),
    (
        "10.3",
        "star for the power: 0.9 * k",
        """
gradients = [0.9 * k for k in range(8)]
""",
    ),
    (
        "10.3",
        "the length of the step instead of the gradients",
        """
gradients = 0.1 * 8 / (1 - 0.9**8)
""",
    ),
    (
        "10.3",
        "rounded to one digit",
        """
gradients = [round(0.9**k, 1) for k in range(8)]
""",
    ),
    (
        "10.3",
        "rises, and a running total; two slips",
        """
gradients = np.cumsum([0.9**k for k in range(8)])
""",
    ),
]

RIGHT = [
    (
        "10.1",
        "a loop, multiplied out",
        """
u, k = 1.0, 0
while u > 0.1:
    u = 0.999 * u
    k += 1
steps_to_a_tenth = k
""",
    ),
    (
        "10.1",
        "np.ceil: a float that is whole",
        """
steps_to_a_tenth = np.ceil(-1 / np.log10(0.999))
""",
    ),
    (
        "10.1",
        "integer array of shape (1,), searched for",
        """
steps_to_a_tenth = np.flatnonzero(0.999 ** np.arange(5000) <= 0.1)[:1]
""",
    ),
    (
        "10.2",
        "m hat and extra terms",
        """
def inner(theta, grad, t, m=0.0, u=0.0, *, lr=0.002, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(np.abs(g) + eps, u * beta2)
    m_hat = m / (1 - beta1**t)
    step = lr * m_hat / u
    return theta - step, dict(g=g, m=m, u=u, m_hat=m_hat, step=step)
""",
    ),
    (
        "10.2",
        "np.where for the maximum",
        """
def inner(theta, grad, t, m=0.0, u=0.0, *, lr=0.002, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    m = m + (1 - beta1) * (g - m)
    faded, new = beta2 * u, np.sqrt(g**2) + eps
    u = np.where(faded > new, faded, new)
    clr = lr / (1 - beta1**t)
    return theta - clr * m / u, {"m": m, "u": u}
""",
    ),
    (
        "10.2",
        "stacked and maximum along the new axis",
        """
def inner(theta, grad, t, m=0.0, u=0.0, *, lr=0.002, beta1=0.9, beta2=0.999, eps=1e-8):
    g = np.asarray(grad(theta))
    m = beta1 * m + (1 - beta1) * g
    both = np.stack([np.abs(g) + eps, beta2 * u * np.ones_like(g)])
    u = both.max(axis=0)
    return theta - lr / (1 - beta1**t) * (m / u), dict(m=m, u=u)
""",
    ),
    (
        "10.3",
        "other size and other sign",
        """
gradients = -250 * 0.9 ** np.arange(8)
""",
    ),
    (
        "10.3",
        "an accumulating loop in a tuple",
        """
g, all_of_them = 1.0, ()
for _ in range(8):
    all_of_them += (g,)
    g *= 0.9
gradients = all_of_them
""",
    ),
    (
        "10.3",
        "Fractions",
        """
from fractions import Fraction
gradients = [Fraction(9, 10) ** k for k in range(8)]
""",
    ),
    (
        "10.3",
        "rising powers reversed, shape (8, 1)",
        """
gradients = np.geomspace(1, (10 / 9) ** 7, 8)[::-1].reshape(8, 1)
""",
    ),
]
