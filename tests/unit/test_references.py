"""Our methods beside what PyTorch, optax and Keras compute under the same names.

Their paths were recorded once (gdlib.references says how). Two paths agree when, over
all steps and coordinates, max |ours - theirs| <= 1e-12 max |theirs|.
"""

from itertools import product

import numpy as np
import pytest

from gdlib import (
    METHODS,
    Objective,
    adadelta,
    adam,
    adamax,
    amsgrad,
    descend,
    nesterov,
    ravine,
    recorded,
    rmsprop,
)
from gdlib.refusals import signature
from tests.references import SURFACES

PAIRS = list(product(METHODS, ("PyTorch", "optax", "Keras")))

# Without ε its place in the formula is no matter. Adadelta needs one to move at all,
# and all three libraries can be given ours.
WITHOUT_EPS = {"adagrad", "rmsprop", "adam", "adamax", "amsgrad", "nadam"}
NO_SUCH_SETTING = {
    ("amsgrad", "optax"): "the order of correction and maximum is fixed",
    ("nadam", "Keras"): "the schedule 0.96^t of β1 is fixed",
}

# At the same lr and with nothing else said, on either side: the largest difference of
# a coordinate over 200 steps on ravine, Rosenbrock and Himmelblau, and why. Where a
# pair is missing there is no difference.
DIFFERENCES = {
    ("adagrad", "PyTorch"): (
        (6.74e-12, 1.47e-13, 3.35e-12),
        "ε is 1e-10 and outside the root; ours is 1e-8 and inside.",
    ),
    ("adagrad", "optax"): (
        (1.32e-4, 1.94e-6, 6.87e-5),
        "G starts at 0.1, ours at 0; ε is 1e-7, ours 1e-8.",
    ),
    ("adagrad", "Keras"): (
        (1.32e-4, 1.94e-6, 6.87e-5),
        "G starts at 0.1, ours at 0; ε is 1e-7, ours 1e-8.",
    ),
    ("adadelta", "Keras"): (
        (0.518, 0.205, 0.726),
        "The decay is 0.95, ours 0.9; ε is 1e-7, ours 1e-6.",
    ),
    ("rmsprop", "PyTorch"): (
        (1.03, 0.0465, 0.773),
        "The decay is 0.99, ours 0.9; that ε is outside the root, and 1e-8 where ours "
        "is 1e-6, makes less than 1e-7 of it.",
    ),
    ("rmsprop", "optax"): ((1.60e-7, 4.82e-9, 1.34e-9), "ε is 1e-8, ours 1e-6."),
    ("rmsprop", "Keras"): ((1.45e-7, 4.38e-9, 1.22e-9), "ε is 1e-7, ours 1e-6."),
    ("adam", "Keras"): (
        (1.73e-7, 9.24e-9, 7.30e-8),
        "ε is 1e-7 and added before v is corrected; ours is 1e-8 and added after.",
    ),
    ("adamax", "PyTorch"): (
        (1.50e-11, 1.55e-12, 2.25e-12),
        "ε is added to |g| inside the maximum, ours to u after it.",
    ),
    ("adamax", "optax"): (
        (1.50e-11, 1.55e-12, 2.25e-12),
        "ε is added to |g| inside the maximum, ours to u after it.",
    ),
    ("adamax", "Keras"): ((7.59e-9, 1.21e-10, 4.18e-9), "ε is 1e-7, ours 1e-8."),
    ("amsgrad", "optax"): (
        (0.641, 0.590, 0.113),
        "v is corrected before the maximum is taken, so that a large v̂ of the first "
        "steps stays; ours is corrected after.",
    ),
    ("amsgrad", "Keras"): (
        (1.73e-7, 8.72e-9, 7.30e-8),
        "ε is 1e-7 and added before v is corrected; ours is 1e-8 and added after.",
    ),
    ("nadam", "PyTorch"): (
        (0.696, 0.0490, 0.338),
        "β1 is scheduled, 0.9 (1 - 0.96^(0.004 t) / 2); ours is constant.",
    ),
    ("nadam", "Keras"): (
        (0.691, 0.0489, 0.379),
        "β1 is scheduled, 0.9 (1 - 0.96^t / 2), and ε is 1e-7; ours are constant "
        "and 1e-8.",
    ),
}


def adagrad_eps_outside(theta, grad, t, G=0.0, *, lr, eps):
    g = grad(theta)
    G = G + g**2
    return theta - lr * g / (np.sqrt(G) + eps), {"G": G}


def adagrad_from_a_tenth(theta, grad, t, G=0.1, *, lr, eps):
    g = grad(theta)
    G = G + g**2
    return theta - lr * g / np.sqrt(G + eps), {"G": G}


