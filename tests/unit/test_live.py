"""Dashboards without a browser: what is drawn for given values, what is sent."""

import base64
import io
import re
import struct
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gdlib import (
    BEALE,
    BOWL,
    DOUBLE_WELL,
    HIMMELBLAU,
    METHODS,
    PARABOLA,
    ROSENBROCK,
    Objective,
    adam,
    descend,
    gradient_descent,
    label,
    line_data,
    momentum,
    mse,
    nadam,
    nesterov,
    ravine,
    spectral_radius,
)
from gdlib.live import explore, race, rate_map, step_player, terms
from gdlib.live.basins import ELSEWHERE, GONE, ends
from gdlib.live.controls import Slider, marks, slider
from gdlib.live.drawing import Heat, Packed, Piece, line, pack, stamp
from gdlib.live.measures import rate
from gdlib.live.news import flat
from gdlib.live.runs import under
from gdlib.live.stills import Plot, sizes
from gdlib.live.theorems import places, quadratic

ROOT = Path(__file__).parents[2]
HELLO = ["hello", "", [900, 1.0, False]]


class Page:
    """A browser's side of the talk: it says what happens and keeps the answers."""

    def __init__(self, board):
        self.board, self.answers = board, []
        board.send = lambda news, files: self.answers.append((news, files))
        self.tell(HELLO)

    def tell(self, *events):
        self.board._receive([list(event) for event in events])
        return self.answers[-1][0]

    @property
    def error(self):
        return self.slot("error")

    @property
    def heat(self):
        """The map among the pieces."""
        return next(p.heat for p in self.board._good[1].pieces if p.heat is not None)

    def slot(self, name):
        """The newest content of a part of the page."""
        found = [n["slots"][name] for n, _ in self.answers if name in n["slots"]]
        return found[-1]

    def lines(self, plot):
        """The points (n, 2) of every stroked piece of a plot, in pixels."""
        news, files = self.answers[-1]
        points = np.frombuffer(files[0], "<f4")
        items = [item for item in news["items"] if item["p"] == plot and item.get("h")]
        return [points[slice(*item["n"])].reshape(-1, 2) for item in items]

    def data(self, plot, index=0):
        """The points of a plot's line as Matplotlib takes them back to data."""
        still = self.board._still(plot)
        return still._way.inverted().transform(self.lines(plot)[index])


@pytest.fixture
def show(capsys):
    """Open a dashboard on a page of its own, closed at the end."""
    boards = []

    def open_page(board):
        boards.append(board)
        return Page(board)

    yield open_page
    for board in boards:
        board.close()


# Pieces in pixels.


def plot(**axes):
    return Plot(lambda ax, values: ax.set(**axes))


def test_pixels_are_those_computed_by_hand():
    # 500 × 400 pixels; the axes leave 70 left, 20 right, 10 above, 48 below:
    # 410 × 342 pixels for 0 … 4 and 0 … 2
    still = plot(xlim=(0, 4), ylim=(0, 2)).still({}, (500, 400))
    assert still.box == pytest.approx((70, 10, 480, 352))
    points = np.array([[0, 0], [4, 2], [1, 0.5]])
    expected = [[70, 352], [480, 10], [172.5, 266.5]]
    assert still.project(points) == pytest.approx(np.array(expected))


@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize("unit", [1.0, 1.45])
def test_pixels_of_a_log_axis(ratio, unit):
    still = plot(xlim=(0, 1), yscale="log", ylim=(1e-8, 1e4)).still(
        {}, (500, 400), ratio, unit
    )
    low, middle, high = still.project(np.array([[0, 1e-8], [0, 1e-2], [0, 1e4]]))[:, 1]
    assert middle == pytest.approx((low + high) / 2)
    assert (low, high) == pytest.approx((400 - 48 * unit, 10 * unit))


def test_pixels_are_matplotlibs_own():
    found = {}

    def draw(ax, values):
        ax.set(xlim=(-2, 2), ylim=(-1, 3), aspect="equal")
        found["ax"] = ax

    still = Plot(draw).still({}, (420, 330), 2.0)
    points = np.random.default_rng(0).uniform(-3, 3, (50, 2))
    device = found["ax"].transData.transform(points)
    theirs = np.column_stack([device[:, 0], 660 - device[:, 1]]) / 2
    assert still.project(points) == pytest.approx(theirs)


def test_point_is_the_way_back():
    still = plot(xlim=(0, 4), ylim=(0, 2)).still({}, (500, 400))
    assert still.point(172.5 / 500, 266.5 / 400) == pytest.approx((1, 0.5))


BOX = (0, 0, 100, 100)


def same(xy):
    return np.asarray(xy, float)


def test_line_inside_is_sent_as_it_is():
    xy = np.array([[1, 2], [50, 60], [99, 3]])
    ((look, pixels, heat),) = pack(line(xy, colour="red", width=2), same, BOX)
    assert np.array_equal(pixels, xy)
    assert heat is None
    assert look == dict(p=0, c="red", w=2.78, h=5.28)  # 2 pt and 3.8 pt at 100 dpi


def test_line_is_cut_where_it_leaves_and_keeps_its_slope():
    xy = np.array([[50, 50], [1e9, 50 + 1e9], [60, 60]])
    ((_, pixels, _),) = pack(line(xy), same, BOX)
    seen = pixels[np.isfinite(pixels).all(1)]
    assert (
        np.abs(seen).max() < 132
    )  # the box, its margin of 30, a pixel of the cutter's
    assert seen[:, 0] == pytest.approx(seen[:, 1])  # all on the diagonal still


def test_line_that_comes_back_is_lifted_between():
    xy = np.array([[50, 50], [500, 50], [500, 80], [50, 80]])
    ((_, pixels, _),) = pack(line(xy), same, BOX)
    lifted = np.flatnonzero(np.isnan(pixels).any(1))
    assert len(lifted) == 1
    assert np.array_equal(pixels[0], [50, 50])
    assert np.array_equal(pixels[-1], [50, 80])


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 1e300])
def test_what_overflows_is_not_drawn(bad):
    xy = np.array([[10, 10], [20, 20], [bad, bad]])
    stroke, stamps = pack(line(xy, marker="o"), same, BOX)
    finite = stroke.pixels[np.isfinite(stroke.pixels).all(1)]
    assert np.array_equal(finite[:2], [[10, 10], [20, 20]])
    assert np.abs(finite).max() < 132
    assert np.array_equal(stamps.pixels, [[10, 10], [20, 20]])


