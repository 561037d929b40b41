"""The claims of notebook 06, Adagrad."""

from functools import cache

import numpy as np

from gdlib import (
    Objective,
    adagrad,
    descend,
    gradient_descent,
    line_data,
    mse,
    nesterov,
    ravine,
)
from tests.claims.claim import claim

SEEDS = range(12)
GRID = np.geomspace(0.01, 10, 13)


def rare_features(rare, batch, seeds=SEEDS, angle=0, size=1, weights=None):
    """The notebook's rare feature for many data sets at once, as runs (2, …, seeds).

    weights  the seldom weight, one for all; default for each its own from 1 to 3
    """
    turn = np.radians(angle)
    turn = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    rngs = [np.random.default_rng(seed) for seed in seeds]
    X = np.array([size * _inputs(rng, rare) @ turn for rng in rngs])
    own = [weights or np.random.default_rng(seed).uniform(1, 3) for seed in seeds]
    true = np.array([[2, weight] for weight in own]) @ turn
    hands = _hands(X, rngs, batch)
    hessian = _squares(X)

    def grad(theta):
        return 2 * _apply(
            _squares(next(hands)) if batch < 2000 else hessian, theta, true
        )

    def value(theta):
        if theta.ndim == 1:
            return 0.0
        return (_apart(theta, true) * _apply(hessian, theta, true)).sum(0)

    job = Objective(value, grad, 2, minima=((0.0, 0.0),), batches=True)
    return job, np.zeros((2, 1, len(rngs)))


def _inputs(rng, rare):
    often = rng.standard_normal(2000)
    seldom = rng.choice([-1, 1], 2000) * (rng.permutation(2000) < 2000 * rare)
    return np.column_stack([often, seldom])


def _hands(X, rngs, batch):
    while True:
        dealt = np.array(
            [x[rng.permutation(2000)] for x, rng in zip(X, rngs, strict=True)]
        )
        for i in range(0, 2000, batch):
            yield dealt[:, i : i + batch]


def _squares(X):
    """Mean of x xᵀ over the samples, (2, 2, seeds)."""
    return np.einsum("snd,sne->des", X, X) / X.shape[1]


def _apart(theta, true):
    return theta - true.T.reshape(2, *(1,) * (theta.ndim - 2), -1)


def _apply(squares, theta, true):
    wide = squares.reshape(2, 2, *(1,) * (theta.ndim - 2), -1)
    return (wide * _apart(theta, true)).sum(1)


@cache
def times(method, rare, batch, angle=0, shift=0.0, first=0, gamma=0.9):
    """Settling times of twelve data sets at their common best η."""
    steps = int(40 + 4.6 / rare) if method is gradient_descent or angle else None
    steps = steps or int(min(140 + 7 / rare, 1000))
    steps = {1: int(11 / rare), 20: steps + 100}[batch]
    job, start = rare_features(rare, batch, range(first, first + 12), angle)
    hyper = dict(lr=GRID[:, None] * 10**shift, keep="last", tol=1e-6)
    hyper |= dict(gamma=gamma) if method is nesterov else {}
    start = np.repeat(start, len(GRID), 1)
    found = descend(method, job, start, steps, **hyper).settling_time(1e-6)
    found = np.nan_to_num(found, nan=np.inf)
    return found[np.median(found, 1).argmin()]


def median(method, *settings, **more):
    return np.median(times(method, *settings, **more))


RACE = dict(shift=(0, 0.125), first=(12,))


@claim(
    "The first weight is done at once",
    says="at η from 0.2 to 0.8 SGD in batches of 20 has brought the often weight to 98 "
    "% after 20 steps and the seldom one, in a hundredth of the samples, not half way",
    at=dict(lr=0.5, rare=0.01),
    vary=dict(lr=(0.2, 0.5, 0.8), rare=(0.01, 0.005, 0.001)),
    share=0.95,
)
def test_the_rare_weight_lags(lr, rare):
    """The share of its way that each weight has gone, twelve data sets."""
    job, start = rare_features(rare, 20, weights=-1.37)
    gone = descend(gradient_descent, job, start, 20, lr=lr).theta[-1, :, 0]
    return (np.abs(gone[0] / 2 - 1) < 0.02) & (gone[1] / -1.37 < 0.5)


