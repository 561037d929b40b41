"""Translations: each walks the path that it promises.

The formulas are written out once more here, each with everything that any library has
in it, and run at a form of the source and at its translation. That they are the
libraries' is test_references's word; the recorded paths are walked here, too.
"""

import math
from itertools import permutations, product

import numpy as np
import pytest

from gdlib import METHODS, descend, nesterov, recorded
from gdlib.checks.nb15 import mending_gamma
from gdlib.references import translations
from gdlib.translation import LIBRARIES, NEAR, NONE, SAME, dialect, translate
from gdlib.translation.rules import RULES
from tests.references import SURFACES

# What a reader may have, unlike every default, in our words; lr by method and surface.
OWN = dict(gamma=0.8, eps=0.01, beta1=0.8, beta2=0.98, dampening=0.3, start=0.3)
OWN |= dict(lr_decay=0.01, inside=False, eps_root=0.003, psi=0.02)
SLOW = dict(gamma=0.97, eps=1e-5)  # Adadelta's; with less memory it is chaotic
LR = dict(
    gradient_descent=(0.1, 0.0008),
    momentum=(0.04, 0.0004),
    nesterov=(0.04, 0.0004),
    adagrad=(0.9, 0.25),
    adadelta=(0.7, 0.7),
    rmsprop=(0.02, 0.001),
)
ADAMS = (0.2, 0.05)
# The pairs that have an exact translation at these settings into another library.
EXACT = {
    "gradient_descent": set(permutations(LIBRARIES, 2)),
    "momentum": set(permutations(LIBRARIES, 2)),
    "nesterov": set(permutations(LIBRARIES, 2)),
    "adagrad": {p for p in permutations(LIBRARIES, 2) if p[0] != "PyTorch"},
    "adadelta": {p for p in permutations(LIBRARIES, 2) if p[1] != "gdlib"},
    "rmsprop": {
        ("gdlib", "optax"),
        ("gdlib", "Keras"),
        ("PyTorch", "optax"),
        ("optax", "PyTorch"),  # the ε outside
        ("Keras", "gdlib"),
        ("Keras", "optax"),
    },
    "adam": {
        ("gdlib", "PyTorch"),
        ("gdlib", "optax"),
        ("PyTorch", "gdlib"),
        ("PyTorch", "optax"),
        ("Keras", "gdlib"),
        ("Keras", "PyTorch"),
        ("Keras", "optax"),
    },
    "adamax": {
        ("gdlib", "Keras"),
        ("Keras", "gdlib"),
        ("PyTorch", "optax"),
        ("optax", "PyTorch"),
    },
    "amsgrad": {
        ("gdlib", "PyTorch"),
        ("gdlib", "optax"),
        ("PyTorch", "gdlib"),
        ("PyTorch", "optax"),
        ("Keras", "gdlib"),
        ("Keras", "PyTorch"),
        ("Keras", "optax"),
    },
    "nadam": {
        ("gdlib", "PyTorch"),
        ("gdlib", "optax"),
        ("optax", "gdlib"),
        ("optax", "PyTorch"),
        ("Keras", "PyTorch"),
    },
}
NOWHERE = {("amsgrad", "optax", there) for there in ("gdlib", "PyTorch", "Keras")}
NOWHERE |= {("adadelta", here, "gdlib") for here in ("PyTorch", "optax", "Keras")}


def walk(method, form, surface, steps=200):
    """The path of a form, whose values may be functions of t."""
    objective = SURFACES[surface]
    theta, path, state = np.array(objective_start(surface)), [], {}
    for t in range(1, steps + 1):
        path.append(theta)
        f = {n: v(t) if callable(v) else v for n, v in form.items()}
        theta = theta - STEPS[method](objective.grad(theta), t, f, state)
    return np.array([*path, theta])


def objective_start(surface):
    return {"ravine": (-4.0, 2.5), "rosenbrock": (-1.2, 1.0)}[surface]


def plain(g, t, f, s):
    return f["lr"] * g


