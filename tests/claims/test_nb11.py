"""What notebook 11 claims of AMSGrad and of Adam's memory, and its referees."""

from itertools import cycle

import numpy as np

from gdlib import (
    Objective,
    adam,
    amsgrad,
    descend,
    line_data,
    mse,
    ravine,
    recorded,
    stream,
)
from gdlib.checks.nb11 import optax_amsgrad
from tests.claims.claim import claim
from tests.references import SURFACES

SEEDS = tuple(range(12))


def moves(method, slopes, **hyper):
    """Each step over η on slopes that ignore x: (steps, runs)."""
    runs = np.zeros((1, np.shape(slopes)[-1]))
    found = descend(method, stream(slopes), runs, len(slopes), lr=1, eps=0, **hyper)
    return -np.diff(-found.theta[:, 0], axis=0)


def in_rounds(n, C, rounds):
    return np.tile(np.append(float(C), np.full(n - 1, -10.0)), rounds)[:, None]


def coins(seed, T, runs=4):
    large = np.random.default_rng(seed).random((T, runs)) < 0.01
    return np.where(large, 1010.0, -10.0)


def settled_round(beta, slopes):
    """The average after each slope, once it repeats from round to round."""
    ends = []
    for first in (0.0, 1.0):
        value, each = first + 0 * beta, []
        for slope in slopes:
            value = beta * value + (1 - beta) * slope
            each.append(value)
        ends.append(np.array(each))
    grown = ends[1][-1] - ends[0][-1]
    return ends[0] + (ends[1] - ends[0]) * ends[0][-1] / (1 - grown)


def drift(beta2, n=101, C=1010.0, beta1=0.9):
    """How far one settled round moves x under Adam, in η."""
    g = np.append(C, np.full(n - 1, -10.0))
    m, v = settled_round(np.array(beta1), g), settled_round(np.array(beta2), g**2)
    return -(m[:, None] / np.sqrt(v.reshape(n, -1))).sum(0)


def turn(**problem):
    """1 − β₂ where Adam's drift changes its sign, by halving."""
    low, high = -6.5, -0.7
    for _ in range(25):
        middle = (low + high) / 2
        up = drift(1 - 10**middle, **problem)[0] > 0
        low, high = (low, middle) if up else (middle, high)
    return 10**low


