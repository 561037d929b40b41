"""The claims of notebook 05, Nesterov."""

from functools import cache

import numpy as np

from gdlib import (
    BOWL,
    PARABOLA,
    ROSENBROCK,
    Objective,
    best,
    curvature,
    descend,
    line_data,
    momentum,
    mse,
    nesterov,
    ravine,
    spectral_radius,
)
from tests.claims.claim import claim

TOLS = (1e-3, 1e-4, 1e-6, 1e-9)


def above(path, share=0.01):
    """The step after which each coordinate stays within a share of its start."""
    away = np.abs(path.theta) > share * np.abs(path.theta[0])
    return len(away) - away[::-1].argmax(0)


@claim(
    "overshoots all the same, but to −0.209 in place of −0.545",
    says="on a quadratic, from rest, with ηλ from 0.1 to 1 and γ from 0.75, Nesterov "
    "runs less far past the minimum than momentum with the same η and γ",
    at=dict(eta_lambda=0.3, gamma=0.9),
    vary=dict(eta_lambda=(0.1, 0.2, 0.4, 0.6, 0.8, 1.0), gamma=(0.75, 0.85, 0.9, 0.97)),
)
def test_it_overshoots_less(eta_lambda, gamma):
    """The lowest x of 300 steps from 0.7 on x²."""
    hyper = dict(steps=300, lr=eta_lambda / 2, gamma=gamma)
    ahead, heavy = (
        descend(f, PARABOLA, **hyper).theta.min() for f in (nesterov, momentum)
    )
    return heavy < ahead - 1e-3


@claim(
    "It is momentum with a brake that tightens with the curvature",
    says="on a quadratic each direction of Nesterov's run is momentum's with "
    "γ(1 − ηλ) in place of γ",
    at=dict(kappa=10, lr=0.05, gamma=0.9),
    vary=dict(kappa=(3, 10, 30), lr=(0.01, 0.03), gamma=(0.3, 0.9, 0.99)),
)
def test_it_is_momentum_with_a_brake(kappa, lr, gamma):
    """The largest difference over 200 steps, both directions of a ravine."""
    ahead = descend(nesterov, ravine(kappa), steps=200, lr=lr, gamma=gamma).theta
    apart = []
    for i, curved in enumerate((1, kappa)):
        line = Objective(
            lambda x, a=curved: a * (x**2).sum(0) / 2,
            lambda x, a=curved: a * x,
            1,
            batches=True,
        )
        braked = dict(lr=lr, gamma=gamma * (1 - lr * curved))
        if braked["gamma"] < 0:
            continue
        same = descend(momentum, line, ahead[0, i : i + 1], 200, **braked).theta[:, 0]
        apart.append(np.abs(same - ahead[:, i]).max())
    return np.array(apart) < 1e-9


@claim(
    "within ten steps; momentum swings for nearly a hundred",
    says="across a ravine's floor with ηλ from 0.6 to 0.95 and γ = 0.9, Nesterov is "
    "within 1 % of its start in ten steps, momentum after 60 to 100",
    at=dict(kappa=25, share=0.01),
    vary=dict(kappa=(20, 22, 25, 28, 31), share=(0.01, 0.012)),
)
def test_across_the_floor_it_rests(kappa, share):
    """The step after which |y| stays under a share of its start; η = 0.03."""
    hyper = dict(steps=400, lr=0.03, gamma=0.9)
    ahead, heavy = (
        above(descend(f, ravine(kappa), **hyper), share)[1]
        for f in (nesterov, momentum)
    )
    return ahead <= 10 and 60 < heavy < 100


@claim(
    "At γ = 0.99 momentum swings both ways, for about 900 steps",
    says="at η = 0.03 and γ from 0.98 to 0.995 momentum swings in both directions of "
    "the ravine; Nesterov along the floor only, and not half as long",
    at=dict(kappa=25, gamma=0.99),
    vary=dict(kappa=(18, 25, 32), gamma=(np.array([0.98, 0.985, 0.99, 0.995]),)),
)
def test_a_high_memory_swings_both_ways(kappa, gamma):
    """The step after which each coordinate stays within 1 % of its start."""
    hyper = dict(steps=2500, lr=0.03, gamma=gamma)
    (along, across), (far, wide) = (
        above(descend(method, ravine(kappa), **hyper))
        for method in (nesterov, momentum)
    )
    return (across < 15) & (along < far / 2) & (wide > 20 * across)


