"""The thirteen programs of notebook 16, each with its mistake.

They stand as the notebook prints them, under its names after an underscore, and so
without docstrings: `Check.broken` compares a reader's program with one of these.
"""

import numpy as np


def _gradient_1(X, y, theta):
    N = len(y)
    error = X @ theta - y
    g = 2 / N * X.T @ error
    return g / N


def _momentum_2(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    g = grad(theta)
    v = gamma * v + (1 - gamma) * g
    return theta - lr * v, dict(v=v)


def _minibatch_3(X, y, k, rng):
    rows = rng.choice(len(y), k, replace=False)
    return X[: rows[0]], y[: rows[0]]


def _amsgrad_4(
    theta, grad, t, m=0.0, v=0.0, v_max=0.0, *, lr=0.1, beta1=0.9, beta2=0.999
):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    v_max = np.maximum(v_max, v)
    m_hat = m / (1 - beta1**t)
    step = lr * m_hat / (np.sqrt(v_max) + 1e-8)
    return theta - step, dict(m=m, v=v, v_max=v_max)


def _train_5(grad, theta, steps, lr):
    path = [theta]
    for _ in range(steps):
        theta -= lr * grad(theta)
        path.append(theta)
    return np.array(path)


def _adam_6(theta, grad, t, m=0.0, v=0.0, *, lr=0.1, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    step = lr * m_hat * (np.sqrt(v_hat) + eps)
    return theta - step, dict(m=m, v=v)


def _adam_7(theta, grad, _, m=0.0, v=0.0, t=1, *, lr=0.1, beta1=0.9, beta2=0.999):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    step = lr * m_hat / (np.sqrt(v_hat) + 1e-8)
    return theta - step, dict(m=m, v=v, t=t)


def _adam_8(theta, grad, t, m=0.0, v=0.0, *, lr=0.1, beta1=0.9, beta2=0.999, eps=1e-6):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return theta - lr * m_hat / np.sqrt(v_hat) + eps, dict(m=m, v=v)


def _nadam_9(theta, grad, t, m=0.0, v=0.0, *, lr=0.1, beta1=0.9, beta2=0.999):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    ahead = beta1 * m / (1 - beta1 ** (t + 1))
    m_tilde = ahead + (1 - beta1) * g / (1 - beta1**t)
    step = lr * m_hat / (np.sqrt(v_hat) + 1e-8)
    return theta - step, dict(m=m, v=v, m_tilde=m_tilde)


def _adam_10(theta, grad, t, m=0.0, v=0.0, *, lr=0.1, beta1=0.9, beta2=0.999, eps=1e-8):
    g = grad(theta)
    new_m = beta1 * m + (1 - beta1) * g
    new_v = beta2 * v + (1 - beta2) * g**2
    m_hat = new_m / (1 - beta1**t)
    v_hat = new_v / (1 - beta2**t)
    step = lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta - step, dict(m=m, v=v)


def _momentum_11(theta, grad, t, v=0, *, lr=0.01, gamma=0.9):
    g, moved = grad(theta), theta.copy()
    for i in range(len(theta)):
        v = gamma * v + lr * g[i]
        moved[i] -= v
    return moved, dict(v=v)


def _gradient_12(loss, theta):
    h = 1e-12
    rise = [loss(theta + e) - loss(theta - e) for e in h * np.eye(len(theta))]
    return np.array(rise) / (2 * h)


def _adam_13(theta, grad, t, m=0.0, v=0.0, *, lr=0.1, beta1=0.9, beta2=0.99, eps=1e-8):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m * (1 - beta1**t)
    v_hat = v * (1 - beta2**t)
    step = lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta - step, dict(m=m, v=v)


PROGRAMS = {  # case -> program
    1: _gradient_1,
    2: _momentum_2,
    3: _minibatch_3,
    4: _amsgrad_4,
    5: _train_5,
    6: _adam_6,
    7: _adam_7,
    8: _adam_8,
    9: _nadam_9,
    10: _adam_10,
    11: _momentum_11,
    12: _gradient_12,
    13: _adam_13,
}