def test_every_other_point_is_marked_also_where_the_line_is_cut():
    xy = np.array([[0, 0], [10, 10], [20, 20], [30, 30], [1e6, 0]])
    _, stamps = pack(line(xy, marker="s", every=2), same, BOX)
    assert np.array_equal(stamps.pixels, [[0, 0], [20, 20]])


def test_markers_keep_apart_where_points_are_dense():
    # 100 points a pixel apart, then three far ones; markers 3.6 pt = 5 pixels wide
    x = np.concatenate([np.arange(100) / 4, [50, 75, 99]])
    piece = line((x, 0 * x), marker="o", size=3.6, apart=2)
    ((look, pixels, _),) = pack(piece, same, BOX)
    assert len(pixels) == 103  # the line has them all
    marked = x[[place for place, one in enumerate(look["j"]) if one == "1"]]
    assert marked[0] == 0
    assert np.diff(marked).min() >= 0.75 * 10
    assert np.diff(marked[marked < 25]).max() < 10 + 0.25
    assert marked[-3:].tolist() == [50, 75, 99]


def test_a_path_with_room_has_all_its_markers():
    zigzag = np.array([[0, 0], [40, 80], [50, 0], [60, 80]])
    ((look, _, _),) = pack(line(zigzag, marker="o", apart=2.5), same, BOX)
    assert "j" not in look


def test_arrow_ends_in_a_head_at_its_tip():
    piece = Piece(np.array([[10, 10], [60, 10]]), width=2, head=True)
    shaft, head = pack(piece, same, BOX)
    size = (3.2 + 1.6 * 2) * 100 / 72
    assert shaft.pixels == pytest.approx(np.array([[10, 10], [60 - size, 10]]))
    assert head.pixels[0] == pytest.approx([60, 10])
    assert head.look["f"] == "black"


@pytest.mark.parametrize("tip", [(10, 10), (np.nan, 10), (np.inf, 10)])
def test_arrow_without_length_is_not_drawn(tip):
    assert pack(Piece(np.array([(10, 10), tip]), head=True), same, BOX) == []


def test_points_are_packed_as_float32_little_endian():
    packed = [Packed(dict(c="a"), np.array([[1, 2.5]])), Packed(dict(c="b"), np.eye(2))]
    items, data = flat(packed)
    assert data == struct.pack("<6f", 1, 2.5, 1, 0, 0, 1)
    assert items == [dict(c="a", n=[0, 2]), dict(c="b", n=[2, 6])]


def test_map_has_its_first_row_at_the_bottom():
    palette = [[255, 0, 0], [0, 255, 0], [0, 0, 255]]
    heat = Heat(np.array([[0, 1], [2, 2]]), palette)
    picture = Image.open(io.BytesIO(heat.png())).convert("RGB")
    colours = [picture.getpixel(at) for at in ((0, 1), (1, 1), (0, 0))]
    assert colours == [(255, 0, 0), (0, 255, 0), (0, 0, 255)]


def test_map_is_placed_by_corner_and_size():
    heat = Heat(np.zeros((2, 2)), np.zeros((1, 3)))
    ((look, pixels, found),) = pack(Piece([[10, 90], [40, 30]], heat=heat), same, BOX)
    assert np.array_equal(pixels, [[10, 30], [30, 60]])
    assert found is heat
    assert look["o"] is False


def test_stamp_is_the_marker_as_svg():
    _, svg, filled = stamp("s 10")
    assert svg == "M-5.0 5.0L5.0 5.0L5.0 -5.0L-5.0 -5.0Z"
    assert filled
    assert not stamp("x 10")[2]


@pytest.mark.parametrize(
    ("width", "count", "columns"), [(1100, 2, 2), (900, 3, 3), (390, 2, 1), (640, 2, 2)]
)
def test_plots_stand_side_by_side_where_there_is_room(width, count, columns):
    (across, down), *others = sizes(width, count)
    assert int(width // across) >= columns
    assert columns * across <= width
    assert len(others) == count - 1
    assert 0.7 < down / across <= 1


# Sliders.


def test_log_slider_has_equal_steps_of_factor():
    lr = Slider("lr", 1e-4, 1, 0.1, "log")
    assert [lr.value(p) for p in (0, 75, 150, 300)] == [1e-4, 1e-3, 1e-2, 1]
    assert lr.position(0.1) == 225
    assert lr.fraction(0.01) == pytest.approx(0.5)


def test_slider_near_1_gives_room_to_small_differences():
    beta2 = slider("beta2", 0.999)
    assert (beta2.low, beta2.high) == (0, 0.9999)
    assert [beta2.value(p) for p in (0, 75, 150, 225)] == [0, 0.9, 0.99, 0.999]


@pytest.mark.parametrize("name", ["lr", "gamma", "beta2", "eps", "kappa", "steps"])
def test_slider_keeps_its_positions(name):
    one = slider(name, dict(steps=100, kappa=10, eps=1e-8).get(name, 0.5))
    positions = range(0, one.last + 1, 7)
    assert [one.position(one.value(p)) for p in positions] == list(positions)


def test_default_outside_the_usual_range_widens_it():
    assert slider("lr", 50.0).high == 50


def test_unknown_names_have_a_plain_scale_and_whole_numbers_if_given_so():
    assert slider("p", (1, 200, 2)).value(37) == 38
    assert slider("mix", (0.0, 1.0, 0.5)).scale == "linear"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ((1, 2), r"lr is (1, 2); allowed: a number, or (low, high, default)."),
        ((2, 1, 1), "lr has the range 2 to 1; allowed: two finite numbers, the lower"),
        ((0.1, 1, 5), "lr is 5; allowed: a number from 0.1 to 1."),
    ],
)
def test_slider_refuses(given, message):
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 its words are compared
        slider("lr", given)
    assert str(refusal.value).startswith(message)


@pytest.mark.parametrize("text", ["fast", "", "nan", "inf", "20"])
def test_text_that_is_no_value_is_refused(text):
    with pytest.raises(ValueError, match=r"^lr is '.*'; allowed: a number from .* to"):
        slider("lr", 0.1).read(text)


