"""Questions and checks: predict() before a slider, check() after an exercise.

What is asked stands in `gdlib.checks`, one module a notebook, beside how an answer is
tried (`trials`), the slips that are known of any formula (`slips`) and what is said
where none of them explains an answer (`hints`). A check has three outcomes: not
attempted, not yet (with a hint that fits the mistake made) and correct (with the
reason). It looks only at the object it is given, and it never raises on a reader's
mistake.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import import_module

import numpy as np

from .checks import hints, running, slips, trials
from .outcomes import Record

NOT_ATTEMPTED, NOT_YET, CORRECT = "not attempted", "not yet", "correct"
SESSION = Record()  # of this kernel, for outcomes(): it is never written or sent


@dataclass(frozen=True)
class Outcome:
    """What a check found: its state and a message for the reader."""

    state: str
    message: str

    def __repr__(self):
        return f"{self.state.capitalize()}. {self.message}"

    def _repr_markdown_(self):
        mark = {NOT_ATTEMPTED: "○", NOT_YET: "✗", CORRECT: "✓"}[self.state]
        return f"{mark} **{self.state.capitalize()}.** {self.message}"


@dataclass(frozen=True)
class Check:
    """One exercise: how to try an answer, the right one, what to say.

    trial  `numbers(…)`, `values({…})` or `paths({…})` of gdlib.checks.trials
    right  an answer that is correct: a function whose lines are the equations, their
           numbers as comments; where numbers are asked, one without arguments that
           computes them. The families of slips are applied to its code
    why    what to take away, shown with a correct answer
    slips  pairs (wrong answer, the hint for it) that no family makes
    hint   for a wrong answer that nothing explains: where to look again
    rtol   relative tolerance; None: 1e-6 for functions, 5e-3 for typed numbers
    broken the program that a notebook prints to be mended: as it is, "not attempted"
    """

    trial: trials.Trial
    right: Callable
    why: str
    slips: tuple = ()
    hint: str = "Compare each line with the formula, one term at a time."
    rtol: float | None = None
    broken: Callable | None = None

    def tried(self, answer):
        """Case -> array of numbers that an answer of our own gives."""
        made = self.trial.numeric and callable(answer)
        with np.errstate(all="ignore"):  # a slip may divide by zero
            return self.trial(answer() if made else answer)

    def same(self, found, wanted, rtol=None):
        """Whether two answers come out alike, in shape up to axes of one."""
        rtol = rtol or self.rtol or (5e-3 if self.trial.numeric else 1e-6)
        return all(_alike(found[case], wanted[case], rtol) for case in wanted)

    def made(self, found, slip):
        """Whether an answer comes out as a slip of a family does, and not by chance."""
        return self.same(found, slip, 1e-3 if self.trial.numeric else None)


def _alike(a, b, rtol):
    if a.size != b.size:
        return False
    rtol = max(rtol, 1e-4) if a.dtype == np.float32 else rtol
    a, b = a.ravel(), b.ravel()
    size = np.abs(b[np.isfinite(b)]).max(initial=0) or 1
    return np.allclose(a, b, rtol=rtol, atol=1e-9 * size, equal_nan=True)


@dataclass(frozen=True)
class Question:
    """A prediction: the options in order, each with what its choice is told."""

    text: str
    options: dict
    right: str


def check(exercise, answer):
    """Look at an answer and say what is right or what went wrong.

    exercise  its number, as "02.1": notebook, then exercise
    answer    the reader's object: a number, an array or a function
    Returns an Outcome. Raises ValueError for an exercise that does not exist.
    """
    outcome = _outcome(exercise, answer)
    SESSION.checked(exercise, outcome.state)
    return outcome


def _outcome(exercise, answer):
    known = _find("CHECKS", exercise)
    try:
        if answer is None:
            raise trials.Untouched
        found = running.within(lambda: known.trial(answer))
    except trials.Untouched:
        return Outcome(NOT_ATTEMPTED, "Replace every `...` and run the cell again.")
    except Exception as error:  # whatever a reader's code may raise
        if running.stub(answer):
            return Outcome(NOT_ATTEMPTED, "Replace every `...` and run the cell again.")
        told = isinstance(error, running.Refused)
        text = str(error) if told else running.explained(error, answer)
        return Outcome(NOT_YET, text)
    except (SystemExit, KeyboardInterrupt, GeneratorExit) as error:
        return Outcome(NOT_YET, f"Your code ends with {type(error).__name__}.")
    wanted = known.tried(known.right)
    if known.same(found, wanted):
        return Outcome(CORRECT, known.why)
    if known.broken and known.same(found, known.tried(known.broken)):
        return _still(running.unchanged(answer, known.broken))
    return Outcome(NOT_YET, _hint(exercise, found, wanted))


def _still(unchanged):
    """What a program that is to be mended is told while it does what it did."""
    if unchanged:
        return Outcome(NOT_ATTEMPTED, "The program still does what it did.")
    return Outcome(NOT_YET, "You changed it, and it still does what it did.")


def _hint(exercise, found, wanted):
    """What fits a wrong answer: a slip of its own, a family, where it goes wrong."""
    known = _find("CHECKS", exercise)
    for slip, hint in _own_slips(exercise):
        if known.same(found, slip):
            return hint
    for case, array in found.items():
        if array.size != wanted[case].size:
            return (
                f"Your result has the shape {array.shape}, and asked is one like "
                f"{wanted[case].shape}: {wanted[case].size} in all, not {array.size}."
            )
    several = sum(array.size for array in wanted.values()) > 2  # less meets by chance
    for known_slips in (_single_slips, _double_slips)[: 1 + several]:
        alike = [v for v, slip in known_slips(exercise) if known.made(found, slip)]
        if alike:
            return slips.hint(alike, on_paper=known.trial.numeric)
    told = hints.scaled(found, wanted)
    return told or f"{hints.where(known, found, wanted)}{known.hint}"


@cache
def _own_slips(exercise):
    known = _find("CHECKS", exercise)
    return [(known.tried(slip), hint) for slip, hint in known.slips]


@cache
def _single_slips(exercise):
    return _tried(exercise, slips.variants)


@cache
def _double_slips(exercise):
    return _tried(exercise, slips.pairs)


def _tried(exercise, family):
    """Pairs (variant, what it gives), but for those that give no numbers.

    One that overflows would match every answer that does.
    """
    known, found = _find("CHECKS", exercise), []

    def work():
        for variant in family(known.right):
            try:
                slip = known.tried(variant.function)
            except Exception:  # a variant that no longer runs is nobody's answer
                continue
            if all(np.isfinite(array).all() for array in slip.values()):
                found.append((variant, slip))

    with suppress(running.Refused):  # one without an end: those before it will do
        running.within(work)
    return found


def predict(question):
    """Ask for a prediction: the options to choose from, the answer after a choice.

    question  its name, as "01.a": notebook, then letter
    Returns a Prediction; without a front end it reads as the question and options.
    Raises ValueError for a question that does not exist.
    """
    from .predictions import Prediction  # here alone: gdlib itself needs no widgets

    known = _find("QUESTIONS", question)
    SESSION.asked(question)
    return Prediction(known, chosen=lambda right: SESSION.chose(question, right))


def outcomes(notebook=None, *, who=None):
    """Say in one line what this session's checks and predictions came to.

    notebook  its two digits, as "04"; None: that of the latest check or prediction
    who       a name, if there is to be one; without it the line names nobody
    Returns a line of JSON: for each exercise its latest state and the number of tries,
    for each question whether the first choice was right. Nothing is written or sent:
    print it and hand it on. Raises ValueError for a notebook that has neither.
    """
    notebook = SESSION.latest if notebook is None else str(notebook)
    exercises, questions = (catalogue(of, notebook) for of in ("CHECKS", "QUESTIONS"))
    if not (exercises or questions):
        raise ValueError(f"notebook is {notebook!r}; allowed: two digits, as in '04'.")
    return SESSION.line(notebook, exercises, questions, who)


@cache
def catalogue(table, notebook):
    """The CHECKS or QUESTIONS of one notebook, by its two digits."""
    try:
        return getattr(import_module(f"gdlib.checks.nb{notebook}"), table)
    except ModuleNotFoundError:
        return {}


def _find(table, name):
    known = catalogue(table, str(name)[:2])
    if name not in known:
        kind = "exercise" if table == "CHECKS" else "question"
        there = ", ".join(known) or "none in that notebook"
        raise ValueError(f"{kind} is {name!r}; allowed: {there}.")
    return known[name]
