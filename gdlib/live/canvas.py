"""Canvas, the widget that paints: Matplotlib's stills and on them what moves."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

import anywidget
import numpy as np

from .drawing import pack, stamp
from .stills import sizes

HERE = Path(__file__).parent
GRAIN = 8  # points are sent as whole numbers of eighths of a pixel
PEN = threading.RLock()  # callbacks run in a thread of their own: one change at a time
LIFTED = -(2**15)  # in place of a number: the line is lifted here


class Canvas(anywidget.AnyWidget):
    """The plots of a dashboard in the page: they are painted, and report the reader.

    plots  `stills.Plot`s
    hear   function (kind, plot, payload): kind is "hello" when a view appears or
           changes its size, "drag" or "hover" with data coordinates, "key" with
           (arrow, shift), or "rest" a moment after a scene that `refines`
    """

    # Texts: of a file anywidget waits for changes, and then lets no Canvas go.
    _esm = (HERE / "canvas.js").read_text(encoding="utf-8")
    _css = (HERE / "board.css").read_text(encoding="utf-8")

    def __init__(self, plots, hear):
        self.plots, self._hear, self.views, self._last = plots, hear, {}, None
        self._numbers = {}  # (view, kind) -> number of the newest message taken
        super().__init__()
        self.on_msg(lambda widget, content, buffers: self._receive(**content))

    def show(self, scene, values, unit=1.0, refines=False):
        """Paint a scene in every view; only what a view does not know is sent.

        values   that the stills are drawn for
        unit     factor on letters and lines
        refines  whether "rest" is to be reported
        """
        self._last = scene, values, unit, refines
        for key in list(self.views):
            self._post(key)

    @property
    def calm(self):
        """Whether a reader wants no motion."""
        return any(view.calm for view in self.views.values())

    def copy(self, text):
        """Put a text into the reader's clipboard."""
        self.send(dict(copy=text))

    def close(self):
        """Close the widget and let go of what it holds."""
        super().close()
        self.views, self._last = {}, None

    def _receive(self, view, events, number=0):
        with PEN:
            self._take(view, events, number)

    def _take(self, view, events, number):
        for kind, plot, payload in events:
            if self._overtaken(view, kind, number):
                continue
            if kind == "bye":
                self.views.pop(view, None)
                return
            if kind in ("hello", "here"):
                if kind == "hello" and view not in self.views:
                    self._call(view)
                self.views.setdefault(view, View()).see(*payload)
            elif view not in self.views:
                continue  # it is about to say that it is there
            elif kind in ("drag", "hover"):
                payload = self.views[view].stills[plot].point(*payload)
            self._hear(kind, plot, payload)
        self._post(view)  # every message is answered: the next one waits for it

    def _overtaken(self, view, kind, number):
        """Whether a newer message of a view said the same kind of thing already.

        Jupyter hands messages to two threads, and either may be the first.
        """
        newest = self._numbers.get((view, kind), number)
        self._numbers[view, kind] = max(newest, number)
        return number < newest and kind != "key"

    def _call(self, view):
        """Ask the other views who is "here" still: a page may leave without a "bye"."""
        self.views = {}
        self.send(dict(who=view))

    def _post(self, key):
        if self._last and key in self.views:
            scene, values, unit, refines = self._last
            news, files = self.views[key].letter(self.plots, scene, values, unit)
            self.send(news | dict(to=key, refines=refines), files)


@dataclass
class View:
    """One place of the page where a Canvas shows, and what it has been sent.

    width, room  pixels that its plots may take, across and down
    ratio        device pixels to one of the page's
    calm         whether the reader wants no motion
    """

    width: float = 900
    room: float = 400
    ratio: float = 1.0
    calm: bool = False
    stills: list = field(default_factory=list)
    _keys: list = field(default_factory=list)
    _known: dict = field(default_factory=dict)

    def see(self, width, room, ratio, calm):
        """Take a new size."""
        self.width, self.room, self.ratio, self.calm = width, room, ratio, calm

    def letter(self, plots, scene, values, unit):
        """The scene as a message: a dict, and a list of bytes with the points first."""
        size, unit = sizes(self.width, self.room, len(plots), unit)
        self._draw(plots, values, size, unit)
        packed = [
            part
            for piece in scene.pieces
            for still in [self.stills[piece.panel]]
            for part in pack(piece, still.project, still.box, unit)
        ]
        files = {f"s{index}": still for index, still in enumerate(self.stills)}
        files |= {f"m{i}": p.heat for i, p in enumerate(packed) if p.heat is not None}
        files = self._unknown("file", files)
        items, points = flat(packed)
        stamps = {item["s"]: stamp(item["s"])[1:] for item in items if "s" in item}
        titles = [*scene.titles, *[""] * len(plots)][: len(plots)]
        panels = [
            still.news(f"s{index}") | dict(title=title, label=plot.label)
            for index, (still, title, plot) in enumerate(
                zip(self.stills, titles, plots, strict=True)
            )
        ]
        news = dict(items=items, files=list(files), ratio=self.ratio, says=scene.says)
        news |= dict(stamps=self._unknown("stamp", stamps))
        news |= self._unknown("page", dict(panels=panels))
        news |= self._unknown("page", dict(takes=[list(plot.takes) for plot in plots]))
        return news, [points, *(file.png() for file in files.values())]

    def _draw(self, plots, values, size, unit):
        """Draw the stills, anew only where something they show has changed."""
        self._keys = self._keys or [None] * len(plots)
        self.stills = self.stills or [None] * len(plots)
        for index, plot in enumerate(plots):
            key = (size, self.ratio, unit, *(values.get(name) for name in plot.on))
            if self._keys[index] != key:
                self.stills[index] = plot.still(values, size, self.ratio, unit)
                self._keys[index] = key

    def _unknown(self, sort, things):
        """The part of a dict that is new to the page, from now on known."""
        known = self._known.setdefault(sort, {})
        fresh = {n: t for n, t in things.items() if n not in known or known[n] != t}
        known |= fresh
        return fresh


def flat(packed):
    """The styles of packed pieces, each with its part of the points, and the points."""
    items, start = [], 0
    for index, (look, pixels, heat) in enumerate(packed):
        end = start + pixels.size
        picture = {} if heat is None else dict(i=f"m{index}")
        items.append(look | dict(n=[start, end]) | picture)
        start = end
    points = np.concatenate([[], *(pixels.ravel() for _, pixels, _ in packed)])
    whole = np.clip(points * GRAIN, 1 + LIFTED, -LIFTED - 1).round()
    return items, np.nan_to_num(whole, nan=LIFTED).astype("<i2").tobytes()
