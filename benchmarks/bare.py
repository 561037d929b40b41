"""The formulas in a loop and nothing else: what gdlib is measured against."""

import numpy as np


def adam(theta, grad, steps, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    """Where Adam ends, nothing recorded."""
    m = v = 0.0
    for t in range(1, steps + 1):
        g = grad(theta)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat = m / (1 - beta1**t)
        v_hat = v / (1 - beta2**t)
        theta = theta - lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta


def momentum(theta, grad, steps, lr, gamma):
    """Where momentum ends, nothing recorded."""
    v = 0.0
    for _ in range(steps):
        v = gamma * v + lr * grad(theta)
        theta = theta - v
    return theta


def regression(X, y, steps, lr):
    """Where gradient descent ends on a least-squares job, every loss recorded."""
    theta, losses = np.zeros(X.shape[1]), []
    for _ in range(steps):
        residuals = X @ theta - y
        losses.append(residuals @ residuals / len(y))
        theta = theta - lr * 2 / len(y) * (X.T @ residuals)
    return theta


def regression_by_loops(data, steps, lr):
    """Do the same as the chapter does: row by row, the loss in a loop of its own."""
    theta, losses, N = np.zeros(2), [], float(len(data))
    for _ in range(steps):
        gradient, (m, b) = np.zeros(2), theta
        for i in range(len(data)):
            x, y = data[i, 0], data[i, 1]
            gradient[0] += -(2 / N) * x * (y - (m * x + b))
            gradient[1] += -(2 / N) * (y - (theta[0] * x + b))
        theta = theta - lr * gradient
        (m, b), total = theta, 0.0
        for i in range(len(data)):
            x, y = data[i, 0], data[i, 1]
            total = total + (y - (m * x + b)) ** 2
        losses.append(total / N)


def epoch(X, y, batch, lr, rng):
    """One pass of mini-batches, each gathered by the indices that were drawn."""
    theta, order = np.zeros(X.shape[1]), rng.permutation(len(y))
    for i in range(0, len(y), batch):
        hand = order[i : i + batch]
        residuals = X[hand] @ theta - y[hand]
        theta = theta - lr * 2 / len(hand) * (X[hand].T @ residuals)
