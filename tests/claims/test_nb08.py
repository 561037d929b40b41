"""What notebook 08 claims of RMSProp, refereed."""

from functools import cache
from itertools import count

import numpy as np

from gdlib import (
    Objective,
    adadelta,
    adagrad,
    chapter_data,
    descend,
    gradient_descent,
    line_data,
    momentum,
    mse,
    ravine,
    rmsprop,
    stream,
)
from gdlib.checks.nb08 import centred, mended
from tests.claims.claim import claim


def nets(n, gammas, rounds, last=None, method=rmsprop):
    """Net moves over η, round by round, on n − 1 slopes 0.1 and one that cancels them.

    last  where in the round the large slope stands, by default at its end
    """
    pattern = np.full(n, 0.1)
    pattern[n - 1 if last is None else last] = -0.1 * (n - 1)
    start, gammas = np.zeros((1, len(gammas))), np.asarray(gammas)
    deal = stream(np.tile(pattern, rounds))
    path = descend(method, deal, start, n * rounds, lr=1, gamma=gammas)
    return np.diff(path.theta[::n, 0], axis=0)


def ramp(slope=1.0):
    return Objective(
        lambda x: slope * x[0], lambda x: 0 * x + slope, dim=1, batches=True
    )


@claim(
    "fall as η/√t",
    says="on a constant slope Adagrad's step t is η/√t long and Adadelta's nears "
    "√((1 − γ)εt), whatever the slope is",
    at=dict(slope=1.0, steps=1000),
    vary=dict(slope=(0.1, 50.0), steps=(300, 1000)),
)
def test_uneven_paces(slope, steps):
    """Lengths of the last step of two runs beside the laws, γ = 0.9, ε = 1e-6."""
    own = descend(adagrad, ramp(slope), (0,), steps, lr=0.1).terms["step"][-1, 0]
    moves = descend(adadelta, ramp(slope), (0,), steps).terms["delta"][-1, 0]
    ratio = -moves / np.sqrt(1e-7 * steps)
    return abs(own * steps**0.5 / 0.1 - 1) < 1e-3 and 0.95 < ratio < 1.3


@claim(
    "it is 18.6 η in the first ten",
    says="Rprop with × 1.2 and × 0.5 moves 18.6 first steps in Hinton's first ten",
    at=dict(size=0.1),
    vary=dict(size=(0.01, 0.1, 7.0)),
)
def test_rprop_loses_more(size):
    """Signs times steps that grow by 1.2 while they agree and are halved otherwise."""
    slopes, step, way = size * np.array([1] * 9 + [-9]), 1.0, 0.0
    for before, g in zip([0, *slopes], slopes, strict=False):
        step *= {1: 1.2, -1: 0.5, 0: 1}[np.sign(before * g)]
        way -= step * np.sign(g)
    return abs(way + 18.6) < 0.06


@claim(
    "the large one undoes most of the nine",
    says="once its memory is full RMSProp with γ ≥ 0.9 loses under a tenth of the "
    "8 η that signs lose in Hinton's ten, wherever in the round the −0.9 stands",
    at=dict(last=9),
    vary=dict(last=(0, 3, 6)),
)
def test_most_of_the_nine(last):
    """Net move of the 100th round, three decays."""
    lost = -nets(10, (0.9, 0.95, 0.99), 100, last)[-1]
    return (lost > 0) & (lost < 0.8)


@claim(
    "A longer memory leaves a tenth of that",
    says="a window ten times as long leaves 9 to 12 % of the loss, once it has filled",
    at=dict(gamma=0.9),
    vary=dict(gamma=(0.92, 0.95)),
)
def test_a_longer_memory(gamma):
    """Net move of the 250th round at γ and at a tenth of 1 − γ."""
    short, long = nets(10, (gamma, 1 - (1 - gamma) / 10), 250)[-1]
    return 0.09 < long / short < 0.12


@claim(
    "The memory has to outlast the round",
    says="with a window as long as the round or longer RMSProp loses under a tenth of "
    "what the signs do, with a tenth of that window more than a third",
    at=dict(n=100),
    vary=dict(n=(20, 50, 200)),
)
def test_the_memory_outlasts_the_round(n):
    """Net move of the 20th round over n − 2, windows of n, 2n and n/10."""
    windows = np.array([n, 2 * n, n / 10])
    share = -nets(n, 1 - 1 / windows, 20)[-1] / (n - 2)
    return share[0] < 0.1 and share[1] < 0.1 and share[2] > 1 / 3


