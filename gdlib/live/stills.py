"""What stands still: plots that Matplotlib draws off screen, and the static twin."""

import base64
import io
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.transforms import Affine2D
from PIL import Image

from ..style import FIGURE, dress
from .drawing import DPI, draw, encode

EDGES = (70, 20, 10, 48)  # pixels left, right, above and below the axes
ROW = 20  # pixels of one line of a legend
LEAST = 240  # pixels of width that a plot needs beside another
TWIN = (420, 330)  # pixels of one plot of the static twin
TWIN_RATIO = 1.25  # device pixels to one of the twin's
TITLE = 24  # pixels that a line of text takes in the twin
NOTE = (
    "The picture at the start. To move it, run this cell in JupyterLab; "
    "notebook 00 says what to do if no sliders appear."
)


@dataclass(frozen=True)
class Plot:
    """One plot of a dashboard.

    draw   function (ax, values): draws on the axes what stands still
    on     names of the values that `draw` depends on
    label  what it shows and which keys it knows, for screen readers
    takes  what of the reader it listens to: "drag", "hover", "keys"
    edges  pixels left, right, above and below its axes
    names  name -> Look: a legend, where no buttons of the page say what lines are
    """

    draw: Callable
    on: tuple = ()
    label: str = "plot"
    takes: tuple = ()
    edges: tuple = EDGES
    names: dict = field(default_factory=dict)

    def still(self, values, size, ratio=1.0, unit=1.0):
        """Draw it for the browser; the arguments are those of `laid_out`."""
        figure, ax = self.laid_out(values, size, ratio, unit)
        return Still(ax, size, ratio, encode(_picture(figure)))

    def laid_out(self, values, size, ratio=1.0, unit=1.0):
        """Give the figure and its axes, with all on them and in their final place.

        size   width and height, pixels of the page
        ratio  device pixels to one of the page's
        unit   factor on every letter and line
        """
        width, height = (side / unit for side in size)
        figure = _sheet((width, height), DPI * ratio * unit)
        return figure, self.axes(figure, values, (0, 0, width, height))

    def axes(self, figure, values, box):
        """Draw it on part of a figure: left, bottom, width, height in 1/DPI inches."""
        (left, right, above, below), (x, y, width, height) = self.edges, box
        inside = [x + left, y + below, width - left - right, height - above - below]
        ax = figure.add_axes(np.divide(inside, [*figure.get_size_inches() * DPI] * 2))
        dress(ax)
        self.draw(ax, values)
        ax.set_title("")  # the page writes it above the plot
        ax.autoscale_view()
        ax.apply_aspect()
        return ax


class Still:
    """A drawn plot: its picture, and the ways from data to the page and back."""

    def __init__(self, ax, size, ratio, png=b""):
        flip = Affine2D().scale(1 / ratio, -1 / ratio).translate(0, size[1])
        self._way = ax.transData.frozen() + flip
        (left, bottom), (right, top) = flip.transform(ax.bbox.get_points())
        self.box = (left, top, right, bottom)
        self.size, self._png = size, png

    def project(self, xy):
        """Map data (n, 2) to pixels of the page (n, 2), y downwards."""
        return self._way.transform(xy)

    def point(self, across, down):
        """Map shares of the plot's width and height to data coordinates."""
        place = np.multiply(self.size, (across, down))
        return tuple(float(x) for x in self._way.inverted().transform(place))

    def png(self):
        """Give the picture as a PNG file."""
        return self._png

    def news(self, name):
        """Tell the browser where the picture `name` and its axes go."""
        left, top, right, bottom = self.box
        frame = [round(x, 2) for x in (left, top, right - left, bottom - top)]
        style = f"width:{self.size[0]}px;height:{self.size[1]}px"
        return dict(still=name, box=frame, style=style)


def _sheet(size, dpi):
    """An empty figure on which things stay where they are put; size in 1/DPI inches."""
    figure = Figure(np.divide(size, DPI), dpi=dpi, layout="none")
    FigureCanvasAgg(figure)
    return figure


def _picture(figure):
    with np.errstate(all="ignore"):  # what has diverged lies off the plot
        figure.canvas.draw()
    pixels = figure.canvas.buffer_rgba()
    return Image.frombuffer("RGBA", pixels.shape[1::-1], pixels).convert("RGB")


def sizes(width, room, count, unit=1.0):
    """Size of each of `count` plots, and the factor on letters that they have room for.

    width, room  pixels of the page across and down that the plots may take together
    unit         the factor that is wanted
    """
    columns = count if width >= LEAST * count else 1
    across = max(min(width / columns, 560 * unit + 8), LEAST) - 8
    down = max(0.76 * across, min(across, 280))
    if columns > 1 or width >= LEAST * 2:  # on a phone plots stand in a column
        down = max(min(down, room), LEAST * 0.75)
    unit = max(1.0, min(unit, across / 240, down / 190))
    return (int(across), int(down)), unit


def twin(plots, values, scene):
    """Draw a scene without a browser: one small PNG in base64, and its width."""
    (across, down), legend = TWIN, max(ROW * ((len(p.names) + 2) // 3) for p in plots)
    whole = np.array([across * len(plots), down + legend + 2 * TITLE])
    figure = _sheet(whole, DPI * TWIN_RATIO)
    for index, plot in enumerate(plots):
        corner = across * index, legend + TITLE
        ax = plot.axes(figure, values, (*corner, *TWIN))
        pieces = [piece for piece in scene.pieces if piece.panel == index]
        for order, piece in enumerate(pieces):
            draw(ax, piece, order)
        left = (corner[0] + EDGES[0]) / whole[0]
        ink = dict(parse_math=False, transform=figure.transFigure)
        title = [*scene.titles, *[""] * len(plots)][index]
        figure.text(left, 1 - 0.7 * TITLE / whole[1], title, fontsize=10.5, **ink)
        _name_lines(figure, plot.names, left, (legend + TITLE) / whole[1])
    note = dict(color="#666666", fontsize=9)
    figure.text(EDGES[0] / whole[0], 0.3 * TITLE / whole[1], NOTE, **note)
    return _small(_picture(figure)), dict(width=int(whole[0]))


def _name_lines(figure, names, left, top):
    """Say what the lines of a plot are, below it."""
    sizes = dict(lw=FIGURE["lines.linewidth"], ms=FIGURE["lines.markersize"])
    lines = [Line2D([], [], label=n, **sizes, **k._asdict()) for n, k in names.items()]
    if lines:
        place = dict(loc="upper left", bbox_to_anchor=(left, top), borderaxespad=0)
        place |= dict(ncols=3, fontsize="small", frameon=False)
        figure.legend(handles=lines, **place)


def _small(picture, colours=64):
    """Encode with a palette: a third of the size, which a notebook has to carry."""
    out = io.BytesIO()
    flat = picture.quantize(colours, Image.Quantize.MAXCOVERAGE, dither=0)
    flat.save(out, "png", optimize=True)
    return base64.b64encode(out.getvalue()).decode()
