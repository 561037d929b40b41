"""What notebook 04 claims of momentum."""

from functools import cache

import numpy as np

from gdlib import (
    PARABOLA,
    Objective,
    best,
    curvature,
    descend,
    gradient_descent,
    line_data,
    momentum,
    mse,
    ravine,
    spectral_radius,
)
from tests.claims.claim import claim

SEEDS = tuple(range(10))
GAMMAS = np.array([0, 0.3, 0.6, 0.8, 0.9, 0.99])


def counts(job, tol, start=None, steps=2500, method=momentum, **hyper):
    """Steps until the gap stays under each tolerance; infinite if it does not."""
    how = dict(steps=steps, keep="last", tol=tol, **hyper)
    runs = descend(method, job, start, **how)
    found = [np.array(runs.settling_time(b), float) for b in np.atleast_1d(tol)]
    return np.nan_to_num(np.array(found), nan=np.inf)


def starts(seed):
    """Ten random starts, or the ravine's own, behind an axis for a hyper-parameter."""
    if seed is None:
        return np.array([[[-2.0]], [[1.0]]])
    return 2 * np.random.default_rng(seed).normal(size=(2, 1, 10))


@claim(
    "A smaller step would creep more; above 2/L = 2/25 the swings would grow",
    says="gradient descent is further back along the floor the shorter its step; above "
    "2/L it diverges",
    at=dict(kappa=25, steps=24),
    vary=dict(kappa=(5, 25, 100, 1000), steps=(12, 24, 120)),
)
def test_shorter_steps_creep(kappa, steps):
    """Distances along at 0.1 to 1 of 2/(L + μ); the gap at 1.02 of the edge."""
    lr = np.array([0.1, 0.3, 0.5, 0.7, 1.0]) * 2 / (kappa + 1)
    x = descend(gradient_descent, ravine(kappa), steps=steps, lr=lr).theta[-1, 0]
    far = descend(gradient_descent, ravine(kappa), steps=200, lr=1.02 * 2 / kappa)
    return (np.diff(np.abs(x)) < 0).all() and far.gap[-1] > far.gap[0]


@claim(
    "Along the floor the slopes keep one sign, across it they alternate",
    says="at its best step gradient descent's slopes alternate across the floor alone",
    at=dict(kappa=25, seed=0),
    vary=dict(kappa=(3, 25, 300), seed=SEEDS),
)
def test_slopes_across_the_floor_alternate(kappa, seed):
    """The first 25 slopes of 20 random starts."""
    start = np.random.default_rng(seed).normal(size=(2, 20))
    path = descend(gradient_descent, ravine(kappa), start, 25, lr=2 / (kappa + 1))
    signs = np.sign(path.terms["g"])
    changes = (signs[1:] * signs[:-1] < 0).mean(0)
    return (changes == [[0], [1]]).all()


@claim(
    "Across the floor the two arrows cancel. Along it they add up",
    says="in step 2 kept and new point apart across the floor if 1/L < η < 2/L, alike "
    "along it; at ηL = 1 + γ they cancel exactly",
    at=dict(kappa=25, gamma=0.5, share=1.5),
    vary=dict(kappa=(5, 25, 100), gamma=(0.3, 0.5, 0.9), share=(1.1, 1.5, 1.9)),
)
def test_kept_and_new_cancel_across(kappa, gamma, share):
    """The two parts of the second step, η = share/L."""
    lr = np.array([share, 1 + gamma]) / kappa
    path = descend(momentum, ravine(kappa), steps=2, lr=lr, gamma=gamma)
    kept, new = gamma * path.terms["v"][0], lr * path.terms["g"][1]
    along, across = (kept * new)[:, 0] > 0
    return along and not across and abs((kept + new)[1, 1]) < 1e-12


