"""Notebook 09, Adam: its claims and how each is refereed."""

from dataclasses import replace

import numpy as np

from gdlib import (
    BEALE,
    HIMMELBLAU,
    PARABOLA,
    ROSENBROCK,
    adam,
    descend,
    gradient_descent,
    line_data,
    momentum,
    mse,
    ravine,
    rmsprop,
    stream,
)
from tests.claims.claim import claim

SEEDS = tuple(range(10))
GRID = np.geomspace(0.001, 1, 31)
HALF_A_NOTCH = 1000 ** (1 / 60)  # half the ratio of two neighbours in GRID


def steps_on(slopes, method=adam, **hyper):
    """Steps over η of runs on the columns of (steps, runs) slopes."""
    slopes = np.asarray(slopes, float)[:, None]
    start = np.zeros(slopes.shape[1:])
    path = descend(method, stream(slopes), start, len(slopes), lr=1.0, **hyper)
    return -np.diff(path.theta[:, 0], axis=0)


def noise(kinds, rng, shape):
    """Draws of mean 0 and standard deviation 1, the kinds side by side."""
    draw = dict(
        normal=lambda: rng.standard_normal(shape),
        uniform=lambda: rng.uniform(-(3**0.5), 3**0.5, shape),
        coins=lambda: rng.choice([-1.0, 1.0], shape),
        Laplace=lambda: rng.laplace(0, 0.5**0.5, shape),
    )
    return np.concatenate([draw[kind]() for kind in kinds], axis=-1)


KINDS = ("normal", "uniform", "coins", "Laplace")


def bare(theta, grad, t, m=0.0, v=0.0, *, lr=0.01, beta1=0.9, beta2=0.999):
    """Adam without its corrections."""
    g = grad(theta)
    m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
    return theta - lr * m / (np.sqrt(v) + 1e-8), dict(m=m, v=v)


@claim(
    "With γ = 0.9 the divisor follows single slopes",
    says="where slopes are noise, RMSProp's divisor trembles the less the longer its "
    "memory: at most half as much from γ = 0.9 to 0.99, and from there to 0.999",
    at=dict(kinds=("normal",)),
    vary=dict(kinds=[("normal", "uniform", "Laplace")]),
)
def test_a_long_memory_is_steady(kinds):
    """Standard deviation over mean of the divisor, steps 3,000 to 6,000, ten lists."""
    slopes = noise(kinds, np.random.default_rng(0), (6000, 1, 1, 10))
    at = dict(gamma=np.array([[0.9], [0.99], [0.999]]), lr=1.0, eps=0)
    start = np.zeros((1, 3, slopes.shape[-1]))
    path = descend(rmsprop, stream(slopes), start, 6000, **at)
    late = np.sqrt(path.terms["E_g2"][3000:, 0])
    short, middle, long = late.std(0) / late.mean(0)
    return (short > 2 * middle) & (middle > 2 * long)


@claim(
    "With 0.999 it is steady to 1 or 2 %",
    says="on the regression in batches of 5, at its minimum, RMSProp's divisor has a "
    "standard deviation of 0.5 to 2.5 % of its mean once γ = 0.999 has filled",
    at=dict(seed=0),
    vary=dict(seed=range(1, 6)),
)
def test_steady_to_a_percent_or_two(seed):
    """Both divisors in steps 5,000 to 9,000, η = 0.001."""
    xy, rng = line_data(np.random.default_rng(seed)), np.random.default_rng(seed + 50)
    job = mse(*xy, batch=5, rng=rng)
    path = descend(rmsprop, job, job.minima[0], 9000, lr=0.001, gamma=0.999, eps=0)
    late = np.sqrt(path.terms["E_g2"][5000:])
    spread = late.std(0) / late.mean(0)
    return (spread > 0.005) & (spread < 0.025)


@claim(
    "but has half its level at step 300",
    says="with γ = 0.999 RMSProp's divisor has half of its level at step 300",
    at=dict(seed=0),
    vary=dict(seed=range(100, 112)),
)
def test_a_long_memory_begins_low(seed):
    """Divisor at step 300 over the noise's own root mean square: within 0.45 to 0.6."""
    rng = np.random.default_rng(seed)
    slopes = rng.standard_normal((300, 1, 20))
    path = descend(
        rmsprop, stream(slopes), np.zeros((1, 20)), 300, lr=1.0, gamma=0.999, eps=0
    )
    share = np.sqrt(path.terms["E_g2"][-1, 0]).mean()
    return 0.45 < share < 0.6


