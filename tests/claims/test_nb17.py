"""What notebook 17 claims of the ideas after Adam, refereed."""

from functools import cache
from itertools import combinations

import numpy as np
from sklearn.datasets import load_digits

from gdlib import (
    HIMMELBLAU,
    adam,
    descend,
    gradient_descent,
    momentum,
    network,
    ravine,
    stream,
)
from gdlib.newer import adamw, lion, muon, newton_schulz, scheduled, through, tossed
from gdlib.training import curves, dealt, parted
from tests.claims.claim import claim

GRID = np.geomspace(10**-2.5, 10**0.25, 12)
PAIRS = tuple(combinations(range(10), 2))


def adam_l2(theta, grad, t, m=0.0, v=0.0, *, lr=0.01, weight_decay=0.001):
    return adam(theta, lambda p: grad(p) + weight_decay * p, t, m, v, lr=lr)


def schedule_free(theta, grad, t, z=0.0, *, lr=0.1, beta=0.9):
    z = theta if t == 1 else z
    g = grad((1 - beta) * z + beta * theta)
    z = z - lr * g
    return (1 - 1 / t) * theta + z / t, dict(g=g, z=z)


# Weight decay.


def left(method, s, lr, lam, steps, seed):
    """What 150 useless weights that began at 1 are on average, a number for each s."""
    job = tossed(0, 0, np.array(s), np.random.default_rng(seed))
    how = dict(steps=steps, lr=lr, weight_decay=lam, keep="last")
    return descend(method, job, np.ones((1, 150, len(s))), **how).theta[-1].mean((0, 1))


@claim(
    "a decay that depends on the size of the slopes",
    says="with L2 in Adam a weight whose slopes are noise of size s, s well above λ, "
    "shrinks as exp(-η λ T / s)",
    at=dict(lr=0.001, lam=0.5, steps=2000, seed=0),
    vary=dict(lr=(0.0005, 0.002), lam=(0.25, 0.5), steps=(500, 2500), seed=(1,)),
)
def test_l2_decays_by_the_noise(lr, lam, steps, seed):
    """Means of 150 weights with noise of 3 to 100, to 0.03."""
    s = np.array([3, 10, 30, 100])
    found = left(adam_l2, s, lr, lam, steps, seed)
    return np.abs(found - np.exp(-lr * lam * steps / s)).max() < 0.03


@claim(
    "At every s it is 0.37, gradient descent's pace",
    says="with AdamW a weight whose slopes are noise shrinks by the share 1 - η λ at "
    "each step, whatever the size of the noise",
    at=dict(lr=0.001, lam=0.5, steps=2000, seed=0),
    vary=dict(lr=(0.0005, 0.002), lam=(0.25, 1), steps=(500, 2500), seed=(1,)),
)
def test_adamw_decays_alike(lr, lam, steps, seed):
    """Means of 150 weights with noise of 0.01 to 100, to 0.03."""
    found = left(adamw, (0.01, 1, 10, 100), lr, lam, steps, seed)
    return np.abs(found - (1 - lr * lam) ** steps).max() < 0.03


@claim(
    "Adam's first step is η times the sign of its slope",
    says="the first step of Adam with L2 is η long for every λ, that of AdamW η (1 + "
    "λ θ) where slope and θ have one sign",
    at=dict(g=3.0, lam=0.5),
    vary=dict(g=(0.1, 3, 300), lam=(0, 0.5, 2)),
)
def test_first_steps(g, lam):
    """From θ = 2 at η = 0.1."""
    how = dict(lr=0.1, weight_decay=lam)
    ends = [
        descend(f, stream(np.array([g])), (2.0,), 1, **how).theta[1, 0]
        for f in (adam_l2, adamw)
    ]
    return np.allclose(ends, [1.9, 2 - 0.1 * (1 + 2 * lam)], atol=1e-6)


def balance(a, c, s, lam):
    """Solve (4) by halving."""
    low, high = 0.0, c
    for _ in range(80):
        x = (low + high) / 2
        mean = a * (x - c)
        pull = mean / np.sqrt(mean**2 + s**2) + lam * x
        low, high = (x, high) if pull < 0 else (low, x)
    return x


