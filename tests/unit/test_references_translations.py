"""What PyTorch, optax and Keras compute at settings unlike their defaults, written out.

gdlib.references says how the paths were recorded. Theirs and ours agree when, over all
steps and coordinates, max |ours - theirs| <= 1e-12 max |theirs|.
"""

import numpy as np
import pytest

from gdlib import METHODS, descend
from gdlib.references import recorded, translations
from tests.references import SURFACES

NAMES = list(translations())
SURFACE_NAMES = "ravine", "rosenbrock"
B1, B2 = 0.8, 0.95


def sgd(theta, grad, t, b=None, *, lr, mu=0.8, dampening=0.0, look=False):
    g = grad(theta)
    b = g if t == 1 else mu * b + (1 - dampening) * g
    return theta - lr * (g + mu * b if look else b), {"b": b}


def keras_sgd(theta, grad, t, v=0.0, *, lr, mu=0.8, look=False):
    g = grad(theta)
    v = mu * v - lr * g
    return theta + (mu * v - lr * g if look else v), {"v": v}


def adagrad(theta, grad, t, G=0.3, *, lr, inside=0.0, outside=0.0):
    g = grad(theta)
    G = G + g**2
    return theta - lr * g / (np.sqrt(G + inside) + outside), {"G": G}


def adadelta(theta, grad, t, a=0.0, b=0.0, *, lr, rho=0.93, eps=3e-6):
    g = grad(theta)
    a = rho * a + (1 - rho) * g**2
    delta = np.sqrt(b + eps) / np.sqrt(a + eps) * g
    b = rho * b + (1 - rho) * delta**2
    return theta - lr * delta, {"a": a, "b": b}


def rmsprop(theta, grad, t, a=0.0, *, lr, alpha=0.97, inside=0.0, outside=0.0):
    g = grad(theta)
    a = alpha * a + (1 - alpha) * g**2
    return theta - lr * g / (np.sqrt(a + inside) + outside), {"a": a}


def adam(theta, grad, t, m=0.0, v=0.0, *, lr, eps=0.01, root=0.0):
    g = grad(theta)
    m, v = B1 * m + (1 - B1) * g, B2 * v + (1 - B2) * g**2
    m_hat, v_hat = m / (1 - B1**t), v / (1 - B2**t)
    return theta - lr * m_hat / (np.sqrt(v_hat + root) + eps), {"m": m, "v": v}


def amsgrad(theta, grad, t, m=0.0, v=0.0, top=0.0, *, lr, eps=0.01, first=False):
    g = grad(theta)
    m, v = B1 * m + (1 - B1) * g, B2 * v + (1 - B2) * g**2
    c = 1 - B2**t
    top = np.maximum(top, v / c if first else v)
    v_hat = top if first else top / c
    step = lr * m / (1 - B1**t) / (np.sqrt(v_hat) + eps)
    return theta - step, {"m": m, "v": v, "top": top}


def adamax(theta, grad, t, m=0.0, u=0.0, *, lr, inside=0.0, outside=0.0):
    g = grad(theta)
    m, u = B1 * m + (1 - B1) * g, np.maximum(B2 * u, np.abs(g) + inside)
    return theta - lr * m / (1 - B1**t) / (u + outside), {"m": m, "u": u}


def nadam(theta, grad, t, m=0.0, v=0.0, product=1.0, *, lr, psi, eps=0.01):
    g = grad(theta)
    mu, after = (B1 * (1 - 0.5 * 0.96 ** (psi * k)) for k in (t, t + 1))
    product = product * mu
    m, v = B1 * m + (1 - B1) * g, B2 * v + (1 - B2) * g**2
    m_tilde = after * m / (1 - product * after) + (1 - mu) * g / (1 - product)
    step = lr * m_tilde / (np.sqrt(v / (1 - B2**t)) + eps)
    return theta - step, {"m": m, "v": v, "product": product}


def eps_hat(t):
    # ε = 0.01 added before the second average is corrected
    return 0.01 / np.sqrt(1 - B2**t)


def dropped(lr):
    return lambda t: lr if t <= 50 else lr / 4


def decayed(lr):
    return lambda t: lr / (1 + 0.01 * (t - 1))


