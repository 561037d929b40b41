"""What notebook 03 claims of samples, batches and their noise."""

import random
from functools import cache
from itertools import combinations, cycle
from timeit import repeat

import numpy as np

from gdlib import Objective, descend, gradient_descent, line_data, mse
from tests.claims.claim import claim

SEEDS = tuple(range(10))


def cloud(seed, n=500, centre=0.0, noise=0.5):
    return line_data(np.random.default_rng(seed), n=n, centre=centre, noise=noise)


def singles(job, theta):
    """Every sample's own gradient, a row each."""
    return 2 * job.X * (job.X @ theta - job.y)[:, None]


def polls(G, batch, rng, count=500):
    """Means of rows drawn without replacement."""
    hands = [rng.choice(len(G), batch, replace=False) for _ in range(count)]
    return np.array([G[hand].mean(0) for hand in hands])


def dealt(xy, batch, seed):
    return mse(*xy, batch=batch, rng=np.random.default_rng(seed))


def drawn(xy, batch, seed, shape=()):
    """The same loss with a batch drawn anew for each run, so that none depends."""
    job, rng = mse(*xy), np.random.default_rng(seed)
    x, y = job.X[:, 0], job.y

    def grad(theta):
        hand = rng.integers(len(y), size=(batch, *shape))
        points, values = x[hand][..., None], y[hand][..., None]
        apart = points * theta[0] + theta[1] - values
        return 2 * np.array([(points * apart).mean(0), apart.mean(0)])

    return Objective(
        job.value, grad, 2, minima=job.minima, start=(0.0, 0.0), batches=True
    )


def radius(job, lr, steps, burn):
    """Root mean square distance from the minimum, of runs that start on it."""
    star = np.array(job.minima[0])
    path = descend(gradient_descent, job, start=star, steps=steps, lr=lr)
    away = path.theta[burn:] - star.reshape(2, *(1,) * (path.theta.ndim - 2))
    return np.sqrt((away**2).sum(1).mean(0))


@claim(
    "at the start, a thousand samples give nearly the same gradient",
    says="from (0, 0) the gradient of 1,000 samples is within a fifth of the full one",
    at=dict(seed=1, centre=1),
    vary=dict(seed=SEEDS, centre=(0, 1, 2)),
)
def test_a_thousand_samples_do(seed, centre):
    """The largest of 50 relative errors, batches from 20,000 points."""
    G = singles(mse(*cloud(seed, 20_000, centre)), np.zeros(2))
    found = polls(G, 1000, np.random.default_rng(seed), 50) - G.mean(0)
    return np.linalg.norm(found, axis=1).max() < 0.2 * np.linalg.norm(G.mean(0))


@claim(
    "as near as 500 polls can tell",
    says="the mean of 500 estimates lies within three standard errors of the gradient",
    at=dict(seed=1, batch=50),
    vary=dict(seed=SEEDS, batch=(1, 50)),
    share=0.95,
)
def test_estimates_are_centred(seed, batch):
    """Both coordinates, 20,000 points about x = 1."""
    G = singles(mse(*cloud(seed, 20_000, 1)), np.zeros(2))
    found = polls(G, batch, np.random.default_rng(seed + 1))
    return np.abs(found.mean(0) - G.mean(0)) < 3 * found.std(0) / np.sqrt(500)


@claim(
    "about seven times narrower than that of 1, and √50 is 7.07",
    says="the spread of batches of 50 is 1/6 to 1/8.2 of that of single samples",
    at=dict(seed=1, centre=1),
    vary=dict(seed=SEEDS, centre=(0, 2)),
    share=0.9,
    slow=True,
)
def test_fifty_are_seven_times_narrower(seed, centre):
    """Standard deviations of 500 estimates, both coordinates."""
    G = singles(mse(*cloud(seed, 20_000, centre)), np.zeros(2))
    rng = np.random.default_rng(seed + 1)
    ratio = polls(G, 1, rng).std(0) / polls(G, 50, rng).std(0)
    return (ratio > 6) & (ratio < 8.2)