def test_marks_stand_at_their_values():
    lr = Slider("lr", 1e-2, 1, 0.1, "log")
    html = marks(
        lr, [(0.1, "best"), (1, "edge"), (7, "off the slider")], "you are here"
    )
    assert "left:50.00%" in html
    assert "left:100.00%" in html
    assert "off the slider" not in html
    assert "you are here" in html


def test_marks_go_where_theory_knows_the_surface_no_more(show):
    def surface(valley=1.0):
        return ravine(10) if valley == 1 else ROSENBROCK

    page = show(explore(surface, gradient_descent, valley=(0, 1, 1)))
    assert "edge" in page.slot("marks lr")
    page.tell(["type", "valley", "0"])
    assert page.slot("marks lr") == ""


@pytest.mark.parametrize(
    "places", [(0.18, 0.2), (0.01, 0.012), (2.3, 2.4), (0.01, 2.4)]
)
def test_no_mark_runs_through_the_text_of_another(places):
    lr = Slider("lr", 0.005, 2.5, 0.1, "log")
    html = marks(lr, list(zip(places, ("best", "edge"), strict=True)))
    found = re.findall(
        r'left:(.*?)%.*?height:(.*?)em.*?gd-(\w+)" style="top:(.*?)em', html
    )
    for left, _, side, top in found:
        assert side in ("left", "right")
        for other, foot, _, other_top in found:
            if other_top != top and float(foot) - 0.4 > float(top):  # a line, 0.4 up
                assert (float(other) < float(left)) == (side == "right")
    tops = sorted(float(top) for *_, top in found)
    assert tops[1] - tops[0] >= 1.25  # the height of a text, stage.css


# Theory on the sliders.


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


# explore.


def test_explore_sends_the_closed_form_of_the_parabola(show):
    page = show(explore(PARABOLA, gradient_descent, steps=20, lr=(0.01, 1, 0.15)))
    x = 0.7 * (1 - 2 * 0.15) ** np.arange(21)
    assert page.data(0) == pytest.approx(np.column_stack([x, x**2]), abs=1e-5)
    gaps = page.data(1)  # from step 19 on they lie below the plot, 1e-8
    assert gaps[:21, 1] == pytest.approx(x**2, rel=1e-4)


def test_moving_a_slider_sends_other_points(show):
    page = show(explore(PARABOLA, gradient_descent, steps=5, lr=(0.01, 1.0, 0.15)))
    lr = page.board._inputs["lr"].value(200)
    news = page.tell(["slide", "lr", "200"])
    x = 0.7 * (1 - 2 * lr) ** np.arange(6)
    assert page.data(0)[:, 0] == pytest.approx(x, abs=1e-5)
    assert news["set"]["lr"] == [200, f"{lr:.6g}"]
    assert news["files"] == []  # what stands still is not sent again


def test_update_of_three_paths_is_small(show):
    methods = [gradient_descent, momentum, nesterov]
    page = show(explore(ROSENBROCK, methods, steps=100, lr=(1e-5, 2e-3, 1e-3)))
    page.tell(["slide", "lr", "250"])
    news, files = page.answers[-1]
    assert sum(map(len, files)) + len(repr(news)) < 10_000


def test_steps_draw_only_the_gaps_anew(show):
    page = show(explore(BOWL, gradient_descent, steps=50))
    assert page.tell(["slide", "steps", "70"])["files"] == ["s1"]


def test_surface_parameters_send_a_map_and_no_still(show):
    page = show(explore(ravine, gradient_descent, kappa=(1, 100, 10)))
    news = page.tell(["slide", "kappa", "200"])
    assert len(news["files"]) == 1
    assert news["files"][0].startswith("m")
    assert page.tell(["slide", "lr", "100"])["files"] == []


def test_drag_moves_the_start_and_the_path(show):
    page = show(explore(BOWL, gradient_descent))
    left, top, right, bottom = page.board._still(0).box
    width, height = page.board._still(0).size
    middle = (left + right) / 2 / width, (top + bottom) / 2 / height
    page.tell(["drag", 0, [middle[0], top / height]])  # x = 0, y = 1
    assert page.board.values["start x"] == pytest.approx(0, abs=1e-6)
    assert page.board.values["start y"] == pytest.approx(1, abs=1e-6)
    assert page.data(0)[0] == pytest.approx([0, 1], abs=1e-5)


def test_drag_beyond_the_window_stays_at_its_edge(show):
    page = show(explore(BOWL, gradient_descent))
    page.tell(["drag", 0, [5.0, -5.0]])
    assert [page.board.values[n] for n in ("start x", "start y")] == [1, 1]


def test_arrow_keys_nudge_the_start(show):
    page = show(explore(BOWL, gradient_descent, start=(0.5, 0.5)))
    page.tell(["key", 0, ["ArrowLeft", False]], ["key", 0, ["ArrowUp", True]])
    start = [page.board.values[n] for n in ("start x", "start y")]
    assert start == pytest.approx([0.48, 0.7])  # 1 % and 10 % of a window 2 wide


def test_start_that_nobody_chose_turns_with_the_surface(show):
    page = show(explore(ravine, adam, angle=(0, 90, 0)))

    def start():
        return [page.board.values[name] for name in ("start x", "start y")]

    assert start() == [-2, 1]
    page.board.set(angle=90)  # (u, w) = (y, -x)
    assert start() == pytest.approx([-1, -2])
    assert page.data(0)[0] == pytest.approx([-1, -2], abs=1e-5)
    page.tell(["type", "kappa", "50"])
    assert start() == pytest.approx([-1, -2])
    page.tell(["press", "reset", 0])
    assert start() == [-2, 1]
    page.tell(["key", 0, ["ArrowRight", True]])  # 10 % of a window 5 wide
    page.board.set(angle=90)
    assert start() == [-1.5, 1]


def test_start_that_the_caller_chose_stays(show):
    page = show(explore(ravine, adam, angle=(0, 90, 0), start=(-2, 1)))
    page.board.set(angle=90)
    assert page.data(0)[0] == pytest.approx([-2, 1], abs=1e-5)