@claim(
    "the first weight has its edge near η = 1",
    says="SGD in batches of 20 settles at η = 0.75 and no longer at η = 1.2",
    at=dict(rare=0.01),
    vary=dict(rare=(0.1, 0.001)),
)
def test_the_edge_of_the_often_weight(rare):
    """The often weight's distance after 1,000 steps at both η, twelve data sets."""
    job, start = rare_features(rare, 20)
    lr, start = np.array([[0.75], [1.2]]), np.repeat(start, 2, 1)
    away = np.abs(descend(gradient_descent, job, start, 1000, lr=lr).theta[-1, 0] - 2)
    return (away[0] < 0.01) & ~(away[1] < 2)


@claim(
    "Its step is nearly as long, because its memory holds so little",
    says="on the full gradient, at η from 0.03 to 0.1, the seldom weight's third step "
    "is at least 0.9 of the often one's, with a slope at most a fiftieth",
    at=dict(lr=0.1, rare=0.01, weights=-1.37),
    vary=dict(lr=(0.03, 0.1), rare=(0.01, 0.005), weights=(-1.37, 2.5)),
    share=0.95,
)
def test_steps_are_alike(lr, rare, weights):
    """Slopes and steps of both weights at step 3, twelve data sets."""
    job, start = rare_features(rare, 2000, weights=weights)
    terms = descend(adagrad, job, start, 3, lr=lr).terms
    (g_often, g_seldom), (often, seldom) = (
        np.abs(terms["g"][2]),
        np.abs(terms["step"][2]),
    )
    return (seldom > 0.9 * often) & (g_seldom < g_often / 50)


@claim(
    "every coordinate with a slope moves by η",
    says="Adagrad's first step is η long in every coordinate whose slope is far above "
    "√ε",
    at=dict(lr=1, size=1),
    vary=dict(lr=(0.01, 1, 5), size=(0.1, 1, 1e6)),
)
def test_the_first_step_is_eta(lr, size):
    """The first step on 200 planes with slopes of all sizes."""
    slopes = np.random.default_rng(0).normal(size=200) * size
    slopes = slopes[np.abs(slopes) > 1e-2]
    plane = Objective(
        lambda x: slopes @ x, lambda x: slopes.copy(), len(slopes), batches=True
    )
    step = descend(adagrad, plane, np.zeros(len(slopes)), 1, lr=lr).terms["step"][0]
    return np.abs(np.abs(step) / lr - 1) < 1e-3


@claim(
    "Multiply the loss by 1,000, and g and √G both grow a thousandfold",
    says="a factor on the loss leaves Adagrad's path as it is while slopes stay far "
    "above √ε",
    at=dict(factor=1000, angle=0),
    vary=dict(factor=(0.1, 10, 1000, 1e6), angle=(0, 30)),
)
def test_the_scale_drops_out(factor, angle):
    """The largest difference of two paths of 200 steps."""
    job = ravine(25, angle)
    large = Objective(
        lambda x: factor * job(x), lambda x: factor * job.grad(x), 2, batches=True
    )
    paths = [descend(adagrad, f, job.start, 200, lr=0.5).theta for f in (job, large)]
    return np.abs(paths[0] - paths[1]).max() < 1e-4