@claim(
    "the estimate is unbiased",
    says="over all batches of B out of N the mean is the gradient, the spread (5)",
    at=dict(seed=0, n=4, batch=2),
    vary=dict(seed=SEEDS, n=(4, 6, 7), batch=(1, 2, 3, 4)),
)
def test_all_batches_together_obey_4_and_5(seed, n, batch):
    """Every batch is counted; nothing is left to chance."""
    G = np.random.default_rng(seed).normal(size=(n, 2))
    means = np.array([G[list(hand)].mean(0) for hand in combinations(range(n), batch)])
    by_5 = G.std(0) / np.sqrt(batch) * np.sqrt((n - batch) / (n - 1))
    return np.allclose(means.mean(0), G.mean(0)) and np.allclose(means.std(0), by_5)


@claim(
    "both wrong, and their mean is right",
    says="equal hands that share out the data average to the full gradient, none is it",
    at=dict(seed=0, hands=2),
    vary=dict(seed=SEEDS, hands=(2, 5, 10)),
)
def test_the_hands_of_an_epoch_average_to_the_gradient(seed, hands):
    """At one θ; 20 points, dealt anew with each seed."""
    rng = np.random.default_rng(seed)
    G = rng.permutation(singles(mse(*cloud(seed, 20)), rng.normal(size=2)))
    means = G.reshape(hands, -1, 2).mean(1)
    right = np.allclose(means.mean(0), G.mean(0))
    return right and not np.isclose(means, G.mean(0)).all(1).any()