def rests(method, a, c, s, lam, lr, seed):
    """Where 100 runs are on average between steps 8,000 and 10,000."""
    job = tossed(a, c, s, np.random.default_rng(seed))
    start = np.full((1, 100), 1.0)
    how = dict(steps=8000, lr=lr, weight_decay=lam, keep="last")
    middle = descend(method, job, start, **how)
    return (
        middle.theta[-1].mean() + descend(method, job, middle, **how).theta[-1].mean()
    ) / 2


@claim(
    "L2 in Adam keeps its minimum however large the noise is",
    says="with noisy slopes L2 in Adam rests at a c / (a + λ), however large the noise",
    at=dict(a=2, c=1.5, s=1, lam=0.5, lr=0.002, seed=0),
    vary=dict(a=(1, 3), c=(-1, 1.5), s=(0.3, 5), lam=(0.2, 1), lr=(0.002,)),
    slow=True,
)
def test_l2_rests_at_its_minimum(a, c, s, lam, lr, seed):
    """Mean of 100 runs at steps 8,000 and 16,000, to 0.03."""
    return abs(rests(adam_l2, a, c, s, lam, lr, seed) - a * c / (a + lam)) < 0.03


@claim(
    "It pulls a noisy weight further than a quiet one",
    says="with noisy slopes AdamW rests where (4) says, and that nearer to 0 the "
    "larger the noise is",
    at=dict(a=2, c=1.5, s=1, lam=0.5, lr=0.002, seed=0),
    vary=dict(a=(1, 3), c=(0.8, 1.5), s=(0.3, 2, 5), lam=(0.2, 0.6), lr=(0.001, 0.002)),
    slow=True,
)
def test_adamw_rests_at_the_balance(a, c, s, lam, lr, seed):
    """Mean of 100 runs at steps 8,000 and 16,000, to 0.03; the balance by halving."""
    near = balance(a, c, s, lam)
    found = rests(adamw, a, c, s, lam, lr, seed)
    return abs(found - near) < 0.03 and balance(a, c, 2 * s, lam) < near


@claim(
    "AdamW does not notice units",
    says="multiply the loss, and AdamW's path stays the same, while L2 in Adam comes "
    "nearer to the minimum without penalty",
    at=dict(times=1000, s=1, lam=0.5),
    vary=dict(times=(10, 1000), s=(0.5, 5), lam=(0.2,)),
)
def test_units(times, s, lam):
    """Runs of 2,000 steps with the same tosses, η = 0.002; a = 2, c = 1.5."""
    ends = []
    for f in (adamw, adam_l2):
        for k in (1, times):
            job = tossed(2 * k, 1.5, s * k, np.random.default_rng(0))
            how = dict(steps=2000, lr=0.002, weight_decay=lam, keep="last")
            ends.append(descend(f, job, np.ones((1, 50)), **how).theta[-1].mean())
    return abs(ends[0] - ends[1]) < 1e-4 and ends[3] > ends[2] + 0.01


@claim(
    "the root is s, and (4) gives θ = ac/(a + λs)",
    says="where the noise is far larger than the mean slope, AdamW's rest by (4) is "
    "a c / (a + λ s) within 2 %",
    at=dict(a=2, c=1.5, lam=0.5, over=10),
    vary=dict(a=(0.5, 3), c=(0.5, 3), lam=(0.1, 0.5, 2), over=(5, 30)),
)
def test_much_noise(a, c, lam, over):
    """The balance by halving at s = over times a c."""
    s = over * a * c
    return abs(balance(a, c, s, lam) / (a * c / (a + lam * s)) - 1) < 0.02


@claim(
    "Without noise λ is a box, |θ| ≤ 1/λ",
    says="on Himmelblau's surface Lion ends at a wall of the box |θ| <= 1/λ, for λ "
    "that keep the minima outside",
    at=dict(lr=0.05, lam=0.5, beta2=0.999),
    vary=dict(lr=(0.02, 0.05, 0.1), lam=(0.4, 0.5, 0.6, 1), beta2=(0.99, 0.999)),
)
def test_lion_stops_at_the_wall(lr, lam, beta2):
    """Both coordinates after 500 steps, from the surface's own start, to 3 %."""
    how = dict(steps=500, lr=lr, weight_decay=lam, beta2=beta2)
    end = descend(lion, HIMMELBLAU, **how).theta[-1]
    return np.abs(np.abs(end) * lam - 1).max() < 0.03


