"""The object form of a method: the same path, one state a name, kind refusals."""

import copy
import warnings

import numpy as np
import pytest

from gdlib import (
    METHODS,
    ROSENBROCK,
    Objective,
    Optimizer,
    adagrad,
    adam,
    descend,
    gradient_descent,
    momentum,
    nadam,
    nesterov,
)

RATES = {name: {"lr": 1e-3} for name in METHODS} | {"adadelta": {}}


def slopes(params):
    """Gradient of Rosenbrock's valley over two named numbers."""
    x, y = params["x"], params["y"]
    return {"x": 2 * (x - 1) - 400 * x * (y - x**2), "y": 200 * (y - x**2)}


def walk(optimizer, params, gradient, steps):
    for _ in range(steps):
        params = optimizer.update(params, gradient(optimizer.lookahead(params)))
    return params


def untouched_by(optimizer, call, kind=ValueError):
    """The sentence of a refusal that left the optimiser as it was."""
    before = copy.deepcopy((optimizer.t, optimizer.state))
    with pytest.raises(kind) as caught:
        call()
    assert caught.type is kind
    after = optimizer.t, optimizer.state
    np.testing.assert_equal(after, before)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "; allowed" in sentence
    assert "\n" not in sentence
    return sentence


def begun():
    """An optimiser that has taken one step, and the params it then holds."""
    optimizer = Optimizer(nadam, lr=0.1)
    params = {"W": np.ones((2, 3)), "b": np.zeros(3)}
    return optimizer, optimizer.update(params, params)


@pytest.mark.parametrize("name", METHODS)
def test_walks_the_path_of_descend(name):
    path = descend(METHODS[name], ROSENBROCK, (-1.2, 1.0), 60, **RATES[name])
    optimizer, params = Optimizer(METHODS[name], **RATES[name]), {"x": -1.2, "y": 1.0}
    for x, y in path.theta[1:]:
        params = walk(optimizer, params, slopes, 1)
        assert params["x"] == pytest.approx(x, rel=1e-12, abs=1e-14)
        assert params["y"] == pytest.approx(y, rel=1e-12, abs=1e-14)
    assert optimizer.t == 60


@pytest.mark.parametrize("name", METHODS)
def test_walks_the_very_path_when_the_gradient_is_the_same_array(name):
    path = descend(METHODS[name], ROSENBROCK, (-1.2, 1.0), 60, **RATES[name])
    params = walk(
        Optimizer(METHODS[name], **RATES[name]),
        {"w": np.array([-1.2, 1.0])},
        lambda at: {"w": ROSENBROCK.grad(at["w"])},
        60,
    )
    assert np.array_equal(params["w"], path.theta[-1])


@pytest.mark.parametrize("name", METHODS)
def test_lookahead_is_where_descend_asks(name):
    path = descend(METHODS[name], ROSENBROCK, (-1.2, 1.0), 20, **RATES[name])
    optimizer, params = Optimizer(METHODS[name], **RATES[name]), {"w": path.theta[0]}
    for probe in path.probes:
        at = optimizer.lookahead(params)
        assert np.array_equal(at["w"], probe)
        assert np.array_equal(probe, params["w"]) or name == "nesterov"
        params = optimizer.update(params, {"w": ROSENBROCK.grad(at["w"])})


def test_lookahead_of_nesterov_by_hand():
    # f = x² from 0.7, η = 0.15, γ = 0.9: after step 1 x = 0.49 and v = 0.21
    optimizer, params = Optimizer(nesterov, lr=0.15, gamma=0.9), {"x": 0.7}
    assert optimizer.lookahead(params)["x"] == 0.7
    params = optimizer.update(params, {"x": 1.4})
    assert params["x"] == pytest.approx(0.49)
    assert optimizer.lookahead(params)["x"] == pytest.approx(0.301)
    params = optimizer.update(params, {"x": 0.602})
    assert params["x"] == pytest.approx(0.2107)


