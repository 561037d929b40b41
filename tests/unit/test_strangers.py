"""A reader's own functions, written as a newcomer writes them, in every entry point."""

import copy
import math
import multiprocessing
import pickle
import warnings
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from functools import partial

import matplotlib.pyplot as plt
import numpy as np
import pytest

from gdlib import (
    BOWL,
    HIMMELBLAU,
    Objective,
    Optimizer,
    adam,
    curvature,
    descend,
    describe,
    gradient_descent,
    momentum,
    mse,
    plot_contours,
    plot_curve,
    plot_path,
    plot_surface,
    ravine,
    spectral_radius,
)
from gdlib.live import explore, race, rate_map, step_player
from gdlib.pointwise import MANY

A = np.array([[2.0, 0.5], [0.5, 1.0]])
RNG = np.random.default_rng(0)
STEPS = 20
X = RNG.normal(size=(STEPS + 1, 2))  # as many samples as a path has rows
Y = X @ [1.0, 2.0]
PLACE = dict(dim=2, start=(0.7, -0.4), window=((-1.0, 2.0), (-1.0, 3.0)))


def huber(theta):
    """Two branches, told apart by a number."""
    size = np.linalg.norm(theta)
    return size**2 / 2 if size < 1 else size - 0.5


def huber_grad(theta):
    size = np.linalg.norm(theta)
    return theta if size < 1 else theta / size


def one_side(theta):
    return theta[0] ** 2 + theta[1] ** 2 if theta[0] > 0 else 3 * theta @ theta


def loop(theta):
    total = 0.0
    for x in theta:
        total += float(x) ** 4
    return total


NEWCOMERS = {
    "mean over samples": (
        lambda th: np.mean((X @ th - Y) ** 2, axis=0),
        lambda th: 2 * X.T @ (X @ th - Y) / len(Y),
    ),
    "quadratic form": (lambda th: th @ A @ th, lambda th: 2 * A @ th),
    "math functions": (
        lambda th: math.sin(th[0]) + math.exp(th[1] ** 2),
        lambda th: np.array([math.cos(th[0]), 2 * th[1] * math.exp(th[1] ** 2)]),
    ),
    "an if": (
        one_side,
        lambda th: (2 if th[0] > 0 else 6) * th,
    ),
    "a norm and branches": (huber, huber_grad),
    "a loop over floats": (loop, lambda th: [4 * float(x) ** 3 for x in th]),
    "sum of all": (lambda th: (th**2).sum(), lambda th: 2 * th),
    "Python's max": (
        lambda th: max(th[0], th[1]) + th @ th,
        lambda th: 2 * th + (np.array([1, 0]) if th[0] > th[1] else np.array([0, 1])),
    ),
    "no gradient": (lambda th: (th[0] - 1) ** 2 + 2 * abs(th[1]) ** 3, None),
    "numbers of another kind": (
        lambda th: Fraction(1, 2) * float(th[0]) ** 2 + float(th[1]) ** 2,
        lambda th: np.array([th[0], 2 * th[1]], dtype=np.float32),
    ),
}
every_newcomer = pytest.mark.parametrize("name", NEWCOMERS)


def newcomer(name):
    return Objective(*NEWCOMERS[name], name=name, **PLACE)


def by_hand(name, theta, steps, lr):
    """Gradient descent with the reader's own functions, one point at a time."""
    value, grad = NEWCOMERS[name]
    grad = grad or (lambda th: numerical(value, th))
    rows, theta = [], np.array(theta, float)
    for t in range(steps + 1):
        rows.append(float(value(theta)))
        if t < steps:
            theta = theta - lr * np.array(grad(theta), float)
    return theta, rows


def numerical(value, theta, h=1e-5):
    nudges = h * np.eye(len(theta))
    return np.array([(value(theta + n) - value(theta - n)) / (2 * h) for n in nudges])


def near(name):
    return dict(rel=1e-6, abs=1e-8 if NEWCOMERS[name][1] is None else 1e-12)


@every_newcomer
def test_a_path_has_the_values_of_its_points(name):
    path = descend(gradient_descent, newcomer(name), steps=STEPS, lr=0.05)
    theta, losses = by_hand(name, PLACE["start"], STEPS, 0.05)
    assert path.theta[-1] == pytest.approx(theta, **near(name))
    assert path.loss == pytest.approx(losses, **near(name))


