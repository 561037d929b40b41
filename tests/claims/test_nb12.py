"""What notebook 12 claims of Nadam beside Adam, and its referees."""

from itertools import pairwise

import numpy as np

from gdlib import (
    METHODS,
    PARABOLA,
    ROSENBROCK,
    Optimizer,
    adam,
    descend,
    line_data,
    mse,
    nadam,
    nesterov,
    ravine,
    recorded,
    stream,
)
from tests.claims.claim import claim
from tests.references import SURFACES

SEEDS = tuple(range(10))


def steps_of(method, slopes, **hyper):
    """Each step over η on these slopes."""
    run = descend(method, stream(slopes), (0,), len(slopes), lr=1, **hyper)
    return -np.diff(run.theta[:, 0])


def shares(beta1, t=400):
    """The weight of each slope in a late m̃, the newest first: one slope at a time."""
    impulses, found = np.eye(12)[::-1], []
    for impulse in impulses:
        m = 0.0
        for g in [*np.zeros(t - 12), *impulse[::-1]]:
            m = beta1 * m + (1 - beta1) * g
        found.append(beta1 * m + (1 - beta1) * impulse[0])
    return np.array(found)[::-1]


@claim(
    "for six steps Adam goes the other way",
    says="on x² Adam goes on for 3 to 15 steps after it has crossed the minimum",
    at=dict(x=0.7, lr=0.1),
    vary=dict(x=(0.5, 0.7, 1.0, 2.0), lr=(0.05, 0.1, 0.2)),
)
def test_old_momentum(x, lr):
    """Steps from the crossing to the lowest point."""
    path = descend(adam, PARABOLA, (x,), 150, lr=lr).theta[:, 0]
    on = path.argmin() - (path < 0).argmax()
    return 3 <= on <= 15 and (on == 6 or (x, lr) != (0.7, 0.1))


@claim(
    "A brake, not a wall",
    says="on x² from 0.3 to 2 Nadam overshoots, and less far than Adam",
    at=dict(lr=0.1),
    vary=dict(lr=(0.03, 0.05, 0.1, 0.2)),
)
def test_brake(lr):
    """The lowest x of 400 steps from ten starts."""
    starts = np.geomspace(0.3, 2, 10)[None]
    a, n = (
        descend(f, PARABOLA, starts, 400, lr=np.full(10, lr)).theta[:, 0].min(0)
        for f in (adam, nadam)
    )
    return (a < n) & (n < 0)


@claim(
    "counts 0.1 + 0.9 · 0.1 = 0.19 in place of 0.10",
    says="late in a run the newest slope counts 1 − β₁², older ones β₁ times as much",
    at=dict(beta1=0.9),
    vary=dict(beta1=(0.5, 0.7, 0.9)),
)
def test_shares(beta1):
    """The weight of each of the last twelve slopes, one at a time."""
    found, plain = shares(beta1), (1 - beta1) * beta1 ** np.arange(12)
    older = np.abs(found[1:] / plain[1:] - beta1).max() < 1e-9
    return older and abs(found[0] - (1 - beta1**2)) < 1e-9


@claim(
    "One index differs from momentum",
    says="(7) with η walks Nesterov's lookahead points with η(1 − β₁), on any ravine",
    at=dict(kappa=10, angle=30, beta1=0.9),
    vary=dict(kappa=(2, 30), angle=(0, 30), beta1=(0.0, 0.5, 0.9)),
)
def test_move_two(kappa, angle, beta1):
    """A bare loop of (7) beside `nesterov`, 100 steps."""
    ground = ravine(kappa, angle)
    hyper = dict(lr=0.5 / kappa * (1 - beta1), gamma=beta1)
    ahead = descend(nesterov, ground, steps=100, **hyper).terms["ahead"]
    theta, m = ahead[0], 0.0
    for point in ahead:
        if np.abs(theta - point).max() > 1e-9:
            return False
        g = ground.grad(theta)
        m = beta1 * m + (1 - beta1) * g
        theta = theta - 0.5 / kappa * (beta1 * m + (1 - beta1) * g)
    return True


