"""What `train` says in words: titles, sentence, table, what the colours mean."""

from dataclasses import dataclass
from html import escape

import numpy as np

from . import pictures, planes
from .signs import table


@dataclass(frozen=True, eq=False)
class Surface:
    """The error on a plane, of how many samples, and how it is drawn."""

    plane: planes.Plane
    errors: np.ndarray
    samples: int
    pieces: list


@dataclass(frozen=True, eq=False)
class Seen:
    """What a trained network does: the largest weight, what it misreads.

    read, real  (n,) classes of the misread samples, of `among`
    right       shares of training and validation samples that it reads right
    """

    top: float
    read: np.ndarray
    real: np.ndarray
    among: int
    right: list


class Facts:
    """What there is to say of a picture.

    teacher  a `lessons.Teacher`
    told     name -> (Lesson, values, those held fixed among them): the run that is
             shown, and after it one that is pinned
    """

    def __init__(self, teacher, told, surface, seen):
        self.teacher, self.told, self.surface, self.seen = teacher, told, surface, seen
        self.name, (self.lesson, self.values) = next(iter(told.items()))
        self.whose = "validation" if teacher.validation else "training"

    def titles(self):
        """A line above each plot."""
        units, seen = self.teacher.hidden, self.seen
        part = f"{pictures.UNITS} of " if units > pictures.UNITS else ""
        return (
            "error around the end",
            "error by update",
            f"weights: {part}{units} unit{'s' * (units > 1)}",
            f"misread: {len(seen.read)} of {seen.among:,}",
        )

    def says(self):
        """The picture in one sentence, with a second one if something went wrong."""
        values, lesson, N = self.values, self.lesson, len(self.teacher.network.y)
        epochs = lesson.at[-1] * values["batch"] / N
        errors = f"the training error is {lesson.training[-1]:.3g}"
        training, validation = self.seen.right
        right = f"{training:.1%} of the training samples"
        if validation is not None:
            errors += f", the validation error {lesson.validation[-1]:.3g}"
            right += f" and {validation:.1%} of the validation samples"
        said = (
            f"{self.name} on {self.teacher.network.dim:,} parameters, batches of "
            f"{values['batch']:,}, start of width {values['width']:.3g}, seed "
            f"{values['seed']}: after {updates(lesson.at[-1])} ({epochs:.3g} epochs) "
            f"{errors}; {right} are read right."
        )
        return f"{said} The run {lesson.verdict}." if lesson.verdict else said

    def readout(self):
        """The numbers of the runs, and what the pictures show."""
        parts = self._cut(), self._ground(), self._weights(), self._misread()
        return self._table() + "".join(f"<p>{escape(t)}</p>" for t in parts if t)

    def _table(self):
        """The runs, each in a row."""
        rows, columns = [], [("run", 30), ("updates", 10), ("training error", 16)]
        columns += [("validation error", 18), ("ends", 26)]
        for name, (lesson, _) in self.told.items():
            cells = [f"{lesson.at[-1]}", f"{lesson.training[-1]:.3g}"]
            seen = lesson.validation
            cells.append("–" if seen is None else f"{seen[-1]:.3g}")
            rows.append([escape(name), *cells, lesson.verdict or "–"])
        return table(columns, rows, "What the runs have come to")

    def _cut(self):
        asked, done = self.values["steps"], self.lesson.path.t
        if done >= asked or self.lesson.verdict.startswith("diverges"):
            return ""
        return f"While a slider moves: the first {done} of {updates(asked)}."

    def _ground(self):
        """What the surface is, and how large."""
        surface, plane = self.surface, self.surface.plane
        N, points = len(self.teacher.network.y), len(surface.errors)
        finite = surface.errors[np.isfinite(surface.errors)]
        low, high = (finite.min(), finite.max()) if finite.size else (np.nan,) * 2
        return (
            f"Surface: training error on {surface.samples:,} of {N:,} samples at "
            f"{points} × {points} points, from {low:.2g} (pale) to {high:.2g} (dark). "
            f"{_size(plane)} The path is projected on it."
        )

    def _weights(self):
        top = f"{self.seen.top:.2g}"
        return f"Weights: blue −{top}, white 0, red {top}, one picture for each unit."

    def _misread(self):
        """The samples of the pictures, in words."""
        seen, most = self.seen, pictures.MISREAD
        texts = [
            pictures.text(*pair)
            for pair in zip(seen.read[:most], seen.real[:most], strict=True)
        ]
        count = f"{len(seen.read)} of {seen.among:,} {self.whose} samples"
        if not texts:
            return f"Misread: none of {seen.among:,} {self.whose} samples."
        rest = "; the first are shown" if len(seen.read) > most else ""
        return f"Misread: {count}{rest}: {', '.join(texts)}."


def _size(plane):
    """How large a plane's square is, and what its second direction is if not a pair."""
    if planes.PRINCIPAL not in plane.kinds:
        return (
            "From its middle to a side each unit's weights change by "
            f"{plane.half:.3g} × their length."
        )
    also = (
        ""
        if plane.kinds[0] == plane.kinds[1]
        else (", its second direction a random one, as the path lies on a line")
    )
    return f"It is {2 * plane.half:.3g} wide{also}."


def updates(count):
    """A number of updates in words."""
    return f"{count:,} update{'' if count == 1 else 's'}"


def percent(share):
    """A share in percent, with a digit that tells it from 0."""
    if share >= 0.1:
        return f"{share:.0%}"
    return f"{100 * share:.1g} %".replace(" %", "%") if share >= 1e-4 else "<0.01%"