@claim(
    "Adagrad walks as in a round bowl",
    says="along the axes of a ravine Adagrad's path is the one in a round bowl, "
    "whatever κ; in a turned ravine it is not",
    at=dict(kappa=100, start=(4, 4)),
    vary=dict(kappa=(10, 25, 100, 1e4), start=((4, 4), (-2, 1), (1, -3))),
)
def test_a_ravine_is_a_bowl(kappa, start):
    """The largest difference of 100 steps to the path in ravine(1)."""
    steep, turned, bowl = (
        descend(adagrad, job, start, 100, lr=1).theta
        for job in (ravine(kappa), ravine(kappa, 30), ravine(1))
    )
    return [np.abs(steep - bowl).max() < 1e-4, np.abs(turned - bowl).max() > 0.1]


@cache
def on_full_gradient(rare, angle, lr):
    """Settling times (method, seed) on the full gradient."""
    job, start = rare_features(rare, 2000, angle=angle, weights=-1.37)
    hyper = dict(lr=lr, keep="last", tol=1e-6)
    steps = int(6 / rare / lr) + 60
    plain = descend(gradient_descent, job, start, steps, **hyper).settling_time(1e-6)
    own = descend(adagrad, job, start, steps, **hyper).settling_time(1e-6)
    return np.nan_to_num(np.array([plain, own])[:, 0], nan=np.inf)


@claim(
    "Gradient descent's gap does not notice the angle. Adagrad's does",
    says="on the full gradient a turn by 20° to 70° leaves gradient descent's count as "
    "it is and makes Adagrad need at least seven times the steps; 90° changes nothing",
    at=dict(rare=0.01, lr=0.8, angle=45),
    vary=dict(rare=(0.03,), lr=(0.5, 0.8), angle=(20, 70)),
)
def test_the_angle(rare, lr, angle):
    """Settling times of twelve data sets, turned and not."""
    plain, own = on_full_gradient(rare, 0, lr)
    plain_turned, own_turned = on_full_gradient(rare, angle, lr)
    right = on_full_gradient(rare, 90, lr)[1]
    return (plain == plain_turned) & (own_turned > 7 * own) & (right == own)


@claim(
    "for Adagrad a constant factor drops out",
    says="on the full gradient Adagrad's count changes by a few steps between shares "
    "of 0.1 and 0.002, gradient descent's at least twentyfold",
    at=dict(rare=0.002, lr=0.8),
    vary=dict(rare=(0.002, 0.01), lr=(0.8,)),
    share=0.9,
)
def test_rarity_on_the_full_gradient(rare, lr):
    """Settling times of twelve data sets beside those at a share of 0.1."""
    (plain, own), (plain_before, own_before) = (
        on_full_gradient(share, 0, lr) for share in (rare, 0.1)
    )
    return (np.abs(own - own_before) < 12) & (plain > 0.08 / rare * plain_before / 2)


@claim(
    "the rate goes with 1/√share",
    says="where a slope comes in a share of the steps, Adagrad's rate after enough of "
    "them is η/(g √(share · t)), to 25 %",
    at=dict(share=0.01, steps=10_000),
    vary=dict(share=(0.01, 0.05, 0.3), steps=(5000,)),
    share=0.95,
)
def test_the_law_of_rates(share, steps):
    """Rate times g √(share · t) over twenty streams of slopes of 0.1."""
    rng = np.random.default_rng(0)
    met = rng.random((steps, 20)) < share
    hands = iter(met)
    plane = Objective(
        lambda x: x[0] * 0, lambda x: 0.1 * next(hands)[None], 1, batches=True
    )
    path = descend(keeping_its_rate, plane, np.zeros((1, 20)), steps, keep="last", lr=1)
    rate = path.state["rate"][0]
    return np.abs(rate * 0.1 * np.sqrt(share * steps) - 1) < 0.25


def keeping_its_rate(theta, grad, t, G=0.0, rate=0.0, *, lr=0.01, eps=1e-8):
    found, terms = adagrad(theta, grad, t, G, lr=lr, eps=eps)
    return found, terms


def bowls(x, power):
    """Convex functions |x|^power / power: slopes do not grow on the way down."""
    return Objective(
        lambda x: (np.abs(x) ** power).sum(0) / power,
        lambda x: np.sign(x) * np.abs(x) ** (power - 1),
        1,
        batches=True,
    )