@claim(
    "Adam goes uphill on average",
    says="with coins, β₂ up to 0.99, Adam's steps add up to a way up",
    at=dict(beta2=0.99, seed=0, T=5000),
    vary=dict(beta2=(0.9, 0.99), seed=(1, 2), T=(4000,)),
)
def test_coins_uphill(beta2, seed, T):
    """The steps over η of ten streams added up, the first tenth left out."""
    return moves(adam, coins(seed, T, 10), beta2=beta2)[T // 10 :].sum(0) > 0


@claim(
    "All eleven runs end at or near it",
    says="Adam at β₂ = 0.99, η = 0.5/√t ends above +0.8 on coins, from 50,000 steps",
    at=dict(seed=0, T=50_000),
    vary=dict(seed=(0, 1), T=(50_000, 100_000)),
    share=0.9,
    slow=True,
)
def test_worst_point(seed, T):
    """The place of 20 runs after T steps in the box."""
    box = dict(project=lambda x: np.clip(x, -1, 1), lr=lambda t: 0.5 / t**0.5)
    run = descend(
        adam, stream(coins(seed, T, 20)), np.zeros((1, 20)), T, beta2=0.99, **box
    )
    return run.theta[-1, 0] > 0.8


@claim(
    "Adam's quotients push up, 10.24 against 7.96",
    says="g/√v adds up to a way up over a round for β₂ from 0.5 to 0.9995",
    at=dict(beta2=0.99),
    vary=dict(beta2=(0.5, 0.9, 0.99, 0.999, 0.9995)),
)
def test_quotients(beta2):
    """The settled round with β₁ = 0."""
    return drift(beta2, beta1=0.0) > 0


@claim(
    "Adam stands 0.727 above its start, AMSGrad 0.299 below",
    says="slopes C, −1, −1 with β₂ = 1/(1 + C²): Adam moves up, AMSGrad down, C from 3",
    at=dict(C=3.0, rounds=1),
    vary=dict(C=(3.0, 4.0, 6.0, 10.0, 30.0), rounds=(1, 2, 5, 20)),
)
def test_small_example(C, rounds):
    """Where θ ends after some rounds, β₁ = 0."""
    slopes = np.tile([C, -1, -1], rounds)[:, None]
    hyper = dict(beta1=0, beta2=1 / (1 + C**2))
    up, down = (moves(f, slopes, **hyper).sum() for f in (adam, amsgrad))
    return up > 0 > down


@claim(
    "The first step tells most of them apart",
    says="first steps: (1 − β₁)/√(1 − β₂), 1/√(1 − β₂), 1 and 1 for any slope",
    at=dict(beta2=0.999, g=1.0),
    vary=dict(beta2=(0.9, 0.99, 0.999), g=(-3.0, 0.01, 1.0, 200.0)),
)
def test_first_steps(beta2, g):
    """The four orders at t = 1 beside (7): gdlib, exercise 2, and two by hand."""
    m, v, one = 0.1 * g, (1 - beta2) * g**2, np.full((1, 1), g)
    paper, chapter = abs(m) / v**0.5, abs(m / 0.1) / v**0.5
    ours = abs(moves(amsgrad, one, beta2=beta2)[0, 0])
    theta = np.zeros(1)
    optax = optax_amsgrad(theta, lambda x: one[0], 1, lr=1, beta2=beta2)[0]
    formulas = [0.1 / (1 - beta2) ** 0.5, 1 / (1 - beta2) ** 0.5, 1, 1]
    return np.allclose([paper, chapter, abs(optax[0]), ours], formulas, rtol=1e-4)


@claim(
    "its rate climbs from η towards 31.6 η",
    says="after one slope of 1 AMSGrad's rate climbs from η to η/√(1 − β₂)",
    at=dict(beta2=0.999, small=0.01),
    vary=dict(beta2=(0.9, 0.99, 0.999), small=(0.0, 0.001, 0.01)),
)
def test_rate_climbs(beta2, small):
    """The v̂ at the first step and after four memories, later slopes all alike."""
    T = round(4 / (1 - beta2))
    slopes = np.append(1.0, np.full(T, small))[:, None]
    v_hat = descend(amsgrad, stream(slopes), (0,), T, beta2=beta2).terms["v_hat"]
    rate = v_hat[[0, -1], 0] ** -0.5 * np.array([1, (1 - beta2) ** 0.5])
    return np.abs(rate - 1) < 0.02


@claim(
    "holds for the first three rows",
    says="the divisor of paper, chapter and optax never falls; PyTorch's does at first",
    at=dict(seed=0),
    vary=dict(seed=SEEDS),
)
def test_rate_never_grows(seed):
    """500 random slopes of falling size: differences of the divisors."""
    slopes = (
        np.random.default_rng(seed).normal(size=(500, 1))
        * 0.99 ** np.arange(500)[:, None]
    )
    terms = descend(amsgrad, stream(slopes), (0,), 500).terms
    corrected = terms["v"][:, 0] / (1 - 0.999 ** np.arange(1, 501))
    optax = np.maximum.accumulate(corrected)
    falls = [np.diff(x).min() < -1e-15 for x in (terms["v_max"][:, 0], optax)]
    return not any(falls) and np.diff(terms["v_hat"][:, 0]).min() < 0


def rests(method, period, lr, beta2, rounds=20, start=3.0):
    error = cycle([period - 1] + [-1] * (period - 1))
    job = Objective(lambda x: x[0] ** 2 / 2, lambda x: x + next(error), 1, batches=True)
    steps = max(3000, rounds * period)
    hyper = dict(lr=lr, beta2=np.asarray(beta2))
    theta = descend(method, job, (start,), steps, **hyper).theta
    return theta[-10 * period :, 0].mean(0)


@claim(
    "At β₂ = 0.9 Adam rests at 0.62, where no minimum is",
    says="uneven errors, round of 50, β₂ = 0.9: Adam rests between 0.6 and 0.65",
    at=dict(lr=0.05, start=3.0),
    vary=dict(lr=(0.02, 0.05, 0.1), start=(-2.0, 0.0, 3.0)),
)
def test_rest(lr, start):
    """The mean of x over the last ten rounds."""
    return 0.6 < rests(adam, 50, lr, 0.9, start=start) < 0.65


@claim(
    "every doubling of the memory halves the mistake",
    says="from a memory of one round on, twice the memory leaves half of Adam's error",
    at=dict(period=50, lr=0.05),
    vary=dict(period=(20, 50), lr=(0.05, 0.1)),
)
def test_doubling(period, lr):
    """Rests at memories of 1, 2, 4 and 8 rounds; ratios between 1.7 and 2.3."""
    memory = period * np.array([1, 2, 4, 8])
    x = rests(adam, period, lr, 1 - 1 / memory, rounds=60)
    return np.abs(x[:-1] / x[1:] - 2) < 0.3


@claim(
    "rounds of 10 or 100 steps it is 0.04 or 0.89",
    says="uneven errors, β₂ = 0.9: rounds of 10 leave 0.04, of 100 above 0.75",
    at=dict(lr=0.05),
    vary=dict(lr=(0.02, 0.05, 0.1)),
)
def test_rounds(lr):
    """The mean of x over the last ten rounds, of 5, 10, 20, 50 and 100 steps."""
    x = [rests(adam, n, lr, 0.9) for n in (5, 10, 20, 50, 100)]
    return abs(x[1] - 0.04) < 0.01 and x[4] > 0.75 and (np.diff(x) > 0).all()


@claim(
    "AMSGrad gives all errors nearly the same rate",
    says="uneven errors, β₂ up to 0.95: AMSGrad rests ten times as near the minimum",
    at=dict(period=50, beta2=0.9),
    vary=dict(period=(20, 50, 80), beta2=[np.array([0.8, 0.9, 0.95])]),
)
def test_amsgrad_rests(period, beta2):
    """The mean of x over the last ten rounds, η = 0.05."""
    far, near = (abs(rests(f, period, 0.05, beta2)) for f in (adam, amsgrad))
    return 10 * near < far


def gaps(method, seed, lr, steps):
    job = mse(*line_data(np.random.default_rng(seed)))
    return descend(method, job, np.zeros((2, len(lr))), steps, lr=lr).gap


@claim(
    "the run leaves, and then again and again",
    says="regression job, η from 0.05 to 0.3: Adam is above 1e-4 again by step 10,000",
    at=dict(seed=0),
    vary=dict(seed=(0, 1, 2, 3, 4, 5)),
    slow=True,
)
def test_adam_leaves(seed):
    """The highest gap after step 3,000, and whether it comes twice."""
    late = gaps(adam, seed, np.array([0.05, 0.1, 0.3]), 10_000)[3000:]
    return late.max(0) > 1e-4


@claim(
    "never exceeds 0.67, and the run stays",
    says="regression job, η from 0.03 to 0.3: AMSGrad stays under 1e-6 to step 20,000",
    at=dict(seed=0),
    vary=dict(seed=(0, 1, 2, 3)),
    slow=True,
)
def test_amsgrad_stays(seed):
    """The highest gap after step 3,000."""
    return gaps(amsgrad, seed, np.array([0.03, 0.1, 0.3]), 20_000)[3000:].max(0) < 1e-6


@claim(
    "In half as many steps you would see no difference",
    says="regression job at η = 0.1: up to step 5,000 Adam and AMSGrad both stay",
    at=dict(seed=0),
    vary=dict(seed=(1, 2, 3)),
)
def test_half_as_long(seed):
    """The highest gap between steps 500 and 5,000."""
    high = [gaps(f, seed, np.array([0.1]), 5000)[500:].max() for f in (adam, amsgrad)]
    return max(high) < 1e-6


@claim(
    "a round carries Adam 1.90 η up and AMSGrad 0.08 η down",
    says="fixed order, β₂ up to 0.99: a late round of Adam's goes up, AMSGrad's down",
    at=dict(beta2=0.99, beta1=0.9),
    vary=dict(beta2=(0.9, 0.97, 0.99), beta1=(0.0, 0.5)),
)
def test_round(beta2, beta1):
    """The last of 14 rounds, beside the settled round; AMSGrad's is −10/√v_max."""
    slopes, hyper = in_rounds(101, 1010, 14), dict(beta2=beta2, beta1=beta1)
    up, down = (moves(f, slopes, **hyper)[-101:].sum() for f in (adam, amsgrad))
    return abs(up / drift(beta2, beta1=beta1)[0] - 1) < 1e-3 and -0.4 < down < 0 < up


@claim(
    "Adam goes up in all ten",
    says="with coins, β₂ = 0.99, 25,000 of Adam's steps add up to a way up",
    at=dict(seed=0),
    vary=dict(seed=(1, 2, 3, 4)),
    slow=True,
)
def test_up_in_all(seed):
    """The second half of ten streams of 50,000 coins."""
    return moves(adam, coins(seed, 50_000, 10), beta2=0.99)[25_000:].sum(0) > 0


@claim(
    "AMSGrad moves against the sum of the slopes in all ten runs",
    says="with coins AMSGrad moves against the sum of the slopes, unless that is < 100",
    at=dict(seed=0),
    vary=dict(seed=(1, 2)),
)
def test_against_the_sum(seed):
    """Forty streams of 10,000 coins, the second half: the signs."""
    slopes, late = coins(seed, 10_000, 40), slice(5000, None)
    total, moved = slopes[late].sum(0), moves(amsgrad, slopes, beta2=0.99)[late].sum(0)
    return (moved * total < 0) | (abs(total) < 100)


@claim(
    "the mean outgrows chance after",
    says="the mean of n coins exceeds their standard deviation from about 260,000 on",
    at=dict(n=260_000),
    vary=dict(n=(25_000, 200_000, 320_000, 2_000_000)),
)
def test_chance(n):
    """Mean and standard deviation of a sum of n coins, on the two sides."""
    mean, spread = 0.01 * 1010 - 0.99 * 10, 1020 * (0.01 * 0.99) ** 0.5
    return (n * mean > n**0.5 * spread) == (n >= 260_000)


@claim(
    "with 1 − β₂ below 4.8e-4 its rounds go down",
    says="Adam's settled round goes up above 1 − β₂ = 4.8e-4 and down below it",
    at=dict(factor=1.02),
    vary=dict(factor=(1.02, 1.2, 2.0, 10.0, 50.0)),
)
def test_the_turn(factor):
    """The settled round on both sides of the turn."""
    return drift(1 - 4.8e-4 * factor)[0] > 0 > drift(1 - 4.8e-4 / factor)[0]


@claim(
    "A larger C alone is easier for Adam",
    says="a round of 101: the larger C, up to 5050, the shorter a memory will do",
    at=dict(sizes=(1010.0, 2020.0)),
    vary=dict(sizes=((1005.0, 1010.0), (1010.0, 1515.0), (1515.0, 5050.0))),
)
def test_larger_alone(sizes):
    """1 − β₂ at the turn."""
    small, large = (turn(C=C) for C in sizes)
    return large > small


@claim(
    "twice as long wants 1 − β₂ about four times smaller",
    says="rounds that add up to +10: doubling the length divides 1 − β₂ by 3.9 to 4.6",
    at=dict(n=101),
    vary=dict(n=(101, 151, 201, 301)),
)
def test_longer_rounds(n):
    """1 − β₂ at the turn for rounds of n and 2n, C = 10n."""
    return 3.9 < turn(n=n, C=10.0 * n) / turn(n=2 * n, C=20.0 * n) < 4.6


@claim(
    "Its drift says that it is on the way to +1",
    says="fixed order, β₂ = 0.999: x is below 0 at 50,000 steps, higher at 500,000",
    at=dict(scale=0.5),
    vary=dict(scale=(0.5, 0.25)),
    slow=True,
)
def test_a_transient(scale):
    """The place after 50,000 and 500,000 steps, η = scale/√t."""
    T, box = 500_000, dict(project=lambda x: np.clip(x, -1, 1))
    slopes = in_rounds(101, 1010, T // 101 + 1)
    hyper = dict(lr=lambda t: scale / t**0.5, beta2=0.999)
    early = descend(adam, stream(slopes), (0,), 50_000, keep="last", **hyper, **box)
    rest = stream(slopes[50_000:])
    later = descend(
        adam,
        rest,
        early.theta[-1],
        T - 50_000,
        keep="last",
        lr=lambda t: scale / (t + 50_000) ** 0.5,
        beta2=0.999,
        **box,
    )
    return early.theta[0, 0] < 0 and later.theta[0, 0] > early.theta[0, 0] + 0.3


@claim(
    "the rate of that parameter is cut for the rest of the run",
    says="an outlier of 100 to 300 among ones cuts AMSGrad's step for good, not Adam's",
    at=dict(beta2=0.999, memories=9),
    vary=dict(beta2=(0.98, 0.99), memories=(9, 15)),
)
def test_outlier(beta2, memories):
    """The last steps over η, that many memories after outliers of 100, 150 and 300."""
    slopes = np.ones((round((memories + 1) / (1 - beta2)), 3))
    slopes[round(1 / (1 - beta2))] = 100, 150, 300
    back, cut = (np.abs(moves(f, slopes, beta2=beta2)[-1]) for f in (adam, amsgrad))
    return (back > 0.9) & (cut < 0.75)


@claim(
    "It reaches 1, the square of the other slopes",
    says="an outlier of a third of 1/√(1 − β₂) costs AMSGrad a tenth, of twice it half",
    at=dict(beta2=0.999),
    vary=dict(beta2=(0.98, 0.99, 0.995)),
)
def test_outlier_size(beta2):
    """AMSGrad's last step after outliers of a third of, and of twice, that size."""
    slopes = np.ones((round(9 / (1 - beta2)), 2))
    slopes[round(4 / (1 - beta2))] = np.array([1 / 3, 2]) / (1 - beta2) ** 0.5
    mild, severe = np.abs(moves(amsgrad, slopes, beta2=beta2)[-1])
    return mild > 0.9 and severe < 0.5


@claim(
    "AMSGrad's is below the line and falls on",
    says="from 50,000 steps on AMSGrad's average regret is below 20/101, Adam's is not",
    at=dict(T=50_000),
    vary=dict(T=(50_000, 100_000, 200_000)),
    slow=True,
)
def test_regret(T):
    """The average regret of the fixed order, over T steps and over half of them."""
    slopes, found = in_rounds(101, 1010, T // 101 + 1)[:T], []
    hyper = dict(lr=lambda t: 0.5 / t**0.5, beta2=0.99)
    for method in (adam, amsgrad):
        run = descend(
            method,
            stream(slopes),
            (0,),
            T,
            project=lambda x: np.clip(x, -1, 1),
            **hyper,
        )
        paid = slopes[:, 0] * (run.theta[:-1, 0] + 1)
        found.append((paid[: T // 2].mean(), paid.mean()))
    (_, high), (before, low) = found
    return low < min(20 / 101, before) and high > 20 / 101


@claim(
    "its maximum keeps the steep slopes of the start in full",
    says="optax's recorded AMSGrad walks the order of exercise 2, not gdlib's",
    at=dict(surface="rosenbrock"),
    vary=dict(surface=tuple(SURFACES)),
)
def test_optax_order(surface):
    """Largest distances over 200 steps from exercise 2's answer and from `amsgrad`."""
    held, ground = recorded("amsgrad")["optax"], SURFACES[surface]
    path, lr = held.paths[surface], held.lr[surface]
    theirs, ours = (
        np.abs(descend(f, ground, path[0], 200, lr=lr).theta - path).max()
        for f in (optax_amsgrad, amsgrad)
    )
    return theirs < 1e-6 < 0.01 < ours


@claim(
    "Both overshoot as momentum does",
    says="ravine along the axes, η from 0.05: both run past the minimum, equally far",
    at=dict(far=-2.0, lr=0.1),
    vary=dict(far=(-2.0, -1.0), lr=(0.05, 0.1, 0.2)),
)
def test_overshoot(far, lr):
    """The largest x of 300 steps."""
    runs = (descend(f, ravine(10), (far, 1), 300, lr=lr) for f in (adam, amsgrad))
    a, b = (run.theta[:, 0].max() for run in runs)
    return min(a, b) > 0.02 * abs(far) and abs(a - b) < 0.05 * a


@claim(
    "the divisor √t · √v is the root of their sum",
    says="AdamNC with a step of η/√t is Adagrad with momentum's numerator",
    at=dict(seed=0),
    vary=dict(seed=SEEDS),
)
def test_adam_nc(seed):
    """The mean of the squares, times t, as the exercise keeps it, beside their sum."""
    g, v = np.random.default_rng(seed).normal(size=200), 0.0
    for t, slope in enumerate(g, 1):
        v = (1 - 1 / t) * v + slope**2 / t
    return abs((200 * v) ** 0.5 / (g**2).sum() ** 0.5 - 1) < 1e-9
