"""Optimizer: a method as an object that keeps its own state, as libraries have it."""

import functools

import numpy as np

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
        self.t, self.state = 0, {}

    def update(self, params, grads):
        """Take one step and return the new params; the given arrays stay as they are.

        params  name -> array
        grads   name -> gradient of the same shape, taken at `lookahead(params)`
        Raises ValueError for names or shapes that differ or a gradient that is not
        finite; the state then stays as it was.
        """
        params = self._checked(params)
        given = {name: np.asarray(g, float) for name, g in grads.items()}
        _check_grads(params, given)
        new, state = self._step(params, lambda name, at: given[name])
        self.t, self.state = self.t + 1, state
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
            name: allowed(name, h(t), t) if callable(h) else h
            for name, h in self.hyper.items()
        }
        new, states = {}, {}
        for name, theta in params.items():
            state = self.state.get(name, self._start)
            ask = functools.partial(grad, name)
            new[name], terms = self.method(theta, ask, t, **state, **hyper)
            states[name] = {term: terms[term] for term in state}
        return new, states

    def _checked(self, params):
        known = set(self.state) or set(params)
        if not params or set(params) != known:
            raise ValueError(
                f"params has the names {sorted(params)}; allowed: "
                f"{sorted(known) or 'at least one'}."
            )
        return {name: np.asarray(theta, float) for name, theta in params.items()}


def _check_grads(params, grads):
    if set(grads) != set(params):
        raise ValueError(
            f"grads has the names {sorted(grads)}; allowed: {sorted(params)}."
        )
    for name, g in grads.items():
        if g.shape != params[name].shape:
            raise ValueError(
                f"grads[{name!r}] has shape {g.shape}; allowed: {params[name].shape}."
            )
        if not np.isfinite(g).all():
            raise ValueError(f"grads[{name!r}] is not finite; allowed: finite numbers.")