def test_nadam_by_hand():
    # m = 0.1 g, m̃ = 0.9 · 0.1 g / 0.19 + g = 28/19 g, √v̂ = |g|
    new = Optimizer(nadam, lr=0.19, eps=0).update({"w": [1.0, 1]}, {"w": [3.0, -0.01]})
    assert new["w"] == pytest.approx([0.72, 1.28])


def test_asking_for_the_lookahead_changes_nothing():
    optimizer, params = begun()
    before = copy.deepcopy((optimizer.t, optimizer.state))
    optimizer.lookahead(params)
    np.testing.assert_equal((optimizer.t, optimizer.state), before)


@pytest.mark.parametrize("shape", [(), (1,), (5,), (2, 3), (4, 1, 2)])
@pytest.mark.parametrize("name", METHODS)
def test_arrays_of_any_shape_step_as_their_numbers_do(name, shape):
    rng = np.random.default_rng(0)
    optimizer, params = Optimizer(METHODS[name]), {"w": rng.normal(size=shape)}
    singles = [
        (Optimizer(METHODS[name]), {"w": value}) for value in params["w"].flatten()
    ]
    for _ in range(3):
        g = rng.normal(size=shape)
        params = optimizer.update(params, {"w": g})
        singles = [
            (single, single.update(one, {"w": value}))
            for (single, one), value in zip(singles, np.ravel(g), strict=True)
        ]
    assert np.shape(params["w"]) == shape
    one_by_one = [float(one["w"]) for _, one in singles]
    assert np.ravel(params["w"]) == pytest.approx(one_by_one, rel=1e-12)


def test_every_name_has_its_own_state():
    together = Optimizer(adam)
    params = {"a": np.zeros(2), "b": np.zeros(3)}
    grads = [{"a": np.full(2, k), "b": np.full(3, -(10.0**k))} for k in (1, 2, 3)]
    alone = {name: Optimizer(adam) for name in params}
    apart = {name: {name: value} for name, value in params.items()}
    for given in grads:
        params = together.update(params, given)
        apart = {
            name: alone[name].update(one, {name: given[name]})
            for name, one in apart.items()
        }
    assert set(together.state) == {"a", "b"}
    assert set(together.state["a"]) == {"m", "v"}
    for name in params:
        assert np.array_equal(params[name], apart[name][name])


def test_two_optimizers_share_nothing():
    first, second = Optimizer(adam), Optimizer(adam)
    first.update({"w": 1.0}, {"w": 1.0})
    assert (second.t, second.state) == (0, {})


@pytest.mark.parametrize("name", METHODS)
def test_the_given_arrays_stay_as_they_are(name):
    params, grads = {"w": np.arange(3.0)}, {"w": np.array([1.0, -2, 3])}
    optimizer = Optimizer(METHODS[name])
    new = optimizer.update(params, optimizer.lookahead(params) | grads)
    assert np.array_equal(params["w"], [0, 1, 2])
    assert np.array_equal(grads["w"], [1, -2, 3])
    assert not np.shares_memory(new["w"], params["w"])


def test_a_gradient_buffer_may_be_used_again():
    def repeat_last(theta, grad, t, last=0.0, *, lr=0.1):
        g = grad(theta)
        return theta - lr * (g + last), {"last": g}

    buffer, optimizer = np.array([1.0]), Optimizer(repeat_last)
    params = optimizer.update({"w": np.array([1.0])}, {"w": buffer})
    buffer[:] = 100
    params = optimizer.update(params, {"w": np.array([0.0])})
    assert params["w"] == pytest.approx([0.8])


def theta_in_place(theta, grad, t, *, lr=0.1):
    theta -= lr * grad(theta)
    return theta, {}


def point_in_place(theta, grad, t, *, lr=0.1):
    theta += 1
    return theta - lr * grad(theta), {}


def state_in_place(theta, grad, t, v=0.0, *, lr=0.1):
    v += lr * grad(theta)
    return theta - v, {"v": v}


