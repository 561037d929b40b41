"""What notebook 16 claims of thirteen programs and four instruments, refereed.

The instruments stand here once more as the notebook has them, with what it holds fixed
as arguments.
"""

from dataclasses import replace
from functools import cache
from itertools import combinations

import numpy as np

from gdlib import (
    BEALE,
    HIMMELBLAU,
    METHODS,
    ROSENBROCK,
    Objective,
    adam,
    amsgrad,
    descend,
    gradient_descent,
    line_data,
    momentum,
    mse,
    nadam,
    nesterov,
    ravine,
)
from gdlib.checks.broken import PROGRAMS
from gdlib.checks.hunt import CASES, LONG, batch_gradient, momentum_law, sign_law
from gdlib.checks.mended import half_mended
from tests.claims.claim import claim

SLOPES = ((4, 0.04, 0), (-3, 0.5, 0), (1, 30, 0, -0.2))
VALLEYS = (ravine(10, 30), ravine(30, 60), ROSENBROCK)
TOLERANCES = (1e-6, 1e-3, 1e-3, 1e-3)
TWELVE = range(1, 13)


def apart(found, right):
    return np.abs(found - right).max() / np.abs(right).max()


def gradient_check(objective, theta, h=1e-5):
    rise = [objective(theta + e) - objective(theta - e) for e in h * np.eye(len(theta))]
    return apart(objective.grad(theta), np.array(rise) / (2 * h))


def steps_on(slopes, method, steps, lr=0.01, **decays):
    """Steps of a method on constant slopes, (steps, dim), in units of η."""
    G = np.array(slopes, float)
    plane = Objective(
        lambda x: G @ x, lambda x: G + 0 * x, dim=len(G), start=(0.0,) * len(G)
    )
    theta = descend(method, plane, None, steps, lr=lr, **decays).theta
    return -np.diff(theta, axis=0) / lr


def first_step(method, law, slopes=SLOPES[0], lr=0.01):
    return apart(steps_on(slopes, method, 1, lr)[0], law(np.array(slopes), 1))


def scale_test(method, objective, unit=1000, lr=0.01):
    loud = replace(objective, grad=lambda theta: unit * objective.grad(theta))
    walks = (objective, lr), (loud, lr), (loud, lr / unit)
    once, same, less = (descend(method, o, steps=20, lr=r).theta for o, r in walks)
    with np.errstate(all="ignore"):
        return apart(same, once), apart(less, once)


def limits(method, law, off, slopes=SLOPES[0], lr=0.01, steps=50):
    t, G = np.arange(1, steps + 1)[:, None], np.array(slopes)
    return max(
        apart(steps_on(slopes, method, steps, lr, **d), law(G, t, **d))
        for d in ({}, off)
    )


def rootless(theta, grad, t, m=0.0, v=0.0, *, lr=0.01, beta1=0.9, beta2=0.999):
    g = grad(theta)
    m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return theta - lr * m_hat / (v_hat + 1e-8), dict(m=m, v=v)


@cache
def found(slopes=SLOPES[0], lr=0.01, unit=1000, valley=0, shift=0.0):
    """Which instrument finds which of the twelve: (12, 4) of truth values."""
    rows = []
    for case in map(CASES.get, TWELVE):
        start = np.array(case.objective.start, float) + shift
        errors = [
            gradient_check(case.objective, start),
            first_step(case.method, case.law, slopes, lr),
            np.fmin(*scale_test(case.method, VALLEYS[valley], unit)),
            limits(case.method, case.law, case.off, slopes, lr),
        ]
        rows.append(~(np.array(errors) < TOLERANCES))
    return np.array(rows)


ASKED = dict(slopes=SLOPES, lr=(0.003, 0.1), shift=(0.0, 0.7))


# The problem, the instruments.


