"""Bad input gets one sentence: the argument, its value and what is allowed."""

import numpy as np
import pytest

from gdlib import (
    BOWL,
    PARABOLA,
    Objective,
    adagrad,
    adam,
    best,
    curvature,
    descend,
    describe,
    gradient_descent,
    line_data,
    measured_rate,
    momentum,
    mse,
    nadam,
    nesterov,
    ravine,
    rmsprop,
    spectral_radius,
    stability_edge,
    standardise,
)


def quadratic(grad=lambda theta: 2 * theta, **fields):
    """A surface of a reader's own that knows nothing of its minima."""
    return Objective(lambda theta: (theta**2).sum(0), grad, **dict(dim=2) | fields)


def refused(call, kind=ValueError):
    """The sentence with which a call is refused."""
    with pytest.raises(kind) as caught:
        call()
    assert caught.type is kind
    return str(caught.value)


def assert_says(sentence, argument, value, allowed):
    """One sentence that opens with the argument and holds its value and the rule."""
    assert sentence.startswith(argument + " ")
    before, after = sentence.split("; allowed")
    assert value in before
    assert allowed in after
    assert sentence.endswith(".")
    assert "\n" not in sentence


POSITIVE = "a number above 0"
BELOW_1 = "at least 0 and below 1"
FROM_1 = "a whole number from 1 up"


@pytest.mark.parametrize("keep", ["all", "last"])
@pytest.mark.parametrize(
    ("method", "hyper", "value", "allowed"),
    [
        (gradient_descent, dict(lr=0), "0", POSITIVE),
        (adam, dict(lr=-0.1), "-0.1", POSITIVE),
        (adam, dict(lr=np.inf), "inf", POSITIVE),
        (adam, dict(lr=np.nan), "nan", POSITIVE),
        (adam, dict(lr=None), "None", POSITIVE),
        (adam, dict(lr="fast"), "'fast'", POSITIVE),
        (adam, dict(lr=np.array([0.1, 0.0])), "[0.1, 0. ]", POSITIVE),
        (adam, dict(lr=[0.1, -0.2]), "[0.1, -0.2]", POSITIVE),
        (momentum, dict(gamma=1.0), "1.0", BELOW_1),
        (nesterov, dict(gamma=-0.1), "-0.1", BELOW_1),
        (rmsprop, dict(gamma=1.5), "1.5", BELOW_1),
        (rmsprop, dict(gamma=np.array([0.5, 1.0])), "[0.5, 1. ]", BELOW_1),
        (adam, dict(beta1=1), "1", BELOW_1),
        (nadam, dict(beta2=np.nan), "nan", BELOW_1),
        (adagrad, dict(eps=-1e-8), "-1e-08", "0 or more"),
    ],
)
def test_hyper_parameter_out_of_range(method, hyper, value, allowed, keep):
    (name,) = hyper
    sentence = refused(lambda: descend(method, BOWL, keep=keep, **hyper))
    assert_says(sentence, name, value, allowed)


@pytest.mark.parametrize(
    ("hyper", "value", "allowed"),
    [
        (dict(lr=lambda t: 0.2 - 0.1 * t), "0.0 at t = 2", POSITIVE),
        (dict(lr=lambda t: None), "None at t = 1", POSITIVE),
        (dict(gamma=lambda t: 0.4 * t), " at t = 3", BELOW_1),
    ],
)
@pytest.mark.parametrize("keep", ["all", "last"])
def test_schedule_that_leaves_the_range_says_when(hyper, value, allowed, keep):
    (name,) = hyper
    sentence = refused(lambda: descend(momentum, BOWL, steps=5, keep=keep, **hyper))
    assert_says(sentence, name, value, allowed)


def test_own_hyper_parameter_must_be_finite():
    def own(theta, grad, t, *, pull=1.0):
        return theta - pull * grad(theta), {}

    sentence = refused(lambda: descend(own, BOWL, pull=np.inf))
    assert_says(sentence, "pull", "inf", "a finite number")


def test_unknown_hyper_parameter_is_a_type_error_that_lists_the_known():
    sentence = refused(lambda: descend(adam, BOWL, gamma=0.9), TypeError)
    assert_says(
        sentence, "gamma", "no hyper-parameter of adam", "lr, beta1, beta2, eps"
    )


def test_hyper_parameter_without_default_must_be_given():
    def own(theta, grad, t, *, lr):
        return theta - lr * grad(theta), {}

    sentence = refused(lambda: descend(own, BOWL), TypeError)
    assert "lr is missing" in sentence
    assert "own" in sentence


