"""Claims of notebook 18, scaling out: chunks, costs, batches, meetings, stragglers."""

from functools import cache

import numpy as np
from sklearn.datasets import load_digits

from gdlib import (
    METHODS,
    ROSENBROCK,
    Objective,
    descend,
    gradient_descent,
    line_data,
    mse,
    network,
)
from gdlib.training import dealt, parted
from tests.claims.claim import claim

GRID = 2.0 ** np.arange(-4, 2.1, 0.5)


def chunks(seed, sizes):
    """Points of a line, a chunk for each size."""
    rng = np.random.default_rng(seed)
    return [line_data(rng, n) for n in sizes]


def sums(chunk, theta):
    """The notebook's four sums of one chunk, written anew, without blocks."""
    x, y = chunk
    e = theta[0] * x + theta[1] - y
    return np.array([len(x), (e**2).sum(), (2 * e * x).sum(), 2 * e.sum()])


def pooled(parts, order=None):
    """J of all chunks, added up in an order."""
    order = range(len(parts)) if order is None else order

    def means(theta):
        total = sum(sums(parts[k], theta) for k in order)
        return total[1:] / total[0]

    return Objective(lambda at: means(at)[0], lambda at: means(at)[1:], dim=2)


@claim(
    "with unequal chunks, plain means lead **to another place**",
    says="the minimum of the mean of chunk means is the mean of all numbers if the "
    "chunks are equal in size, and another place if they are not",
    at=dict(sizes=(2, 3), seed=0),
    vary=dict(sizes=((2, 3), (1, 50), (10, 11, 40)), seed=range(10)),
)
def test_means_of_means(sizes, seed):
    """Random numbers in chunks; both minima, for these sizes and for equal ones."""
    y = np.random.default_rng(seed).standard_normal(sum(sizes) * len(sizes))

    def apart(ends):
        parts = np.split(y[: ends[-1]], ends[:-1])
        return abs(np.mean([part.mean() for part in parts]) - y[: ends[-1]].mean())

    equal = np.arange(1, len(sizes) + 1) * sum(sizes)
    return apart(equal) < 1e-12 and apart(np.cumsum(sizes)) > 1e-9  # rounding is 1e-16


@claim(
    "so `descend` and the methods run on it **unchanged**",
    says="ten steps of any of the ten methods on sums of chunks follow the path of one "
    "machine to 1e-12, whatever the sizes of the chunks",
    at=dict(name="adam", seed=1, sizes=(1_000, 40_000, 200_000)),
    vary=dict(
        name=tuple(METHODS), seed=(1, 2, 3), sizes=((7, 900, 50), (400,), (9,) * 40)
    ),
)
def test_same_paths(name, seed, sizes):
    """Largest difference of two paths, relative to their largest coordinate."""
    parts = chunks(seed, sizes)
    jobs = mse(*np.concatenate(parts, axis=1)), pooled(parts)
    one, two = (descend(METHODS[name], job, (0, 0), 10).theta for job in jobs)
    return np.abs(two - one).max() < 1e-12 * np.abs(one).max()


@claim(
    "sums in another order round differently",
    says="of ten orders in which forty chunks are added some differ in the last bits, "
    "none by more than 1e-12 of the gradient",
    at=dict(seed=0),
    vary=dict(seed=range(1, 20)),
)
def test_order_rounds_differently(seed):
    """The gradient at (1, 1) for ten random orders of the chunks."""
    parts, rng = chunks(seed, (500,) * 40), np.random.default_rng(seed)
    found = [pooled(parts, rng.permutation(40)).grad(np.ones(2)) for _ in range(10)]
    spread = np.ptp(found, axis=0)
    return spread.max() > 0 and (spread < 1e-12 * np.abs(found[0])).all()


@claim(
    "m and b are known to about 0.5/√20,000,000 = 0.0001",
    says="over many data sets of N points the fitted m and b scatter with standard "
    "deviation 0.5/√N, to a fifth",
    at=dict(N=2_000, first=0),
    vary=dict(N=(500, 2_000, 8_000), first=(0, 1000)),
)
def test_how_well_they_are_known(N, first):
    """Least squares on 300 sets of other seeds."""
    fits = [
        np.polyfit(*line_data(np.random.default_rng([first, k]), N), 1)
        for k in range(300)
    ]
    return np.all(np.abs(np.std(fits, axis=0) / (0.5 / np.sqrt(N)) - 1) < 0.2)