@claim(
    "the wrong two go downhill as well, and from most starts one of them is even ahead",
    says="the Adam that multiplies by its corrections and the one whose t stands still "
    "come under a gap of 1e-4 within 150 steps, and one of them is then below Adam",
    at=dict(start=1.0, lr=0.1),
    vary=dict(start=(0.5, 0.8, 1.3, 2.0), lr=(0.07, 0.1, 0.15)),
    share=0.9,
)
def test_wrong_programs_descend(start, lr):
    """The gap at step 150 in a turned ravine, β₂ = 0.99, start × 0.5 to 2."""
    valley = ravine(10, 30)
    begin = start * np.array(valley.start)
    programs = (CASES[13].method, adam, CASES[7].method)
    settings = dict(lr=lr, beta2=0.99)
    a, b, c = (descend(f, valley, begin, 150, **settings).gap[-1] for f in programs)
    return max(a, c) < 1e-4 and min(a, c) < b


@claim(
    "from most starts one of them is even ahead",
    says="of 200 starts drawn from the window, one of the two wrong programs is below "
    "Adam at the last step from more than 70 %",
    at=dict(seed=0, steps=150),
    vary=dict(seed=range(1, 4), steps=(75, 150, 300, 600)),
)
def test_most_starts(seed, steps):
    """The share of starts, all at η = 0.1 and β₂ = 0.99."""
    starts = np.random.default_rng(seed).uniform(-4, 4, (2, 200))
    programs = (CASES[13].method, adam, CASES[7].method)
    settings = dict(lr=0.1, beta2=0.99, keep="last")
    a, b, c = (
        descend(f, ravine(10, 30), starts, steps, **settings).gap[-1] for f in programs
    )
    return np.mean(np.minimum(a, c) < b) > 0.7


@claim(
    "From 1e-7 to 1e-4 the sum is below 1e-6",
    says="central differences with h from 1e-7 to 1e-4 miss the gradient by less than "
    "1e-6 of it",
    at=dict(ground=BEALE, theta=(0.5, -1.5)),
    vary=dict(
        ground=(BEALE, ROSENBROCK, HIMMELBLAU),
        theta=((0.5, -1.5), (-1.2, 0.7), (2.2, 1.9)),
    ),
)
def test_good_h(ground, theta):
    """The largest error over 13 values of h."""
    hs = np.logspace(-7, -4, 13)
    return max(gradient_check(ground, np.array(theta), h) for h in hs) < 1e-6


@claim(
    "The formula's own falls as h²; that of rounding",
    says="central differences err by h² where h is large (a tenth of h, a hundredth of "
    "the error) and by 1/h where it is tiny, on surfaces with a third derivative",
    at=dict(ground=BEALE, theta=(0.5, -1.5)),
    vary=dict(
        ground=(BEALE, ROSENBROCK, HIMMELBLAU),
        theta=((0.5, -1.5), (-1.2, 0.7), (2.2, 1.9)),
    ),
)
def test_two_errors(ground, theta):
    """Ratio of errors at 1e-2 and 1e-3; of medians of 41 h near 1e-12 and near 1e-9."""
    large = [gradient_check(ground, np.array(theta), h) for h in (1e-2, 1e-3)]
    near = np.logspace(-0.5, 0.5, 41)
    tiny = [
        np.median([gradient_check(ground, np.array(theta), h) for h in middle * near])
        for middle in (1e-12, 1e-9)
    ]
    return abs(large[0] / large[1] - 100) < 1 and 300 < tiny[0] / tiny[1] < 3000


@claim(
    "Some methods must not notice. The others must walk the same path with η/1,000.",
    says="on the loss times 1,000 gradient descent, momentum and Nesterov walk the "
    "same path with η/1,000, the six that divide by slopes with the same η, but for ε",
    at=dict(valley=0, unit=1000),
    vary=dict(valley=(0, 1), unit=(100, 1000)),
)
def test_nine_methods_on_a_louder_loss(valley, unit):
    """The scale test of nine methods; Adadelta has no η."""
    plain = ("gradient_descent", "momentum", "nesterov")
    errors = {
        name: scale_test(f, VALLEYS[valley], unit)
        for name, f in METHODS.items()
        if name != "adadelta"
    }
    return all(
        found[1] < 1e-12 < found[0] if name in plain else found[0] < 1e-7 < found[1]
        for name, found in errors.items()
    )