@pytest.mark.parametrize("keep", ["all", "last"])
@every_newcomer
def test_a_sweep_has_the_ends_of_its_runs(name, keep):
    rates = np.array([0.01, 0.03, 0.05])
    sweep = descend(gradient_descent, newcomer(name), steps=9, lr=rates, keep=keep)
    for run, lr in enumerate(rates):
        theta, losses = by_hand(name, PLACE["start"], 9, lr)
        assert sweep.theta[-1, :, run] == pytest.approx(theta, **near(name))
        assert sweep.loss[-1, run] == pytest.approx(losses[-1], **near(name))


@every_newcomer
def test_a_sweep_of_as_many_runs_as_samples(name):
    starts = np.random.default_rng(1).uniform(-1, 2, (2, len(Y)))
    sweep = descend(gradient_descent, newcomer(name), starts, 3, lr=0.02)
    for run, start in enumerate(starts.T):
        theta, losses = by_hand(name, start, 3, 0.02)
        assert sweep.theta[-1, :, run] == pytest.approx(theta, **near(name))
        assert sweep.loss[:, run] == pytest.approx(losses, **near(name))


@every_newcomer
def test_the_ground_is_drawn(name):
    objective, (_, axes) = newcomer(name), plt.subplots(subplot_kw=dict(label="a"))
    contours = plot_contours(axes, objective, points=len(Y))
    assert contours.zmax > contours.zmin
    plot_surface(plt.figure().add_subplot(projection="3d"), objective, points=9)
    plt.close("all")


@every_newcomer
def test_dashboards_show_it(name, show):
    objective = newcomer(name)
    _, losses = by_hand(name, PLACE["start"], STEPS, 0.05)
    page = show(explore(objective, gradient_descent, steps=STEPS, lr=0.05))
    assert page.board.path.loss == pytest.approx(losses, **near(name))
    page = show(step_player(gradient_descent, objective, lr=0.05))
    assert page.board.path.loss == pytest.approx(losses[:4], **near(name))
    known = Objective(*NEWCOMERS[name], minima=((0.0, 0.0),), **PLACE)
    page = show(race(known, [gradient_descent, adam], steps=12, lr="default"))
    page.board.choices["ground"].value = "where it ends: Adam"
    assert page.error == ""


def test_a_map_of_thousands_of_runs_says_that_it_is_slow(show):
    form = Objective(*NEWCOMERS["quadratic form"], minima=((0.0, 0.0),), **PLACE)
    with pytest.warns(UserWarning, match="takes one point at a time"):
        page = show(rate_map(momentum, form, steps=2))
    assert page.board.path.objective is form


@every_newcomer
def test_what_else_takes_an_objective(name):
    objective = newcomer(name)
    assert np.isfinite(curvature(objective, (0.6, 0.3))).all()
    params = Optimizer(adam).update(
        dict(a=np.ones(2)), dict(a=objective.grad(np.ones(2)))
    )
    assert np.isfinite(params["a"]).all()


def test_a_function_that_takes_many_points_is_asked_once_for_all():
    asked = []

    def value(theta):
        asked.append(theta.shape)
        return (theta**2).sum(0)

    mine = Objective(value, lambda theta: 2 * theta, dim=2)
    grid = np.random.default_rng(0).normal(size=(2, 50, 60))
    assert mine(grid) == pytest.approx((grid**2).sum(0))
    asked.clear()
    mine(grid)
    assert asked == [grid.shape]


def test_a_function_of_many_points_alone_is_taken_at_its_word():
    lam = np.array([1.0, 2.0, 4.0])  # a bowl for each run
    bowls = Objective(lambda x: lam * x[0] ** 2 / 2, lambda x: lam * x, dim=1)
    path = descend(gradient_descent, bowls, np.ones((1, 3)), 1, lr=0.5)
    assert path.theta[-1].tolist() == [[0.5, 0.0, -1.0]]
    assert path.loss[-1].tolist() == [0.125, 0.0, 2.0]


def test_a_function_that_says_it_batches_is_asked_nothing_else():
    slopes = iter([1.0, 2.0, 3.0])
    stream = Objective(
        lambda x: 0 * x[0], lambda x: 0 * x + next(slopes), dim=1, batches=True
    )
    path = descend(gradient_descent, stream, np.zeros((1, 4)), 3, lr=1.0)
    assert path.theta[-1].tolist() == [[-6.0] * 4]