@claim(
    "The larger the mean beside the noise, the nearer the steps are to η",
    says="Adam's mean step over η is r/√(1 + r²) when the slopes' mean is r times "
    "their noise, and so grows with r towards 1",
    at=dict(kinds=("normal",)),
    vary=dict(kinds=[KINDS]),
)
def test_steps_measure_agreement(kinds):
    """Mean step on 2,000 slopes, ten lists each for r = 0, 0.3, 1, 3; 500 left out."""
    ratio = np.array([[0], [0.3], [1], [3]])
    slopes = ratio + noise(kinds, np.random.default_rng(0), (2000, 1, 10))
    mean = steps_on(slopes)[500:].mean(0)
    law = ratio / np.sqrt(1 + ratio**2)
    return np.all(np.diff(mean, axis=0) > 0, 0) & np.all(abs(mean - law) < 0.08, 0)


@claim(
    "Noise alone makes steps a fifth as long",
    says="on noise alone Adam's steps are a fifth of η on average, and the mean of the "
    "steps themselves is less than a fiftieth",
    at=dict(kinds=("normal",), scales=((1,),)),
    vary=dict(kinds=[KINDS], scales=[((1e-3,), (1,), (1e3,))]),
)
def test_noise_makes_short_steps(kinds, scales):
    """Ten lists of 2,000 slopes: |step| each within 0.16 to 0.21, the mean over all."""
    slopes = noise(kinds, np.random.default_rng(1), (2000, 1, 10))
    steps = steps_on(np.array(scales) * slopes)[500:]
    return (abs(abs(steps).mean(0) - 0.185) < 0.025) & (abs(steps.mean()) < 0.02)


@claim(
    "then so has m̂: it is unbiased",
    says="if every slope has mean μ, the mean of m̂ is μ at each step, the first too",
    at=dict(mu=1.0, beta1=0.9),
    vary=dict(mu=(-2.0, 0.5, 1.0), beta1=(0.5, 0.9, 0.99)),
)
def test_m_hat_is_unbiased(mu, beta1):
    """Mean of m̂ over 20,000 runs at steps 1, 3 and 10, four standard errors allowed."""
    slopes = mu + np.random.default_rng(3).standard_normal((10, 1, 20_000))
    path = descend(adam, stream(slopes), np.zeros((1, 20_000)), 10, lr=1.0, beta1=beta1)
    found = path.terms["m_hat"][[0, 2, 9], 0].mean(1)
    return abs(found - mu) < 4 / np.sqrt(20_000)


@claim(
    "The next ones are longer",
    says="without correction, on a constant slope, the longest step is not the first: "
    "m fills before v does, for β₂ from 0.9 to 0.9999",
    at=dict(beta2=0.999, slope=1.0),
    vary=dict(beta2=(0.9, 0.99, 0.999, 0.9999), slope=(1e-3, 1.0, -50.0)),
)
def test_uncorrected_steps_grow_at_first(beta2, slope):
    """Steps 2 to 12 each longer than the one before, and as (7) says."""
    steps = abs(steps_on(np.full((12, 1), slope), bare, beta2=beta2)[:, 0])
    t = np.arange(1, 13)
    law = (1 - 0.9**t) / np.sqrt(1 - beta2**t)
    return np.all(np.diff(steps) > 0) and np.allclose(steps, law, rtol=1e-3)


@claim(
    "±η, whatever the slope's size",
    says="Adam's first step is η to within 1 % for slopes from 1e-6 to 1e9",
    at=dict(beta1=0.9, beta2=0.999),
    vary=dict(beta1=(0, 0.5, 0.9, 0.99), beta2=(0.5, 0.9, 0.999, 0.9999)),
)
def test_the_first_step_is_eta(beta1, beta2):
    """|step 1| / η on sixteen slopes of both signs."""
    slopes = np.outer([1, -1], np.geomspace(1e-6, 1e9, 16)).reshape(1, -1)
    steps = steps_on(slopes, beta1=beta1, beta2=beta2)[0]
    return (abs(abs(steps) - 1) < 0.0101) & (np.sign(steps) == np.sign(slopes[0]))


