"""What moves on a plot: pieces in data coordinates, packed once, painted twice.

`pack` maps a piece to pixels with Matplotlib's own transform, for the canvas in the
browser; `draw` draws the same piece on Matplotlib's axes, for the static twin.
"""

import io
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import matplotlib as mpl
import numpy as np
from matplotlib.markers import MarkerStyle
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Affine2D
from PIL import Image

DPI = 100  # pixels of the page to an inch of the figure
POINT = DPI / 72  # pixels of the page to a typographic point
MARGIN = 30  # pixels around the plot within which lines are kept


@dataclass(frozen=True)
class Piece:
    """One thing that moves: a line, marks, an arrow, a filled shape, text or a map.

    xy      points (n, 2) in data coordinates; a map gives two opposite corners
    panel   the plot it lies on
    width   of the line, points; 0 draws none
    marker  Matplotlib's name, drawn at every `every`-th point, `size` points wide
    apart   least way from one marker to another, in their widths; 0 draws them all
    head    ends the line in an arrowhead
    fill    colour of the inside
    text    written at the first point, at the side `align`
    heat    a `Heat`, stretched between the two corners
    halo    white edge that keeps a line apart from the ground
    free    may reach over the edge of the plot
    """

    xy: np.ndarray
    panel: int = 0
    colour: str = "black"
    width: float = 1.5
    dash: str = "-"
    marker: str = ""
    size: float = 5
    every: int = 1
    apart: float = 0
    head: bool = False
    fill: str = ""
    text: str = ""
    align: str = "left"
    heat: "Heat | None" = None
    halo: bool = True
    free: bool = False


@dataclass(frozen=True, eq=False)
class Heat:
    """A picture of up to 256 colours: indices (rows, columns), row 0 at the bottom.

    palette  colours (n, 3), 0 to 255
    smooth   whether its cells run into one another when it is stretched
    """

    index: np.ndarray
    palette: np.ndarray = field(repr=False)
    smooth: bool = False

    def png(self):
        """Encode as an 8-bit PNG, with the first row at the top as files want it."""
        rows = np.ascontiguousarray(self.index[::-1], np.uint8)
        picture = Image.frombytes("P", rows.shape[::-1], rows.tobytes())
        picture.putpalette(np.asarray(self.palette, np.uint8).tobytes())
        return encode(picture)


class Packed(NamedTuple):
    """A piece in pixels: its style in the script's short keys, points, and a map."""

    look: dict
    pixels: np.ndarray
    heat: Heat | None = None


def encode(picture):
    """Encode a Pillow image as PNG, fast rather than small."""
    out = io.BytesIO()
    picture.save(out, "png", compress_level=1)
    return out.getvalue()


def line(xy, **style):
    """Lay a piece through points (n, 2), or through a pair of sequences."""
    xy = np.stack(np.broadcast_arrays(*xy), 1) if isinstance(xy, tuple) else xy
    return Piece(np.asarray(xy, float), **style)


def pack(piece, project, box, unit=1.0):
    """Turn a piece into a list of `Packed`, cut where it leaves the plot.

    project  maps data (n, 2) to pixels (n, 2), y downwards
    box      left, top, right, bottom of the plot, pixels
    unit     factor on every width and letter
    """
    with np.errstate(all="ignore"):  # what has diverged lies off the plot
        pixels = project(piece.xy)
    if piece.heat is not None:
        corner, size = pixels.min(0), np.ptp(pixels, 0)
        look = dict(p=piece.panel, o=piece.heat.smooth)
        return [Packed(look, np.array([corner, size]), piece.heat)]
    if piece.text:
        return _pack_text(piece, pixels, unit)
    if piece.head:
        return _pack_arrow(piece, pixels, unit)
    near, shape = _within(pixels, box), piece.width or piece.fill
    size = round(piece.size * POINT * unit, 1)
    stamps = dict(s=f"{piece.marker} {size}") if piece.marker else {}
    stamps |= dict(q=1) if piece.free else {}
    marked = _marked(piece, pixels, near, size) if stamps else near
    if near.all() and shape:
        return [
            Packed(_stroke_look(piece, unit) | stamps | _mask(piece, marked), pixels)
        ]
    packed = [Packed(_stroke_look(piece, unit), _cut(pixels, box))] if shape else []
    if stamps:
        look = dict(p=piece.panel, c=piece.colour) | stamps
        packed.append(Packed(look, pixels[marked]))
    return packed


def _marked(piece, pixels, near, size):
    """Which of the points near the plot get a marker `size` pixels wide."""
    marked = near & (np.arange(len(pixels)) % piece.every == 0)
    if piece.apart:
        marked[marked] = spaced(pixels[marked], piece.apart * size)
    return marked


def spaced(pixels, apart):
    """Which points to keep so that each lies about `apart` from those kept before.

    The page is cut into small squares; a point that is kept takes those around it.
    """
    keep = np.zeros(len(pixels), bool)
    if len(pixels):
        squares = ((pixels - pixels.min(0)) * (4 / apart)).astype(int) + 3
        taken = np.zeros(squares.max(0) + 4, bool)
        for index, (x, y) in enumerate(squares.tolist()):
            if not taken[x, y]:
                keep[index] = taken[x - 3 : x + 4, y - 3 : y + 4] = True
    return keep


def _mask(piece, marked):
    """Say which points are marked, if not all: a stride, or a 1 or 0 for each."""
    if marked.all():
        return {}
    ones = (marked + ord("0")).astype(np.uint8).tobytes().decode()
    return dict(j=ones.rstrip("0") if piece.apart else piece.every)


def _within(pixels, box):
    low, high = np.array(box[:2]) - MARGIN, np.array(box[2:]) + MARGIN
    return ((pixels >= low) & (pixels <= high)).all(1)  # False for NaN


