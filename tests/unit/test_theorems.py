"""What theory says on the sliders: curvatures, marks, presets."""

import numpy as np
import pytest

from gdlib import (
    DOUBLE_WELL,
    PARABOLA,
    ROSENBROCK,
    Objective,
    adam,
    descend,
    gradient_descent,
    line_data,
    momentum,
    mse,
    ravine,
)
from gdlib.live import explore
from gdlib.live.theorems import places, quadratic


def test_curvatures_are_given_for_quadratics_alone():
    assert quadratic(ravine(10, 30)) == pytest.approx((1, 10))
    assert quadratic(PARABOLA) == pytest.approx((2, 2))
    assert quadratic(ROSENBROCK) is None
    assert quadratic(DOUBLE_WELL) is None
    assert quadratic(Objective(lambda t: (t**2).sum(0), lambda t: 2 * t, 2)) is None
    noisy = mse(
        *line_data(np.random.default_rng(0)), batch=5, rng=np.random.default_rng(1)
    )
    assert quadratic(noisy) is None


def test_marks_of_gradient_descent_on_the_ravine():
    found = places({"gd": gradient_descent}, (1, 10), dict(lr=0.1))
    assert [text for _, text in found["lr"]] == ["best", "edge"]
    assert [at for at, _ in found["lr"]] == pytest.approx([2 / 11, 2 / 10])


def test_marks_of_momentum_on_the_ravine():
    found = places({"momentum": momentum}, (1, 9), dict(lr=0.04, gamma=0.5))
    assert [at for at, _ in found["lr"]] == pytest.approx([0.25, 3 / 9])
    assert [at for at, _ in found["gamma"]] == pytest.approx([0.25, 0.64])


def test_no_marks_where_there_is_no_theory():
    assert places({"adam": adam}, (1, 10), dict(lr=0.1)) == {}
    assert places({"gd": gradient_descent}, None, dict(lr=0.1)) == {}


def test_marks_move_with_the_surface_and_say_where_one_is(show):
    page = show(
        explore(ravine, gradient_descent, kappa=(1, 100, 10), lr=(0.01, 1, 0.1))
    )
    assert "you are here: 0.5 × the edge" in page.marks("lr")
    before = page.marks("lr")
    page.slide("kappa", 300)
    assert page.marks("lr") != before
    assert "you are here: 5 × the edge" in page.marks("lr")


def test_marks_go_where_theory_knows_the_surface_no_more(show):
    def surface(valley=1.0):
        return ravine(10) if valley == 1 else ROSENBROCK

    page = show(explore(surface, gradient_descent, valley=(0, 1, 1)))
    assert "edge" in page.marks("lr")
    page.type("valley", 0.0)
    assert page.marks("lr") == ""


def test_presets_of_theory_do_what_they_say(show):
    page = show(explore(ravine(10), gradient_descent))
    fates = {}
    for name in ("best", "crawl", "zig-zag", "diverges"):
        page.board.presets[name].click()
        path = descend(gradient_descent, ravine(10), lr=page.board.values["lr"])
        fates[name] = path.gap[-1] / path.gap[0]
    assert fates["best"] < 1e-16
    assert 1e-3 < fates["crawl"] < 1
    assert fates["diverges"] > 1
    assert page.board.values["lr"] == pytest.approx(1.05 * 2 / 10)


def test_presets_of_the_reader_may_move_the_start(show):
    presets = {"far": dict(lr=0.5, start=(1.0, -1.0))}
    page = show(explore(ravine(10), adam, presets=presets))
    page.board.presets["far"].click()
    assert page.seen(page.board.boxes["start y"]) == -1
    assert page.board.path.theta[0].tolist() == [1, -1]
    assert page.board.path.hyper["lr"] == 0.5
    with pytest.raises(ValueError, match=r"presets holds .*; allowed: start, lr"):
        explore(ravine(10), adam, presets={"far": dict(rate=1)})
