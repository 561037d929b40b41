"""Room for arrows and their names: the frame, and none of them upon another.

Places are shares of a plot: (0, 0) is its lower left corner, (1, 1) its upper right.
"""

import unicodedata
from dataclasses import dataclass, replace

import numpy as np

from .drawing import POINT

PLOT = 150  # pixels: on a plot of this width and more the names have room
ROOM = 1.3  # width of a frame, in widths of what must fit into it
DOUBLE = 2.4  # a frame may grow by this factor to show the minimum
GROWTH = 1.2  # a frame grows by this factor at once, so that it seldom changes
STAR = 0.1  # half the width of a minimum's star, in half widths of the frame
LANE = 0.045  # from an arrow to another beside it
NEAR = 0.03  # arrows that are no farther apart lie upon one another
CLEAR = 0.028  # from an arrow to the name beside it
EDGE = 0.01  # from a name to the edge of the plot
VISIBLE = 0.025  # shorter addends cannot be seen
RINGS = (0, 0.02, 0.045, 0.075, 0.11, 0.15, 0.2)  # how much farther a name may be
ROUND = ((1, 0), (-1, 0), (0, 1), (0, -1))  # the ways to go from a place
ROUND += ((0.7, 0.7), (0.7, -0.7), (-0.7, 0.7), (-0.7, -0.7))
LANES = (0, 1, -1, 2, -2, 3, -3)  # where an arrow may be: on its line, beside it
ALONG = (0.5, 0.75, 0.25, 0.95)  # of an arrow: where its name may stand beside it
AWAY = 1e6  # of what is so far out, digits do not tell what can be seen
ALIGNS = {1: "left", -1: "right", 0: "center"}  # the side of its place a name is on
NOTHING = [np.zeros((0, 2))]  # no points, to be stacked with some
DOTS = np.linspace(0, 1, 49)[:, None]


@dataclass(frozen=True)
class Item:
    """An arrow or a point with its name.

    ends   (2, 2) tail and tip, or (1, 2)
    row    the line of the formula from which on it is shown
    part   whether it is an addend: it is shown with its row alone
    size   of the name, points
    at     where the name stands, at its side `align`; None if it has no place
    """

    text: str
    ends: np.ndarray
    row: int
    part: bool = False
    size: float = 11
    at: np.ndarray | None = None
    align: str = "left"


def frame(points, minima, least=0.0):
    """A square around points, with the nearest minimum if it takes less than double.

    points, minima  (n, dim) in data; minima may be none
    least           half the width that it has at least
    Returns its middle (dim,) and half its width; no star is cut by its edge.
    """
    middle, half = _square(points, least)
    if len(minima):
        nearest = minima[np.abs(minima - middle).max(1).argmin()]
        wider = _square(np.vstack([points, nearest]), least)
        if wider[1] <= DOUBLE * half:
            middle, half = wider
        while (np.abs(np.abs(minima - middle).max(1) / half - 1) < STAR).any():
            half *= 1 + STAR
    return middle, half


def _square(points, least):
    low, high = points.min(0), points.max(0)
    half = max(ROOM * (high - low).max() / 2, least)
    half = GROWTH ** np.ceil(np.log(half) / np.log(GROWTH) - 1e-9)
    grain = half / 8
    return np.round((low + high) / 2 / grain) * grain, half


def lay(items, goals, faint, lane=LANE):
    """Give arrows and names their places: a list of Items, as they are to be drawn.

    goals  (n, 2) minima: where they are outside, an arrow points to the nearest
    faint  places (2,) and stretches (2, 2) that names should rather not cover
    lane   from an arrow to another beside it
    """
    spots = [item for item in items if len(item.ends) == 1]
    hidden = {item.row for item in items if item.part and _length(item) < VISIBLE}
    arrows = [item for item in items if _length(item) > 1e-9]
    arrows = [item for item in arrows if not (item.part and item.row in hidden)]
    lines = [Item("", np.reshape(place, (-1, 2)), 0) for place in [*faint, *goals]]
    return names([*_pointer(goals), *spots, *spread(arrows, lane)], lines)


def _length(item):
    return np.hypot(*np.ptp(item.ends, axis=0))