@claim(
    "The lead tends to β₁η = 0.9 η",
    says="on a constant slope of any size Nadam's lead over Adam tends to β₁η",
    at=dict(beta1=0.9, slope=1.0),
    vary=dict(beta1=(0.3, 0.6, 0.9, 0.95), slope=(-5.0, 0.1, 1.0)),
)
def test_lead(beta1, slope):
    """Where the two stand after 400 steps."""
    slopes = np.full((400, 1), slope)
    n, a = (steps_of(f, slopes, beta1=beta1).sum() for f in (nadam, adam))
    return abs(abs(n) - abs(a) - beta1) < 1e-3


def settled(method, ground, steps=1000, starts=None, **hyper):
    run = descend(method, ground, starts, steps, keep="last", tol=1e-6, **hyper)
    return run.settling_time(1e-6)


def turned(kappa, far):
    """Settling times at 0° and at 45°, each of Adam and Nadam, and the ratios."""
    times = [
        settled(f, ground, starts=far * np.array(ground.start), lr=0.1)
        for ground in (ravine(kappa, 0), ravine(kappa, 45))
        for f in (adam, nadam)
    ]
    return times, np.divide(times[2:], times[:2])


@claim(
    "to 532 and 486, three- to fourfold",
    says="κ = 100 at 45°, η = 0.1: both about 3 to 4 times slower, Nadam still first",
    at=dict(kappa=100, far=1.0),
    vary=dict(kappa=(90, 100, 110), far=(0.9, 1.0, 1.1)),
)
def test_angle(kappa, far):
    """Settling times in 1,000 steps over those at angle 0, starts up to 10 % off."""
    times, ratios = turned(kappa, far)
    in_range = ((ratios > 2.7) & (ratios < 4.5)).all()
    return in_range and times[1] < times[0] and times[3] < times[2]


@claim(
    "At κ = 10 Adam loses little, Nadam 10 to 30 %",
    says="κ = 10 at 45°, η = 0.1: Adam up to 10 % slower than at 0°, Nadam 8 to 30 %",
    at=dict(far=1.0),
    vary=dict(far=(0.8, 0.9, 0.95, 1.05, 1.1, 1.2)),
)
def test_mild_angle(far):
    """Settling times in 1,000 steps over those at angle 0."""
    _, (a, n) = turned(10, far)
    return a < 1.1 and 1.08 < n < 1.3


@claim(
    "With β₁ = 0.8 at angle 0 both need about half their steps",
    says="ravine at 0°, η 0.1 to 0.3: β₁ = 0.8 takes 0.44 to 0.58 of the steps",
    at=dict(kappa=100, lr=0.1),
    vary=dict(kappa=(5, 10, 25, 50, 100), lr=(0.1, 0.2, 0.3)),
)
def test_less_momentum(kappa, lr):
    """Settling times in 500 steps."""
    pairs = [
        settled(f, ravine(kappa), 500, lr=lr, beta1=np.array([0.9, 0.8]))
        for f in (adam, nadam)
    ]
    return [0.44 < less / usual < 0.58 for usual, less in pairs]


def grounds():
    job = mse(*line_data(np.random.default_rng(4), n=200, centre=3))
    return dict(job=job, axes=ravine(100), turned=ravine(25, 45), bent=ROSENBROCK)


def verdicts(name, steps, seed=0, shift=0.0, count=13):
    """Ratios of Adam's best median to Nadam's, and to Adam's with β₁ = 0.8."""
    ground = grounds()[name]
    lr = np.geomspace(0.01, 3, count)[:, None, None] * 300 ** (shift / (count - 1))
    around = 0.1 * np.random.default_rng(seed).standard_normal((2, 1, 7, 1))
    hyper = dict(
        starts=np.reshape(ground.start, (2, 1, 1, 1)) + around,
        lr=lr,
        beta1=np.array([0.9, 0.8]),
    )
    found = [settled(f, ground, steps, **hyper) for f in (adam, nadam)]
    medians = [np.median(np.nan_to_num(x, nan=np.inf), 1).min(0) for x in found]
    (a, less), (n, _) = medians
    return a / n, a / less


