"""Notebook 10, Adamax: its claims and how each is refereed."""

from dataclasses import replace
from functools import cache
from itertools import count

import numpy as np

from gdlib import (
    PARABOLA,
    adam,
    adamax,
    descend,
    line_data,
    mse,
    ravine,
    stream,
)
from tests.claims.claim import claim

GRID = np.geomspace(0.03, 4, 41)
ANGLES = np.linspace(0, 2 * np.pi, 10, endpoint=False) + 0.13
STARTS = 2.2 * np.array([np.cos(ANGLES), np.sin(ANGLES)])  # (2, 10)


def faulty(objective, at, size):
    """The objective with one gradient, that of step `at`, too large by `size`."""
    faults = (size * (t == at) for t in count(1))
    return replace(objective, grad=lambda x: objective.grad(x) + next(faults))


def on(method, gradients, **hyper):
    """The run of a method on the columns of (steps, runs) gradients, η = 1."""
    gradients = np.asarray(gradients, float)[:, None]
    start = np.zeros(gradients.shape[1:])
    hyper = dict(lr=1.0) | hyper
    return descend(method, stream(gradients), start, len(gradients), **hyper)


def adam_p(theta, grad, t, m=0.0, s=0.0, *, lr=0.01, beta1=0.9, beta2=0.999, p=2.0):
    """Adam with the power p in place of 2, computed by (7)."""
    g = grad(theta)
    m = beta1 * m + (1 - beta1) * g
    top = np.maximum(np.maximum(beta2 * s, np.abs(g)), 1e-300)
    share = (1 - beta2**p) * (np.abs(g) / top) ** p
    s = top * ((beta2 * s / top) ** p + share) ** (1 / p)
    s_hat = s / (1 - beta2 ** (p * t)) ** (1 / p)
    return theta - lr * m / (1 - beta1**t) / s_hat, dict(m=m, s=s)


@claim(
    "each a tenth shorter than the one before",
    says="after one far too large gradient a resting Adam's steps each lose a tenth",
    at=dict(rates=((0.01,),), sizes=(1e4,)),
    vary=dict(rates=[((1e-3,), (0.01,))], sizes=[(1e3, 1e4, 1e6)]),
)
def test_the_throw_fades_by_a_tenth(rates, sizes):
    """Ratio of neighbouring steps, ten from the fault at step 3,000: 0.9 ± 0.02."""
    lr = np.array(rates) + 0 * np.array(sizes)
    ground, start = faulty(PARABOLA, 3000, np.array(sizes)), 0.05 + 0 * lr[None]
    steps = descend(adam, ground, start, 3010, lr=lr).terms["step"][2999:, 0]
    return abs(steps[1:] / steps[:-1] - 0.9) < 0.02


@claim(
    "notices the tall bar only in part",
    says="a gradient eight times the others' root mean square lifts Adam's √v̂, at "
    "β₂ = 0.99, to less than half of it, and u to its own height",
    at=dict(size=8, before=150),
    vary=dict(size=(8, 20), before=(50, 150, 390)),
)
def test_the_roof_and_the_middle(size, before):
    """Denominators at the tall gradient among normal ones, ten lists."""
    g = np.random.default_rng(0).standard_normal((before + 1, 10))
    g[before] = size
    middle = on(adam, g, beta2=0.99).terms["v_hat"][before, 0] ** 0.5
    roof = on(adamax, g, beta2=0.99).terms["u"][before, 0]
    return (middle < size / 2) & (roof == size)


@claim(
    "The larger the power, the more the largest number counts",
    says="the p-th root of a sum of p-th powers falls with p, to the largest number",
    at=dict(numbers=2),
    vary=dict(numbers=(2, 5, 30)),
)
def test_roots_of_powers_fall_to_the_maximum(numbers):
    """Roots for p = 1, 2, 4, 20, 500 on a hundred random lists."""
    x = np.random.default_rng(0).random((numbers, 100)) + 0.01
    x = x / x.max(0)
    roots = np.array([(x**p).sum(0) ** (1 / p) for p in (1, 2, 4, 20, 500)])
    return np.all(np.diff(roots, axis=0) <= 1e-12, 0) & (abs(roots[-1] - 1) < 0.01)