def _pointer(goals):
    """An arrow at the edge to the nearest of the minima, if none is in the plot."""
    ways = np.reshape(goals, (-1, 2)) - 0.5
    far = np.abs(ways).max(1)
    if (far <= 0.5).any() or not len(far):
        return []
    way = ways[far.argmin()]
    tip = 0.5 + 0.48 * way / far.min()
    ends = np.array([tip - 0.12 * way / np.hypot(*way), tip])
    return [Item("minimum", ends, -1, size=9)]


def spread(arrows, lane=LANE):
    """Shift arrows sideways so that none lies upon one before it.

    arrows  Items; the parts of a row, head to tail, go together
    """
    placed = []
    for arrow in [arrow for arrow in arrows if not arrow.part]:
        placed.append(_beside(arrow, placed, lane))
    for row in sorted({arrow.row for arrow in arrows if arrow.part}):
        parts = [arrow for arrow in arrows if arrow.part and arrow.row == row]
        there = [arrow for arrow in placed if not arrow.part and arrow.row <= row]
        placed += _group(parts, there, lane)
    return placed


def _beside(arrow, placed, lane):
    tries = [_shift(arrow, lane * k) for k in LANES]
    free = [one for one in tries if not any(_upon(one, other) for other in placed)]
    roomy = [one for one in free if _roomy(one.ends.mean(0))]
    return [*roomy, *free, arrow][0]


def _group(parts, there, lane):
    """The parts in a lane where they are free, in the next one where they turn back."""
    for k in LANES:
        found, at = [], k
        for part in parts:
            one = _shift(part, lane * at, parts[0])
            if any(_upon(one, other) for other in found):
                at += 1 if k >= 0 else -1
                one = _shift(part, lane * at, parts[0])
            found.append(one)
        if not any(_upon(one, other) for one in found for other in there):
            return found
    return parts


def _shift(arrow, by, like=None):
    return replace(arrow, ends=arrow.ends + by * _side(like or arrow))


def _roomy(place):
    """Whether a name has room on both sides of a place."""
    return (np.abs(place - 0.5) < 0.5 - 2 * LANE).all()


def _along(ends):
    way = ends[-1] - ends[0]
    return way / max(np.hypot(*way), 1e-300)


def _side(arrow):
    """The unit vector across an arrow that points up."""
    x, y = _along(arrow.ends)
    return np.array([-y, x]) * (1 if x > 0 or (x == 0 and y < 0) else -1)


def _upon(one, other):
    """Whether half of one of two arrows lies along the other."""
    pairs = (one, other), (other, one)
    return any(
        np.mean(_away(a.ends, b.ends) < min(NEAR, _length(a) / 3)) > 0.5
        for a, b in pairs
    )


def _away(ends, other):
    """How far the points of an arrow are from another arrow."""
    points, way = ends[0] + DOTS * (ends[1] - ends[0]), other[1] - other[0]
    share = np.clip((points - other[0]) @ way / max(way @ way, 1e-300), 0, 1)
    return np.hypot(*(points - other[0] - share[:, None] * way).T)


def seen(ends):
    """The part of an arrow, or the point, that lies in the plot, or None."""
    if not (np.abs(ends) < AWAY).all():  # False for NaN
        return None
    tail, way = ends[0], ends[-1] - ends[0]
    with np.errstate(divide="ignore", invalid="ignore"):
        cuts = np.sort((np.array([[0], [1]]) - tail) / way, axis=0)
    low, high = np.nanmax([0, *cuts[0]]), np.nanmin([1, *cuts[1]])
    return tail + np.outer([low, high][: len(ends)], way) if low <= high else None


def names(items, lines=()):
    """Give every Item's name the place that is freest; then again, knowing the others.

    lines  Items that names should rather not cover
    """
    soft = np.vstack([*map(_dots, lines), *NOTHING])
    found = sorted(items, key=lambda item: item.part)
    for index, item in [*enumerate(found)] * 2:
        others = [o for o in found[:index] + found[index + 1 :] if _meet(item, o)]
        lines_ = [_dots(item), np.vstack([*map(_dots, others), *NOTHING]), soft]
        boxes = [box(other) for other in others if other.at is not None]
        found[index] = _freest(item, lines_, boxes)
    return found


