"""What notebook 15 claims of one method under several names, refereed.

The libraries' forms are written out in test_references, where they walk the recorded
paths; here they walk from other starts, too.
"""

import math
from dataclasses import replace
from functools import cache

import numpy as np

from gdlib import METHODS, adagrad, amsgrad, descend, momentum, ravine, recorded
from gdlib.checks.nb15 import dampened, mending_gamma
from gdlib.translation import NEAR, NONE, SAME, dialect, translate
from tests.claims.claim import claim
from tests.references import SURFACES
from tests.unit.test_references import FORMS, PAIRS, run

LIBRARIES = ("PyTorch", "optax", "Keras")
STARTS = [tuple(np.random.default_rng(seed).uniform(0.7, 1.3, 2)) for seed in range(5)]
FAR = {
    ("rmsprop", "PyTorch"),
    ("adadelta", "Keras"),
    ("amsgrad", "optax"),
    ("nadam", "PyTorch"),
    ("nadam", "Keras"),
}


def path(name, library, surface, moved=(1, 1), scale=1.0, steps=200):
    """The path of a library's own form; gdlib's if `library` is None."""
    theirs = recorded(name)[library or "PyTorch"]
    ours = (METHODS[name], {})
    method, hyper = FORMS.get((name, library), ours) if library else ours
    if name != "adadelta":
        hyper = hyper | dict(lr=theirs.lr[surface])
    ground = SURFACES[surface]
    if scale != 1:
        ground = replace(
            ground, grad=lambda theta: scale * SURFACES[surface].grad(theta)
        )
    start = np.array(theirs.paths[surface][0]) * moved
    return run(method, ground, start, steps, **hyper)


def off(name, library, surface, *where, **how):
    """How far a library's form goes from gdlib's."""
    ours = path(name, None, surface, *where, **how)
    return np.abs(path(name, library, surface, *where, **how) - ours).max()


@cache
def farthest(moved):
    """Pair -> the farthest on the three surfaces, from moved starts."""
    return {pair: max(off(*pair, s, moved) for s in SURFACES) for pair in PAIRS}


@claim(
    "Each picture has another odd one out",
    says="in ravines PyTorch's RMSProp and optax's AMSGrad go a thousand times farther "
    "from the two others than those from each other; three Nadams go three ways",
    at=dict(moved=(1, 1)),
    vary=dict(moved=STARTS),
)
def test_another_odd_one_out(moved):
    """Farthest distances of each two of three paths, 200 steps, five more starts."""

    def apart(name, i, j):
        first, second = (path(name, LIBRARIES[k], "ravine", moved) for k in (i, j))
        return np.abs(first - second).max()

    odd = []
    for name, alone in (("rmsprop", 0), ("amsgrad", 1)):
        i, j = (k for k in range(3) if k != alone)
        odd.append(
            1000 * apart(name, i, j) < min(apart(name, alone, k) for k in (i, j))
        )
    nadams = [apart("nadam", i, j) > 0.05 for i, j in ((0, 1), (0, 2), (1, 2))]
    return [*odd, *nadams]


@claim(
    "Half of the rows are the same",
    says="with nothing said but lr, 15 of 30 forms are gdlib's; the other 15 go astray "
    "by more than 1e-12 on some surface, from other starts too",
    at=dict(moved=(1, 1)),
    vary=dict(moved=STARTS[:2]),
)
def test_half_of_the_rows(moved):
    """The farthest from gdlib on three surfaces, recorded and from moved starts."""
    different = {pair for pair, far in farthest(moved).items() if far > 1e-12}
    return different == set(FORMS)


@claim(
    "Five differ by more than 0.01",
    says="at the recorded settings five forms leave gdlib's path by more than 0.01 on "
    "some surface, the other ten by less than 0.001 on all",
    at=dict(moved=(1, 1)),
    vary=dict(moved=STARTS[:2]),
)
def test_five_differ_by_more(moved):
    """The same distances."""
    found = farthest(moved)
    far = {pair for pair, most in found.items() if most > 0.01}
    return far == FAR and all(found[pair] < 1e-3 for pair in set(FORMS) - FAR)