@claim(
    "After ten steps it has 65 % of its final speed",
    says="on a constant slope the velocity at step t is 1 - γ to the t of its last one",
    at=dict(slope=1.0, lr=0.01, gamma=0.9),
    vary=dict(slope=(-3.0, 1.0, 40.0), lr=(0.001, 0.1), gamma=(0.5, 0.9, 0.99)),
)
def test_getting_up_to_speed(slope, lr, gamma):
    """Step 10 of a run on a plane beside η/(1 - γ) times its slope."""
    plane = Objective(
        lambda x: slope * x.sum(0),
        lambda x: slope + 0 * x,
        dim=1,
        start=(0.0,),
        batches=True,
    )
    v = descend(momentum, plane, steps=10, lr=lr, gamma=gamma).terms["v"][-1, 0]
    reached = v / (lr * slope / (1 - gamma))
    return np.isclose(reached, 1 - gamma**10) and (
        gamma != 0.9 or 0.64 < reached < 0.66
    )


@claim(
    "γ = 0.6 takes 34 steps in place of 118",
    says="ravine(25), η = 0.06: from nearly all starts 0.6 takes under half the steps "
    "of γ = 0, 0.9 more, 0.99 over ten times as many",
    at=dict(seed=None),
    vary=dict(seed=(0, 1)),
    share=0.95,
)
def test_some_memory_helps_and_much_harms(seed):
    """Settling times under 1e-4 and 1e-6; ten starts a seed."""
    how = dict(steps=2300, lr=0.06, gamma=GAMMAS[:, None])
    steps = counts(ravine(25), (1e-4, 1e-6), starts(seed), **how)
    none, _, some, _, usual, most = np.moveaxis(steps, 1, 0)
    return (some < none / 2) & (none < usual) & (most > 10 * none)


@claim(
    "At η = 0.01 the best of the six is 0.8",
    says="ravine(25), η = 0.01: from nearly all starts 0.8 is the best of the six γ, "
    "and 0.9 takes under 0.4 of the steps of γ = 0",
    at=dict(seed=None),
    vary=dict(seed=(0, 1)),
    share=0.95,
)
def test_the_right_memory_depends_on_the_step(seed):
    """Settling times under 1e-4, 1e-6 and 1e-8; ten starts a seed."""
    how = dict(steps=1500, lr=0.01, gamma=GAMMAS[:, None])
    steps = counts(ravine(25), (1e-4, 1e-6, 1e-8), starts(seed), **how)
    return (steps.argmin(1) == 3) & (steps[:, 4] < 0.4 * steps[:, 0])


@claim(
    "at large γ the count hardly does",
    says="at γ = 0.9 and 0.99 η from 0.004 to 0.075 changes the count by under a sixth",
    at=dict(kappa=25),
    vary=dict(kappa=(5, 25)),
)
def test_large_memory_decides_alone(kappa):
    """The largest over the smallest settling time under 1e-4, 1e-6 and 1e-8."""
    lr, gamma = np.geomspace(0.004, 0.075, 8), np.array([[0.9], [0.99]])
    steps = counts(ravine(kappa), (1e-4, 1e-6, 1e-8), lr=lr, gamma=gamma)
    return steps.max(2) / steps.min(2) < 1.17


@claim(
    "It falls, turns, and ends above 118",
    says="as γ grows the count falls to under a half, then rises above that of γ = 0",
    at=dict(kappa=25, lr=np.array([[0.06]])),
    vary=dict(kappa=(10, 25, 30), lr=(np.array([[0.02], [0.04], [0.06]]),)),
)
def test_the_count_turns(kappa, lr):
    """Settling times under 1e-6 at 34 γ from 0 to 0.99."""
    gamma = np.linspace(0, 0.99, 34)
    steps = counts(ravine(kappa), 1e-6, steps=2000, lr=lr, gamma=gamma)[0]
    turns, most = (np.argmin(steps, 1) % 33 > 0), steps[:, -1] > steps[:, 0]
    return turns & most & (steps.min(1) < steps[:, 0] / 2)


@claim(
    "It crosses at every second step now",
    says="at ηL = 1.5 and γ = 0.5 the run crosses the floor at every second step",
    at=dict(kappa=25, height=1.0),
    vary=dict(kappa=(3, 25, 200), height=(0.01, 1.0, 7.0, -2.0)),
)
def test_it_crosses_at_every_second_step(kappa, height):
    """Signs across the floor over 12 steps, from several heights."""
    job, start = ravine(kappa), (-2.0, height)
    y = descend(momentum, job, start, 12, lr=1.5 / kappa, gamma=0.5).theta[:, 1]
    return np.array_equal(y[1:] * y[:-1] < 0, [True, False] * 6)