@claim(
    "At 1e-12 it is more than 10,000 times what it is at 1e-5",
    says="central differences: h = 1e-12 errs more than 10,000 times as much as 1e-5",
    at=dict(ground=BEALE, theta=(0.5, -1.5)),
    vary=dict(
        ground=(BEALE, ROSENBROCK, HIMMELBLAU),
        theta=((0.5, -1.5), (-1.2, 0.7), (2.2, 1.9), (-0.3, 1.1)),
    ),
    share=0.9,
)
def test_tiny_h(ground, theta):
    """Both errors at one point."""
    tiny, good = (gradient_check(ground, np.array(theta), h) for h in (1e-12, 1e-5))
    return tiny > 10_000 * good


@claim(
    "The sick one fails everywhere",
    says="Adam without the root fails the first-step test, the scale test and the "
    "limits, Adam passes them",
    at=dict(slopes=SLOPES[0], valley=0, unit=1000),
    vary=dict(slopes=SLOPES, valley=(0, 1, 2), unit=(100, 1000)),
)
def test_sick_and_healthy(slopes, valley, unit):
    """All errors against 1e-3."""
    off, ground = dict(beta1=0.0, beta2=0.0), VALLEYS[valley]
    errors = [
        (
            first_step(f, sign_law, slopes),
            np.fmin(*scale_test(f, ground, unit)),
            limits(f, sign_law, off, slopes),
        )
        for f in (adam, rootless)
    ]
    return max(errors[0]) < 1e-3 and min(errors[1]) > 1e-3


@claim(
    "with η/1,000 it goes a thousandth as far",
    says="20 steps of Adam on the loss times 1,000 with η/1,000 go 1/1,000 of the way",
    at=dict(valley=0),
    vary=dict(valley=(0, 1)),
)
def test_a_thousandth_of_the_way(valley):
    """The first step of both runs."""
    ground = VALLEYS[valley]
    loud = replace(ground, grad=lambda theta: 1000 * ground.grad(theta))
    runs = [
        descend(adam, o, steps=1, lr=r).theta for o, r in ((ground, 1e-2), (loud, 1e-5))
    ]
    way = [np.abs(np.diff(x, axis=0)).max() for x in runs]
    return np.isclose(way[0], 1000 * way[1], rtol=1e-4)


# The cases.


@claim(
    "With the right slope the loss is down after 30 steps.",
    says="gradient descent on 500 points about a line, x of spread 1: with η = 0.1 the "
    "gap is under 1 % of the first at step 30, with slopes divided by 500 above half "
    "after 300",
    at=dict(seed=0),
    vary=dict(seed=range(1, 11)),
)
def test_twice_divided(seed):
    """Both gaps as shares of the first."""
    job = mse(*line_data(np.random.default_rng(seed)))
    short = replace(job, grad=lambda x: PROGRAMS[1](job.X, job.y, x))
    right, wrong = (descend(gradient_descent, o, steps=300).gap for o in (job, short))
    return right[30] < 0.01 * right[0] and wrong[300] > 0.5 * wrong[0]


@claim(
    "apart by 499/500, whatever θ is",
    says="a slope divided by N once more misses by 1 − 1/N of it",
    at=dict(N=500, theta=(0.0, 0.0)),
    vary=dict(N=(2, 40, 500), theta=((0.0, 0.0), (3.0, -2.0))),
)
def test_error_of_the_short_slope(N, theta):
    """The gradient check of the program."""
    job = mse(*line_data(np.random.default_rng(0), n=N))
    short = replace(job, grad=lambda x: PROGRAMS[1](job.X, job.y, x))
    return np.isclose(gradient_check(short, np.array(theta)), 1 - 1 / N, rtol=1e-5)


