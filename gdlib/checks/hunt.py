"""Notebook 16, the bug hunt: what each program is meant to be, and how its run looks.

    from gdlib.checks.hunt import CASES
    CASES[4].curves()

The curves come from the programs as they stand in `broken`; `case.law` says how long
the steps of the method that a program is meant to be are on a constant slope.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from ..descent import descend
from ..methods import adam, gradient_descent
from ..objectives import Objective
from ..regression import line_data, mse
from ..surfaces import BOWL, ROSENBROCK, ravine
from .broken import PROGRAMS

JOB = mse(*line_data(np.random.default_rng(0)))
VALLEY = ravine(10, 30)
LONG = Objective(  # a slope of nearly 1 over hundreds of units, the minimum at 0
    lambda x: np.sqrt(1 + x[0] ** 2),
    lambda x: x / np.sqrt(1 + x**2),
    dim=1,
    minima=((0.0,),),
    start=(150.0,),
    batches=True,
)


def plain_law(g, t):
    """Step t of gradient descent on a constant slope g, in units of η: g."""
    return g + 0 * t


def momentum_law(g, t, gamma=0.9):
    """Step t of momentum on a constant slope g, in units of η: g (1 − γᵗ)/(1 − γ)."""
    return g * (1 - gamma**t) / (1 - gamma)


def sign_law(g, t, beta1=0.9, beta2=0.999):
    """Step t of Adam or AMSGrad on a constant slope g, in units of η: g's sign."""
    return np.sign(g) + 0 * t


def nadam_law(g, t, beta1=0.9, beta2=0.999):
    """Step t of Nadam on a constant slope g, in units of η, ε left out."""
    ahead = beta1 * (1 - beta1**t) / (1 - beta1 ** (t + 1))
    return np.sign(g) * (ahead + (1 - beta1) / (1 - beta1**t))


@dataclass(frozen=True)
class Case:
    """One program, ready for the instruments.

    title      in a word or two
    program    as the notebook prints it
    law        (g, t, **decays) -> the right step t on a constant slope g, over η
    curves     no arguments -> name -> (points,): what the reader sees first
    axes       what `plot_lines` takes beside them
    method     the program as a method, or the healthy one that uses it
    objective  healthy, or with the program in its gradient
    """

    title: str
    program: Callable
    law: Callable
    curves: Callable
    axes: dict = field(default_factory=dict)
    method: Callable = gradient_descent
    objective: Objective = VALLEY

    @property
    def off(self):
        """The settings that switch the method's memory off."""
        decays = {plain_law: (), momentum_law: ("gamma",)}
        return dict.fromkeys(decays.get(self.law, ("beta1", "beta2")), 0.0)


def with_gradient(grad):
    """The regression with this function of theta for its gradient."""
    return replace(JOB, grad=grad)


def batch_gradient(minibatch, k, seed):
    """The slope on what `minibatch` draws; of no samples at all it is nan."""
    rng = np.random.default_rng(seed)

    def grad(theta):
        X, y = minibatch(JOB.X, JOB.y, k, rng)
        with np.errstate(invalid="ignore"):
            return 2 * X.T @ (X @ theta - y) / np.float64(len(y))

    return with_gradient(grad)


def recorded_step(train, theta, grad, t, *, lr=0.1):
    """Make a method of a loop: the step is what its record of one step shows."""
    path = train(lambda point: grad(point.copy()), theta.copy(), 1, lr)
    return theta + (path[1] - path[0]), {}


def gaps(runs, limits=(1e-16, 1e9)):
    """Name -> gap of each run, (method, objective, settings), inside the limits."""
    return {
        name: np.clip(descend(method, objective, **settings).gap, *limits)
        for name, (method, objective, settings) in runs.items()
    }


def _creeps():
    run = descend(gradient_descent, CASES[1].objective, steps=1000)
    return {"the program": run.loss, "closed form": np.full(1001, JOB.lowest)}


def _no_faster():
    same = (ravine(30), dict(steps=300, lr=0.01))
    runs = {"the program": (PROGRAMS[2], *same)}
    return gaps(runs | {"gradient_descent": (gradient_descent, *same)})


def _breaks_off():
    job = batch_gradient(PROGRAMS[3], k=20, seed=1)
    return gaps({"the program": (gradient_descent, job, dict(steps=150))})


def _leaps():
    return gaps({"the program": (PROGRAMS[4], VALLEY, dict(steps=80, lr=0.1))})


