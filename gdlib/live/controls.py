"""The controls of a dashboard: what a slider's position means, and their HTML."""

from dataclasses import dataclass
from html import escape

import numpy as np
from matplotlib.ticker import MaxNLocator

ROW = 1.25  # height of a mark's line of text, em
LETTER = 0.02  # width of a letter, as a share of a slider on a phone
SCALES = {  # a slider's scale: from values to the line on which positions are equal
    "linear": (lambda value: value, lambda along: along),
    "log": (np.log10, lambda along: 10**along),
    "near 1": (lambda value: -np.log10(1 - value), lambda along: 1 - 10**-along),
}


@dataclass(frozen=True)
class Range:
    """Where the sliders of one name go: low to high on a scale, and its symbol."""

    low: float
    high: float
    scale: str = "linear"
    symbol: str = ""
    meaning: str = ""
    whole: bool = False


RANGES = {
    "lr": Range(1e-4, 10, "log", "η", "step size"),
    "gamma": Range(0, 0.99, "linear", "γ", "share that is kept of the past"),
    "beta1": Range(0, 0.99, "linear", "β₁", "share that m keeps of its past"),
    "beta2": Range(0, 0.9999, "near 1", "β₂", "share that v keeps of its past"),
    "eps": Range(1e-12, 1, "log", "ε", "guard against division by zero"),
    "kappa": Range(1, 1000, "log", "κ", "condition number of the surface"),
    "angle": Range(0, 90, "linear", "", "turn of the surface, degrees"),
    "batch": Range(1, 500, "log", "B", "samples in a mini-batch", whole=True),
    "steps": Range(1, 500, "linear", "", "steps that each method takes", whole=True),
    "seed": Range(0, 20, "linear", "", "seed of the random draws", whole=True),
}


@dataclass(frozen=True)
class Slider:
    """A slider with a box for exact values.

    low, high, default  in the units of the value; scale is a key of SCALES
    whole               whether only whole numbers are allowed
    """

    name: str
    low: float
    high: float
    default: float
    scale: str = "linear"
    whole: bool = False
    symbol: str = ""
    meaning: str = ""

    def __post_init__(self):
        if not (np.isfinite([self.low, self.high]).all() and self.low < self.high):
            raise ValueError(
                f"{self.name} has the range {self.low!r} to {self.high!r}; allowed: "
                "two finite numbers, the lower one first."
            )
        self.check(self.default)

    @property
    def last(self):
        """The last position; the first is 0."""
        if self.scale != "linear":
            return 300
        span = self.high - self.low
        step = 10 ** np.floor(np.log10(span / 90))
        return round(span / (max(step, 1) if self.whole else step))

    def fraction(self, value):
        """How far along the slider a value lies: 0 at its left end, 1 at its right."""
        along, _ = SCALES[self.scale]
        low, high = along(self.low), along(self.high)
        return (along(value) - low) / (high - low)

    def position(self, value):
        """The position nearest to a value."""
        return round(self.last * min(max(float(self.fraction(value)), 0), 1))

    def at(self, share):
        """The value so far along the slider, a number or an array of shares."""
        along, back = SCALES[self.scale]
        low, high = along(self.low), along(self.high)
        return back(low + (high - low) * share)

    def ticks(self):
        """Round values for an axis along the slider."""
        if self.scale == "log":
            low, high = np.log10([self.low, self.high])
            return 10.0 ** np.arange(np.ceil(low - 1e-9), np.floor(high + 1e-9) + 1)
        if self.scale == "near 1":
            return np.array([x for x in (0, 0.9, 0.99, 0.999) if x <= self.high])
        found = MaxNLocator(5).tick_values(self.low, self.high)
        return found[(found >= self.low) & (found <= self.high)]

    def value(self, position):
        """The value at a position, to three digits on a curved scale."""
        exact = self.at(min(max(position / self.last, 0), 1))
        if self.whole:
            return round(exact)
        if self.scale == "near 1":
            return 1 - float(f"{1 - exact:.3g}")
        return float(f"{exact:.3g}" if self.scale == "log" else f"{exact:.10g}")

    def read(self, text):
        """Turn what the reader typed into a value, or say in a ValueError why not."""
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        return self.check(int(value) if value.is_integer() else value, text)

    def check(self, value, given=None):
        """Return a value that lies in the range; raise ValueError for another."""
        if not (self.low <= value <= self.high) or (self.whole and value != int(value)):
            kind = "a whole number" if self.whole else "a number"
            raise ValueError(
                f"{self.name} is {value if given is None else given!r}; "
                f"allowed: {kind} from {self.low:g} to {self.high:g}."
            )
        return value

    def state(self, value):
        """Give the position and the text that stand for a value."""
        return [self.position(value), f"{value:.6g}"]

    def html(self):
        """Write the label, the box, the slider and the place for its marks."""
        name, what = escape(self.name), escape(self.meaning or self.name)
        symbol = f"{escape(self.symbol)} " if self.symbol else ""
        return (
            f'<div class="gd-control" title="{what}">'
            f'<label>{symbol}<code>{name}</code> <input type="text" data-set="{name}"'
            f' inputmode="decimal" aria-label="{name}, exact value"></label>'
            f'<input type="range" min="0" max="{self.last}" data-set="{name}"'
            f' aria-label="{name}, {what}">'
            f'<div class="gd-marks" data-slot="marks {name}"></div></div>'
        )