@claim(
    "Momentum with γ = 0.9 walks like gradient descent with the same η.",
    says="momentum with (1 − γ) before the slope, after 300 steps: its gap is within a "
    "factor of 3 of gradient descent's at the same η, that of momentum without it is "
    "a millionth or less",
    at=dict(kappa=30, lr=0.01),
    vary=dict(kappa=(10, 30, 60), lr=(0.008, 0.01, 0.012)),
)
def test_damped_momentum_gains_nothing(kappa, lr):
    """The three gaps at step 300."""
    damped, plain, full = (
        descend(f, ravine(kappa), steps=300, lr=lr).gap[-1]
        for f in (PROGRAMS[2], gradient_descent, momentum)
    )
    return plain / 3 < damped < 3 * plain and full < 1e-6 * plain


@claim(
    "Then it could not swing, as it does in the first 40 steps.",
    says="momentum with (1 − γ) before the slope: its gap rises in some of the first "
    "40 steps and in none after step 60; gradient descent's, which has no velocity, "
    "never rises",
    at=dict(kappa=30, lr=0.01),
    vary=dict(kappa=(15, 30, 60), lr=(0.008, 0.01, 0.012)),
)
def test_damped_momentum_swings_at_first(kappa, lr):
    """The steps at which the gap rises."""
    damped, plain = (
        np.diff(descend(f, ravine(kappa), steps=300, lr=lr).gap) > 0
        for f in (PROGRAMS[2], gradient_descent)
    )
    return damped[:40].sum() > 3 and not damped[60:].any() and not plain.any()


@claim(
    "anything from 0 to 499, so 250 on average in place of 20",
    says="the size of a batch is the first number drawn: over 4,000 batches of N "
    "samples the mean is near N/2 and the least size 0, whatever k is",
    at=dict(N=500, k=20, seed=0),
    vary=dict(N=(100, 500), k=(1, 20, 90), seed=range(4)),
)
def test_random_batch(N, k, seed):
    """Mean and least size."""
    rng, X = np.random.default_rng(seed), np.zeros((N, 2))
    sizes = [len(PROGRAMS[3](X, X[:, 0], k, rng)[1]) for _ in range(4000)]
    return abs(np.mean(sizes) / N - 0.5) < 0.05 and min(sizes) == 0


@claim(
    "A batch of all N must give the full gradient",
    says="with k = N the program's slope differs from the full one by over 1e-6",
    at=dict(seed=1),
    vary=dict(seed=range(2, 40)),
    share=0.9,
)
def test_batch_of_all(seed):
    """The gradient check; a batch that is nearly whole by chance comes close."""
    job = batch_gradient(PROGRAMS[3], 500, seed)
    return not gradient_check(job, np.zeros(2)) < 1e-6


@claim(
    "the first step is 31.6 η",
    says="AMSGrad whose v is not corrected: the first step is η/√(1 − β₂)",
    at=dict(beta2=0.999, slopes=SLOPES[0]),
    vary=dict(beta2=(0.9, 0.99, 0.999), slopes=SLOPES),
)
def test_great_leap(beta2, slopes):
    """The first step on constant slopes."""
    step = steps_on(slopes, PROGRAMS[4], 1, beta2=beta2)[0]
    right = np.sign(slopes) / np.sqrt(1 - beta2)
    at_home = beta2 != 0.999 or np.isclose(np.abs(step).max(), 31.6, atol=0.05)
    return np.allclose(step, right, rtol=1e-3) and at_home


@claim(
    "So the step grows as the slope's square",
    says="Adam that multiplies by its root: ten times the slope, a hundred times the "
    "first step",
    at=dict(g=1.0),
    vary=dict(g=(0.01, 0.3, 5, 200)),
)
def test_square_step(g):
    """The ratio of two first steps."""
    small, large = (steps_on((s,), PROGRAMS[6], 1)[0, 0] for s in (g, 10 * g))
    return np.isclose(large, 100 * small, rtol=1e-4)