@claim(
    "no longer than η while the slopes do not grow",
    says="while |slope| does not grow, no step of Adam is longer than η, if β₁ <= β₂",
    at=dict(beta1=0.9, beta2=0.999),
    vary=dict(beta1=(0.5, 0.9), beta2=(0.9, 0.99, 0.999)),
)
def test_no_long_step_without_growth(beta1, beta2):
    """Longest of 300 steps on 60 lists of falling sizes, with signs kept or mixed."""
    rng = np.random.default_rng(0)
    falls = np.exp(
        -np.cumsum(rng.exponential(10.0 ** rng.uniform(-4, 0, 60), (300, 60)), 0)
    )
    signs = np.where(rng.random((300, 60)) < np.linspace(0, 0.5, 60), -1, 1)
    steps = steps_on(falls * signs, beta1=beta1, beta2=beta2, eps=0.0)
    return abs(steps).max(0) < 1 + 1e-9


@claim(
    "multiply the loss by 1,000, and m and √v both grow",
    says="multiplying the loss by 1e-3 to 1e6 leaves Adam's path as it is, where "
    "slopes stay far above ε",
    at=dict(ground=ravine(10, 30), scales=(1, 1000)),
    vary=dict(
        ground=(ravine(10, 30), ROSENBROCK, BEALE, HIMMELBLAU),
        scales=[(1, 1e-3, 10, 1e3, 1e6)],
    ),
)
def test_scale_drops_out(ground, scales):
    """Largest distance from the first path over 500 steps, under 1e-4."""
    return apart(ground, scales, 500)[1:] < 1e-4


def apart(ground, scales, steps, lr=0.05):
    """How far Adam's paths on multiples of a loss get from the path on the first."""
    scaled = replace(ground, grad=lambda theta: np.array(scales) * ground.grad(theta))
    start = np.outer(ground.start, np.ones(len(scales)))
    path = descend(adam, scaled, start, steps, lr=lr).theta
    return abs(path - path[..., :1]).max((0, 1))


@claim(
    "slopes that become ten times as large",
    says="slopes that become ten to a hundred times as large for good after at least "
    "1,000 steps make a step of more than 4 η, above the 3.16 η of the paper's bound",
    at=dict(before=5000, factors=(10,)),
    vary=dict(before=(1000, 2000, 5000), factors=[(10, 30, 100)]),
)
def test_a_lasting_rise_breaks_the_bound(before, factors):
    """Longest step within 100 steps of the rise."""
    late = np.arange(before + 100)[:, None] >= before
    return steps_on(np.where(late, factors, 1)).max(0) > 4


@claim(
    "both sides are equal if every",
    says="no slopes make a longer step than (9), and a rise by β₂/β₁ a step attains it",
    at=dict(beta1=0.9, beta2=0.999),
    vary=dict(beta1=(0.5, 0.8, 0.9), beta2=(0.9, 0.99, 0.999)),
)
def test_the_bound_holds_and_is_attained(beta1, beta2):
    """200 wild lists of 300 slopes stay below; 4/(1 − β₂) rising ones come to 2 %."""
    rng, at = np.random.default_rng(0), dict(beta1=beta1, beta2=beta2, eps=1e-300)
    wild = rng.standard_normal((300, 200)) * 10 ** (3 * rng.standard_normal((300, 200)))
    wild[:, :100] = np.cumprod(rng.uniform(0.8, 1.5, (300, 100)), 0)
    bound = (1 - beta1) / np.sqrt((1 - beta2) * (1 - beta1**2 / beta2))
    count = int(4 / (1 - beta2))
    rise = (beta2 / beta1) ** np.arange(1.0 - count, 1)
    last = steps_on(np.where(rise > 1e-150, rise, 0)[:, None], **at)[-1, 0]
    below = abs(steps_on(wild, **at)).max() < max(bound, 1) + 1e-9
    return below and 0.98 * bound < last < bound + 1e-9