def rmsprop_eps_outside(theta, grad, t, E_g2=0.0, *, lr, gamma, eps):
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    return theta - lr * g / (np.sqrt(E_g2) + eps), {"E_g2": E_g2}


def adamax_eps_in_max(theta, grad, t, m=0.0, u=0.0, *, lr, eps, beta1=0.9, beta2=0.999):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(beta2 * u, np.abs(g) + eps)
    return theta - lr * m / (1 - beta1**t) / u, {"m": m, "u": u}


def amsgrad_corrected_first(
    theta, grad, t, m=0.0, v=0.0, v_max=0.0, *, lr, eps=1e-8, beta1=0.9, beta2=0.999
):
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    v_max = np.maximum(v_max, v / (1 - beta2**t))
    step = lr * m / (1 - beta1**t) / (np.sqrt(v_max) + eps)
    return theta - step, {"m": m, "v": v, "v_max": v_max}


def nadam_scheduled(
    theta, grad, t, m=0.0, v=0.0, product=1.0, *, lr, psi, eps, beta1=0.9, beta2=0.999
):
    g = grad(theta)
    mu, mu_next = (beta1 * (1 - 0.5 * 0.96 ** (psi * k)) for k in (t, t + 1))
    product = product * mu
    m = beta1 * m + (1 - beta1) * g  # neither library puts μ into the average itself
    v = beta2 * v + (1 - beta2) * g**2
    m_tilde = mu_next * m / (1 - product * mu_next) + (1 - mu) * g / (1 - product)
    step = lr * m_tilde / (np.sqrt(v / (1 - beta2**t)) + eps)
    return theta - step, {"m": m, "v": v, "product": product}


def eps_hat(t):
    # ε = 1e-7 added to √v before the correction is, in our form, an ε that shrinks.
    return 1e-7 / np.sqrt(1 - 0.999**t)


# The library's own form; where a pair is missing it is ours with our defaults.
FORMS = {
    ("adagrad", "PyTorch"): (adagrad_eps_outside, {"eps": 1e-10}),
    ("adagrad", "optax"): (adagrad_from_a_tenth, {"eps": 1e-7}),
    ("adagrad", "Keras"): (adagrad_from_a_tenth, {"eps": 1e-7}),
    ("adadelta", "Keras"): (adadelta, {"gamma": 0.95, "eps": 1e-7}),
    ("rmsprop", "PyTorch"): (rmsprop_eps_outside, {"gamma": 0.99, "eps": 1e-8}),
    ("rmsprop", "optax"): (rmsprop, {"eps": 1e-8}),
    ("rmsprop", "Keras"): (rmsprop, {"eps": 1e-7}),
    ("adam", "Keras"): (adam, {"eps": eps_hat}),
    ("adamax", "PyTorch"): (adamax_eps_in_max, {"eps": 1e-8}),
    ("adamax", "optax"): (adamax_eps_in_max, {"eps": 1e-8}),
    ("adamax", "Keras"): (adamax, {"eps": 1e-7}),
    ("amsgrad", "optax"): (amsgrad_corrected_first, {}),
    ("amsgrad", "Keras"): (amsgrad, {"eps": eps_hat}),
    ("nadam", "PyTorch"): (nadam_scheduled, {"psi": 0.004, "eps": 1e-8}),
    ("nadam", "Keras"): (nadam_scheduled, {"psi": 1, "eps": 1e-7}),
}

# The step that a reader gets who says none.
DEFAULT_LR = {
    "gradient_descent": (1e-3, "required", 0.01),
    "momentum": (1e-3, "required", 0.01),
    "nesterov": (1e-3, "required", 0.01),
    "adagrad": (0.01, "required", 1e-3),
    "adadelta": (1.0, None, 1e-3),
    "rmsprop": (0.01, "required", 1e-3),
    "adam": (1e-3, "required", 1e-3),
    "adamax": (2e-3, "required", 1e-3),
    "amsgrad": (1e-3, "required", 1e-3),
    "nadam": (2e-3, "required", 1e-3),
}


def run(method, objective, start, steps, **hyper):
    """Our path (steps + 1, dim), at the points that the libraries call theirs."""
    if method is nesterov:  # one step more, for the lookahead point of the last
        return descend(method, objective, start, steps + 1, **hyper).probes
    return descend(method, objective, start, steps, **hyper).theta


def run_as(theirs, surface, method, **hyper):
    """Our path at the start and lr that a library was given."""
    if "lr" in signature(method)[1]:  # Adadelta's was 1, ours has none
        hyper["lr"] = theirs.lr[surface]
    return run(method, SURFACES[surface], theirs.paths[surface][0], 200, **hyper)


def assert_agree(ours, theirs):
    assert ours.shape == theirs.shape
    assert np.abs(ours - theirs).max() <= 1e-12 * np.abs(theirs).max()