@claim(
    "the rate is √γ",
    says="where the roots of (6) are complex both have the size √γ, whatever ηλ",
    at=dict(eta=0.5, gamma=0.9),
    vary=dict(eta=(0.01, 0.5, 1.0, 2.0, 3.0), gamma=(0.1, 0.3, 0.6, 0.9, 0.99)),
)
def test_complex_roots_have_the_size_root_gamma(eta, gamma):
    """The roots from NumPy, beside (6)'s discriminant; real ones are larger."""
    size = np.abs(np.roots([1, -(1 + gamma - eta), gamma]))
    if (1 + gamma - eta) ** 2 < 4 * gamma:
        return np.allclose(size, np.sqrt(gamma))
    return size.max() > np.sqrt(gamma)


@claim(
    "a flatter direction has real roots, and is slower than √γ",
    says="below critical damping a run falls more slowly than √γ, more so the flatter",
    at=dict(gamma=0.6),
    vary=dict(gamma=(0.1, 0.3, 0.6, 0.8, 0.9)),
)
def test_flat_directions_are_slower(gamma):
    """Late falls of runs at 0.95, 0.5 and 0.2 of critical ηλ, and without crossing."""
    eta = (1 - np.sqrt(gamma)) ** 2 * np.array([0.95, 0.5, 0.2])
    x = descend(momentum, PARABOLA, (1.0,), 300, lr=eta / 2, gamma=gamma).theta[:, 0]
    rate = (x[300] / x[200]) ** 0.01
    return (x > 0).all() and rate[0] > np.sqrt(gamma) and (np.diff(rate) > 0).all()


@claim(
    "That is up to twice gradient descent's edge, 2",
    says="runs converge below ηλ = 2 + 2γ and diverge above it",
    at=dict(gamma=0.9),
    vary=dict(gamma=(0.0, 0.2, 0.5, 0.9, 0.99)),
)
def test_the_edge_is_two_and_two_gamma(gamma):
    """The farthest of the last 50 points at 0.98 and 1.02 of the edge, 2,500 steps."""
    eta = (2 + 2 * gamma) * np.array([0.98, 1.02])
    x = descend(momentum, PARABOLA, (1.0,), 2500, lr=eta / 2, gamma=gamma).theta[:, 0]
    inside, outside = np.abs(x[-50:]).max(0)
    return inside < 0.01 and not outside < 100


@claim(
    "So take the smallest such γ",
    says="(7) is the fastest pair (η, γ) of a ravine, and has the rate it says",
    at=dict(kappa=100),
    vary=dict(kappa=(2, 10, 25, 100, 1000)),
)
def test_7_is_the_best_pair(kappa):
    """The rate of 40,000 pairs, the roots of (6) by NumPy; none is faster."""
    wide = (2 / (np.sqrt(kappa) + 1)) ** 2
    lr, gamma = wide * np.geomspace(0.2, 3, 200), np.linspace(0, 0.998, 200)[:, None]
    rates = np.maximum(*(spectral_radius(momentum, lr * c, gamma) for c in (1, kappa)))
    rate = (np.sqrt(kappa) - 1) / (np.sqrt(kappa) + 1)
    b = np.array([1 + rate**2 - wide, 1 + rate**2 - wide * kappa])
    mine = max(np.abs(np.roots([1, -x, rate**2])).max() for x in b)
    return rates.min() > rate - 1e-9 and abs(mine - rate) < 1e-6


@claim(
    "Right of the dotted line, nearly up to the dashed one, the bands are level",
    says="from critical damping of the flat direction to 0.9 of the steep one's edge a "
    "ravine's rate is √γ; to the left of that it is slower, more so the smaller η",
    at=dict(kappa=10),
    vary=dict(kappa=(10, 25, 40, 100)),
)
def test_right_of_critical_damping_only_gamma_counts(kappa):
    """The larger radius of both directions at 300 η, for 60 γ above that of (7)."""
    gamma = np.linspace(best(momentum, kappa, 1).gamma, 0.99, 61)[1:, None]
    damped, edge = (1 - np.sqrt(gamma)) ** 2, (2 + 2 * gamma) / kappa
    lr = np.geomspace(0.1 * damped, edge, 300, axis=-1)[:, 0]
    rate = np.maximum(*(spectral_radius(momentum, lr * c, gamma) for c in (1, kappa)))
    level = np.isclose(rate, np.sqrt(gamma), rtol=1e-6)
    inside, left = (lr > damped) & (lr < 0.9 * edge), lr < 0.999 * damped
    leans = np.diff(rate, axis=1)[left[:, 1:] & (lr[:, 1:] < 0.9 * edge)] < 0
    return level[inside].all() and not level[left].any() and leans.all()