# What a step costs.


@claim(
    "Beyond it every further worker makes the step slower",
    says="cN/P + ℓP grows with every whole P from √(cN/ℓ) on, and falls before it",
    at=dict(work=6.4, turn=1.6e-3),
    vary=dict(work=(0.01, 0.3, 6.4, 500), turn=(1e-5, 1.6e-3, 0.05)),
)
def test_every_further_worker(work, turn):
    """Differences of (3) from one whole number to the next on either side."""
    P = np.arange(1, 20_000)
    t, best = work / P + turn * P, np.sqrt(work / turn)
    after, before = t[best <= P], t[best >= P]
    return (np.diff(after) > 0).all() and (np.diff(before) < 0).all()


@claim(
    "you wait for messages as long as for work",
    says="at the P that is best on a fine grid, cN/P and ℓP are equal, to the grid",
    at=dict(work=6.4, turn=1.6e-3),
    vary=dict(work=(0.3, 6.4, 500), turn=(1e-4, 1.6e-3, 0.05)),
)
def test_half_is_communication(work, turn):
    """The lowest point of (3), found by trying."""
    P = np.geomspace(1, 1e5, 200_001)
    best = P[(work / P + turn * P).argmin()]
    return np.isclose(work / best, turn * best, rtol=1e-3)


@claim(
    "A hundred times the points want ten times the workers, and their step takes ten "
    "times as long",
    says="with a hundred times N the best P and the least cN/P + ℓP are ten times as "
    "large, found by trying",
    at=dict(work=6.4, turn=1.6e-3),
    vary=dict(work=(0.3, 6.4, 50), turn=(1e-4, 1.6e-3, 0.01)),
)
def test_the_root_of_N(work, turn):
    """The lowest points of (3) for N and 100 N on a fine grid."""
    P = np.geomspace(1, 1e6, 200_001)
    few, many = (k * work / P + turn * P for k in (1, 100))
    grown = P[many.argmin()] / P[few.argmin()], many.min() / few.min()
    return np.allclose(grown, 10, rtol=1e-3)


@claim(
    "In pairs the valley is lower, and wide",
    says="if 4 workers or more are best in turn, the step is faster in pairs, and more "
    "numbers of workers (in factors) come within twice the least time",
    at=dict(work=6.4, turn=1.6e-3),
    vary=dict(work=(0.1, 6.4, 50, 5000), turn=(1e-4, 1.6e-3, 5e-3)),
)
def test_in_pairs(work, turn):
    """Both curves over P, even in factors, from 1 to beyond both edges of each."""
    P = np.geomspace(1, 1e20, 40_001)
    hub, pairs = work / P + turn * P, work / P + turn * np.log2(P)
    wide = [(t < 2 * t.min()).sum() for t in (hub, pairs)]
    return pairs.min() < hub.min() and wide[1] > wide[0]


@claim(
    "In turn 302 workers are best, by (4)",
    says="the whole number of workers that is best in turn is √(cN/ℓ) to within one; "
    "for a million points and parameters, 302",
    at=dict(factor=1.0),
    vary=dict(factor=(0.3, 0.8, 1.25, 3)),
)
def test_best_on_paper(factor):
    """Every number of workers from 1 to 10,000 tried, with more or fewer points."""
    P, work, turn = np.arange(1, 10_001), factor * 1.6e3, 1.6e-3 + 16e6 / 1e9
    best = P[(work / P + turn * P).argmin()]
    return abs(best - np.sqrt(work / turn)) < 1 and (factor != 1 or best == 302)