def heavy(g, t, f, s):
    inside = f["library"] in ("gdlib", "Keras")
    share = f.get("scale_by_schedule", 1 if t == 1 else 1 - f["dampening"])
    s["v"] = f["gamma"] * s.get("v", 0) + (f["lr"] if inside else 1) * share * g
    return s["v"] * (1 if inside else f["lr"])


def ahead(g, t, f, s):
    s["v"] = f["gamma"] * s.get("v", 0) + f["lr"] * g
    return f["gamma"] * s["v"] + f["lr"] * g


def divided(lr, g, v, f):
    eps = f["eps"]
    return lr * g / (np.sqrt(v + eps) if f["inside"] else np.sqrt(v) + eps)


def summed(g, t, f, s):
    s["G"] = s.get("G", f["start"]) + g**2
    return divided(f["lr"] / (1 + f["lr_decay"] * (t - 1)), g, s["G"], f)


def unitless(g, t, f, s):
    gamma, eps = f["gamma"], f["eps"]
    s["g"] = gamma * s.get("g", 0) + (1 - gamma) * g**2
    delta = np.sqrt(s.get("d", 0) + eps) / np.sqrt(s["g"] + eps) * g
    s["d"] = gamma * s.get("d", 0) + (1 - gamma) * delta**2
    return f["lr"] * delta


def averaged(g, t, f, s):
    s["v"] = f["gamma"] * s.get("v", 0) + (1 - f["gamma"]) * g**2
    return divided(f["lr"], g, s["v"], f)


def moments(g, t, f, s):
    """m̂, v and v's correction."""
    s["m"] = f["beta1"] * s.get("m", 0) + (1 - f["beta1"]) * g
    s["v"] = f["beta2"] * s.get("v", 0) + (1 - f["beta2"]) * g**2
    return s["m"] / (1 - f["beta1"] ** t), s["v"], 1 - f["beta2"] ** t


def over(m_hat, v, c2, f):
    eps = f["eps"] / math.sqrt(c2) if f["hat"] else f["eps"]
    return f["lr"] * m_hat / (np.sqrt(v / c2 + f.get("eps_root", 0)) + eps)


def corrected(g, t, f, s):
    return over(*moments(g, t, f, s), f)


def largest(g, t, f, s):
    m_hat, v, c2 = moments(g, t, f, s)
    if f["order"] == "correction":
        v, c2 = v / c2, 1.0
    s["s"] = np.maximum(s.get("s", 0), v)
    if f["order"] == "none":
        c2 = 1.0
    return over(m_hat, s["s"], c2, f)


def infinite(g, t, f, s):
    m_hat, _, _ = moments(g, t, f, s)
    inside, after = (f["eps"], 0) if f["inside"] else (0, f["eps"])
    s["u"] = np.maximum(f["beta2"] * s.get("u", 0), np.abs(g) + inside)
    return f["lr"] * m_hat / (s["u"] + after)


def warming(g, t, f, s):
    moments(g, t, f, s)
    mu, later = (f["beta1"] * (1 - 0.5 * 0.96 ** (f["psi"] * k)) for k in (t, t + 1))
    s["product"] = s.get("product", 1) * mu
    m = later * s["m"] / (1 - s["product"] * later) + (1 - mu) * g / (1 - s["product"])
    return f["lr"] * m / (np.sqrt(s["v"] / (1 - f["beta2"] ** t)) + f["eps"])


STEPS = dict(
    gradient_descent=plain,
    momentum=heavy,
    nesterov=ahead,
    adagrad=summed,
    adadelta=unitless,
    rmsprop=averaged,
    adam=corrected,
    adamax=infinite,
    amsgrad=largest,
    nadam=warming,
)


def own(method, library, surface):
    """Settings of a library that are unlike every default, under its own names."""
    lr = LR.get(method, ADAMS)[list(SURFACES).index(surface)]
    words = OWN | dict(lr=lr) | (SLOW if method == "adadelta" else {})
    if method == "rmsprop":
        words["gamma"] = 0.97
    arguments = dialect(method, library).arguments
    return {theirs: words[ours] for ours, theirs in arguments.items()}