@claim(
    "On a loss a thousand times smaller, G₀ and an ε inside a root show",
    says="on a loss a thousand times smaller optax's and Keras's Adagrad and RMSProp "
    "leave gdlib's path by more than 0.02, Keras's Adams and the Adamaxes by less "
    "than 0.001",
    at=dict(scale=1e-3, moved=(1, 1)),
    vary=dict(scale=(5e-4, 1e-3), moved=STARTS[:2]),
)
def test_small_slopes_show_eps(scale, moved):
    """200 steps in the ravine, slopes multiplied by the scale."""
    inside = [(n, lib) for n in ("adagrad", "rmsprop") for lib in ("optax", "Keras")]
    later = [("adam", "Keras"), ("amsgrad", "Keras")]
    later += [("adamax", library) for library in LIBRARIES]
    far = [off(*pair, "ravine", moved, scale=scale) > 0.02 for pair in inside]
    near = [off(*pair, "ravine", moved, scale=scale) < 1e-3 for pair in later]
    return [*far, *near]


@claim(
    "with G₀ = 0.1 a slope of 0.0001 does not count yet",
    says="where G begins at 0.1 Adagrad's first step over lr is g/√0.1 to 1 in 1,000, "
    "for slopes up to 0.01",
    at=dict(slope=1e-4),
    vary=dict(slope=(1e-6, 1e-3, 1e-2)),
)
def test_a_start_outweighs_small_slopes(slope):
    """The divisor √(0.1 + g² + 1e-7), beside the record at g = 0.0001."""
    held = [recorded("adagrad")[n].first_step[1e-4] for n in ("optax", "Keras")]
    steps = [*held, slope / math.sqrt(0.1 + slope**2 + 1e-7)]
    wanted = np.array([1e-4, 1e-4, slope]) / math.sqrt(0.1)
    return np.abs(steps / wanted - 1) < 1e-3


@claim(
    "Inside the root G₀ and ε are one number",
    says="Adagrad with ε inside walks one path for every split of a sum into G₀ and ε",
    at=dict(total=0.1000001, surface="ravine"),
    vary=dict(total=(1e-8, 1e-3, 2.0), surface=SURFACES),
)
def test_one_number_inside(total, surface):
    """Three splits of a sum, 200 steps."""
    theirs = recorded("adagrad")["optax"]
    at = dict(start=theirs.paths[surface][0], steps=200, lr=theirs.lr[surface])
    whole = descend(adagrad, SURFACES[surface], eps=total, **at).theta
    found = []
    for share in (0.2, 0.7, 1.0):

        def split(theta, grad, t, G=None, *, lr, share=share):
            g = grad(theta)
            G = (share * total if G is None else G) + g**2
            return theta - lr * g / np.sqrt(G + (1 - share) * total), dict(G=G)

        found.append(descend(split, SURFACES[surface], **at).theta)
    return [np.abs(each - whole).max() < 1e-11 for each in found]


@claim(
    "with the largest value at √v = ε",
    says="(√v + ε)/√(v + ε²) lies between 1 and √2 and is largest at √v = ε",
    at=dict(eps=1e-8),
    vary=dict(eps=(1e-10, 1e-4, 0.3, 5.0)),
)
def test_nearest_eps(eps):
    """The ratio at 20,001 values of √v from ε/10⁶ to 10⁶ ε."""
    root = eps * np.geomspace(1e-6, 1e6, 20_001)
    ratio = (root + eps) / np.sqrt(root**2 + eps**2)
    inside = (ratio >= 1 - 1e-12).all() and (ratio <= math.sqrt(2) + 1e-12).all()
    return inside and math.isclose(root[ratio.argmax()], eps, rel_tol=1e-2)