@claim(
    'is "first under" 1e-6 at the bottom of a swing',
    says="with κ = 25, η = 0.03 and γ from 0.9 to 0.99 a run is under a tolerance "
    "before it is under it to stay",
    at=dict(method=nesterov),
    vary=dict(method=(momentum, nesterov)),
)
def test_first_under_is_not_settled(method):
    """First step under a tolerance and settling time, for four γ and three of them."""
    gamma, tols = np.array([0.9, 0.93, 0.96, 0.99]), (1e-4, 1e-6, 1e-8)
    hyper = dict(lr=0.03, gamma=gamma, keep="last", tol=tols)
    path = descend(method, ravine(25), steps=2500, **hyper)
    return [path.first_below(tol) < path.settling_time(tol) - 3 for tol in tols]


@claim(
    "momentum ends a thousand times lower than Nesterov",
    says="on the bowl at η = 0.1 and γ = 0.3 momentum is ahead from step 6 on, by a "
    "factor that grows and comes to a thousand at 30",
    at=dict(steps=30, angle=0),
    vary=dict(steps=(6, 15, 24, 30, 45), angle=(0, 40, 80)),
)
def test_a_bowl_needs_no_brake(steps, angle):
    """Nesterov's f over momentum's, at some steps and at half as many more."""
    start = (np.cos(np.radians(angle)), np.sin(np.radians(angle)))
    hyper = dict(start=start, steps=steps * 3 // 2, lr=0.1, gamma=0.3)
    ahead, heavy = (descend(f, BOWL, **hyper).loss for f in (nesterov, momentum))
    ratio = ahead / heavy
    return [1.5 < ratio[steps] < ratio[-1], steps != 30 or 500 < ratio[30] < 2000]


@claim(
    "where there is one curvature only, looking ahead is another γ and no more",
    says="where all directions share a curvature λ, Nesterov with γ / (1 − ηλ) takes "
    "momentum's path with γ",
    at=dict(lr=0.1, gamma=0.3),
    vary=dict(lr=(0.02, 0.1, 0.2), gamma=(0.1, 0.3, 0.55)),
)
def test_one_curvature_one_family(lr, gamma):
    """The largest difference of 60 steps on the bowl, λ = 2."""
    heavy = descend(momentum, BOWL, steps=60, lr=lr, gamma=gamma)
    ahead = descend(nesterov, BOWL, steps=60, lr=lr, gamma=gamma / (1 - 2 * lr))
    return np.abs(heavy.theta - ahead.theta).max() < 1e-12


def quadratics(curvatures, starts):
    """Many quadratics as the runs of one Objective, each along its own axes."""
    job = Objective(
        lambda x: (_wide(curvatures, x) * x**2).sum(0) / 2,
        lambda x: _wide(curvatures, x) * x,
        dim=len(curvatures),
        minima=(np.zeros(len(curvatures)),),
        batches=True,
    )
    return job, starts


def _wide(curvatures, x):
    if x.ndim == 1:
        return np.ones(len(x))
    return curvatures.reshape(*curvatures.shape, *(1,) * (x.ndim - curvatures.ndim))


@cache
def settled():
    """Settling times tol -> (method, seed, γ) on the regression job at η = 1/L."""
    jobs = [
        mse(*line_data(np.random.default_rng(seed), n=200, centre=3))
        for seed in (4, *range(10, 21))
    ]
    found = [np.linalg.eigh(2 * job.X.T @ job.X / len(job.y)) for job in jobs]
    values = np.array([value for value, _ in found]).T
    away = np.array(
        [axes.T @ job.minima[0] for job, (_, axes) in zip(jobs, found, strict=True)]
    ).T
    gamma = np.array([0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 0.99])
    job, starts = quadratics(values, np.repeat(away[..., None], len(gamma), -1))
    hyper = dict(lr=1 / values[1][:, None], gamma=gamma, keep="last", tol=TOLS)
    runs = [
        descend(method, job, starts, 2600, **hyper) for method in (momentum, nesterov)
    ]
    found = {tol: np.array([run.settling_time(tol) for run in runs]) for tol in TOLS}
    return found | {"critical": (1 - np.sqrt(values[0] / values[1])) ** 2}


@claim(
    "Up to there looking ahead gains nothing",
    says="on the regression job (x around 3, η = 1/L) momentum with a γ up to 0.02 "
    "below the flat direction's critical damping settles no later than Nesterov",
    at=dict(tol=1e-6, seeds=slice(1)),
    vary=dict(tol=TOLS, seeds=(slice(None),)),
)
def test_below_critical_damping_it_gains_nothing(tol, seeds):
    """Settling times at γ = 0, 0.5, 0.7, 0.8, for twelve seeds of the data."""
    heavy, ahead = settled()[tol][:, seeds, :4]
    tame = np.array([0, 0.5, 0.7, 0.8]) < settled()["critical"][seeds, None] - 0.02
    return (heavy <= ahead)[tame]


@claim(
    "From 0.9 on it saves about a third of the steps or more",
    says="on the regression job at η = 1/L and γ from 0.9 Nesterov settles under gaps "
    "from 1e-3 to 1e-6 in 70 % of momentum's steps or fewer",
    at=dict(tol=1e-6, seeds=slice(1)),
    vary=dict(tol=TOLS[:3], seeds=(slice(None),)),
)
def test_above_critical_damping_it_saves_a_third(tol, seeds):
    """Settling times at γ = 0.9, 0.95, 0.99, for twelve seeds of the data."""
    heavy, ahead = settled()[tol][:, seeds, 5:]
    return ahead <= 0.7 * heavy


@claim(
    "momentum has the lower rate on every quadratic",
    says="with η and γ both at their best, momentum's rate is below Nesterov's for "
    "every κ",
    at=dict(kappa=126),
    vary=dict(kappa=(1.5, 3, 10, 30, 126, 1000, 1e4)),
)
def test_momentum_has_the_better_best(kappa):
    """The least of max(rate at μ, rate at L) over a grid of η and γ."""
    gamma = 1 - np.geomspace(1, 0.3 / np.sqrt(kappa), 200)
    eta = np.linspace(0.2, 4, 191)[:, None] / kappa
    rates = [
        np.maximum(
            spectral_radius(f, eta, gamma), spectral_radius(f, eta * kappa, gamma)
        )
        for f in (momentum, nesterov)
    ]
    return rates[0].min() < rates[1].min()


@claim(
    "Nesterov at its best is ahead down to a gap of 1e-3, momentum down to 1e-6",
    says="from (−2, 1) in a ravine with κ from 100 to 1,000, each with its best η and "
    "γ, Nesterov settles first under a gap of 1e-3, momentum under 1e-6 and less",
    at=dict(kappa=100, shift=0),
    vary=dict(kappa=(100, 200, 400, 1000), shift=(0, 0.5)),
)
def test_the_better_best_takes_a_while(kappa, shift):
    """The least settling time over 60 η and 60 γ, the grid shifted by half a notch."""
    heavy, ahead = best_times(kappa, shift, (-2, 1))
    return (ahead < heavy) == [True, False, False]


@cache
def best_times(kappa, shift, start):
    """Least settling times (momentum or Nesterov, tolerance) over a grid of η and γ."""
    gamma = 1 - np.geomspace(6, 0.5, 60) / np.sqrt(kappa)
    eta = (np.linspace(0.5, 3.9, 60) + shift * 3.4 / 59)[:, None] / kappa
    tols = (1e-3, 1e-6, 1e-9)
    hyper = dict(steps=int(15 * np.sqrt(kappa)) + 50, keep="last", tol=tols)
    found = []
    for f in (momentum, nesterov):
        run = descend(f, ravine(kappa), start, lr=eta, gamma=gamma, **hyper)
        found.append([np.nanmin(run.settling_time(tol)) for tol in tols])
    return np.array(found)


@claim(
    "From nearer the floor, momentum takes the lead sooner",
    says="at gaps of 1e-3, 1e-6 and 1e-9, Nesterov's best settling time over "
    "momentum's is larger from (−2, 0.1) than from (−2, 1), and at 1e-3 above 1",
    at=dict(kappa=100, shift=0),
    vary=dict(kappa=(100, 200, 400, 1000), shift=(0, 0.5)),
)
def test_near_the_floor_momentum_leads_sooner(kappa, shift):
    """The least settling time over 60 η and 60 γ, from both starts."""
    far, near = (np.divide(*best_times(kappa, shift, (-2, y))[::-1]) for y in (1, 0.1))
    return [*(near > far), near[0] > 1]


@claim(
    "loses it: 1.36 at γ = 0.9",
    says="Nesterov's largest ηλ is (2 + 2γ)/(1 + 2γ), below gradient descent's 2 for "
    "every γ above 0; momentum's is 2 + 2γ, above it",
    at=dict(curved=2, inside=0.995),
    vary=dict(curved=(0.5, 2, 30), inside=(0.995, 0.98)),
)
def test_the_edges(curved, inside):
    """Runs of 3,000 steps a little inside and outside of each edge, six γ at once."""
    line = Objective(
        lambda x: curved * (x**2).sum(0) / 2, lambda x: curved * x, 1, batches=True
    )
    gamma = np.array([0.05, 0.3, 0.5, 0.7, 0.9, 0.97])
    edges = {momentum: 2 + 2 * gamma, nesterov: (2 + 2 * gamma) / (1 + 2 * gamma)}
    found = [edges[nesterov] < 2, edges[momentum] > 2]
    for method, edge in edges.items():
        lr = np.outer([inside, 2 - inside], edge) / curved
        run = descend(method, line, (1.0,), 3000, keep="last", lr=lr, gamma=gamma)
        found += [
            run.loss[-1][0] < line(np.ones(1)),
            ~(run.loss[-1][1] < line(np.ones(1))),
        ]
    return np.array(found)


@claim(
    "So at η = 1/L you are always inside",
    says="at η = 1/L Nesterov settles for every γ below 1",
    at=dict(spread=1),
    vary=dict(spread=(0.3, 0.6, 1)),
)
def test_one_over_L_is_safe(spread):
    """The gap after 5,000 steps on ten random quadratics of five dimensions, five γ."""
    curvatures = 10 ** np.random.default_rng(0).uniform(-spread, spread, (5, 10, 1))
    job, starts = quadratics(curvatures, np.ones((5, 10, 5)))
    gamma = np.array([0, 0.5, 0.9, 0.99, 0.999])
    hyper = dict(keep="last", lr=1 / curvatures.max(0), gamma=gamma)
    run = descend(nesterov, job, starts, 5000, **hyper)
    return run.loss[-1] < 0.1 * job(starts)


@cache
@np.errstate(all="ignore")  # an η beyond the edge overflows
def moments(steps, answer, kappa):
    """Exact mean² and variance (direction, γ, η) of Nesterov on noisy slopes.

    A run is linear in its noise. So the mean m and the covariance P of (θ, v, sum of
    the points that the answer averages) follow x ← A x + b ξ, each direction by itself.
    """
    first = steps // 2 if answer == "average" else steps - 1
    eta = np.geomspace(3e-3, 1.98, 45) / kappa
    curved, gamma = np.array([[[1.0]], [[kappa]]]), np.array([[0.0], [0.9]])
    shape = (2, 2, len(eta))
    m, P = np.zeros((*shape, 3, 1)), np.zeros((*shape, 3, 3))
    m[..., 0, 0] = 1
    for t in range(1, steps + 1):
        lr = eta * (1 - (t - 1) / steps) if answer == "falling" else eta
        if t in (1, first + 1) or answer == "falling":
            A, noise = transition(curved * lr, gamma, lr, t > first)
        m, P = A @ m, A @ P @ A.swapaxes(-1, -2) + noise
    return np.array([m[..., 2, 0] ** 2, P[..., 2, 2]]) / (steps - first) ** 2


def transition(pull, gamma, lr, counts):
    """A and b bᵀ of a step; pull is ηλ."""
    A, b = np.zeros((*pull.shape[:1], 2, pull.shape[-1], 3, 3)), np.zeros((len(lr), 3))
    keep = gamma * (1 - pull)
    A[..., 0, 0], A[..., 0, 1] = 1 - pull, -keep
    A[..., 1, 0], A[..., 1, 1] = pull, keep
    A[..., 2, :2], A[..., 2, 2] = counts * A[..., 0, :2], 1
    b[:, 0], b[:, 1], b[:, 2] = -lr, lr, -lr * counts
    return A, b[:, :, None] * b[:, None]


def noisy_gap(steps, answer, kappa, sigma, start=(-2, 1)):
    """The mean gap (γ = 0, γ = 0.9) after so many noisy steps, each at its best η."""
    mean, variance = moments(int(steps), answer, kappa)
    squares = np.reshape(np.square(start), (2, 1, 1)) * mean + sigma**2 * variance
    return np.nanmin((np.array([[[0.5]], [[kappa / 2]]]) * squares).sum(0), -1)


NOISY = dict(kappa=(40, 60, 100), sigma=(0.3, 1, 3), start=((-2, 1), (1, 1), (5, 0.5)))


def test_the_exact_gap_is_what_runs_show():
    """Two hundred runs beside the formulas: what the next claims rest on."""
    rng, slow = np.random.default_rng(0), ravine(20)
    job = Objective(
        slow.value, lambda x: slow.grad(x) + rng.normal(size=x.shape), 2, batches=True
    )
    eta = np.geomspace(3e-3, 1.98, 45) / 20
    starts = np.broadcast_to(np.reshape(slow.start, (2, 1, 1)), (2, 200, 45))
    for i, gamma in enumerate((0, 0.9)):
        path = descend(nesterov, job, starts, 80, lr=eta, gamma=gamma)
        for answer, first in (("last", 80), ("average", 41)):
            found = slow(path.theta[first:].mean(0)).mean(0).min()
            wanted = noisy_gap(80, answer, 20, 1)[i]
            assert abs(found / wanted - 1) < 0.25


@claim(
    "Nesterov's gain melts away",
    says="on a ravine with noisy slopes, κ from 40 to 100, each at its best "
    "constant η, gradient descent's last gap is 1.5 times Nesterov's (γ = 0.9) and up "
    "to hundreds after κ steps; the factor shrinks, to 1.6 or less at 10 κ",
    at=dict(kappa=100, sigma=1, start=(-2, 1)),
    vary=NOISY,
)
def test_noise_takes_the_gain(kappa, sigma, start):
    """The exact mean gaps after κ, 3 κ and 10 κ steps."""
    gains = []
    for steps in (kappa, 3 * kappa, 10 * kappa):
        plain, ahead = noisy_gap(steps, "last", kappa, sigma, start)
        gains.append(plain / ahead)
    return gains[0] > 1.5 and gains[0] > gains[1] > gains[2] and gains[2] < 1.65


@claim(
    "After 1,000 steps the average has a third of the gap",
    says="after 10 κ noisy steps the average of the second half, or an η that falls to "
    "0, has a fifth to 0.6 of the last point's gap, with momentum or without",
    at=dict(kappa=100, sigma=1, start=(-2, 1)),
    vary=NOISY,
)
def test_averaging_mends_noise(kappa, sigma, start):
    """The exact mean gaps after 10 κ steps."""
    last, *cured = (
        noisy_gap(10 * kappa, answer, kappa, sigma, start)
        for answer in ("last", "average", "falling")
    )
    return (np.array(cured) > 0.18 * last) & (np.array(cured) < 0.6 * last)


@claim(
    "Gradient descent with either cure is ahead of Nesterov's last point",
    says="after 10 κ noisy steps gradient descent, averaged or with a falling η, has "
    "less than 0.6 of the gap of Nesterov's last point, and Nesterov with the same "
    "cure is no more than 2 % lower",
    at=dict(kappa=100, sigma=1, start=(-2, 1)),
    vary=NOISY,
)
def test_cured_gradient_descent_wins(kappa, sigma, start):
    """The exact mean gaps after 10 κ steps."""
    last = noisy_gap(10 * kappa, "last", kappa, sigma, start)
    cured = [
        noisy_gap(10 * kappa, a, kappa, sigma, start) for a in ("average", "falling")
    ]
    return [
        c
        for plain, ahead in cured
        for c in (plain < 0.6 * last[1], plain < 1.02 * ahead)
    ]


@claim(
    "At 100 steps no cure makes up for speed",
    says="after κ noisy steps (κ from 60, σ up to 1) gradient descent, averaged or "
    "with a falling η, has a larger gap than Nesterov's last point",
    at=dict(kappa=100, sigma=1, start=(-2, 1)),
    vary=NOISY | dict(kappa=(60, 100), sigma=(0.3, 1)),
)
def test_early_speed_decides(kappa, sigma, start):
    """The exact mean gaps after κ steps."""
    last = noisy_gap(kappa, "last", kappa, sigma, start)
    cured = [
        noisy_gap(kappa, a, kappa, sigma, start)[0] for a in ("average", "falling")
    ]
    return np.array(cured) > last[1]


def growing(t):
    """Give the momentum of the promise of 1/k²."""
    return (t - 1) / (t + 2)


def quadratic(rng):
    """A random quadratic in 12 dimensions, and its largest curvature."""
    curvatures = 10 ** rng.uniform(-4, 1, 12)
    A = np.linalg.qr(rng.normal(size=(12, 12)))[0]
    A = A * curvatures @ A.T
    value = lambda x: (x * (A @ x)).sum(0) / 2  # noqa: E731
    return Objective(
        value, lambda x: A @ x, 12, minima=(np.zeros(12),), batches=True
    ), curvatures.max()


def curve(rng):
    """A random convex function that is no quadratic: Σ log cosh of linear functions."""
    B = rng.normal(size=(30, 12)) * 10 ** rng.uniform(-1.5, 0.5, (30, 1))
    value = lambda x: np.log(np.cosh(B @ x)).sum(0)  # noqa: E731
    L = np.linalg.eigvalsh(B.T @ B)[-1]
    return Objective(
        value, lambda x: B.T @ np.tanh(B @ x), 12, minima=(np.zeros(12),), batches=True
    ), L


def bent(rng):
    """A parabola that goes on as two straight lines: the hardest kind for both."""
    edge = 10 ** rng.uniform(-4, 0)
    value = lambda x: np.where(  # noqa: E731
        np.abs(x) < edge, x**2 / 2, edge * np.abs(x) - edge**2 / 2
    ).sum(0)
    return Objective(
        value, lambda x: np.clip(x, -edge, edge), 1, minima=((0,),), batches=True
    ), 1


@claim(
    "makes a promise about all convex functions whose curvature is nowhere above L",
    says="at η = 1/L gradient descent's gap is at most LD²/2k at every k, Nesterov's "
    "with γ = (t − 1)/(t + 2) at most 5/2 · LD²/(k + 2)²",
    at=dict(kind=quadratic, seed=0),
    vary=dict(kind=(quadratic, curve, bent), seed=range(10)),
)
def test_the_promises(kind, seed):
    """250 steps on quadratics, sums of log cosh, parabolas with straight arms."""
    rng, k = np.random.default_rng(seed), np.arange(1, 251)
    job, L = kind(rng)
    start = rng.normal(size=job.dim) * 3
    scale = L * np.sum(start**2)
    plain = descend(nesterov, job, start, 250, lr=1 / L, gamma=0).gap[1:]
    ahead = descend(nesterov, job, start, 250, lr=1 / L, gamma=growing).gap[1:]
    return [(plain <= scale / 2 / k).all(), (ahead <= 2.5 * scale / (k + 2) ** 2).all()]


def chain(n):
    """Nesterov's chain as a tridiagonal product, without its matrix."""

    def pull(x):
        wide = np.pad(x, [(1, 1), *[(0, 0)] * (x.ndim - 1)])
        return 2 * x - wide[:-2] - wide[2:]

    def grad(x):
        g = pull(x)
        g[0] -= 1
        return g

    lowest = 1 - np.arange(1, n + 1) / (n + 1)
    value = lambda x: (x * pull(x)).sum(0) / 2 - x[0]  # noqa: E731
    return Objective(value, grad, n, minima=(lowest,), start=np.zeros(n), batches=True)


@cache
def worst(steps, count):
    """The worst scaled gap at every k, for gradient descent and growing momentum."""
    sizes = np.unique(np.geomspace(1, 2 * steps + 1, count).round().astype(int))
    found = []
    for gamma in (0, growing):
        hyper = dict(steps=steps, lr=0.25, gamma=gamma)
        runs = [descend(nesterov, chain(n), **hyper) for n in sizes]
        scales = [4 * np.sum(np.square(run.objective.minima[0])) for run in runs]
        gaps = [run.gap[1:] / scale for run, scale in zip(runs, scales, strict=True)]
        found.append(np.max(gaps, 0))
    return found


@claim(
    "Ten times the steps, from 25 to 250, divide gradient descent's worst gap by about",
    says="tenfold steps divide the worst gap over all chains by 9 to 12 for gradient "
    "descent and by 70 to 100 for Nesterov with a growing momentum, from 20 steps on",
    at=dict(k=25, count=24),
    vary=dict(k=(20, 22, 24), count=(24,)),
)
def test_the_slopes(k, count):
    """Worst gap over chains of up to 501 numbers, at k and at 10 k steps."""
    plain, ahead = (gap[k - 1] / gap[10 * k - 1] for gap in worst(250, count))
    return [9 < plain < 12, 70 < ahead < 100]


@claim(
    "Nesterov's stays within five times the bound",
    says="Nesterov's worst gap over the chains is at most 5 · 3/32 · LD²/(k + 1)²",
    at=dict(steps=250, count=24),
    vary=dict(steps=(250,), count=(12, 24)),
)
def test_it_is_near_the_bound(steps, count):
    """The worst gap at every k over that of the bound."""
    k = np.arange(1, steps + 1)
    return worst(steps, count)[1] <= 5 * 3 / 32 / (k + 1) ** 2


@claim(
    "On the chain with n = 2k + 1 its gap is then at least",
    says="after k steps from 0 on the chain of 2k + 1 numbers no setting of momentum "
    "or Nesterov has a gap below 3/32 · LD²/(k + 1)²",
    at=dict(method=nesterov, k=25),
    vary=dict(method=(momentum, nesterov), k=(1, 2, 5, 25, 60)),
)
def test_the_lower_bound(method, k):
    """The gap of 30 η times 8 γ, and of the growing momentum."""
    job = chain(2 * k + 1)
    eta, gamma = (
        np.linspace(0.02, 0.9, 30)[:, None],
        np.array([0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99]),
    )
    bound = 3 / 32 * 4 * np.sum(np.square(job.minima[0])) / (k + 1) ** 2
    gaps = [
        descend(method, job, steps=k, keep="last", lr=eta, gamma=gamma).gap[-1],
        descend(method, job, steps=k, keep="last", lr=eta, gamma=growing).gap[-1],
    ]
    return np.concatenate([np.ravel(gap) for gap in gaps]) >= bound


@claim(
    "On any single chain gradient descent's gap, too, falls by a constant factor",
    says="on a single chain gradient descent's gap falls by the same factor over every "
    "late stretch, as on any quadratic",
    at=dict(n=5),
    vary=dict(n=(2, 5, 9, 14)),
)
def test_a_single_chain_falls_geometrically(n):
    """The fall over two stretches of 0.2 n² steps, late in a run."""
    stretch = max(10, n * n // 5)
    gap = descend(nesterov, chain(n), steps=5 * stretch, lr=0.25, gamma=0).gap
    first, second = (
        gap[3 * stretch] / gap[4 * stretch],
        gap[4 * stretch] / gap[5 * stretch],
    )
    return [abs(first / second - 1) < 0.02, first > 2]


@claim(
    "so it passes the minimum, by 1 % of the way",
    says="on the bowl at η = 0.01 and γ = 0.8 Nesterov passes the minimum by 1 to 2 % "
    "of the way, after steps that grow at first and then shrink",
    at=dict(angle=0, size=0.5),
    vary=dict(angle=(20, 60, 110), size=(0.1, 1)),
)
def test_the_second_run_passes_a_little(angle, size):
    """The furthest point beyond the minimum in 50 and 200 steps, the step lengths."""
    turned = np.radians(angle)
    start = size * np.array([np.cos(turned), np.sin(turned)])
    run = descend(nesterov, BOWL, start, 200, lr=0.01, gamma=0.8)
    beyond = -(run.theta @ start) / size**2
    lengths = np.hypot(*run.terms["v"][:30].T)
    longest = lengths.argmax()
    grows, shrinks = np.diff(lengths[: longest + 1]), np.diff(lengths[longest:])
    return [
        0.01 < beyond[:51].max() < 0.02,
        beyond.max() < 0.02,
        0 < longest < 15,
        (grows > 0).all(),
        (shrinks < 0).all(),
    ]


def torch_form(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    g = grad(theta)
    v = gamma * v + g
    return theta - lr * (g + gamma * v), dict(v=v)


def keras_form(theta, grad, t, v=0.0, *, lr=0.01, gamma=0.9):
    g = grad(theta)
    v = gamma * v - lr * g
    return theta + gamma * v - lr * g, dict(v=v)


@claim(
    "What a library calls θ is the lookahead point",
    says="the updates of PyTorch, optax and Keras walk along the lookahead points",
    at=dict(form=torch_form, objective=ravine(10, 30), gamma=0.9),
    vary=dict(
        form=(torch_form, keras_form),
        objective=(ravine(10, 30), ravine(30), ROSENBROCK),
        gamma=(0, 0.5, 0.9, 0.99),
    ),
)
def test_libraries_walk_along_the_lookahead_points(form, objective, gamma):
    """The largest difference over 100 steps at η = 0.0005 or 0.02."""
    lr = 0.0005 if objective is ROSENBROCK else 0.02
    theirs = descend(form, objective, steps=100, lr=lr, gamma=gamma).theta
    ours = descend(nesterov, objective, steps=101, lr=lr, gamma=gamma)
    return np.abs(ours.terms["ahead"] - theirs).max() < 1e-9


@cache
def rare_job(seed, share):
    rng = np.random.default_rng(seed)
    seldom = rng.permutation(2000) < 2000 * share
    X = np.column_stack([rng.normal(size=2000), seldom])
    return mse(X, X @ [2, -1])


@claim(
    "A rare input is a ravine with κ = 1/share",
    says="an input that is 1 in a share of the rows and 0 elsewhere makes a ravine "
    "whose κ is 1/share to 15 %",
    at=dict(seed=0, share=0.01),
    vary=dict(seed=range(10), share=(0.1, 0.03, 0.01, 0.003)),
)
def test_rare_is_a_ravine(seed, share):
    """The ratio of the curvatures of the regression."""
    mu, L = curvature(rare_job(seed, share))
    return abs(L / mu * share - 1) < 0.15


@claim(
    "ten times rarer, about three times the steps",
    says="with its best η and γ, Nesterov needs 2.5 to 4 times the steps where an "
    "input is ten times rarer",
    at=dict(seed=0, share=0.1),
    vary=dict(seed=range(4), share=(0.1, 0.01)),
)
def test_ten_times_rarer(seed, share):
    """Settling times under 1e-6 and 1e-9, at a share and at a tenth of it."""
    found = []
    for rows in (share, share / 10):
        job = rare_job(seed, rows)
        mu, L = curvature(job)
        lr, gamma, _ = best(nesterov, L, mu)
        hyper = dict(lr=lr, gamma=gamma, keep="last", tol=(1e-6, 1e-9))
        path = descend(nesterov, job, steps=600, **hyper)
        found.append([path.settling_time(1e-6), path.settling_time(1e-9)])
    ratios = np.divide(found[1], found[0])
    return (ratios > 2.5) & (ratios < 4)


@claim(
    "If you know μ, γ = (√κ − 1)/(√κ + 1)",
    says="at η = 1/L no γ gives Nesterov a lower rate than (√κ − 1)/(√κ + 1)",
    at=dict(kappa=126),
    vary=dict(kappa=(2, 5, 10, 30, 126, 1000, 1e4)),
)
def test_the_gamma_for_a_known_mu(kappa):
    """The worst rate over both ends of the spectrum, 2,000 γ."""
    known = (np.sqrt(kappa) - 1) / (np.sqrt(kappa) + 1)
    gamma = np.linspace(0, 0.9999, 2000)
    flat, steep = (spectral_radius(nesterov, e, gamma) for e in (1 / kappa, 1))
    return (
        spectral_radius(nesterov, 1 / kappa, known)
        <= np.maximum(flat, steep).min() + 1e-9
    )