def form(method, library, settings):
    there = dialect(method, library)
    return there.form(settings) | dict(library=library)


def translated(method, told):
    """The form that a translation types, with functions of t where it has them."""
    there = dialect(method, told.target)
    words = {ours: told.arguments[theirs] for ours, theirs in there.arguments.items()}
    found = there.fixed | words | dict(library=told.target)
    if "bias_correction_nu" in told.arguments:
        found["order"] = "none"
    ahead = told.arguments.get("scale_by_schedule")
    return found | (dict(scale_by_schedule=ahead) if ahead else {})


@pytest.mark.parametrize("surface", ["ravine", "rosenbrock"])
@pytest.mark.parametrize("method", METHODS)
def test_each_pair_walks_the_path_that_it_promises(method, surface):
    for source, target in permutations(LIBRARIES, 2):
        settings = own(method, source, surface)
        told = translate(method, settings, source, target)
        if (method, source, target) in NOWHERE:
            assert (told.verdict, told.code, told.arguments) == (NONE, "", None)
            continue
        here = walk(method, form(method, source, settings), surface)
        off = np.abs(walk(method, translated(method, told), surface) - here).max()
        exact = (source, target) in EXACT[method]
        assert told.verdict == (SAME if exact else NEAR), (source, target)
        assert (off < 1e-11) == exact, (source, target, off)


@pytest.mark.parametrize("method", METHODS)
def test_into_the_same_library_nothing_changes(method):
    for library in LIBRARIES:
        told = translate(method, own(method, library, "ravine"), library, library)
        assert told.verdict == SAME
        assert told.code == told.said
        assert told.arguments == own(method, library, "ravine")