@claim(
    "steps that grow to 2.1 η and end at 0.32 η",
    says="Adam whose corrections stay at t = 1, on any constant slope: the longest "
    "step is 2.1 η, step 5,000 is 0.32 η",
    at=dict(slopes=(4.0,)),
    vary=dict(slopes=((4.0,), (0.03,), (-200.0,))),
)
def test_frozen_time(slopes):
    """Steps 1 to 5,000, and twice as far."""
    step = np.abs(steps_on(slopes, PROGRAMS[7], 10_000))[:, 0]
    ends = np.allclose(step[[4999, 9999]], np.sqrt(0.1), rtol=0.01)
    return abs(step.max() - 2.1) < 0.05 and ends and np.isclose(step[0], 1, rtol=1e-3)


@claim(
    "The program is first quicker, then ever slower.",
    says="on a long slope of 1 the Adam with frozen t is ahead of Adam after 50 steps, "
    "behind it after 1,000",
    at=dict(lr=0.1),
    vary=dict(lr=(0.02, 0.05, 0.1)),
)
def test_slow_walker(lr):
    """Where both are."""
    mine, right = (
        descend(f, LONG, steps=1000, lr=lr).theta[:, 0] for f in (PROGRAMS[7], adam)
    )
    return mine[50] < right[50] and mine[1000] > right[1000]


@claim(
    "Where a slope is 0, the step is 0/0",
    says="Adam with ε added to θ is nan at step 1 in a coordinate without slope, Adam "
    "and AMSGrad stay there",
    at=dict(lr=0.1, eps=1e-6),
    vary=dict(lr=(0.01, 1.0), eps=(1e-8, 1e-3)),
)
def test_no_slope(lr, eps):
    """The first step on the slopes 4 and 0."""
    first = [
        steps_on((4, 0), f, 1, lr, eps=eps)[0] for f in (PROGRAMS[8], adam, amsgrad)
    ]
    return np.isnan(first[0][1]) and all(step[1] == 0 for step in first[1:])


@claim(
    "Nadam's line lies on Adam's, point for point.",
    says="Nadam whose m̃ is not used walks Adam's path to rounding",
    at=dict(ground=ROSENBROCK, lr=0.1),
    vary=dict(ground=(ROSENBROCK, BEALE, ravine(50, 20)), lr=(0.01, 0.3)),
)
def test_nadam_is_adam(ground, lr):
    """The largest distance over 100 steps."""
    mine, right = (
        descend(f, ground, steps=100, lr=lr).theta for f in (PROGRAMS[9], adam)
    )
    return np.allclose(mine, right, rtol=1e-9, atol=1e-9)


@claim(
    "The first step is 1.47 η, Nadam's.",
    says="Nadam's first step is β₁/(1 + β₁) + 1 of η: 1.47 at β₁ = 0.9; of the program "
    "that does not use m̃ it is 1",
    at=dict(beta1=0.9),
    vary=dict(beta1=(0.5, 0.8, 0.9, 0.99)),
)
def test_nadams_first_step(beta1):
    """First steps on a constant slope."""
    right, mine = (
        steps_on((4,), f, 1, beta1=beta1)[0, 0] for f in (nadam, PROGRAMS[9])
    )
    due = np.isclose(right, 1 + beta1 / (1 + beta1), rtol=1e-4)
    return due and np.isclose(mine, 1, rtol=1e-4)


@claim(
    "the steps are 1, 0.744, 0.639, 0.581, … of η",
    says="Adam that hands on its old averages, on any constant slope",
    at=dict(g=4.0),
    vary=dict(g=(0.1, -30, 1000)),
)
def test_lost_state(g):
    """The first four steps."""
    steps = np.abs(steps_on((g,), PROGRAMS[10], 4)[:, 0])
    return np.allclose(steps, (1, 0.744, 0.639, 0.581), atol=6e-4)


