"""What notebook 01 claims of gradient descent, refereed."""

import numpy as np

from gdlib import (
    BOWL,
    DOUBLE_WELL,
    HIMMELBLAU,
    PARABOLA,
    ROSENBROCK,
    SADDLE,
    Objective,
    best,
    descend,
    gradient_descent,
    measured_rate,
    momentum,
    ravine,
    stability_edge,
)
from tests.claims.claim import claim

FUNNEL = Objective(
    lambda theta: np.log(1 + theta**2).sum(0),
    lambda theta: 2 * theta / (1 + theta**2),
    dim=1,
    window=((-10, 10),),
    batches=True,
)
SURFACES = (PARABOLA, FUNNEL, DOUBLE_WELL, BOWL, ravine(30, 20), ROSENBROCK, HIMMELBLAU)
STARTS = np.array([-3, -1, -0.2, 0.1, 0.4, 0.7, 1.5, 20])
PLANE = np.array([[-2, 1], [1, 2], [0.3, -0.5], [-2, -1.9], [0.05, 1]]).T


def run(objective=PARABOLA, start=STARTS, steps=20, lr=0.15):
    """Gradient descent from several starts at once, lr along the last axis."""
    start = np.asarray(start, float).reshape(objective.dim, -1, 1)
    return descend(gradient_descent, objective, start, steps, lr=np.atleast_1d(lr))


@claim(
    "with the minus a short enough move goes down",
    says="a move of 1e-5 against the slope lowers the height, one with it raises it",
    at=dict(surface=PARABOLA, seed=0),
    vary=dict(surface=SURFACES, seed=range(3)),
)
def test_minus_goes_down(surface, seed):
    """Change of the height at 50 random points of each surface's window."""
    low, high = np.array(surface.window).T
    points = np.random.default_rng(seed).uniform(low, high, (50, surface.dim)).T
    g = surface.grad(points)
    move = 1e-5 * g / np.linalg.norm(g, axis=0)
    here = surface(points)
    return (surface(points - move) < here) & (surface(points + move) > here)


@claim(
    "it costs the whole gain; beyond that you climb",
    says="on x² a move against the slope lowers the height if it is shorter than 2|x|",
    at=dict(x=0.7, share=np.array([0.01, 0.5, 0.999, 1.001, 1.5, 4])),
    vary=dict(x=STARTS, share=[np.linspace(0.05, 1.95, 20)]),
)
def test_the_turn_of_a_long_move(x, share):
    """Sign of the change after a move of `share` times twice the distance."""
    change = PARABOLA((x - share * 2 * x)[None]) - x**2
    return (change < 0) == (share < 1)


@claim(
    "Every step multiplies $x$ by the same number",
    says="on x² step t stands at (1 − 2α)ᵗ x₀ for every α",
    at=dict(lr=0.15),
    vary=dict(lr=(0.001, 0.02, 0.4, 0.5, 0.77, 0.9, 1, 1.05, 1.4)),
)
def test_closed_form(lr):
    """Twenty steps from eight starts beside the closed form."""
    path = run(lr=lr).theta[:, 0, :, 0]
    closed = (1 - 2 * lr) ** np.arange(21)[:, None] * STARTS
    return np.isclose(path, closed, rtol=1e-9, atol=1e-15)


@claim(
    "the steps shrink by themselves, because the slope does",
    says="on x² every step is shorter than the one before, at every α below 1",
    at=dict(lr=0.15),
    vary=dict(lr=(0.001, 0.02, 0.1, 0.3, 0.45, 0.6, 0.9, 0.99)),
)
def test_steps_shrink(lr):
    """Lengths of twenty steps from eight starts."""
    return np.diff(np.abs(run(lr=lr).terms["step"][:, 0]), axis=0) < 0


@claim(
    "Between −1 and 1 it brings $x$ closer, the faster the nearer to 0",
    says="on x² a factor nearer to 0 leaves a smaller distance, after any number of "
    "steps",
    at=dict(steps=8),
    vary=dict(steps=(1, 3, 20, 100)),
)
def test_nearer_to_zero_is_faster(steps):
    """Distances at 40 values of α, ordered by the size of the factor."""
    alphas = np.linspace(0.011, 0.989, 40)
    size = np.abs(1 - 2 * alphas)
    order = np.argsort(size)
    end = np.abs(run(steps=steps, lr=alphas[order]).theta[-1, 0])
    apart = np.diff(size[order]) > 1e-9
    return (np.diff(end) > 0)[:, apart]