@claim(
    "the first round is worse than the signs",
    says="RMSProp's first round ending in the large slope moves it further than the "
    "signs, the further the longer the memory, γ from 0.8 to 0.999",
    at=dict(n=10),
    vary=dict(n=(10, 30, 100)),
)
def test_the_first_round(n):
    """Net move of the first round at five decays, beside n − 2."""
    lost = -nets(n, (0.9, 0.95, 0.98, 0.99, 0.999), 1)[0]
    return (lost > n - 2).all() and (np.diff(lost) > 0).all()


@claim(
    "Had the −0.9 come first, it would be −0.8 η",
    says="with the large slope first the first round loses less than 2 η, γ from 0.8 "
    "to 0.99",
    at=dict(n=10),
    vary=dict(n=(6, 8, 10)),
)
def test_the_large_slope_first(n):
    """Net move of the first round with its large slope in front."""
    return np.abs(nets(n, (0.8, 0.9, 0.95, 0.99), 1, last=0)[0]) < 2


@claim(
    "each step becomes η long",
    says="on a constant slope step t is η/√(1 − γᵗ) long and in the end η, whatever "
    "the slope is",
    at=dict(slope=1.0, gamma=np.array([0.9])),
    vary=dict(slope=(-30.0, 0.1, 1000.0), gamma=[np.array([0.5, 0.9, 0.99])]),
)
def test_the_pace_is_eta(slope, gamma):
    """Lengths of 1,500 steps over η."""
    start = np.zeros((1, len(gamma)))
    run = descend(rmsprop, ramp(slope), start, 1500, lr=0.1, gamma=gamma)
    length = np.abs(run.terms["step"][:, 0]) / 0.1
    law = 1 / np.sqrt(1 - gamma ** np.arange(1, 1501)[:, None])
    return np.isclose(length, law, rtol=0.01).all(0) & (np.abs(length[-1] - 1) < 1e-3)


@claim(
    "step 10 is still 24 % too long, step 20 is 7 %, step 40 is 1 %",
    says="at γ = 0.9 steps 10, 20 and 40 are 24, 7 and 1 % longer than η on any ramp",
    at=dict(slope=1.0),
    vary=dict(slope=(-5.0, 0.1, 1.0, 100.0)),
)
def test_how_fast_the_pace_comes(slope):
    """Lengths of three steps over η."""
    length = np.abs(descend(rmsprop, ramp(slope), (0,), 40).terms["step"][:, 0]) / 0.01
    return np.abs(length[[9, 19, 39]] - [1.24, 1.07, 1.01]) < 0.005


@claim(
    "no step is ever longer than η/√(1 − γ)",
    says="no step of RMSProp is longer than η/√(1 − γ), whatever the slopes do",
    at=dict(seed=0, gamma=np.array([0.9])),
    vary=dict(seed=range(10), gamma=[np.array([0, 0.5, 0.9, 0.99])]),
)
def test_the_bound(seed, gamma):
    """The longest of 500 steps on random slopes of random sizes."""
    rng = np.random.default_rng(seed)
    slopes = rng.standard_normal(500) * 10.0 ** rng.integers(-3, 4, 500)
    run = descend(rmsprop, stream(slopes), np.zeros((1, 4)), 500, lr=1, gamma=gamma)
    longest = np.abs(run.terms["step"][:, 0]).max(0)
    return longest <= (1 + 1e-12) / np.sqrt(1 - gamma)


