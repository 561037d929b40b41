"""Answers of others, written from the exercises' text alone, and what each is told.

`nbNN.py` beside this file holds for a notebook WRONG and RIGHT: (exercise, what is
peculiar about it, the code of the cell). None of the wrong ones may be accepted, none
of the right ones refused, and most of the wrong ones meet a hint that fits: more than
the exercise's general one.
"""

import importlib
import linecache
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import gdlib
from gdlib.exercises import CORRECT, NOT_ATTEMPTED, catalogue, check
from tests.notebook.exercises import exercises
from tests.notebook.reading import notebooks

NUMBERS = sorted(path.stem[2:] for path in Path(__file__).parent.glob("nb*.py"))
NAMES = dict(e.asked for notebook in notebooks() for e in exercises(notebook))
every_notebook = pytest.mark.parametrize("number", NUMBERS)


@cache
def outcomes(number, kind):
    """Triples (exercise, label, outcome) of a notebook's answers.

    An answer whose cell raises before it comes to its check is left out: Python has
    told its writer.
    """
    answers = getattr(importlib.import_module(f"tests.answers.nb{number}"), kind)
    found = []
    for place, (exercise, label, code) in enumerate(answers):
        scope = {"np": np} | {name: getattr(gdlib, name) for name in gdlib.__all__}
        file = f"<{kind} answer {place} of {number}>"
        linecache.cache[file] = len(code), None, code.splitlines(keepends=True), file
        try:
            exec(compile(code, file, "exec"), scope)
        except Exception:
            continue
        found.append((exercise, label, check(exercise, scope.get(NAMES[exercise]))))
    return found


def test_there_are_answers_to_every_exercise():
    answered = {
        (exercise, kind)
        for number in NUMBERS
        for kind in ("WRONG", "RIGHT")
        for exercise, _, _ in outcomes(number, kind)
    }
    assert answered == {(e, kind) for e in NAMES for kind in ("WRONG", "RIGHT")}


@every_notebook
def test_no_wrong_answer_is_accepted(number):
    told = outcomes(number, "WRONG")
    assert [(e, label) for e, label, o in told if o.state == CORRECT] == []
    assert [(e, label) for e, label, o in told if o.state == NOT_ATTEMPTED] == []


@every_notebook
def test_no_right_answer_is_refused(number):
    told = outcomes(number, "RIGHT")
    assert [(e, label, o) for e, label, o in told if o.state != CORRECT] == []


@every_notebook
def test_most_wrong_answers_meet_a_hint_of_their_own(number):
    hints = {e: known.hint for e, known in catalogue("CHECKS", number).items()}
    told = outcomes(number, "WRONG")
    own = [o.message != hints[e] for e, _, o in told]
    assert np.mean(own) >= 0.6


@every_notebook
def test_no_message_is_python_talking_to_itself(number):
    for _, label, outcome in outcomes(number, "WRONG"):
        for words in ("Traceback", "object at 0x", "<lambda>", "inhomogeneous"):
            assert words not in outcome.message, label