@claim(
    "a distance d takes more than",
    says="while slopes do not grow, Adagrad has gone less than 2η√T after T steps, "
    "whatever the function",
    at=dict(power=2, lr=0.1),
    vary=dict(power=(1, 1.5, 2, 4), lr=(0.01, 0.1, 0.5)),
)
def test_the_reach(power, lr):
    """The distance travelled at every step, up to where x changes its sign."""
    x = descend(adagrad, bowls(None, power), (3.0,), 1000, lr=lr).theta[:, 0]
    T = np.arange(1, 1001)
    before = np.minimum.accumulate(x[1:] > 0)
    return (3 - x[1:] < 2 * lr * np.sqrt(T))[before]


@claim(
    "Gradient descent needs 3. Here x is centred and has spread 1",
    says="on points with x centred and spread 1 gradient descent settles no later than "
    "Adagrad, each at its best η",
    at=dict(seed=0),
    vary=dict(seed=range(12)),
)
def test_nothing_to_gain_in_a_bowl(seed):
    """The least settling time under 1e-6 over 25 η from 0.01 to 10."""
    job = mse(*line_data(np.random.default_rng(seed)))
    hyper = dict(lr=np.geomspace(0.01, 10, 25), keep="last", tol=1e-6)
    plain, own = (
        np.nanmin(descend(f, job, steps=120, **hyper).settling_time(1e-6))
        for f in (gradient_descent, adagrad)
    )
    return plain <= own


@claim(
    "10,000 steps at the chapter's η leave m at 1.53 of 2.00",
    says="with η = 0.01 ten thousand steps bring m to 1.4 to 1.7 of 2",
    at=dict(seeds=(0,)),
    vary=dict(seeds=(range(12),)),
)
def test_the_slow_run(seeds):
    """The slope m after 10,000 steps, for twelve seeds of the data."""
    jobs = [mse(*line_data(np.random.default_rng(seed))) for seed in seeds]
    H = np.array([2 * job.X.T @ job.X / 500 for job in jobs])
    best = np.array([job.minima[0] for job in jobs]).T
    slope = lambda x: np.einsum("sde,es->ds", H, x - best)  # noqa: E731
    start = np.zeros((2, len(jobs)))
    job = Objective(lambda x: x[0] * 0, slope, 2, batches=True)
    m = descend(adagrad, job, start, 10_000, keep="last", lr=0.01).theta[-1, 0]
    return (m > 1.4) & (m < 1.7)


@claim(
    "With η = 1, a length that fits the way, 14 are enough",
    says="with η from 0.7 to 3 Adagrad settles on the line in 60 steps or fewer",
    at=dict(seed=0, lr=1),
    vary=dict(seed=range(12), lr=(np.array([0.7, 1, 2, 3]),)),
)
def test_a_fitting_eta(seed, lr):
    """Settling time under a gap of 1e-6."""
    job = mse(*line_data(np.random.default_rng(seed)))
    return (
        descend(adagrad, job, steps=60, lr=lr, keep="last", tol=1e-6).settling_time(
            1e-6
        )
        <= 60
    )


@claim(
    "In batches of 20 Adagrad is ahead of SGD",
    says="in batches of 20, each at one η for twelve data sets, Adagrad's median "
    "settling time is 3 to 6 times shorter than SGD's at a share of 0.1, 10 to 18 at "
    "0.01",
    at=dict(shift=0, first=0),
    vary=RACE,
)
def test_adagrad_beats_sgd(shift, first):
    """Medians at the best of 13 η, the grid shifted by half a notch, other data."""
    ratio = [
        median(gradient_descent, rare, 20, shift=shift, first=first)
        / median(adagrad, rare, 20, shift=shift, first=first)
        for rare in (0.1, 0.01)
    ]
    return [3 < ratio[0] < 6, 10 < ratio[1] < 18]