@pytest.mark.parametrize("method", [theta_in_place, point_in_place, state_in_place])
def test_a_method_that_works_in_place_is_refused_as_in_descend(method):
    optimizer, params = Optimizer(method), {"w": np.array([1.0])}
    sentence = untouched_by(optimizer, lambda: optimizer.update(params, params))
    assert sentence.startswith(f"{method.__name__} changed one of its arguments")
    assert params["w"][0] == 1.0


def test_asking_where_to_look_does_not_move_an_in_place_method():
    optimizer = Optimizer(point_in_place)
    untouched_by(optimizer, lambda: optimizer.lookahead({"w": np.array([1.0])}))


def test_a_method_that_asks_for_two_gradients_is_refused():
    def midpoint(theta, grad, t, *, lr=0.1):
        return theta - lr * grad(theta - lr / 2 * grad(theta)), {}

    optimizer, params = Optimizer(midpoint), {"w": np.array([1.0])}
    sentence = untouched_by(optimizer, lambda: optimizer.update(params, params))
    assert sentence.startswith("midpoint asked for 2 gradients in one step; allowed")


def test_the_lookahead_ends_where_the_gradient_is_asked():
    gone_on = []

    def counted(theta, grad, t, *, lr=0.1):
        g = grad(theta)
        gone_on.append(t)
        return theta - lr * g, {}

    point = Optimizer(counted).lookahead({"w": np.array([3.0])})
    assert (point["w"].tolist(), gone_on) == ([3.0], [])


def test_a_method_without_a_gradient_looks_at_its_params():
    stays = Optimizer(lambda theta, grad, t: (theta - 1, {}))
    assert stays.lookahead({"w": 2.0})["w"] == 2.0


@pytest.mark.parametrize("kind", [np.float32, np.float64, np.float16, np.longdouble])
def test_the_kind_of_float_is_kept(kind):
    optimizer, params = Optimizer(nesterov), {"w": np.ones(2, kind)}
    for _ in range(2):
        assert optimizer.lookahead(params)["w"].dtype == kind
        params = optimizer.update(params, {"w": np.ones(2)})
    assert params["w"].dtype == kind


@pytest.mark.parametrize("given", [1.0, 1, np.array(1.0), np.array(1)])
def test_a_single_number_stays_an_array_of_no_axis(given):
    new = Optimizer(gradient_descent, lr=0.5).update({"w": given}, {"w": 1.0})
    assert isinstance(new["w"], np.ndarray)
    assert new["w"].shape == ()
    assert new["w"] == 0.5


def test_a_name_that_joins_later_begins_at_its_own_first_step():
    optimizer, params = Optimizer(adam, lr=0.5, eps=0), {"a": np.zeros(1)}
    for _ in range(5):
        params = optimizer.update(params, {"a": np.ones(1)})
    both = params | {"b": np.zeros(2)}
    new = optimizer.update(both, {"a": np.ones(1), "b": np.array([3.0, -0.01])})
    assert new["b"] == pytest.approx([-0.5, 0.5])  # a first step of Adam is η long
    assert optimizer.t == 6


def test_the_settings_are_read_only():
    optimizer = Optimizer(adam, lr=0.5)
    with pytest.raises(TypeError, match="item assignment"):
        optimizer.hyper["lr"] = -1
    assert optimizer.hyper["lr"] == 0.5


def test_overflow_is_recorded_with_its_step():
    optimizer, params = Optimizer(gradient_descent, lr=1e200), {"w": np.ones(1)}
    assert optimizer.diverged_at is None
    params = optimizer.update(params, {"w": np.ones(1)})
    params = optimizer.update(params, {"w": np.full(1, 1e200)})
    assert np.isinf(params["w"]).all()
    assert optimizer.diverged_at == 2
    sentence = untouched_by(optimizer, lambda: optimizer.update(params, params))
    assert sentence.startswith("params['w'] is not finite; allowed: finite numbers.")


