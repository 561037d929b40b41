"""Questions and checks: three outcomes, kind words, and every catalogue tried out."""

from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

import gdlib
from gdlib import BOWL, METHODS, adam, check, gradient_descent, predict
from gdlib.exercises import (
    CORRECT,
    NOT_ATTEMPTED,
    NOT_YET,
    Check,
    Outcome,
    Question,
    number,
    path_on,
    values_at,
)

# A catalogue for the tests of the machinery itself.


def halve(x, y):
    return (x + y) / 2


SAMPLE = {
    "CHECKS": {
        "77.1": Check(
            trial=number,
            right=0.25,
            why="Half of a half.",
            slips=((0.5, "Once more."), (-0.25, "Mind the sign.")),
            hint="Think of a cake.",
            rtol=1e-3,
        ),
        "77.2": Check(
            trial=values_at((1.0, 3.0), (0.0, 5.0)),
            right=halve,
            why="The middle.",
            slips=((lambda x, y: x + y, "Divide by two."),),
        ),
        "77.3": Check(
            trial=path_on(BOWL, lr=0.1),
            right=gradient_descent,
            why="Downhill.",
            slips=(
                (lambda theta, grad, t, *, lr: (theta + lr * grad(theta), {}), "Up!"),
            ),
        ),
        "77.4": Check(trial=number, right=(1.0, 2.0), why="In that order."),
    },
    "QUESTIONS": {
        "77.a": Question(
            text="Which is longer?",
            options={"A mile": "By 609 m.", "A kilometre": "A mile has 1609 m."},
            right="A mile",
        )
    },
}


@pytest.fixture
def sample(monkeypatch):
    def catalogue(table, notebook):
        return SAMPLE[table] if notebook == "77" else {}

    monkeypatch.setattr("gdlib.exercises.catalogue", catalogue)


@pytest.mark.usefixtures("sample")
class TestCheck:
    @pytest.mark.parametrize(
        ("answer", "state", "message"),
        [
            (0.25, CORRECT, "Half of a half."),
            (0.2501, CORRECT, "Half of a half."),  # as exact as rtol asks
            (0.2506, NOT_YET, "Think of a cake."),
            (np.float32(0.25), CORRECT, "Half of a half."),
            (0.5, NOT_YET, "Once more."),
            (-0.25, NOT_YET, "Mind the sign."),
            (np.nan, NOT_YET, "Think of a cake."),
            (np.inf, NOT_YET, "Think of a cake."),
            ([0.25, 0.25], NOT_YET, "Think of a cake."),
        ],
    )
    def test_number(self, answer, state, message):
        assert check("77.1", answer) == Outcome(state, message)

    @pytest.mark.parametrize("exercise", ["77.1", "77.2", "77.3"])
    @pytest.mark.parametrize("answer", [None, ...], ids=repr)
    def test_stub_is_not_attempted(self, exercise, answer):
        assert check(exercise, answer).state == NOT_ATTEMPTED

    @pytest.mark.parametrize("answer", ["a quarter", {}, object(), halve, [1, [2]]])
    def test_wrong_type_is_no_traceback(self, answer):
        for exercise in ("77.1", "77.2", "77.3", "77.4"):
            if (exercise, answer) != ("77.2", halve):
                outcome = check(exercise, answer)
                assert outcome.state == NOT_YET
                assert outcome.message

    def test_array(self):
        assert check("77.4", np.array([1, 2])).state == CORRECT
        assert check("77.4", (2.0, 1.0)).state == NOT_YET
        assert check("77.4", [[1.0, 2.0]]).state == NOT_YET

    def test_function(self):
        assert check("77.2", halve) == Outcome(CORRECT, "The middle.")
        assert check("77.2", lambda x, y: y + x).message == "Divide by two."
        outcome = check("77.2", lambda x, y: x)
        assert outcome == Outcome(NOT_YET, Check.hint)

    def test_function_that_is_a_stub(self):
        def empty(x, y):
            pass

        def dots(x, y): ...

        def returns_dots(x, y):
            return ...

        def uses_dots(x, y):
            return x + ...

        def half_done(theta, grad, t, *, lr):
            step = ...
            return theta - step, {}

        for stub in (empty, dots, returns_dots, uses_dots):
            assert check("77.2", stub).state == NOT_ATTEMPTED
            assert check("77.3", stub).state in (NOT_ATTEMPTED, NOT_YET)
        assert check("77.3", half_done).state == NOT_ATTEMPTED

    def test_function_that_raises_is_quoted(self):
        def breaks(x, y):
            raise KeyError("where is it?")

        outcome = check("77.2", breaks)
        assert outcome.state == NOT_YET
        assert "KeyError" in outcome.message
        assert "where is it?" in outcome.message

    def test_function_with_other_arguments_is_told_so(self):
        outcome = check("77.2", lambda x: x)
        assert outcome.state == NOT_YET
        assert "TypeError" in outcome.message

    def test_method(self):
        assert check("77.3", gradient_descent) == Outcome(CORRECT, "Downhill.")
        uphill = lambda theta, grad, t, *, lr: (theta + grad(theta) * lr, {})  # noqa: E731
        assert check("77.3", uphill).message == "Up!"
        assert check("77.3", adam).state == NOT_YET

    def test_method_that_works_in_place_is_told_so(self):
        def in_place(theta, grad, t, *, lr):
            theta -= lr * grad(theta)
            return theta, {}

        outcome = check("77.3", in_place)
        assert outcome.state == NOT_YET
        assert "in place" in outcome.message

    def test_method_that_overflows_is_no_warning(self):
        def away(theta, grad, t, *, lr):
            return theta * 1e200, {}

        assert check("77.3", away).state == NOT_YET

    def test_exercise_that_does_not_exist(self):
        with pytest.raises(
            ValueError, match=r"^exercise is '77.9'; allowed: 77.1, 77.2"
        ):
            check("77.9", 1)
        with pytest.raises(ValueError, match="allowed: none in that notebook"):
            check("55.1", 1)

    def test_answer_is_left_as_it_is(self):
        answer = np.array([1.0, 2.0])
        check("77.4", answer)
        assert answer.tolist() == [1, 2]


