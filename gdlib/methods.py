"""The ten methods, each one function that reads as its formula.

    theta_next, terms = method(theta, grad, t, *state, **hyper)

theta (dim, *runs) is where we stand, `grad` the gradient *function*, t = 1, 2, …
the step. A method returns the next theta and every term it computed. Terms whose
names are among its parameters are its state: they come back at the next step; one
that starts at 0.0 is zeros of theta's shape from the first on. Hyper-parameters are
keyword-only; an array of shape `runs` gives each run its own. A method never changes
its arguments and holds nothing. A function of your own with this signature works
wherever these do.
"""

import numpy as np


def gradient_descent(theta, grad, t, *, lr=0.1):
    """Step against the gradient, in proportion to it.

    (1) θ ← θ − η g

    lr  step size η > 0
    Libraries: SGD in PyTorch, optax and Keras, the same formula.
    Source: Cauchy 1847, Méthode générale pour la résolution des systèmes
    d'équations simultanées. Notebook 01 teaches it.
    """
    g = grad(theta)
    step = lr * g
    return theta - step, dict(g=g, step=step)  # (1)


def momentum(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    """Add up past steps, each forgotten a little, and move by the sum.

    (1) v ← γ v + η g
    (2) θ ← θ − v

    lr     step size η > 0
    gamma  how much of the velocity survives a step, in [0, 1)
    Libraries: PyTorch and optax keep v/η, Keras −v: one path at a constant η.
    Source: Polyak 1964, Some methods of speeding up the convergence of iteration
    methods, doi.org/10.1016/0041-5553(64)90137-5. Notebook 04 teaches it.
    """
    g = grad(theta)
    v = gamma * v + lr * g  # (1)
    return theta - v, dict(g=g, v=v)  # (2)


def nesterov(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    """Momentum that asks for the slope where the velocity is about to carry it.

    (1) θ_ahead = θ − γ v
    (2) v ← γ v + η g, with g the gradient at θ_ahead
    (3) θ ← θ − v

    lr     step size η > 0
    gamma  how much of the velocity survives a step, in [0, 1)
    Libraries: PyTorch, optax and Keras report the points θ_ahead instead of θ.
    Sources: Nesterov 1983, A method for solving the convex programming problem with
    convergence rate O(1/k²); this form: Sutskever, Martens, Dahl and Hinton 2013, On
    the importance of initialization and momentum in deep learning. Notebook 05.
    """
    ahead = theta - gamma * v  # (1)
    g = grad(ahead)
    v = gamma * v + lr * g  # (2)
    return theta - v, dict(ahead=ahead, g=g, v=v)  # (3)


def adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-8):
    """Divide each coordinate's step by the root of all its squared gradients.

    (1) G ← G + g²
    (2) rate = η / √(G + ε)
    (3) θ ← θ − rate · g

    lr   step size η > 0: the length of the first step
    eps  ε >= 0, keeps the first division from being by zero
    Libraries: PyTorch puts ε outside the root; optax and Keras start G at 0.1.
    Source: Duchi, Hazan and Singer 2011, Adaptive subgradient methods for online
    learning and stochastic optimization, jmlr.org/papers/v12/duchi11a. Notebook 06.
    """
    g = grad(theta)
    G = G + g**2  # (1)
    rate = lr / np.sqrt(G + eps)  # (2)
    step = rate * g
    return theta - step, dict(g=g, G=G, rate=rate, step=step)  # (3)


def adadelta(theta, grad, t, E_g2=0.0, E_d2=0.0, *, gamma=0.9, eps=1e-6):
    """Let the size of recent moves, over that of recent gradients, set the step.

    (1) E[g²] ← γ E[g²] + (1 − γ) g²
    (2) Δ = −√(E[Δ²] + ε) / √(E[g²] + ε) · g
    (3) E[Δ²] ← γ E[Δ²] + (1 − γ) Δ²
    (4) θ ← θ + Δ

    gamma  decay of both averages, in [0, 1)
    eps    ε > 0: it alone sets the first move, √(ε / ((1 − γ) g² + ε)) · |g|
    Libraries: all three multiply Δ by an lr (1.0 in PyTorch, 0.001 in Keras).
    Source: Zeiler 2012, ADADELTA: an adaptive learning rate method,
    arxiv.org/abs/1212.5701. Notebook 07 teaches it.
    """
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2  # (1)
    delta = -np.sqrt(E_d2 + eps) / np.sqrt(E_g2 + eps) * g  # (2)
    E_d2 = gamma * E_d2 + (1 - gamma) * delta**2  # (3)
    return theta + delta, dict(g=g, E_g2=E_g2, delta=delta, E_d2=E_d2)  # (4)


def rmsprop(theta, grad, t, E_g2=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    """Divide each step by the root of a fading average of squared gradients.

    (1) E[g²] ← γ E[g²] + (1 − γ) g²
    (2) rate = η / √(E[g²] + ε)
    (3) θ ← θ − rate · g

    lr     step size η > 0
    gamma  decay of the average, in [0, 1)
    eps    ε >= 0, inside the root
    Libraries: PyTorch puts ε outside the root and decays by 0.99.
    Source: Hinton, Srivastava and Swersky 2012, Neural networks for machine learning,
    lecture 6, cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf.
    Notebook 08 teaches it.
    """
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2  # (1)
    rate = lr / np.sqrt(E_g2 + eps)  # (2)
    step = rate * g
    return theta - step, dict(g=g, E_g2=E_g2, rate=rate, step=step)  # (3)


def adam(theta, grad, t, m=0.0, v=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8):
    """Momentum over RMSProp, both averages corrected for their start at zero.

    (1) m ← β₁ m + (1 − β₁) g
    (2) v ← β₂ v + (1 − β₂) g²
    (3) m̂ = m / (1 − β₁ᵗ)
    (4) v̂ = v / (1 − β₂ᵗ)
    (5) θ ← θ − η m̂ / (√v̂ + ε)

    lr            step size η > 0: about the largest move of a coordinate
    beta1, beta2  decays of the two averages, in [0, 1)
    eps           ε >= 0, outside the root
    Libraries: PyTorch and optax the same; Keras adds ε before correcting v.
    Source: Kingma and Ba 2015, Adam: a method for stochastic optimization,
    arxiv.org/abs/1412.6980. Notebook 09 teaches it.
    """
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g  # (1)
    v = beta2 * v + (1 - beta2) * g**2  # (2)
    m_hat = m / (1 - beta1**t)  # (3)
    v_hat = v / (1 - beta2**t)  # (4)
    step = lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta - step, dict(g=g, m=m, v=v, m_hat=m_hat, v_hat=v_hat, step=step)  # (5)


def adamax(theta, grad, t, m=0.0, u=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8):
    """Adam with a decayed maximum of |g| in place of the root mean square.

    (1) m ← β₁ m + (1 − β₁) g
    (2) u ← max(β₂ u, |g|)
    (3) m̂ = m / (1 − β₁ᵗ)
    (4) θ ← θ − η m̂ / (u + ε)

    lr            step size η > 0
    beta1, beta2  decays of the average and of the maximum, in [0, 1)
    eps           ε >= 0; the paper has none
    Libraries: PyTorch and optax add ε to |g| inside the maximum.
    Source: Kingma and Ba 2015, Adam: a method for stochastic optimization, section
    7.1, arxiv.org/abs/1412.6980. Notebook 10 teaches it.
    """
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g  # (1)
    u = np.maximum(beta2 * u, np.abs(g))  # (2)
    m_hat = m / (1 - beta1**t)  # (3)
    step = lr * m_hat / (u + eps)
    return theta - step, dict(g=g, m=m, u=u, m_hat=m_hat, step=step)  # (4)


def amsgrad(
    theta,
    grad,
    t,
    m=0.0,
    v=0.0,
    v_max=0.0,
    *,
    lr=0.01,
    beta1=0.9,
    beta2=0.999,
    eps=1e-8,
):
    """Adam that divides by the largest v so far.

    (1) m ← β₁ m + (1 − β₁) g
    (2) v ← β₂ v + (1 − β₂) g²
    (3) v_max ← max(v_max, v)
    (4) m̂ = m / (1 − β₁ᵗ)
    (5) v̂ = v_max / (1 − β₂ᵗ)
    (6) θ ← θ − η m̂ / (√v̂ + ε)

    lr, beta1, beta2, eps  as in Adam
    Libraries: PyTorch and Keras the same order; optax corrects first, then takes
    the maximum; the paper corrects nothing.
    Source: Reddi, Kale and Kumar 2018, On the convergence of Adam and beyond,
    openreview.net/forum?id=ryQu7f-RZ. Notebook 11 teaches it.
    """
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g  # (1)
    v = beta2 * v + (1 - beta2) * g**2  # (2)
    v_max = np.maximum(v_max, v)  # (3)
    m_hat = m / (1 - beta1**t)  # (4)
    v_hat = v_max / (1 - beta2**t)  # (5)
    step = lr * m_hat / (np.sqrt(v_hat) + eps)
    terms = dict(g=g, m=m, v=v, v_max=v_max, m_hat=m_hat, v_hat=v_hat, step=step)
    return theta - step, terms  # (6)


def nadam(theta, grad, t, m=0.0, v=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, eps=1e-8):
    """Adam whose numerator already holds the next step's momentum.

    (1) m ← β₁ m + (1 − β₁) g
    (2) v ← β₂ v + (1 − β₂) g²
    (3) m̃ = β₁ m / (1 − β₁ᵗ⁺¹) + (1 − β₁) g / (1 − β₁ᵗ)
    (4) v̂ = v / (1 − β₂ᵗ)
    (5) θ ← θ − η m̃ / (√v̂ + ε)

    lr, beta1, beta2, eps  as in Adam
    Libraries: optax the same; PyTorch and Keras let β₁ warm up on a schedule.
    Source: Dozat 2016, Incorporating Nesterov momentum into Adam,
    openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ. Notebook 12 teaches it.
    """
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g  # (1)
    v = beta2 * v + (1 - beta2) * g**2  # (2)
    m_ahead = beta1 * m / (1 - beta1 ** (t + 1))
    m_tilde = m_ahead + (1 - beta1) * g / (1 - beta1**t)  # (3)
    v_hat = v / (1 - beta2**t)  # (4)
    step = lr * m_tilde / (np.sqrt(v_hat) + eps)
    terms = dict(g=g, m=m, v=v, m_tilde=m_tilde, v_hat=v_hat, step=step)
    return theta - step, terms  # (5)


METHODS = {
    method.__name__: method
    for method in (
        gradient_descent,
        momentum,
        nesterov,
        adagrad,
        adadelta,
        rmsprop,
        adam,
        adamax,
        amsgrad,
        nadam,
    )
}