def test_the_recording_names_its_versions():
    versions = {library: held.version for library, held in recorded("adam").items()}
    assert versions == {"PyTorch": "2.15.0", "optax": "0.2.8", "Keras": "3.15.1"}


@pytest.mark.parametrize("name", METHODS)
def test_paths_begin_where_they_were_started_and_have_200_steps(name):
    starts = {"ravine": (-4, 2.5), "rosenbrock": (-1.2, 1), "himmelblau": (-1, 1)}
    for held in recorded(name).values():
        assert {s: tuple(path[0]) for s, path in held.paths.items()} == starts
        shapes = {p.shape for p in (*held.paths.values(), *held.agreeing.values())}
        assert shapes == {(201, 2)}


def test_what_was_recorded_stays_as_it_is():
    with pytest.raises(ValueError, match="read-only"):
        recorded("adam")["Keras"].paths["ravine"][0] = 0


@pytest.mark.parametrize(
    ("ask", "error", "says"),
    [
        (
            lambda: recorded("adamw"),
            ValueError,
            "method is 'adamw'; allowed: grad",
        ),
        (lambda: recorded(adam), ValueError, "method is <function adam"),
        (lambda: recorded("adam")["keras"], KeyError, "library is 'keras'; allowed: P"),
        (
            lambda: recorded("adam")["Keras"].paths["bowl"],
            KeyError,
            "surface is 'bowl'; allowed: ravine, rosenbrock, himmelblau.",
        ),
        (
            lambda: recorded("adam")["Keras"].first_step[2],
            KeyError,
            "gradient is 2; allowed: 1.0, 0.0001.",
        ),
    ],
)
def test_what_was_not_recorded_is_refused_in_a_sentence(ask, error, says):
    with pytest.raises(error, match=says):
        ask()


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize(("name", "library"), PAIRS)
def test_ours_is_theirs_at_the_settings_under_which_the_forms_coincide(
    name, library, surface
):
    theirs = recorded(name)[library]
    if (name, library) in NO_SUCH_SETTING:
        assert np.isnan(theirs.agreeing[surface]).all()
        assert theirs.agree is None
    else:
        hyper = {"eps": 0.0} if name in WITHOUT_EPS else {}
        ours = run_as(theirs, surface, METHODS[name], **hyper)
        assert_agree(ours, theirs.agreeing[surface])


@pytest.mark.parametrize(("name", "library"), PAIRS)
def test_at_the_defaults_theirs_differs_from_ours_by_what_was_measured(name, library):
    expected, reason = DIFFERENCES.get((name, library), ((0, 0, 0), "One form."))
    theirs, method = recorded(name)[library], METHODS[name]
    measured = tuple(
        np.abs(run_as(theirs, surface, method) - theirs.paths[surface]).max()
        for surface in SURFACES
    )
    # abs: the last digit of θ, which another processor may round differently
    assert measured == pytest.approx(expected, rel=1e-2, abs=1e-14), reason


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize(("name", "library"), PAIRS)
def test_their_form_written_out_gives_their_path(name, library, surface):
    method, hyper = FORMS.get((name, library), (METHODS[name], {}))
    theirs = recorded(name)[library]
    assert_agree(run_as(theirs, surface, method, **hyper), theirs.paths[surface])


@pytest.mark.parametrize("slope", [1.0, 1e-4])
@pytest.mark.parametrize(("name", "library"), PAIRS)
def test_their_form_written_out_takes_their_first_step(name, library, slope):
    method, hyper = FORMS.get((name, library), (METHODS[name], {}))
    if name != "adadelta":
        hyper = hyper | {"lr": 1.0}
    line = Objective(lambda x: slope * x[0], lambda x: np.full_like(x, slope), dim=1)
    step = -run(method, line, (0.0,), 1, **hyper)[1, 0]
    theirs = recorded(name)[library].first_step[slope]
    assert step == pytest.approx(theirs, rel=1e-12)


@pytest.mark.parametrize("name", METHODS)
def test_default_lr_of_pytorch_optax_and_keras(name):
    defaults = [held.defaults for held in recorded(name).values()]
    found = tuple(d.get("lr", d.get("learning_rate")) for d in defaults)
    assert found == DEFAULT_LR[name]


def test_optax_adadelta_goes_uphill_when_given_no_lr():
    valley, ascent = ravine(10), recorded("adadelta")["optax"].ascent
    loss = valley(ascent.T)
    assert loss[[0, -1]] == pytest.approx([24.5, 55.6], abs=0.05)
    # it forgets nothing but the minus: it is our Adadelta on the valley upside down
    hill = Objective(lambda x: -valley(x), lambda x: -valley.grad(x), dim=2)
    assert_agree(descend(adadelta, hill, (-3, 2), 200).theta, ascent)