@pytest.mark.parametrize(
    ("name", "library"), list(product(METHODS, ("PyTorch", "optax", "Keras")))
)
def test_recorded_paths_are_walked_by_gdlib_as_translated(name, library):
    theirs, lr = recorded(name)[library], dialect(name, library).arguments["lr"]
    kinds = [(theirs.native, theirs.paths)]
    kinds += [(theirs.agree, theirs.agreeing)] if theirs.agree is not None else []
    for (said, paths), surface in product(kinds, SURFACES):
        told = translate(name, said | {lr: theirs.lr[surface]}, library, "gdlib")
        assert (told.verdict == NONE) == ((name, library) == ("amsgrad", "optax"))
        if told.verdict == NONE:
            continue
        run = descend(
            METHODS[name], SURFACES[surface], paths[surface][0], 201, **told.arguments
        )
        path = run.probes if METHODS[name] is nesterov else run.theta[:-1]
        off = np.abs(path - paths[surface]).max()
        if told.verdict == SAME:
            assert off <= 1e-12 * np.abs(path).max()
        else:  # ε is small in the record, Nadam's β₁ is not
            assert off < (0.8 if name == "nadam" else 1e-8)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (
            ("rmsprop", dict(alpha=0.97, eps=1e-3), "PyTorch", "optax"),
            "optax.rmsprop(learning_rate=0.01, decay=0.97, eps=0.001, "
            "eps_in_sqrt=False)",
        ),
        (
            ("rmsprop", dict(rho=0.9, epsilon=1e-4), "Keras", "PyTorch"),
            "torch.optim.RMSprop(params, lr=0.001, alpha=0.9, eps=0.01)",
        ),
        (
            ("adagrad", dict(learning_rate=0.5), "optax", "gdlib"),
            "descend(adagrad, objective, lr=0.5, eps=0.1000001)",
        ),
        (
            ("adagrad", dict(lr_decay=0.5, eps=0), "PyTorch", "Keras"),
            "keras.optimizers.Adagrad(learning_rate=keras.optimizers.schedules."
            "InverseTimeDecay(0.01, 1, 0.5), epsilon=0.0, "
            "initial_accumulator_value=0.0)",
        ),
        (
            ("momentum", dict(lr=1, momentum=0.5, dampening=0.25), "PyTorch", "gdlib"),
            "descend(momentum, objective, lr=lambda t: 1.0 if t == 1 else 0.75, "
            "gamma=0.5)",
        ),
        (
            ("momentum", dict(momentum=0.5, dampening=0.25), "PyTorch", "optax"),
            "optax.chain(optax.scale_by_schedule(lambda count: 1 - 0.25 * (count > "
            "0)), optax.sgd(learning_rate=0.001, momentum=0.5))",
        ),
        (
            ("amsgrad", dict(lr=0.1, eps=0.5, beta2=0.75), "gdlib", "optax"),
            "optax.inject_hyperparams(optax.amsgrad)(learning_rate=lambda count: 0.1 "
            "* (1 - 0.75**(count + 1)) ** 0.5, b1=0.9, b2=0.75, eps=lambda count: 0.5 "
            "* (1 - 0.75**(count + 1)) ** 0.5, bias_correction_nu=False)",
        ),
        (
            ("adam", dict(epsilon=0.5, beta_2=0.75), "Keras", "PyTorch"),
            "optimizer = torch.optim.Adam(params, lr=0.001, betas=(0.9, 0.75))\n"
            "# before each step t = 1, 2, …:\n"
            "for group in optimizer.param_groups:\n"
            '    group["eps"] = 0.5 / (1 - 0.75**t) ** 0.5',
        ),
        (
            ("adam", dict(epsilon=0.5, beta_2=0.75), "Keras", "optax"),
            "optax.inject_hyperparams(optax.adam)(learning_rate=0.001, b1=0.9, "
            "b2=0.75, eps=lambda count: 0.5 / (1 - 0.75**(count + 1)) ** 0.5, "
            "eps_root=0.0)",
        ),
        (
            ("nadam", {}, "gdlib", "PyTorch"),
            "torch.optim.NAdam(params, lr=0.01, betas=(0.9, 0.999), eps=1e-08, "
            "momentum_decay=1000000.0)",
        ),
        (
            ("nadam", {}, "Keras", "PyTorch"),
            "torch.optim.NAdam(params, lr=0.001, betas=(0.9, 0.999), eps=1e-07, "
            "momentum_decay=1.0)",
        ),
        (
            ("amsgrad", dict(amsgrad=True), "PyTorch", "Keras"),
            "keras.optimizers.Adam(learning_rate=0.001, beta_1=0.9, beta_2=0.999, "
            "epsilon=1e-08, amsgrad=True)",
        ),
    ],
)
def test_line_to_type(asked, code):
    assert translate(*asked).code == code


def test_answer_reads_as_text():
    told = translate("adagrad", dict(learning_rate=0.1), "optax", "PyTorch")
    assert repr(told).splitlines() == [
        "adagrad, optax: optax.adagrad(learning_rate=0.1, eps=1e-07, "
        "initial_accumulator_value=0.1)",
        "In PyTorch, the same:",
        "    torch.optim.Adagrad(params, lr=0.1, eps=0.0, lr_decay=0.0, "
        "initial_accumulator_value=0.1000001)",
        "Inside the root, ε and G₀ are one number, and PyTorch can start there: G₀ + ε "
        "as its start, and no ε outside.",
    ]
    nowhere = translate("adadelta", {}, "Keras", "gdlib")
    assert repr(nowhere).splitlines()[1] == "In gdlib, no translation:"


# How far off the nearest is, as the sentences say.


@pytest.mark.parametrize("start", [0.0, 0.3, 2.0])
def test_divisor_with_eps_on_the_other_side_is_off_by_what_is_said(start):
    eps, first = 0.01, math.sqrt(start)
    told = translate(
        "adagrad", dict(eps=eps, initial_accumulator_value=start), "PyTorch", "gdlib"
    )
    root = first + np.geomspace(1e-9, 1e4, 200_001)
    ratio = (root + eps) / np.sqrt(root**2 - start + told.arguments["eps"])
    assert ratio.min() > 0.999_999
    where = root[ratio.argmax()]
    assert f"a factor of {ratio.max():.3g}, at √G = {where:.3g}" in told.why
    if start == 0:
        assert ratio[root > 100 * eps].max() < 1.01
        assert "under 1 % above 1." in told.why


