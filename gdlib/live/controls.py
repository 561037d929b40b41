"""The controls of a dashboard: ipywidgets, a box beside each slider, marks below it."""

from html import escape

import ipywidgets as widgets
from traitlets import CFloat, validate

from .ranges import SCALES

ROW = 1.25  # height of a mark's line of text, em
LETTER = 0.02  # width of a letter, as a share of a slider on a phone


class Stepwise:
    """A slider whose thumb stands on the stops of a `Range`, its value on any number.

    A page shows a value between two stops on the nearer one, and then reports that
    stop's raw number. It means what is there already: only another stop is news. Other
    pages are told the raw number, too: they would answer a round one with it again.
    """

    range = None

    def set_state(self, sync_data):
        """Take what a page says, a stop's raw number as its round value."""
        if "value" in sync_data:
            raw = dict(value=sync_data["value"])
            self._send(dict(method="echo_update", state=raw, buffer_paths=[]))
            stop = self.range.stop(sync_data["value"])
            sync_data = {n: v for n, v in sync_data.items() if n != "value"}
            if stop != self.range.stop(self.value):
                sync_data["value"] = self.range.value(stop)
        super().set_state(sync_data)


class LinearSlider(Stepwise, widgets.FloatSlider):
    """A FloatSlider with stops."""

    value = CFloat(0.0).tag(sync=True, echo_update=False)


class LogSlider(Stepwise, widgets.FloatLogSlider):
    """A FloatLogSlider with stops."""

    value = CFloat(1.0).tag(sync=True, echo_update=False)

    @validate("value")
    def _validate_value(self, proposal):
        """Clip at the range's own ends: 10**log10(0.3) is not 0.3."""
        low, high = self.base**self.min, self.base**self.max
        if self.range:
            low, high = self.range.low, self.range.high
        return min(max(proposal["value"], low), high)


def slider(range_):
    """Make the ipywidgets slider of a Range."""
    low, high, gaps = range_.low, range_.high, len(range_.stops) - 1
    label = f"{range_.symbol} {range_.name}".strip()
    common = dict(value=range_.default, description=label, readout=False)
    if range_.scale == "linear" and range_.whole:
        return widgets.IntSlider(min=low, max=high, **common)
    if range_.whole or range_.scale == "near 1":
        options = [(f"{value:.6g}", value) for value in range_.stops.tolist()]
        return widgets.SelectionSlider(options=options, **common)
    kind, (along, _) = LinearSlider, SCALES[range_.scale]
    if range_.scale == "log":
        kind = LogSlider
        low, high = along(low), along(high)
    made = kind(min=low, max=high, step=(high - low) / gaps, **common)
    made.range = range_
    made.value = range_.default  # the ends are the range's from now on
    return made


class Control:
    """A named value of a dashboard, and the ipywidget that holds it.

    view  what stands in the page
    """

    def __init__(self, name, widget):
        self.name, self.widget, self.view = name, widget, widget
        self.default = widget.value

    @property
    def value(self):
        """What the widget stands at."""
        return self.widget.value

    def put(self, value):
        """Move the widget, or raise ValueError for what it does not allow."""
        try:
            self.widget.value = value
        except Exception as problem:  # a TraitError that names the trait alone
            allowed = ", ".join(map(str, getattr(self.widget, "options", ())))
            raise ValueError(
                f"{self.name} is {value!r}; allowed: {allowed or 'a number'}."
            ) from problem


class Sliding(Control):
    """A slider of a `Range` with its box and its marks.

    box    FloatText for exact values, always what is in use
    marks  HTML below the slider: theory's places, and "you are here"
    """

    def __init__(self, range_):
        super().__init__(range_.name, slider(range_))
        self.range = range_
        means = f", {range_.meaning}" if range_.meaning else ""
        label = f"{self.widget.description}{means}"
        self.box = widgets.FloatText(range_.default, description=label, tooltip=label)
        self.marks = widgets.HTML()
        self.view = widgets.VBox([self.box, self.widget, self.marks])
        self.view.add_class("gd-control")

    def put(self, value):
        """Move the slider; raise ValueError for a value outside its range."""
        value = self.range.check(value)
        options = getattr(self.widget, "options", None)
        if options and value not in (known for _, known in options):
            pair = f"{value:.6g}", value  # an exact value becomes a stop of its own
            self.widget.options = sorted([*options, pair], key=lambda o: o[1])
        if self.widget.value != value:
            self.widget.value = value

    def show(self, marks):
        """Let the box say what is in use; write marks, ([(value, text), …], here)."""
        if self.box.value != self.value:
            self.box.value = self.value
        html = _marks(self.range, *marks)
        if self.marks.value != html:
            self.marks.value = html


def _marks(range_, places, here):
    """Theory's marks at their places on the slider's own scale, those on it alone."""
    on = [(v, text) for v, text in places if range_.low <= v <= range_.high]
    html = ""
    for row, (left, text, side) in enumerate(_rows(range_, on)):
        down = ROW * row  # each mark has a line of its own
        html += (
            f'<span class="gd-mark" style="left:{100 * left:.2f}%">'
            f'<b style="height:{1.4 + down:.2f}em"></b>'
            f'<i class="gd-{side}" style="top:{0.2 + down:.2f}em">{escape(text)}</i>'
            "</span>"
        )
    if places:  # as many lines as there may be marks, so that nothing below moves
        html = f'<div style="height:{0.4 + ROW * len(places):.2f}em">{html}</div>'
    return html + (f'<span class="gd-here">{escape(here)}</span>' if here else "")


def _rows(range_, marks):
    """The marks from top to bottom: (share, text, side), no line through a text.

    A text stands right of its line, the last mark's on top, or else left of it, the
    first mark's on top: so the lines of lower rows pass beside the texts above.
    """
    found = sorted((float(range_.fraction(value)), text) for value, text in marks)
    if all(left + LETTER * len(text) < 0.97 for left, text in found):
        middle = 1
    elif all(left - LETTER * len(text) > 0 for left, text in found):
        middle = 0
    else:
        middle = 0.5
    onwards = [(left, text, "right") for left, text in found if left < middle]
    return onwards[::-1] + [(*mark, "left") for mark in found[len(onwards) :]]
