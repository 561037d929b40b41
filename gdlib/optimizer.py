"""Optimizer: a method as an object that keeps its own state, as libraries have it."""

from types import MappingProxyType

import numpy as np

from .descent import _FOUND, _IN_PLACE, _NEXT, first_state
from .refusals import allowed, checked_hyper, name_of, signature


class Optimizer:
    """One of the methods over a dict of named arrays of any shape.

    method  one of gdlib's ten, or a function of yours with their signature that asks
            for one gradient a step
    hyper   its hyper-parameters: numbers or functions of the step t = 1, 2, …

    The formulas are the method's own; this keeps t and the state of each name. A name
    may join later: its own steps are counted from there. `t` is the number of updates
    made, `diverged_at` the first that gave a number that is not finite, or None;
    `hyper` is read-only. Arrays keep their shape and their kind of float (state is
    float64); whole numbers become float64.
    Raises as `descend` does. PyTorch's optimisers have the same shape, but change the
    parameters in place. Source: the pattern lexicon's NADAM page. Notebook 12.
    """

    def __init__(self, method, **hyper):
        self._start, known = signature(method)
        hyper = checked_hyper(method, hyper, known)
        for name, value in hyper.items():
            _check_number(name, value)
        self.method, self.hyper = method, MappingProxyType(hyper)
        self.t, self.diverged_at = 0, None
        self.state, self._steps, self._shapes = {}, {}, {}

    def __repr__(self):
        hyper = [
            f"{name}={'a schedule' if callable(value) else f'{value:g}'}"
            for name, value in self.hyper.items()
        ]
        names = [f"{name} {shape}" for name, shape in self._shapes.items()]
        on = f" of {', '.join(names)}" if names else ""
        called = ", ".join([name_of(self.method), *hyper])
        return f"Optimizer({called}) after {self.t} updates{on}"

    def update(self, params, grads):
        """Take one step and return the new params; the given arrays stay as they are.

        params  name -> array
        grads   name -> gradient of the same shape, taken at `lookahead(params)`
        Raises ValueError for names or shapes that differ, for numbers that are not
        finite and for a method that asks for more than one gradient, TypeError for
        what is no dict; the state then stays as it was.
        """
        params = self._checked(params)
        given = _arrays("grads", grads)
        _check_alike("grads", given, {name: p.shape for name, p in params.items()})
        new, states = {}, {}
        for name, theta in params.items():
            asked = []

            def grad(at, g=given[name], asked=asked):
                asked.append(at)
                return g

            found = self._called(name, theta, grad)
            if len(asked) > 1:
                raise ValueError(_ASKED.format(name_of(self.method), len(asked)))
            new[name], states[name] = self._judged(found, theta)
        self._keep(new, states)
        return new

    def lookahead(self, params):
        """Where the next gradient is wanted: Nesterov's θ − γv, else params itself."""
        points = {}
        for name, theta in self._checked(params).items():
            try:
                self._called(name, theta, _ask)
            except _Asked as asked:  # the rest of the step can wait for the gradient
                points[name] = np.array(asked.point, theta.dtype)
            else:
                points[name] = theta
        return points

    def _called(self, name, theta, grad):
        """What the method makes of one name at its own next step."""
        t = self._steps.get(name, 0) + 1
        hyper = {
            n: _check_number(n, allowed(n, h(t), t)) if callable(h) else h
            for n, h in self.hyper.items()
        }
        state = self.state.get(name) or first_state(self._start, theta)
        try:
            with np.errstate(all="ignore"):  # overflow is recorded, as in descend
                return self.method(theta, grad, t, **state, **hyper)
        except ValueError as error:
            if "read-only" not in str(error):
                raise
            raise ValueError(_IN_PLACE.format(name_of(self.method))) from error

    def _judged(self, found, theta):
        names, called = tuple(self._start), name_of(self.method)
        whole = type(found) is tuple and len(found) == 2 and type(found[1]) is dict
        if not (whole and set(names) <= set(found[1])):
            raise ValueError(_FOUND.format(called, found, names))
        if np.shape(found[0]) != theta.shape:
            raise ValueError(_NEXT.format(called, np.shape(found[0]), theta.shape))
        with np.errstate(all="ignore"):
            new = np.array(found[0], theta.dtype)
        return new, {name: _frozen(found[1][name]) for name in names}

    def _keep(self, new, states):
        self.t += 1
        self.state = self.state | states
        for name, theta in new.items():
            self._steps[name] = self._steps.get(name, 0) + 1
            self._shapes[name] = theta.shape
        finite = all(np.isfinite(theta).all() for theta in new.values())
        if self.diverged_at is None and not finite:
            self.diverged_at = self.t

    def _checked(self, params):
        params = _arrays("params", params)
        if not params:
            raise ValueError("params has no names; allowed: at least one.")
        if missing := [name for name in self._shapes if name not in params]:
            raise ValueError(
                f"params has the names {list(params)} and lacks {missing}; allowed: "
                "every name so far, and new ones."
            )
        known = {name: p for name, p in params.items() if name in self._shapes}
        _check_alike("params", known, self._shapes)
        return params


class _Asked(Exception):
    """The method has come to its gradient: `point` is where it wants it."""

    def __init__(self, point):
        super().__init__()
        self.point = point


def _ask(point):
    raise _Asked(point)


_ASKED = (
    "{} asked for {} gradients in one step; allowed: one, as grads holds one for each "
    "name. `descend` runs such a method."
)


def _frozen(value):
    """A state that the next step may read and not change."""
    if isinstance(value, np.ndarray):
        value = value.copy()
        value.setflags(write=False)
    return value


def _arrays(argument, given):
    """Name -> array of finite floats, a read-only copy: neither side changes it."""
    if not isinstance(given, dict):
        raise TypeError(
            f"{argument} is of type {type(given).__name__}; allowed: a dict of named "
            "arrays."
        )
    arrays = {}
    for name, value in given.items():
        arrays[name] = array = _floats(f"{argument}[{name!r}]", value)
        if not np.isfinite(array).all():
            raise ValueError(
                f"{argument}[{name!r}] is not finite; allowed: finite numbers."
            )
        array.setflags(write=False)
    return arrays


def _floats(argument, value):
    """A copy as an array that keeps its kind of float."""
    try:
        array = np.array(value)
        array = (
            array if array.dtype.kind == "f" else array.astype(float, casting="safe")
        )
    except (TypeError, ValueError):
        raise ValueError(
            f"{argument} is {value!r}; allowed: an array of real numbers."
        ) from None
    return array


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