def test_it_says_what_it_is():
    optimizer = Optimizer(momentum, lr=lambda t: 0.1 / t)
    assert (
        repr(optimizer)
        == "Optimizer(momentum, lr=a schedule, gamma=0.9) after 0 updates"
    )
    optimizer.update({"w": np.ones((2, 3)), "b": 0.0}, {"w": np.ones((2, 3)), "b": 1})
    assert repr(optimizer).endswith("after 1 updates of w (2, 3), b ()")


def test_whole_numbers_are_taken_as_floats():
    new = Optimizer(gradient_descent, lr=0.1).update({"w": [1, 2]}, {"w": [5, -5]})
    assert new["w"] == pytest.approx([0.5, 2.5])


def test_a_schedule_is_asked_at_t_1_2_3():
    optimizer, params = Optimizer(gradient_descent, lr=lambda t: 1 / t), {"w": 0.0}
    ends = []
    for _ in range(3):
        params = optimizer.update(params, {"w": -1.0})
        ends.append(params["w"])
    assert ends == pytest.approx([1, 1.5, 1.5 + 1 / 3])


def test_a_scheduled_run_is_that_of_descend():
    hyper = {"lr": lambda t: 0.002 / t, "gamma": lambda t: (t - 1) / (t + 2)}
    path = descend(nesterov, ROSENBROCK, (-1.2, 1.0), 30, **hyper)
    end = walk(Optimizer(nesterov, **hyper), {"x": -1.2, "y": 1.0}, slopes, 30)
    assert [end["x"], end["y"]] == pytest.approx(path.theta[-1], rel=1e-12)


def test_overflow_is_a_result_and_no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        new = Optimizer(adagrad, eps=0).update({"w": [1.0, 1]}, {"w": [1e200, 0]})
        Optimizer(adagrad, eps=0).lookahead({"w": [1.0]})
    assert new["w"][0] == 1.0  # 1e200 over the root of an infinite sum
    assert np.isnan(new["w"][1])  # 0/0, as in descend


W, B = np.ones((2, 3)), np.zeros(3)


@pytest.mark.parametrize(
    ("grads", "says"),
    [
        ({}, "grads has the names []; allowed: ['W', 'b']."),
        ({"W": W}, "grads has the names ['W']; allowed: ['W', 'b']."),
        (
            {"W": W, "b": B, "c": B},
            "grads has the names ['W', 'b', 'c']; allowed: ['W', 'b'].",
        ),
        ({"W": W.T, "b": B}, "grads['W'] has shape (3, 2); allowed: (2, 3)."),
        ({"W": W, "b": 0.0}, "grads['b'] has shape (); allowed: (3,)."),
        ({"W": W, "b": B * np.nan}, "grads['b'] is not finite; allowed: finite"),
        ({"W": W, "b": B + np.inf}, "grads['b'] is not finite; allowed: finite"),
        ({"W": W, "b": "steep"}, "grads['b'] is 'steep'; allowed: an array of"),
        ({"W": W, "b": None}, "grads['b'] is None; allowed: an array of real"),
        ({"W": W, "b": B + 1j}, "grads['b'] is array([0.+1.j, 0.+1.j, 0.+1.j]); all"),
    ],
)
def test_refused_grads(grads, says):
    optimizer, params = begun()
    sentence = untouched_by(optimizer, lambda: optimizer.update(params, grads))
    assert sentence.startswith(says)


@pytest.mark.parametrize("ask", ["update", "lookahead"])
@pytest.mark.parametrize(
    ("params", "says"),
    [
        ({}, "params has no names; allowed: at least one."),
        ({"W": W}, "params has the names ['W'] and lacks ['b']; allowed: every name"),
        ({"W": W, 2: B}, "params has the names ['W', 2] and lacks ['b']; allowed"),
        ({"W": W, "b": B * np.nan}, "params['b'] is not finite; allowed: finite"),
        ({"W": W, "b": B + 1j}, "params['b'] is array([0.+1.j, 0.+1.j, 0.+1.j]); a"),
        ({"W": W, "b": np.zeros(4)}, "params['b'] has shape (4,); allowed: (3,)."),
        ({"W": W, "b": [[1], [2, 3]]}, "params['b'] is [[1], [2, 3]]; allowed: an"),
    ],
)
def test_refused_params(params, says, ask):
    optimizer, _ = begun()
    given = (params, params) if ask == "update" else (params,)
    sentence = untouched_by(optimizer, lambda: getattr(optimizer, ask)(*given))
    assert sentence.startswith(says)


