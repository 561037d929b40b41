"""Students' answers to notebook 06."""

WRONG = [
    # 06.1
    (
        "06.1",
        "no root",
        """
four_steps = (0.5 * 3 / 9, 0.5 * 4 / 25, 0, 0.5 * 12 / 169)
""",
    ),
    (
        "06.1",
        "eta forgotten",
        """
four_steps = (1, 0.8, 0, 0.9231)
""",
    ),
    (
        "06.1",
        "running total of the steps instead of single ones",
        """
g = np.array([3, 4, 0, 12])
G = np.cumsum(g ** 2)
four_steps = np.cumsum(0.5 * g / np.sqrt(G))
""",
    ),
    (
        "06.1",
        "sum of the slopes, not of their squares",
        """
g = np.array([3, 4, 0, 12])
four_steps = 0.5 * g / np.cumsum(g)
""",
    ),
    (
        "06.1",
        "rates instead of steps, and no root; two slips",
        """
G = np.cumsum(np.array([3, 4, 0, 12]) ** 2)
four_steps = 0.5 / G
""",
    ),
    (
        "06.1",
        "minus signs put in",
        """
four_steps = (-0.5, -0.4, 0.0, -0.4615)
""",
    ),
    (
        "06.1",
        "memory of the last slope only: every slope gives eta",
        """
four_steps = (0.5, 0.5, 0.0, 0.5)
""",
    ),
    (
        "06.1",
        "mean of squares instead of their sum",
        """
g = np.array([3.0, 4, 0, 12])
t = np.arange(1, 5)
G = np.cumsum(g ** 2) / t
four_steps = tuple(0.5 * g / np.sqrt(G))
""",
    ),
    (
        "06.1",
        "rounded to one digit",
        """
four_steps = (0.5, 0.4, 0.0, 0.5)
""",
    ),
    (
        "06.1",
        "a list of strings",
        """
four_steps = ["0.5", "0.4", "0", "0.462"]
""",
    ),
    (
        "06.1",
        "leaves out the slope of zero",
        """
four_steps = (0.5, 0.4, 0.462)
""",
    ),
    (
        "06.1",
        "adds up the slopes and squares their sum, no root; two slips",
        """
G, steps = 0, []
for g in (3, 4, 0, 12):
    G += g
    steps.append(0.5 * g / G ** 2)
four_steps = steps
""",
    ),
    (
        "06.1",
        "sums up the wrong name (NameError)",
        """
slopes = [3, 4, 0, 12]
G = np.cumsum(np.square(slope))
four_steps = 0.5 * np.array(slopes) / np.sqrt(G)
""",
    ),
    # 06.2
    (
        "06.2",
        "eps inside the root",
        """
def torch_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-10):
    g = grad(theta)
    G = G + g**2
    return theta - lr * g / np.sqrt(G + eps), dict(g=g, G=G)
""",
    ),
    (
        "06.2",
        "no root",
        """
def torch_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-10):
    g = grad(theta)
    G = G + g**2
    return theta - lr * g / (G + eps), dict(g=g, G=G)
""",
    ),
    (
        "06.2",
        "slopes not squared, and eps left out; two slips",
        """
def torch_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-10):
    g = grad(theta)
    G = G + np.abs(g)
    return theta - lr * g / np.sqrt(G), dict(g=g, G=G)
""",
    ),
    (
        "06.2",
        "G not returned",
        """
def torch_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-10):
    g = grad(theta)
    G = G + g * g
    rate = lr / (np.sqrt(G) + eps)
    return theta - rate * g, dict(g=g, rate=rate)
""",
    ),
    (
        "06.2",
        "G returned under the name state_sum",
        """
def torch_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-10):
    g = grad(theta)
    state_sum = G + g**2
    return theta - lr * g / (np.sqrt(state_sum) + eps), dict(state_sum=state_sum)
""",
    ),
    (
        "06.2",
        "old G in the root",
        """
def torch_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-10):
    g = grad(theta)
    rate = lr / (np.sqrt(G) + eps)
    G = G + g**2
    return theta - rate * g, dict(g=g, G=G, rate=rate)
""",
    ),
    (
        "06.2",
        "eps fed into the memory at each step",
        """
def torch_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-10):
    g = grad(theta)
    G = G + g**2 + eps
    return theta - lr * g / np.sqrt(G), dict(G=G)
""",
    ),
    (
        "06.2",
        "bracket astray: eps is added to theta",
        """
def torch_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-10):
    g = grad(theta)
    G = G + g**2
    return theta - lr * g / np.sqrt(G) + eps, dict(g=g, G=G)
""",
    ),
    (
        "06.2",
        "eps left out",
        """
def torch_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-10):
    g = grad(theta)
    G = G + g**2
    return theta - lr * g / np.sqrt(G), dict(g=g, G=G)
""",
    ),
    (
        "06.2",
        "a fading average instead of the sum",
        """
def torch_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-10):
    g = grad(theta)
    G = 0.9 * G + 0.1 * g**2
    return theta - lr * g / (np.sqrt(G) + eps), dict(g=g, G=G)
""",
    ),
    (
        "06.2",
        "forgets to multiply by g",
        """
def torch_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-10):
    g = grad(theta)
    G = G + g**2
    rate = lr / (np.sqrt(G) + eps)
    return theta - rate, dict(g=g, G=G, rate=rate)
""",
    ),
    (
        "06.2",
        "eps written in as 1e-8, and uphill; two slips",
        """
def torch_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-10):
    g = grad(theta)
    G = G + g**2
    return theta + lr * g / (np.sqrt(G) + 1e-8), dict(g=g, G=G)
""",
    ),
    (
        "06.2",
        "one sum for all coordinates",
        """
def torch_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-10):
    g = grad(theta)
    G = G + np.sum(g**2)
    return theta - lr * g / (np.sqrt(G) + eps), dict(g=g, G=G)
""",
    ),
    (
        "06.2",
        "misspelt root (AttributeError)",
        """
def torch_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-10):
    g = grad(theta)
    G = G + g**2
    return theta - lr * g / (np.sqroot(G) + eps), dict(g=g, G=G)
""",
    ),
    # 06.3
    (
        "06.3",
        "inner product instead of outer",
        """
def full_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-8):
    g = grad(theta)
    G = G + g @ g
    return theta - lr * g / np.sqrt(G + eps), dict(g=g, G=G)
""",
    ),
    (
        "06.3",
        "does not turn back",
        """
def full_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-8):
    g = grad(theta)
    G = G + np.outer(g, g)
    w, V = np.linalg.eigh(G)
    step = lr * (V.T @ g) / np.sqrt(w + eps)
    return theta - step, dict(g=g, G=G)
""",
    ),
    (
        "06.3",
        "turns the wrong way, both times (may not show with two coordinates)",
        """
def full_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-8):
    g = grad(theta)
    G = G + np.outer(g, g)
    w, V = np.linalg.eigh(G)
    return theta - lr * V.T @ (V @ g / np.sqrt(w + eps)), dict(g=g, G=G)
""",
    ),
    (
        "06.3",
        "no root",
        """
def full_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-8):
    g = grad(theta)
    G = G + np.outer(g, g)
    w, V = np.linalg.eigh(G)
    return theta - lr * V @ (V.T @ g / (w + eps)), dict(g=g, G=G)
""",
    ),
    (
        "06.3",
        "eps outside the root",
        """
def full_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-8):
    g = grad(theta)
    G = G + np.outer(g, g)
    w, V = np.linalg.eigh(G)
    w = np.maximum(w, 0)
    return theta - lr * V @ (V.T @ g / (np.sqrt(w) + eps)), dict(g=g, G=G)
""",
    ),
    (
        "06.3",
        "the diagonal form again",
        """
def full_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-8):
    g = grad(theta)
    G = G + g**2
    return theta - lr * g / np.sqrt(G + eps), dict(g=g, G=G)
""",
    ),
    (
        "06.3",
        "g * g.T is not an outer product: then only the diagonal",
        """
def full_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-8):
    g = grad(theta)
    G = G + np.diag(g * g.T)
    w, V = np.linalg.eigh(G)
    return theta - lr * V @ (V.T @ g / np.sqrt(w + eps)), dict(g=g, G=G)
""",
    ),
    (
        "06.3",
        "no memory: only the newest outer product",
        """
def full_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-8):
    g = grad(theta)
    G = np.outer(g, g)
    w, V = np.linalg.eigh(G)
    return theta - lr * V @ (V.T @ g / np.sqrt(w + eps)), dict(g=g, G=G)
""",
    ),
    (
        "06.3",
        "roots of the entries instead of the root of the matrix",
        """
def full_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-8):
    g = grad(theta)
    G = G + np.outer(g, g)
    R = np.sqrt(np.abs(G) + eps * np.eye(len(g)))
    return theta - lr * np.linalg.inv(R) @ g, dict(g=g, G=G)
""",
    ),
    (
        "06.3",
        "eps I goes back into the state",
        """
def full_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-8):
    g = grad(theta)
    G = G + np.outer(g, g) + eps * np.eye(g.size)
    w, V = np.linalg.eigh(G)
    return theta - lr * V @ (V.T @ g / np.sqrt(w)), dict(g=g, G=G)
""",
    ),
    (
        "06.3",
        "star for @ and the sum along the wrong axis (may not show with two coordinates)",
        """
def full_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-8):
    g = grad(theta)
    G = G + np.outer(g, g)
    w, V = np.linalg.eigh(G)
    turned = V.T @ g / np.sqrt(w + eps)
    return theta - lr * (V * turned).sum(axis=0), dict(g=g, G=G)
""",
    ),
    (
        "06.3",
        "lr forgotten and G not returned; two slips",
        """
def full_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-8):
    g = grad(theta)
    G = G + np.outer(g, g)
    w, V = np.linalg.eigh(G)
    return theta - V @ (V.T @ g / np.sqrt(w + eps)), dict(g=g)
""",
    ),
    (
        "06.3",
        "eigenvalues and vectors swapped (a result of the wrong shape), no turn back; two slips",
        """
def full_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-8):
    g = grad(theta)
    G = G + np.outer(g, g)
    V, w = np.linalg.eigh(G)
    return theta - lr * (V.T @ g) / np.sqrt(w + eps), dict(g=g, G=G)
""",
    ),
]