@claim(
    "and about twenty times at 0.001",
    says="in batches of 20 at a share of 0.001 Adagrad's median settling time is 16 to "
    "28 times shorter than SGD's",
    at=dict(shift=0, first=0),
    vary=RACE,
    slow=True,
)
def test_adagrad_beats_sgd_where_it_is_rarest(shift, first):
    """Medians at the best of 13 η, the grid shifted by half a notch, other data."""
    settings = dict(shift=shift, first=first)
    plain, own = (median(f, 0.001, 20, **settings) for f in (gradient_descent, adagrad))
    return 16 < plain / own < 28


@claim(
    "Over Nesterov, for whom this is a ravine, its lead shrinks",
    says="in batches of 20 Adagrad's lead over Nesterov (γ = 0.9) is 5 to 7.5 times at "
    "a share of 0.1 and 3 to 5.5 at 0.01",
    at=dict(shift=0, first=0),
    vary=RACE,
)
def test_the_lead_over_nesterov_shrinks(shift, first):
    """Medians at the best of 13 η, the grid shifted by half a notch, other data."""
    settings = dict(shift=shift, first=first)
    lead = [
        median(nesterov, rare, 20, **settings) / median(adagrad, rare, 20, **settings)
        for rare in (0.1, 0.01)
    ]
    return [5 < lead[0] < 7.5, 3 < lead[1] < 5.5]


@claim(
    "its lead shrinks from six times to less than three at 0.001",
    says="in batches of 20 at a share of 0.001 Adagrad's lead over Nesterov (γ = 0.9) "
    "is 1.3 to 3 times",
    at=dict(shift=0, first=0),
    vary=RACE,
    slow=True,
)
def test_the_lead_over_nesterov_where_it_is_rarest(shift, first):
    """Medians at the best of 13 η, the grid shifted by half a notch, other data."""
    settings = dict(shift=shift, first=first)
    ahead, own = (median(f, 0.001, 20, **settings) for f in (nesterov, adagrad))
    return 1.3 < ahead / own < 3


@claim(
    "Nesterov with its best γ at each share comes closer and stays behind",
    says="in batches of 20, with η and γ tuned, Nesterov needs 2 to 5 times Adagrad's "
    "median settling time at shares of 0.1 and 0.01",
    at=dict(shift=0, first=0),
    vary=RACE,
    slow=True,
)
def test_a_tuned_nesterov_stays_behind(shift, first):
    """Medians at the best of 13 η and of γ = 0.7, 0.8, 0.9."""
    return [
        2
        < tuned_nesterov(rare, shift, first)
        / median(adagrad, rare, 20, 0, shift, first)
        < 5
        for rare in (0.1, 0.01)
    ]


@claim(
    "by a factor of three to four, and of less than two at 0.001",
    says="in batches of 20, with η and γ tuned, Nesterov needs 1.05 to 2 times "
    "Adagrad's median settling time at a share of 0.001",
    at=dict(shift=0, first=0),
    vary=RACE,
    slow=True,
)
def test_a_tuned_nesterov_where_it_is_rarest(shift, first):
    """Medians at the best of 13 η and of γ = 0.8, 0.9, 0.95."""
    ahead = tuned_nesterov(0.001, shift, first)
    return 1.05 < ahead / median(adagrad, 0.001, 20, 0, shift, first) < 2


def tuned_nesterov(rare, shift, first):
    gammas = (0.8, 0.9, 0.95) if rare < 0.01 else (0.7, 0.8, 0.9)
    return min(median(nesterov, rare, 20, 0, shift, first, gamma) for gamma in gammas)


@claim(
    "the two change places on some data sets",
    says="at a share of 0.001 Nesterov settles before Adagrad on one to eight data "
    "sets of 24",
    at=dict(first=0),
    vary=dict(first=(0, 24, 48)),
    slow=True,
)
def test_nesterov_is_ahead_at_times(first):
    """Both at one η for each dozen."""
    ahead = 0
    for dozen in (first, first + 12):
        settings = dict(rare=0.001, batch=20, first=dozen)
        ahead += np.sum(times(nesterov, **settings) < times(adagrad, **settings))
    return 1 <= ahead <= 8