@claim(
    "(6) is right to about 1 %",
    says="of all pairs (ηλ, γ) 95 % have the rate of (6) to 1 %",
    at=dict(first=100, last=300, shift=0.0),
    vary=dict(first=(50, 100), last=(200, 300, 400), shift=(0.0, 0.025)),
)
def test_6_is_the_measured_rate(first, last, shift):
    """The length of (θ, v) between two steps, 5,247 pairs; the grid moved, too."""
    eta, gamma = 10 ** np.linspace(-2, 0.6, 53), np.linspace(0.01, 0.99, 99)[:, None]
    eta = eta * 10**-shift
    runs = descend(momentum, PARABOLA, (1.0,), steps=last, lr=eta / 2, gamma=gamma)
    length = np.hypot(runs.theta[1:, 0], runs.terms["v"][:, 0])
    measured = (length[last - 1] / length[first - 1]) ** (1 / (last - first))
    off = np.abs(measured / spectral_radius(momentum, eta, gamma) - 1)
    return np.mean(off < 0.01) > 0.95


@claim(
    "A ravine is two points at one height, and the slower decides",
    says="a ravine's late rate is the larger of the two that (6) gives its directions",
    at=dict(kappa=10, angle=0),
    vary=dict(kappa=(4, 10, 40), angle=(0, 30)),
)
def test_the_slower_direction_decides(kappa, angle):
    """Runs of 400 steps at 30 pairs, rates measured over the last 200, to 2 %."""
    lr = np.geomspace(0.02, 1.7, 6) / kappa
    gamma = np.array([0.0, 0.2, 0.5, 0.7, 0.9])[:, None]
    runs = descend(momentum, ravine(kappa, angle), steps=400, lr=lr, gamma=gamma)
    size = np.sqrt((runs.theta[1:] ** 2).sum(1) + (runs.terms["v"] ** 2).sum(1))
    rate = np.maximum(*(spectral_radius(momentum, lr * c, gamma) for c in (1, kappa)))
    return np.abs((size[399] / size[199]) ** (1 / 200) / rate - 1) < 0.02


@claim(
    "About twice as many",
    says="fourfold κ costs the best pair twice the steps, gradient descent four times",
    at=dict(kappa=10),
    vary=dict(kappa=(10, 30, 100, 1000)),
)
def test_four_times_kappa_costs_twice(kappa):
    """Logarithms of the best rates, to 10 %."""
    heavy = [np.log(best(momentum, k, 1).rate) for k in (kappa, 4 * kappa)]
    plain = [np.log(best(gradient_descent, k, 1).rate) for k in (kappa, 4 * kappa)]
    return (
        abs(heavy[0] / heavy[1] / 2 - 1) < 0.1
        and abs(plain[0] / plain[1] / 4 - 1) < 0.1
    )


@cache
def regression(seed, centre):
    """The runs of both methods at their best, and the job."""
    rng = np.random.default_rng(seed)
    job = mse(*line_data(rng, n=200, centre=centre))
    mu, L = curvature(job)
    lr, gamma, _ = best(momentum, L, mu)
    plain = descend(gradient_descent, job, steps=1500, lr=2 / (L + mu))
    return plain, descend(momentum, job, steps=250, lr=lr, gamma=gamma)


@claim(
    "76 steps in place of 543",
    says="on points about x = 2 to 4 momentum needs under 2/√κ of the steps",
    at=dict(seed=4, centre=3),
    vary=dict(seed=SEEDS, centre=(2, 3, 4)),
)
def test_momentum_on_the_regression_job(seed, centre):
    """Settling times under 1e-6, each method at its best for the curvatures."""
    plain, heavy = regression(seed, centre)
    mu, L = curvature(plain.objective)
    least = plain.settling_time(1e-6) or plain.steps
    return heavy.settling_time(1e-6) < 2 * least / np.sqrt(L / mu)


