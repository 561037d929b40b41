"""What stands still: plots that Matplotlib draws off screen, and the static twin."""

import base64
import io
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.transforms import Affine2D
from PIL import Image

from ..style import FIGURE
from .drawing import DPI, encode, pack, paint

EDGES = (70, 20, 10, 48)  # pixels left, right, above and below the axes
NARROW = 380  # pixels of width up to which a plot has no room for a legend
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
    small  the same where the plot is narrow
    """

    draw: Callable
    on: tuple = ()
    label: str = "plot"
    takes: tuple = ()
    edges: tuple = EDGES
    small: tuple = EDGES

    def html(self, index):
        """Write the place for the plot, with its title above it."""
        flags = "".join(f" data-{what}" for what in self.takes)
        keys = ' tabindex="0" role="application"' if self.takes else ' role="img"'
        return (
            f'<figure><figcaption data-slot="title {index}"></figcaption>'
            f'<canvas{keys}{flags} aria-label="{escape(self.label)}"></canvas></figure>'
        )

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
        left, right, above, below = self.edges if width > NARROW else self.small
        inside = [left, below, width - left - right, height - above - below]
        with mpl.rc_context(FIGURE | {"figure.constrained_layout.use": False}):
            figure = Figure((width / DPI, height / DPI), dpi=DPI * ratio * unit)
            FigureCanvasAgg(figure)
            ax = figure.add_axes(np.divide(inside, [width, height] * 2))
            self.draw(ax, values)
            ax.set_title("")  # the page writes it above the plot
            ax.autoscale_view()
            ax.apply_aspect()
        return figure, ax


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


def _picture(figure):
    figure.canvas.draw()
    pixels = figure.canvas.buffer_rgba()
    return Image.frombuffer("RGBA", pixels.shape[1::-1], pixels).convert("RGB")


def sizes(width, count, unit=1.0):
    """Width and height of each of `count` plots on a page `width` pixels wide."""
    least = 300 * unit
    columns = max(1, min(count, int(width // least)))
    across = int(min(width / columns - 10, 560 * unit))
    return [(across, int(max(0.76 * across, min(across, 280))))] * count


def twin(plots, values, scene, unit=1.0):
    """Draw a scene without a browser: one small PNG in base64, and its width.

    The pieces are packed as for the browser and painted by Matplotlib.
    """
    pictures = [
        _whole_plot(plot, values, [p for p in scene.pieces if p.panel == index], unit)
        for index, plot in enumerate(plots)
    ]
    widths, height = [picture.width for picture in pictures], pictures[0].height
    texts = [
        *_titles(scene, len(plots), widths),
        _text(NOTE, sum(widths), "#666666", 9),
    ]
    top = texts[0].height
    whole = Image.new("RGB", (sum(widths), top + height + texts[-1].height), "white")
    for index, picture in enumerate(pictures):
        whole.paste(texts[index], (sum(widths[:index]), 0))
        whole.paste(picture, (sum(widths[:index]), top))
    whole.paste(texts[-1], (0, top + height))
    size = dict(width=round(whole.width / TWIN_RATIO))
    return _small(whole), size


def _whole_plot(plot, values, pieces, unit):
    figure, ax = plot.laid_out(values, TWIN, TWIN_RATIO, unit)
    still = Still(ax, TWIN, TWIN_RATIO)
    packed = [part for p in pieces for part in pack(p, still.project, still.box, unit)]
    paint(figure, ax, packed, TWIN_RATIO, unit)
    return _picture(figure)


def _titles(scene, count, widths):
    titles = [*scene.titles, *[""] * count][:count]
    return [_text(*text, "black", 10.5) for text in zip(titles, widths, strict=True)]


def _text(text, width, colour, size):
    figure = Figure((width / DPI / TWIN_RATIO, TITLE / DPI), dpi=DPI * TWIN_RATIO)
    FigureCanvasAgg(figure)
    place = EDGES[0] * TWIN_RATIO / width
    figure.text(place, 0.3, text, color=colour, fontsize=size, parse_math=False)
    return _picture(figure)


def _small(picture, colours=64):
    """Encode with a palette: a third of the size, which a notebook has to carry."""
    out = io.BytesIO()
    flat = picture.quantize(colours, Image.Quantize.MAXCOVERAGE, dither=0)
    flat.save(out, "png", optimize=True)
    return base64.b64encode(out.getvalue()).decode()