@pytest.mark.parametrize("steps", [0, -3, 2.5, 10.0, "10", None])
def test_steps_not_a_whole_number_from_one_up(steps):
    sentence = refused(lambda: descend(adam, BOWL, steps=steps))
    assert_says(sentence, "steps", repr(steps), FROM_1)


def test_keep_that_does_not_exist():
    sentence = refused(lambda: descend(adam, BOWL, keep="some"))
    assert_says(sentence, "keep", "'some'", "'all' or 'last'")


@pytest.mark.parametrize(
    "start",
    [
        (1.0,),
        (1.0, 2.0, 3.0),
        5.0,
        (np.nan, 0.0),
        (np.inf, 0.0),
        "here",
        [[1.0, 2.0, 3.0]],
        [[1.0, np.nan], [0.0, 0.0]],
        [[1.0], [2.0, 3.0]],
    ],
    ids=repr,
)
def test_start_of_the_wrong_dimension_or_not_finite(start):
    sentence = refused(lambda: descend(adam, BOWL, start))
    assert_says(sentence, "start", repr(start), "2 of them along the first axis")


def test_start_missing():
    sentence = refused(lambda: descend(adam, quadratic()))
    assert_says(sentence, "start", "None", "2 finite numbers")


def test_start_without_a_single_run():
    for keep in ("all", "last"):
        sentence = refused(lambda: descend(adam, BOWL, np.ones((2, 0)), keep=keep))  # noqa: B023
        assert sentence.startswith("start ")


def test_start_that_is_a_run_of_another_method():
    path = descend(momentum, BOWL, steps=3)
    sentence = refused(lambda: descend(adam, BOWL, path))
    assert_says(sentence, "start", "momentum", "adam")


def test_start_that_is_a_run_in_another_dimension():
    path = descend(adam, BOWL, steps=3)
    sentence = refused(lambda: descend(adam, PARABOLA, path))
    assert sentence.startswith("start ")


def test_runs_that_do_not_broadcast():
    sentence = refused(lambda: descend(adam, BOWL, np.ones((2, 3)), lr=[0.1, 0.2]))
    assert_says(sentence, "start", "(3,)", "shapes that broadcast together")
    assert "(2,)" in sentence


# What a reader's own function gives back.


@pytest.mark.parametrize("keep", ["all", "last"])
@pytest.mark.parametrize(
    ("grad", "kind"),
    [
        (lambda theta: theta[0], "of shape ()"),
        (lambda theta: np.ones(3), "ndarray of shape (3,)"),
        (lambda theta: theta[None], "ndarray of shape (1, 2)"),
        (lambda theta: 2.0, "a float of shape ()"),
        (lambda theta: None, "a NoneType"),
        (lambda theta: [1.0], "a list of shape (1,)"),
    ],
    ids=["scalar", "three", "row", "number", "none", "list"],
)
def test_gradient_of_the_wrong_shape(grad, kind, keep):
    mine = quadratic(grad, name="mine")
    sentence = refused(lambda: descend(adam, mine, (1.0, 1.0), keep=keep))
    assert_says(sentence, "grad of 'mine'", kind, "(2,)")


@pytest.mark.parametrize("keep", ["all", "last"])
def test_functions_said_to_batch_that_do_not(keep):
    surface = dict(dim=2, name="mine", batches=True)
    flat = Objective(lambda theta: (theta**2).sum(0), lambda theta: theta[0], **surface)
    sentence = refused(lambda: descend(adam, flat, np.ones((2, 4)), 3, keep=keep))
    assert_says(sentence, "grad of 'mine'", "shape (4,)", "(2, 4)")
    whole = Objective(lambda theta: (theta**2).sum(), lambda theta: theta, **surface)
    sentence = refused(lambda: descend(adam, whole, np.ones((2, 4)), 3, keep=keep))
    assert_says(sentence, "value of 'mine'", "returned shape ()", "one value a point")


def theta_in_place(theta, grad, t):
    theta -= 0.1 * grad(theta)
    return theta, {}


def theta_in_place_then_copied(theta, grad, t):
    theta -= 0.1 * grad(theta)
    return theta.copy(), {}


def state_in_place(theta, grad, t, v=0.0):
    v *= 0.9
    v += 0.1 * grad(theta)
    return theta - v, dict(v=v)


def theta_by_index(theta, grad, t):
    theta[0] = 0.0
    return theta - 0.1 * grad(theta), {}


def test_method_that_changes_the_point_it_asked_about():
    def ahead_in_place(theta, grad, t):
        ahead = theta - 0.1
        ahead -= grad(ahead)
        return ahead, {}

    sentence = refused(lambda: descend(ahead_in_place, BOWL, steps=2))
    assert_says(sentence, "ahead_in_place", "in place", "new arrays only")