FORMS = {  # the method's variant, where a library has a form of its own after its name
    "gradient_descent": (sgd, {"mu": 0.0}),
    "momentum": (sgd, {}),
    "momentum dampened": (sgd, {"dampening": 0.3}),
    "momentum dropped": (sgd, {"lr": dropped}),
    "Keras momentum dropped": (keras_sgd, {"lr": dropped}),
    "nesterov": (sgd, {"look": True}),
    "Keras nesterov": (keras_sgd, {"look": True}),
    "adagrad": (adagrad, {"inside": 0.01}),
    "PyTorch adagrad": (adagrad, {"outside": 0.01}),
    "adagrad decayed": (adagrad, {"lr": decayed}),
    "adadelta": (adadelta, {}),
    "adadelta lr 1": (adadelta, {}),
    "rmsprop": (rmsprop, {"inside": 0.01}),
    "PyTorch rmsprop": (rmsprop, {"outside": 0.01}),
    "rmsprop outside": (rmsprop, {"outside": 0.01}),
    "adam": (adam, {}),
    "adam eps_root": (adam, {"root": 0.003}),
    "adam scheduled": (adam, {"eps": eps_hat}),
    "Keras adam": (adam, {"eps": eps_hat}),
    "adamax": (adamax, {"inside": 0.01}),
    "Keras adamax": (adamax, {"outside": 0.01}),
    "amsgrad": (amsgrad, {}),
    "optax amsgrad": (amsgrad, {"first": True}),
    "Keras amsgrad": (amsgrad, {"eps": eps_hat}),
    "amsgrad scheduled": (amsgrad, {"eps": eps_hat}),
    # without the correction, at this lr, as Keras's
    "amsgrad uncorrected": (amsgrad, {"eps": eps_hat}),
    "nadam": (nadam, {"psi": 0.02}),
    "nadam psi 1": (nadam, {"psi": 1}),
    "nadam constant": (nadam, {"psi": 1e6}),
    "optax nadam": (nadam, {"psi": 1e6}),
    "Keras nadam": (nadam, {"psi": 1}),
}


def form(name):
    """What computes a recording of this name, and its arguments beside lr."""
    return FORMS[name if name in FORMS else name.partition(" ")[2]]


def ours(name, surface):
    """Our path (201, 2) at the settings of a recording."""
    theirs, (method, hyper) = translations()[name], form(name)
    lr = theirs.lr[surface]
    hyper = hyper | {"lr": hyper["lr"](lr) if "lr" in hyper else lr}
    start = theirs.paths[surface][0]
    return descend(method, SURFACES[surface], start, 200, **hyper).theta


def difference(one, other):
    """The largest difference of a coordinate of two recordings."""
    a, b = (translations()[name].paths for name in (one, other))
    return max(np.abs(a[s] - b[s]).max() for s in SURFACE_NAMES)


@pytest.mark.parametrize("surface", SURFACE_NAMES)
@pytest.mark.parametrize("name", NAMES)
def test_their_form_written_out_gives_their_path(name, surface):
    theirs = translations()[name].paths[surface]
    found = ours(name, surface)
    assert found.shape == theirs.shape == (201, 2)
    assert np.abs(found - theirs).max() <= 1e-12 * np.abs(theirs).max()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("optax amsgrad uncorrected", "Keras amsgrad"),
        ("PyTorch amsgrad scheduled", "Keras amsgrad"),
        ("PyTorch adam scheduled", "optax adam scheduled"),
        ("PyTorch adam scheduled", "Keras adam"),
        ("PyTorch nadam psi 1", "Keras nadam"),
        ("PyTorch nadam constant", "optax nadam"),
        ("optax rmsprop outside", "PyTorch rmsprop"),
        ("PyTorch adagrad decayed", "optax adagrad decayed"),
        ("PyTorch adagrad decayed", "Keras adagrad decayed"),
        ("PyTorch momentum dropped", "optax momentum dropped"),
    ],
)
def test_a_translated_setting_gives_the_same_path(one, other):
    assert difference(one, other) < 1e-14


def test_a_lower_lr_reaches_keras_velocity_later():
    # its velocity holds lr times the gradients, so old steps go on at the old lr
    found = difference("PyTorch momentum dropped", "Keras momentum dropped")
    assert found == pytest.approx(0.0098, rel=0.01)


def test_a_recording_names_its_settings():
    held = translations()["PyTorch adam scheduled"]
    assert (held.method, held.library, held.version) == ("adam", "PyTorch", "2.15.0")
    assert (held.optimizer, held.arguments) == ("torch.optim.Adam", {"betas": (B1, B2)})
    assert held.schedule == "eps = 0.01 / √(1 - 0.95^t) at step t"
    assert held.lr == {"ravine": 0.2, "rosenbrock": 0.02}
    assert {r.method for r in translations().values()} == set(METHODS)
    assert all(r.version for r in translations().values())


def test_every_setting_is_unlike_the_default():
    for held in translations().values():
        defaults = recorded(held.method)[held.library].defaults
        for name, value in held.arguments.items():
            assert value != defaults[name]


def test_what_was_not_recorded_is_refused_in_a_sentence():
    with pytest.raises(KeyError, match="recording is 'torch adam'; allowed: PyTorch g"):
        translations()["torch adam"]
    with pytest.raises(KeyError, match="surface is 'bowl'; allowed: ravine, rosenb"):
        translations()["PyTorch adam"].paths["bowl"]
    with pytest.raises(ValueError, match="read-only"):
        translations()["PyTorch adam"].paths["ravine"][0] = 0