def test_many_points_one_by_one_are_told_once():
    mine = Objective(lambda th: th @ A @ th, dim=2, name="mine")
    grid = np.zeros((2, MANY))
    with pytest.warns(UserWarning, match="value of 'mine' takes one point at a time"):
        mine(grid)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        mine(grid)


def test_where_a_function_is_not_defined_there_is_nothing():
    mine = Objective(lambda th: math.log(th[0]) + th[1] ** 2, dim=2)
    values = mine(np.array([[1.0, -1.0, math.e], [2.0, 2.0, 0.0]]))
    assert values.tolist() == pytest.approx([4.0, np.nan, 1.0], nan_ok=True)
    with pytest.raises(ValueError, match=r"math domain|positive"):
        mine(np.array([[-1.0, -2.0], [0.0, 0.0]]))


def test_overflow_of_the_math_module_is_a_divergence_as_any():
    mine = Objective(lambda th: math.exp(th[0] ** 2), dim=1, start=(3.0,))
    path = descend(gradient_descent, mine, steps=5, lr=1.0)
    assert path.diverged


def test_numerical_gradient_is_near_and_says_what_it_is():
    for surface in (ravine(10, 30), HIMMELBLAU):
        mine = Objective(surface.value, dim=2, name="mine")
        theta = np.random.default_rng(0).uniform(-2, 2, (2, 7))
        assert mine.grad(theta) == pytest.approx(
            surface.grad(theta), rel=1e-7, abs=1e-7
        )
        assert mine.name == "mine (numerical gradient)"
    path = descend(adam, Objective(BOWL.value, dim=2, start=(1.0, 1.0)), steps=3)
    assert "numerical gradient" in describe(path)


class Tensor:
    """A number of another library that does not become an array by itself."""

    shape = (2,)

    def __array__(self, *args, **kwargs):
        raise RuntimeError("Can't call numpy() on Tensor that requires grad.")


@pytest.mark.parametrize(
    ("grad", "told"),
    [
        (lambda th: Tensor(), "returned a Tensor"),
        (lambda th: th[0], "of shape ()"),
        (lambda th: None, "returned a NoneType"),
        (lambda th: "downhill", "returned a str"),
        (lambda th: th * 1j, "returned a ndarray"),
    ],
)
def test_gradients_of_another_kind_are_refused_in_a_sentence(grad, told, show):
    mine = Objective(lambda th: th @ th, grad, name="mine", **PLACE)
    with pytest.raises(ValueError, match="grad of 'mine' returned") as caught:
        descend(adam, mine, steps=2)
    assert told in str(caught.value)
    assert "allowed: an array of theta's shape, (2,)" in str(caught.value)


def test_a_slider_that_leads_to_such_a_gradient_says_the_same(show):
    def surface(turn=1.0):
        grad = (lambda th: Tensor()) if turn > 5 else (lambda th: 2 * th)
        return Objective(lambda th: th @ th, grad, name="mine", **PLACE)

    page = show(explore(surface, adam, turn=(1.0, 9.0, 1.0)))
    page.type("turn", 7.0)
    assert page.error.startswith("grad of 'mine' returned a Tensor; allowed: an array")


def test_one_coordinate_may_come_without_brackets():
    mine = Objective(lambda x: x**2, lambda x: 2 * x[0], dim=1, start=(1.0,))
    path = descend(gradient_descent, mine, steps=4, lr=0.25)
    assert path.loss.tolist() == [4.0**-k for k in range(5)]
    fig, ax = plt.subplots()
    assert plot_curve(ax, mine).get_ydata().shape == (401,)
    plt.close(fig)


@pytest.mark.parametrize("value", [3, None, "x**2"])
def test_a_value_that_is_no_function(value):
    with pytest.raises(TypeError, match=r"value is .*; allowed: a function"):
        Objective(value, dim=1)


# Methods of one name.


def adam_of_mine(theta, grad, t, *, lr=0.1):
    return theta - lr * grad(theta), {}


adam_of_mine.__name__ = "adam"


