"""Pictures of a network: a graph with its numbers, small images, curves by method."""

from types import SimpleNamespace

import numpy as np
from matplotlib.figure import Figure

from gdlib import look
from gdlib.graphs import plot_graph, plot_images, plot_seeds


def node(name, value, slope, *parents):
    return SimpleNamespace(name=name, value=value, slope=slope, parents=parents)


def square():
    """J = e · e with e = a − b, at a = 5 and b = 2."""
    a, b = node("a", 5.0, 6.0), node("b", 2.0, -6.0)
    e = node("e", 3.0, 6.0, (a, 1), (b, -1))
    return a, b, e, node("J", 9.0, 1.0, (e, 3.0), (e, 3.0))


def test_each_node_stands_right_of_its_parents_with_value_and_slope():
    figure = Figure()
    boxes = plot_graph(figure, square())
    assert {n: t.get_text() for n, t in boxes.items()} == {
        "a": "a\n5",
        "b": "b\n2",
        "e": "e\n3",
        "J": "J\n9",
    }
    x = {name: box.get_position()[0] for name, box in boxes.items()}
    assert x["a"] == x["b"] < x["e"] < x["J"]
    assert boxes["a"].get_position() != boxes["b"].get_position()
    words = [text.get_text() for text in figure.axes[0].texts]
    assert [words.count(slope) for slope in ("6", "−6", "1")] == [2, 1, 1]


def test_local_slopes_stand_along_the_edges_both_of_a_node_used_twice():
    figure = Figure()
    plot_graph(figure, square())
    words = [text.get_text() for text in figure.axes[0].texts]
    assert [words.count(edge) for edge in ("×1", "×−1", "×3")] == [1, 1, 2]


def test_images_are_dark_where_numbers_are_large():
    axes = plot_images(Figure(), [np.eye(3), np.zeros((3, 3))], ["one", "two"])
    assert [ax.get_title() for ax in axes] == ["one", "two"]
    image = axes[0].images[0]
    shades = image.cmap(image.norm(image.get_array()))[..., 0]
    assert shades[0, 0] < shades[0, 1]


def test_each_seed_has_a_line_of_training_and_one_of_validation():
    found = np.geomspace(1, 0.01, 3 * 5 * 4 * 2).reshape(3, 5, 4, 2)
    axes = plot_seeds(Figure(), {"adam": found, "momentum": 2 * found})
    for ax, name, factor in zip(axes.flat, ("adam", "momentum"), (1, 2), strict=True):
        assert len(ax.lines) == 6
        for seed, (training, validation) in enumerate(
            zip(ax.lines[:3], ax.lines[3:], strict=True)
        ):
            assert training.get_color() == look(name).color
            assert np.array_equal(training.get_ydata(), factor * found[seed, :, 0, 0])
            assert np.array_equal(validation.get_ydata(), factor * found[seed, :, 1, 0])