@claim(
    "At −1 the run cycles: that was the problem's raw slope, α = 1. Below −1 it",
    says="on x² the distance stays at α = 1 and grows at every step above it",
    at=dict(lr=1.05),
    vary=dict(lr=(1.001, 1.01, 1.2, 2, 5)),
)
def test_cycle_and_divergence(lr):
    """Distances of twenty steps from eight starts, at 1 and above."""
    cycle = np.abs(run(lr=1.0).theta[:, 0])
    away = np.diff(np.abs(run(lr=lr).theta[:, 0]), axis=0) > 0
    return away.all() & np.allclose(cycle, cycle[0])


@claim(
    "Its factor is −0.8: it changes sides at every step and comes closer more slowly",
    says="on x² α = 0.5 ends closest, then 0.15, then 0.9, then 1",
    at=dict(steps=20),
    vary=dict(steps=(1, 2, 5, 50, 200)),
)
def test_four_learning_rates(steps):
    """The distances of the four learning rates of the question, eight starts."""
    end = np.abs(run(steps=steps, lr=[0.5, 0.15, 0.9, 1]).theta[-1, 0])
    return np.diff(end) > 0


@claim(
    "the rule stops near $|x| = 0.0005/\\alpha$",
    says="on x² the step rule stops within a factor of 2 of 0.0005/α, α up to 0.15",
    at=dict(lr=np.array([0.15, 1e-3]), start=0.7),
    vary=dict(lr=[np.geomspace(2e-3, 0.15, 20)], start=(0.6, -0.9, 3, 20)),
)
def test_the_step_rule_stops_where_alpha_says(lr, start):
    """Where the first step shorter than 0.001 ends."""
    path = run(start=start, steps=3000, lr=lr)
    t = 1 + (np.abs(path.terms["step"][:, 0, 0]) < 0.001).argmax(0)
    end = np.abs(path.theta[t, 0, 0, np.arange(len(lr))])
    return (end <= 0.0005 / lr) & (end > 0.00025 / lr)


@claim(
    "its rule stops below 0.0005 at any α below 1",
    says="on x² the slope rule stops below 0.0005 at every α below 1, after a time "
    "in proportion to 1/α for small α",
    at=dict(start=0.7),
    vary=dict(start=(-0.7, 0.01, 3, 20)),
)
def test_the_slope_rule_stops_at_one_place(start):
    """Place and time at which the slope is first below 0.001, twelve learning rates."""
    lr = np.array([1e-3, 2e-3, 4e-3, 0.01, 0.05, 0.15, 0.3, 0.45, 0.6, 0.8, 0.9, 0.99])
    path = run(start=start, steps=6000, lr=lr)
    x = np.abs(path.theta[:, 0, 0])
    t = (2 * x < 0.001).argmax(0)
    place = (t > 0) & (x[t, np.arange(len(lr))] < 0.0005)
    return place & np.isclose(t[0] * lr[0], t[2] * lr[2], rtol=0.02)


@claim(
    "beyond ±1 it curves downwards, and every chord on one side breaks it",
    says="on log(1 + x²) chords within −1 … 1 keep (3), chords beyond 1 break it",
    at=dict(seed=0),
    vary=dict(seed=range(12)),
)
def test_chords_of_the_funnel(seed):
    """Half-way heights of 100 random chords of each kind."""
    rng = np.random.default_rng(seed)
    inner, outer = rng.uniform(-1, 1, (2, 100)), rng.uniform(1, 10, (2, 100))
    outer = outer * rng.choice([-1, 1], 100)

    def above(ends):
        return FUNNEL(ends[None]).mean(0) - FUNNEL(ends.mean(0)[None])

    return (above(inner) > 0) & (above(outer) < 0)


@claim(
    "so a tolerance of 0.01 stops a run there, far from the minimum",
    says="on log(1 + x²) the slope is under 0.01 beyond |x| = 200, and not nearer",
    at=dict(sign=1),
    vary=dict(sign=(1, -1)),
)
def test_the_flat_funnel(sign):
    """The slope at 200 places on either side of 200."""
    far, near = np.geomspace(200.1, 1e6, 200), np.linspace(1, 199.9, 200)
    flat = np.abs(FUNNEL.grad(sign * np.array([far, near]))) < 0.01
    return flat[0] & ~flat[1]