@claim(
    "since the two then meet at both ends",
    says="(√v + ε)/√(v + c ε²) goes to 1 for small v and for large v if c is 1; for "
    "any other c it does not for small v",
    at=dict(eps=1e-8),
    vary=dict(eps=(1e-10, 1e-4, 0.3)),
)
def test_meets_at_both_ends(eps):
    """The ratio at √v = ε/10⁶ and 10⁶ ε, for c from a half to 2."""
    root = eps * np.array([1e-6, 1e6])
    c = np.array([[0.5], [0.9], [1.0], [1.1], [2.0]])
    ratio = (root + eps) / np.sqrt(root**2 + c * eps**2)
    meets = (np.abs(ratio - 1) < 1e-4).all(1)
    return meets.tolist() == [False, False, True, False, False]


@claim(
    "gdlib's momentum with lr times 1 − τ from step 2 on walks the same path",
    says="at a constant lr PyTorch's SGD with dampening is gdlib's momentum whose lr "
    "is 1 − τ times as large from step 2 on",
    at=dict(tau=0.5, lr=0.05),
    vary=dict(tau=(0.1, 0.9), lr=(0.01, 0.05)),
)
def test_dampening_in_the_rate(tau, lr):
    """200 steps in a ravine, both forms."""
    at = dict(start=(-4, 2.5), steps=200, gamma=0.9)
    theirs = descend(dampened, ravine(10, 30), lr=lr, tau=tau, **at).theta

    def rate(t):
        return lr if t == 1 else (1 - tau) * lr

    ours = descend(momentum, ravine(10, 30), lr=rate, **at).theta
    return np.abs(ours - theirs).max() < 1e-11


@claim(
    "All that can be set agrees",
    says="at the settings of the table 28 recorded paths are gdlib's to 1e-12",
    at=dict(surface="rosenbrock"),
    vary=dict(surface=SURFACES),
)
def test_settings_that_agree(surface):
    """Recorded with ε = 0 and G₀ = 0, beside gdlib's methods with ε = 0."""
    found = []
    for name, library in PAIRS:
        theirs = recorded(name)[library]
        if theirs.agree is not None:
            hyper = {} if name in ("adadelta",) else dict(lr=theirs.lr[surface])
            if {"eps", "epsilon"} & set(theirs.agree) and name != "adadelta":
                hyper["eps"] = 0
            start = theirs.paths[surface][0]
            ours = run(METHODS[name], SURFACES[surface], start, 200, **hyper)
            found.append(np.abs(ours - theirs.agreeing[surface]).max() < 1e-12)
    return len(found) == 28 and all(found)


def uncorrected(theta, grad, t, m=0.0, s=0.0, v=0.0, *, lr, beta1, beta2, eps):
    """Give optax's AMSGrad with bias_correction_nu=False."""
    g = grad(theta)
    m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
    s = np.maximum(s, v)
    return theta - lr * m / (1 - beta1**t) / (np.sqrt(s) + eps), dict(m=m, v=v, s=s)


@claim(
    "For optax's AMSGrad a *schedule* does it",
    says="without correction of v and with √(1 − β₂ᵗ) in lr, optax's AMSGrad is "
    "gdlib's at ε = 0, for other β₂, lr and surfaces too",
    at=dict(beta2=0.999, lr=0.2, surface="ravine"),
    vary=dict(beta2=(0.9, 0.99), lr=(0.02, 0.2), surface=SURFACES),
)
def test_amsgrad_by_a_schedule(beta2, lr, surface):
    """200 steps of both forms; ε = 0."""
    at = dict(start=recorded("amsgrad")["optax"].paths[surface][0], steps=200)
    at |= dict(beta1=0.9, beta2=beta2, eps=0.0)
    ground = SURFACES[surface]
    ours = descend(amsgrad, ground, lr=lr, **at).theta
    theirs = descend(
        uncorrected, ground, lr=lambda t: lr * (1 - beta2**t) ** 0.5, **at
    ).theta
    return np.abs(ours - theirs).max() < 1e-9 * np.abs(ours).max()