@claim(
    "After 40, momentum's line lies in the cloud, the other has the wrong tilt",
    says="after 40 steps momentum's gap is under 0.25, the noise, the other's over 1",
    at=dict(seed=4, centre=3),
    vary=dict(seed=SEEDS),
)
def test_the_lines_after_forty_steps(seed, centre):
    """The gaps at step 40; the points scatter with variance 0.25."""
    plain, heavy = regression(seed, centre)
    return heavy.gap[40] < 0.25 and plain.gap[40] > 1


@claim(
    "momentum's gap rises before it falls",
    says="with the pair of (7) the gap first rises over fourfold from the line (0, 0)",
    at=dict(seed=4, centre=3),
    vary=dict(seed=SEEDS, centre=(2, 3, 4)),
)
def test_the_gap_rises_first(seed, centre):
    """The largest gap of the run over its first; the largest comes by step 20."""
    gap = regression(seed, centre)[1].gap
    return gap.max() > 4 * gap[0] and gap.argmax() < 20


def spread(kappa, lr, gamma, steps, noise):
    """The mean gap of momentum on a ravine with noisy slopes, without any sample.

    Mean and covariance of (θ, v) obey a linear recursion; here are both, a direction
    at a time, for arrays of lr and noise.
    """
    total = dict.fromkeys(steps, 0.0)
    for lam, x in ((1.0, -2.0), (float(kappa), 1.0)):
        x, v, X, C, V = x + 0 * lr, 0 * lr, 0 * lr, 0 * lr, 0 * lr
        for t in range(1, max(steps) + 1):
            v = gamma * v + lr * lam * x
            x = x - v
            cross = gamma * C + lr * lam * X
            V = gamma**2 * V + lr * lam * (lr * lam * X + 2 * gamma * C)
            V = V + (lr * noise) ** 2
            X, C = X - 2 * cross + V, cross - V
            if t in steps:
                total[t] = total[t] + lam * (x**2 + X) / 2
    return np.array([total[t] for t in steps])


@claim(
    "After about 10κ steps both have arrived",
    says="with noisy slopes momentum's gain is over 1.8 at κ steps, less at 3κ, and "
    "under 1.3 at 10κ",
    at=dict(kappa=100, shift=1.0),
    vary=dict(kappa=(30, 100), shift=(1.0, 1.03)),
)
def test_noise_eats_the_gain(kappa, shift):
    """Exact mean gaps, γ = 0.9 beside 0, each at its best of 120 η; noise 0.5 to 2."""
    steps, gaps = (kappa, 3 * kappa, 10 * kappa), []
    noise = np.array([[0.5], [1.0], [2.0]])
    for gamma in (0.0, 0.9):
        lr = shift * np.geomspace(1e-3, 1.9 * (1 + gamma), 120) / kappa
        gaps.append(spread(kappa, lr, gamma, steps, noise).min(2))
    early, later, late = gaps[0] / gaps[1]
    return (early > 1.8) & (early > later) & (later > late) & (late < 1.3)


@claim(
    "momentum's noise ball is no smaller",
    says="at equal effective step α and αλ up to 0.1 no γ changes the ball by over 3 %",
    at=dict(alpha=0.05, gamma=0.9),
    vary=dict(alpha=(0.01, 0.05, 0.1), gamma=(0.3, 0.6, 0.9, 0.95)),
)
def test_the_ball_is_no_smaller(alpha, gamma):
    """Root mean squares under independent noise at λ = 1, run to their limit."""
    none, some = (settled(alpha * (1 - g), g) for g in (0.0, gamma))
    return 0.97 < np.sqrt(some / none) <= 1


def settled(lr, gamma):
    """The mean square of θ at λ = 1 with noise 1 on each slope, after many steps."""
    step = np.array([[1 - lr, -gamma], [lr, gamma]])  # (θ, v) to the next
    kick = lr**2 * np.array([[1, -1], [-1, 1]])
    power, sums = step, kick
    for _ in range(40):  # doubling: 2**40 steps
        sums, power = sums + power @ sums @ power.T, power @ power
    return sums[0, 0]