def _stands():
    path = PROGRAMS[5](BOWL.grad, np.array([-1.5, 2.0]), 40, 0.1)
    before = np.full(len(path), BOWL(np.array([-1.5, 2.0])))
    return {"the program's record": BOWL(path.T), "the start, before": before}


def _two_starts():
    starts = {"from (0.02, 0.02)": (0.02, 0.02), "from (30, 30)": (30.0, 30.0)}
    settings = dict(steps=30, lr=0.1)
    return gaps(
        {n: (PROGRAMS[6], BOWL, settings | dict(start=s)) for n, s in starts.items()}
    )


def _long_way():
    runs = {"the program": PROGRAMS[7], "adam": adam}
    return {
        n: descend(f, LONG, steps=3000, lr=0.1).theta[:, 0] for n, f in runs.items()
    }


def _one_point():
    rng = np.random.default_rng(1)
    X = np.column_stack([rng.standard_normal((200, 2)), np.zeros(200)])
    y = X @ [2, -1, 0] + 0.1 * rng.standard_normal(200)
    jobs = {"two inputs": mse(X[:, :2], y), "and one that is always 0": mse(X, y)}
    return gaps({n: (PROGRAMS[8], o, dict(steps=100, lr=0.1)) for n, o in jobs.items()})


def _same_line():
    same = (ROSENBROCK, dict(steps=400, lr=0.1))
    return gaps({"adam": (adam, *same), "the program": (PROGRAMS[9], *same)})


def _restless():
    return gaps({"the program": (PROGRAMS[10], VALLEY, dict(steps=300, lr=0.1))})


def _infected():
    run = descend(PROGRAMS[11], BOWL, (2.0, 0.0), steps=60, lr=0.05)
    return {"x": run.theta[:, 0], "y": run.theta[:, 1]}


def _floor():
    run = (gradient_descent, CASES[12].objective, dict(steps=150))
    return gaps({"the program": run})


def _swings():
    same = (VALLEY, dict(steps=120, lr=0.1, beta2=0.99))
    return gaps({"the program": (PROGRAMS[13], *same), "adam": (adam, *same)})


LOSS, GAP = dict(xlabel="step", ylabel="loss"), dict(xlabel="step", ylabel="gap")
LOG = GAP | dict(yscale="log")
CASES = {
    1: Case(
        "divided by N twice",
        PROGRAMS[1],
        plain_law,
        _creeps,
        LOSS | dict(ylim=(0, 6)),
        objective=with_gradient(partial(PROGRAMS[1], JOB.X, JOB.y)),
    ),
    2: Case(
        "another form's η", PROGRAMS[2], momentum_law, _no_faster, LOG, PROGRAMS[2]
    ),
    3: Case(
        "a batch of any size",
        PROGRAMS[3],
        plain_law,
        _breaks_off,
        LOG | dict(xlim=(0, 150)),
        objective=batch_gradient(PROGRAMS[3], len(JOB.y), seed=1),
    ),
    4: Case("one correction", PROGRAMS[4], sign_law, _leaps, LOG, PROGRAMS[4]),
    5: Case(
        "changed in place",
        PROGRAMS[5],
        plain_law,
        _stands,
        LOSS | dict(ylim=(-0.5, 10)),
        partial(recorded_step, PROGRAMS[5]),
    ),
    6: Case("multiplied", PROGRAMS[6], sign_law, _two_starts, LOG, PROGRAMS[6]),
    7: Case(
        "t stands still",
        PROGRAMS[7],
        sign_law,
        _long_way,
        dict(xlabel="step", ylabel="x"),
        PROGRAMS[7],
    ),
    8: Case("ε on θ", PROGRAMS[8], sign_law, _one_point, LOG, PROGRAMS[8]),
    9: Case("never used", PROGRAMS[9], nadam_law, _same_line, LOG, PROGRAMS[9]),
    10: Case("state lost", PROGRAMS[10], sign_law, _restless, LOG, PROGRAMS[10]),
    11: Case(
        "state shared",
        PROGRAMS[11],
        momentum_law,
        _infected,
        dict(xlabel="step", ylabel="coordinate"),
        PROGRAMS[11],
    ),
    12: Case(
        "h too small",
        PROGRAMS[12],
        plain_law,
        _floor,
        LOG,
        objective=with_gradient(partial(PROGRAMS[12], JOB.value)),
    ),
    13: Case("two at once", PROGRAMS[13], sign_law, _swings, LOG, PROGRAMS[13]),
}
LINE_UP = {"A": PROGRAMS[13], "B": adam, "C": PROGRAMS[7]}  # one of them is right