@claim(
    "While the slopes shrink faster than by β₂ a step, u only fades",
    says="gradients that shrink faster than by β₂ a step never enter Adamax's u after "
    "the first",
    at=dict(beta2=0.999, below=0.86),
    vary=dict(beta2=(0.9, 0.99, 0.999), below=(0.5, 0.9, 0.9999)),
)
def test_u_only_fades_on_shrinking_slopes(beta2, below):
    """Ratio of u to the first gradient is β₂ᵗ⁻¹, 50 steps."""
    t = np.arange(50)
    u = on(adamax, ((below * beta2) ** t)[:, None], beta2=beta2).terms["u"][:, 0, 0]
    return np.allclose(u, beta2**t)


@claim(
    "u needs no correction",
    says="of the first gradient (1 − β₂ᵖ) to the power 1/p arrives in s, so less than "
    "all for every p, and all of it in u",
    at=dict(beta2=0.999, p=2.0),
    vary=dict(beta2=(0.9, 0.999), p=(2.0, 5.0, 50.0, 200.0)),
)
def test_nothing_of_the_first_gradient_is_lost(beta2, p):
    """Both after one gradient, of eight sizes."""
    g = np.geomspace(1e-4, 1e4, 8)[None]
    s = on(adam_p, g, beta2=beta2, p=p).terms["s"][0, 0] / g[0]
    law = (1 - beta2**p) ** (1 / p)
    whole = on(adamax, g).terms["u"][0, 0] == g[0]
    return whole & np.isclose(s, law) & (law < 1)


@claim(
    "As p grows, both factors go to 1",
    says="s lies between the two bounds of (8) at every step, and within 1 % of u at "
    "p = 200",
    at=dict(p=200.0, spread=1),
    vary=dict(p=(2.0, 5.0, 20.0, 200.0), spread=(0, 1, 4)),
)
def test_s_lies_between_its_bounds(p, spread):
    """Ratio on 300 gradients, ten lists of normal ones to the power `spread`."""
    rng = np.random.default_rng(0)
    g = abs(rng.standard_normal((300, 10))) ** spread + 1e-9
    ratio = on(adam_p, g, p=p).terms["s"][:, 0] / on(adamax, g).terms["u"][:, 0]
    low = (1 - 0.999**p) ** (1 / p)
    high = (np.arange(1, 301)[:, None] * (1 - 0.999**p)) ** (1 / p)
    near = p < 200 or abs(ratio - 1).max() < 0.01
    return np.all((low - 1e-9 < ratio) & (ratio < high + 1e-9)) and near


def settled(method, ground, start, lr, steps=400, tol=1e-6, **hyper):
    """Settling steps of runs, infinity where none settles."""
    run = descend(method, ground, start, steps, lr=lr, keep="last", tol=tol, **hyper)
    times = run.settling_time(tol)
    return np.where(np.isnan(np.array(times, float)), np.inf, times)


POWERS = np.array([2, 5, 10, 50, 200.0])


@claim(
    "At lr 0.1 the count climbs from Adam's to Adamax's",
    says="in turned valleys, κ = 10 to 15, lr 0.08 or 0.1, the steps of the Lᵖ method "
    "grow with p from Adam's to Adamax's",
    at=dict(kappa=10, angle=30, lr=0.1),
    vary=dict(kappa=(10, 15), angle=(25, 45, 60), lr=(0.08, 0.1)),
)
def test_steps_grow_with_p(kappa, angle, lr):
    """Settling under a gap of 1e-6 within 700 steps at p = 2, 10, 50, 200."""
    ground = ravine(kappa, angle)
    between = settled(adam_p, ground, None, lr, 700, p=POWERS[[0, 2, 3, 4]])
    last = settled(adamax, ground, None, lr, 700)
    return np.all(np.diff(between) > 0) and between[-1] <= last < np.inf


