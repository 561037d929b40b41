"""What came after the ten: AdamW, Lion and Muon, what is put around a method, a ground.

AdamW and Lion have the signature of gdlib.methods and work wherever the ten do;
`scheduled`, `through` and `muon` make such methods.
"""

import functools
import inspect

import numpy as np

from .methods import adam
from .objectives import Objective


def adamw(
    theta,
    grad,
    t,
    m=0.0,
    v=0.0,
    *,
    lr=0.01,
    beta1=0.9,
    beta2=0.999,
    eps=1e-8,
    weight_decay=0.01,
):
    """Adam that shrinks each parameter beside its step, not through the gradient.

    (1) m ← β₁ m + (1 − β₁) g
    (2) v ← β₂ v + (1 − β₂) g²
    (3) m̂ = m / (1 − β₁ᵗ)
    (4) v̂ = v / (1 − β₂ᵗ)
    (5) θ ← θ − η (m̂ / (√v̂ + ε) + λ θ)

    lr                      step size η > 0
    beta1, beta2, eps       as in Adam
    weight_decay            λ >= 0: a step takes the share η λ off θ; 0 is Adam
    Libraries: PyTorch and optax the same, by default λ = 0.01 and 0.0001; Keras has
    λ = 0.004 and adds ε before correcting v.
    Source: Loshchilov and Hutter 2019, Decoupled weight decay regularization,
    arxiv.org/abs/1711.05101. Notebook 17 teaches it.
    """
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g  # (1)
    v = beta2 * v + (1 - beta2) * g**2  # (2)
    m_hat = m / (1 - beta1**t)  # (3)
    v_hat = v / (1 - beta2**t)  # (4)
    step = lr * (m_hat / (np.sqrt(v_hat) + eps) + weight_decay * theta)
    return theta - step, dict(g=g, m=m, v=v, m_hat=m_hat, v_hat=v_hat, step=step)  # (5)


def lion(theta, grad, t, m=0.0, *, lr=0.001, beta1=0.9, beta2=0.99, weight_decay=0.0):
    """Move every parameter by η, against the sign of an average of its slopes.

    (1) c = β₁ m + (1 − β₁) g
    (2) m ← β₂ m + (1 − β₂) g
    (3) θ ← θ − η (sign c + λ θ)

    lr            step size η > 0: the move of each coordinate, at λ = 0
    beta1         weight of the old slopes in the direction, in [0, 1)
    beta2         weight of the old slopes in the memory, in [0, 1)
    weight_decay  λ >= 0: a step takes the share η λ off θ
    Libraries: optax and Keras the same; optax has λ = 0.001 by default, Keras none.
    Source: Chen and others 2023, Symbolic discovery of optimization algorithms,
    arxiv.org/abs/2302.06675. Notebook 17 teaches it.
    """
    g = grad(theta)
    c = beta1 * m + (1 - beta1) * g  # (1)
    m = beta2 * m + (1 - beta2) * g  # (2)
    step = lr * (np.sign(c) + weight_decay * theta)
    return theta - step, dict(g=g, c=c, m=m, step=step)  # (3)


def scheduled(method, factor):
    """Make a method whose lr is multiplied by a number of its own at each step.

    method  one of gdlib's, or a function of yours with their signature and an lr
    factor  function of the step t = 1, 2, … -> what lr is multiplied by
    Returns a method, whose lr is the largest if the factor comes up to 1. Notebook 17.
    """
    default = inspect.signature(method).parameters["lr"].default

    @functools.wraps(method)
    def step(theta, grad, t, *state, lr=default, **hyper):
        return method(theta, grad, t, *state, lr=lr * factor(t), **hyper)

    return step


def tossed(a, c, s, rng):
    """A parabola ½ a (θ − c)² whose slopes are wrong by +s or −s, tossed each time.

    a    curvature >= 0; 0 for a parameter that nothing depends on
    c    where its minimum is
    s    size of the error, >= 0; as a and c a number, or one for each of the runs
    rng  numpy.random.Generator that tosses
    The errors are 0 on average. Returns an Objective of dim 1, whose start is 1.
    Notebook 17.
    """

    def grad(theta):
        return a * (theta - c) + s * (2 * rng.integers(2, size=theta.shape) - 1)

    def value(theta):
        return (a * (theta - c) ** 2 / 2).sum(0)

    return Objective(value, grad, 1, "tossed slopes", start=(1.0,), batches=True)


def through(method, change):
    """Make a method whose gradient is changed before the method sees it.

    method  one of gdlib's, or a function of yours with their signature
    change  function (g, t) of the gradient and the step -> what takes its place
    Returns a method; change = lambda g, t: np.clip(g, -1, 1) clips. Notebook 17.
    """

    @functools.wraps(method)
    def step(theta, grad, t, *state, **hyper):
        return method(theta, lambda p: change(grad(p), t), t, *state, **hyper)

    return step


def newton_schulz(M):
    """Bring the singular values of a matrix near 1, its directions kept.

    (1) X = M / ‖M‖
    (2) X ← a X + X (b A + c A²), A = Xᵀ X, five times

    M  (rows, columns, *runs), no matrix of it all zeros
    With a = 3.4445, b = −4.7750, c = 2.0315 values from 0.01 ‖M‖ up come to between
    0.68 and 1.14. Libraries: PyTorch and optax the same; PyTorch always in
    bfloat16.
    Source: Jordan and others 2024, Muon: An optimizer for hidden layers in neural
    networks, kellerjordan.github.io/posts/muon. Notebook 17.
    """
    X = np.moveaxis(M, (0, 1), (-2, -1))
    X = X / np.linalg.norm(X, axis=(-2, -1), keepdims=True)  # (1)
    for _ in range(5):
        A = X.mT @ X
        X = 3.4445 * X + X @ (-4.7750 * A + 2.0315 * A @ A)  # (2)
    return np.moveaxis(X, (-2, -1), (0, 1))


def muon(net):
    """Make Muon for a Network: weights by orthogonalised momentum, the rest by Adam.

    (1) B ← μ B + (1 − μ) g
    (2) M = μ B + (1 − μ) g
    (3) W ← W − η newton_schulz(M) for the matrices W1 and W2

    net  the Network whose theta the method is given
    lr   of the method it returns: η > 0, in (3) and for Adam on b1 and b2
    mu   of the method it returns: weight of the old slopes, in [0, 1)
    Libraries: PyTorch and optax multiply η by √max(1, outputs / inputs), 1 where a
    layer has no more outputs than inputs. PyTorch has λ = 0.1 by default, beside the
    step as in AdamW; optax has none, and corrects the averages as Adam does.
    Source: as newton_schulz. Notebook 17.
    """

    def step(theta, grad, t, B=0.0, m=0.0, v=0.0, *, lr=0.02, mu=0.95):
        g = grad(theta)
        B = mu * B + (1 - mu) * g  # (1)
        M = net.split(mu * B + (1 - mu) * g)  # (2)
        moved, terms = adam(theta, lambda p: g, t, m, v, lr=lr)
        old, params = net.split(theta), net.split(moved)
        for name in ("W1", "W2"):
            params[name] = old[name] - lr * newton_schulz(M[name])  # (3)
        return net.join(params), terms | dict(B=B)

    return step