@pytest.mark.parametrize(("beta2", "late"), [(0.999, 3925), (0.9, 38), (0.5, 6)])
def test_eps_before_the_correction_counts_what_is_said(beta2, late):
    counts = [1 / math.sqrt(1 - beta2**t) for t in range(1, late + 2)]
    assert counts[late - 1] <= 1.01 < counts[late - 2]
    told = translate("adam", dict(betas=(0.9, beta2)), "PyTorch", "Keras")
    assert f"{counts[0]:.3g} times at step 1" in told.why
    assert f"from step {late:,} on" in told.why


@pytest.mark.parametrize("method", ["adam", "amsgrad"])
def test_eps_set_before_every_step_of_keras_is_what_is_said(method):
    settings = own(method, "PyTorch", "ravine")
    told = translate(method, settings, "PyTorch", "Keras")
    assert "set optimizer.epsilon = 0.01 * (1 - 0.98**t) ** 0.5." in told.why
    here = walk(method, form(method, "PyTorch", settings), "ravine")
    moving = translated(method, told) | dict(eps=lambda t: 0.01 * (1 - 0.98**t) ** 0.5)
    assert np.abs(walk(method, moving, "ravine") - here).max() < 1e-11


def test_warming_up_is_over_when_it_is_said():
    told = translate("nadam", {}, "Keras", "gdlib")
    assert "At step 1 it is 0.468, there 0.9; from step 96 on within 1 %." in told.why
    assert 0.5 * 0.96**96 <= 0.01 < 0.5 * 0.96**95
    never = translate("nadam", dict(momentum_decay=0), "PyTorch", "gdlib")
    assert never.why.endswith("and so it stays.")


