"""What becomes of a formula in another library: one rule for each method.

A rule takes a form, all that enters the formula in our words, and the `Dialect` that
it is to be said in. It gives a `Fit`: the settings there, how well they fit, and why.
"""

import math
from dataclasses import dataclass, field

from . import reasons
from .schedule import Schedule

SAME, NEAR, NONE = "the same", "the nearest", "no translation"
INSIDE = {"gdlib", "Keras"}  # who keeps lr inside the velocity
SETTLED = 1000  # 0.96 to this power is 0 beside 1


@dataclass(frozen=True)
class Fit:
    """The settings of another library that come nearest.

    settings  our word -> number or Schedule
    verdict   SAME, NEAR or NONE
    why       the reason in a sentence or two
    flags     argument -> what else is typed there
    """

    settings: dict
    verdict: str = SAME
    why: str = reasons.ONE
    flags: dict = field(default_factory=dict)


def gradient_descent(form, there):
    """Fit gradient descent: one formula everywhere."""
    return Fit(form)


def nesterov(form, there):
    """Fit Nesterov: one formula, told at other points."""
    return Fit(form, why=reasons.AHEAD)


def momentum(form, there):
    """Fit momentum: dampening, and lr inside the velocity or outside."""
    settings, lr, tau = _without(form, "dampening"), form["lr"], form["dampening"]
    if "dampening" in there.arguments:
        return Fit(form, why=reasons.ONE if tau else reasons.OUTSIDE)
    if tau == 0:
        return Fit(settings, why=reasons.OUTSIDE)
    if there.library not in INSIDE:
        ahead = Schedule("1 - {tau} * ({before} > 0)", dict(tau=tau))
        return Fit(settings, SAME, reasons.CHAINED, dict(scale_by_schedule=ahead))
    rest = lr * (1 - tau)
    schedule = Schedule(
        "{lr} if {t} == 1 else {rest}",
        dict(lr=lr, rest=rest),
        "PiecewiseConstantDecay([0], [{lr}, {rest}])",
    )
    return Fit(settings | dict(lr=schedule), why=reasons.DAMPENED)


def adagrad(form, there):
    """Fit Adagrad: inside the root, ε and G₀ are one number."""
    settings, eps, start = _decayed(form, there), form["eps"], form["start"]
    if form["inside"] == there.fixed["inside"] or not eps:
        return _one_number(settings, there, SAME, reasons.ONE)
    if form["inside"]:
        return Fit(settings | dict(start=start + eps, eps=0.0), why=reasons.BEGINS)
    first = math.sqrt(start)
    settings["eps"] = (first + eps) ** 2 - start
    why = reasons.other_side("√G", eps, first)
    return _one_number(settings, there, NEAR, why)


def _decayed(form, there):
    """Adagrad's settings, lr_decay as a schedule of lr where it is no setting."""
    settings, decay = _without(form, "inside", "lr_decay"), form["lr_decay"]
    if "lr_decay" in there.arguments:
        return settings | dict(lr_decay=decay)
    if not decay:
        return settings
    lr = Schedule(
        "{lr} / (1 + {decay} * {before})",
        dict(lr=form["lr"], decay=decay),
        "InverseTimeDecay({lr}, 1, {decay})",
    )
    return settings | dict(lr=lr)


def _one_number(settings, there, verdict, why):
    """Add G₀ to ε where there is no setting for it."""
    if "start" in there.arguments:
        return Fit(settings, verdict, why)
    start, eps = settings["start"], settings["eps"]
    settings = _without(settings, "start") | dict(eps=eps + start)
    return Fit(settings, verdict, reasons.SUM if start and verdict == SAME else why)


def adadelta(form, there):
    """Fit Adadelta: gdlib's has no lr."""
    if "lr" in there.arguments:
        return Fit(form)
    if form["lr"] == 1:
        return Fit(_without(form, "lr"))
    return Fit({}, NONE, reasons.NO_LR)


def rmsprop(form, there):
    """Fit RMSProp: ε inside the root or outside."""
    settings, inside, eps = _without(form, "inside"), form["inside"], form["eps"]
    if "inside" in there.arguments:
        return Fit(form, why=reasons.EITHER)
    if inside == there.fixed["inside"] or eps == 0:
        return Fit(settings)
    found = math.sqrt(eps) if inside else eps**2
    why = reasons.other_side("√E[g²]", found if inside else eps)
    return Fit(settings | dict(eps=found), NEAR, why)


def adam(form, there):
    """Fit Adam, and AMSGrad: ε before or after the correction of v."""
    settings = {n: form[n] for n in ("lr", "beta1", "beta2", "eps")}
    root, eps, beta2 = form.get("eps_root", 0.0), form["eps"], form["beta2"]
    if "eps_root" in there.arguments:
        settings["eps_root"] = root
    elif root:
        settings["eps"] = eps + math.sqrt(root)
        why = reasons.other_side("√v̂", math.sqrt(root))
        if there.fixed["hat"]:
            why += f" {reasons.before_correction(settings['eps'], beta2)}"
        return Fit(settings, NEAR, why)
    if form["hat"] == there.fixed["hat"] or not eps * beta2:
        return Fit(settings)
    if there.fixed["hat"]:
        return Fit(settings, NEAR, reasons.before_correction(eps, beta2))
    falls = Schedule("{eps} / (1 - {beta2}**{t}) ** 0.5", dict(eps=eps, beta2=beta2))
    return Fit(settings | dict(eps=falls), why=reasons.FALLS)


def amsgrad(form, there):
    """Fit AMSGrad: the maximum first, or the correction."""
    if form["order"] == there.fixed["order"]:
        return Fit(form) if form["order"] == "correction" else adam(form, there)
    if form["order"] == "correction":
        return Fit({}, NONE, reasons.CORRECTS)
    beta2 = form["beta2"]
    settings, flags = form | _rising("lr", form), dict(bias_correction_nu=False)
    if form["hat"] or not form["eps"] * beta2:
        return Fit(settings, SAME, reasons.SWITCHED, flags)
    return Fit(settings | _rising("eps", form), SAME, reasons.BOTH, flags)


def _rising(word, form):
    """A setting times √v's correction."""
    numbers = dict(value=form[word], beta2=form["beta2"])
    return {word: Schedule("{value} * (1 - {beta2}**{t}) ** 0.5", numbers)}


def adamax(form, there):
    """Fit Adamax: ε inside the maximum or after it."""
    settings = _without(form, "inside")
    if form["inside"] == there.fixed["inside"] or form["eps"] == 0:
        return Fit(settings)
    return Fit(settings, NEAR, reasons.in_maximum(form["eps"]))


def nadam(form, there):
    """Fit Nadam: the schedule of β₁."""
    settings, psi = _without(form, "psi"), form["psi"]
    if "psi" in there.arguments:
        if psi > SETTLED:
            return Fit(settings | dict(psi=1e6), why=reasons.CONSTANT)
        return Fit(form)
    if psi == there.fixed["psi"] or min(psi, there.fixed["psi"]) > SETTLED:
        return Fit(settings)
    why = reasons.warms_up(form["beta1"], psi, there.fixed["psi"])
    return Fit(settings, NEAR, why)


def _without(form, *words):
    return {word: value for word, value in form.items() if word not in words}


RULES = {
    rule.__name__: rule
    for rule in (
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
