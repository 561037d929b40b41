"""Drawing: pieces in pixels, how they are packed, and how large plots are."""

import io
import struct

import numpy as np
import pytest
from PIL import Image

from gdlib.live.canvas import flat
from gdlib.live.drawing import Heat, Packed, Piece, line, pack, stamp
from gdlib.live.stills import Plot, sizes


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


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_still_is_a_picture_as_fine_as_the_screen(ratio):
    def draw(ax, values):
        ax.set(xlim=(0, 1), ylim=(0, 1))
        ax.axvspan(0.5, 1, color=values["colour"])

    still = Plot(draw).still(dict(colour="red"), (500, 400), ratio)
    picture = Image.open(io.BytesIO(still.png())).convert("RGB")
    assert picture.size == (500 * ratio, 400 * ratio)
    spots = still.project(np.array([[0.23, 0.23], [0.73, 0.73]])) * ratio
    colours = [picture.getpixel(tuple(map(int, spot))) for spot in spots]
    assert colours == [(255, 255, 255), (255, 0, 0)]


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


def test_points_are_packed_as_eighths_of_a_pixel_in_16_bits():
    packed = [Packed(dict(c="a"), np.array([[1, 2.5]])), Packed(dict(c="b"), np.eye(2))]
    items, data = flat(packed)
    assert data == struct.pack("<6h", 8, 20, 8, 0, 0, 8)
    assert items == [dict(c="a", n=[0, 2]), dict(c="b", n=[2, 6])]


def test_packing_lifts_where_points_are_missing_and_stops_at_the_far_edge():
    points = np.array([[np.nan, np.nan], [0.07, -0.07], [1e9, -1e9]])
    _, data = flat([Packed({}, points)])
    lifted, least, most = -(2**15), 1 - 2**15, 2**15 - 1
    assert data == struct.pack("<6h", lifted, lifted, 1, -1, most, least)
    assert flat([]) == ([], b"")


def test_packed_map_names_its_picture():
    heat = Heat(np.zeros((2, 2)), np.zeros((1, 3)))
    items, _ = flat([Packed({}, np.eye(2)), Packed({}, np.eye(2), heat)])
    assert [item.get("i") for item in items] == [None, "m1"]


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


@pytest.mark.parametrize("room", [200, 420, 900])
@pytest.mark.parametrize(
    ("width", "count", "columns"), [(1100, 2, 2), (900, 3, 3), (390, 2, 1), (640, 2, 2)]
)
def test_plots_stand_side_by_side_where_there_is_room(width, count, columns, room):
    (across, down), unit = sizes(width, room, count)
    assert int(width // across) >= columns
    assert columns * across <= width
    assert unit == 1
    if columns > 1:
        assert down == room if room < 0.7 * across else 0.7 < down / across <= 1
    else:  # a phone scrolls
        assert 0.7 < down / across <= 1


def test_letters_are_only_as_big_as_the_plots_have_room_for():
    assert sizes(1300, 700, 2, 1.45)[1] == 1.45
    (_, down), unit = sizes(1300, 220, 2, 1.45)
    assert down == 220
    assert 1 < unit < 1.45
    assert sizes(500, 190, 2, 1.45)[1] == 1.0