RIGHT = [
    (
        "06.1",
        "exact fractions",
        """
from fractions import Fraction
four_steps = (Fraction(1, 2), Fraction(2, 5), Fraction(0), Fraction(6, 13))
""",
    ),
    (
        "06.1",
        "three digits, a list",
        """
four_steps = [0.5, 0.4, 0, 0.462]
""",
    ),
    (
        "06.1",
        "a loop, array of shape (4, 1)",
        """
G, out = 0.0, []
for g in (3, 4, 0, 12):
    G += g * g
    out.append([0.5 * g / np.sqrt(G)])
four_steps = np.array(out)
""",
    ),
    (
        "06.2",
        "rate first, extra terms",
        """
def torch_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-10):
    g = grad(theta)
    G = G + np.square(g)
    std = np.sqrt(G) + eps
    rate = lr / std
    step = rate * g
    return theta - step, dict(g=g, G=G, rate=rate, step=step)
""",
    ),
    (
        "06.2",
        "PyTorch's addcdiv with a negative lr",
        """
def torch_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-10):
    g = grad(theta)
    G = G + g * g
    return theta + (-lr) * (g / (G**0.5 + eps)), {"G": G}
""",
    ),
    (
        "06.2",
        "np.hypot keeps the root growing",
        """
def torch_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-10):
    g = grad(theta)
    root = np.hypot(np.sqrt(G), g)
    return theta - lr * g / (root + eps), dict(g=g, G=root**2)
""",
    ),
    (
        "06.3",
        "eps added to the matrix instead of the eigenvalues",
        """
def full_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-8):
    g = grad(theta)
    G = G + np.outer(g, g)
    w, V = np.linalg.eigh(G + eps * np.eye(len(g)))
    root_inverse = V @ np.diag(w**-0.5) @ V.T
    return theta - lr * root_inverse @ g, dict(g=g, G=G)
""",
    ),
    (
        "06.3",
        "a sum over the eigenvectors",
        """
def full_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-8):
    g = grad(theta)
    G = G + g[:, None] * g[None, :]
    w, V = np.linalg.eigh(G)
    step = np.zeros_like(g, dtype=float)
    for i in range(len(w)):
        e = V[:, i]
        step += e * (e @ g) / np.sqrt(w[i] + eps)
    return theta - lr * step, dict(g=g, G=G, step=lr * step)
""",
    ),
    (
        "06.3",
        "eigenvalues guarded against rounding below 0",
        """
def full_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-8):
    g = grad(theta)
    G = G + np.outer(g, g)
    w, V = np.linalg.eigh(G)
    turned = np.dot(V.T, g)
    turned = turned / np.sqrt(np.maximum(w, 0) + eps)
    return theta - lr * np.dot(V, turned), dict(G=G, w=w)
""",
    ),
    (
        "06.3",
        "singular values for eigenvalues, einsum back",
        """
def full_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-8):
    g = grad(theta)
    G = G + np.outer(g, g)
    U, s, _ = np.linalg.svd(G, hermitian=True)
    parts = (U.T @ g) / (s + eps) ** 0.5
    return theta - lr * np.einsum("ij,j->i", U, parts), {"g": g, "G": G}
""",
    ),
]
