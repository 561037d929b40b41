"""What moves on a plot: pieces in data coordinates, packed once, painted twice.

`pack` maps a piece to pixels with Matplotlib's own transform. A small script paints
the packed pieces on a canvas in the browser; `paint` paints the same ones for the
static twin, so that the two cannot differ.
"""

import io
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import matplotlib as mpl
import numpy as np
from matplotlib.image import BboxImage
from matplotlib.lines import Line2D
from matplotlib.markers import MarkerStyle
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Bbox
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
    halo    white edge that keeps a line apart from what lies under it
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


def paint(figure, axes, packed, scale, unit=1.0):
    """Paint packed pieces on a figure, `scale` device pixels to one of the page.

    unit  the factor that the figure's own points already carry
    """
    place = Affine2D().scale(scale, -scale).translate(0, figure.bbox.height)
    for order, piece in enumerate(packed):
        for artist in _artists(*piece, place, POINT * unit):
            artist.set_zorder(10 + order)
            figure.add_artist(artist, clip=True)
            artist.set_clip_box(axes.bbox)


def _artists(look, pixels, heat, place, point):
    if heat is not None:
        return [_picture(heat, place.transform([pixels[0], pixels.sum(0)]))]
    if "t" in look:
        (x, y), style = pixels[0], dict(ha=look["a"], va="center", parse_math=False)
        style |= dict(color=look["c"], fontsize=look["z"] / point)
        edge = [withStroke(linewidth=3, foreground="white")]
        return [Text(x, y, look["t"], transform=place, path_effects=edge, **style)]
    found = []
    if "f" in look:
        style = dict(fc=look["f"], ec=look["c"], lw=look["w"] / point)
        found.append(PathPatch(Path(pixels), transform=place, **style))
    elif "w" in look:
        strokes = [("white", look["h"], None)] if "h" in look else []
        strokes.append((look["c"], look["w"], look.get("d")))
        found += [_stroke(pixels, place, point, *stroke) for stroke in strokes]
    if "s" in look:
        found += _stamps(look, pixels, place, point)
    return found


def _picture(heat, corners):
    low, high = corners.min(0), corners.max(0)
    how = "bilinear" if heat.smooth else "nearest"
    picture = BboxImage(Bbox([low, high]), interpolation=how, origin="lower")
    picture.set_data(np.asarray(heat.palette, np.uint8)[heat.index])
    return picture


def _stroke(pixels, place, point, colour, width, pattern):
    style = (0, [part / width for part in pattern]) if pattern else "-"
    look = dict(color=colour, lw=width / point, ls=style, dash_capstyle="butt")
    return Line2D(*pixels.T, transform=place, solid_capstyle="round", **look)


def _stamps(look, pixels, place, point):
    """The markers, all their white edges below them."""
    (path, _, filled), marked = stamp(look["s"]), look.get("j", 1)
    if isinstance(marked, str):
        spots = [spot for spot, one in zip(pixels, marked, strict=False) if one == "1"]
    else:
        spots = pixels[::marked]
    marks = [Path(path.vertices + spot, path.codes) for spot in spots]
    shape = Path.make_compound_path(*marks) if marks else Path(np.empty((0, 2)))
    pens = [("white", 2), (look["c"], 0)] if filled else [("white", 4), (look["c"], 2)]
    fill = look["c"] if filled else "none"
    return [
        PathPatch(shape, transform=place, fc=fill, ec=colour, lw=width / point)
        for colour, width in pens
    ]
