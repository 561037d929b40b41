"""Bad input gets one sentence: the argument, its value and what is allowed."""

import functools
import inspect
import math

import numpy as np

from .objectives import Objective

ALLOWED = {
    "lr": ("a number above 0", lambda value: value > 0),
    "gamma": ("at least 0 and below 1", lambda value: (value >= 0) & (value < 1)),
    "beta1": ("at least 0 and below 1", lambda value: (value >= 0) & (value < 1)),
    "beta2": ("at least 0 and below 1", lambda value: (value >= 0) & (value < 1)),
    "eps": ("0 or more", lambda value: value >= 0),
    "weight_decay": ("0 or more", lambda value: value >= 0),
}


def name_of(method):
    """The name of a function, a `functools.partial`, or an object that is called."""
    inner = getattr(method, "func", method)
    return getattr(inner, "__name__", type(inner).__name__)


@functools.lru_cache(256)
def signature(method):
    """The names of a method's state and its hyper-parameters with their defaults.

    Raises TypeError for something that is not a method.
    """
    if not callable(method):
        raise TypeError(
            f"method is {method!r}; allowed: a function (theta, grad, t, *state, "
            "**hyper) as gdlib.adam is."
        )
    parameters = list(inspect.signature(method).parameters.values())
    for p in parameters[3:]:
        if p.kind is p.POSITIONAL_OR_KEYWORD and p.default is p.empty:
            raise TypeError(
                f"{p.name} has no first value in {name_of(method)}; allowed: a "
                f"default, as {p.name}=0.0."
            )
    states = {
        p.name: p.default for p in parameters[3:] if p.kind is p.POSITIONAL_OR_KEYWORD
    }
    known = {p.name: p.default for p in parameters if p.kind is p.KEYWORD_ONLY}
    return states, known


def checked_hyper(method, hyper, known):
    """Defaults and given hyper-parameters, each a float, an array or a schedule."""
    called = name_of(method)
    for name in hyper:
        if name not in known:
            raise TypeError(
                f"{name} is no hyper-parameter of {called}; allowed: "
                f"{', '.join(known) or f'none, as {called} names none after its *'}."
            )
    merged = known | hyper
    for name, value in merged.items():
        if value is inspect.Parameter.empty:
            raise TypeError(f"{name} is missing; {called} has no default.")
    return {
        name: value if callable(value) else allowed(name, value)
        for name, value in merged.items()
    }


def allowed(name, value, t=None):
    """The value as a float or an array, or a ValueError that says what is allowed."""
    rule, holds = ALLOWED.get(name, ("a finite number", np.isfinite))
    if type(value) is float and holds(value) and math.isfinite(value):
        return value  # the usual case, and a schedule's every step
    number = as_numbers(value)
    if not (np.isfinite(number) & holds(number)).all():
        when = "" if t is None else f" at t = {t}"
        raise ValueError(f"{name} is {value!r}{when}; allowed: {rule}.")
    return number if number.ndim else float(number)


def as_numbers(value):
    """A value as a new array of floats; NaN where it holds text or is no number.

    What NumPy would make numbers of in silence is refused: "0.1", and 1 + 2j.
    """
    try:
        given = np.asarray(value)
        if given.dtype.kind in "biufO":  # O: fractions and the like
            return given.astype(float)
    except Exception:  # tensors of other libraries have their own ways to refuse
        pass
    return np.array(np.nan)


def checked_start(objective, start):
    """The start as an array of floats, a copy, or a ValueError."""
    if start is None and objective.start is None:
        raise ValueError(
            f"start is None and {objective.name!r} has none of its own; allowed: "
            f"{objective.dim} finite numbers."
        )
    given = objective.start if start is None else start
    theta = as_numbers(given)  # a copy: the caller's array stays as it is
    fits = theta.shape[:1] == (objective.dim,) and theta.size
    if not (fits and np.isfinite(theta).all()):
        raise ValueError(
            f"start is {given!r}; allowed: finite numbers, {objective.dim} of them "
            "along the first axis."
        )
    return theta


def spread(theta, hyper):
    """Give theta one column for every run that the hyper-parameters span."""
    shapes = [h.shape for h in hyper.values() if isinstance(h, np.ndarray)]
    try:
        runs = np.broadcast_shapes(theta.shape[1:], *shapes)
    except ValueError:
        raise ValueError(
            f"start has runs of shape {theta.shape[1:]} and the hyper-parameters "
            f"{shapes}; allowed: shapes that broadcast together."
        ) from None
    lead = theta.reshape(
        len(theta), *(1,) * (len(runs) - theta.ndim + 1), *theta.shape[1:]
    )
    return np.broadcast_to(lead, (len(theta), *runs))


def checked_objective(objective):
    """Refuse what is no Objective."""
    if not isinstance(objective, Objective):
        raise TypeError(
            f"objective is {objective!r}; allowed: an Objective(value, grad, dim)."
        )


def checked_resumption(method, objective, path):
    """Refuse to go on with another method or on a surface of another dimension."""
    if path.method is not method or path.objective.dim != objective.dim:
        raise ValueError(
            f"start is a run of {path.name} with dim = {path.objective.dim}; allowed: "
            f"one of {name_of(method)} with dim = {objective.dim}."
        )


def known_lowest(objective):
    """The value at the best known minimum, or a ValueError where none is known."""
    if objective.lowest is None:
        raise ValueError(
            f"minima of {objective.name!r} is empty; the gap needs one: "
            "Objective(..., minima=((x, y),))."
        )
    return objective.lowest