@claim(
    "and AdamW close to it",
    says="on Himmelblau's surface AdamW at λ = 0.4 to 0.6 ends within 10 % of the wall "
    "of the box |θ| <= 1/λ",
    at=dict(lr=0.05, lam=0.5),
    vary=dict(lr=(0.02, 0.05, 0.1), lam=(0.4, 0.45, 0.5, 0.55, 0.6)),
)
def test_adamw_stops_near_the_wall(lr, lam):
    """Both coordinates after 500 steps, from the surface's own start."""
    end = descend(adamw, HIMMELBLAU, steps=500, lr=lr, weight_decay=lam).theta[-1]
    return np.abs(np.abs(end) * lam - 1).max() < 0.1


@claim(
    "its v keeps the steep slopes of the start",
    says="on Himmelblau's surface, where the box holds the minimum, Lion comes within "
    "0.1 of it in 500 steps at η = 0.04 to 0.07; AdamW does not, but would with a v of "
    "short memory",
    at=dict(lr=0.05, lam=0.2),
    vary=dict(lr=(0.04, 0.05, 0.06, 0.07), lam=(0.15, 0.2)),
)
def test_adamw_falls_short_in_the_box(lr, lam):
    """Larger of the two distances, from the surface's own start; short: β2 = 0.9."""
    end, how = {}, dict(steps=500, lr=lr, weight_decay=lam)
    for name, f, more in (
        ("lion", lion, dict(beta2=0.999)),
        ("adamw", adamw, {}),
        ("short", adamw, dict(beta2=0.9)),
    ):
        theta = descend(f, HIMMELBLAU, **how, **more).theta[-1]
        end[name] = np.abs(theta - [-3.7793, -3.2832]).max()
    return max(end["lion"], end["short"]) < 0.1 < end["adamw"]


# On the network.


@cache
def digits(split=0):
    X, y = load_digits(return_X_y=True)
    known, new = parted(X / 16, y, 1200, split)
    return network(*known), new


def shape(name, T):
    warm = lambda t: min(1, t / 38)  # noqa: E731
    fall = lambda t: (1 + np.cos(np.pi * (t - 1) / T)) / 2  # noqa: E731
    both = lambda t: warm(t) * fall(t)  # noqa: E731
    return {"constant": lambda t: 1, "warm-up": warm, "cosine": fall, "both": both}[
        name
    ]


METHODS = {
    "adam": (adam, 1),
    "l2": (adam_l2, 1),
    "adamw": (adamw, 1),
    "lion": (lion, 0.1),
    "plain": (gradient_descent, 1),
    "momentum": (momentum, 1),
    "free": (schedule_free, 10),
}


@cache
def ends(name, schedule, epochs):
    """Loss and accuracy at the end, (lr, seeds, 4), seeds 100 to 109 on the grid."""
    net, new = digits()
    method, times = (muon(net), 1) if name == "muon" else METHODS[name]
    method, found = scheduled(method, shape(schedule, 38 * epochs)), []
    for lrs in np.split(GRID * times, 3):
        how = dict(epochs=epochs, every=epochs, lr=lrs)
        runs = curves(method, net, new, range(100, 110), **how)
        found.append(np.moveaxis(runs[:, 1], -1, 0))
    return np.concatenate(found)


def tuned(name, pair, epochs=8, schedule="constant"):
    """(8, 4): η from the worse of two seeds, the ends of the eight others."""
    others = [seed for seed in range(10) if seed not in pair]
    table = ends(name, schedule, epochs)
    worst = np.nan_to_num(table[:, pair, 0].max(1), nan=np.inf)
    return table[worst.argmin()][others]


def middle(*args, which=0, **kwargs):
    return np.median(tuned(*args, **kwargs)[:, which])


@claim(
    "about halves Adam's loss",
    says="after 8 epochs Adam with a cosine has less than 0.7 of the training loss of "
    "Adam with a constant η, each with its own",
    at=dict(pair=(1, 2)),
    vary=dict(pair=PAIRS),
    slow=True,
)
def test_cosine(pair):
    """Ten seeds, two choose η on the grid, medians of the other eight."""
    return middle("adam", pair, schedule="cosine") < 0.7 * middle("adam", pair)


