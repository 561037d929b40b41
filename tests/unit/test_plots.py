"""plot_*() draw on the axes they are given; describe() says it in a sentence."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from gdlib import (
    BOWL,
    DOUBLE_WELL,
    HIMMELBLAU,
    PARABOLA,
    ROSENBROCK,
    Objective,
    adam,
    descend,
    describe,
    gradient_descent,
    line_data,
    momentum,
    mse,
    nesterov,
    plot_contours,
    plot_curve,
    plot_gap,
    plot_line_fit,
    plot_path,
    plot_surface,
    plot_term,
)
from gdlib.plots import grid, levels
from gdlib.style import LOOKS


@pytest.fixture
def ax():
    figure, axes = plt.subplots()
    yield axes
    figure.canvas.draw()  # whatever was drawn can also be painted, without a warning
    plt.close(figure)


BATCH = descend(adam, BOWL, np.ones((2, 4)), 5)
OVERFLOWN = descend(gradient_descent, BOWL, (1.0, -0.5), 2000, lr=3.0)
FLAT = Objective(
    lambda theta: (theta**2).sum(0), lambda theta: 2 * theta, dim=2, start=(2.0, 0.0)
)


def wears(line, name):
    found = LOOKS[name]
    same_colour = to_rgb(line.get_color()) == to_rgb(found.color)
    return same_colour and line.get_marker() == found.marker


# Grounds.


def test_grid_is_coordinates_first():
    theta = grid(((0.0, 2.0), (-1.0, 1.0)), 5)
    assert theta.shape == (2, 5, 5)
    assert theta[0, 0].tolist() == [0, 0.5, 1, 1.5, 2]
    assert theta[1, :, 0].tolist() == [-1, -0.5, 0, 0.5, 1]


def test_levels_grow_and_span_the_values():
    values = HIMMELBLAU(grid(HIMMELBLAU.window))
    found = levels(values)
    assert (np.diff(found) > 0).all()
    assert (found[0], found[-1]) == (values.min(), values.max())
    assert (found < np.median(values)).sum() > len(found) / 2
    assert len(levels(np.full((3, 3), 7.0))) == 2


def test_curve_is_the_graph_with_named_axes(ax):
    line = plot_curve(ax, DOUBLE_WELL, color="red")
    x, y = line.get_data()
    np.testing.assert_array_equal(y, x**4 - 2 * x**2 + x / 2)
    assert (x[0], x[-1]) == (-1.6, 1.6)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("x", "f(x)")
    assert ax.get_title() == "double well"
    assert line.get_color() == "red"


def test_curve_over_a_window_of_ones_own(ax):
    x = plot_curve(ax, PARABOLA, ((-3.0, 5.0),)).get_xdata()
    assert (x[0], x[-1]) == (-3, 5)


def test_contours_are_filled_and_show_every_minimum(ax):
    filled = plot_contours(ax, HIMMELBLAU, points=41)
    assert filled.filled
    stars = {tuple(line.get_xydata()[0]) for line in ax.lines}
    assert stars == set(HIMMELBLAU.minima)
    assert ax.get_xlim() == ax.get_ylim() == (-5, 5)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("x", "y")
    assert ax.get_title() == "Himmelblau"
    assert ax.get_aspect() == 1


def test_contours_of_a_regression_name_slope_and_intercept(ax):
    plot_contours(ax, mse(*line_data(np.random.default_rng(0))), points=21, equal=False)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("m", "b")
    assert ax.get_aspect() == "auto"


def test_surface_stands_on_three_axes():
    figure = plt.figure()
    ax = figure.add_subplot(projection="3d")
    drawn = plot_surface(ax, BOWL, points=11)
    assert drawn in ax.collections
    assert ax.get_zlabel() == "f(x, y)"
    figure.canvas.draw()
    plt.close(figure)


@pytest.mark.parametrize("draw", [plot_contours, plot_surface])
def test_plane_of_a_one_dimensional_objective_is_refused(draw, ax):
    with pytest.raises(ValueError, match=r"parabola.* dim = 1; allowed.* 2\.$"):
        draw(ax, PARABOLA)


def test_curve_of_a_two_dimensional_objective_is_refused(ax):
    with pytest.raises(ValueError, match=r"bowl.* dim = 2; allowed.* 1\.$"):
        plot_curve(ax, BOWL)


# Runs.


def test_path_joins_the_points_and_wears_the_methods_look(ax):
    path = descend(momentum, ROSENBROCK, steps=100, lr=0.001)
    line = plot_path(ax, path)
    np.testing.assert_array_equal(line.get_xydata(), path.theta)
    assert wears(line, "momentum")
    assert line.get_linestyle() == "--"
    assert line.get_label() == "momentum"
    assert line.get_markevery() == 4  # 101 points, about 25 markers


def test_path_has_a_white_edge(ax):
    line = plot_path(ax, descend(adam, BOWL))
    (edge,) = set(ax.lines) - {line}
    np.testing.assert_array_equal(edge.get_xydata(), line.get_xydata())
    assert edge.get_color() == "white"
    assert edge.get_linewidth() > line.get_linewidth()
    assert edge.get_zorder() < line.get_zorder()


def test_path_of_one_dimension_stands_on_the_curve(ax):
    path = descend(gradient_descent, PARABOLA, steps=4)
    x, y = plot_path(ax, path).get_data()
    np.testing.assert_array_equal(x, path.theta[:, 0])
    np.testing.assert_array_equal(y, path.loss)


def test_path_takes_a_name_markers_and_line_properties(ax):
    line = plot_path(ax, descend(adam, BOWL), name="mine", markers=7, linewidth=3)
    assert (line.get_label(), line.get_markevery()) == ("mine", 7)
    assert line.get_linewidth() == 3


def test_path_of_own_methods_can_be_told_apart(ax):
    def own(theta, grad, t):
        return theta - 0.1 * grad(theta), {}

    path = descend(own, BOWL)
    first, second = plot_path(ax, path), plot_path(ax, path, index=1)
    assert first.get_marker() != second.get_marker()
    assert first.get_label() == "own"


def test_gap_falls_on_a_log_scale_with_named_axes(ax):
    path = descend(nesterov, BOWL, steps=30, lr=0.05)
    line = plot_gap(ax, path)
    np.testing.assert_array_equal(line.get_xdata(), np.arange(31))
    np.testing.assert_array_equal(line.get_ydata(), path.loss)
    assert ax.get_yscale() == "log"
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("step", "gap to the minimum")
    assert wears(line, "nesterov")
    assert line.get_label() == "Nesterov"
    assert plot_gap(ax, path, name="mine").get_label() == "mine"


def test_gap_leaves_out_rows_that_are_exactly_at_the_minimum(ax):
    line = plot_gap(ax, descend(gradient_descent, BOWL, (1.0, 0.0), 3, lr=0.5))
    np.testing.assert_array_equal(line.get_ydata(), [1, np.nan, np.nan, np.nan])


def test_gap_against_an_axis_of_ones_own(ax):
    ax.set_xlabel("samples")
    path = descend(adam, BOWL, steps=3)
    line = plot_gap(ax, path, x=np.array([0, 10, 20, 30]))
    assert line.get_xdata().tolist() == [0, 10, 20, 30]
    assert ax.get_xlabel() == "samples"


def test_term_is_drawn_from_step_one(ax):
    path = descend(adam, BOWL, steps=8)
    line = plot_term(ax, path, "m_hat", 1)
    assert line.get_xdata().tolist() == list(range(1, 9))
    np.testing.assert_array_equal(line.get_ydata(), path.terms["m_hat"][:, 1])
    assert line.get_label() == "m_hat"
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("step", "m_hat")
    assert plot_term(ax, path, "g", name="slope").get_label() == "slope"


def test_term_that_does_not_exist_is_refused(ax):
    with pytest.raises(ValueError, match=r"^term is 'speed'; allowed: g, v\.$"):
        plot_term(ax, descend(momentum, BOWL), "speed")


@pytest.mark.parametrize(
    "draw",
    [plot_path, plot_gap, lambda ax, path: plot_term(ax, path, "g")],
    ids=["path", "gap", "term"],
)
def test_batch_is_refused_in_a_sentence(draw, ax):
    with pytest.raises(
        ValueError, match=r"^path holds runs of shape \(4,\); allowed: "
    ):
        draw(ax, BATCH)


@pytest.mark.parametrize(
    "draw",
    [plot_path, plot_gap, lambda ax, path: plot_term(ax, path, "g")],
    ids=["path", "gap", "term"],
)
def test_diverging_run_is_drawn_up_to_its_overflow(draw, ax):
    # The fixture paints it, too: no warning on the way. Matplotlib's own margins and
    # ticks overflow before the numbers do, so that the largest may be left out.
    values = draw(ax, OVERFLOWN).get_ydata()
    drawn = np.flatnonzero(np.isfinite(values))
    assert np.abs(values[drawn]).max() > 1e100
    assert drawn[-1] < OVERFLOWN.diverged_at


def test_line_fit_shows_the_points_once_and_every_line(ax):
    job = mse(*line_data(np.random.default_rng(0), n=20))
    first, second = plot_line_fit(ax, job, (2.0, -1.0)), plot_line_fit(ax, job, (0, 0))
    x, y = first.get_data()
    np.testing.assert_allclose(y, 2 * x - 1)
    assert (x[0], x[-1]) == (job.X[:, 0].min(), job.X[:, 0].max())
    assert len(ax.collections) == 1
    np.testing.assert_array_equal(
        ax.collections[0].get_offsets(), np.transpose([job.X[:, 0], job.y])
    )
    assert second.get_ydata().tolist() == [0, 0]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("x", "y")


# Sentences.


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        (
            # x ← 0.8 x: gap 0.49 · 0.64⁵ = 0.0526, x = 0.7 · 0.8⁵ = 0.229
            descend(gradient_descent, PARABOLA, steps=5, lr=0.1),
            "gradient descent on parabola (lr = 0.1): in 5 steps the gap falls from "
            "0.49 to 0.0526, ending at (0.229); not under 1e-06.",
        ),
        (
            # x ← -x/2: the gap falls to a quarter, 4⁻¹⁰ is the first under 1e-6
            descend(gradient_descent, BOWL, (1.0, 0.0), 12, lr=0.75),
            "gradient descent on bowl (lr = 0.75): in 12 steps the gap falls from 1 to "
            "5.96e-08, ending at (0.000244, 0); at step 10 first under 1e-06.",
        ),
        (
            descend(gradient_descent, FLAT, steps=1, lr=2.0),
            "gradient descent on your function (lr = 2): in 1 step the loss grows from "
            "4 to 36, ending at (-6, 0).",
        ),
        (
            descend(momentum, BOWL, (1.0, 1.0), 2, lr=lambda t: 0.1, gamma=0.0),
            "momentum on bowl (lr = a schedule, gamma = 0): in 2 steps the gap falls "
            "from 2 to 0.819, ending at (0.64, 0.64); not under 1e-06.",
        ),
        (
            # |x| doubles a step: 4⁵¹¹ < 1.8e308 < 4⁵¹²
            descend(gradient_descent, BOWL, (1.0, 0.0), 600, lr=1.5),
            "gradient descent on bowl (lr = 1.5): the run overflows at step 512 of "
            "600 steps.",
        ),
        (
            descend(
                gradient_descent, BOWL, (1.0, 0.0), 600, lr=np.array([0.1, 1.5, 2])
            ),
            "gradient descent on bowl (lr = 3 values): 3 runs of 600 steps, 2 "
            "overflow.",
        ),
    ],
    ids=["falls", "arrives", "grows", "schedule", "overflow", "batch"],
)
def test_describe(path, sentence):
    assert describe(path) == sentence


def test_describe_with_a_tolerance_of_ones_own():
    path = descend(gradient_descent, BOWL, (1.0, 0.0), 12, lr=0.75)
    assert describe(path, tol=0.01).endswith("at step 4 first under 1e-02.")


@pytest.mark.parametrize(
    ("steps", "told"), [(1, ""), (2, ", left again"), (4, ", stays from 3")]
)
def test_describe_says_whether_a_run_stays_under(steps, told):
    def hop(theta, grad, t):
        return np.array([[0.05, 1.0, 0.02, 0.01][t - 1]]), {}

    # gaps x²: 0.49, 0.0025, 1, 0.0004, 0.0001
    path = descend(hop, PARABOLA, steps=steps)
    assert describe(path, tol=0.01).endswith(f"at step 1 first under 1e-02{told}.")


def test_describe_of_a_run_that_kept_its_last_row():
    path = descend(gradient_descent, BOWL, (1.0, 0.0), 12, lr=0.75, keep="last")
    sentence = describe(path)
    assert "gradient descent on bowl (lr = 0.75)" in sentence
    assert "12 steps" in sentence
    assert "5.96e-08" in sentence
    assert "falls from" not in sentence  # where it began is not known
    run_away = descend(gradient_descent, BOWL, steps=600, lr=1.5, keep="last")
    assert "overflows" in describe(run_away)
    assert "step 0 " not in describe(run_away)