@claim(
    "jumps to and fro for ever, each time a little farther",
    says="Adam without a past: from step 100 on every step of the run changes sign in "
    "one coordinate or more, and the gap at step 1,000 is above that at 100",
    at=dict(lr=0.1),
    vary=dict(lr=(0.03, 0.1, 0.2)),
)
def test_restless(lr):
    """Signs of neighbouring steps in a turned ravine; the median of 50 gaps."""
    run = descend(PROGRAMS[10], ravine(10, 30), steps=1000, lr=lr)
    steps = np.diff(run.theta[100:], axis=0)
    swings = (steps[1:] * steps[:-1] < 0).any(1).mean() > 0.95
    return swings and np.median(run.gap[950:]) > np.median(run.gap[100:150])


@claim(
    "With a smaller η the jumps would be shorter, and still for ever.",
    says="Adam without a past: its jumps at step 2,000 are as long as η makes them, a "
    "fifth for a fifth, and do not end",
    at=dict(lr=0.1),
    vary=dict(lr=(0.03, 0.1, 0.2)),
)
def test_jumps_follow_the_rate(lr):
    """The median length of the last 50 of 2,000 steps, in units of η, for η and η/5."""
    lengths = [
        np.median(np.abs(np.diff(run.theta[-51:], axis=0)).max(1)) / rate
        for rate in (lr, lr / 5)
        for run in [descend(PROGRAMS[10], ravine(10, 30), steps=2000, lr=rate)]
    ]
    return min(lengths) > 1 and np.isclose(*lengths, rtol=0.1)


@claim(
    "y finds in v what x has left there",
    says="one velocity for all coordinates: y leaves its minimum at the first step",
    at=dict(x=2.0, lr=0.05),
    vary=dict(x=(-3, 0.1, 5), lr=(0.01, 0.1)),
)
def test_infected(x, lr):
    """The first step from (x, 0) on a bowl."""
    bowl = Objective(lambda p: (p**2).sum(0), lambda p: 2 * p, 2)
    theta = descend(PROGRAMS[11], bowl, (x, 0.0), steps=1, lr=lr).theta[1]
    return np.isclose(theta[1], -0.9 * lr * 2 * x)


@claim(
    "finds it only since its plane has more than one coordinate",
    says="with one coordinate the program with one velocity passes the first-step test "
    "and the limits, with two it fails both",
    at=dict(g=4.0),
    vary=dict(g=(0.3, -7)),
)
def test_one_coordinate_tells_nothing(g):
    """Both instruments on one slope and on two."""
    errors = [
        [
            first_step(PROGRAMS[11], momentum_law, slopes),
            limits(PROGRAMS[11], momentum_law, dict(gamma=0.0), slopes),
        ]
        for slopes in ((g,), (g, g / 100))
    ]
    return max(errors[0]) < 1e-9 and min(errors[1]) > 1e-3


@claim(
    "With the gradient by formula, the same run goes on down.",
    says="a regression with h = 1e-12: the gap stays above 1e-14; with h = 1e-5 or the "
    "formula it falls below it",
    at=dict(seed=0),
    vary=dict(seed=range(1, 7)),
    share=0.9,
)
def test_floor(seed):
    """The gap after 150 steps at η = 0.1."""
    job = mse(*line_data(np.random.default_rng(seed)))
    noisy = replace(job, grad=lambda x: PROGRAMS[12](job.value, x))
    ends = [descend(gradient_descent, o, steps=150).gap[-1] for o in (noisy, job)]
    return ends[0] > 1e-14 > ends[1]


@claim(
    "a small slope is rounded to 0, and the run stands still",
    says="a regression with h = 1e-12: after 100 steps the difference is 0 and θ moves "
    "no more; with the same h the gradient check passes, with 1e-5 it does not",
    at=dict(seed=0),
    vary=dict(seed=range(1, 7)),
)
def test_rounded_to_nothing(seed):
    """The slope at the end, the points from step 100 on, the gradient check."""
    job = mse(*line_data(np.random.default_rng(seed)))
    noisy = replace(job, grad=lambda x: PROGRAMS[12](job.value, x))
    theta = descend(gradient_descent, noisy, steps=150).theta
    still = not np.diff(theta[100:], axis=0).any() and not noisy.grad(theta[-1]).any()
    own, other = (gradient_check(noisy, theta[0], h) for h in (1e-12, 1e-5))
    return still and own == 0 and other > 1e-6