@claim(
    "It is thrown out, and swings about the minimum for ever",
    says="at η = 0.1 RMSProp is under 1e-6 in the first 100 steps in ravines along the "
    "axes, and from then on to 10,000 leaves it again in every 100 steps",
    at=dict(kappa=10, steps=900),
    vary=dict(kappa=(5, 20), steps=(3000,)),
)
def test_thrown_out(kappa, steps):
    """The smallest gap of the first 100 steps, the largest of each later hundred."""
    gap = descend(rmsprop, ravine(kappa), steps=steps, lr=0.1).gap
    later = gap[100 : len(gap) // 100 * 100].reshape(-1, 100).max(1)
    return gap[:100].min() < 1e-6 and (later > 1e-3).all()


@claim(
    "Adagrad's, by far",
    says="at one η from 0.1 to 3 Adagrad's gap ends more than a hundredfold below "
    "RMSProp's after 1,500 steps, in ravines with κ up to 20, turned or not",
    at=dict(lr=0.1, kappa=10, angle=0),
    vary=dict(lr=[np.array([0.1, 0.3, 1, 3])], kappa=(5, 20), angle=(20,)),
)
def test_who_gets_lower(lr, kappa, angle):
    """Gaps after 1,500 steps from one start."""
    own, fading = (
        descend(m, ravine(kappa, angle), steps=1500, lr=lr, keep="last").gap[-1]
        for m in (adagrad, rmsprop)
    )
    return own < fading / 100


@claim(
    "At 45° both do worse: their rates belong to the axes",
    says="at 45° Adagrad settles later at every η from 0.1 to 10 and RMSProp's gap "
    "ends higher",
    at=dict(kappa=10),
    vary=dict(kappa=(20,)),
)
def test_both_lose_at_45_degrees(kappa):
    """Settling under 1e-6 and gap after 900 steps at six η, straight and turned."""
    lr = np.geomspace(0.1, 10, 6)
    times, ends = [], []
    for angle in (0, 45):
        last = dict(steps=900, lr=lr, keep="last", tol=1e-6)
        own = descend(adagrad, ravine(kappa, angle), **last).settling_time(1e-6)
        times.append(np.nan_to_num(own, nan=901))
        ends.append(descend(rmsprop, ravine(kappa, angle), **last).gap[-1])
    return (times[1] > times[0]) & (ends[1] > 1.5 * ends[0])


@claim(
    "The run stays η/2 from the minimum",
    says="in ravines at 0° RMSProp ends with both coordinates at η/2 where ηλ is "
    "well above 2√ε, at 45° too, for η from 0.02 to 0.3",
    at=dict(kappa=10, angle=0),
    vary=dict(kappa=(3, 10, 30), angle=(0, 45)),
)
def test_half_of_eta(kappa, angle):
    """|x| and |y| over η after 1,200 steps, four η."""
    lr = np.array([0.02, 0.05, 0.1, 0.3])
    path = descend(rmsprop, ravine(kappa, angle), steps=1200, lr=lr, keep="last")
    return np.abs(np.abs(path.theta[-1]) / lr - 0.5) < 0.01


@claim(
    "RMSProp's gap at the end goes with η²",
    says="ten times η is a hundredfold RMSProp's gap at the end, η from 0.01 to 1",
    at=dict(kappa=10),
    vary=dict(kappa=(3, 10, 100)),
)
def test_the_gap_goes_with_the_square(kappa):
    """Gaps after 1,500 steps at η = 0.01, 0.1 and 1."""
    lr = np.array([0.01, 0.1, 1])
    gap = descend(rmsprop, ravine(kappa), steps=1500, lr=lr, keep="last").gap[-1]
    return np.abs(gap[1:] / gap[:-1] / 100 - 1) < 0.05


@claim(
    "it stays under 1e-6 only at a tiny η, and takes thousands",
    says="of 41 η from 1e-4 to 10 and four γ none lets RMSProp settle under 1e-6 in "
    "the first 1,500 of 3,000 steps, in ravines; Adagrad does so at η = 1",
    at=dict(kappa=10, angle=0),
    vary=dict(kappa=(5, 10, 50), angle=(0, 45)),
    slow=True,
)
def test_rmsprop_settles_late(kappa, angle):
    """Settling within 3,000 steps on a grid of η and γ; Adagrad's at η = 1."""
    lr, gamma = np.meshgrid(np.geomspace(1e-4, 10, 41), (0.5, 0.8, 0.9, 0.99))
    last = dict(steps=3000, keep="last", tol=1e-6)
    ground = ravine(kappa, angle)
    fading = descend(rmsprop, ground, lr=lr, gamma=gamma, **last).settling_time(1e-6)
    own = descend(adagrad, ground, lr=1, **last).settling_time(1e-6)
    return np.nan_to_num(fading, nan=3001).min() > 1500 and own < 300


@claim(
    "Slopes of −2 and 10 become two steps of one length",
    says="the first steps of two coordinates are equally long, η/√(1 − γ), whatever "
    "the ratio of their slopes",
    at=dict(kappa=10, gamma=0.9),
    vary=dict(kappa=(2, 10, 100, 1e4), gamma=(0.5, 0.9, 0.99)),
)
def test_one_length(kappa, gamma):
    """Both coordinates of the first step in the ravine, over η."""
    step = descend(rmsprop, ravine(kappa), steps=1, lr=0.1, gamma=gamma).terms["step"]
    return np.isclose(np.abs(step[0]) / 0.1, 1 / np.sqrt(1 - gamma), rtol=1e-3)


def batches(seed):
    x, y = line_data(np.random.default_rng(seed))
    return mse(x, y, batch=50, rng=np.random.default_rng(seed + 1))


@claim(
    "About 2/0.02 = 100, and it is 111",
    says="on the regression RMSProp settles under 0.01 in 1 to 1.2 times way over η",
    at=dict(lr=np.array([0.02]), seed=0),
    vary=dict(lr=[np.array([0.01, 0.02])], seed=range(10)),
)
def test_the_way_over_eta(lr, seed):
    """Settling time over 2/η within 500 steps."""
    run = descend(rmsprop, batches(seed), steps=500, lr=lr)
    share = run.settling_time(1e-2) * lr / 2
    return (share > 1) & (share < 1.2)


@cache
def at_best(seed, gamma, tol):
    """Best settling times of gradient descent, Adagrad and RMSProp on one data set."""
    last = dict(steps=1000, keep="last", tol=tol, lr=np.geomspace(1e-3, 3, 41))
    trials = (gradient_descent, {}), (adagrad, {}), (rmsprop, dict(gamma=gamma))
    runs = (descend(m, batches(seed), **last, **dials) for m, dials in trials)
    return [np.nanmin(run.settling_time(tol)) for run in runs]


@claim(
    "RMSProp still needs three times the steps of gradient descent and Adagrad",
    says="with 41 η for each and γ from 0.8 to 0.95, RMSProp settles under 0.01 at "
    "least three times as late as gradient descent and Adagrad, under 0.003 2.5 times",
    at=dict(seed=0, gamma=0.9, tol=0.01),
    vary=dict(seed=range(12), gamma=(0.8, 0.9, 0.95), tol=(0.01, 0.003)),
    slow=True,
)
def test_nothing_to_offer(seed, gamma, tol):
    """Best settling time of each method within 1,000 steps on one data set."""
    plain, own, fading = at_best(seed, gamma, tol)
    return fading > (3 if tol == 0.01 else 2.5) * max(plain, own)


@claim(
    "With γ = 0.999 it hardly forgets and keeps up with Adagrad",
    says="with γ = 0.999, a window longer than the way, RMSProp at its best η settles "
    "under 0.01 or 0.003 within 0.6 to 1.8 times Adagrad's steps",
    at=dict(seed=0, gamma=0.999, tol=0.01),
    vary=dict(seed=range(12), tol=(0.01, 0.003)),
    slow=True,
)
def test_a_memory_that_outlasts_the_way(seed, gamma, tol):
    """Best settling times within 1,000 steps on one data set, 41 η each."""
    _, own, fading = at_best(seed, gamma, tol)
    return 0.6 < fading / own < 1.8


def lags(method, steps=10_000, speed=0.01, loss=1.0, **hyper):
    """How far each run is behind a minimum that moves, at every step."""
    clock = count(1)
    walking = Objective(
        lambda x: x[0], lambda x: loss * (x - speed * next(clock)), 1, batches=True
    )
    runs = np.broadcast_shapes(*(np.shape(h) for h in hyper.values()), np.shape(loss))
    path = descend(method, walking, np.zeros((1, *runs)), steps, **hyper)
    return np.abs(path.terms["g"][:, 0]) / loss


@claim(
    "RMSProp's lag levels off at 0.0135",
    says="with η from 1.1 to 10 times the target's speed RMSProp's lag stays below η "
    "and is the same in the last tenth of the run as before, γ from 0.5 to 0.99",
    at=dict(speed=0.01, steps=10_000),
    vary=dict(speed=(0.003, 0.1), steps=(3000,)),
)
def test_rmsprop_follows(speed, steps):
    """Worst lags in the fourth and in the last tenth, five η, three γ."""
    lr, gamma = np.meshgrid(speed * np.array([1.1, 1.5, 2, 3, 10]), (0.5, 0.9, 0.99))
    lag, tenth = lags(rmsprop, steps, speed, lr=lr, gamma=gamma), steps // 10
    early, late = lag[3 * tenth : 4 * tenth].max(0), lag[-tenth:].max(0)
    return (late < lr) & (late < 1.05 * early)


@claim(
    "it escapes at $t = (\\eta/0.01)^2$: 100 and 900 for these η",
    says="Adagrad's lag is at most twice the target's speed until t = (η/speed)², is "
    "more at 4 times that step, and grows from there on",
    at=dict(speed=0.01),
    vary=dict(speed=(0.1,)),
)
def test_adagrad_escapes(speed):
    """Lags at η = 10, 20 and 30 speeds, at once the edge and four and six times it."""
    eta = np.array([10, 20, 30])
    lag, edge = lags(adagrad, 5500, speed, lr=eta * speed, eps=1e-12), eta**2
    runs = np.arange(3)
    before = np.array(
        [lag[20 : e - 1, r].max() for e, r in zip(edge, runs, strict=True)]
    )
    after, later = lag[4 * edge, runs], lag[6 * edge, runs]
    return (before < 2 * speed) & (after > 2 * speed) & (later > after)


@cache
def long_lags():
    """Lags of Adagrad with three η, and of RMSProp with η = 0.02, 11,000 steps."""
    own = lags(adagrad, 11_000, lr=np.array([0.1, 0.2, 0.3]))
    return own, lags(rmsprop, 11_000, lr=np.array([0.02]))


@claim(
    "Over a hundred times as far away as RMSProp",
    says="after 10,000 steps Adagrad with η up to 0.3 is more than 100 times as far "
    "behind as RMSProp with η = 0.02, and after 11,000, too",
    at=dict(steps=10_000),
    vary=dict(steps=(11_000,)),
)
def test_over_a_hundred_times(steps):
    """Worst lags in the last 1,000 steps up to then, three η of Adagrad."""
    own, fading = (lag[steps - 1000 : steps].max(0) for lag in long_lags())
    return own > 100 * fading


@claim(
    "so the target leaves η = 0.009 behind",
    says="with η below the target's speed RMSProp loses the difference at each step",
    at=dict(share=0.9),
    vary=dict(share=[np.array([0.5, 0.8, 0.9])]),
)
def test_too_slow_to_follow(share):
    """Growth of the lag over the second half of 4,000 steps, speed 0.01."""
    lag = lags(rmsprop, 4000, lr=share * 0.01)
    return np.abs((lag[-1] - lag[2000]) / 1999 / (0.01 * (1 - share)) - 1) < 0.05


@claim(
    "its lag is 0.01/η = 0.1",
    says="gradient descent's lag is the speed over η where the curvature is 1",
    at=dict(lr=0.1),
    vary=dict(lr=(0.02, 0.1, 0.5, 1.5)),
)
def test_gradient_descent_follows_too(lr):
    """The lag at step 3,000."""
    return np.isclose(lags(gradient_descent, 3000, lr=lr)[-1], 0.01 / lr)


@claim(
    "with the loss × 100 it overflows (–), and RMSProp's pace is the same",
    says="at loss × 30 and more gradient descent with η = 0.1 overflows; RMSProp's lag "
    "changes by under 2 % from × 1 to × 10,000",
    at=dict(loss=100),
    vary=dict(loss=(30, 1e4)),
)
def test_another_scale(loss):
    """Lags at the end of 1,500 steps at × 1 and at the louder loss."""
    plain = lags(gradient_descent, 1500, loss=loss, lr=0.1)[-1]
    quiet, loud = (lags(rmsprop, 1500, loss=s, lr=0.02)[-300:].max() for s in (1, loss))
    return not plain < np.inf and abs(loud / quiet - 1) < 0.02


@cache
def rattles():
    """|x| after 5,000 steps: λ, then η, then ε, then γ, from x = 0.5."""
    lam, lr, eps, gamma = np.ix_(*GRID)
    bowls = Objective(lambda x: x[0], lambda x: lam * x, dim=1, batches=True)
    start = np.full((1, *map(len, GRID)), 0.5)
    dials = dict(lr=lr, eps=eps, gamma=gamma, keep="last")
    return np.abs(descend(rmsprop, bowls, start, 5000, **dials).theta[-1, 0])


GRID = (0.5, 1, 2, 10, 100), (0.001, 0.002, 0.01, 0.1, 0.5), (1e-6, 1e-4), (0.8, 0.9)


@claim(
    "the slope is λa, so the step is ηλa/√(λ²a² + ε)",
    says="the swing is √(η²/4 − ε/λ²), and none where ηλ < 2√ε, for λ from 0.5 to 100, "
    "η from 0.001 to 0.5, ε = 1e-6 and 1e-4",
    at=dict(gamma=0.9),
    vary=dict(gamma=(0.8, 0.9)),
)
def test_the_swing(gamma):
    """|x| at the end beside (4); beside the edge itself runs still creep."""
    lam, lr, eps, _ = np.ix_(*GRID)
    law = np.sqrt(np.maximum(lr**2 / 4 - eps / lam**2, 0))[..., 0]
    beside = np.abs(lr * lam / 2 / np.sqrt(eps) - 1)[..., 0] < 0.05
    fine = np.isclose(rattles()[..., GRID[3].index(gamma)], law, rtol=0.01, atol=1e-4)
    return fine | beside


@claim(
    "With a falling η the swing follows (4) down",
    says="with η = c/√t the swing follows (4), and once ηλ is well under 2√ε it rests",
    at=dict(c=0.1),
    vary=dict(c=(0.05,)),
)
def test_a_falling_rate(c):
    """|x| on x² at 3,000 steps or fewer, and at 1.2 times the step of the edge."""
    edge, half = int((c / 0.001) ** 2), lambda t: c / t**0.5 / 2
    bowl = Objective(lambda x: x[0] ** 2, lambda x: 2 * x, dim=1, batches=True)
    x = descend(rmsprop, bowl, (0.7,), int(1.2 * edge), lr=lambda t: c / t**0.5).theta
    t = edge // 4
    law = np.sqrt(half(t) ** 2 - 1e-6 / 4)
    return abs(abs(x[t, 0]) / law - 1) < 0.03 and abs(x[-1, 0]) < 1e-6


@claim(
    "Inside, it is measured against a g², outside against a |g|",
    says="the same ε reaches further inside: first steps with ε outside are longer, "
    "the more so the smaller the slope, down to slopes of the size of ε",
    at=dict(eps=1e-8),
    vary=dict(eps=(1e-8, 1e-7, 1e-6)),
)
def test_the_reach_of_epsilon(eps):
    """The two first steps over η at γ = 0.9 for slopes from 1 down to 10 ε."""
    g = np.geomspace(1, 10 * eps, 8)
    inside = -descend(rmsprop, ramp(g), np.zeros((1, 8)), 1, lr=1, eps=eps).theta[1, 0]
    return (np.diff(g / (np.sqrt(0.1) * g + eps) / inside) > 0).all()


def epsilon_outside(theta, grad, t, E_g2=0.0, *, lr=0.01, gamma=0.9, eps=1e-6):
    """RMSProp with PyTorch's place for ε."""
    g = grad(theta)
    E_g2 = gamma * E_g2 + (1 - gamma) * g**2
    return theta - lr * g / (np.sqrt(E_g2) + eps), dict(E_g2=E_g2)


@claim(
    "the place of ε moves a path of 200 steps by less than a thousandth",
    says="on the way down ravines ε = 1e-8 outside in place of 1e-6 inside moves 200 "
    "steps at η = 0.01 by less than 0.001, and γ = 0.99 for 0.9 by more than 0.5, from "
    "starts 2.5 or more from the floor",
    at=dict(kappa=10, angle=30, start=(-4, 2.5)),
    vary=dict(kappa=(3, 30), angle=(0, 10, 45), start=[(-3, 3), (-6, 5)]),
)
def test_carry_the_decay(kappa, angle, start):
    """Largest distances of the paths at equal steps."""
    ground = ravine(kappa, angle)
    base, place, decay = (
        descend(m, ground, start, 200, gamma=gamma, eps=eps).theta
        for m, gamma, eps in (
            (rmsprop, 0.9, 1e-6),
            (epsilon_outside, 0.9, 1e-8),
            (rmsprop, 0.99, 1e-6),
        )
    )
    return np.abs(place - base).max() < 1e-3 and np.abs(decay - base).max() > 0.5


@claim(
    "it ends at 0.9/√2 = 0.64, which is η/2 in both",
    says="on the chapter's kind of data RMSProp with η = 0.9 ends about 0.64 from the "
    "minimum, and with 0.001 within 0.001 of it",
    at=dict(seed=0, steps=1000),
    vary=dict(seed=range(10), steps=(500,)),
)
def test_eta_is_a_length(seed, steps):
    """Distance to the minimum at the end from (0, 0), ten draws of the data."""
    job = mse(*chapter_data(seed))
    lr = np.array([0.9, 0.001])
    end = descend(rmsprop, job, steps=steps, lr=lr, keep="last").theta[-1]
    away = np.linalg.norm(end - np.array(job.minima[0])[:, None], axis=0)
    return abs(away[0] - 0.636) < 0.01 and away[1] < 0.001


@claim(
    "the first ten slopes now move it by −6.5 η in place of −13",
    says="with the average divided by 1 − γᵗ the first ten slopes move RMSProp by less "
    "than 8 η, at γ = 0.9 by 6.5",
    at=dict(gamma=0.9),
    vary=dict(gamma=(0.8, 0.9, 0.95, 0.99)),
)
def test_the_mended_start(gamma):
    """Net move of the first round with the mended method."""
    lost = -nets(10, (gamma,), 1, method=mended)[0, 0]
    return abs(lost - 6.5) < 0.05 if gamma == 0.9 else 4 < lost < 8


@claim(
    "the step grows to η/√ε = 1,000 η",
    says="on a ramp the centred method's step grows to η/√ε times the slope",
    at=dict(slope=1.0, eps=1e-6),
    vary=dict(slope=(0.5, 1.0, 3.0), eps=(1e-6, 1e-4)),
)
def test_the_bound_is_gone(slope, eps):
    """The last of 600 steps over η."""
    path = descend(centred, ramp(slope), (0,), 600, lr=0.01, eps=eps).theta[:, 0]
    return np.isclose((path[-2] - path[-1]) / 0.01, slope / np.sqrt(eps), rtol=0.02)


@claim(
    "so both rates grow, until they pass notebook 01's edge",
    says="in the turned valley RMSProp's rates exceed 2/κ sooner or later, η ≥ 0.02",
    at=dict(kappa=100, angle=45),
    vary=dict(kappa=(30, 100, 300), angle=(30, 45)),
)
def test_the_rates_pass_the_edge(kappa, angle):
    """The largest rate of 1,000 steps at three η."""
    lr = np.array([0.02, 0.1, 0.5])
    rate = descend(rmsprop, ravine(kappa, angle), steps=1000, lr=lr).terms["rate"]
    return rate.max(0) > 2 / kappa


@cache
def race(kappa, angle, tol):
    """Best settling times: gradient descent, momentum, RMSProp with a fixed η, η/√t."""
    lr, gamma = np.meshgrid(np.geomspace(1e-3, 1, 31), (0.5, 0.8, 0.9, 0.95, 0.99))
    both, last = dict(lr=lr, gamma=gamma), dict(steps=1500, keep="last", tol=tol)
    dials = [(gradient_descent, dict(lr=lr)), (momentum, both), (rmsprop, both)]
    dials.append((rmsprop, both | dict(lr=lambda t: lr / t**0.5)))
    runs = (descend(m, ravine(kappa, angle), **last, **d) for m, d in dials)
    return [np.nanmin(run.settling_time(tol)) for run in runs]


@claim(
    "is more than twice as fast",
    says="in valleys turned by 45° momentum at its best settles under 0.01 or 0.001 in "
    "less than half the steps of gradient descent and of RMSProp at their best",
    at=dict(kappa=100, tol=0.01),
    vary=dict(kappa=(30, 50, 60, 80, 100, 200), tol=(0.01, 0.001)),
    slow=True,
)
def test_momentum_adds_up(kappa, tol):
    """Best settling times on one grid of η and γ, RMSProp's also with a falling η."""
    plain, added, fixed, falling = race(kappa, 45, tol)
    return 2 * added < min(plain, fixed, falling)


@claim(
    "RMSProp is about where gradient descent is; at tighter gaps a steady η",
    says="in such valleys RMSProp with a fixed or falling η needs 0.6 to 2 times the "
    "steps of gradient descent to a gap of 0.1 or 0.01, and with a fixed η more than "
    "it to 0.001",
    at=dict(kappa=100, tol=0.01),
    vary=dict(kappa=(30, 100, 200), tol=(0.1, 0.01, 0.001)),
    slow=True,
)
def test_about_where_gradient_descent_is(kappa, tol):
    """Best settling times on one grid of η and γ."""
    plain, _, fixed, falling = race(kappa, 45, tol)
    if tol == 0.001:
        return fixed > plain
    return min(fixed, falling) > 0.6 * plain and max(fixed, falling) < 2 * plain