@claim(
    "While αλ is small against 2, γ hardly matters",
    says="(8) is the mean square of a coordinate under independent noise",
    at=dict(alpha=0.05, gamma=0.9),
    vary=dict(alpha=(0.01, 0.1, 0.5, 1.5), gamma=(0.0, 0.3, 0.6, 0.9)),
)
def test_8_is_the_mean_square(alpha, gamma):
    """The linear recursion of mean squares at λ = 1, run to its limit."""
    by_8 = alpha / (2 - alpha * (1 - gamma) / (1 + gamma))
    return np.isclose(settled(alpha * (1 - gamma), gamma), by_8)


@cache
def trembling(seed, n, steps, centre=0, alphas=(0.02, 0.05, 0.1)):
    """At these α, of γ = 0 and 0.9: step lengths, shares that turn back, balls."""
    xy = line_data(np.random.default_rng(seed), n=n, centre=centre)
    job = mse(*xy, batch=5, rng=np.random.default_rng(seed))
    star, gamma = np.array(job.minima[0])[:, None, None], np.array([0, 0.9])
    lr = np.array(alphas)[:, None] * (1 - gamma)
    start = np.broadcast_to(star, (2, *lr.shape))
    path = descend(momentum, job, start, steps, lr=lr, gamma=gamma)
    away, v = path.theta[steps // 5 :] - star, path.terms["v"][steps // 5 :]
    back = ((v[1:] * v[:-1]).sum(1) < 0).mean(0)
    length, ball = ((a**2).sum(1).mean(0) ** 0.5 for a in (v, away))
    return length.T, back.T, ball.T


@claim(
    "momentum's steps are shorter and seldom turn back",
    says="at equal α momentum's steps are under 0.3 as long, under a fifth turn back",
    at=dict(seed=4, n=2000),
    vary=dict(seed=SEEDS, n=(50, 2000)),
)
def test_momentum_smooths_the_path(seed, n):
    """Mini-batches of 5, α = 0.02 to 0.1; without momentum over 45 % turn back."""
    (plain, heavy), (often, seldom), _ = trembling(seed, n, 1500)
    return (heavy < 0.3 * plain) & (often > 0.45) & (seldom < 0.2)


@claim(
    "On the bowl the ball is as large as without momentum",
    says="on long epochs, x around 0, α to 0.1, γ = 0.9 changes the ball by under 10 %",
    at=dict(seed=4, n=50_000),
    vary=dict(seed=SEEDS, n=(20_000, 50_000)),
    slow=True,
)
def test_on_long_epochs_the_ball_stays(seed, n):
    """Mini-batches of 5, 9,000 steps from the minimum on, α = 0.02 to 0.1."""
    plain, heavy = trembling(seed, n, 9000)[2]
    return np.abs(heavy / plain - 1) < 0.1


@claim(
    "a memory of 1/(1 − γ) = 10 steps adds up a whole epoch",
    says="where an epoch has ten hands γ = 0.9 has under 0.7 of the ball, at one α",
    at=dict(seed=4, n=50),
    vary=dict(seed=SEEDS),
)
def test_on_short_epochs_the_ball_shrinks(seed, n):
    """Mini-batches of 5, 1,500 steps from the minimum on, α = 0.02 to 0.1."""
    plain, heavy = trembling(seed, n, 1500)[2]
    return heavy < 0.7 * plain


@claim(
    "In the ravine αL is 1.1",
    says="near the edge, αL = 1 to 1.5, γ = 0.9 has 0.55 to 0.9 of the ball of γ = 0",
    at=dict(seed=4, centre=3),
    vary=dict(seed=SEEDS, centre=(3, 3.5)),
    slow=True,
)
def test_near_the_edge_the_ball_shrinks(seed, centre):
    """Mini-batches of 5 from 50,000 points, α = 0.05, 9,000 steps."""
    job = mse(*line_data(np.random.default_rng(seed), n=50_000, centre=centre))
    plain, heavy = trembling(seed, 50_000, 9000, centre, (0.05,))[2]
    return 1 < 0.05 * curvature(job)[1] < 1.5 and 0.55 < heavy / plain < 0.9


@claim(
    "A factor of 10 in κ costs gradient descent about eleven times the steps",
    says="tenfold κ costs gradient descent 10 to 12.5 times the steps, momentum 3.4 to "
    "4.6",
    at=dict(kappa=10, tol=1e-6),
    vary=dict(kappa=(10, 30, 100), tol=(1e-4, 1e-6, 1e-9)),
)
def test_tenfold_kappa_costs_four_times(kappa, tol):
    """Settling times from the ravine's own start; gradient descent's by its rate."""
    plain, heavy = [], []
    for k in (kappa, 10 * kappa):
        lr, gamma, _ = best(momentum, k, 1)
        heavy.append(counts(ravine(k), tol, steps=500, lr=lr, gamma=gamma)[0])
        plain.append(np.log(tol / (2 + k / 2)) / np.log((k - 1) / (k + 1)))
    return 10 < plain[1] / plain[0] < 12.5 and 3.4 < heavy[1] / heavy[0] < 4.6


@claim(
    "a steeper ravine starts higher",
    says="counted from the start's own gap tenfold κ costs gradient descent ten times "
    "the steps, to 3 %; momentum still over 3.25 times",
    at=dict(kappa=10, part=1e-7),
    vary=dict(kappa=(10, 30, 100), part=(1e-6, 1e-7, 1e-9)),
)
def test_the_start_is_higher(kappa, part):
    """Gradient descent by its rate, momentum by its settling time under that part."""
    plain, heavy = [], []
    for k in (kappa, 10 * kappa):
        lr, gamma, _ = best(momentum, k, 1)
        tol = part * (2 + k / 2)
        heavy.append(counts(ravine(k), tol, steps=500, lr=lr, gamma=gamma)[0])
        plain.append(np.log(part) / np.log((k - 1) / (k + 1)))
    return abs(plain[1] / plain[0] / 10 - 1) < 0.03 and heavy[1] / heavy[0] > 3.25


@claim(
    "one step of momentum does the work of ten",
    says="at its best a step of momentum does the work of √κ of gradient descent",
    at=dict(kappa=100),
    vary=dict(kappa=(25, 100, 400, 2500)),
)
def test_a_step_does_the_work_of_root_kappa(kappa):
    """Late falls of two runs, 300 steps apart: their logarithms, to 6 %."""
    falls = []
    for method in (momentum, gradient_descent):
        lr, gamma, _ = best(method, kappa, 1)
        x = descend(
            momentum, ravine(kappa), steps=int(60 * kappa**0.5), lr=lr, gamma=gamma
        )
        late = x.gap[[-1, len(x.gap) // 2]]
        falls.append(np.log(late[0] / late[1]))
    return abs(falls[0] / falls[1] / np.sqrt(kappa) - 1) < 0.06


BENT = Objective(
    lambda x: (
        (12.5 * x**2 - 12 * np.clip(x - 1, 0, None) ** 2).sum(0)
        + 12 * (np.clip(x - 2, 0, None) ** 2).sum(0)
    ),
    lambda x: 25 * x - 24 * np.clip(x - 1, 0, 1),
    dim=1,
    batches=True,
)


@claim(
    "of the starts between −6 and 6 one in nine ends in such a cycle",
    says="of starts on the bent slope 8 to 15 % cycle at (7)'s pair, none at η <= 0.1",
    at=dict(reach=6.0, points=601),
    vary=dict(reach=(6.0,), points=(400, 601, 1000)),
)
def test_the_trap_is_narrow(reach, points):
    """Starts on a regular grid, 700 steps; gradient descent at 1/13 arrives always."""
    x = np.linspace(-reach, reach, points)[None]
    runs = [(1 / 9, 4 / 9), (0.1, 4 / 9), (0.08, 4 / 9), (1 / 13, 0)]
    ends = [
        descend(momentum, BENT, x, 700, keep="last", lr=lr, gamma=gamma).theta[0, 0]
        for lr, gamma in runs
    ]
    share, *others = (np.mean(np.abs(end) > 1e-3) for end in ends)
    return 0.08 < share < 0.15 and others == [0, 0, 0]


def rescaled(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    v = gamma * v + grad(theta)
    return theta - lr * v, dict(v=v)


@claim(
    "a smaller lr shortens the next step at once",
    says="when lr falls tenfold PyTorch's form steps shorter at once, (1) only later",
    at=dict(gamma=0.9, drop=6),
    vary=dict(gamma=(0.8, 0.9, 0.95), drop=(4, 6, 20)),
)
def test_where_the_forms_part(gamma, drop):
    """Lengths of the first step after the drop over the one before, on a plane."""
    plane = Objective(
        lambda x: x.sum(0), np.ones_like, dim=1, start=(0.0,), batches=True
    )
    ratio = []
    for method in (rescaled, momentum):
        lr = dict(lr=lambda t: 0.1 if t <= drop else 0.01)
        x = descend(method, plane, steps=drop + 1, gamma=gamma, **lr).theta[:, 0]
        ratio.append((x[-1] - x[-2]) / (x[-2] - x[-3]))
    return ratio[0] < 0.15 and ratio[1] > gamma


@claim(
    "the damped effective step is η itself",
    says="on a slope the damped form's last step is η times it, the sum's η/(1 - γ)",
    at=dict(gamma=0.9, slope=1.0),
    vary=dict(gamma=(0.5, 0.9, 0.99), slope=(0.1, 1.0, 30.0)),
)
def test_the_damped_form_is_smaller(gamma, slope):
    """Step 1,500 of both forms on a plane."""

    def damped(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
        v = gamma * v + (1 - gamma) * grad(theta)
        return theta - lr * v, dict(v=v)

    plane = Objective(
        lambda x: slope * x.sum(0),
        lambda x: slope + 0 * x,
        dim=1,
        start=(0.0,),
        batches=True,
    )
    how = dict(steps=1500, lr=0.01, gamma=gamma)
    summed, mean = (
        np.diff(descend(f, plane, **how).theta[-2:, 0])[0] for f in (momentum, damped)
    )
    return np.isclose(-mean, 0.01 * slope) and np.isclose(
        summed / mean, 1 / (1 - gamma)
    )


def braked(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    g = grad(theta)
    v = gamma * np.where((g * v).sum(0) < 0, 0, v) + lr * g
    return theta - v, dict(v=v)


@claim(
    "from step 113 on instead of 1,589",
    says="at γ = 0.99 and η up to 0.8/L the brake settles eight times sooner",
    at=dict(kappa=10, shares=np.array([[1.0]])),
    vary=dict(kappa=(10, 30, 100), shares=(np.array([[0.1], [0.5], [0.8]]),)),
    slow=True,
)
def test_brakes_help_a_memory_too_long(kappa, shares):
    """Settling times under 1e-6, η = share/L; ten starts, and the ravine's own."""
    start = np.concatenate([starts(0), starts(None)], 2)
    how = dict(start=start, steps=2000, lr=shares / kappa, gamma=0.99)
    plain, held = (
        counts(ravine(kappa), 1e-6, method=method, **how)
        for method in (momentum, braked)
    )
    return held < plain / 8


@claim(
    "With the pair of (7) the braked run never arrives",
    says="with (7)'s pair and κ from 10 on the braked run is not there in 1,000 steps",
    at=dict(kappa=10, angle=0),
    vary=dict(kappa=(10, 25, 100, 1000), angle=(0, 30)),
)
def test_brakes_harm_the_best_pair(kappa, angle):
    """Settling times of both; the unbraked one takes under 300."""
    lr, gamma, _ = best(momentum, kappa, 1)
    how = dict(steps=1000, lr=lr, gamma=gamma)
    plain = counts(ravine(kappa, angle), 1e-6, **how)
    return plain < 300 and np.isinf(
        counts(ravine(kappa, angle), 1e-6, method=braked, **how)
    )


@claim(
    "Up to critical damping, here γ = 0.2, it would not",
    says="a run on x² overshoots above critical damping, γ = (1 - √(ηλ))², not below",
    at=dict(eta=0.3),
    vary=dict(eta=(0.01, 0.1, 0.3, 0.6, 0.9)),
)
def test_overshooting_begins_at_critical_damping(eta):
    """Whether 400 steps from 0.7 cross the minimum, at 0.98 and 1.1 of that γ."""
    gamma = (1 - np.sqrt(eta)) ** 2 * np.array([0.98, 1.1])
    x = descend(momentum, PARABOLA, steps=400, lr=eta / 2, gamma=gamma).theta[:, 0]
    return np.array_equal((x < 0).any(0), [False, True])