def ends(seed, lr):
    """The gaps of batches of 1, 50 and 500 after 2,000 samples, at one η."""
    gaps = []
    for batch in (1, 50, 500):
        job = dealt(cloud(seed), batch, seed + 4)
        run = descend(gradient_descent, job, steps=2000 // batch, keep="last", lr=lr)
        gaps.append(run.loss[-1] - job.lowest)
    return np.array(gaps)


@claim(
    "At η = 0.05 batch 50 has arrived",
    says="after 2,000 samples at η = 0.05 batch 50 is under 0.01, the full one over 1",
    at=dict(seed=0),
    vary=dict(seed=tuple(range(12))),
)
def test_at_a_middling_step_fifty_has_arrived(seed):
    """500 points, four epochs; a fifth of the start's gap of about 5 is 1."""
    _, fifty, full = ends(seed, 0.05)
    return fifty < 0.01 and full > 1


@claim(
    "batch 1 at η = 0.01, the full gradient at η = 0.4",
    says="at equal work the batch that ends lowest is 1 at η = 0.01 and 500 at η = 0.4",
    at=dict(seed=0),
    vary=dict(seed=tuple(range(12))),
    share=0.9,
)
def test_each_step_has_its_own_winner(seed):
    """The gaps after 2,000 samples, 500 points."""
    order = ends(seed, np.array([0.01, 0.4])).argmin(0)
    return order == (0, 2)


@claim(
    "Batch 1 was near the minimum first",
    says="at one η batch 1 is first under a gap of 0.1, in samples, then 50, then all",
    at=dict(seed=0, lr=np.array([0.05])),
    vary=dict(seed=SEEDS, lr=(np.array([0.02, 0.05, 0.1]),)),
)
def test_single_samples_get_near_first(seed, lr):
    """First time under 0.1, counted in samples; 500 points."""
    first = []
    for batch, steps in ((1, 500), (50, 70), (500, 150)):
        job = dealt(cloud(seed), batch, seed + 4)
        run = descend(gradient_descent, job, steps=steps, keep="last", tol=0.1, lr=lr)
        first.append(run.first_below(0.1) * batch)
    return (first[0] < first[1]) & (first[1] < first[2])


@claim(
    "3 to 5 times as wide",
    says="of 500 points at η = 0.1 the cloud of batch 5 is 3 to 5 times that of 50",
    at=dict(seed=0, lr=np.array([0.1])),
    vary=dict(seed=SEEDS, lr=(np.array([0.1, 0.2, 0.3]),)),
)
def test_a_tenth_of_the_batch_at_a_tenth(seed, lr):
    """Root mean square distance over 900 steps near the minimum."""
    few, many = (radius(dealt(cloud(seed), B, seed), lr, 1000, 100) for B in (5, 50))
    return (few / many > 3) & (few / many < 5)


@claim(
    "the answer moves towards 10",
    says="the same ratio grows as η falls from 0.1 to 0.003, to between 8 and 11",
    at=dict(seed=0),
    vary=dict(seed=SEEDS),
    slow=True,
)
def test_a_tenth_of_the_batch_at_small_steps(seed):
    """As before, at four η side by side, 10,000 steps."""
    lr = np.array([0.1, 0.03, 0.01, 0.003])
    few, many = (radius(dealt(cloud(seed), B, seed), lr, 9000, 1000) for B in (5, 50))
    ratio = few / many
    return (np.diff(ratio) > 0).all() and 8 < ratio[-1] < 11


@claim(
    "On average, not every time",
    says="from (0, 0) one sample's step lowers the whole error on average, not always",
    at=dict(seed=0, lr=0.05, centre=0),
    vary=dict(seed=SEEDS, lr=(0.01, 0.05, 0.1), centre=(0, 1)),
)
def test_one_sample_helps_on_average(seed, lr, centre):
    """All 500 single steps, the mean of their changes and how many rise."""
    job = mse(*cloud(seed, centre=centre))
    change = job(-lr * singles(job, np.zeros(2)).T) - job(np.zeros(2))
    return change.mean() < 0 < np.mean(change > 0) < 0.5


@claim(
    "nothing to gain, and the average goes up",
    says="at the minimum a step on one sample raises the whole error on average",
    at=dict(seed=0, lr=0.05),
    vary=dict(seed=SEEDS, lr=(0.001, 0.05, 0.4)),
)
def test_at_the_minimum_one_sample_harms(seed, lr):
    """All 500 single steps from the minimum."""
    job = mse(*cloud(seed))
    star = np.array(job.minima[0])
    return job(star[:, None] - lr * singles(job, star).T).mean() > job.lowest


@claim(
    "a hundred times the samples leave a tenth of the noise",
    says="of 50,000 points, a hundredfold batch has 1/8.5 to 1/11.7 of the noise",
    at=dict(seed=0, few=1),
    vary=dict(seed=SEEDS, few=(1, 2)),
    share=0.9,
    slow=True,
)
def test_a_hundredfold_batch_has_a_tenth_of_the_noise(seed, few):
    """The spread of 200 estimates, both coordinates together."""
    G = singles(mse(*cloud(seed, 50_000, 1)), np.zeros(2))
    rng = np.random.default_rng(seed + 1)
    small, large = (polls(G, B, rng, 200).var(0).sum() for B in (few, 100 * few))
    return 8.5 < np.sqrt(small / large) < 11.7


@claim(
    "half of them leave 0.7 of what 1/√B says",
    says="batches of half the data have 0.65 to 0.77 of the noise that 1/√B gives",
    at=dict(seed=0, n=500),
    vary=dict(seed=SEEDS, n=(100, 500)),
    share=0.9,
)
def test_half_the_data_gain_the_root_of_a_half(seed, n):
    """The spread of 500 estimates over σ/√B."""
    G = singles(mse(*cloud(seed, n)), np.zeros(2))
    found = polls(G, n // 2, np.random.default_rng(seed))
    ratio = np.sqrt(found.var(0).sum() / G.var(0).sum() * (n // 2))
    return 0.65 < ratio < 0.77


@claim(
    "with a constant η a noisy run never comes to rest",
    says="at a constant η the mean gap of the last third is that of the one before",
    at=dict(seed=0, steps=600),
    vary=dict(seed=SEEDS, steps=(600, 1200)),
)
def test_a_constant_step_has_a_floor(seed, steps):
    """Batches of 50 of 500 points, η from 0.05 to 0.4, to a factor of two."""
    lr = np.array([0.05, 0.1, 0.2, 0.4])
    path = descend(gradient_descent, dealt(cloud(seed), 50, seed), steps=steps, lr=lr)
    third = steps // 3
    before, last = path.gap[third:-third].mean(0), path.gap[-third:].mean(0)
    return (last > before / 2) & (last < 2 * before)


@claim(
    "each single gradient would be 0 there, and there would be no ball",
    says="on points without noise every batch size arrives at a constant η",
    at=dict(seed=0, batch=1),
    vary=dict(seed=SEEDS, batch=(1, 5, 50)),
)
def test_without_noise_there_is_no_ball(seed, batch):
    """The gap after 700 updates, η = 0.02 to 0.1, under 1e-8."""
    job = dealt(cloud(seed, noise=0.0), batch, seed)
    lr = np.array([0.02, 0.05, 0.1])
    run = descend(gradient_descent, job, steps=700, keep="last", lr=lr)
    return run.loss[-1] - job.lowest < 1e-8


@claim(
    "the smaller η, the smaller the ball",
    says="the noise ball shrinks with every halving of η from 0.4 to 0.0125",
    at=dict(seed=0, batch=50),
    vary=dict(seed=SEEDS, batch=(5, 50)),
)
def test_smaller_steps_have_a_smaller_ball(seed, batch):
    """Root mean square distance over 800 steps near the minimum."""
    lr = 0.4 / 2 ** np.arange(6)
    found = radius(dealt(cloud(seed), batch, seed), lr, 900, 100)
    return np.diff(found) < 0


DECAYS = np.array([0.02, 0.05, 0.1, 1.0, 2.0, 3.0, 5.0, 10.0])


@cache
def decayed(seed):
    """Mean gaps around updates 200 and 2,000 of η = c/(10 + t), batches of 50."""
    job, start = dealt(cloud(seed, 20_000), 50, seed), np.zeros((2, len(DECAYS)))
    path = descend(gradient_descent, job, start, 2500, lr=lambda t: DECAYS / (10 + t))
    return path.gap[150:250].mean(0), path.gap[1500:].mean(0)


@claim(
    "With c = 1 and c = 3 the gap keeps falling",
    says="with η = c/(10 + t), c from 1 to 10, tenfold updates halve the gap or better",
    at=dict(seed=0, slowest=1),
    vary=dict(seed=SEEDS),
    slow=True,
)
def test_decaying_steps_have_no_floor(seed, slowest):
    """Mean gaps around updates 200 and 2,000, batches of 50 of 20,000 points."""
    early, late = decayed(seed)
    return (late < early / 2)[slowest <= DECAYS]


@claim(
    "With c = 0.1 the run is still on its way",
    says="with c = 0.1 or less more than a fifth of the gap outlives tenfold updates",
    at=dict(seed=0, fastest=0.1),
    vary=dict(seed=SEEDS),
    slow=True,
)
def test_steps_that_decay_too_fast_crawl(seed, fastest):
    """The same gaps, and the late one above that of a constant η = 0.03."""
    early, late = decayed(seed)
    return ((late > early / 5) & (late > 0.01))[fastest >= DECAYS]


@claim(
    "c is above 1/(2λ) = 0.25",
    says="without noise the gap falls as t to the power -2cλ, λ = 2",
    at=dict(c=0.1),
    vary=dict(c=(0.05, 0.1, 0.25, 0.5, 1.0)),
)
def test_without_noise_the_distance_falls_as_a_power(c):
    """The slope of log gap against log t between updates 1,000 and 4,000."""
    job = Objective(
        lambda x: (x**2).sum(0),
        lambda x: 2 * x,
        1,
        minima=((0.0,),),
        start=(1.0,),
        batches=True,
    )
    gap = descend(gradient_descent, job, steps=4000, lr=lambda t: c / (10 + t)).gap
    slope = np.log(gap[4000] / gap[1000]) / np.log(4)
    return abs(slope / (-4 * c) - 1) < 0.02


@claim(
    "Dealt hands cancel, so the table falls faster",
    says="at c = 1 and 3 tenfold updates divide the gap by 5 to 13 if batches are "
    "drawn anew, by over 13 if 400 hands are dealt an epoch",
    at=dict(seed=7),
    vary=dict(seed=SEEDS[:5]),
    share=0.9,
    slow=True,
)
def test_dealt_hands_fall_faster_than_1_over_t(seed):
    """Mean gaps around updates 1,000 and 10,000, the drawn ones over 20 runs."""
    xy, c, falls = cloud(seed, 20_000), np.array([1.0, 3.0]), []
    for job, runs in ((drawn(xy, 50, seed, (20,)), 20), (dealt(xy, 50, seed), 1)):
        start = np.zeros((2, runs, 2))
        run = descend(gradient_descent, job, start, 15_000, lr=lambda t: c / (10 + t))
        gap = run.gap.mean(1)
        falls.append(gap[500:1500].mean(0) / gap[5000:].mean(0))
    drawn_anew, hands = falls
    return (drawn_anew > 5) & (drawn_anew < 13) & (hands > 13)


@claim(
    "The 100,000, with 2,000 hands an epoch, follow (6)",
    says="with epochs of 400 hands or more the ball has the radius of (6) to 10 %",
    at=dict(seed=0, batch=50),
    vary=dict(seed=SEEDS, batch=(50, 100)),
    slow=True,
)
def test_long_epochs_follow_6(seed, batch):
    """η = 0.3, 0.1 and 0.03 side by side, 10,000 steps from the minimum on."""
    lr, job = np.array([0.3, 0.1, 0.03]), dealt(cloud(seed, 40_000), batch, seed)
    s2 = singles(job, np.array(job.minima[0])).var(0).sum() / batch
    by_6 = np.sqrt(lr * s2 / (2 * (2 - 2 * lr)))
    return np.abs(radius(job, lr, 11_000, 1000) / by_6 - 1) < 0.1


@claim(
    "on (7) at the bottom",
    says="where ηλn is 0.2 or less the ball of dealt hands is that of (7), to 8 %",
    at=dict(seed=0, batch=50),
    vary=dict(seed=SEEDS, batch=(50, 100)),
)
def test_short_epochs_follow_7(seed, batch):
    """ηλn from 0.05 to 0.2, 500 points, 100 epochs from the minimum on."""
    job = dealt(cloud(seed), batch, seed)
    n = 500 // batch
    lr = np.array([0.2, 0.1, 0.05]) / (2 * n)
    s2 = singles(job, np.array(job.minima[0])).var(0).sum()
    by_7 = lr * np.sqrt(500 * s2 / 6) / batch
    return np.abs(radius(job, lr, 120 * n, 20 * n) / by_7 - 1) < 0.08


@claim(
    "The two cross where ηλn = 3",
    says="for small ηλ (6) and (7) agree at ηλn = 3, where the ball is below both",
    at=dict(batch=5, seed=0),
    vary=dict(batch=(5, 10, 25), seed=SEEDS),
    slow=True,
)
def test_the_laws_cross(batch, seed):
    """The two formulas at that η to 10 %, and the measured radius of 500 points."""
    job = dealt(cloud(seed), batch, seed)
    lr = 3 / (2 * 500 / batch)
    s2 = singles(job, np.array(job.minima[0])).var(0).sum()
    by_6 = np.sqrt(lr * s2 / batch / (2 * (2 - 2 * lr)))
    by_7 = lr * np.sqrt(500 * s2 / 6) / batch
    found = radius(job, lr, 30_000, 1000)
    return abs(by_6 / by_7 - 1) < 0.1 and 0.6 * by_6 < found < by_6


@claim(
    "Shuffle, and deal without replacement",
    says="up to η = 0.3 the ball of dealt hands is no larger than that of drawn ones",
    at=dict(seed=0, batch=50),
    vary=dict(seed=SEEDS, batch=(5, 50)),
    slow=True,
)
def test_dealing_is_no_worse_than_drawing(seed, batch):
    """Radii at η = 0.03, 0.1 and 0.3, 1,500 steps, to 10 %."""
    lr, xy = np.array([0.03, 0.1, 0.3]), cloud(seed)
    job = drawn(xy, batch, seed)
    return radius(dealt(xy, batch, seed), lr, 1500, 200) < 1.1 * radius(
        job, lr, 1500, 200
    )


def whole(job):
    """The full gradient from the matrix of second derivatives: no point is read."""
    H, star = 2 * job.X.T @ job.X / len(job.y), np.array(job.minima[0])[:, None]
    return Objective(
        job.value, lambda x: H @ (x - star), 2, minima=job.minima, batches=True
    )


@cache
def race(centre, goal, shift, batch, steps, halvings=11):
    """Updates until the gap stays under the goal, at the best η, of 10 deals."""
    xy = cloud(1, 100_000, centre)
    grid = 0.64 * shift / 2 ** np.arange(halvings)
    shape = (10,) if batch else ()
    job = drawn(xy, batch, 3, shape) if batch else whole(mse(*xy))
    start = np.zeros((2, *shape, 1))
    how = dict(steps=steps, keep="last", tol=goal, lr=grid)
    settled = descend(gradient_descent, job, start, **how).settling_time(goal)
    return np.nan_to_num(settled, nan=np.inf).min(-1)


@claim(
    "SGD is done before the full method has taken its first step",
    says="to a gap of 0.01 or 0.1 single samples need fewer than 10,000 of a million",
    at=dict(centre=1, goal=0.01, shift=1),
    vary=dict(centre=(0, 1), goal=(0.1, 0.01), shift=(1, 0.71)),
    slow=True,
)
def test_single_samples_save_samples(centre, goal, shift):
    """Ten deals, each at its best η of eleven."""
    return race(centre, goal, shift, 1, 10_000) < 10_000


@claim(
    "no batch saves more than a step or two on the full gradient",
    says="in updates the full gradient is first, to two updates, and SGD by far last",
    at=dict(centre=1, goal=0.01, shift=1),
    vary=dict(centre=(0, 1), goal=(0.1, 0.01), shift=(1, 0.71)),
    slow=True,
)
def test_the_full_gradient_saves_updates(centre, goal, shift):
    """Batches of 1, 50 and 1,000, ten deals each, at their best η of eleven."""
    full = race(centre, goal, shift, None, 400)
    one, fifty, thousand = (
        race(centre, goal, shift, batch, steps)
        for batch, steps in ((1, 10_000), (50, 1000), (1000, 100))
    )
    fine = [full <= updates.min() + 2 for updates in (one, fifty, thousand)]
    return all(fine) and one.min() > 5 * np.median(fifty)


@claim(
    "50 needs 0.7 to three times SGD's samples, 1,000 up to twice the full method's",
    says="50 needs 0.65 to 3.1 times SGD's samples, 1,000 up to twice the full one's "
    "updates",
    at=dict(centre=1, goal=0.01, shift=1, watch=5),
    vary=dict(centre=(0, 1), goal=(0.1, 0.01), shift=(1, 0.71), watch=(0.6, 1, 5)),
    slow=True,
)
def test_the_sizes_between_are_near_both(centre, goal, shift, watch):
    """Medians of ten deals, each at its best η of eleven; short and long watches."""
    one, fifty, thousand = (
        np.median(race(centre, goal, shift, batch, int(watch * steps)))
        for batch, steps in ((1, 10_000), (50, 1000), (1000, 200))
    )
    full = race(centre, goal, shift, None, 400)
    return 0.65 < 50 * fifty / one < 3.1 and thousand <= 2 * full


@claim(
    "inside the noise ball each digit costs about ten times the samples",
    says="from 0.01 to 0.001 batches of 50 need 8 to 25 times the samples, SGD 0.5 to "
    "2 times what they need, all points up to 6 updates more",
    at=dict(centre=1, shift=1),
    vary=dict(centre=(0, 1), shift=(1, 0.71)),
    slow=True,
)
def test_strict_goals_turn_the_verdict(centre, shift):
    """Medians of ten deals of batches of 50, each at its best η of eleven."""
    loose, strict = (np.median(race(centre, g, shift, 50, 6000)) for g in (0.01, 0.001))
    fewer, more = (race(centre, g, shift, None, 400) for g in (0.01, 0.001))
    one = np.median(race(centre, 0.001, shift, 1, 100_000, halvings=14))
    return 8 < strict / loose < 25 and more - fewer <= 6 and 25 < one / strict < 100


@claim(
    "Fifty samples take nowhere near fifty times as long as one",
    says="a gradient from 50 samples takes less than four times as long as from one",
    at=dict(n=500),
    vary=dict(n=(500, 5000, 50_000)),
)
def test_a_call_has_a_fixed_cost(n):
    """The fastest of 7 times 100 calls, dealing included."""
    theta, took = np.zeros(2), []
    for batch in (1, 50):
        grad = dealt(cloud(0, n), batch, 0).grad
        took.append(min(repeat(lambda grad=grad: grad(theta), number=100, repeat=7)))
    return took[1] < 4 * took[0]


@claim(
    "Any size from 0 to 499 is equally likely",
    says="the first of five row numbers of 500 falls evenly over 0 to 499",
    at=dict(seed=0),
    vary=dict(seed=SEEDS),
)
def test_the_recipe_draws_any_size(seed):
    """The chapter's random.sample, 3,000 times: ten bins, each to 25 %."""
    rng = random.Random(seed)
    sizes = [rng.sample(range(500), 5)[0] for _ in range(3000)]
    counts = np.histogram(sizes, bins=10, range=(0, 500))[0]
    return np.abs(counts / 300 - 1).max() < 0.25


def walk(seed, batch, lr):
    """Way walked over way gained in 60 steps, and the gap at the end."""
    job = dealt(cloud(seed, centre=2), batch, seed + 13)
    path = descend(gradient_descent, job, steps=60, lr=lr)
    walked = np.linalg.norm(np.diff(path.theta, axis=0), axis=1).sum()
    return walked / np.linalg.norm(path.theta[-1]), path.gap[-1]


@claim(
    "At η = 0.15 most of the walking is to and fro; noise adds to it",
    says="about x = 2 at η = 0.15 sixty steps walk over 2.5 times the way they gain",
    at=dict(seed=0, lr=0.15),
    vary=dict(seed=SEEDS, lr=(0.145, 0.15, 0.155)),
    share=0.9,
)
def test_sideways_points_make_it_zig_zag(seed, lr):
    """The full gradient, and batches of 10, which walk further still."""
    full, few = walk(seed, 500, lr)[0], walk(seed, 10, lr)[0]
    return 2.5 < full < few


@claim(
    "Half the step stops the zig-zag and is far behind along the floor",
    says="half of η = 0.15 walks at most 1.5 times the way gained, at 5 times the gap",
    at=dict(seed=0),
    vary=dict(seed=tuple(range(20))),
    share=0.9,
)
def test_half_the_step_creeps(seed):
    """The full gradient, 60 steps each."""
    (_, far), (straight, behind) = (walk(seed, 500, lr) for lr in (0.15, 0.075))
    return straight < 1.5 and behind > 5 * far


@claim(
    "a run to gaps over 100 times those of shuffled ones",
    says="at η = 0.3 or more, batches of 5 or fewer: sorted by x the worst gap is over "
    "100 times that of shuffled points; at η = 0.1 it is under 30 times",
    at=dict(seed=0, batch=5, lr=0.3),
    vary=dict(seed=SEEDS, batch=(2, 5), lr=(0.1, 0.3)),
    slow=True,
)
def test_sorted_points_are_too_steep(seed, batch, lr):
    """The largest gap of updates 100 to 600, from (0, 0), 500 points."""
    x, y = cloud(seed)
    order, job = np.argsort(x), mse(x, y)
    X, hands = job.X[order].reshape(-1, batch, 2), y[order].reshape(-1, batch)
    turn = cycle(zip(X, hands, strict=True))

    def grad(theta):
        rows, values = next(turn)
        return 2 / batch * rows.T @ (rows @ theta - values)

    by_x = Objective(
        job.value, grad, 2, minima=job.minima, start=(0.0, 0.0), batches=True
    )
    worst = [
        np.nanmax(descend(gradient_descent, run, (0.0, 0.0), 600, lr=lr).gap[100:])
        for run in (by_x, dealt((x, y), batch, seed))
    ]
    ratio = worst[0] / worst[1]
    return ratio > 100 if lr >= 0.3 else ratio < 30