def slider(name, given):
    """Make the slider of a name: its range from RANGES, or as given.

    given  its default, or (low, high, default)
    Raises ValueError for a tuple of another length or out of order.
    """
    known = RANGES.get(name, Range(0, 1))
    whole = known.whole
    if not isinstance(given, tuple):
        low, high = min(known.low, given), max(known.high, given)
        given = low, high, given
    elif name not in RANGES:
        whole = all(isinstance(number, int) for number in given)
    if len(given) != 3:
        raise ValueError(
            f"{name} is {given!r}; allowed: a number, or (low, high, default)."
        )
    fits = dict(log=given[0] > 0, linear=True)
    fits["near 1"] = given[1] < 1
    scale = known.scale if fits[known.scale] else "linear"
    return Slider(name, *given, scale, whole, known.symbol, known.meaning)


@dataclass(frozen=True)
class Box:
    """A number without a slider, such as a coordinate of the start."""

    name: str
    default: float

    def read(self, text):
        """Turn what the reader typed into a finite number, or say why not."""
        try:
            value = float(text)
        except ValueError:
            value = np.nan
        if not np.isfinite(value):
            raise ValueError(f"{self.name} is {text!r}; allowed: a finite number.")
        return value

    def state(self, value):
        """Give the text that stands for a value, twice, as a slider does."""
        return [f"{value:.4g}"] * 2

    def html(self):
        """Write the label and the box."""
        name = escape(self.name)
        return (
            f'<label class="gd-box">{name} '
            f'<input type="text" inputmode="decimal" data-set="{name}"></label>'
        )


@dataclass(frozen=True)
class Choice:
    """One of a few named options."""

    name: str
    options: tuple
    default: str

    def read(self, text):
        """Return the option, or say in a ValueError which there are."""
        if text not in self.options:
            allowed = ", ".join(self.options)
            raise ValueError(f"{self.name} is {text!r}; allowed: {allowed}.")
        return text

    def state(self, value):
        """Give the option, twice, as a slider does."""
        return [value] * 2

    def html(self):
        """Write the label and the list."""
        options = "".join(
            f"<option>{escape(option)}</option>" for option in self.options
        )
        name = escape(self.name)
        return (
            f'<label class="gd-box">{name} '
            f'<select data-set="{name}">{options}</select></label>'
        )


def button(name, text, toggles=False):
    """Write a button that reports `name`; one that toggles says whether it is on."""
    state = ' aria-pressed="false"' if toggles else ""
    return (
        f'<button type="button" data-press="{escape(name)}"{state}>'
        f"{escape(text)}</button>"
    )


def marks(slider, places, here=""):
    """Write theory's marks under a slider, at their places on the slider's own scale.

    places  pairs of a value and a short text; values off the slider are left out
    here    what the slider's value means beside them
    """
    on = [(v, text) for v, text in places if slider.low <= v <= slider.high]
    html = ""
    for row, (left, text, side) in enumerate(_rows(slider, on)):
        down = ROW * row  # each mark has a line of its own
        html += (
            f'<span class="gd-mark" style="left:{100 * left:.2f}%">'
            f'<b style="height:{1.4 + down:.2f}em"></b>'
            f'<i class="gd-{side}" style="top:{0.2 + down:.2f}em">{escape(text)}</i>'
            "</span>"
        )
    if html:
        html = f'<div style="height:{0.4 + ROW * len(on):.2f}em">{html}</div>'
    return html + (f'<span class="gd-here">{escape(here)}</span>' if here else "")


def _rows(slider, marks):
    """The marks from top to bottom: (share, text, side), no line through a text.

    A text stands right of its line, the last mark's on top, or else left of it, the
    first mark's on top: so the lines of lower rows pass beside the texts above.
    """
    found = sorted((float(slider.fraction(value)), text) for value, text in marks)
    if all(left + LETTER * len(text) < 0.97 for left, text in found):
        middle = 1
    elif all(left - LETTER * len(text) > 0 for left, text in found):
        middle = 0
    else:
        middle = 0.5
    onwards = [(left, text, "right") for left, text in found if left < middle]
    return onwards[::-1] + [(*mark, "left") for mark in found[len(onwards) :]]
