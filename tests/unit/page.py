"""A browser's side of the talk with a dashboard, without a browser."""

import re
from contextlib import contextmanager
from html import unescape

import ipywidgets as widgets
import numpy as np
import pytest
from PIL import Image

from gdlib import live
from gdlib.live import stills

LIFTED, GRAIN = -(2**15), 8  # how canvas.js reads points


class Page:
    """One view of a board: it does what a reader does and keeps what comes back.

    answers  (news, files) of every message to this view's canvas
    copied   the texts that went to the clipboard
    A page has a copy of every ipywidget, shows what the reader does there at once, and
    hears what Python answers.
    """

    def __init__(self, board, size=(900, 400), ratio=1.0, calm=False, view="v"):
        self.board, self.view, self.answers, self.copied = board, view, [], []
        self._copies, self._asked = {}, False
        self._attach(board)
        self._overhear(board.canvas, "send", self._keep)
        self._hello = ["hello", 0, [*size, ratio, calm]]
        self.tell(self._hello)

    # The canvas.

    def tell(self, *events):
        """Report events of the canvas in one message; return the last answer."""
        self.board.canvas._receive(view=self.view, events=[list(e) for e in events])
        self.settle()
        return self.answers[-1][0]

    def spot(self, plot, x, y):
        """The shares of a plot's width and height at a point in data coordinates."""
        still = self.still(plot)
        return list(still.project(np.array([[x, y]]))[0] / still.size)

    def still(self, plot):
        """The plot as it was drawn for this view."""
        return self.board.canvas.views[self.view].stills[plot]

    def lines(self, plot):
        """The points (n, 2) of every line of a plot, pixels; NaN where it is lifted."""
        news, files = self.answers[-1]
        points = np.frombuffer(files[0], "<i2").astype(float)
        points[points == LIFTED] = np.nan
        items = [item for item in news["items"] if item["p"] == plot and item.get("h")]
        return [points[slice(*i["n"])].reshape(-1, 2) / GRAIN for i in items]

    def shows(self, plot, points, index=0):
        """Whether a line of a plot goes through data (n, 2), as near as pixels tell."""
        line, wanted = self.lines(plot)[index], self.still(plot).project(points)
        assert len(line) == len(wanted)
        return np.abs(line - wanted).max() <= 0.5 / GRAIN + 1e-9

    @property
    def heat(self):
        """The map among the pieces."""
        return next(p.heat for p in self.board._good[1].pieces if p.heat is not None)

    # The ipywidgets.

    def put(self, widget, **state):
        """Change a widget in the page, which shows it and then reports it."""
        self._show(widget, state)
        widget.set_state(state)
        self.settle()

    def slide(self, name, stop):
        """Move a slider's thumb to a stop, counted from its left end."""
        slider = self.board.sliders[name]
        if isinstance(slider, widgets.SelectionSlider):
            return self.put(slider, index=stop)
        raw = slider.min + stop * slider.step
        log = isinstance(slider, widgets.FloatLogSlider)
        return self.put(slider, value=slider.base**raw if log else raw)

    def settle(self):
        """Answer whether it is there still, if it was asked."""
        if self._asked:
            self._asked = False
            self.board.canvas._receive(
                view=self.view, events=[["here", *self._hello[1:]]]
            )

    def type(self, name, number):
        """Type a number into a box."""
        self.put(self.board.boxes[name], value=number)

    def seen(self, widget, trait="value"):
        """What the page's copy of a widget holds."""
        return self._copies[widget.model_id][trait]

    @property
    def error(self):
        """What the page says has failed, or ""."""
        return text(self.seen(self.board.error))

    @property
    def readout(self):
        """The HTML below the controls."""
        return self.seen(self.board.readout)

    @property
    def rows(self):
        """The texts of the readout's table, row by row."""
        body = self.readout.partition("<tbody>")[2].partition("</tbody>")[0]
        rows = re.findall("<tr>(.*?)</tr>", body)
        return [[text(cell) for cell in re.split("</t[hd]>", row)[:-1]] for row in rows]

    def marks(self, name):
        """The HTML of the marks below a slider."""
        return self.seen(self.board.controls[name].marks)

    def whole(self):
        """All that the page shows: values, controls, lines, readout."""
        board = self.board
        kinds = *board.sliders.values(), *board.boxes.values(), *board.choices.values()
        traits = ("value", "index", "min", "max", "_options_labels")
        state = [{t: self.seen(w, t) for t in traits if t in w.keys} for w in kinds]
        lines = [line.tolist() for line in self.lines(0) + self.lines(1)]
        return board.values, state, lines, self.readout

    # How it works.

    def _keep(self, content, files=()):
        if content.get("to") == self.view:
            self.answers.append((content, files))
        if content.get("who", self.view) != self.view:
            self._asked = True
        if "copy" in content:
            self.copied.append(content["copy"])

    def _attach(self, widget):
        self._copies[widget.model_id] = widget.get_state()
        self._overhear(widget, "_send", lambda news, **_: self._hear(widget, news))
        for child in getattr(widget, "children", ()):
            self._attach(child)

    def _overhear(self, widget, way, listener):
        onwards = getattr(widget, way)

        def send(message, *args, **kwargs):
            listener(message, *args, **kwargs)
            onwards(message, *args, **kwargs)

        setattr(widget, way, send)

    def _hear(self, widget, message):
        if message["method"] == "update":  # an echo is of no interest to its author
            self._show(widget, message["state"])

    def _show(self, widget, state):
        """Change the page's copy."""
        self._copies[widget.model_id] |= state


def text(html):
    """HTML as a reader sees it."""
    return unescape(re.sub("<.*?>", "", html)).strip()


@contextmanager
def opening():
    """Open dashboards on pages of their own, all closed at the end.

    Their stills are laid out and left blank: Matplotlib's drawing would take most of
    the time, and is looked at in test_drawing.py, test_twin.py and the browser's tests.
    """
    boards = []

    def open_page(board, **view):
        boards.append(board)
        return Page(board, **view)

    def blank(figure):
        return Image.new("RGB", figure.canvas.get_width_height())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stills, "_picture", blank)
        yield open_page
    for board in boards:
        board.close()
    live.big(False)
