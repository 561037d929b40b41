"""descend(): the only loop of the course."""

import numpy as np

from .refusals import (
    allowed,
    checked_hyper,
    checked_objective,
    checked_resumption,
    checked_start,
    known_lowest,
    name_of,
    signature,
    spread,
)
from .trajectory import Terms, Trajectory, as_step

BLOCK = 96_000  # bytes of theta: with all a step makes, it stays in the cache
np.empty(2**17)  # 1 MB, freed at once: from now on malloc keeps such arrays for reuse


def descend(
    method,
    objective,
    start=None,
    steps=100,
    *,
    keep="all",
    tol=(),
    project=None,
    **hyper,
):
    """Run a method on an objective and record everything it did.

    method     one of gdlib's ten, or a function of yours with their signature
    objective  an Objective; a stochastic one draws from the Generator it holds
    start      (dim,) or (dim, *runs), default the objective's own; or a Trajectory
               of the same method, which then goes on where it ended
    steps      how many, >= 1
    keep       "all", or "last": final theta and loss only, large batches in blocks
    tol        with keep="last": the gaps whose first step and settling time are wanted
    project    maps theta back into a feasible set after each step
    hyper      the method's hyper-parameters: numbers, arrays of shape `runs`, or
               functions of the step t = 1, 2, …

    Returns a Trajectory. Divergence is no error: overflow is recorded as it is.
    Raises ValueError, or TypeError for an unknown hyper-parameter, in one sentence.
    """
    states, known = signature(method)
    hyper = checked_hyper(method, hyper, known)
    checked_objective(objective)
    if not (isinstance(steps, int | np.integer) and steps >= 1):
        raise ValueError(f"steps is {steps!r}; allowed: a whole number from 1 up.")
    if keep not in ("all", "last"):
        raise ValueError(f"keep is {keep!r}; allowed: 'all' or 'last'.")
    if isinstance(start, Trajectory):
        checked_resumption(method, objective, start)
        theta, state, t = start.theta[-1], start.state, start.t
    else:
        theta, state, t = checked_start(objective, start), states, 0
    theta = spread(theta, hyper)
    run = _record_all if keep == "all" else _record_last
    with np.errstate(all="ignore"):  # overflow is a result here, not an accident
        try:
            found = run(method, objective, theta, state, t, steps, hyper, project, tol)
        except ValueError as error:
            if "read-only" not in str(error):
                raise
            raise ValueError(_IN_PLACE.format(name_of(method))) from error
    return Trajectory(method, objective, hyper, int(steps), t=t + int(steps), **found)


def _walk(method, grad, theta, state, t0, steps, hyper, project, record):
    """The loop: hand every step's theta and terms to `record`; return the last."""
    schedules = {name: h for name, h in hyper.items() if callable(h)}
    names, shape, state = tuple(state), theta.shape, first_state(state, theta)
    for t in range(t0 + 1, t0 + steps + 1):
        if schedules:
            hyper = hyper | {n: allowed(n, h(t), t) for n, h in schedules.items()}
        before = theta
        found = method(theta, grad, t, *state.values(), **hyper)
        if t == t0 + 1:
            _check_found(method, found, names)
        theta, terms = found
        if theta is before:
            raise ValueError(_SAME.format(name_of(method)))
        if getattr(theta, "shape", None) != shape:
            raise ValueError(_NEXT.format(name_of(method), np.shape(theta), shape))
        if project is not None:
            theta = project(theta)
            if getattr(theta, "shape", None) != shape:
                raise ValueError(_PROJECT.format(np.shape(theta), shape))
        theta.setflags(False)  # a later step must not change what stands
        for name in names:
            state[name] = value = terms[name]
            if type(value) is np.ndarray:
                value.setflags(False)
        record(theta, terms)
        del found, terms, before  # what is not state is freed before the next step
    return theta, state


def first_state(state, theta):
    """The state before a step: one that begins at 0.0 is zeros of theta's shape.

    So `g @ v` is a number at the first step as at every other. Any other first value,
    as a count that begins at the whole number 0, stays what it is.
    """
    shaped = {}
    for name, value in state.items():
        if type(value) is float and value == 0:
            value = np.zeros(theta.shape)
            value.setflags(False)
        shaped[name] = value
    return shaped


def _check_found(method, found, names):
    fine = type(found) is tuple and len(found) == 2 and type(found[1]) is dict
    if not (fine and set(names) <= set(found[1])):
        raise ValueError(_FOUND.format(name_of(method), found, names))


_GRADIENT = "grad of {!r} returned {} of shape {}; allowed: an array of theta's, {}."
_PROJECT = "project returned shape {}; allowed: the shape of theta, {}."
_IN_PLACE = (
    "{} changed one of its arguments, or a point it asked grad about, in place (as "
    "theta -= step does); allowed: new arrays only, as theta - step makes."
)
_FOUND = (
    "{} returned {!r}; allowed: the next theta and a dict of its terms, its state {} "
    "among them."
)
_SAME = (
    "{} returned the very theta it was given; allowed: a new array, as theta - step "
    "makes (theta - 0 * theta stays where it is)."
)
_NEXT = (
    "{} returned a next theta of shape {}; allowed: a new array shaped like the "
    "theta it was given, here {}."
)