@claim(
    "Within 1,000 steps Nadam is sooner on three of four",
    says="two ravines, best of 13 η in 1,000 steps: Nadam and β₁ = 0.8 are 10 % sooner",
    at=dict(name="axes", seed=0),
    vary=dict(name=("axes", "turned"), seed=(0, 1)),
)
def test_short_budget(name, seed):
    """Medians over seven starts: Adam's over Nadam's, over Adam's with β₁ = 0.8."""
    return np.array(verdicts(name, 1000, seed)) > 1.1


@claim(
    "Adam with β₁ = 0.8 earns the same verdicts here",
    says="four surfaces in 1,000 steps, three in 5,000: Nadam and Adam at β₁ = 0.8 are "
    "both 10 % sooner than Adam, or both 10 % later",
    at=dict(seed=0, shift=0.0),
    vary=dict(seed=(0, 1, 2), shift=(0.0, 0.5)),
    share=0.9,
    slow=True,
)
def test_same_verdict(seed, shift):
    """Medians over seven starts, the best of 13 step sizes each."""
    same = []
    for name in ("job", "axes", "turned", "bent"):
        for steps in (1000,) if name == "job" else (1000, 5000):
            ratios = np.array(verdicts(name, steps, seed, shift))
            sooner = name == "axes" or (steps == 1000 and name != "bent")
            same.append((ratios > 1.1 if sooner else ratios < 1 / 1.1).all())
    return np.array(same)


@claim(
    "In 10,000 steps it is later on the first ravine; Nadam is not",
    says="ravine along the axes, 10,000 steps: β₁ = 0.8 is 10 % later, Nadam is not",
    at=dict(seed=0, shift=0.0),
    vary=dict(seed=(1, 2), shift=(0.0, 0.5)),
    slow=True,
)
def test_long_budget(seed, shift):
    """Medians over seven starts, the best of 13 step sizes each."""
    nadams, less = verdicts("axes", 10_000, seed, shift)
    return nadams > 1 / 1.1 and less < 1 / 1.1


@claim(
    "room is little more than a third of Adam's",
    says="quadratic, β₁ from 0.6: Adam and Nadam grow from the two edges of (9) on",
    at=dict(beta1=0.9),
    vary=dict(beta1=(0.6, 0.8, 0.9)),
)
def test_edges(beta1):
    """Growth from step 500 to 1,000 at 1 % below the edge and 1 % above it."""
    plain = (2 + 2 * beta1) / (1 - beta1)
    found = [plain / (1 + 2 * beta1) / plain < 0.46]
    for method, edge in ((adam, plain), (nadam, plain / (1 + 2 * beta1))):
        hyper = dict(
            steps=500, keep="last", lr=edge / 2 * np.array([0.99, 1.01]), eps=1
        )
        half = descend(method, PARABOLA, (1e-100,), beta1=beta1, **hyper)
        whole = descend(method, PARABOLA, half, beta1=beta1, **hyper)
        found += [(whole.loss[-1] > half.loss[-1]).tolist() == [False, True]]
    return found


def comes_back(method, angle, lr, steps):
    """The edge's and the return's step of a run on a ravine with κ = 10, or None."""
    ground = ravine(10, angle)
    run = descend(method, ground, steps=steps, lr=lr)
    H = np.stack([ground.grad(axis) for axis in np.eye(2)], 1)
    rate = lr if not callable(lr) else np.array([lr(t) for t in range(1, steps + 1)])
    scale = np.reshape(rate, (-1, 1, 1)) / np.sqrt(run.terms["v_hat"])[:, :, None]
    top = np.linalg.eigvals(scale * H).real.max(1)
    edge = 38 if method is adam else 13.57
    above = run.gap[1000:] > 1e-6
    passed = (top > edge).argmax() if (top > edge).any() else None
    return passed, 1000 + above.argmax() if above.any() else None


@claim(
    "it passes 13.57 at about step 1,800 and is back out 500 steps later",
    says="turned ravines, η = 0.2: Nadam passes the edge, then swings out within 1,000",
    at=dict(angle=45),
    vary=dict(angle=(20, 30, 45, 60)),
)
def test_nadam_returns(angle):
    """The step of the edge by the largest eigenvalue, and of a gap above 1e-6."""
    passed, back = comes_back(nadam, angle, 0.2, 3200)
    return passed < back < passed + 1000


