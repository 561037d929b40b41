"""Questions and checks: predict() before a slider, check() after an exercise.

What is asked and what each slip is told stands in `gdlib.checks`, one module a
notebook. A check has three outcomes: not attempted, not yet (with a hint that fits
the mistake made) and correct (with the reason). It looks only at the object it is
given, and it never raises on a reader's mistake.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

import numpy as np

from .descent import descend

NOT_ATTEMPTED, NOT_YET, CORRECT = "not attempted", "not yet", "correct"


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
    """One exercise: how to try an answer, the right one, the slips that are known.

    trial  turns an answer into numbers: `number`, `values_at(…)`, `path_on(…)`
    right  an answer that is correct
    why    what to take away, shown with a correct answer
    slips  pairs (wrong answer, the hint for it), recognised by trying them
    hint   for a wrong answer that no slip explains
    rtol   relative tolerance: loose for numbers typed from paper
    """

    trial: Callable
    right: object
    why: str
    slips: tuple = ()
    hint: str = "Compare each line with the formula, one term at a time."
    rtol: float = 1e-9


@dataclass(frozen=True)
class Question:
    """A prediction: the options in order, each with what its choice is told."""

    text: str
    options: dict
    right: str


class Untouched(Exception):
    """The answer is still the stub that the notebook gives."""


def number(answer):
    """Trial of an answer that is a number or an array of numbers."""
    return np.asarray(answer, float)


def values_at(*arguments):
    """Trial of a function: its values at these tuples of arguments."""

    def trial(function):
        values = [function(*given) for given in arguments]
        if any(value is None or value is ... for value in values):
            raise Untouched
        return np.array(values, float)

    return trial


def path_on(objective, steps=5, start=None, **hyper):
    """Trial of a method: the path it walks on an objective."""

    def trial(method):
        theta = np.array(objective.start if start is None else start, float)
        if method(theta, objective.grad, 1, **hyper) is None:
            raise Untouched
        return descend(method, objective, start, steps, **hyper).theta

    return trial


def check(exercise, answer):
    """Look at an answer and say what is right or what went wrong.

    exercise  its number, as "02.1": notebook, then exercise
    answer    the reader's object: a number, an array or a function
    Returns an Outcome. Raises ValueError for an exercise that does not exist.
    """
    known = _find("CHECKS", exercise)
    if answer is None or answer is ...:
        return Outcome(NOT_ATTEMPTED, "Replace the `...` by your answer and run again.")
    try:
        found = known.trial(answer)
    except Untouched:
        return Outcome(NOT_ATTEMPTED, "Fill in the function and run the cell again.")
    except Exception as error:  # whatever a reader's code may raise
        if ... in getattr(getattr(answer, "__code__", None), "co_consts", ()):
            return Outcome(NOT_ATTEMPTED, "Replace every `...` and run the cell again.")
        return Outcome(NOT_YET, f"Your code stops with {type(error).__name__}: {error}")
    return _judge(known, found)


def _judge(known, found):
    if _same(found, known.trial(known.right), known.rtol):
        return Outcome(CORRECT, known.why)
    for slip, hint in known.slips:
        if _same(found, known.trial(slip), known.rtol):
            return Outcome(NOT_YET, hint)
    return Outcome(NOT_YET, known.hint)


def _same(a, b, rtol):
    return a.shape == b.shape and np.allclose(a, b, rtol=rtol, atol=1e-12)


def predict(question):
    """Ask for a prediction: the options to choose from, the answer after a choice.

    question  its name, as "01.a": notebook, then letter
    Returns a Prediction; without a front end it reads as the question and options.
    Raises ValueError for a question that does not exist.
    """
    return Prediction(_find("QUESTIONS", question))


class Prediction:
    """A question as JupyterLab shows it: a choice that answers when it is made."""

    def __init__(self, question):
        self.question = question

    def answer(self, option):
        """What choosing an option is told."""
        verdict = "Yes." if option == self.question.right else "Not quite."
        return f"{verdict} {self.question.options[option]}"

    def __repr__(self):
        return "\n  ○ ".join([f"Predict: {self.question.text}", *self.question.options])

    def _repr_mimebundle_(self, **kwargs):
        options = "\n".join(f"- {option}" for option in self.question.options)
        text = f"**Predict.** {self.question.text}\n\n{options}"
        bundle = {"text/plain": repr(self), "text/markdown": text}
        widget = self._widget()._repr_mimebundle_() or {}
        view = "application/vnd.jupyter.widget-view+json"
        return bundle | {view: widget[view]} if view in widget else bundle

    def _widget(self):
        import ipywidgets as widgets  # here alone: gdlib itself does without

        text = widgets.HTMLMath(f"<b>Predict.</b> {self.question.text}")
        choice = widgets.RadioButtons(
            options=list(self.question.options), value=None, layout={"width": "auto"}
        )
        reply = widgets.HTMLMath()
        reply.add_class("gdlib-reply")

        def on_choice(change):
            if change["new"] is not None:
                reply.value = self.answer(change["new"])

        choice.observe(on_choice, names="value")
        return widgets.VBox([text, choice, reply])


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