@claim(
    "With single samples the gain is gone",
    says="with single samples and a share of 0.01 the median settling times of SGD, "
    "Nesterov and Adagrad lie within a factor of 1.5",
    at=dict(shift=0, first=0),
    vary=RACE,
)
def test_no_gain_with_single_samples(shift, first):
    """Medians at the best of 13 η, the grid shifted by half a notch, other data."""
    settings = dict(shift=shift, first=first)
    found = [
        median(f, 0.01, 1, **settings) for f in (gradient_descent, nesterov, adagrad)
    ]
    return max(found) < 1.5 * min(found)


@claim(
    "after the turn the gain is gone",
    says="turned by 45° Adagrad's median settling time is no shorter than SGD's, in "
    "batches of 20 and with single samples",
    at=dict(shift=0, first=0, batch=20),
    vary=RACE | dict(batch=(20, 1)),
)
def test_no_gain_when_turned(shift, first, batch):
    """Medians at the best of 13 η, the grid shifted by half a notch, other data."""
    settings = dict(shift=shift, first=first)
    turned = median(adagrad, 0.01, batch, angle=45, **settings)
    return turned >= median(gradient_descent, 0.01, batch, **settings)


@claim(
    "SGD and Nesterov keep their times",
    says="a turn by any angle leaves the settling times of SGD and Nesterov as they "
    "are",
    at=dict(method=gradient_descent, angle=45),
    vary=dict(method=(gradient_descent, nesterov), angle=(20, 70)),
)
def test_others_have_no_axes(method, angle):
    """Settling times of twelve data sets at two η, in batches of 20."""
    found = []
    for turn in (0, angle):
        job, start = rare_features(0.1, 20, angle=turn)
        lr, start = np.array([[0.2], [0.4]]), np.repeat(start, 2, 1)
        run = descend(method, job, start, 300, keep="last", tol=1e-6, lr=lr)
        found.append(np.nan_to_num(run.settling_time(1e-6), nan=np.inf))
    return found[0] == found[1]


@claim(
    "SGD in batches of 20 needs about 70",
    says="SGD in batches of 20 has seen 55 to 85 samples with the seldom input when it "
    "settles, Adagrad 3 to 8; with single samples SGD, too, needs 3 to 6",
    at=dict(shift=0, first=0),
    vary=RACE,
)
def test_samples_seen(shift, first):
    """Median settling time · batch · share at a share of 0.01."""
    settings = dict(shift=shift, first=first)
    plain, own = (
        median(f, 0.01, 20, **settings) * 0.2 for f in (gradient_descent, adagrad)
    )
    single = median(gradient_descent, 0.01, 1, **settings) * 0.01
    return [55 < plain < 85, 3 < own < 8, 3 < single < 6]


def from_a_tenth(theta, grad, t, G=0.1, *, lr=0.01, eps=1e-7):
    g = grad(theta)
    G = G + g**2
    return theta - lr * g / np.sqrt(G + eps), dict(G=G)


@claim(
    "From 0 the count stays, as the second fact under (3) says. From 0.1 it grows",
    says="inputs and targets in units ten times larger leave the settling time at η = "
    "1 as it is if G starts at 0, and make it more than ten times longer from 0.1",
    at=dict(seeds=(0,)),
    vary=dict(seeds=(SEEDS,)),
    share=0.9,
)
def test_a_start_of_a_tenth(seeds):
    """Settling times under gaps of 1e-6 and 1e-8, for twelve data sets."""
    found = {}
    for method in (adagrad, from_a_tenth):
        for size in (1, 0.1):
            job, start = rare_features(0.01, 20, seeds, size=size, weights=-1.37)
            hyper = dict(lr=1, keep="last", tol=1e-6 * size**2)
            run = descend(method, job, start, 1000, **hyper)
            settled = run.settling_time(1e-6 * size**2)
            found[method, size] = np.nan_to_num(settled, nan=np.inf)
    same = np.abs(found[adagrad, 1] - found[adagrad, 0.1]) <= 1
    return same & (found[from_a_tenth, 0.1] > 10 * found[from_a_tenth, 1])