def test_what_is_no_dict_is_refused():
    optimizer, params = begun()
    sentence = untouched_by(optimizer, lambda: optimizer.update(W, params), TypeError)
    assert sentence == "params is of type ndarray; allowed: a dict of named arrays."
    sentence = untouched_by(optimizer, lambda: optimizer.update(params, W), TypeError)
    assert sentence == "grads is of type ndarray; allowed: a dict of named arrays."


def test_a_first_update_without_names_is_refused():
    optimizer = Optimizer(adam)
    sentence = untouched_by(optimizer, lambda: optimizer.update({}, {}))
    assert sentence == "params has no names; allowed: at least one."


def test_the_run_goes_on_after_a_refusal_as_if_nothing_had_been():
    (refused, params), (plain, same) = begun(), begun()
    with pytest.raises(ValueError, match="not finite"):
        refused.update(params, {"W": W * np.nan, "b": B})
    grads = {"W": 2 * W, "b": B + 1}
    went_on, straight = refused.update(params, grads), plain.update(same, grads)
    np.testing.assert_equal(went_on, straight)


@pytest.mark.parametrize(
    ("method", "hyper", "kind", "says"),
    [
        (adam, {"lr": 0}, ValueError, "lr is 0; allowed: a number above 0."),
        (adam, {"beta1": 1}, ValueError, "beta1 is 1; allowed: at least 0 and below"),
        (momentum, {"gamma": -0.1}, ValueError, "gamma is -0.1; allowed: at least 0"),
        (adam, {"gamma": 0.9}, TypeError, "gamma is no hyper-parameter of adam; all"),
        ("adam", {}, TypeError, "method is 'adam'; allowed: a function"),
        (
            adam,
            {"lr": [0.1, 0.2]},
            ValueError,
            "lr has shape (2,); allowed: a number, or a function of t that gives one.",
        ),
    ],
)
def test_refused_settings(method, hyper, kind, says):
    with pytest.raises(kind) as caught:
        Optimizer(method, **hyper)
    assert str(caught.value).startswith(says)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    ("lr", "says"),
    [
        (lambda t: 1 - t, "lr is 0 at t = 1; allowed: a number above 0."),
        (lambda t: np.ones(2), "lr has shape (2,); allowed: a number, or a function"),
    ],
)
def test_refused_schedule(lr, says):
    optimizer = Optimizer(adam, lr=lr)
    call = {"w": np.zeros(2)}
    sentence = untouched_by(optimizer, lambda: optimizer.update(call, call))
    assert sentence.startswith(says)


@pytest.mark.parametrize(
    ("method", "says"),
    [
        (lambda theta, grad, t: None, "<lambda> returned None; allowed: the next"),
        (lambda theta, grad, t, m=0.0: (theta - 1, {}), "<lambda> returned (array("),
        (
            lambda theta, grad, t: (theta.sum(), {}),
            "<lambda> returned a next theta of shape (); allowed: a new array",
        ),
    ],
)
def test_refused_methods_of_a_readers_own(method, says):
    optimizer, call = Optimizer(method), {"w": np.zeros(2)}
    sentence = untouched_by(optimizer, lambda: optimizer.update(call, call))
    assert sentence.startswith(says)


def test_an_objective_of_two_numbers_settles():
    bowl = Objective(lambda x: (x**2).sum(0), lambda x: 2 * x, dim=2)
    end = walk(
        Optimizer(momentum, lr=0.05),
        {"w": np.array([3.0, -2])},
        lambda at: {"w": bowl.grad(at["w"])},
        400,
    )
    assert end["w"] == pytest.approx([0, 0], abs=1e-6)