@claim(
    "At twice the lr the difference is gone",
    says="in the ravine with κ = 10, turned or not, at lr 0.2, p from 2 to 200 changes "
    "the steps by less than a sixth",
    at=dict(angle=30),
    vary=dict(angle=(0, 15, 30, 45, 60)),
)
def test_twice_the_lr_levels_p(angle):
    """Settling under a gap of 1e-6, shortest and longest, start as given."""
    times = settled(adam_p, ravine(10, angle), None, 0.2, p=POWERS)
    return times.max() < times.min() * 7 / 6


@claim(
    "Along the axes p matters little at either",
    says="in ravines along the axes, κ from 5 to 30, at lr 0.1 and 0.2, p = 2 to 200 "
    "changes the steps by less than a quarter",
    at=dict(kappa=10, angle=0, lr=0.1),
    vary=dict(kappa=(5, 10, 30), angle=(0, 90), lr=(0.1, 0.2)),
)
def test_p_matters_little_along_the_axes(kappa, angle, lr):
    """Settling under a gap of 1e-6, shortest and longest, start as given."""
    times = settled(adam_p, ravine(kappa, angle), None, lr, p=POWERS)
    return times.max() < times.min() * 1.25


@claim(
    "Gradients that fall by β₂ a step reach it",
    says="no gradients make a longer Adamax step than (9), for β₁ < β₂; those that "
    "fall by β₂ a step attain it",
    at=dict(beta1=0.9, beta2=0.999),
    vary=dict(beta1=(0.5, 0.9), beta2=(0.95, 0.99, 0.999)),
)
def test_the_bound_holds_and_is_attained(beta1, beta2):
    """Longest of 300 steps on 200 wild lists, and on the falling list."""
    rng, at = np.random.default_rng(0), dict(beta1=beta1, beta2=beta2, eps=0.0)
    wild = rng.standard_normal((300, 200)) * 10 ** (2 * rng.standard_normal((300, 200)))
    wild[:, :100] = np.cumprod(rng.uniform(0.7, 1.2, (300, 100)), 0)
    bound = beta2 * (1 - beta1) / (beta2 - beta1)
    falling = on(adamax, (beta2 ** np.arange(300.0))[:, None], **at)
    below = abs(on(adamax, wild, **at).terms["step"]).max() < bound + 1e-9
    return below and abs(falling.terms["step"].max() / bound - 1) < 1e-3


@claim(
    "Outliers lengthen Adam's steps, the longer it runs; Adamax's they do not",
    says="on Cauchy gradients Adam's longest step grows with the run, past 2.5 lr in "
    "3,000 steps; Adamax's stays at lr",
    at=dict(groups=1),
    vary=dict(groups=(12,)),
)
def test_outliers_and_long_steps(groups):
    """Longest step in 300 and in 3,000 steps, in groups of 10 lists."""
    g = np.random.default_rng(1).standard_cauchy((3000, 10 * groups))
    ours, theirs = (abs(on(f, g).terms["step"][:, 0]) for f in (adamax, adam))
    theirs = theirs.reshape(3000, groups, 10).max(2)
    grows = (theirs[:300].max(0) < theirs.max(0)) & (theirs.max(0) > 2.5)
    return grows & (ours.max() < 1.0001)


@claim(
    "Adamax forgets at twice Adam's pace",
    says="after one gradient and then zeros u is halved in half of √v's steps",
    at=dict(beta2=0.999),
    vary=dict(beta2=(0.9, 0.99, 0.999)),
)
def test_twice_the_pace_of_forgetting(beta2):
    """First step at which u is under a half, and v under a quarter, within a step."""
    silence = np.eye(1, int(1.5 / (1 - beta2)))[0][:, None]
    at = dict(beta2=beta2)
    v, u = (
        on(f, silence, **at).terms[name] for f, name in ((adam, "v"), (adamax, "u"))
    )
    quarter, half = (v < v[0] / 4).argmax(), (u < u[0] / 2).argmax()
    return half > 0 and abs(quarter - 2 * half) <= 1


