"""Where a slider can stand: its range, its scale, its stops."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from matplotlib.ticker import MaxNLocator

STOPS = 300  # of a slider on a curved scale, where three digits tell them apart
DECADES = 100  # a range whose ends differ by this factor is read in decades
SCALES = {  # from values to the line on which stops are equally far apart, and back
    "linear": (lambda value: value, lambda along: along),
    "log": (np.log10, lambda along: 10**along),
    "near 1": (lambda value: -np.log10(1 - value), lambda along: 1 - 10**-along),
}
DIGITS = {  # the round number nearest to a value
    "linear": lambda value: float(f"{value:.10g}"),
    "log": lambda value: float(f"{value:.3g}"),
    "near 1": lambda value: 1 - float(f"{1 - value:.3g}"),
}


@dataclass(frozen=True)
class Usual:
    """Where the sliders of one name usually go, and what the name means."""

    low: float
    high: float
    scale: str = "linear"
    symbol: str = ""
    meaning: str = ""
    whole: bool = False


USUAL = {
    "lr": Usual(1e-4, 10, "log", "η", "learning rate"),
    "gamma": Usual(0, 0.99, "linear", "γ", "memory"),
    "beta1": Usual(0, 0.99, "linear", "β₁", "memory of m"),
    "beta2": Usual(0, 0.9999, "near 1", "β₂", "memory of v"),
    "eps": Usual(1e-12, 1, "log", "ε", "guards the division"),
    "weight_decay": Usual(0, 1, "linear", "λ", "weight decay"),
    "kappa": Usual(1, 1000, "log", "κ", "condition number"),
    "angle": Usual(0, 90, "linear", "", "degrees"),
    "batch": Usual(1, 500, "log", "B", "samples in a mini-batch", whole=True),
    "steps": Usual(1, 500, "linear", "", "", whole=True),
    "seed": Usual(0, 20, "linear", "", "of the random draws", whole=True),
}


@dataclass(frozen=True)
class Range:
    """The values a slider can take, from low to high on a scale, and its default.

    scale  a key of SCALES
    whole  whether only whole numbers are allowed
    Raises ValueError for ends out of order, or a default outside them.
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

    @cached_property
    def stops(self):
        """The round values on which the thumb stands, the ends and the default exact.

        A default that lies nearest to an end is no stop: the end can be reached.
        """
        if self.scale == "linear" and self.whole:
            return np.arange(self.low, self.high + 1)
        values = self.at(np.linspace(0, 1, self._gaps + 1))
        values = np.array([DIGITS[self.scale](value) for value in values])
        values[[0, -1]] = self.low, self.high
        if self.whole:
            return np.unique(np.append(values.round(), self.default)).astype(int)
        near = round(self._gaps * self.fraction(self.default))
        if 0 < near < self._gaps:
            values[near] = self.default
        return values

    @property
    def _gaps(self):
        if self.scale != "linear":
            along, _ = SCALES[self.scale]
            apart = int((along(self.high) - along(self.low)) / np.log10(1.01))
            return max(1, min(STOPS, apart))
        span = self.high - self.low
        return round(span / 10 ** np.floor(np.log10(span / 90)))

    def stop(self, value):
        """The number of the stop nearest to a value, as a page finds it too."""
        if self.whole:
            along, _ = SCALES[self.scale]
            return int(np.abs(along(self.stops) - along(value)).argmin())
        share = min(max(self.fraction(value), 0), 1)
        return round(float(share) * (len(self.stops) - 1))

    def value(self, stop):
        """The value of a stop; beyond the ends that of the last one."""
        return self.stops[min(max(stop, 0), len(self.stops) - 1)].item()

    def fraction(self, value):
        """How far along the slider a value lies: 0 at its left end, 1 at its right."""
        along, _ = SCALES[self.scale]
        low, high = along(self.low), along(self.high)
        return (along(value) - low) / (high - low)

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

    def check(self, value):
        """Return a value that lies in the range; raise ValueError for another."""
        number = isinstance(value, int | float | np.number)
        inside = number and self.low <= value <= self.high
        if not inside or (self.whole and value != int(value)):
            kind = "a whole number" if self.whole else "a number"
            raise ValueError(
                f"{self.name} is {value!r}; "
                f"allowed: {kind} from {self.low:g} to {self.high:g}."
            )
        return int(value) if self.whole else value


def ranged(name, given):
    """Make the Range of a name, from USUAL or as given.

    given  its default, or (low, high, default)
    Raises ValueError for a tuple of another length or out of order.
    """
    known = USUAL.get(name, Usual(0, 1))
    whole = known.whole
    if not isinstance(given, tuple):
        low, high = min(known.low, given), max(known.high, given)
        given = low, high, given
    elif name not in USUAL:
        whole = all(isinstance(number, int) for number in given)
    if len(given) != 3:
        raise ValueError(
            f"{name} is {given!r}; allowed: a number, or (low, high, default)."
        )
    decades = given[0] > 0 and given[1] >= DECADES * given[0]
    scale = "log" if name not in USUAL and decades else known.scale
    fits = dict(log=given[0] > 0, linear=True)
    fits["near 1"] = given[1] < 1
    scale = scale if fits[scale] else "linear"
    return Range(name, *given, scale, whole, known.symbol, known.meaning)