@pytest.mark.parametrize("keep", ["all", "last"])
@pytest.mark.parametrize(
    "method",
    [theta_in_place, theta_in_place_then_copied, state_in_place, theta_by_index],
)
def test_method_that_changes_its_arguments(method, keep):
    start = np.array([1.0, 1.0])
    sentence = refused(lambda: descend(method, BOWL, start, 5, keep=keep))
    assert_says(sentence, method.__name__, "in place", "new arrays only")
    assert start.tolist() == [1, 1]


def test_error_of_a_readers_own_code_is_passed_on_as_it_is():
    def breaks(theta, grad, t):
        raise ValueError("my own words")

    assert refused(lambda: descend(breaks, BOWL)) == "my own words"


@pytest.mark.parametrize(
    ("returned", "value"),
    [
        (lambda theta: None, "returned None"),
        (lambda theta: 3.0, "returned 3.0"),
        (lambda theta: theta - 1, "returned"),
        (lambda theta: (theta - 1, {}, {}), "returned"),
        (lambda theta: (None, {"v": 0}), "shape ()"),
        (lambda theta: (theta[:1] - 1, {"v": 0}), "shape (1,)"),
        (lambda theta: (theta, {"v": 0}), "the very theta it was given"),
        (lambda theta: (theta - 1, {"g": 0}), "returned"),
        (lambda theta: (theta - 1, None), "returned"),
    ],
    ids=[
        "None",
        "number",
        "theta alone",
        "three things",
        "no theta",
        "half a theta",
        "the same theta",
        "no state",
        "no terms",
    ],
)
def test_method_that_returns_something_else(returned, value):
    def own(theta, grad, t, v=0.0):
        return returned(theta)

    sentence = refused(lambda: descend(own, BOWL, (1.0, 2.0), 2))
    assert_says(sentence, "own", value, "")


def test_stateless_method_that_returns_no_terms():
    def own(theta, grad, t):
        return theta - grad(theta), None

    sentence = refused(lambda: descend(own, BOWL, steps=2))
    assert_says(sentence, "own", "None", "dict of its terms")


def test_method_whose_state_has_no_first_value():
    def own(theta, grad, t, v):
        return theta - v, dict(v=v)

    sentence = refused(lambda: descend(own, BOWL, steps=2), TypeError)
    assert sentence.startswith("v ")
    assert "own" in sentence


def test_method_that_is_no_function():
    sentence = refused(lambda: descend("adam", BOWL), TypeError)
    assert_says(sentence, "method", "'adam'", "(theta, grad, t, *state, **hyper)")


def test_objective_that_is_none():
    sentence = refused(lambda: descend(adam, lambda theta: theta, (1.0,)), TypeError)
    assert sentence.startswith("objective is ")


@pytest.mark.parametrize("keep", ["all", "last"])
@pytest.mark.parametrize(
    "project", [lambda theta: None, lambda theta: theta[:1]], ids=["none", "half"]
)
def test_projection_that_returns_something_else(project, keep):
    sentence = refused(lambda: descend(adam, BOWL, project=project, steps=3, keep=keep))
    assert sentence.startswith("project ")
    assert "(2,)" in sentence


# Objectives and what is asked of them.


@pytest.mark.parametrize(
    ("fields", "value", "allowed"),
    [
        (dict(dim=0), "0", FROM_1),
        (dict(dim=1.5), "1.5", FROM_1),
        (dict(window=((-1.0, 1.0),)), "((-1.0, 1.0),)", "dim = 2"),
        (dict(minima=((0.0, 0.0), (1.0,))), "(1.0,)", "dim = 2"),
        (dict(start=(1.0, 2.0, 3.0)), "(1.0, 2.0, 3.0)", "dim = 2"),
        (dict(start=1.0), "1.0", "dim = 2"),
        (dict(minima=(0.0, 0.0)), "0.0", "dim = 2"),
    ],
)
def test_objective_whose_parts_do_not_fit(fields, value, allowed):
    (name,) = fields
    assert_says(refused(lambda: quadratic(**fields)), name, value, allowed)


@pytest.mark.parametrize("kappa", [0.5, 0, -3, np.nan, np.inf])
def test_ravine_flatter_across_than_along(kappa):
    assert_says(refused(lambda: ravine(kappa)), "kappa", repr(kappa), "from 1 up")


def test_ravine_at_no_angle():
    sentence = refused(lambda: ravine(10, np.nan))
    assert_says(sentence, "angle", "nan", "a finite number of degrees")