@claim(
    "At step 10 it is 4.4 η. Only the limits see it.",
    says="both corrections multiplied, β₁ = 0.9 and β₂ = 0.99: the first step is η for "
    "every slope, the scale test passes, step 10 is 4.4 η",
    at=dict(slopes=SLOPES[0], valley=0),
    vary=dict(slopes=SLOPES, valley=(0, 1)),
)
def test_two_at_once(slopes, valley):
    """First step, scale test, step 10."""
    method = PROGRAMS[13]
    tenth = np.abs(steps_on(slopes, method, 10)[9]).max()
    fine = first_step(method, sign_law, slopes), *scale_test(method, VALLEYS[valley])
    return max(fine[0], min(fine[1:])) < 1e-3 and abs(tenth - 4.44) < 0.02


@claim(
    "Mend one alone, and the first step becomes 100 η or 0.01 η.",
    says="with β₁ = 0.9 and β₂ = 0.99, whatever the slope",
    at=dict(g=4.0),
    vary=dict(g=(0.5, 40)),
)
def test_half_mended(g):
    """The first steps of both half mended programs."""
    first = [
        steps_on((g,), half_mended(*w), 1)[0, 0] for w in ((-1, 1), (1, -1), (0, 0))
    ]
    return np.allclose(first, (100, 0.01, 1), rtol=1e-3)


# The statistics.


@claim(
    "The limits find nine, the first-step test seven of these nine in a single step.",
    says="of the twelve programs, at other slopes, η and points",
    at={},
    vary=ASKED,
)
def test_first_step_and_limits(**settings):
    """The two columns."""
    first, whole = found(**settings)[:, [1, 3]].T
    return (first.sum(), whole.sum()) == (7, 9) and not (first & ~whole).any()


@claim(
    "The gradient check finds only three, and nothing else finds those.",
    says="of the twelve programs, at other slopes, η and points",
    at={},
    vary=ASKED,
)
def test_gradient_check_alone(**settings):
    """The first column beside the others."""
    table = found(**settings)
    return table[:, 0].sum() == 3 and not table[table[:, 0], 1:].any()


@claim(
    "find all twelve, and no other two do",
    says="gradient check and limits, at other slopes, η and points",
    at={},
    vary=ASKED,
)
def test_the_pair(**settings):
    """All six pairs of instruments."""
    table = found(**settings)
    whole = [p for p in combinations(range(4), 2) if table[:, p].any(1).all()]
    return whole == [(0, 3)]


@claim(
    "The scale test finds one here",
    says="of the twelve programs, in two ravines where no healthy walk overflows, with "
    "other units",
    at={},
    vary=dict(valley=(0, 1), unit=(100, 1000)),
)
def test_scale_finds_one(**settings):
    """The third column."""
    return found(**settings)[:, 2].nonzero()[0].tolist() == [5]


@claim(
    "a method that asks for it at the wrong *point* passes".replace("*", ""),
    says="momentum in place of Nesterov passes first-step test, scale test and limits, "
    "and its first step on a curved surface; its second differs",
    at=dict(slopes=SLOPES[0], lr=0.05),
    vary=dict(slopes=SLOPES, lr=(0.01, 0.03, 0.05)),
)
def test_sold_as_nesterov(slopes, lr):
    """Errors against 1e-3, distances after one step and two."""
    errors = [
        first_step(momentum, momentum_law, slopes),
        scale_test(momentum, VALLEYS[0])[1],
        limits(momentum, momentum_law, dict(gamma=0.0), slopes),
    ]
    real, sold = (
        descend(f, VALLEYS[0], steps=2, lr=lr).theta for f in (nesterov, momentum)
    )
    away = [apart(sold[t], real[t]) for t in (1, 2)]
    return max(errors) < 1e-3 and away[0] < 1e-12 and away[1] > 1e-3