@claim(
    "RMSProp passes 1e-6 at step 37 and does not stay",
    says="on the regression at one η from 0.03 to 0.3, RMSProp is first under a gap of "
    "1e-6 and leaves it again, Adam arrives later and stays, over 200 to 600 steps",
    at=dict(seed=0, steps=200, lr=0.1),
    vary=dict(seed=SEEDS, steps=(600,), lr=[np.array([0.03, 0.1, 0.3])]),
)
def test_rmsprop_leaves_adam_stays(seed, steps, lr):
    """First step under and settling time of both, and RMSProp's gap at the end."""
    job = mse(*line_data(np.random.default_rng(seed)))
    at = dict(steps=steps, lr=lr * np.ones(3), keep="last", tol=1e-6)
    quick, late = (descend(f, job, **at) for f in (rmsprop, adam))
    left = np.isnan(quick.settling_time(1e-6)) & (quick.gap[-1] > 1e-4)
    first = quick.first_below(1e-6) < late.first_below(1e-6)
    return left & first & (late.settling_time(1e-6) <= steps)


def settled(method, ground, tols, lr=GRID, steps=300, **hyper):
    """Settling steps at the best η of a grid, one a tolerance; infinity if at none."""
    path = descend(method, ground, steps=steps, lr=lr, keep="last", tol=tols, **hyper)
    times = np.array([path.settling_time(tol) for tol in tols])
    return np.nanmin(np.where(np.isnan(times), np.inf, times), axis=-1)


@claim(
    "Adam is far ahead of RMSProp with either memory",
    says="in the ravine with κ = 100 or 150 turned by 35° to 55°, each at its best η, "
    "Adam needs at most 0.6 of RMSProp's steps, γ = 0.9 or 0.999, in runs of 500 to "
    "1,000 steps",
    at=dict(kappa=100, angle=45, shift=1, steps=1000),
    vary=dict(
        kappa=(100, 150), angle=(35, 55), shift=(1, HALF_A_NOTCH), steps=(500, 1000)
    ),
)
def test_adam_mends_the_zig_zag(kappa, angle, shift, steps):
    """Settling under 0.03, 0.01, 1e-3 to the end of the run, best of 31 η."""
    ground, tols = ravine(kappa, angle), (0.03, 0.01, 1e-3)
    at = dict(tols=tols, lr=GRID * shift, steps=steps)
    rival = settled(rmsprop, ground, gamma=np.array([[0.9], [0.999]]), **at)
    return settled(adam, ground, **at)[:, None] <= 0.6 * rival


@claim(
    "It keeps pace with momentum at γ = 0.9",
    says="in ravines with κ from 10 to 150, turned or not, Adam at its best η needs "
    "0.8 to 1.15 times the steps of momentum with γ = 0.9 at its best η, in runs of "
    "300 to 1,000 steps",
    at=dict(kappa=100, angle=45, steps=1000),
    vary=dict(kappa=(10, 30, 100, 150), angle=(0, 20, 45), steps=(300, 1000)),
)
def test_adam_keeps_pace_with_momentum(kappa, angle, steps):
    """Ratio of the steps to settle under 0.01 and 1e-4, each at the best of 31 η."""
    ground, tols = ravine(kappa, angle), (0.01, 1e-4)
    ours, rival = (settled(f, ground, tols, steps=steps) for f in (adam, momentum))
    ratio = ours / rival
    return (ratio > 0.8) & (ratio < 1.15)


@claim(
    "momentum needs 29 steps, at γ = 0.7, Adam over 45",
    says="in the ravine with κ = 100 or 150 turned by 35° to 55°, η and γ or β₁ tuned, "
    "momentum needs less than seven tenths of Adam's steps",
    at=dict(kappa=100, angle=45, shift=1, steps=1000),
    vary=dict(
        kappa=(100, 150), angle=(35, 45), shift=(1, HALF_A_NOTCH), steps=(250, 500)
    ),
)
def test_tuned_momentum_is_ahead(kappa, angle, shift, steps):
    """Settling under 0.01 and 1e-3, best of 31 η and of ten γ or β₁ from 0 to 0.95."""
    kept = np.array([0, 0.3, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95])[:, None]
    at = dict(tols=(0.01, 1e-3), lr=GRID * shift, steps=steps)
    ours = settled(adam, ravine(kappa, angle), beta1=kept, **at)
    rival = settled(momentum, ravine(kappa, angle), gamma=kept, **at)
    return rival.min(1) < 0.7 * ours.min(1)