@claim(
    "10,000 take about as long as 10. In pairs 10,000 still help, but more than half "
    "of their step is messages",
    says="for a million parameters and a million points, to a tenth, 10,000 workers in "
    "turn take as long as 10 to a quarter; in pairs they are faster than 1,000, and "
    "messages take more than half of their step",
    at=dict(factor=1.0),
    vary=dict(factor=(0.9, 0.95, 1.05, 1.1)),
)
def test_ten_thousand_on_paper(factor):
    """The two formulas, with a tenth fewer to a tenth more points."""
    work, turn = factor * 1.6e3, 1.6e-3 + 16e6 / 1e9
    hub, pairs = (
        {P: work / P + turn * turns(P) for P in (10, 1000, 10_000)}
        for turns in (float, np.log2)
    )
    alike = abs(np.log(hub[10_000] / hub[10])) < np.log(1.25)
    return alike and work / 1e4 < pairs[10_000] / 2 and pairs[10_000] < pairs[1000]


@claim(
    "a single dark cell among light ones is luck",
    says="of Adam's runs of 280 to 350 steps at η from 4 to 10 that end below 0.001, "
    "six in seven end ten times as high if η moves by a hundredth or less; at η near 1 "
    "and β₁ near 0.88 all stay below 0.1",
    at=dict(steps=300, nudge=1.01),
    vary=dict(steps=(280, 300, 350), nudge=(0.99, 1.005, 1.01)),
)
def test_luck(steps, nudge):
    """The sweep's columns on either ground, and each of them with another η."""

    def ends(lrs, betas):
        return [
            descend(
                METHODS["adam"],
                ROSENBROCK,
                steps=steps,
                keep="last",
                lr=lr[:, None],
                beta1=betas,
            ).loss[0]
            for lr in (lrs, nudge * lrs)
        ]

    far, moved = ends(np.geomspace(4, 10, 12), np.linspace(0, 0.99, 100))
    wide = ends(np.geomspace(0.9, 1.25, 6), np.linspace(0.86, 0.9, 6))
    lucky = far < 1e-3
    worse = np.mean(moved[lucky] > 10 * far[lucky])
    return worse > 6 / 7 and np.max(wide) < 0.1


# Larger batches.


@cache
def digits():
    """The network of notebook 14."""
    X, y = load_digits(return_X_y=True)
    return network(*parted(X / 16, y, known=1200)[0])