@pytest.mark.parametrize(
    ("gaps", "told"),
    [
        ([5, 2, 1.1], "–"),
        ([5, 0.4, 0.2], "step 1"),
        ([5, 0.4, 2, 0.3, 1.1, 0.6, 0.2], "step 1, stays from 5"),
        ([5, 0.4, 2, 0.3, 1.1], "step 1, left again"),
        ([5, 0.4, np.inf, np.nan], "step 1, left again"),
        ([0.5], "step 0"),
    ],
)
def test_readout_tells_whether_a_run_stays_under_the_tolerance(gaps, told):
    assert under(np.array(gaps), 1, "step ") == told


def test_reset_sends_one_message(show):
    page = show(explore(BOWL, momentum))
    page.tell(["slide", "lr", "9"], ["slide", "gamma", "9"], ["drag", 0, [0.3, 0.3]])
    sent = len(page.answers)
    news = page.tell(["press", "reset", 0])
    assert len(page.answers) == sent + 1
    assert set(news["set"]) == {"lr", "gamma", "start x", "start y"}
    assert page.board.values["gamma"] == 0.9


def test_presets_of_theory_do_what_they_say(show):
    page = show(explore(ravine(10), gradient_descent))
    fates = {}
    for name in ("best", "crawl", "zig-zag", "diverges"):
        page.tell(["press", name, 0])
        path = descend(gradient_descent, ravine(10), lr=page.board.values["lr"])
        fates[name] = path.gap[-1] / path.gap[0]
    assert fates["best"] < 1e-16
    assert 1e-3 < fates["crawl"] < 1
    assert fates["diverges"] > 1
    assert page.board.values["lr"] == pytest.approx(1.05 * 2 / 10)


def test_presets_of_the_reader_may_move_the_start(show):
    presets = {"far": dict(lr=0.5, start=(1.0, -1.0))}
    page = show(explore(BOWL, adam, presets=presets))
    page.tell(["press", "far", 0])
    assert page.board.values["start y"] == -1
    with pytest.raises(ValueError, match=r"presets holds .*; allowed: start, lr"):
        explore(BOWL, adam, presets={"far": dict(rate=1)})


def test_play_shows_the_path_bit_by_bit(show):
    page = show(explore(BOWL, gradient_descent, steps=100))
    assert page.tell(["press", "play", 0])["playing"]
    assert len(page.lines(0)[0]) == 1
    page.tell(["tick", "", 5000.0])
    page.tell(["tick", "", 8000.0])  # 100 steps take 6 s: half of them
    assert len(page.lines(0)[0]) == 51
    news = page.tell(["tick", "", 11_001.0])
    assert not news["playing"]
    assert len(page.lines(0)[0]) == 101


def test_play_without_motion_goes_on_by_tenths(show):
    page = show(explore(BOWL, gradient_descent, steps=50))
    page.tell(["hello", "", [900, 1.0, True]])
    assert not page.tell(["press", "play", 0])["playing"]
    assert len(page.lines(0)[0]) == 6
    page.tell(*[["press", "play", 0]] * 9)
    assert len(page.lines(0)[0]) == 51


def test_bad_text_shows_one_sentence_and_the_picture_stays(show):
    page = show(explore(BOWL, gradient_descent))
    before = page.data(0)
    page.tell(["type", "lr", "fast"])
    assert page.error == "lr is &#x27;fast&#x27;; allowed: a number from 0.0001 to 10."
    assert np.array_equal(page.data(0), before)
    page.tell(["type", "lr", "0.2"])
    assert page.error == ""


def test_divergence_is_drawn_up_to_the_overflow_and_told(show):
    page = show(explore(BOWL, gradient_descent, steps=2000, lr=(0.1, 9.0, 8.0)))
    assert np.isfinite(page.lines(0)[0]).any()
    overflow = descend(gradient_descent, BOWL, steps=2000, lr=8.0).diverged_at
    assert page.slot("cell 0 4") == f"diverged at step {overflow}"
    assert f"overflows at step {overflow}" in page.board.says
    assert page.error == ""


def own(theta, grad, t, z=0.0, *, lr=0.1, mix=0.5):
    g = grad(theta)
    z = mix * z + g
    return theta - lr * z, dict(g=g, z=z)


def test_readers_own_method_and_objective_work_in_one_line(show):
    mine = Objective(lambda t: (t**4).sum(0), lambda t: 4 * t**3, dim=2)
    page = show(explore(mine, own))
    assert set(page.board.values) >= {"lr", "mix", "steps", "start x"}
    theta = np.array(page.data(0))
    reference = descend(own, mine, start=(-1.2, -1.2), steps=100).theta
    assert theta == pytest.approx(reference, abs=1e-5)


def failing(theta, grad, t, *, lr=0.1):
    if lr > 0.5:
        raise RuntimeError("too fast for me")
    step = lr * grad(theta)
    return (theta - step if lr < 0.3 else step[0]), dict(step=step)


def test_readers_faults_are_told_kindly(show):
    page = show(explore(BOWL, failing, lr=(0.01, 1, 0.1)))
    before = page.data(0)
    page.tell(["type", "lr", "0.9"])
    assert page.error == "This could not be computed: RuntimeError: too fast for me"
    page.tell(["type", "lr", "0.4"])
    assert "failing returned a next theta of shape ()" in page.error
    assert np.array_equal(page.data(0), before)
    page.tell(HELLO)  # a page that is opened anew gets the last good picture
    assert np.array_equal(page.data(0), before)