def _stroke_look(piece, unit):
    look = dict(p=piece.panel, c=piece.colour, w=round(piece.width * POINT * unit, 2))
    if piece.dash not in ("-", "solid"):
        look["d"] = dashes(piece.dash, look["w"])
    if piece.halo and piece.width:
        look["h"] = round(look["w"] + 1.8 * POINT * unit, 2)
    return look | (dict(f=piece.fill) if piece.fill else {})


def dashes(style, width):
    """Give a line style's dash pattern in pixels, as long as Matplotlib draws it."""
    if isinstance(style, tuple):
        pattern = style[1]
    else:
        names = {"--": "dashed", "-.": "dashdot", ":": "dotted"}
        pattern = mpl.rcParams[f"lines.{names.get(style, style)}_pattern"]
    return [round(part * width, 2) for part in pattern]


@lru_cache
def stamp(name):
    """Outline the marker "name size" as path, as SVG, and say whether it is filled."""
    marker, size = name.split()
    style = MarkerStyle(marker)
    grow = Affine2D().scale(float(size), -float(size))
    path = style.get_path().transformed(style.get_transform() + grow)
    letters = {1: "M", 2: "L", 3: "Q", 4: "C", 79: "Z"}
    svg = ""
    for points, code in path.iter_segments():
        numbers = () if code == Path.CLOSEPOLY else points
        svg += letters[int(code)] + " ".join(f"{number:.1f}" for number in numbers)
    return path, svg, style.is_filled()


def _cut(pixels, box):
    """Cut a line at the plot's margin; NaN stands where it leaves and comes back."""
    rect = (box[0] - MARGIN, box[1] - MARGIN, box[2] + MARGIN, box[3] + MARGIN)
    path = Path(pixels).cleaned(remove_nans=True, clip=rect)
    keep = path.codes != Path.STOP
    points, codes = path.vertices[keep], path.codes[keep]
    return np.insert(points, np.flatnonzero(codes == Path.MOVETO)[1:], np.nan, 0)


def _pack_arrow(piece, pixels, unit):
    tail, tip = pixels
    length = np.hypot(*(tip - tail))
    if not 1e-6 < length < np.inf:
        return []
    along = (tip - tail) / length
    size = min((3.2 + 1.6 * piece.width) * POINT * unit, length)
    back, side = tip - size * along, 0.45 * size * np.array([-along[1], along[0]])
    head = dict(p=piece.panel, c=piece.colour, f=piece.colour, w=0)
    return [
        Packed(_stroke_look(piece, unit), np.array([tail, back])),
        Packed(head, np.array([tip, back + side, back - side, tip])),
    ]


def _pack_text(piece, pixels, unit):
    size = round(piece.size * POINT * unit, 2)
    look = dict(p=piece.panel, c=piece.colour, t=piece.text, a=piece.align, z=size)
    return [Packed(look, pixels[:1])] if np.isfinite(pixels[:1]).all() else []


def draw(ax, piece, order=0):
    """Draw a piece on Matplotlib's axes, over those of a lower order."""
    look = dict(color=piece.colour, zorder=10 + order)
    if piece.heat is not None:
        _draw_heat(ax, piece, order)
    elif piece.text:
        edge = [withStroke(linewidth=3, foreground="white")]
        look |= dict(ha=piece.align, va="center", parse_math=False, path_effects=edge)
        ax.text(*piece.xy[0], piece.text, fontsize=piece.size, clip_on=True, **look)
    elif piece.head:
        _draw_arrow(ax, piece, look)
    elif piece.fill:
        ax.fill(*piece.xy.T, lw=0, **look | dict(color=piece.fill))
    else:
        _draw_line(ax, piece, look | dict(clip_on=not piece.free))


def _draw_heat(ax, piece, order):
    heat, (low, high) = piece.heat, (piece.xy.min(0), piece.xy.max(0))
    look = dict(interpolation="bilinear" if heat.smooth else "nearest", origin="lower")
    look |= dict(extent=(low[0], high[0], low[1], high[1]), aspect=ax.get_aspect())
    colours = np.asarray(heat.palette, np.uint8)[heat.index]
    ax.imshow(colours, zorder=1 + order / 100, **look)


def _draw_arrow(ax, piece, look):
    with np.errstate(all="ignore"):
        length = np.hypot(*np.diff(ax.transData.transform(piece.xy), axis=0)[0])
    if 1e-6 < length < np.inf:
        head = dict(arrowstyle="-|>", color=piece.colour, lw=piece.width)
        head |= dict(shrinkA=0, shrinkB=0, mutation_scale=7 + 2 * piece.width)
        ax.annotate("", *piece.xy[::-1], arrowprops=head, zorder=look["zorder"])


def _draw_line(ax, piece, look):
    """A line, its white edge below all lines, its markers where `pack` has them."""
    with np.errstate(all="ignore"):
        pixels = ax.transData.transform(piece.xy)
    near = _within(pixels, [*ax.bbox.min, *ax.bbox.max])
    marked = _marked(piece, pixels, near, piece.size * ax.figure.dpi / 72)
    if piece.halo and piece.width:
        ax.plot(*piece.xy.T, color="white", lw=piece.width + 1.8, zorder=9)
    shape = dict(lw=piece.width, ls=piece.dash if piece.width else "none")
    if piece.marker:
        filled = MarkerStyle(piece.marker).is_filled()
        shape |= dict(marker=piece.marker, ms=piece.size, markevery=marked.tolist())
        shape |= dict(mec="white", mew=0.7) if filled else dict(mew=1.5)
    ax.plot(*piece.xy.T, **shape, **look)