@cache
def losses(batch, seeds):
    """Training loss after eight epochs: (seeds, η of GRID)."""
    found, steps = [], 8 * -(-1200 // batch)
    for seed in seeds:
        row = []
        for lrs in np.split(GRID, range(4, len(GRID), 4)):
            job, start = dealt(digits(), seed, batch=batch)
            at = np.repeat(start[:, None], len(lrs), axis=1)
            end = descend(gradient_descent, job, at, steps, keep="last", lr=lrs)
            row.extend(np.nan_to_num(end.loss[-1], nan=np.inf))
        found.append(row)
    return np.array(found)


def median(batch, lr, seeds):
    """The median loss over seeds at the η of GRID next to this one."""
    return np.median(losses(batch, seeds), axis=0)[np.abs(GRID / lr - 1).argmin()]


TUNING, OTHERS = tuple(range(100, 108)), (tuple(range(5)), tuple(range(20, 25)))
GUESSING = np.log(10)


@claim(
    "on a grid its worst of eight seeds is the lowest. (Its median is lowest at 0.7.)",
    says="for batches of 8, of the η in steps of √2 from 1/16 to 4, 0.125 has the "
    "lowest worst loss of seeds 100 to 107 and 0.7 the lowest median",
    at=dict(seeds=TUNING),
    vary=dict(seeds=(TUNING, TUNING[::-1])),
    slow=True,
)
def test_base(seeds):
    """Eight epochs of gradient descent for every η of the grid."""
    J = losses(8, seeds)
    worst, middle = GRID[J.max(axis=0).argmin()], GRID[np.median(J, axis=0).argmin()]
    return worst == 0.125 and np.isclose(middle, 0.5**0.5)


@claim(
    "The own best η has the lowest median on eight other seeds",
    says="the η in the last column have the lowest median loss of seeds 100 to 107 on "
    "the grid",
    at=dict(batch=32),
    vary=dict(batch=(8, 32, 64, 128, 1200)),
    slow=True,
)
def test_own_best(batch):
    """The best of the grid by the median."""
    own = {8: 0.7, 32: 1.0, 64: 1.4, 128: 1.4, 1200: 1.0}[batch]
    found = GRID[np.median(losses(batch, TUNING), axis=0).argmin()]
    return round(found, 1) == own


@claim(
    "The linear rule keeps the loss of B = 8 almost as it was up to k = 8. At k = 16, "
    "where it asks for η = 2, it ends worse than guessing",
    says="from B = 8 at η = 0.125 the linear rule keeps the median loss to a quarter "
    "for k = 2, 4 and 8, and at k = 16 and 32 it is worse than guessing",
    at=dict(seeds=OTHERS[0]),
    vary=dict(seeds=OTHERS),
    slow=True,
)
def test_linear_rule(seeds):
    """Medians of five seeds."""
    base = median(8, 0.125, seeds)
    held = [median(8 * k, 0.125 * k, seeds) / base for k in (2, 4, 8)]
    apart = [median(8 * k, 0.125 * k, seeds) for k in (16, 32)]
    return np.all(np.abs(np.log(held)) < np.log(1.25)) and min(apart) > GUESSING


@claim(
    "√k survives that, but falls ever further behind on the way",
    says="with √k η the median loss grows from k = 1 over 4 and 8 to 16 and stays "
    "better than guessing",
    at=dict(seeds=OTHERS[0]),
    vary=dict(seeds=OTHERS),
    slow=True,
)
def test_root_rule(seeds):
    """Medians of five seeds; √8 is a step of the grid, too."""
    J = [median(8 * k, 0.125 * k**0.5, seeds) for k in (1, 4, 8, 16)]
    return (np.diff(J) > 0).all() and J[-1] < GUESSING


@claim(
    "After eight epochs the *wall*, the η beyond which runs end worse than guessing, "
    "stands between 1.4 and 2 for every batch from 32 to 256",
    says="for batches from 32 to 256 the median loss is better than guessing at "
    "η = 1.4 and worse at η = 2",
    at=dict(batch=32, seeds=OTHERS[0]),
    vary=dict(batch=(32, 64, 128, 256), seeds=OTHERS),
    slow=True,
)
def test_wall(batch, seeds):
    """Medians of five seeds after eight epochs."""
    return median(batch, 2**0.5, seeds) < GUESSING < median(batch, 2, seeds)


@claim(
    "At η = 2 the loss shoots up early and comes back late: after forty epochs the "
    "wall stands between 2 and 2.8 for batches from 64 to 256",
    says="for batches from 64 to 256 the median loss at η = 2 is above twice that of "
    "guessing after four epochs and better than guessing after forty, and at η = 2.8 "
    "worse",
    at=dict(batch=64, seeds=OTHERS[0]),
    vary=dict(batch=(64, 128, 256), seeds=(*OTHERS, tuple(range(30, 35)))),
    slow=True,
)
def test_wall_later(batch, seeds):
    """Medians of five seeds, looked at after four epochs and after forty."""
    found, epoch = [], -(-1200 // batch)
    for seed in seeds:
        job, start = dealt(digits(), seed, batch=batch)
        at, lrs = np.repeat(start[:, None], 2, axis=1), np.array([2, 2 * 2**0.5])
        run = dict(keep="last", lr=lrs)
        early = descend(gradient_descent, job, at, 4 * epoch, **run)
        late = descend(gradient_descent, job, early, 36 * epoch, **run)
        found.append([early.loss[-1], late.loss[-1]])
    early, late = np.median(found, axis=0)
    return early[0] > 2 * GUESSING and late[0] < GUESSING < late[1]


@claim(
    "Letting η grow over the first four epochs (*warm-up*; Goyal and others) saves "
    "most runs at B = 128 and η = 2, none at B = 256 and η = 4",
    says="with η growing evenly from 0.125 over the first four of eight epochs, seven "
    "in ten of twenty runs or more end better than guessing at B = 128 and η = 2 (two "
    "in five or fewer without), and none at B = 256 and η = 4",
    at=dict(first=0),
    vary=dict(first=(0, 20, 40)),
    slow=True,
)
def test_warm_up(first):
    """Twenty seeds from the first on; the last losses."""

    def saved(batch, lr, epochs):
        steps, found = 8 * -(-1200 // batch), []
        warm = epochs * -(-1200 // batch)

        def grown(t):
            return 0.125 + (lr - 0.125) * (min(1, (t - 1) / warm) if warm else 1)

        for seed in range(first, first + 20):
            job, at = dealt(digits(), seed, batch=batch)
            end = descend(gradient_descent, job, at, steps, keep="last", lr=grown)
            found.append(np.ravel(end.loss[-1])[0] < GUESSING)
        return np.mean(found)

    with_it, without = saved(128, 2, 4), saved(128, 2, 0)
    return with_it >= 0.7 and without <= 0.4 and saved(256, 4, 4) == 0


@claim(
    "The linear rule works at most up to k = wall/η",
    says="from B = 8 at η = 0.125, 0.25, 0.35 or 0.7, the first doubling with kη of 2 "
    "or more ends worse than guessing after eight epochs",
    at=dict(lr=0.125, seeds=OTHERS[0]),
    vary=dict(lr=2.0 ** np.array([-3, -2, -1.5, -0.5]), seeds=OTHERS),
    slow=True,
)
def test_at_most_up_to_the_wall(lr, seeds):
    """Medians of five seeds after eight epochs."""
    k = next(2**n for n in range(8) if lr * 2**n > 2 - 1e-9)
    return median(8 * k, k * lr, seeds) > GUESSING


@claim(
    "as for all 1,200 after 160",
    says="with full batches the median loss after 120 to 240 steps is better than "
    "guessing at η = 2 and worse at η = 2.8",
    at=dict(steps=160, seeds=OTHERS[0]),
    vary=dict(steps=(120, 160, 240), seeds=OTHERS),
    slow=True,
)
def test_wall_of_full_batches(steps, seeds):
    """Medians of five seeds."""
    found = []
    for seed in seeds:
        job, start = dealt(digits(), seed, batch=1200)
        at, lrs = np.repeat(start[:, None], 2, axis=1), np.array([2, 2 * 2**0.5])
        end = descend(gradient_descent, job, at, steps, keep="last", lr=lrs)
        found.append(end.loss[-1])
    near, far = np.median(found, axis=0)
    return near < GUESSING < far


@claim(
    "With one step an epoch no η makes up for the missing steps",
    says="with batches of 1,200 the best median loss of the grid is more than five "
    "times that of batches of 8 at η = 0.125",
    at=dict(seeds=OTHERS[0]),
    vary=dict(seeds=OTHERS),
    slow=True,
)
def test_too_few_steps(seeds):
    """Medians of five seeds after eight epochs."""
    best = np.median(losses(1200, seeds), axis=0).min()
    return best > 5 * median(8, 0.125, seeds)


# Meeting less often.


def rest(a, c, lr, H):
    """Where rounds of local steps end, by walking, and how many rounds that takes."""
    r, path = (1 - lr * a) ** H, [0.0]
    pull, left = ((1 - r) * c).mean(), r.mean()
    while len(path) < 3 or abs(path[-1] - path[-2]) > 1e-15:
        path.append(pull + left * path[-1])
    return path[-1], int(np.argmax(np.abs(np.array(path) - path[-1]) < 1e-3))


@claim(
    "the end moves from the minimum of the sum, 0.9, to the plain mean of the workers' "
    "own minima, 0.5",
    says="with H from 1 to 1,000 the end moves steadily from the minimum of the sum to "
    "the mean of the minima, for two workers and steps that do not overshoot",
    at=dict(a=(1, 9), lr=0.1),
    vary=dict(a=((1, 9), (0.5, 3), (4, 1)), lr=(0.03, 0.1)),
)
def test_drift(a, lr):
    """Ends by walking rounds; both limits by their formulas."""
    a, c = np.array(a, float), np.array([0.0, 1.0])
    ends = [rest(a, c, lr, H)[0] for H in (1, 2, 5, 20, 100, 1000)]
    limits = np.isclose(ends[0], a @ c / a.sum()) and np.isclose(ends[-1], c.mean())
    moves = np.diff(ends) * np.sign(c.mean() - ends[0])
    return limits and (moves > -1e-9).all()


@claim(
    "Rare meetings save messages",
    says="the more steps between two meetings, the fewer meetings until θ is within "
    "0.001 of its end, and the more steps in all",
    at=dict(lr=0.1),
    vary=dict(lr=(0.03, 0.05, 0.1)),
)
def test_rare_meetings(lr):
    """Rounds by walking for H from 1 to 100."""
    a, c, Hs = np.array([1.0, 9.0]), np.array([0.0, 1.0]), np.array([1, 5, 20, 100])
    rounds = np.array([rest(a, c, lr, H)[1] for H in Hs])
    return (np.diff(rounds) < 0).all() and (np.diff(Hs * rounds) > 0).all()


@claim(
    "If all $a_i$ are equal, or all $c_i$, the weights in (6) do not matter and "
    "nothing drifts",
    says="with equal curvatures, or with equal minima, the end is the minimum of the "
    "sum for every H",
    at=dict(seed=0),
    vary=dict(seed=range(1, 10)),
)
def test_no_drift(seed):
    """Five workers, their other numbers drawn at random."""
    rng, same = np.random.default_rng(seed), np.full(5, 2.0)
    drawn, Hs = rng.uniform(0.5, 4, 5), (1, 3, 30)
    one = [abs(rest(same, drawn, 0.1, H)[0] - drawn.mean()) for H in Hs]
    two = [abs(rest(drawn, same, 0.1, H)[0] - 2) for H in Hs]
    return max(one + two) < 1e-9


@claim(
    "So shuffle the data over the workers before you meet rarely",
    says="a line through a curve, four workers, 50 steps between meetings: with data "
    "sorted by x the end lies at least five times as far from the best line as with "
    "data shuffled",
    at=dict(seed=0, H=50),
    vary=dict(seed=range(1, 9), H=(20, 50, 200)),
)
def test_shuffle_first(seed, H):
    """Least squares on each shard; the end of the rounds by their linear equation."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(-1, 2, 2000)
    X, y = np.column_stack([x, np.ones(2000)]), x**2 + 0.1 * rng.standard_normal(2000)
    best = np.linalg.lstsq(X, y, rcond=None)[0]

    def off(order):
        left, right = np.zeros((2, 2)), np.zeros(2)
        for part in np.split(order, 4):
            A = 2 * X[part].T @ X[part] / len(part)
            M = np.eye(2) - np.linalg.matrix_power(np.eye(2) - 0.1 * A, H)
            own = np.linalg.lstsq(X[part], y[part], rcond=None)[0]
            left, right = left + M, right + M @ own
        return np.linalg.norm(np.linalg.solve(left, right) - best)

    return off(np.argsort(x)) > 5 * off(rng.permutation(2000))


# The slowest of many.


@claim(
    "Each of a thousand workers takes 1 on average, and their step 7.5",
    says="the mean of the largest of P exponential times is 1 + 1/2 + … + 1/P, within "
    "four standard errors",
    at=dict(P=1000, seed=0),
    vary=dict(P=(2, 10, 100, 1000), seed=(1, 2, 3)),
)
def test_slowest(P, seed):
    """2,000 steps drawn."""
    last = np.random.default_rng(seed).exponential(size=(2000, P)).max(axis=1)
    rule = (1 / np.arange(1, P + 1)).sum()
    return abs(last.mean() - rule) < 4 * last.std() / np.sqrt(2000)


@claim(
    "It grows like log P",
    says="1 + 1/2 + … + 1/P less log P stays between 0.57 and 0.63 from 10 workers on",
    at=dict(P=1000),
    vary=dict(P=(10, 100, 10_000, 1_000_000)),
)
def test_grows_like_log(P):
    """The sum itself."""
    return 0.57 < (1 / np.arange(1, P + 1)).sum() - np.log(P) < 0.63


@claim(
    "Not to wait for the slowest twentieth brings it to 3, and it stays there",
    says="the time until 95 % have answered is on average 2.8 to 3.05 from 100 workers "
    "to 100,000",
    at=dict(P=1000),
    vary=dict(P=(100, 1000, 10_000, 100_000)),
)
def test_all_but_a_twentieth(P):
    """The sum of the waits 1/P + … up to the last one waited for."""
    left = P // 20
    return 2.8 < (1 / np.arange(left + 1, P + 1)).sum() < 3.05