@claim(
    "What convexity buys: every bottom is the lowest point",
    says="on a convex function every run that comes to rest has found the lowest point",
    at=dict(seed=0),
    vary=dict(seed=range(12)),
)
def test_convex_has_no_false_bottoms(seed):
    """Random sums of bends log cosh(x − a), 41 starts, beside a fine grid's lowest."""
    a = np.random.default_rng(seed).normal(0, 2, 6)
    f = Objective(
        lambda theta: sum(np.log(np.cosh(theta[0] - b)) for b in a),
        lambda theta: sum(np.tanh(theta - b) for b in a),
        dim=1,
        batches=True,
    )
    ends = run(f, np.linspace(-6, 6, 41), steps=300, lr=0.2).theta[-1, 0]
    x = np.linspace(-6, 6, 4001)
    return f(ends[None]) <= f(x[None]).min() + 1e-6


@claim(
    "From every start between −1.6 and 1.6 it is the hump alone up to α = 0.14",
    says="in the double well runs end on their side of the hump at every α up to 0.14",
    at=dict(lr=0.05, steps=500),
    vary=dict(lr=(0.02, 0.08, 0.11, 0.14), steps=(500, 1000)),
)
def test_the_hump_decides(lr, steps):
    """Ends of 160 starts beside the minimum of their side."""
    starts = np.linspace(-1.6, 1.6, 160)
    ends = run(DOUBLE_WELL, starts, steps, lr).theta[-1, 0, :, 0]
    left, right = np.array(DOUBLE_WELL.minima)[:, 0]
    hump = np.roots([4, 0, -4, 0.5])[2]
    return np.abs(ends - np.where(starts < hump, left, right)) < 1e-3


@claim(
    "with α = 0.2 the first step leaps over the hump",
    says="in the double well starts about 1.5 end right up to α = 0.14, left at 0.2",
    at=dict(start=1.5, lr=0.2),
    vary=dict(start=(1.49, 1.52, 1.55, 1.6), lr=(0.195, 0.2, 0.205)),
)
def test_alpha_has_a_say(start, lr):
    """The ends at a small and at a large learning rate."""
    ends = run(DOUBLE_WELL, start, 500, [0.05, 0.14, lr]).theta[-1, 0, 0]
    return (ends > 0).tolist() == [True, True, False]


@claim(
    "With α = 0.25 no run settles in the left well",
    says="in the double well runs settle left at α up to 0.21, none from 0.215 on",
    at=dict(lr=0.25),
    vary=dict(lr=(0.215, 0.24, 0.3)),
)
def test_the_left_well_lets_go(lr):
    """Size of the slope at the left minimum's side after 1,500 steps, 31 starts."""
    starts = np.linspace(-1.45, 0.1, 31)
    ends = run(DOUBLE_WELL, starts, 1500, [0.21, lr]).theta[-1]
    still = np.abs(DOUBLE_WELL.grad(ends)[0]) < 1e-6
    return still[:, 0] & ~(still[:, 1] & (ends[0, :, 1] < 0))


@claim(
    "A right angle, every time",
    says="a short move along the contour line leaves the height as it is",
    at=dict(surface=BOWL, seed=0),
    vary=dict(surface=(ravine(30, 20), ROSENBROCK, HIMMELBLAU, SADDLE), seed=range(3)),
)
def test_the_gradient_crosses_contours_at_right_angles(surface, seed):
    """Change of the height across the gradient, as a share of that along it."""
    low, high = np.array(surface.window).T
    points = np.random.default_rng(seed).uniform(low, high, (50, 2)).T
    g = surface.grad(points)
    unit = 1e-6 * g / np.linalg.norm(g, axis=0)
    aside = np.array([-unit[1], unit[0]])
    along = surface(points + unit) - surface(points - unit)
    return np.abs(surface(points + aside) - surface(points - aside)) < 1e-3 * along


@claim(
    "On this bowl straight downhill leads straight to the minimum",
    says="on x² + y² every run stays on the line from its start to the minimum",
    at=dict(lr=0.15),
    vary=dict(lr=(0.01, 0.4, 0.5, 0.9, 1.1)),
)
def test_straight_on_the_bowl(lr):
    """Area between the start's arrow and each later point, five starts."""
    x, y = run(BOWL, PLANE, lr=lr).theta[..., 0].transpose(1, 0, 2)
    return np.abs(x * y[0] - y * x[0]) < 1e-12 * (1 + x**2 + y**2)


@claim(
    "So $y$ changes sides at every step and $x$ never",
    says="in the ravine with κ = 10 at α = 0.18 y zig-zags, x does not, and the two "
    "shrink at paces within 3 %",
    at=dict(steps=4),
    vary=dict(steps=(1, 10, 100)),
)
def test_two_parabolas(steps):
    """Signs and step-by-step shrinkage of both coordinates, five starts."""
    theta = run(ravine(10), PLANE, steps, 0.18).theta[..., 0]
    x, y = (theta[1:] / theta[:-1]).transpose(1, 0, 2)
    return (x > 0) & (y < 0) & (np.abs(np.abs(x / y) - 1) < 0.03)