@claim(
    "and a schedule is Keras's, ε and all",
    says="optax's AMSGrad without correction of v and with √(1 − β₂ᵗ) in lr walks "
    "Keras's path, ε too",
    at=dict(eps=1e-7, surface="ravine"),
    vary=dict(eps=(1e-7, 1e-3), surface=SURFACES),
)
def test_amsgrad_of_optax_is_keras_s(eps, surface):
    """200 steps of both forms."""
    theirs = recorded("amsgrad")["Keras"]
    start, lr = theirs.paths[surface][0], theirs.lr[surface]
    at = dict(beta1=0.9, beta2=0.999, eps=eps)
    hat = dict(eps=lambda t: eps / (1 - 0.999**t) ** 0.5)  # Keras's, by (3)
    keras = run(amsgrad, SURFACES[surface], start, 200, lr=lr, **hat)
    optax = run(
        uncorrected,
        SURFACES[surface],
        start,
        200,
        lr=lambda t: lr * (1 - 0.999**t) ** 0.5,
        **at,
    )
    return np.abs(optax - keras).max() < 1e-9 * np.abs(keras).max()


@claim(
    "the order in optax's AMSGrad shows only later",
    says="optax's AMSGrad begins with PyTorch's first step at g = 1 and at 1e-4, and "
    "goes more than 0.1 from it in 200 steps",
    at=dict(surface="ravine"),
    vary=dict(surface=SURFACES),
)
def test_first_steps_that_tell_nothing(surface):
    """Recorded first steps and paths of both."""
    theirs, ours = (recorded("amsgrad")[n] for n in ("optax", "PyTorch"))
    alike = np.isclose(
        list(theirs.first_step.values()), list(ours.first_step.values()), rtol=1e-12
    )
    far = np.abs(np.array(theirs.paths[surface]) - ours.paths[surface]).max() > 0.1
    return [*alike, far]


@claim(
    "optax's AMSGrad has no translation into any other library",
    says="`translate` finds none for optax's AMSGrad in PyTorch, Keras and gdlib, "
    "whatever lr and β₂",
    at=dict(lr=0.2, b2=0.999),
    vary=dict(lr=(0.001, 0.2), b2=(0.9, 0.99)),
)
def test_amsgrad_stays_in_optax(lr, b2):
    """The three verdicts."""
    said = dict(learning_rate=lr, b2=b2)
    return [
        translate("amsgrad", said, "optax", other).verdict == NONE
        for other in ("PyTorch", "Keras", "gdlib")
    ]


@claim(
    "PyTorch's NAdam with `momentum_decay=1` is Keras's",
    says="Nadam's schedule with ψ = 1 walks Keras's recorded path",
    at=dict(surface="ravine"),
    vary=dict(surface=SURFACES),
)
def test_nadam_of_pytorch_is_keras_s(surface):
    """PyTorch's form at ψ = 1 and ε = 1e-7 beside the record."""
    form, _ = FORMS["nadam", "PyTorch"]
    theirs = recorded("nadam")["Keras"]
    start, lr = theirs.paths[surface][0], theirs.lr[surface]
    ours = run(form, SURFACES[surface], start, 200, lr=lr, psi=1, eps=1e-7)
    return np.abs(ours - theirs.paths[surface]).max() < 1e-12 * np.abs(ours).max()