@claim(
    "In the milder valleys plain gradient descent is ahead of both",
    says="in ravines with κ from 5 to 30, turned or not, gradient descent "
    "settles before Adam and before momentum with γ = 0.9, each at its best η",
    at=dict(kappa=30, angle=45, steps=1000),
    vary=dict(kappa=(5, 10, 30), angle=(0, 20, 45), steps=(300, 1000)),
)
def test_milder_valleys_need_no_momentum(kappa, angle, steps):
    """Settling under 0.01 and 1e-3 at the best of 31 η."""
    ground, tols = ravine(kappa, angle), (0.01, 1e-3)
    rivals = gradient_descent, adam, momentum
    plain, ours, heavy = (settled(f, ground, tols, steps=steps) for f in rivals)
    return (plain < ours) & (plain < heavy)


@claim(
    "In runs of 5,000 steps Adam's 80 becomes 200",
    says="in the ravine with κ = 100 or 150 turned by 35° to 55°, each at its best η, "
    "Adam settles at least 1.5 times later in runs of 5,000 steps than of 1,000; "
    "gradient descent, momentum and RMSProp with γ = 0.9 do not",
    at=dict(kappa=100, angle=45, shift=1),
    vary=dict(kappa=(100, 150), angle=(35, 45, 55), shift=(1, HALF_A_NOTCH)),
    slow=True,
)
def test_longer_runs_want_a_smaller_eta(kappa, angle, shift):
    """Settling under 0.01 to the end of the run, best of 31 η."""
    at = dict(ground=ravine(kappa, angle), tols=(0.01,), lr=GRID * shift)
    rivals = adam, gradient_descent, momentum, rmsprop
    short, long = (
        np.ravel([settled(f, steps=steps, **at) for f in rivals])
        for steps in (1000, 5000)
    )
    return long[0] > 1.5 * short[0] and np.array_equal(long[1:], short[1:])


@claim(
    "at a constant η Adam does not settle in this minimum",
    says="on x² from starts up to 0.7, at a constant η from 0.1 to 1, Adam goes below "
    "a gap of 1e-50 and leaves again, above 1e-3, after ηλ/√v̂ has passed 38",
    at=dict(rates=(0.1,), starts=(0.7,)),
    vary=dict(rates=[(0.1, 0.3, 1.0)], starts=[(0.7, -0.6, -0.3, 0.05)]),
)
def test_adam_leaves_again(rates, starts):
    """Gap where the rate passes 38, and the largest after it, in 8,000 steps."""
    lr, start = np.repeat(rates, len(starts)), np.tile(starts, len(rates))[None]
    path = descend(adam, PARABOLA, start, 8000, lr=lr)
    rate, verdicts = 2 * lr / np.sqrt(path.terms["v_hat"][:, 0]), []
    for passed, gap in zip((rate > 38).argmax(0), path.gap.T, strict=True):
        out = passed > 0 and gap[passed:].max() > 1e-3
        verdicts.append(out and gap[passed] < 1e-50)
    return verdicts


@claim(
    "unless ε holds the divisor above ηλ/38",
    says="on x² Adam rests if ε is a fifth above ηλ/38 and leaves again if ε is half "
    "of it, for η from 0.1 to 0.5",
    at=dict(rates=(0.1,)),
    vary=dict(rates=[(0.1, 0.2, 0.5)]),
)
def test_a_large_epsilon_lets_it_rest(rates):
    """Largest gap in steps 6,000 to 8,000, starts 0.7 and −0.2."""
    lr, share = np.array(rates), np.array([1.2, 0.5])[:, None, None]
    start = np.array([0.7, -0.2])[:, None] * np.ones((1, 2, 1, len(lr)))
    path = descend(adam, PARABOLA, start, 8000, lr=lr, eps=2 * lr / 38 * share)
    above, below = path.gap[6000:].max(0)
    return (above < 1e-100) & (below > 1e-12)


def best_rates(data, batch, steps, shufflings, lr):
    """Best η and its gap, medians over shufflings: (corrected or not, three β₂)."""
    x, y = line_data(np.random.default_rng(data))
    beta2, found = np.array([[0.99], [0.999], [0.9999]]), []
    for method in (adam, bare):
        jobs = [
            mse(x, y, batch=batch, rng=np.random.default_rng(s)) for s in shufflings
        ]
        runs = [
            descend(method, j, None, steps, keep="last", lr=lr, beta2=beta2)
            for j in jobs
        ]
        found.append(np.median([run.gap[-1] for run in runs], axis=0))
    gap = np.array(found)
    return lr[gap.argmin(2)], gap.min(2)