@claim(
    "A run converges if every factor lies between −1 and 1",
    says="on a ravine runs converge at 0.99 of 2/L and grow at 1.01 of it",
    at=dict(kappa=10, angle=0),
    vary=dict(kappa=(1, 3, 30, 60), angle=(0, 70)),
)
def test_the_edge(kappa, angle):
    """The gap after 1,000 steps beside the first, five starts."""
    runs = descend(
        gradient_descent,
        ravine(kappa, angle),
        PLANE[:, :, None],
        1000,
        keep="last",
        lr=np.array([0.99, 1.01]) * 2 / kappa,
    )
    below, above = runs.gap[-1].T / ravine(kappa, angle)(PLANE)
    return (below < 1e-6) & (above > 1)


@claim(
    "The best α is where they meet",
    says="after 120 κ steps no other α has left a smaller gap than 2/(L + μ)",
    at=dict(kappa=10, angle=0),
    vary=dict(kappa=(2, 5, 10, 30), angle=(0, 30, 75)),
)
def test_the_best_learning_rate(kappa, angle):
    """The gap at α* beside those at α 3 % to 40 % smaller or larger, five starts."""
    aside = np.array([1, 0.6, 0.8, 0.9, 0.95, 0.97, 1.03, 1.05, 1.1, 1.3])
    path = descend(
        gradient_descent,
        ravine(kappa, angle),
        PLANE[:, :, None],
        120 * kappa,
        keep="last",
        lr=aside * 2 / (1 + kappa),
    )
    gap = path.gap[-1]
    return ~(gap[:, 1:] <= gap[:, :1])  # nan where a run has overflowed


@claim(
    "The dots follow the higher line",
    says="in the long run the distance shrinks by the larger of |1 − αμ| and |1 − αL|, "
    "within 0.005",
    at=dict(kappa=10, angle=0),
    vary=dict(kappa=(3, 10, 20), angle=(0, 25, 60)),
)
def test_the_slower_direction_sets_the_pace(kappa, angle):
    """Distances after 700 and 800 steps, 16 learning rates up to past the edge."""
    alphas = np.linspace(0.1, 2.15, 16) / kappa
    away = np.abs(run(ravine(kappa, angle), PLANE, 800, alphas).theta).sum(1)
    rate = (away[800] / away[700]) ** 0.01
    factors = np.abs(1 - alphas), np.abs(1 - kappa * alphas)
    return np.abs(rate - np.maximum(*factors)) < 0.005


@claim(
    "The lowest stands beside (7)",
    says="of rates measured on a grid the lowest is at a neighbour of 2/(L + μ)",
    at=dict(kappa=10, n=39),
    vary=dict(kappa=(3, 10, 20), n=(17, 38, 40, 53)),
)
def test_the_lowest_dot(kappa, n):
    """Distance of the best α on a grid up to 1.05 of the edge from the best of all."""
    alphas = np.linspace(0.2, 2.1, n) / kappa
    runs = descend(gradient_descent, ravine(kappa), steps=200, lr=alphas)
    lowest = alphas[measured_rate(runs).argmin()]
    return abs(lowest - 2 / (1 + kappa)) < alphas[1] - alphas[0]


@claim(
    "of the edge: half of it on a bowl, 91 % here, 99 % at κ = 100",
    says="the best α is κ/(κ + 1) of the edge",
    at=dict(kappa=10),
    vary=dict(kappa=(1, 2, 100, 1e4)),
)
def test_best_beside_broken(kappa):
    """The best learning rate over the edge, both as gdlib has them."""
    share = best(gradient_descent, kappa, 1).lr / stability_edge(
        gradient_descent, kappa
    )
    table = {1: 0.5, 10: 0.91, 100: 0.99}
    told = abs(share - table.get(kappa, share)) < 0.005
    return told & np.isclose(share, kappa / (kappa + 1))


@claim(
    "the start turns with the valley, and the gaps stay what they were",
    says="in a turned ravine with a turned start every gap is the same",
    at=dict(kappa=10, lr=0.18),
    vary=dict(kappa=(3, 10, 100), lr=(0.005, 0.018, 0.1, 0.18)),
)
def test_turning_the_valley_changes_nothing(kappa, lr):
    """Gaps of 100 steps at six angles beside those at 0°."""
    lr = lr * 10 / kappa

    def gaps(angle):
        return descend(gradient_descent, ravine(kappa, angle), lr=lr).gap

    return [np.allclose(gaps(a), gaps(0), rtol=1e-6) for a in (5, 30, 45, 80, 90, 200)]