def back(sizes, beta2, before):
    """Steps until half the effective rate is back after outliers: Adam, Adamax."""
    after = int(np.log(4 * max(sizes) ** 2) / (1 - beta2))
    g = np.ones((before + after, len(sizes)))
    g[before] = sizes
    for f, term, root in ((adam, "v_hat", 0.5), (adamax, "u", 1)):
        late = on(f, g, beta2=beta2).terms[term][before:, 0] ** root
        yield (late > 2).sum(0)


@claim(
    "They draw level at A = 1,500",
    says="after an outlier A among ones half the effective rate is back in Adam before "
    "Adamax if A is below 1.5/(1 − β₂), after it if above",
    at=dict(beta2=0.999, shares=(0.067,)),
    vary=dict(beta2=(0.98, 0.99), shares=[(0.2, 0.5, 0.8, 1.3, 3, 10)]),
)
def test_who_recovers_first(beta2, shares):
    """Steps with the denominator above 2, outliers at shares of 1.5/(1 − β₂)."""
    level = 1.5 / (1 - beta2)
    slow, quick = back(np.array(shares) * level, beta2, int(4 / (1 - beta2)))
    return (slow < quick) == (np.array(shares) < 1)


@claim(
    "Adam is thrown; Adamax brakes",
    says="in the 20 steps after an outlier of 30 to 10,000 among ones Adam moves more "
    "than 25 lr and Adamax less than 2, where both would have moved 20",
    at=dict(sizes=(100,), before=2000),
    vary=dict(sizes=[(30, 100, 1000, 10_000)], before=(2000, 4000)),
)
def test_thrown_or_braked(sizes, before):
    """Way of the 20 steps from the outlier on."""
    g = np.ones((before + 20, len(sizes)))
    g[before] = sizes
    runs = [on(f, g).theta[:, 0] for f in (adam, adamax)]
    thrown, braked = (path[before] - path[-1] for path in runs)
    return (thrown > 25) & (braked < 2)