def test_a_surface_that_cannot_be_drawn_is_told_too(show):
    def pit(depth):
        if depth > 5:
            return Objective(lambda t: np.zeros(3), BOWL.grad, dim=2, minima=((0, 0),))
        return BOWL

    page = show(explore(pit, gradient_descent, depth=(1.0, 5.0, 1.0)))
    page.board._inputs["depth"] = Slider("depth", 1.0, 9.0, 1.0)
    before = page.data(0)
    page.tell(["type", "depth", "9"])
    assert "value of 'your function' returned shape (3,)" in page.slot("error").replace(
        "&#x27;", "'"
    )
    assert np.array_equal(page.data(0), before)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: explore(BOWL, adam, rate=1), TypeError, "rate is no hyper-parameter"),
        (lambda: explore(BOWL, "adam"), TypeError, "methods holds 'a'; allowed:"),
        (lambda: explore(3, adam), TypeError, "objective is 3; allowed:"),
        (
            lambda: explore(BOWL, adam, start=(1,)),
            ValueError,
            "start is .1,.; allowed: 2",
        ),
        (lambda: explore(BOWL, adam, steps=0), ValueError, "steps is 0; allowed:"),
        (
            lambda: explore(Objective(sum, sum, dim=3), adam),
            ValueError,
            "objective has dim = 3; allowed: 1 or 2",
        ),
        (lambda: rate_map(adam, BOWL), ValueError, "y is 'gamma'; allowed: two of lr"),
        (
            lambda: rate_map(momentum, BOWL, measure="speed"),
            ValueError,
            "measure is 'speed'; allowed: 'steps' or 'rate'.",
        ),
        (
            lambda: step_player([adam, own], BOWL),
            ValueError,
            "method is .*one function",
        ),
        (lambda: race(BOWL, [adam], kappa=3), TypeError, "kappa is no hyper-parameter"),
        (lambda: race(BOWL, [adam], lr="fast"), ValueError, "lr is 'fast'; allowed:"),
        (lambda: race(BOWL, [adam], lr={"SGD": 1}), ValueError, "lr is .*any of Adam"),
        (lambda: explore(BOWL, adam, tol=0), ValueError, "tol is 0; allowed: a number"),
        (lambda: step_player(adam, BOWL, steps=0), ValueError, "steps is 0; all"),
    ],
)
def test_bad_calls_are_refused_in_a_sentence(call, error, message):
    with pytest.raises(error, match=f"^{message}"):
        call()


def test_set_moves_it_from_python(show):
    page = show(explore(BOWL, gradient_descent))
    page.board.set(lr=0.5)
    assert page.board.values["lr"] == 0.5
    assert "(lr = 0.5)" in page.board.says
    with pytest.raises(ValueError, match=r"^speed is no control; allowed: lr, steps"):
        page.board.set(speed=1)
    with pytest.raises(ValueError, match=r"^lr is '99'; allowed"):
        page.board.set(lr=99)


def test_regression_shows_the_line_over_its_data(show):
    x, y = line_data(np.random.default_rng(0), 40)
    page = show(explore(mse(x, y), gradient_descent, lr=(0.01, 1, 0.1), steps=30))
    m, b = descend(gradient_descent, mse(x, y), steps=30, lr=0.1).theta[-1]
    ends = np.array([x.min(), x.max()])
    assert page.data(2) == pytest.approx(
        np.column_stack([ends, m * ends + b]), abs=1e-4
    )


def test_a_random_surface_is_dealt_anew_for_every_picture(show):
    x, y = line_data(np.random.default_rng(0), 40)

    def dealt(batch=5):
        return mse(x, y, batch=batch, rng=np.random.default_rng(3))

    page = show(explore(dealt, gradient_descent, lr=(0.01, 1, 0.1), batch=(1, 40, 5)))
    before = page.data(0)
    page.tell(["slide", "lr", "10"])
    page.tell(["press", "reset", 0])
    assert np.array_equal(page.data(0), before)


# Two pages, closing, memory.


def test_two_dashboards_do_not_disturb_one_another(show):
    first, second = (show(explore(BOWL, gradient_descent)) for _ in range(2))
    before = second.data(0)
    first.tell(["slide", "lr", "280"])
    assert len(second.answers) == 1
    assert np.array_equal(second.data(0), before)


def test_a_page_that_comes_later_gets_everything(show):
    page = show(explore(ravine, momentum, kappa=(1, 100, 10)))
    first, _ = page.answers[0]
    page.tell(["slide", "lr", "10"])
    again = page.tell(["hello", "", [390, 2.0, False]])
    assert again["page"] == first["page"]
    assert set(again["slots"]) == set(first["slots"])
    assert again["files"] == first["files"]
    assert again["ratio"] == 2


def test_closing_lets_go(show):
    board = explore(BOWL, gradient_descent)
    page = show(board)
    board.close()
    assert board.comm is None
    assert all(still is None for _, still in board._stills)
    assert page.answers