@claim(
    "ten times the condition number means about ten times the steps",
    says="from κ = 10 on ten times κ takes ten times the steps within 5 %, at the "
    "best α",
    at=dict(kappa=10, share=1e-6),
    vary=dict(kappa=(10, 15, 30), share=(1e-3, 1e-6, 1e-8)),
)
def test_steps_in_proportion_to_kappa(kappa, share):
    """Settling times under a share of the first gap at κ and at 10 κ, five starts."""
    first, tenfold = (settling(k, share) for k in (kappa, 10 * kappa))
    return np.abs(tenfold / first - 10) < 0.5


@claim(
    "That would be a great gain: notebook 04 earns it with momentum.",
    says="at its best learning rate and γ, ten times κ costs momentum 3 to 4 times "
    "the steps",
    at=dict(kappa=10, share=1e-6),
    vary=dict(kappa=(10, 15, 30), share=(1e-4, 1e-6, 1e-8)),
)
def test_the_root_of_kappa(kappa, share):
    """Settling times under a share of the first gap at κ and at 10 κ."""
    times = []
    for k in (kappa, 10 * kappa):
        lr, gamma, _ = best(momentum, k, 1)
        path = descend(momentum, ravine(k), steps=60 * kappa, lr=lr, gamma=gamma)
        times.append(path.settling_time(share * path.gap[0]))
    return 3 < times[1] / times[0] < 4


@claim(
    "3.5 κ steps to a millionth of the gap if κ ≥ 10",
    says="at the best α a millionth of the gap is left after 3.5 κ steps within 3 %",
    at=dict(kappa=10),
    vary=dict(kappa=(12, 30, 100, 300)),
)
def test_three_and_a_half_kappa(kappa):
    """Settling times under a millionth of the first gap, five starts."""
    return np.abs(settling(kappa, 1e-6) / kappa - 3.5) < 0.1


def settling(kappa, share):
    """The step from which each of five runs stays under a share of its first gap."""
    lr = 2 / (1 + kappa)
    gap = run(ravine(kappa), PLANE, int(6 * kappa), lr).gap[..., 0]
    under = gap < share * gap[0]
    return np.where(under[-1], len(gap) - under[::-1].argmin(0), np.nan)


@claim(
    "That is 0 for α = 1/6, one over the curvature",
    says="on λx²/2 the learning rate 1/λ lands on 0 in one step from anywhere",
    at=dict(curvature=6),
    vary=dict(curvature=(0.1, 1, 2, 50)),
)
def test_landing(curvature):
    """The first step from eight starts, and that of an α 1 % larger."""
    f = Objective(
        lambda th: curvature * (th**2).sum(0) / 2,
        lambda th: curvature * th,
        dim=1,
        batches=True,
    )
    lands, misses = np.abs(
        run(f, steps=1, lr=[1 / curvature, 1.01 / curvature]).theta[-1, 0]
    ).T
    return (lands < 1e-12) & (misses > 1e-4)


def fixed_length(theta, grad, t, *, lr=0.1):
    """Step against the slope by a length of lr."""
    g = grad(theta)
    return theta - lr * g / np.linalg.norm(g, axis=0), dict(g=g)


@claim(
    "Flat ground no longer slows it down, and it does not come to rest",
    says="steps of one length are the same on a landscape 1e6 times flatter and never "
    "shrink",
    at=dict(kappa=10, lr=0.1),
    vary=dict(kappa=(2, 10, 50), lr=(0.01, 0.1, 0.3)),
)
def test_steps_of_one_length(kappa, lr):
    """Paths of 500 steps on two landscapes, and the length of the last fifty steps."""
    steep = ravine(kappa, 20)
    flat = Objective(
        lambda th: 1e-6 * steep.value(th),
        lambda th: 1e-6 * steep.grad(th),
        dim=2,
        batches=True,
    )
    start = PLANE[:, :4]
    one, other = (
        descend(fixed_length, f, start, 20, lr=lr).theta for f in (steep, flat)
    )
    late = descend(fixed_length, steep, start, 500, lr=lr).theta[-50:]
    length = np.linalg.norm(np.diff(late, axis=0), axis=1)
    return np.allclose(one, other) & np.allclose(length, lr)