def _record_all(method, objective, theta, state, t0, steps, hyper, project, tol):
    """Keep every theta, every term and every point where the gradient was asked."""
    thetas, terms, probes = [theta], [], []
    theta.setflags(False)
    ask = objective.grad

    def grad(point):
        point.setflags(False)
        probes.append(point)
        g = ask(point)
        if getattr(g, "shape", None) != point.shape:
            raise ValueError(_wrong_gradient(objective, g, point))
        return g

    def record(theta, found):
        thetas.append(theta)
        terms.append(found)

    _, state = _walk(method, grad, theta, state, t0, steps, hyper, project, record)
    thetas = np.array(thetas)
    return dict(
        theta=thetas,
        loss=_values(objective, np.moveaxis(thetas, 0, 1)),
        terms=Terms(terms),
        probes=np.array(probes),
        evaluations=len(probes),
        state=state,
        below={},
        since={},
    )


def _record_last(method, objective, theta, state, t0, steps, hyper, project, tol):
    """Keep the end only, working through large batches block by block."""
    columns = max(1, BLOCK // (len(theta) * theta.itemsize))
    axis, blocks = _blocks(theta.shape[1:], columns)
    found = [
        _last_of_block(
            method,
            objective,
            _block(theta, axis, block),
            {name: _block(value, axis, block) for name, value in state.items()},
            t0,
            steps,
            {name: _block(value, axis, block) for name, value in hyper.items()},
            project,
            tol,
        )
        for block in blocks
    ]
    thetas, losses, states, below, since, evaluations = zip(*found, strict=True)
    return dict(
        theta=_join(thetas, axis)[None],
        loss=_join(losses, axis)[None],
        terms={},
        probes=np.empty((0, *theta.shape)),
        evaluations=evaluations[0],
        state={name: _join([s[name] for s in states], axis) for name in state},
        below={b: as_step(_join([f[b] for f in below], axis)) for b in below[0]},
        since={b: as_step(_join([f[b] for f in since], axis)) for b in since[0]},
    )


def _blocks(runs, columns):
    """Slices of about so many runs along the longest axis, counted from the end."""
    if not runs:
        return None, [None]
    longest = int(np.argmax(runs))
    count = -(-int(np.prod(runs)) // columns)
    most = max(1, columns * runs[longest] // int(np.prod(runs)))
    width = min(most, -(-runs[longest] // count))  # even: a small rest is dear
    cuts = range(0, runs[longest], width)
    return longest - len(runs), [slice(i, i + width) for i in cuts]


def _block(value, axis, block):
    """The part of an array that belongs to a block; what broadcasts stays whole."""
    if callable(value):
        return lambda t: _block(value(t), axis, block)
    if axis is None or np.ndim(value) < -axis or np.shape(value)[axis] == 1:
        return value
    return np.asarray(value)[(..., block, *(slice(None),) * (-axis - 1))]


def _join(parts, axis):
    """Undo _block: the blocks side by side again."""
    if len(parts) == 1 or np.ndim(parts[0]) < -axis:
        return parts[0]
    return np.concatenate(parts, axis=axis)


def _last_of_block(method, objective, theta, state, t0, steps, hyper, project, tol):
    below = {float(b): np.full(theta.shape[1:], np.nan) for b in np.atleast_1d(tol)}
    since = {b: first.copy() for b, first in below.items()}
    lowest = known_lowest(objective) if below else None
    evaluations, t, ask = 0, 0, objective.grad

    def grad(point):
        nonlocal evaluations
        evaluations += 1
        g = ask(point)
        if getattr(g, "shape", None) != point.shape:
            raise ValueError(_wrong_gradient(objective, g, point))
        return g

    def look(theta, terms=None):
        nonlocal t
        gap = _values(objective, theta) - lowest
        for b, first in below.items():
            under = gap < b
            first[np.isnan(first) & under] = t
            since[b][~under] = np.nan
            since[b][np.isnan(since[b]) & under] = t
        t += 1

    if below:
        look(theta)
    record = look if below else lambda theta, terms: None
    theta, state = _walk(method, grad, theta, state, t0, steps, hyper, project, record)
    return theta, _values(objective, theta), state, below, since, evaluations


def _values(objective, points):
    """The value at every point, in one call, as `value` batches."""
    loss = np.asarray(objective.value(points), float)
    if loss.shape != points.shape[1:]:
        raise ValueError(
            f"value of {objective.name!r} returned shape {loss.shape} for points of "
            f"shape {points.shape}; allowed: {points.shape[1:]}, one value a point, "
            "as (theta**2).sum(0) gives."
        )
    return loss


def _wrong_gradient(objective, g, point):
    kind = f"a {type(g).__name__}"
    return _GRADIENT.format(objective.name, kind, np.shape(g), point.shape)