def spreads(data, batch, steps, shufflings, lr):
    rates, _ = best_rates(data, batch, steps, shufflings, lr)
    return rates.max(1) / rates.min(1)


FINE = np.geomspace(0.001, 1, 25)


@claim(
    "Corrected, one η serves all three β₂",
    says="on the regression, 100 batches of 10, the best η for β₂ = 0.99, 0.999 and "
    "0.9999 is the same to a factor of 1.8 with correction; without, it falls over "
    "fourfold",
    at=dict(data=0, shift=1),
    vary=dict(data=(0, 1), shift=(1, 1000 ** (1 / 48))),
)
def test_correction_frees_beta2(data, shift):
    """Best of 25 η by the median of ten shufflings."""
    corrected, uncorrected = spreads(data, 10, 100, range(10), FINE * shift)
    return corrected < 1.8 and uncorrected > 4


@claim(
    "it falls eightfold as β₂ nears 1",
    says="the same for batches of 5, 10 and 50 and runs of 100 to 400 batches",
    at=dict(data=0, batch=10, steps=100),
    vary=dict(data=range(3), batch=(5, 10, 50), steps=(100, 200, 400)),
    slow=True,
)
def test_correction_frees_beta2_widely(data, batch, steps):
    """Best of 25 η by the median of twenty shufflings."""
    corrected, uncorrected = spreads(data, batch, steps, range(20), FINE)
    return corrected < 1.8 and uncorrected > 4


@claim(
    "after 1,000 batches it is threefold",
    says="after 1,000 batches the best η without correction falls two- to fourfold",
    at=dict(data=0),
    vary=dict(data=range(4)),
    slow=True,
)
def test_the_split_closes(data):
    """Best of 25 η by the median of twenty shufflings."""
    return 2 <= spreads(data, 10, 1000, range(20), FINE)[1] <= 4.3


@claim(
    "the uncorrected form ends about as low",
    says="at its own best η for each β₂, Adam without correction usually ends the same "
    "regression with less than twice the gap of the corrected form",
    at=dict(data=0, batch=10, steps=100),
    vary=dict(data=range(4), batch=(5, 10, 50), steps=(100, 200, 400)),
    share=0.95,
    slow=True,
)
def test_no_speed_from_correction(data, batch, steps):
    """Median gaps of twenty shufflings at the best of 25 η, three β₂."""
    corrected, uncorrected = best_rates(data, batch, steps, range(20), FINE)[1]
    return uncorrected < 2 * corrected


@claim(
    "Only where the slopes come down to ε does the path change",
    says="scaled by 1e-9, so that slopes come down to ε, a ravine gives Adam another "
    "path; scaled by 1e-3 or 1e3 it does not",
    at=dict(kappa=10, angle=30, lr=0.1),
    vary=dict(kappa=(3, 10, 30), angle=(0, 30, 45), lr=(0.03, 0.1)),
)
def test_epsilon_has_a_scale(kappa, angle, lr):
    """Largest distance over 100 steps: under 1e-4, above 0.1."""
    far = apart(ravine(kappa, angle), (1, 1e3, 1e-3, 1e-9), 100, lr)
    return far[1] < 1e-4 and far[2] < 1e-4 and far[3] > 0.1


@claim(
    "Far above them √v̂ drops out of (5)",
    says="with ε a thousand times the first slope, Adam's step is (η/ε) m̂ to 0.5 %",
    at=dict(ground=ravine(10, 30)),
    vary=dict(ground=(ravine(10, 30), ravine(100), BEALE, HIMMELBLAU)),
)
def test_a_large_epsilon_makes_momentum(ground):
    """Step over (η/ε) m̂ in 100 steps with η/ε = 1e-3."""
    eps = 1000 * abs(ground.grad(np.array(ground.start))).max()
    terms = descend(adam, ground, steps=100, lr=1e-3 * eps, eps=eps).terms
    ratio = terms["step"] / (1e-3 * terms["m_hat"])
    return abs(ratio - 1).max() < 5e-3