@claim(
    "Twenty-three are exact",
    says="of the 30 calls with nothing said but lr, 23 have an exact translation into "
    "gdlib, 6 a nearest and optax's AMSGrad none, whatever the lr",
    at=dict(factor=1.0),
    vary=dict(factor=(0.01, 0.3, 10.0)),
)
def test_twenty_three_are_exact(factor):
    """What `translate` promises; Adadelta's lr is 1 throughout."""
    verdicts = []
    for name, library in PAIRS:
        theirs, lr = recorded(name)[library], dialect(name, library).arguments["lr"]
        rate = theirs.lr["ravine"] * (1 if name == "adadelta" else factor)
        said = theirs.native | {lr: rate}
        verdicts.append(translate(name, said, library, "gdlib").verdict)
    return [verdicts.count(v) for v in (SAME, NEAR, NONE)] == [23, 6, 1]


@claim(
    "No constant ε carries PyTorch's Adam to Keras",
    says="with a constant ε Adam goes from PyTorch to Keras exactly only at ε = 0; "
    "back it goes at every ε, with one that falls",
    at=dict(eps=1e-8, beta2=0.999),
    vary=dict(eps=(1e-10, 1e-3, 1.0), beta2=(0.5, 0.99)),
)
def test_adam_there_and_back(eps, beta2):
    """Verdicts of `translate`, and the divisors at two steps."""
    there = translate("adam", dict(eps=eps, betas=(0.9, beta2)), "PyTorch", "Keras")
    back = translate("adam", dict(epsilon=eps, beta_2=beta2), "Keras", "PyTorch")
    none = translate("adam", dict(eps=0.0, betas=(0.9, beta2)), "PyTorch", "Keras")
    moving = back.arguments["eps"]
    falls = moving(1) > moving(5) > eps
    return (there.verdict, back.verdict, none.verdict) == (NEAR, SAME, SAME) and falls


@claim(
    "Outside, a new lr takes hold of the *whole* velocity at once",
    says="in the step at which lr changes, the old velocity moves θ by its share times "
    "new lr over old with lr outside, by all of it with lr inside; then paths part",
    at=dict(drop=20, factor=0.1, kappa=10, gamma=0.9),
    vary=dict(drop=(5, 50), factor=(0.1, 0.5), kappa=(5, 20), gamma=(0.5, 0.9)),
)
def test_lr_outside_and_inside(drop, factor, kappa, gamma):
    """The first move after the change, and the same path before it."""
    ground, lr = ravine(kappa, 30), 0.05

    def rate(t):
        return lr if t <= drop else factor * lr

    at = dict(start=(-4, 2.5), steps=drop + 1, lr=rate, gamma=gamma)
    inside, outside = (descend(f, ground, **at) for f in (momentum, dampened))
    before = np.abs(inside.theta[:-1] - outside.theta[:-1]).max() < 1e-12
    old, g = inside.terms["v"][-2], ground.grad(inside.theta[-2])
    moves = [run.theta[-2] - run.theta[-1] for run in (inside, outside)]
    wanted = [gamma * share * old + factor * lr * g for share in (1, factor)]
    return before and np.allclose(moves, wanted, rtol=1e-9, atol=1e-13)


FALLING = {
    "at once": lambda t: 0.05 if t <= 20 else 0.005,
    "in stages": lambda t: 0.05 / (1 + t // 30),
    "with the root of t": lambda t: 0.1 / t**0.5,
}


@claim(
    "Only the step at which lr changes has another γ.",
    says="with γ times new lr over old in momentum with lr inside, the path is that of "
    "lr outside, for lr that falls at once, in stages or with the root of t",
    at=dict(lr="at once"),
    vary=dict(lr=FALLING),
)
def test_gamma_that_mends(lr):
    """200 steps in a ravine, PyTorch's form beside gdlib's momentum."""
    ground, rate = ravine(10, 30), FALLING[lr]
    at = dict(start=(-4, 2.5), steps=200, lr=rate)

    def gamma(t):
        return 0.9 if t == 1 else mending_gamma(t, rate, 0.9)

    ours = descend(momentum, ground, gamma=gamma, **at).theta
    theirs = descend(dampened, ground, gamma=0.9, **at).theta
    return np.abs(ours - theirs).max() < 1e-11