MEMORY = """
import resource
from gdlib import ROSENBROCK, gradient_descent, momentum, nesterov
from gdlib.live import explore
methods = [gradient_descent, momentum, nesterov]
board = explore(ROSENBROCK, methods, lr=(1e-5, 2e-3, 1e-3))
board.send = lambda *news: None
board._receive([["hello", "", [900, 1.0, False]]])

def move(times):
    for position in range(times):
        board._receive([["slide", "lr", str(position % 300)]])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

before = move(200)
print(move(1000) - before)
import sys
plt = sys.modules.get("matplotlib.pyplot")
print(len(plt.get_fignums()) if plt else 0)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs the resource module")
def test_a_thousand_moves_leave_no_memory_and_no_figure_behind():
    run = [sys.executable, "-W", "error", "-c", MEMORY]
    done = subprocess.run(run, capture_output=True, text=True, check=True, cwd=ROOT)
    grown, figures = map(int, done.stdout.split()[-2:])
    kilobyte = 1024 if sys.platform == "darwin" else 1
    assert grown / kilobyte < 5_000
    assert figures == 0


# step_player.


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_every_term_of_every_method_has_its_row_and_its_sentence(method, show):
    page = show(step_player(method, BOWL))
    path = descend(method, BOWL, steps=3)
    rows = terms.rows(method, path.terms)
    assert [row.name for row in rows] == [*path.terms, "theta"]
    for row in rows:
        assert row.code
        assert "of your own" not in terms.look_up(row.name, path.terms).sentence
    for position in range(3 * len(rows)):
        page.tell(["slide", "term", str(position)])
        step, stop = divmod(position, len(rows))
        name = rows[stop].name
        value = path.theta[step + 1] if name == "theta" else path.terms[name][step]
        shown = terms.show(np.broadcast_to(value, 2))
        assert page.board.says.startswith(f"Step {step + 1} of ")
        assert f"{terms.symbol(name)} = {shown}" in page.board.says
        assert 'class="gd-on" aria-current="step"' in page.slot("readout")


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_rows_with_numbers_compute_what_they_show(method):
    path = descend(method, BOWL, steps=2)
    known = path.hyper | dict(theta=path.theta[1], t=2, grad=BOWL.grad, np=np)
    known |= {name: path.terms[name][0] for name in path.state}
    for row in terms.rows(method, path.terms):
        value = eval(row.code, {}, known)
        wanted = path.theta[2] if row.name == "theta" else path.terms[row.name][1]
        assert value == pytest.approx(wanted)
        known[row.name] = value


def test_formula_and_numbers_are_spelt_as_in_the_text():
    assert terms.formula("beta1 * m + (1 - beta1) * g ** 2") == "β₁ · m + (1 − β₁) · g²"
    assert terms.formula("m / (1 - beta1 ** (t + 1))") == "m / (1 − β₁ᵗ⁺¹)"
    assert terms.formula("lr * m_hat / (np.sqrt(v_hat) + eps)") == "η · m̂ / (√(v̂) + ε)"
    known = dict(gamma=0.9, v=np.zeros(2), lr=0.1, g=np.array([2.0, -4.0]))
    assert terms.numbers("gamma * v + lr * g", known) == "0.9 · (0, 0) + 0.1 · (2, −4)"


def test_v_is_a_velocity_or_an_average_of_squares():
    assert "velocity" in terms.look_up("v", ["g", "v"]).sentence
    assert "g²" in terms.look_up("v", ["g", "m", "v"]).sentence


def test_readers_own_terms_are_taken_apart_too(show):
    page = show(step_player(own, BOWL, lr=0.1))
    assert "mix · z + g" in page.slot("readout")
    assert "0.5 · (0, 0) + (−1.6, 1.2)" in page.slot("readout")


def paired(theta, grad, t, m=0.0, v=0.0, *, lr=0.1):
    g = grad(theta)
    m, v = 0.9 * m + g, 0.99 * v + g**2
    return theta - lr * m, dict(m=m, v=v)


def test_lines_that_assign_twice_and_helpers_are_read_too():
    found = terms.rows(paired, ["m", "v"])
    assert [row.code for row in found] == [
        "0.9 * m + (grad(theta))",
        "0.99 * v + (grad(theta)) ** 2",
        "theta - lr * m",
    ]


def test_a_method_without_source_keeps_its_terms():
    made = {}
    exec("def made(theta, grad, t):\n    return theta, dict(g=1)", made)
    assert [row.name for row in terms.rows(made["made"], ["g"])] == ["g", "theta"]


def test_arrow_keys_go_through_the_terms(show):
    page = show(step_player(gradient_descent, BOWL))
    assert page.board.values["term"] == 2
    page.tell(["key", 1, ["ArrowRight", False]])
    assert page.board.says.startswith("Step 2 of gradient descent: g = ")
    page.tell(*[["key", 0, ["ArrowLeft", False]]] * 9)
    assert page.board.values["term"] == 0


def test_the_star_and_the_names_of_arrows_have_room(show):
    page = show(step_player(gradient_descent, ravine(10), lr=0.18, steps=3))
    for term in range(9):
        page.board.set(term=term)
        still = page.board._still(0)
        (x, y), (left, top, right, bottom) = (
            still.project(np.zeros((1, 2)))[0],
            still.box,
        )
        assert min(x - left, right - x, y - top, bottom - y) > 9  # half a star
        texts = [p for p in page.board._good[1].pieces if p.text and p.panel == 0]
        places = [still.project(piece.xy)[0] for piece in texts]
        for one, at in zip(texts, places, strict=True):
            for other, there in zip(texts, places, strict=True):
                if one is other or abs(at[1] - there[1]) > 16:
                    continue
                assert {one.align, other.align} == {"left", "right"}
                on_right, on_left = (at, there) if one.align == "left" else (there, at)
                assert on_left[0] <= on_right[0] + 8


# rate_map.


def test_cells_of_the_map_are_single_runs(show):
    page = show(rate_map(momentum, ravine(10), x_range=(0.01, 0.3), steps=80))
    heat = page.heat
    assert heat.index.shape == (400, 400)
    for row, column in ((10, 300), (200, 200), (399, 399), (150, 0)):
        lr = 0.01 * 30 ** ((column + 0.5) / 400)
        gamma = 0.99 * (row + 0.5) / 400
        path = descend(momentum, ravine(10), steps=80, lr=lr, gamma=gamma)
        first = path.first_below(1e-6)
        if path.loss[-1] > path.loss[0]:
            expected = 65
        else:
            expected = 64 if first is None else min(int(first / 80 * 64), 63)
        assert heat.index[row, column] == expected


def test_measured_rate_is_the_spectral_radius():
    lr, gamma = np.array([0.02, 0.1, 0.5]), np.array([[0.0], [0.3], [0.8]])
    hyper = dict(lr=lr, gamma=gamma)
    found, _ = rate(momentum, PARABOLA, (0.7,), 200, 1e-6, hyper)
    wanted = spectral_radius(momentum, 2 * lr, gamma)
    steady = wanted > 0.1  # the others are done before the second half
    assert found[steady] == pytest.approx(wanted[steady], rel=0.03)


@pytest.mark.parametrize(
    ("measure", "told"), [("steps", "under 1e-06"), ("rate", "nearer")]
)
def test_a_map_without_any_fast_pair_says_so(measure, told, show):
    page = show(rate_map(momentum, BOWL, x_range=(5, 9), measure=measure, steps=20))
    assert f"no pair on the map gets {told} in 20 steps." in page.board.says


def test_map_is_coarse_under_the_finger_and_fine_at_rest(show):
    page = show(rate_map(momentum, ravine, kappa=(1, 100, 10), steps=50))
    assert page.heat.index.shape == (400, 400)
    page.tell(["slide", "kappa", "100"])
    assert page.heat.index.shape == (100, 100)
    page.tell(["rest", "", 0])
    assert page.heat.index.shape == (400, 400)


def test_click_on_the_map_chooses_and_hover_only_looks(show):
    page = show(rate_map(momentum, BOWL, x_range=(0.01, 1.0), steps=50))
    left, top, right, bottom = page.board._still(0).box
    width, height = page.board._still(0).size
    spot = [(left + right) / 2 / width, (0.4 * bottom + 0.6 * top) / height]
    page.tell(["hover", 0, spot])
    assert page.board.values["lr"] == 0.01
    assert "under the pointer: lr = 0.1, gamma = 0.59" in page.slot("cell 1")
    page.tell(["drag", 0, spot])
    assert page.board.values["lr"] == pytest.approx(0.1)
    assert page.board.values["gamma"] == 0.59
    page.tell(["key", 0, ["ArrowRight", False]])
    assert page.board.values["lr"] > 0.1


def shrink(theta, grad, t, *, lr=0.9, gamma=0.5):
    return lr * theta, {}


def test_shades_of_rates_go_by_the_distance_from_1(show):
    axes = dict(x_range=(0.4, 0.999), y_range=(0, 0.9), measure="rate")
    heat = show(rate_map(shrink, BOWL, **axes)).heat
    # 64 shades for 0 to 2 of -log10(1 - rate): 0.5 has 0.301, so 9.6 of 64
    for rate_, shade in ((0.5, 9), (0.89, 30), (0.95, 41), (0.98, 54), (0.995, 63)):
        column = int(400 * np.log(rate_ / 0.4) / np.log(0.999 / 0.4))
        assert heat.index[200, column] == shade


# race.


def test_best_step_size_is_the_one_a_plain_search_finds(show):
    grid = np.geomspace(1e-3, 1, 13)
    page = show(race(ROSENBROCK, [momentum, adam], steps=200))
    for method in (momentum, adam):
        gaps = [descend(method, ROSENBROCK, steps=200, lr=lr).gap[-1] for lr in grid]
        best = grid[np.nanargmin(gaps)]
        assert f"(lr = {best:.3g})" in page.board.says
    assert page.slot("cell 0 0") in page.board.says


# Runs written down by hand: where x stands after steps 0 to 6, and so the gap x².
DIPS = [1, 0, 1, 1, 1, 0, 0]  # first under at 1, settles at 5
CREEPS = [1, 1, 1, 0, 0, 0, 0]  # first under at 3, settles at 3
LEAVES = [1, 1, 0, 0, 0, 0, 3]  # first under at 2, over again at the end
NEVER = [1, 1, 1, 1, 1, 1, 2]


def walking(*stations):
    """A method that goes through the stations; its lr says which of them, from 1."""

    def method(theta, grad, t, *, lr=1):
        grad(theta)
        rows = np.asarray(stations, float)[:, t]
        return np.broadcast_to(
            rows[np.asarray(lr).astype(int) - 1], theta.shape
        ) + 0.0, {}

    return method


WALKS = dict(dips=DIPS, leaves=LEAVES, never=NEVER, creeps=CREEPS)


def walks():
    methods = {name: walking(stations) for name, stations in WALKS.items()}
    return race(PARABOLA, methods, start=(1.0,), steps=6, lr="default")


def board(page, methods=4):
    """The names on the scoreboard from the top, and what it says of settling."""
    cells = [page.slot(f"cell {row}") for row in range(methods)]
    names = [re.search(r"^\d+\. .*</svg> (\w+)$", cell)[1] for cell in cells]
    return names, [page.slot(f"cell {row} 2") for row in range(methods)]


def test_race_ranks_by_settling(show):
    page = show(walks())
    names, settles = board(page)
    assert names == ["creeps", "dips", "never", "leaves"]
    assert settles == ["3", "5", "–", "2, left again"]
    assert "settles under 1e-06 at" in page.slot("readout")
    assert page.board.says.endswith(
        "under 1e-06: creeps (lr = 1) settles at 3; dips (lr = 1) settles at 5; never "
        "(lr = 1) gap 4; leaves (lr = 1) first at 2, left again, gap 9."
    )


@pytest.mark.parametrize(
    ("shown", "names", "settles"),
    [
        (0, ["dips", "leaves", "never", "creeps"], ["–"] * 4),
        (1, ["dips", "leaves", "never", "creeps"], ["1", "–", "–", "–"]),
        (2, ["leaves", "dips", "never", "creeps"], ["2", "1, left again", "–", "–"]),
        (5, ["leaves", "creeps", "dips", "never"], ["2", "3", "5", "–"]),
    ],
)
def test_board_of_a_film_knows_no_later_step(show, shown, names, settles):
    page = show(walks())
    values = page.board.values | {"shown": shown}
    slots = page.board._scene(values).slots
    page.slot = slots.__getitem__
    assert board(page) == (names, settles)


def test_best_step_size_is_the_first_to_settle(show):
    grid = [1, 2, 3, 4]
    any_of = walking(DIPS, LEAVES, CREEPS, NEVER)
    page = show(race(PARABOLA, {"it": any_of}, start=(1.0,), steps=6, grid=grid))
    assert "it (lr = 3) settles at 3" in page.board.says
    # up to step 4 nobody settles but those that stand at 0 there: LEAVES is first
    page.tell(["type", "steps", "4"])
    assert "it (lr = 2) settles at 2" in page.board.says


def test_best_step_size_of_none_that_settles_ends_lowest(show):
    none_settles = walking(LEAVES, NEVER)
    board = race(PARABOLA, {"it": none_settles}, start=(1.0,), steps=6, grid=[1, 2])
    assert "it (lr = 2) gap 4" in show(board).board.says


def test_overflow_does_not_settle(show):
    gone = [1, 0, 0, 0, 0, 0, np.inf]
    methods = dict(gone=walking(gone), never=walking(NEVER))
    page = show(race(PARABOLA, methods, start=(1.0,), steps=6, lr="default"))
    assert board(page, 2) == (["never", "gone"], ["–", "1, left again"])
    assert "gone (lr = 1) first at 1, left again, diverges" in page.board.says


def test_a_lucky_swing_does_not_win(show):
    given = {"Nadam": 1, "momentum": 0.00316}
    page = show(race(BEALE, [nadam, momentum], steps=200, lr=given))
    last_over = {}
    for method in (nadam, momentum):
        lr = given[label(method)]
        loss = descend(method, BEALE, steps=200, lr=lr).loss  # Beale's lowest is 0
        last_over[label(method)] = max(t for t in range(201) if loss[t] >= 1e-6)
        assert min(loss) < 1e-6
    assert last_over["Nadam"] == 200 > last_over["momentum"]
    names, settles = board(page, 2)
    assert names == ["momentum", "Nadam"]
    assert settles[0] == f"{last_over['momentum'] + 1}"
    assert settles[1].endswith(", left again")


def test_race_takes_given_and_default_step_sizes(show):
    page = show(race(BOWL, [gradient_descent, adam], lr={"Adam": 0.3}))
    assert "Adam (lr = 0.3)" in page.board.says
    assert "gradient descent (lr = 0.1)" in page.board.says
    page.tell(["type", "step sizes", "default"])
    assert "Adam (lr = 0.01)" in page.board.says


def test_race_follows_the_start(show):
    page = show(race(HIMMELBLAU, [gradient_descent], lr="default", steps=5))
    before = page.data(0)
    page.tell(["key", 0, ["ArrowRight", True]])
    assert page.data(0)[0] == pytest.approx(before[0] + [1, 0], abs=1e-4)


def test_race_deals_every_method_the_same_batches(show):
    x, y = line_data(np.random.default_rng(0), 40)

    def dealt(batch=5):
        return mse(x, y, batch=batch, rng=np.random.default_rng(3))

    twice = dict(one=gradient_descent, other=gradient_descent)
    page = show(race(dealt, twice, batch=(1, 40, 5), lr="default", steps=20))
    assert np.array_equal(page.data(0, 0), page.data(0, 1))
    assert page.data(0, 0)[-1] == pytest.approx(
        descend(gradient_descent, dealt(), steps=20).theta[-1], abs=1e-4
    )


def test_ends_are_told_apart():
    minima = ((0, 0), (3, 0))
    theta = np.array([[0.1, 2.9, 1.5, np.inf], [0, 0.1, 0, 0]])
    assert ends(theta, minima, 0.2).tolist() == [0, 1, ELSEWHERE, GONE]


def test_grid_of_starts_shows_where_runs_end(show):
    page = show(race(HIMMELBLAU, [gradient_descent], steps=200))
    page.tell(["type", "ground", "where it ends: gradient descent"])
    assert "minimum 4" in page.slot("legend")
    heat = page.heat
    lr = float(page.slot("cell 0 0"))
    spots = [(10, 50), (50, 50), (5, 5)]
    for row, column in spots:
        start = [-5 + 10 * (column + 0.5) / 60, -5 + 10 * (row + 0.5) / 60]
        end = descend(gradient_descent, HIMMELBLAU, start, steps=200, lr=lr).theta[-1]
        away = np.hypot(*(np.array(HIMMELBLAU.minima) - end).T)
        expected = int(away.argmin()) if away.min() < 0.5 else ELSEWHERE
        assert heat.index[row, column] == expected


def test_ten_methods_race():
    board = race(ROSENBROCK, list(METHODS.values()), steps=50)
    assert all(f"{name}" in board.says for name in ("Adadelta", "Nesterov", "AMSGrad"))
    board.close()


# The static twin.

BOARDS = {
    "explore": lambda: explore(ravine, [gradient_descent, momentum], lr=(0.01, 1, 0.1)),
    "step_player": lambda: step_player(adam, ROSENBROCK),
    "rate_map": lambda: rate_map(momentum, ravine(10), steps=50),
    "race": lambda: race(HIMMELBLAU, [gradient_descent, adam], steps=100),
    "regression": lambda: explore(
        mse(*line_data(np.random.default_rng(0), 60)), gradient_descent
    ),
}


@pytest.mark.parametrize("make", BOARDS.values(), ids=BOARDS)
def test_twin_is_one_small_picture_with_a_stable_text(make, capsys):
    board = make()
    data, metadata = board._repr_mimebundle_()
    printed = capsys.readouterr().out.strip()
    assert set(data) >= {
        "image/png",
        "text/plain",
        "application/vnd.jupyter.widget-view+json",
    }
    assert board.model_id not in data["text/plain"]
    assert printed == board.says
    assert printed in data["text/plain"]
    png = base64.b64decode(data["image/png"])
    assert len(png) < 60_000
    picture = Image.open(io.BytesIO(png))
    assert picture.width == pytest.approx(1.25 * metadata["image/png"]["width"], abs=1)
    board.close()


def test_sentence_beside_a_twin_is_that_of_its_picture(capsys):
    board = step_player(nesterov, BOWL, steps=4)
    board.set(term=11)
    assert capsys.readouterr().out == ""
    data, _ = board._repr_mimebundle_()
    assert capsys.readouterr().out.strip() == board.says
    assert board.says.startswith("Step 3 of Nesterov: ")  # four rows a step
    assert board.says in data["text/plain"]
    board.close()


@pytest.mark.parametrize("steps", [15, 400, 1000])
def test_numbers_on_the_axes_neither_touch_nor_leave_the_picture(steps):
    board = explore(PARABOLA, gradient_descent, steps=(1, 1000, steps))
    for plot_ in board._plots:
        figure, ax = plot_.laid_out(board.values, (420, 330))
        figure.canvas.draw()
        numbers = [n.get_window_extent() for n in ax.get_xticklabels()]
        assert len(numbers) >= 4
        assert all(a.x1 + 6 < b.x0 for a, b in pairwise(numbers))
        assert max(number.x1 for number in numbers) < 420
    (tolerance,) = ax.texts
    assert ax.bbox.x1 < tolerance.get_window_extent().x0
    assert tolerance.get_window_extent().x1 < 420
    board.close()


def test_twin_paints_the_path_where_the_browser_would():
    board = explore(
        BOWL, gradient_descent, start=(-0.8, 0.6), steps=1, lr=(0.1, 1, 0.5)
    )
    data, _ = board._repr_mimebundle_()
    png = Image.open(io.BytesIO(base64.b64decode(data["image/png"]))).convert("L")
    still = board._plots[0].still(board.values, (420, 330))
    start, end, aside = still.project(np.array([[-0.8, 0.6], [0, 0], [0.5, 0.5]]))

    def darkness(spot):
        x, y = 1.25 * spot[0], 1.25 * (spot[1] + 24)
        return png.getpixel((round(x), round(y)))

    assert darkness((start + end) / 2) < 60  # on the line
    assert darkness(aside) > 120
    board.close()