def test_methods_of_one_name_are_told_apart(show):
    def made(factor):
        def step(theta, grad, t, *, lr=0.1):
            return theta - factor * lr * grad(theta), {}

        return step

    pairs = {
        ("Adam", "Adam (2)"): [adam, adam_of_mine],
        ("step", "step (2)"): [made(1), made(0.5)],
        ("<lambda>", "<lambda> (2)"): [
            lambda theta, grad, t, *, lr=0.1: (theta - lr * grad(theta), {}),
            lambda theta, grad, t, *, lr=0.1: (theta - lr / 2 * grad(theta), {}),
        ],
        ("Adam, beta2 = 0.9", "Adam, beta2 = 0.9 (2)"): [
            partial(adam, beta2=0.9),
            partial(adam, beta2=0.9),
        ],
    }
    for names, methods in pairs.items():
        page = show(explore(BOWL, methods, steps=9, lr=0.1))
        assert tuple(page.board.paths) == names
        first, second = page.board.paths.values()
        differ = not np.array_equal(first.theta, second.theta)
        assert differ == ("0.9" not in names[0])
        looks = page.board.names
        assert len(looks) == 2
        assert list(show(race(BOWL, methods, steps=9)).board.paths) == list(names)


def test_descend_takes_a_partial_and_an_object_that_is_called():
    half = descend(partial(adam, beta2=0.9), BOWL, steps=5)
    whole = descend(adam, BOWL, steps=5, beta2=0.9)
    assert np.array_equal(half.theta, whole.theta)
    assert half.name == "adam"

    class Stepper:
        def __call__(self, theta, grad, t, *, lr=0.1):
            return theta - lr * grad(theta), {}

    assert describe(descend(Stepper(), BOWL, steps=2)).startswith("Stepper on bowl")


def test_a_method_that_names_no_settings_says_so():
    def bare(theta, grad, t, **kw):
        return theta - kw.get("lr", 0.1) * grad(theta), {}

    assert descend(bare, BOWL, steps=2).steps == 2
    with pytest.raises(TypeError, match="lr is no hyper-parameter of bare"):
        descend(bare, BOWL, steps=2, lr=0.1)


def test_theory_of_a_method_of_the_readers_own_is_refused_truly():
    def momentum(theta, grad, t, *, lr=0.1):
        return theta, {}

    with pytest.raises(ValueError, match="'momentum' of your own; allowed: gdlib's"):
        spectral_radius(momentum, 0.1)


# Sent, copied, compared.

OBJECTIVES = [
    BOWL,
    HIMMELBLAU,
    ravine(10, 20),
    mse(*X.T),
    mse(*X.T, batch=4, rng=np.random.default_rng(0)),
]


@pytest.mark.parametrize("objective", OBJECTIVES, ids=range(len(OBJECTIVES)))
def test_objectives_and_paths_are_sent_copied_and_compared(objective):
    theta = np.array([[0.3], [0.4]])
    for other in (pickle.loads(pickle.dumps(objective)), copy.deepcopy(objective)):
        assert other == objective
        assert other(theta) == objective(theta)
    path = descend(adam, objective, steps=5)
    again = pickle.loads(pickle.dumps(path))
    assert again == path
    assert again.terms["m"].tolist() == path.terms["m"].tolist()
    assert copy.deepcopy(path) == path
    assert path != descend(adam, objective, steps=6)


def test_objectives_that_differ_are_not_equal():
    job = mse(*X.T)
    own = [Objective(mse(*part).value, job.grad, 2) for part in (X.T, X.T, X.T + 1)]
    assert own[0] == own[1] != own[2]
    assert hash(own[0]) == hash(own[1])
    assert ravine(10) == ravine(10)
    assert ravine(10) != ravine(11)
    assert mse(*X.T) == mse(*X.T)
    assert mse(*X.T) != mse(*X.T[::-1])
    assert BOWL != HIMMELBLAU


def test_runs_go_to_another_process():
    jobs = [(adam, ravine(10), None, 5), (momentum, mse(*X.T), None, 5)]
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        paths = pool.starmap(descend, jobs)
    assert [path == descend(*job) for path, job in zip(paths, jobs, strict=True)] == [
        True,
        True,
    ]


# What is refused, and what is told of much.