def test_outcome_reads_in_text_and_markdown():
    outcome = Outcome(NOT_YET, "Mind the sign.")
    assert repr(outcome) == "Not yet. Mind the sign."
    assert outcome._repr_markdown_() == "✗ **Not yet.** Mind the sign."
    marks = {
        Outcome(state, "")._repr_markdown_()[0]
        for state in (NOT_ATTEMPTED, NOT_YET, CORRECT)
    }
    assert len(marks) == 3


@pytest.mark.usefixtures("sample")
class TestPredict:
    def test_plain_text_shows_the_question_and_its_options(self):
        assert repr(predict("77.a")).splitlines() == [
            "Predict: Which is longer?",
            "  ○ A mile",
            "  ○ A kilometre",
        ]

    def test_markdown_shows_the_same(self):
        bundle = predict("77.a")._repr_mimebundle_()
        assert bundle["text/plain"] == repr(predict("77.a"))
        assert bundle["text/markdown"] == (
            "**Predict.** Which is longer?\n\n- A mile\n- A kilometre"
        )

    def test_options_are_answered(self):
        question = predict("77.a")
        assert question.answer("A mile") == "Yes. By 609 m."
        assert question.answer("A kilometre") == "Not quite. A mile has 1609 m."

    def test_choosing_answers_on_the_page(self):
        _, choice, reply = predict("77.a")._widget().children
        assert (choice.value, reply.value) == (None, "")
        assert choice.options == ("A mile", "A kilometre")
        choice.value = "A kilometre"
        assert reply.value == "Not quite. A mile has 1609 m."
        choice.value = "A mile"
        assert reply.value == "Yes. By 609 m."

    def test_question_that_does_not_exist(self):
        with pytest.raises(ValueError, match=r"^question is '77.b'; allowed: 77.a\.$"):
            predict("77.b")


# Every catalogue there is.

NOTEBOOKS = sorted(
    path.stem for path in (Path(gdlib.__file__).parent / "checks").glob("nb*.py")
)
MODULES = {name: import_module(f"gdlib.checks.{name}") for name in NOTEBOOKS}
CHECKS = {k: found for module in MODULES.values() for k, found in module.CHECKS.items()}
QUESTIONS = {
    k: found for module in MODULES.values() for k, found in module.QUESTIONS.items()
}


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_catalogue_numbers_its_entries_by_its_notebook(name):
    entries = [*MODULES[name].CHECKS, *MODULES[name].QUESTIONS]
    assert all(entry.startswith(f"{name[2:]}.") for entry in entries)
    assert len(set(entries)) == len(entries)


@pytest.mark.parametrize("exercise", CHECKS)
def test_right_answer_is_correct(exercise):
    known = CHECKS[exercise]
    assert check(exercise, known.right) == Outcome(CORRECT, known.why)


@pytest.mark.parametrize("exercise", CHECKS)
def test_untouched_answer_is_not_attempted(exercise):
    for untouched in (None, ...):
        assert check(exercise, untouched).state == NOT_ATTEMPTED


@pytest.mark.parametrize("exercise", CHECKS)
def test_every_slip_is_recognised_and_gets_its_own_hint(exercise):
    known = CHECKS[exercise]
    hints = [hint for _, hint in known.slips]
    assert known.slips
    assert len({*hints, known.hint, known.why}) == len(hints) + 2
    for slip, hint in known.slips:
        assert check(exercise, slip) == Outcome(NOT_YET, hint)


@pytest.mark.parametrize("exercise", CHECKS)
def test_wrong_answer_of_any_type_is_no_traceback(exercise):
    for answer in ("?", object(), lambda *given, **named: 1j, 1e308, METHODS):
        assert check(exercise, answer).state == NOT_YET


@pytest.mark.parametrize("name", QUESTIONS)
def test_question_has_its_right_option_among_those_it_offers(name):
    question = QUESTIONS[name]
    assert question.right in question.options
    assert len(question.options) >= 2
    told = [predict(name).answer(option) for option in question.options]
    assert [answer.startswith("Yes.") for answer in told].count(True) == 1
    assert question.text in repr(predict(name))