@claim(
    "changes no more than the seeds do, alone or with the cosine",
    says="after 8 epochs the median training losses of Adam with and without warm-up, "
    "at a constant η and with a cosine, differ by less than the eight seeds of a "
    "constant η do",
    at=dict(pair=(1, 2)),
    vary=dict(pair=PAIRS),
    share=0.9,
    slow=True,
)
def test_warm_up(pair):
    """Ten seeds, two choose η on the grid, medians and range of the other eight."""
    spread = np.ptp(tuned("adam", pair)[:, 0])
    alone = middle("adam", pair, schedule="warm-up") - middle("adam", pair)
    joined = [middle("adam", pair, schedule=s) for s in ("both", "cosine")]
    return abs(alone) < spread and abs(joined[0] - joined[1]) < spread


@claim(
    "the constant ends with the *lower* training loss",
    says="over 32 epochs Adam with a constant η has a lower median training loss than "
    "with a cosine, each with an η chosen for that budget",
    at=dict(pair=(1, 2)),
    vary=dict(pair=PAIRS),
    share=0.9,
    slow=True,
)
def test_cosine_and_a_longer_budget(pair):
    """Ten seeds, two choose η on the grid, medians of the other eight."""
    long = dict(epochs=32)
    return middle("adam", pair, **long) < middle(
        "adam", pair, schedule="cosine", **long
    )


@claim(
    "moves the validation loss no further than the seeds do",
    says="after 8 epochs λ = 0.001 by L2 and λ = 0.01 by AdamW move Adam's median "
    "validation loss by less than its seeds differ",
    at=dict(pair=(1, 2)),
    vary=dict(pair=PAIRS),
    share=0.9,
    slow=True,
)
def test_decay(pair):
    """Ten seeds, two choose η on the grid, medians and range of the other eight."""
    spread = np.ptp(tuned("adam", pair)[:, 1])
    adams, *others = (middle(n, pair, which=1) for n in ("adam", "l2", "adamw"))
    return all(abs(loss - adams) < spread for loss in others)


@claim(
    "the penalty raises the training loss",
    says="after 8 epochs L2 in Adam at λ = 0.001 has a higher median training loss "
    "than Adam",
    at=dict(pair=(1, 2)),
    vary=dict(pair=PAIRS),
    slow=True,
)
def test_penalty(pair):
    """Ten seeds, two choose η on the grid, medians of the other eight."""
    return middle("l2", pair) > middle("adam", pair)


@claim(
    "has less than half of Adam's training loss at the same schedule",
    says="after 8 epochs Lion has less than half of Adam's median training loss, both "
    "at a constant η or both with a cosine, and a larger validation loss",
    at=dict(pair=(1, 2), schedule="constant"),
    vary=dict(pair=PAIRS, schedule=("constant", "cosine")),
    share=0.9,
    slow=True,
)
def test_lion(pair, schedule):
    """Ten seeds, two choose η on the grid, medians of the other eight."""
    ours = [middle("lion", pair, schedule=schedule, which=k) for k in (0, 1)]
    adams = [middle("adam", pair, schedule=schedule, which=k) for k in (0, 1)]
    return ours[0] < adams[0] / 2 and ours[1] > adams[1]


@claim(
    "it is surer of the digits it misreads",
    says="at the race's η Lion's weights are 1.7 to 2.7 times as large as Adam's at "
    "the same schedule (root mean square), and its probabilities for the digits it "
    "misreads are larger",
    at=dict(seeds=range(5)),
    vary=dict(seeds=(range(5, 10), range(10, 15))),
    slow=True,
)
def test_lion_is_sure_of_its_mistakes(seeds):
    """Medians of five seeds after 304 steps, with a constant η and with a cosine."""
    net, (X, y) = digits()

    def told(method, schedule, lr):
        found = []
        for seed in seeds:
            run = descend(
                scheduled(method, shape(schedule, 304)),
                *dealt(net, seed),
                steps=304,
                lr=lr,
                keep="last",
            )
            theta = run.theta[-1]
            scores = net.scores(theta, X)
            scores = np.exp(scores - scores.max(1, keepdims=True))
            sure = scores.max(1) / scores.sum(1)
            size = np.sqrt((theta**2).mean())
            found.append((size, sure[scores.argmax(1) != y].mean()))
        return np.median(found, axis=0)

    good = []
    for schedule, lrs in (("constant", (0.0316, 0.00562)), ("cosine", (0.0562, 0.01))):
        ours, theirs = (
            told(f, schedule, r) for f, r in zip((adam, lion), lrs, strict=True)
        )
        good.append(1.7 < theirs[0] / ours[0] < 2.7)
        good.append(theirs[1] > ours[1])
    return all(good)