def test_gap_to_a_minimum_that_nobody_knows():
    path = descend(adam, quadratic(), (1.0, 1.0), 3)
    for ask in (lambda: path.gap, lambda: path.first_below(0.1)):
        sentence = refused(ask)
        assert "minima of 'your function' is empty" in sentence
    assert "the loss falls from 2 to" in describe(path)


def test_tolerance_to_a_minimum_that_nobody_knows():
    sentence = refused(
        lambda: descend(adam, quadratic(), (1.0, 1.0), 3, keep="last", tol=0.1)
    )
    assert "minima of 'your function' is empty" in sentence


def test_tolerance_that_was_not_asked_for():
    path = descend(adam, BOWL, keep="last", tol=(0.1, 0.01))
    assert_says(refused(lambda: path.first_below(0.5)), "tol", "0.5", "(0.1, 0.01)")


# Data.


@pytest.mark.parametrize(
    ("x", "y"),
    [
        ([], []),
        ([1.0, 2.0], [1.0]),
        ([], [1.0]),
        (1.0, 2.0),
        (np.ones((2, 2, 2)), [1, 2]),
    ],
    ids=["empty", "short", "no x", "numbers", "cube"],
)
def test_data_that_is_empty_or_of_unequal_length(x, y):
    sentence = refused(lambda: mse(x, y))
    assert_says(sentence, "x", str(np.shape(y)), "as many targets as inputs")
    assert str(np.shape(x)) in sentence


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_data_that_is_not_finite(bad):
    sentence = refused(lambda: mse([1.0, bad, 3.0], [1.0, 2.0, 3.0]))
    assert_says(sentence, "x", str(bad), "finite numbers")
    assert "row 1" in sentence
    sentence = refused(lambda: mse([1.0, 2.0, 3.0], [1.0, 2.0, bad]))
    assert_says(sentence, "y", str(bad), "finite numbers")
    assert "row 2" in sentence


@pytest.mark.parametrize("batch", [0, -1, 4, 1.5, "all"])
def test_batch_that_the_data_cannot_fill(batch):
    rng = np.random.default_rng(0)
    sentence = refused(
        lambda: mse([1.0, 2.0, 3.0], [1.0, 2.0, 3.0], batch=batch, rng=rng)
    )
    assert_says(sentence, "batch", repr(batch), "from 1 to 3")


@pytest.mark.parametrize("rng", [None, 0, np.random.RandomState(0)], ids=type)
def test_batch_without_a_generator(rng):
    sentence = refused(lambda: mse([1.0, 2.0], [1.0, 2.0], batch=1, rng=rng))
    assert_says(sentence, "rng", repr(rng), "numpy.random.Generator")


def test_line_data_without_points():
    sentence = refused(lambda: line_data(np.random.default_rng(0), n=0))
    assert_says(sentence, "n", "0", FROM_1)


def test_standardise_of_a_column_that_does_not_vary():
    sentence = refused(lambda: standardise(np.array([[1.0, 5.0], [2.0, 5.0]])))
    assert_says(sentence, "x", "standard deviation", "above 0")


# Theory.


@pytest.mark.parametrize(
    "ask",
    [
        lambda: spectral_radius(adam, 0.1),
        lambda: stability_edge(adam, 1.0),
        lambda: best(adam, 10.0, 1.0),
    ],
    ids=["rate", "edge", "best"],
)
def test_theory_of_a_method_that_has_none(ask):
    assert_says(
        refused(ask), "method", "'adam'", "gradient_descent, momentum, nesterov"
    )


@pytest.mark.parametrize(
    ("ask", "value"),
    [
        (lambda: stability_edge(momentum, 0.0), "0.0"),
        (lambda: stability_edge(momentum, -1.0), "-1.0"),
        (lambda: best(momentum, 1.0, 2.0), "mu 2.0"),
        (lambda: best(momentum, np.inf, 1.0), "inf"),
        (lambda: best(momentum, 1.0, 0.0), "mu 0.0"),
    ],
)
def test_curvatures_out_of_order(ask, value):
    assert_says(refused(ask), "L", value, "L >= mu > 0")


def test_curvature_at_a_minimum_that_nobody_knows():
    assert_says(refused(lambda: curvature(quadratic())), "theta", "None", "2 numbers")


@pytest.mark.parametrize("tail", [0, -0.5, 1.5])
def test_measured_rate_over_no_tail(tail):
    path = descend(gradient_descent, BOWL)
    assert_says(
        refused(lambda: measured_rate(path, tail)), "tail", repr(tail), "above 0"
    )


def test_measured_rate_of_a_run_that_kept_its_last_row():
    path = descend(gradient_descent, BOWL, keep="last")
    assert refused(lambda: measured_rate(path)).startswith("path ")
