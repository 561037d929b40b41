"""Notebook 16, the bug hunt: the programs mended, and mended badly.

The right ones are gdlib's methods in the words of the programs, without numbers of
equations: those of a hint would be looked for in the notebook, which counts its own.
"""

import numpy as np

from ..surfaces import BEALE
from .running import Refused
from .trials import called


def gradient_right(X, y, theta):
    """Give the right answer to exercise 16.1."""
    N = len(y)
    error = X @ theta - y
    return 2 / N * X.T @ error


def minibatch_right(X, y, k, rng):
    """Give the right answer to exercise 16.3."""
    rows = rng.choice(len(y), k, replace=False)
    return X[rows], y[rows]


def train_right(grad, theta, steps, lr):
    """Give the right answer to exercise 16.5."""
    path = [theta]
    for _ in range(steps):
        theta = theta - lr * grad(theta)
        path.append(theta)
    return np.array(path)


def momentum_right(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    """Give the right answer to exercises 16.2 and 16.11."""
    g = grad(theta)
    v = gamma * v + lr * g
    return theta - v, dict(v=v)


def amsgrad_right(
    theta, grad, t, m=0.0, v=0.0, v_max=0.0, *, lr=0.1, beta1=0.9, beta2=0.999
):
    """Give the right answer to exercise 16.4."""
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    v_max = np.maximum(v_max, v)
    m_hat = m / (1 - beta1**t)
    step = lr * m_hat / (np.sqrt(v_max / (1 - beta2**t)) + 1e-8)
    return theta - step, dict(m=m, v=v, v_max=v_max)


def adam_right(
    theta, grad, t, m=0.0, v=0.0, *, lr=0.1, beta1=0.9, beta2=0.999, eps=1e-8
):
    """Give the right answer to exercises 16.6, 16.8, 16.10 and 16.13."""
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    step = lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta - step, dict(m=m, v=v)


def nadam_right(theta, grad, t, m=0.0, v=0.0, *, lr=0.1, beta1=0.9, beta2=0.999):
    """Give the right answer to exercise 16.9."""
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    v_hat = v / (1 - beta2**t)
    ahead = beta1 * m / (1 - beta1 ** (t + 1))
    m_tilde = ahead + (1 - beta1) * g / (1 - beta1**t)
    step = lr * m_tilde / (np.sqrt(v_hat) + 1e-8)
    return theta - step, dict(m=m, v=v)


def counting(theta, grad, _, m=0.0, v=0.0, t=1, *, lr=0.1, beta1=0.9, beta2=0.999):
    """Give the right answer to exercise 16.7."""
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    step = lr * m_hat / (np.sqrt(v_hat) + 1e-8)
    return theta - step, dict(m=m, v=v, t=t + 1)


def differences_right(loss, theta):
    """Give the right answer to exercise 16.12."""
    h = 1e-5
    rise = [loss(theta + e) - loss(theta - e) for e in h * np.eye(len(theta))]
    return np.array(rise) / (2 * h)


def drawn(minibatch, k, rng):
    """A batch of k of 40 samples whose target is their own number."""
    numbers = np.arange(40.0)
    X = np.column_stack([numbers, np.ones(40)])
    found = called(minibatch, X, numbers, k, np.random.default_rng(rng))
    if not (isinstance(found, tuple | list) and len(found) == 2):
        raise Refused("Return two things, rows of X and their targets.")
    rows, targets = map(np.asarray, found)
    if (rows.ndim, targets.ndim) != (2, 1):
        raise Refused(
            "Return rows of X, an array of two axes, and targets, of one axis; yours "
            f"have {rows.ndim} and {targets.ndim}."
        )
    return rows, targets


def sizes(minibatch):
    """How many rows and targets come for three sizes, three times each."""
    asked = [(k, seed) for k in (1, 7, 40) for seed in range(3)]
    return [len(part) for k, seed in asked for part in drawn(minibatch, k, seed)]


def pairs_kept(minibatch):
    """Whether each row comes with its own target."""
    X, y = drawn(minibatch, 9, 5)
    return float(len(X) == len(y) and np.array_equal(X[:, 0], y))


def different(minibatch):
    """How many different samples a batch of 30 holds."""
    return len(np.unique(drawn(minibatch, 30, 2)[1]))


def seen(minibatch):
    """How many of the samples are drawn at all in 200 batches of 4."""
    rng = np.random.default_rng(3)
    targets = [drawn(minibatch, 4, rng)[1] for _ in range(200)]
    return len(np.unique(np.concatenate(targets)))


def scattered(minibatch):
    """Whether most batches of 4 are more than four neighbours."""
    rng = np.random.default_rng(4)
    targets = [drawn(minibatch, 4, rng)[1] for _ in range(40)]
    return float(np.median([np.ptp(y) if len(y) else 0 for y in targets]) > 3)


def kept_start(train):
    """Where the caller's start is after the run."""
    start = np.array([1.0, -2.0])
    train(BEALE.grad, start, 3, 0.01)
    return start


def ams_form(divisor):
    """Build AMSGrad with another divisor: (v, v_max, c2) -> (kept v_max, what √ gets).

    c2  1 − β₂ᵗ
    """

    def method(
        theta, grad, t, m=0.0, v=0.0, v_max=0.0, *, lr=0.1, beta1=0.9, beta2=0.999
    ):
        g = grad(theta)
        m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
        v_max, under = divisor(v, v_max, 1 - beta2**t)
        step = lr * m / (1 - beta1**t) / (np.sqrt(under) + 1e-8)
        return theta - step, dict(m=m, v=v, v_max=v_max)

    return method


def half_mended(of_m, of_v):
    """Build exercise 16.13 with these exponents of the corrections: −1 divides."""

    def method(
        theta, grad, t, m=0.0, v=0.0, *, lr=0.1, beta1=0.9, beta2=0.99, eps=1e-8
    ):
        g = grad(theta)
        m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m * (1 - beta1**t) ** of_m, v * (1 - beta2**t) ** of_v
        step = lr * m_hat / (np.sqrt(v_hat) + eps)
        return theta - step, dict(m=m, v=v)

    return method


def stepping(step):
    """Build Adam with another step: (m_hat, v_hat, eps) -> step over η, and rest."""

    def method(
        theta, grad, t, m=0.0, v=0.0, *, lr=0.1, beta1=0.9, beta2=0.999, eps=1e-8
    ):
        g = grad(theta)
        m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
        over, rest = step(m / (1 - beta1**t), np.sqrt(v / (1 - beta2**t)), eps)
        return theta - lr * over - rest, dict(m=m, v=v)

    return method


def one_store(theta, grad, t, v=0, *, lr=0.01, gamma=0.9):
    """Give momentum whose loop hands on nothing from one coordinate to the next."""
    g = grad(theta)
    v = gamma * np.mean(v) + lr * g
    return theta - v, dict(v=v)


def nadam_form(numerator):
    """Build Nadam with another numerator: (m_hat one step on, g_hat, β₁) -> m̃."""

    def method(theta, grad, t, m=0.0, v=0.0, *, lr=0.1, beta1=0.9, beta2=0.999):
        g = grad(theta)
        m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
        m_hat, g_hat = m / (1 - beta1 ** (t + 1)), g / (1 - beta1**t)
        step = lr * numerator(m_hat, g_hat, beta1)
        return theta - step / (np.sqrt(v / (1 - beta2**t)) + 1e-8), dict(m=m, v=v)

    return method


def wide(h):
    """Build differences over a long way."""

    def gradient(loss, theta):
        rise = [loss(theta + e) - loss(theta - e) for e in h * np.eye(len(theta))]
        return np.array(rise) / (2 * h)

    return gradient


def unbracketed(h):
    """Build differences divided by 2 and multiplied by h."""

    def gradient(loss, theta):
        rise = [loss(theta + e) - loss(theta - e) for e in h * np.eye(len(theta))]
        return np.array(rise) / 2 * h

    return gradient


def forward(loss, theta, h=1e-5):
    """Give differences to one side."""
    rise = [loss(theta + e) - loss(theta) for e in h * np.eye(len(theta))]
    return np.array(rise) / h


def still_tenfold(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    """Give a momentum whose η is made ten times as large, whatever γ is."""
    g = grad(theta)
    v = gamma * v + (1 - gamma) * g
    return theta - 10 * lr * v, dict(v=v)


def front(X, y, k, rng):
    """Give the first k samples."""
    return X[:k], y[:k]


def neighbours(X, y, k, rng):
    """Give k samples in a row, from a place that is drawn."""
    first = rng.integers(len(y) - k + 1)
    return X[first : first + k], y[first : first + k]


def again(X, y, k, rng):
    """Give k samples drawn with replacement."""
    rows = rng.integers(len(y), size=k)
    return X[rows], y[rows]


def copied_late(grad, theta, steps, lr):
    """Give a record whose first row is still the caller's array."""
    path = [theta]
    for _ in range(steps):
        theta -= lr * grad(theta)
        path.append(theta.copy())
    return np.array(path)