def noise_balls(seed, batch, lr, steps):
    """Settling, noise ball and denominator of Adam, Adamax, Adamax at twice the lr."""
    xy = line_data(np.random.default_rng(seed))
    for f, rate in ((adam, lr), (adamax, lr), (adamax, 2 * lr)):
        job = mse(*xy, batch=batch, rng=np.random.default_rng(seed + 100))
        run = descend(f, job, steps=steps, lr=rate)
        late = run.theta[steps // 2 :] - job.minima[0]
        wide = run.terms["u"] if f is adamax else run.terms["v_hat"] ** 0.5
        ball = np.sqrt((late**2).sum(1).mean())
        yield run.settling_time(0.01) or np.inf, ball, wide[steps // 2 :, 0].mean()


@claim(
    "At twice the lr it comes close to Adam",
    says="on the regression in batches of 10 Adamax at Adam's lr takes over twice the "
    "steps and half the noise ball; at twice the lr at most 1.5 times the steps and "
    "0.75 to 1 of the ball",
    at=dict(seed=4, lr=0.01, steps=3000),
    vary=dict(seed=range(10), lr=(0.01, 0.015)),
    slow=True,
)
def test_twice_the_lr_on_the_regression(seed, lr, steps):
    """Steps to settle under a gap of 0.01; root mean square distance, second half."""
    base, same, twice = np.array(list(noise_balls(seed, 10, lr, steps)))
    alike = same[0] > 2 * base[0] and 0.4 < same[1] / base[1] < 0.6
    return alike and twice[0] < 1.5 * base[0] and 0.75 < twice[1] / base[1] < 1


@claim(
    "It is 2.6 times for batches of 5, 1.4 times for 50",
    says="on the regression, at the same lr, Adamax's u is 2.2 to 3.2 times Adam's √v̂ "
    "in batches of 5 and 1.25 to 1.65 times in batches of 50",
    at=dict(seed=4),
    vary=dict(seed=range(10)),
    slow=True,
)
def test_the_roof_grows_with_the_noise(seed):
    """Mean denominator of the slope in the second half of 4,000 steps, lr 0.01."""
    few = [row[2] for row in noise_balls(seed, 5, 0.01, 4000)]
    many = [row[2] for row in noise_balls(seed, 50, 0.01, 4000)]
    return 2.2 < few[1] / few[0] < 3.2 and 1.25 < many[1] / many[0] < 1.65


@claim(
    "it goes 1 lr out, Adam 28",
    says="one gradient 100 to 10,000 too large throws a resting Adam 22 to 32 lr out, "
    "Adamax at most 1.01 lr",
    at=dict(at=5000, sizes=(100,), lr=(0.01,)),
    vary=dict(
        at=(1000, 2000, 4000), sizes=[(100, 1000, 1e4)], lr=[((0.003,), (0.01,))]
    ),
)
def test_a_fault_at_rest(at, sizes, lr):
    """Farthest from the minimum within 300 steps of the fault, over lr."""
    lr = np.array(lr) + 0 * np.array(sizes, float)
    start, ground = 0.05 + 0 * lr[None], (PARABOLA, at, np.array(sizes))
    theirs, ours = (
        abs(descend(f, faulty(*ground), start, at + 300, lr=lr).theta[at:, 0]).max(0)
        / lr
        for f in (adam, adamax)
    )
    return (theirs > 22) & (theirs < 32) & (ours > 0.9) & (ours < 1.0101)


@claim(
    "one of 10,000 throws it 32; Adamax never more than 1.01",
    says="a fault of 1 at rest throws Adam about 10 lr, no fault throws it over 32; "
    "Adamax stays under 1.01 lr whatever its size",
    at=dict(sizes=(1, 100, 1e4)),
    vary=dict(sizes=[(1, 10, 1e3, 1e4, 1e6, 1e9)]),
)
def test_the_size_of_the_fault(sizes):
    """Farthest from the minimum, lr 0.01, fault at step 3,000."""
    sizes = np.array(sizes, float)
    start, ground = np.full((1, len(sizes)), 0.05), (PARABOLA, 3000, sizes)
    far = [
        abs(descend(f, faulty(*ground), start, 3300, lr=0.01).theta[3000:, 0]).max(0)
        for f in (adam, adamax)
    ]
    return np.all(far[1] < 0.010101) and 0.09 < far[0][0] < 0.11 and far[0].max() < 0.32


def best_of_grid(ground, shift=1.0, steps=400):
    """Settling steps of Adam and of Adamax from ten starts, each at its best lr."""
    start = STARTS[:, :, None] + 0 * GRID
    lr = GRID * shift + 0 * start[0]
    return [settled(f, ground, start, lr, steps).min(1) for f in (adam, adamax)]


MILD = ((3, 45), (10, 0), (10, 30), (30, 0), (30, 45), (30, 70), (100, 0))


@claim(
    "up to κ = 30 at any angle and at κ = 100 along the axes",
    says="each at the best of 41 lr, Adamax settles in 0.8 to 0.99 of Adam's steps, "
    "for κ from 3 to 30 at any angle and for κ = 100 along the axes",
    at=dict(valley=(10, 30), shift=1.0),
    vary=dict(valley=MILD, shift=(1.06,)),
)
def test_adamax_on_a_clean_way(valley, shift):
    """Settling under a gap of 1e-6 from ten starts, up to 250 steps."""
    theirs, ours = best_of_grid(ravine(*valley), shift, 250)
    return (ours / theirs > 0.8) & (ours / theirs < 0.995)


@claim(
    "turned by about 45°, it falls behind",
    says="each at the best of 41 lr, Adamax settles after Adam where κ is 100 to 200 "
    "and the valley is turned by 40° to 50°",
    at=dict(kappa=100, angle=45),
    vary=dict(kappa=(100, 200), angle=(40, 50)),
)
def test_adamax_in_steep_turned_valleys(kappa, angle):
    """Settling under a gap of 1e-6 from ten starts, 400 steps."""
    theirs, ours = best_of_grid(ravine(kappa, angle))
    return theirs < ours


SIZES = np.outer((1, -1), (0, 1, 2, 5, 10, 20, 100))


@cache
def after_faults(at, angle):
    """Steps of Adam at lr 0.1 and Adamax at 0.2 with faults of SIZES at a step."""
    ground = ravine(10, angle)
    return [
        settled(f, faulty(ground, at, SIZES), None, lr + 0 * SIZES, 1600)
        for f, lr in ((adam, 0.1), (adamax, 0.2))
    ]


@claim(
    "At these lr a fault on the way costs it dear",
    says="with a fault of 100 at step 5 to 20 in the turned ravine with κ = 10 Adamax "
    "at twice Adam's lr needs over 2.5 times its steps; with one of 20, over 1.8 times",
    at=dict(at=10, angle=30),
    vary=dict(at=(5, 20), angle=(30, 45)),
)
def test_a_fault_on_the_way(at, angle):
    """Settling under a gap of 1e-6 within 1,600 steps, faults of both signs."""
    theirs, ours = after_faults(at, angle)
    return (ours / theirs)[:, 5:] > (1.8, 2.5)


@claim(
    "With the best lr for each fault they are about level",
    says="with a fault of 5 to 100 at step 5 to 80 in the turned ravine with κ = 10, "
    "each at the best lr for that fault, Adamax needs 0.7 to 1.15 times Adam's steps",
    at=dict(at=10, angle=30),
    vary=dict(at=(5, 20, 80), angle=(30, 45)),
)
def test_tuned_to_the_fault_they_are_level(at, angle):
    """Settling under a gap of 1e-6 within 400 steps, faults of both signs."""
    sizes = np.outer(1 + 0 * GRID, [5, 10, 20, 100, -5, -10, -20, -100])
    lr = GRID[:, None] + 0 * sizes
    theirs, ours = (
        settled(f, faulty(ravine(10, angle), at, sizes), None, lr).min(0)
        for f in (adam, adamax)
    )
    return (ours / theirs > 0.7) & (ours / theirs < 1.15)


@claim(
    "Adam hardly notices up to 20",
    says="faults of 5 to 20 at step 5 to 20 in the turned ravine with κ = 10 change "
    "Adam's steps by less than a quarter",
    at=dict(at=10, angle=30),
    vary=dict(at=(5, 20), angle=(30, 45)),
)
def test_adam_hardly_notices(at, angle):
    """Settling under a gap of 1e-6 beside the run without a fault, both signs."""
    theirs, _ = after_faults(at, angle)
    return abs(theirs[:, 3:6] / theirs[:, :1] - 1) < 0.25


@claim(
    "A gradient that stays below it changes little",
    says="a fault of 1 or 2 where u is about 7 changes Adamax's steps by under a fifth",
    at=dict(at=10, angle=30),
    vary=dict(at=(5, 20), angle=(30, 45)),
)
def test_small_faults_do_little(at, angle):
    """Settling at lr 0.2 beside the run without a fault, both signs."""
    _, ours = after_faults(at, angle)
    return abs(ours[:, 1:3] / ours[:, :1] - 1) < 0.2


def late_drift(method, beta2, rounds, first):
    """How far each round from `first` on moves x, η = 1: (rounds, beta2)."""
    g = np.where(np.arange(101 * rounds) % 101 == 0, 1010.0, -10.0)
    path = descend(method, stream(g), (0.0,), len(g), beta2=np.array(beta2), lr=1.0)
    return np.diff(path.theta[101 * first :: 101, 0], axis=0)


@claim(
    "drift turns a little above β₂ = 0.9995, Adamax's between 0.9997 and 0.9998",
    says="in rounds of 1010 and a hundred times −10 Adam's drift is up at β₂ = 0.9995, "
    "down at 0.9996; Adamax's up at 0.9997, down at 0.9998, in round 100 and later",
    at=dict(rounds=100),
    vary=dict(rounds=(120,)),
)
def test_where_the_drift_turns(rounds):
    """Sign of what each round from the 99th on moves, η = 1."""
    theirs = late_drift(adam, [0.99, 0.999, 0.9995, 0.9996, 0.9998], rounds, 98)
    ours = late_drift(adamax, [0.99, 0.999, 0.9997, 0.9998, 0.9999], rounds, 98)
    up = np.array([1, 1, 1, -1, -1])
    return np.all(np.sign(theirs) == up, 0) & np.all(np.sign(ours) == up, 0)


@claim(
    "leads to +1, the worst point, in the end",
    says="with walls and a small constant η, runs with a β₂ of positive drift end at "
    "+1, those with negative drift below 0, whatever the start",
    at=dict(start=0.0),
    vary=dict(start=(-1.0, 0.0, 0.9)),
    slow=True,
)
def test_the_drift_decides(start):
    """Place after 1,200 rounds at η = 0.1: above 0.6, or below −0.2."""
    g = np.where(np.arange(101 * 1200) % 101 == 0, 1010.0, -10.0)
    box = dict(keep="last", project=lambda x: np.clip(x, -1, 1), lr=0.1)
    ends = []
    for f, beta2 in ((adam, [0.9, 0.99, 0.999, 0.9999]), (adamax, [0.9, 0.99, 0.999])):
        beta2 = np.array(beta2)
        x = descend(f, stream(g), (start,), len(g), beta2=beta2, **box).theta[0, 0]
        ends += list(x * np.where(beta2 < 0.9995, 1, -3) > 0.6)
    return ends


@claim(
    "Its place matters little",
    says="with ε from 1e-10 to 1e-6 outside or inside the maximum Adamax's paths in a "
    "ravine differ by less than ε over 200 steps",
    at=dict(eps=1e-8, angle=30),
    vary=dict(eps=(1e-10, 1e-8, 1e-6), angle=(0, 30, 45)),
)
def test_the_place_of_epsilon(eps, angle):
    """Largest distance of the two forms' paths, lr 0.2."""

    def inside(theta, grad, t, m=0.0, u=0.0, *, lr):
        g = grad(theta)
        m, u = 0.9 * m + 0.1 * g, np.maximum(0.999 * u, np.abs(g) + eps)
        return theta - lr * m / (1 - 0.9**t) / u, dict(m=m, u=u)

    at = dict(steps=200, lr=0.2)
    outside = descend(adamax, ravine(10, angle), eps=eps, **at).theta
    return abs(descend(inside, ravine(10, angle), **at).theta - outside).max() < eps


@claim(
    "v itself goes to 0 or to infinity",
    says="as p grows v of (6) after one gradient goes to 0 below |g| = 1, to infinity "
    "above, while its p-th root goes to |g|",
    at=dict(g=(0.5, 0.9, 1.1, 20.0), p=200),
    vary=dict(g=[(0.3, 0.8, 1.2, 3.0)], p=(200, 400)),
)
def test_only_the_root_has_a_limit(g, p):
    """Both at p = 200 and 400."""
    g = np.array(g)
    v = (1 - 0.999**p) * g**p
    far = np.where(g < 1, v < 1e-6, v > 1e6)
    return far & (abs(v ** (1 / p) / g - 1) < 0.02)
