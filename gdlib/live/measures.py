"""How fast a method is, for a whole map of hyper-parameters at once."""

import numpy as np

from ..descent import descend


def steps_under(method, objective, start, steps, tol, hyper):
    """The first step with the gap under tol, nan where there is none."""
    run = descend(method, objective, start, steps, keep="last", tol=tol, **hyper)
    return run.first_below(tol), run.loss[-1]


def rate(method, objective, start, steps, tol, hyper):
    """The factor on the distance to the minimum, a step, over the second half.

    Two neighbouring gaps are added, so that a swing through the minimum does not
    count as speed. Where the first half sinks into rounding, its factor is taken.
    """
    half, run, gaps = max(2, steps // 2), start, []
    began = objective.value(np.array(start)) - objective.lowest
    for leg in (half - 1, 1, half - 1, 1):
        run = descend(method, objective, run, leg, keep="last", **hyper)
        gaps.append(np.maximum(run.loss[-1] - objective.lowest, 0))
    middle, end = gaps[0] + gaps[1], gaps[2] + gaps[3]
    with np.errstate(all="ignore"):
        factor = np.where(end > 1e-26 * began, end / middle, middle / began)
    return factor ** (1 / (2 * half)), run.loss[-1]


MEASURES = {"steps": steps_under, "rate": rate}