@claim(
    "has the lowest training loss, with the cosine by far",
    says="after 8 epochs Muon at a constant η has a lower median training loss than "
    "Adam, Lion and momentum at theirs, and with a cosine less than half of that",
    at=dict(pair=(1, 2)),
    vary=dict(pair=PAIRS),
    share=0.9,
    slow=True,
)
def test_muon(pair):
    """Ten seeds, two choose η on the grid, medians of the other eight."""
    alone = middle("muon", pair)
    rivals = [middle(name, pair) for name in ("adam", "lion", "momentum")]
    return alone < min(rivals) and middle("muon", pair, schedule="cosine") < alone / 2


@claim(
    "brings gradient descent's loss down to about momentum's",
    says="after 8 epochs schedule-free gradient descent has a median training loss "
    "below that of gradient descent and within a factor of two of momentum's",
    at=dict(pair=(1, 2)),
    vary=dict(pair=PAIRS),
    share=0.9,
    slow=True,
)
def test_schedule_free_race(pair):
    """Ten seeds, two choose η on the grid, medians of the other eight."""
    free, plain, kept = (middle(name, pair) for name in ("free", "plain", "momentum"))
    return free < plain and kept / 2 < free < 2 * kept


@claim(
    "the medians of all rows lie closer together than the seeds of the widest one",
    says="after 8 epochs the median shares of unseen digits of thirteen contenders "
    "lie closer together than the seeds of the one that spreads most",
    at=dict(pair=(1, 2)),
    vary=dict(pair=PAIRS),
    slow=True,
)
def test_unseen_digits(pair):
    """Ten seeds, two choose η on the grid, medians and ranges of the other eight."""
    who = [("adam", s) for s in ("constant", "warm-up", "cosine", "both")]
    who += [
        (n, "constant") for n in ("l2", "adamw", "lion", "plain", "momentum", "free")
    ]
    who += [("muon", "constant"), ("muon", "cosine"), ("lion", "cosine")]
    read = np.array([tuned(n, pair, schedule=s)[:, 3] for n, s in who])
    return np.ptp(np.median(read, axis=1)) < np.ptp(read, axis=1).max()


# Clipping, Muon, schedule-free.


@claim(
    "clipping rare large slopes is a bias",
    says="slopes that are rare and large one way, frequent and small the other, with "
    "mean 0, have another mean once each is clipped between the two sizes",
    at=dict(many=9, limit=0.3),
    vary=dict(many=(4, 9, 99), limit=(0.15, 0.3)),
)
def test_clipping_samples_is_a_bias(many, limit):
    """So many slopes of 0.1, and one of -0.1 times as many."""
    slopes = np.array([0.1] * many + [-0.1 * many])
    means = slopes.mean(), np.clip(slopes, -limit, limit).mean()
    return abs(means[0]) < 1e-12 and np.isclose(
        means[1], (0.1 * many - limit) / (many + 1)
    )


@claim(
    "The norm keeps the direction, cutting by value does not",
    says="clipped by norm a gradient keeps its direction; by value it does not, where "
    "the limit cuts some of its coordinates and not all alike",
    at=dict(seed=0),
    vary=dict(seed=range(1, 6)),
)
def test_directions(seed):
    """Cosines with the gradient, of five coordinates up to 30, at a limit of 1."""
    g = 30 * np.random.default_rng(seed).standard_normal(5) ** 3
    cosines = [
        g @ cut / np.linalg.norm(g) / np.linalg.norm(cut)
        for cut in (g / max(1, np.linalg.norm(g)), np.clip(g, -1, 1))
    ]
    return np.isclose(cosines[0], 1, rtol=0, atol=1e-12) and cosines[1] < 0.999


def spoiled(method, boost, limit, at, seeds, lr):
    """Training losses after 304 steps with one batch `boost` times too large."""
    cut = through(method, lambda g, t: g / max(1, np.linalg.norm(g) / limit))
    bad = through(cut, lambda g, t: g * (boost if t == at else 1))
    return curves(bad, *digits(), seeds, every=8, lr=lr)[:, 1, 0]