@claim(
    "Rare means larger",
    says="at every step from the first meeting on the seldom weight's rate is the "
    "larger",
    at=dict(rare=0.01, batch=20, lr=0.1),
    vary=dict(rare=(0.1, 0.01), batch=(1, 20), lr=(0.02,)),
)
def test_rare_means_larger(rare, batch, lr):
    """Both rates at the steps 30 to 600, twelve data sets."""
    job, start = rare_features(rare, batch, weights=-1.37)
    rate = descend(adagrad, job, start, 600, lr=lr).terms["rate"][30:]
    return (rate[:, 1] > rate[:, 0]).all(0)


@claim(
    "the ratio goes nearly with 1/√share",
    says="while slopes last, the ratio of the rates times √share changes by less than "
    "a third between shares of 0.1 and 0.01, for batches of 5 and of 20",
    at=dict(batch=20, first=0),
    vary=dict(batch=(5, 20), first=(12,)),
)
def test_the_ratio_of_rates(batch, first):
    """Median of twelve data sets after five passes at η = 1e-5."""
    steps, found = 10_000 // batch, []
    for rare in (0.1, 0.01):
        job, start = rare_features(rare, batch, range(first, first + 12), weights=-1.37)
        run = descend(adagrad, job, start, steps, keep="last", lr=1e-5)
        often, seldom = np.sqrt(run.state["G"])
        found.append(np.median(often / seldom) * rare**0.5)
    return max(found) < 1.34 * min(found)


def full_adagrad(theta, grad, t, G=0.0, *, lr=0.01, eps=1e-8):
    g = grad(theta)
    G = G + np.outer(g, g)
    w, V = np.linalg.eigh(G)
    return theta - lr * V @ (V.T @ g / np.sqrt(w + eps)), dict(G=G)


@claim(
    "it settles after the same number of steps on both",
    says="the full-matrix form settles after the same number of steps at every angle",
    at=dict(angle=45, seed=0, lr=1),
    vary=dict(angle=(20, 80), seed=range(3), lr=(1,)),
)
def test_the_full_matrix_has_no_axes(angle, seed, lr):
    """Settling times of two runs of 150 steps in batches of 20, turned and not."""
    found = []
    for turn in (0, angle):
        job, _ = rare_features(0.01, 20, (seed,), turn, weights=-1.37)
        flat = Objective(
            lambda x, job=job: job(x[:, None])[0],
            lambda x, job=job: job.grad(x[:, None])[:, 0],
            2,
            batches=True,
        )
        path = descend(full_adagrad, flat, np.zeros(2), 150, lr=lr)
        found.append(np.flatnonzero(np.r_[1, path.loss > 1e-6])[-1])
    return found[0] == found[1]


@claim(
    "what holds the run back is slopes it met thousands of steps ago",
    says="at η up to 0.03 a slow run that starts anew with an empty G is ahead of the "
    "one that goes on, at every later step",
    at=dict(lr=0.01, steps=10_000),
    vary=dict(lr=(0.005, 0.01, 0.02), steps=(1000,)),
)
def test_starting_anew_is_ahead(lr, steps):
    """The gaps of 400 further steps on the line."""
    job = mse(*line_data(np.random.default_rng(0)))
    slow = descend(adagrad, job, steps=steps, keep="last", lr=lr)
    on = descend(adagrad, job, slow, 400, lr=lr)
    anew = descend(adagrad, job, slow.theta[-1], 400, lr=lr)
    return anew.gap[1:] < on.gap[1:]