@pytest.mark.parametrize("start", [(1 + 2j, 0), np.array([1j, 1]), ["1", "2"], "ab"])
def test_starts_that_are_no_real_numbers(start):
    with pytest.raises(ValueError, match=r"start is .*; allowed: finite numbers, 2 of"):
        descend(adam, BOWL, start)


@pytest.mark.parametrize("lr", ["0.1", 0.1 + 0j, ["0.1"], None])
def test_settings_that_are_no_real_numbers(lr):
    with pytest.raises(ValueError, match=r"lr is .*; allowed: a number above 0"):
        descend(adam, BOWL, lr=lr)


def test_many_dimensions_stay_one_sentence_and_are_not_drawn():
    wide = Objective(lambda th: (th**2).sum(0), lambda th: 2 * th, dim=1000)
    path = descend(adam, wide, np.ones(1000), 3)
    assert len(describe(path)) < 300
    assert "… 1,000 coordinates" in describe(path)
    five = Objective(lambda th: (th**2).sum(0), lambda th: 2 * th, dim=5)
    fig, ax = plt.subplots()
    with pytest.raises(ValueError, match="path has dim = 5; allowed: 1 or 2"):
        plot_path(ax, descend(adam, five, np.ones(5), 3))
    plt.close(fig)


def test_a_window_without_a_finite_value():
    nowhere = Objective(lambda th: th[0] * np.nan, lambda th: th, dim=2)
    fig, ax = plt.subplots()
    with pytest.raises(ValueError, match="window holds no point where the function"):
        plot_contours(ax, nowhere)
    plt.close(fig)


# Data of a reader's own.

TABLE = "weight,mpg\n1800,34.5\n2500,25.0\n3100,21.0\n4200,13.5\n"
CARS = [(1800, 34.5), (2500, 25.0), (3100, 21.0), (4200, 13.5)]


def load(folder, text):
    (folder / "mine.csv").write_text(text, encoding="utf-8")
    given = dict(delimiter=",", skiprows=1, unpack=True)
    return np.loadtxt(folder / "mine.csv", **given)


def test_a_file_of_two_columns_is_a_regression(tmp_path):
    job = mse(*load(tmp_path, TABLE))
    assert job.X[:, 0].tolist() == [weight for weight, _ in CARS]
    slope, intercept = np.polyfit(*zip(*CARS, strict=True), 1)
    assert job.minima[0] == pytest.approx((slope, intercept))
    low, high = job.window[0]  # a window for this slope, not for one of 1
    assert low < 2 * slope < 0 < high < 0.1


def test_columns_that_are_no_pair_of_numbers_are_refused(tmp_path):
    three = TABLE.replace("\n", ",1\n").replace("mpg,1", "mpg,year")
    with pytest.raises(ValueError, match="x and y came with 1 more; allowed: two col"):
        mse(*load(tmp_path, three))
    with pytest.raises(ValueError, match=r"x is .*; allowed: an array of numbers"):
        mse(["1800", "2500"], [34.5, 25.0])
    with pytest.raises(ValueError, match=r"y is .*; allowed: an array of numbers"):
        mse([1800, 2500], np.array(["34.5", ""]))
    gap = np.genfromtxt(TABLE.replace("25.0", "").splitlines()[1:], delimiter=",")
    with pytest.raises(ValueError, match="y holds nan at row 1; allowed: finite numb"):
        mse(*gap.T)


def test_a_window_is_wide_where_y_never_varies():
    assert mse([1.0, 2.0], [0.0, 0.0]).window == ((-1.0, 1.0), (-1.0, 1.0))


def test_a_function_that_fails_later_is_asked_point_by_point():
    def value(theta):
        if np.ndim(theta) > 1 and theta.max() > 5:
            raise RuntimeError("too large for an array")
        return (theta**2).sum(0)

    mine = Objective(value, lambda theta: 2 * theta, dim=2)
    assert mine(np.full((2, 3), 0.5)).tolist() == [0.5] * 3
    assert mine(np.full((2, 3), 9.0)).tolist() == [162.0] * 3


def test_a_mini_batch_objective_is_shared_by_threads():
    job = mse(*X.T, batch=2, rng=np.random.default_rng(0))
    with ThreadPoolExecutor(4) as pool:
        runs = pool.map(lambda _: descend(adam, job, steps=400), range(8))
        assert all(np.isfinite(run.theta).all() for run in runs)