@claim(
    "The one batch undoes all that momentum had learnt",
    says="one batch a thousand times too large after 50 to 150 of 304 steps leaves "
    "momentum with a median loss above 1 and Adam with more than three times its own; "
    "clipped to a norm of 1 both stay within a factor of two",
    at=dict(at=100, seeds=range(5), boost=1000),
    vary=dict(at=(50, 150), seeds=(range(5), range(5, 10)), boost=(1000,)),
    slow=True,
)
def test_one_bad_batch(at, seeds, boost):
    """Medians of five seeds at the race's η."""
    good = []
    for f, lr in ((adam, 0.0316), (momentum, 0.178)):
        own, hit, cut = (
            np.median(spoiled(f, b, limit, at, seeds, lr))
            for b, limit in ((1, np.inf), (boost, np.inf), (boost, 1))
        )
        harm = hit > 1 if f is momentum else hit > 3 * own
        good.append(harm and own / 2 < cut < 2 * own)
    return all(good)


@claim(
    "clipping changes nothing that the seeds do not",
    says="where no batch is bad, clipping to a norm of 1 moves the median training "
    "loss by less than the seeds differ",
    at=dict(seeds=range(5)),
    vary=dict(seeds=(range(5, 10), range(10, 15))),
    slow=True,
)
def test_clipping_does_no_harm(seeds):
    """Medians and ranges of five seeds at the race's η."""
    good = []
    for f, lr in ((adam, 0.0316), (momentum, 0.178)):
        own, cut = (spoiled(f, 1, limit, 0, seeds, lr) for limit in (np.inf, 1))
        good.append(abs(np.median(own) - np.median(cut)) < np.ptp(own))
    return all(good)


@claim(
    "to between 0.68 and 1.14",
    says="five times (12) brings every singular value from 0.01 to 1 to between 0.68 "
    "and 1.14, and none of the smaller ones above 1.21",
    at=dict(points=10_001),
    vary=dict(points=(1001, 100_003)),
)
def test_the_band(points):
    """The polynomial on numbers, five times."""
    x = start = np.geomspace(1e-5, 1, points)
    for _ in range(5):
        x = 3.4445 * x - 4.7750 * x**3 + 2.0315 * x**5
    band = x[start >= 0.01]
    return (band > 0.68).all() and (band < 1.14).all() and (x < 1.21).all()


@claim(
    "Before, ten directions hold nearly all",
    says="of W1's momentum on the network after an epoch the first ten singular values "
    "hold 98 % of the sum of squares; after (12) the largest is less than six times "
    "the smallest, before more than 150 times",
    at=dict(seed=0, steps=38),
    vary=dict(seed=range(1, 5), steps=(38, 114)),
)
def test_singular_values(seed, steps):
    """Muon at its default η."""
    net, _ = digits()
    run = descend(muon(net), *dealt(net, seed), steps=steps, keep="last")
    M = net.split(run.state["B"])["W1"]
    before, after = (np.linalg.svd(x)[1] for x in (M, newton_schulz(M)))
    share = (before[:10] ** 2).sum() / (before**2).sum()
    spans = before.max() / before.min(), after.max() / after.min()
    return share > 0.98 and spans[0] > 150 and spans[1] < 6


@claim(
    "x is the mean of all z so far",
    says="x of the schedule-free method is the mean of all z so far, and with β = 0 "
    "the mean of gradient descent's points",
    at=dict(steps=50, beta=0.9),
    vary=dict(steps=(1, 7, 200), beta=(0, 0.5, 0.9, 1)),
)
def test_schedule_free_averages(steps, beta):
    """On a turned ravine at η = 0.05."""
    how = dict(objective=ravine(10, 30), steps=steps, lr=0.05)
    run = descend(schedule_free, beta=beta, **how)
    same = np.allclose(run.theta[-1], run.terms["z"].mean(0), rtol=0, atol=1e-12)
    plain = descend(gradient_descent, **how).theta[1:].mean(0)
    return same and (beta > 0 or np.allclose(run.theta[-1], plain, rtol=0, atol=1e-12))


@claim(
    "the direction counts the newest slope ten times as much as the memory does",
    says="Lion's direction has the newest slope with weight 1 - β1, its memory with "
    "1 - β2: ten times less at 0.9 and 0.99",
    at=dict(beta1=0.9, beta2=0.99),
    vary=dict(beta1=(0.9,), beta2=(0.99,)),
)
def test_lions_two_weights(beta1, beta2):
    """The terms c and m after one slope of 1."""
    how = dict(steps=1, lr=0.1, beta1=beta1, beta2=beta2)
    run = descend(lion, stream(np.ones(1)), (0.0,), **how)
    return np.isclose(run.terms["c"][0, 0], 10 * run.terms["m"][0, 0])