@claim(
    "Nadam arrives first and leaves first",
    says="turned ravines, η 0.2 and 0.3: Nadam is back above 1e-6 long before Adam",
    at=dict(angle=45, lr=0.2),
    vary=dict(angle=(20, 30, 45), lr=(0.2, 0.3)),
    slow=True,
)
def test_leaves_first(angle, lr):
    """First touches of 1e-6, and steps at which the gap is above it again, of 6,000."""
    backs = [comes_back(f, angle, lr, 6000)[1] for f in (nadam, adam)]
    first = [
        descend(f, ravine(10, angle), steps=300, lr=lr).first_below(1e-6)
        for f in (nadam, adam)
    ]
    return first[0] < first[1] and backs[0] + 1000 < backs[1]


@claim(
    "η then falls faster than √v̂, which loses half of 0.001 a step",
    says="η falling by more than 0.0005 a step keeps both at the minimum; by less, not",
    at=dict(decay=0.999),
    vary=dict(decay=(0.999, 0.9992, 0.9994, 0.9998, 0.9999)),
    slow=True,
)
def test_falling_eta(decay):
    """Whether the gap is above 1e-6 again within 8,000 steps, η = 0.2 · decayᵗ."""
    steps = 8000
    left = [
        comes_back(f, 45, lambda t: 0.2 * decay**t, steps)[1] is not None
        for f in (adam, nadam)
    ]
    return left == [decay > 0.9995] * 2


def scheduled(psi, inner, beta1, T):
    """Steps over η of (10) on a slope of 1, with μ or with β₁ in (1)."""
    m, product, found = 0.0, 1.0, []
    mu = beta1 * (1 - 0.5 * 0.96 ** (psi * np.arange(1, T + 2)))
    for now, later in pairwise(mu):
        d = now if inner else beta1
        m, product = d * m + (1 - d), product * now
        found.append(later * m / (1 - later * product) + (1 - now) / (1 - product))
    return np.array(found)


@claim(
    "where m is still small and (10) takes it for full",
    says="(10) with β₁ in (1) takes steps below 0.8 η, with μ in (1) none below η",
    at=dict(psi=0.004, beta1=0.9),
    vary=dict(psi=(0.004, 0.1, 1), beta1=(0.9, 0.95)),
)
def test_dip(psi, beta1):
    """The shortest of 100 steps on a constant slope."""
    dip, level = (scheduled(psi, i, beta1, 100).min() for i in (False, True))
    return dip < 0.8 and level > 0.999


def listed(slopes, lazy=False, eps=1e-7):
    """The page's loop over plain numbers; lazy: m and v are zeros at every access."""
    m, v, found = 0.0, 0.0, []
    for t, g in enumerate(slopes, 1):
        m, v = (0.0, 0.0) if lazy else (m, v)
        m = 0.9 * m + (1 - 0.9) * g
        v = 0.999 * v + (1 - 0.999) * g**2
        found.append(m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + eps))
    return np.array(found)


@claim(
    "The formulas, the Python and the Java listing are Adam's",
    says="the page's algorithm takes Adam's steps, and not (3)'s, on any slopes",
    at=dict(seed=0),
    vary=dict(seed=SEEDS),
)
def test_page_is_adam(seed):
    """A plain loop of the listing on 100 random slopes beside `adam` and `nadam`."""
    slopes = np.random.default_rng(seed).normal(size=(100, 1))
    page = listed(slopes[:, 0])
    same, other = (steps_of(f, slopes, eps=1e-7) for f in (adam, nadam))
    return np.abs(page - same).max() < 1e-9 and np.abs(page - other).max() > 0.05


@claim(
    "the steps shrink: 1, 0.744, 0.639, 0.581 η",
    says="m and v forgotten at every step: Adam's steps on a constant slope shrink",
    at=dict(slope=1.0),
    vary=dict(slope=(-3.0, 0.1, 20.0)),
)
def test_lazy_listing(slope):
    """The page's loop with zeros at every access, eight steps."""
    size = np.abs(listed(np.full(8, slope), lazy=True, eps=0))
    first = np.abs(size[:4] - [1, 0.744, 0.639, 0.581]).max() < 6e-4
    return first and (np.diff(size) < 0).all()