# What is refused.


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (
            ("adamw", {}, "PyTorch", "optax"),
            "method is 'adamw'; allowed: gradient_desc",
        ),
        (("adam", {}, "torch", "optax"), "library is 'torch'; allowed: gdlib, PyTorch"),
        (("adam", dict(lr=0.1), "optax", "Keras"), "lr is no setting of optax.adam he"),
        (("adam", {}, "optax", "Keras"), "learning_rate is missing, and optax.adam"),
        (("adadelta", {}, "optax", "Keras"), "learning_rate is missing"),
        (("adam", dict(lr=0), "PyTorch", "Keras"), "lr is 0; allowed: a number above"),
        (("adam", dict(lr="1"), "PyTorch", "Keras"), "lr is '1'; allowed: a number"),
        (("adam", dict(lr=[1, 2]), "PyTorch", "Keras"), "lr is .1, 2.; allowed"),
        (("adam", dict(eps=-1), "PyTorch", "Keras"), "eps is -1; allowed: 0 or more"),
        (("adam", dict(eps=math.nan), "PyTorch", "Keras"), "eps is nan; allowed: 0 or"),
        (("adam", dict(amsgrad=False), "PyTorch", "gdlib"), "amsgrad is no setting of"),
        (("adam", dict(betas=0.9), "PyTorch", "Keras"), "betas is 0.9; allowed: two"),
        (("adam", dict(betas=(1, 0)), "PyTorch", "Keras"), r"betas\[0\] is 1; allowed"),
        (
            ("rmsprop", dict(learning_rate=1, eps_in_sqrt=1), "optax", "Keras"),
            "eps_in_sqrt is 1; allowed: True or False",
        ),
        (
            ("momentum", dict(dampening=1), "PyTorch", "gdlib"),
            "dampening is 1; allowed: at least 0 and below 1",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(asked, says):
    with pytest.raises(ValueError, match=says):
        translate(*asked)


def test_every_method_has_a_rule_and_every_setting_its_box():
    assert list(RULES) == list(METHODS)
    for method, library in product(METHODS, LIBRARIES):
        there = dialect(method, library)
        assert list(there.defaults) == list(there.arguments.values())
        assert not set(there.arguments) & set(there.fixed)


# At settings that are unlike every default, as the libraries were recorded there.

RUNS = translations()
PLAIN = [name for name, held in RUNS.items() if held.schedule is None]
TYPED = {  # recording -> the recording whose settings it translates
    "optax rmsprop outside": "PyTorch rmsprop",
    "optax adagrad decayed": "PyTorch adagrad decayed",
    "Keras adagrad decayed": "PyTorch adagrad decayed",
    "PyTorch adam scheduled": "Keras adam",
    "optax adam scheduled": "Keras adam",
    "PyTorch amsgrad scheduled": "Keras amsgrad",
    "optax amsgrad uncorrected": "Keras amsgrad",
    "PyTorch nadam psi 1": "Keras nadam",
    "PyTorch nadam constant": "optax nadam",
}


def told_of(name, surface, target):
    """The translation of a recording's settings."""
    held = RUNS[name]
    lr = dialect(held.method, held.library).arguments["lr"]
    settings = held.arguments | {lr: held.lr[surface]}
    return translate(held.method, settings, held.library, target)


@pytest.mark.parametrize("surface", ["ravine", "rosenbrock"])
@pytest.mark.parametrize("name", PLAIN)
def test_recording_is_walked_by_gdlib_as_translated(name, surface):
    held, told = RUNS[name], told_of(name, surface, "gdlib")
    if told.verdict == NONE:
        no_lr = held.method == "adadelta" and held.lr[surface] != 1
        assert no_lr or (held.method, held.library) == ("amsgrad", "optax")
        return
    theirs = held.paths[surface]
    at = dict(start=theirs[0], steps=201)
    path = descend(METHODS[held.method], SURFACES[surface], **at, **told.arguments)
    off = np.abs(path.probes - theirs).max()
    assert (off <= 1e-11) == (told.verdict == SAME)
    assert off < 0.5


@pytest.mark.parametrize("surface", ["ravine", "rosenbrock"])
@pytest.mark.parametrize("name", TYPED)
def test_what_is_typed_was_recorded(name, surface):
    there, here = RUNS[name], RUNS[TYPED[name]]
    told = told_of(TYPED[name], surface, there.library)
    assert told.verdict == SAME
    assert np.abs(there.paths[surface] - here.paths[surface]).max() < 1e-11
    arguments = {n: v for n, v in told.arguments.items() if not callable(v)}
    if "betas[0]" in arguments:
        arguments["betas"] = arguments.pop("betas[0]"), arguments.pop("betas[1]")
    given = there.arguments | dict.fromkeys(("lr", "learning_rate"), there.lr[surface])
    neutral = dict(
        lr_decay=0.0, eps_root=0.0
    )  # typed, and left out when it was recorded
    assert arguments.items() <= (neutral | given).items()
    for n, changing in told.arguments.items():
        if callable(changing):
            assert there.schedule
            wanted = 0.01 / (1 - 0.95**7) ** 0.5
            if n == "learning_rate" and "adagrad" in name:
                wanted = there.lr[surface] / 1.06
            elif n == "learning_rate":
                wanted = there.lr[surface] * (1 - 0.95**7) ** 0.5
            assert changing(7) == pytest.approx(wanted, rel=1e-12)


@pytest.mark.parametrize("library", ["PyTorch", "optax", "Keras"])
def test_new_lr_is_mended_by_gamma_where_it_stands_outside(library):
    held = RUNS[f"{library} momentum dropped"]

    def falls(lr):
        return lambda t: lr if t <= 50 else lr / 4

    for surface, theirs in held.paths.items():
        lr = falls(held.lr[surface])
        kept = 0.8 if library == "Keras" else lambda t, lr=lr: mended(t, lr)
        at = dict(start=theirs[0], steps=200, lr=lr)
        ours = descend(METHODS["momentum"], SURFACES[surface], gamma=kept, **at)
        assert np.abs(ours.theta - theirs).max() < 1e-11


def mended(t, lr):
    return 0.8 if t == 1 else mending_gamma(t, lr, 0.8)
