"""Optimizer: a method as an object that keeps its own state, as libraries have it."""

import functools

import numpy as np

from .descent import _FOUND, _NEXT
from .refusals import allowed, checked_hyper, signature


class Optimizer:
    """One of the methods over a dict of named arrays of any shape.

    method  one of gdlib's ten, or a function of yours with their signature
    hyper   its hyper-parameters: numbers or functions of the step t = 1, 2, …

    The formulas are the method's own; this keeps t and, for each name, the state.
    Raises as `descend` does. PyTorch's optimisers have the same shape, but change the
    parameters in place. Source: the pattern lexicon's NADAM page. Notebook 12.
    """

    def __init__(self, method, **hyper):
        self._start, known = signature(method)
        self.method, self.hyper = method, checked_hyper(method, hyper, known)
        for name, value in self.hyper.items():
            _check_number(name, value)
        self.t, self.state, self._shapes = 0, {}, {}

    def update(self, params, grads):
        """Take one step and return the new params; the given arrays stay as they are.

        params  name -> array
        grads   name -> gradient of the same shape, taken at `lookahead(params)`
        Raises ValueError for names or shapes that differ or a gradient that is not
        finite, TypeError for what is no dict; the state then stays as it was.
        """
        params = self._checked(params)
        given = _arrays("grads", grads)
        _check_alike("grads", given, {name: p.shape for name, p in params.items()})
        for name, g in given.items():
            if not np.isfinite(g).all():
                raise ValueError(
                    f"grads[{name!r}] is not finite; allowed: finite numbers."
                )
        new, state = self._step(params, lambda name, at: given[name])
        self.t, self.state = self.t + 1, state
        self._shapes = {name: p.shape for name, p in params.items()}
        return new

    def lookahead(self, params):
        """Where the next gradient is wanted: Nesterov's θ − γv, else params itself."""
        points = {}

        def probe(name, at):
            points[name] = at
            return np.zeros_like(at)

        self._step(self._checked(params), probe)
        return points

    def _step(self, params, grad):
        t = self.t + 1
        hyper = {
            name: _check_number(name, allowed(name, h(t), t)) if callable(h) else h
            for name, h in self.hyper.items()
        }
        new, states = {}, {}
        for name, theta in params.items():
            state, ask = (
                self.state.get(name, self._start),
                functools.partial(grad, name),
            )
            with np.errstate(all="ignore"):  # overflow is recorded, as in descend
                found = self.method(theta, ask, t, **state, **hyper)
            new[name], states[name] = self._judged(found, theta.shape)
        return new, states

    def _judged(self, found, shape):
        names, called = tuple(self._start), self.method.__name__
        whole = type(found) is tuple and len(found) == 2 and type(found[1]) is dict
        if not (whole and set(names) <= set(found[1])):
            raise ValueError(_FOUND.format(called, found, names))
        if np.shape(found[0]) != shape:
            raise ValueError(_NEXT.format(called, np.shape(found[0]), shape))
        return found[0], {name: found[1][name] for name in names}

    def _checked(self, params):
        params = _arrays("params", params)
        if not params:
            raise ValueError("params has no names; allowed: at least one.")
        if self._shapes:
            _check_alike("params", params, self._shapes)
        return params


def _arrays(argument, given):
    """Name -> array of floats, a copy: neither side can change the other's."""
    if not isinstance(given, dict):
        raise TypeError(
            f"{argument} is of type {type(given).__name__}; allowed: a dict of named "
            "arrays."
        )
    arrays = {}
    for name, value in given.items():
        try:
            arrays[name] = np.array(value, float)
        except (TypeError, ValueError):
            raise ValueError(
                f"{argument}[{name!r}] is {value!r}; allowed: an array of numbers."
            ) from None
    return arrays


def _check_alike(argument, arrays, shapes):
    if set(arrays) != set(shapes):
        raise ValueError(
            f"{argument} has the names {list(arrays)}; allowed: {list(shapes)}."
        )
    for name, array in arrays.items():
        if array.shape != shapes[name]:
            raise ValueError(
                f"{argument}[{name!r}] has shape {array.shape}; allowed: "
                f"{shapes[name]}."
            )


def _check_number(name, value):
    if np.ndim(value):
        raise ValueError(
            f"{name} has shape {value.shape}; allowed: a number, or a function of t "
            "that gives one."
        )
    return value
