"""Charts and tables that notebooks share."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from gdlib import (
    BOWL,
    adam,
    descend,
    momentum,
    plot_arrows,
    plot_bars,
    plot_gaps,
    plot_lines,
    table,
)
from gdlib.charts import COLOURS
from gdlib.style import LOOKS
from tests.unit.test_style import contrast_on_white


@pytest.fixture
def ax():
    figure, axes = plt.subplots()
    yield axes
    figure.canvas.draw()  # whatever was drawn can also be painted, without a warning
    plt.close(figure)


def test_lines_are_named_and_told_apart_without_colour(ax):
    drawn = plot_lines(ax, {"often": [1, 2], "seldom": [3, 1]}, xlabel="step")
    (often,), (seldom,) = drawn.values()
    assert often.get_xydata().tolist() == [[0, 1], [1, 2]]
    assert often.get_linestyle() != seldom.get_linestyle()
    assert to_rgb(often.get_color()) != to_rgb(seldom.get_color())
    texts = [text.get_text() for text in ax.get_legend().get_texts()]
    assert texts == ["often", "seldom"]
    assert ax.get_xlabel() == "step"


def test_a_method_brings_its_look_and_its_name(ax):
    (line,) = plot_lines(ax, {"adam": [1, 2]}, [5, 6])["adam"]
    assert to_rgb(line.get_color()) == to_rgb(LOOKS["adam"].color)
    assert line.get_label() == "Adam"
    assert line.get_marker() == LOOKS["adam"].marker
    assert line.get_xdata().tolist() == [5, 6]


def test_what_is_no_method_wears_no_methods_colour():
    own = {to_rgb(look.color) for look in LOOKS.values()}
    assert not own & set(map(to_rgb, COLOURS))
    assert all(contrast_on_white(colour) >= 3 for colour in COLOURS)


def test_names_stand_at_the_ends_of_lines_if_asked(ax):
    plot_lines(ax, {"a": [1, 2, np.nan], "b": [4, 5, 6]}, direct=True)
    assert ax.get_legend() is None
    assert [(t.get_text(), tuple(t.xy)) for t in ax.texts] == [
        (" a", (1, 2)),
        (" b", (2, 6)),
    ]


def test_gaps_of_several_runs_share_axes_and_begin_at_step_0(ax):
    runs = [descend(f, BOWL, steps=5) for f in (momentum, adam)]
    drawn = plot_gaps(ax, runs, title="Two runs")
    assert list(drawn) == ["momentum", "Adam"]
    for line, run in zip(drawn.values(), runs, strict=True):
        assert line.get_xydata()[0].tolist() == [0, run.gap[0]]
    assert (ax.get_title(), ax.get_yscale()) == ("Two runs", "log")
    assert len(ax.get_legend().get_texts()) == 2


def test_gaps_may_have_names_of_their_own_and_no_legend(ax):
    run = descend(adam, BOWL, steps=5, lr=0.1)
    drawn = plot_gaps(ax, {"fast": run}, legend=False)
    assert drawn["fast"].get_label() == "fast"
    assert ax.get_legend() is None


def test_bars_carry_their_values(ax):
    bars = plot_bars(ax, {"down": 0.5, "up": 2}, title="pull", fmt="%.1f")
    assert [bar.get_height() for bar in bars] == [0.5, 2]
    assert [text.get_text() for text in ax.texts] == ["0.5", "2.0"]


def test_arrows_go_from_the_start_by_their_moves(ax):
    drawn = plot_arrows(ax, (1, 2), {"kept": (3, 0), "new": (0, -1)})
    found = {name: (arrow.xyann, tuple(arrow.xy)) for name, arrow in drawn.items()}
    assert {n: tuple(map(tuple, p)) for n, p in found.items()} == {
        "kept": ((1, 2), (4, 2)),
        "new": ((1, 2), (1, 1)),
    }


def test_arrows_may_each_have_a_start(ax):
    drawn = plot_arrows(ax, {"a": (0, 0), "b": (1, 1)}, {"a": (1, 1), "b": (1, 0)})
    assert tuple(drawn["b"].xy) == (2, 1)


def test_an_arrow_named_after_a_method_wears_its_colour(ax):
    drawn = plot_arrows(ax, (0, 0), {"Nesterov: −ηg": (1, 1), "kept": (1, 0)})
    colours = {name: arrow.arrow_patch.get_facecolor() for name, arrow in drawn.items()}
    assert to_rgb(colours["Nesterov: −ηg"]) == to_rgb(LOOKS["nesterov"].color)
    assert to_rgb(colours["kept"]) == to_rgb(COLOURS[1])


def test_table_aligns_words_left_and_numbers_right():
    rows = [("momentum", 10, 0.001234, 1200), ("x", 1000, np.nan, None)]
    columns = {"method": "", "κ": "d", "gap": ".1e", "steps": ",d"}
    assert table(columns, rows).splitlines() == [
        "method       κ      gap  steps",
        "momentum    10  1.2e-03  1,200",
        "x         1000        –      –",
    ]


def test_table_takes_numpy_numbers_and_whole_floats_as_counts():
    assert table({"n": "d"}, [[np.float64(3)], [np.int64(12)]]) == " n\n 3\n12"


def test_table_refuses_a_row_of_another_length():
    with pytest.raises(ValueError, match=r"^rows holds one of 1 values; allowed: 2"):
        table({"a": "d", "b": "d"}, [[1]])