def _freest(item, lines, boxes):
    """The item with its name at the place that least speaks against; else as it is."""
    ends = seen(item.ends)
    if ends is None or not item.text:
        return item
    far, *places = _tries(item, ends)
    at, sides = _put(_size(item), *places)
    costs = far + _costs(_boxes(_size(item), at, sides), *lines, boxes)
    best, fine = costs.argmin(), costs.min() < np.inf
    return replace(item, at=at[best], align=ALIGNS[sides[best]]) if fine else item


def _meet(one, other):
    """Whether two items are shown together, in some row of the formula or other."""
    parts = [item.row for item in (one, other) if item.part]
    return not parts or (
        parts == parts[:1] * len(parts) and max(one.row, other.row) <= parts[0]
    )


def _dots(item):
    """Points along an arrow, or around a point."""
    if len(item.ends) == 1:
        return item.ends + 0.6 * CLEAR * np.array([(0, 0), *ROUND])
    ends = seen(item.ends)
    return NOTHING[0] if ends is None else ends[0] + DOTS * (ends[1] - ends[0])


def _tries(item, ends):
    """Places for a name, n in all: what speaks against each, spots, ways, and gaps."""
    if len(ends) == 1:
        spots = [(ends[0], way) for way in ROUND]
    else:
        along, side, way = _along(ends), _side(item), ends[1] - ends[0]
        spots = [(ends[0] + a * way, s * side) for a in ALONG for s in (1, -1)]
        spots[2:2] = [(ends[1], along)]
        spots += [(spots[0][0], way) for way in ROUND] + [(ends[0], -along)]
    rings, order = map(np.ravel, np.indices((len(RINGS), len(spots))))
    spots, ways = np.array(spots)[order].transpose(1, 0, 2)
    return 8 * rings + order, spots, ways, CLEAR + np.array(RINGS)[rings]


def _put(size, spots, ways, gaps):
    """Where a name of this size goes beside each spot: its places and its sides."""
    away = (gaps + np.abs(ways) @ size / 2) / np.hypot(*ways.T)
    middles = spots + ways * away[:, None]
    low, high = size / 2 + EDGE, 1 - size / 2 - EDGE
    inside = np.clip(middles, low, np.maximum(high, low))
    moved, to = np.sign(inside - middles)[:, 0], ways[:, 0]
    sides = np.where(moved, moved, np.sign(to) * (np.abs(to) > 0.35)).astype(int)
    return inside - np.outer(sides * size[0] / 2, (1, 0)), sides


def _size(item):
    """The width and the height of a name, for a sans-serif of any kind."""
    letters = sum(not unicodedata.combining(letter) for letter in item.text)
    letters += item.text.count("m") / 2
    return np.array([0.6 * letters + 0.3, 1.1]) * item.size * POINT / PLOT


def box(item):
    """The corners (2, 2) of an item's name."""
    side = dict(left=1, right=-1, center=0)[item.align]
    return _boxes(_size(item), item.at[None], np.array([side]))[0]


def _boxes(size, at, sides):
    """The corners (n, 2, 2) of a name of this size at n places."""
    low = at - size * np.column_stack([(1 - sides) / 2, np.full(len(at), 0.5)])
    return np.stack([low, low + size], 1)


def _costs(areas, own, others, soft, boxes):
    """What speaks against places: outside, upon something, or nearer to another."""
    low, high = areas.transpose(1, 0, 2)
    away = [_gaps(points, areas) for points in (own, others)]
    own_near, other_near = (gap.min(1, initial=1) for gap in away)
    crossed = (np.hstack(away) < CLEAR / 2).sum(1)
    over = [((low - EDGE < b[1]) & (b[0] < high + EDGE)).all(1) for b in boxes]
    astray = other_near < own_near  # the name would be taken for another's
    faint = (_gaps(soft, areas) == 0).any(1)
    worst = 1000 * np.sum(over, 0) + np.minimum(60 * crossed, 200 + 4 * crossed)
    outside = (areas < 0).any((1, 2)) | (areas > 1).any((1, 2))
    return np.where(outside, np.inf, worst + 25 * astray + 15 * faint)


def _gaps(points, areas):
    """How far each point is from each box (n, points)."""
    low, high = areas.transpose(1, 2, 0)[..., None]
    across, up = np.maximum(low - points.T[:, None], points.T[:, None] - high)
    return np.maximum(np.maximum(across, up), 0)