def rare_pace(every, beta2, runs=10, steps=20_000):
    """Mean move a step over the hoped one on slopes −0.1 and, one in `every`, a large.

    every  (cases, 1), beta2 the same or a number; the answer is (cases, runs)
    """
    drawn = np.random.default_rng(0).random((steps, 1, 1, runs)) < 1 / every
    start = np.zeros((1, len(every), runs))
    at = dict(lr=1.0, beta2=beta2, keep="last")
    slopes = np.where(drawn, 0.2 * every - 0.1, -0.1)
    hoped = slopes.mean((0, 1)) / np.sqrt((slopes**2).mean((0, 1)))
    return (
        -descend(adam, stream(slopes), start, steps, **at).theta[-1, 0] / steps / hoped
    )


@claim(
    "A memory ten times as long as the wait for the large slope",
    says="with 1/(1 − β₂) ten times the wait for a rare large slope, Adam makes more "
    "than four fifths of the way it should",
    at=dict(every=(10,)),
    vary=dict(every=[(10, 20, 50, 100)]),
    slow=True,
)
def test_memory_beside_the_wait(every):
    """Move over the hoped one, ten lists of 60,000 slopes, β₂ = 1 − 1/(10 · wait)."""
    every = np.array(every, float)[:, None]
    return rare_pace(every, 1 - 0.1 / every, steps=60_000) > 0.8


@claim(
    "one large slope in ten costs 40 % of the way",
    says="at β₂ = 0.9 Adam loses 35 to 50 % of the way if one slope in ten is large "
    "and carries the mean, and moves the wrong way if it is one in 20 to one in 100",
    at=dict(runs=1),
    vary=dict(runs=(10,)),
)
def test_a_short_memory_misleads(runs):
    """Mean move over the hoped one on lists of 10,000 slopes."""
    pace = rare_pace(np.array([[10.0], [20], [50], [100]]), 0.9, runs, 10_000)
    return (abs(pace[0] - 0.575) < 0.075) & np.all(pace[1:] < 0, 0)


def frozen(theta, grad, t, m=0.0, v=0.0, *, lr=0.01, eps=1e-6):
    """The TensorFlow tab's program: t stays 1, ε is added to the parameter."""
    g = grad(theta)
    m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
    return theta - lr * (m / 0.1) / np.sqrt(v / 0.001) + eps, dict(m=m, v=v)


@claim(
    "a third of Adam's pace, on steady slopes and on noisy ones",
    says="with the corrections frozen at t = 1 a program walks at 0.30 to 0.36 of "
    "Adam's pace once v is full, on steady slopes and on noisy ones",
    at=dict(kinds=("normal",), spread=((0,),)),
    vary=dict(kinds=[("normal", "uniform", "Laplace")], spread=[((0,), (1,), (3,))]),
)
def test_frozen_corrections_slow_it(kinds, spread):
    """Way from step 2,000 to 3,000 over Adam's, ten lists of mean 10 a spread."""
    drawn = noise(kinds, np.random.default_rng(0), (3000, 1, 10))
    slopes = 10 * (1 + np.array(spread) * drawn)
    astray, true = (steps_on(slopes, f)[2000:].sum(0) for f in (frozen, adam))
    return abs(astray / true - 0.33) < 0.03


@claim(
    "v squares the outlier, then forgets it",
    says="after an outlier A among slopes of 1 Adam's step is below 0.9 η until v̂ has "
    "forgotten A², at 0.999 a step, down to 0.23: 3,760 steps for A = 100",
    at=dict(before=1000, sizes=(100,)),
    vary=dict(before=(2000,), sizes=[(30, 100, 300)]),
)
def test_how_long_an_outlier_slows(before, sizes):
    """First step above 0.9 η from 60 after the outlier, within 5 of the closed form."""
    after = np.arange(before + 7000)[:, None] - before
    slow = steps_on(np.where(after == 0, sizes, 1.0))[before + 60 :]
    weight = 0.001 * 0.999**after / (1 - 0.999 ** (before + 1 + after))
    over = weight * (np.square(sizes) - 1) < 1 / 0.81 - 1
    law = over[before:].argmax(0)
    return abs(60 + (slow > 0.9).argmax(0) - law) < 5