@claim(
    "v holds one slope more than its correction counts",
    says="v over 1 − β₂^(t−1): steps are √((t − 1)/t) of Adam's on a constant slope",
    at=dict(slope=1.0),
    vary=dict(slope=(-2.0, 0.1, 30.0)),
)
def test_late_count(slope):
    """Steps 2 to 12 with the late correction over Adam's."""
    t = np.arange(2, 13)
    v = slope**2 * (1 - 0.999**t) / (1 - 0.999 ** (t - 1))
    return np.abs(abs(slope) / np.sqrt(v) - np.sqrt((t - 1) / t)) < 1e-3


@claim(
    "By the code the slope's share fades, and Adam's m̂ is left",
    says="after 50 steps the chapter's formula is the slope, its code m̂, to 1 %",
    at=dict(seed=0),
    vary=dict(seed=SEEDS),
)
def test_powers(seed):
    """Both readings of m̃ on 50 random slopes beside g and m̂."""
    m, slopes = 0.0, np.random.default_rng(seed).normal(1, 0.3, size=51)
    for g in slopes:
        m = 0.9 * m + 0.1 * g
    t, m_hat = 50, m / (1 - 0.9**51)
    formula = 0.9 ** (t + 1) * m_hat + (1 - 0.9**t) * g
    code = (1 - 0.9 ** (t + 1)) * m_hat + 0.9**t * g
    return abs(formula / g - 1) < 0.02 and abs(code / m_hat - 1) < 0.02


@claim(
    "whose first step is η is not (3)",
    says="(3)'s first step is 1 + β₁/(1 + β₁) η for any slope: longer than η",
    at=dict(beta1=0.9, slope=1.4),
    vary=dict(beta1=(0.1, 0.5, 0.9, 0.99), slope=(-30.0, 0.01, 1.4)),
)
def test_first_step(beta1, slope):
    """The first step over η, ε = 0; Adam's is 1."""
    one = np.array([[slope]])
    n, a = (abs(steps_of(f, one, beta1=beta1, eps=0)[0]) for f in (nadam, adam))
    return abs(n - 1 - beta1 / (1 + beta1)) < 1e-9 and abs(a - 1) < 1e-9


@claim(
    "the schedule is no detail: paths part by 0.7",
    says="PyTorch's and Keras's recorded paths are 0.04 or more away from (3)",
    at=dict(surface="ravine", library="PyTorch"),
    vary=dict(surface=tuple(SURFACES), library=("PyTorch", "Keras")),
)
def test_recorded(surface, library):
    """The largest distance over 200 steps at the recorded η; optax's is (3) itself."""
    held = recorded("nadam")
    theirs, optax = (held[name].paths[surface] for name in (library, "optax"))
    lr = held[library].lr[surface]
    path = descend(nadam, SURFACES[surface], optax[0], 200, lr=lr).theta
    return np.abs(path - theirs).max() > 0.04 > np.abs(path - optax).max()


@claim(
    "θ − γv for Nesterov, the params themselves for all others",
    says="of the ten methods only Nesterov asks for its slope at another point",
    at=dict(method="nadam"),
    vary=dict(method=tuple(METHODS)),
)
def test_lookahead(method):
    """The lookahead of an Optimizer after one step."""
    optimizer, params = Optimizer(METHODS[method]), {"w": np.array([1.0, -2.0])}
    params = optimizer.update(params, {"w": np.array([0.5, 3.0])})
    there = np.array_equal(optimizer.lookahead(params)["w"], params["w"])
    return there == (method != "nesterov")


@claim(
    "At 0.001 Nesterov is far ahead; at 0.01 it has overflowed",
    says="Rosenbrock, 500 to 2,000 steps: Nesterov leads at 0.001, overflows at 0.01",
    at=dict(steps=1000, factor=1.0),
    vary=dict(steps=(500, 2000), factor=(0.5, 1.0)),
)
def test_one_eta(steps, factor):
    """Gaps at 0.001 and at 0.01, both times the factor."""
    lr = factor * np.array([0.001, 0.01])
    n, other = (
        descend(f, ROSENBROCK, None, steps, lr=lr, keep="last").gap[-1]
        for f in (nesterov, nadam)
    )
    return 50 * n[0] < other[0] and not np.isfinite(n[1]) and np.isfinite(other[1])
