"""Questions and checks: three outcomes, kind words, and every catalogue tried out."""

import time
from contextlib import suppress
from fractions import Fraction
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

import gdlib
from gdlib import BOWL, METHODS, adam, check, gradient_descent, predict, ravine
from gdlib.checks import hints
from gdlib.checks.trials import Trial, called, numbers, paths, values
from gdlib.exercises import (
    CORRECT,
    NOT_ATTEMPTED,
    NOT_YET,
    Check,
    Outcome,
    Question,
)

# A catalogue for the tests of the machinery itself.


def quarter():
    part, N = 1, 4
    return part / N  # (1)


def pair():
    return 1.0, 2.0


def weighted(x, w):
    total = (w * x).sum()  # (2)
    return total / w.sum()  # (3)


def rooted(x):
    return np.sqrt(5 - x)  # (1); with a 4 for the 5 there is no root of 4.5


def velocity(theta, grad, t, v=0.0, *, lr=0.1, gamma=0.9):
    v = gamma * v + lr * grad(theta)  # (1)
    return theta - v, dict(v=v)  # (2)


X, W = np.array([1.0, 4, 2]), np.array([2.0, 1, 0.5])
SAMPLE = {
    "CHECKS": {
        "77.1": Check(
            numbers(),
            quarter,
            why="Half of a half.",
            slips=((0.5, "Once more."),),
            hint="Think of a cake.",
            rtol=1e-3,
        ),
        "77.2": Check(
            values({"three numbers": (X, W), "one alone": (X[:1], W[:1])}),
            weighted,
            why="The middle.",
            slips=((lambda x, w: x.mean(), "The weights are missing."),),
            hint="Weigh first.",
        ),
        "77.3": Check(
            paths(
                {
                    "a bowl": dict(objective=BOWL, lr=0.2, gamma=0.5),
                    "a ravine": dict(objective=ravine(7, 20), lr=0.03, gamma=0.7),
                }
            ),
            velocity,
            why="Downhill.",
            hint="Two lines.",
        ),
        "77.4": Check(numbers("length", "width"), pair, why="In that order."),
        "77.5": Check(numbers(whole=True), lambda: 3, why="Three.", rtol=0.2),
        "77.6": Check(
            Trial({"in all": lambda f: called(f, 2), "in part": lambda f: f(1)}),
            lambda n: n + 1,
            why="One more.",
        ),
        "77.7": Check(numbers(), quarter, why="As 77.1, with the usual tolerance."),
        "77.8": Check(values({"": (4.5,)}), rooted, why="A root.", hint="Look again."),
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


def told(exercise, answer):
    """What a wrong answer is told."""
    outcome = check(exercise, answer)
    assert outcome.state == NOT_YET
    return outcome.message


@pytest.mark.usefixtures("sample")
class TestNumbers:
    @pytest.mark.parametrize(
        "answer",
        [
            0.25,
            0.2501,  # as exact as rtol asks
            np.float32(0.25),
            np.array(0.25),
            [0.25],
            (0.25,),
            np.array([[0.25]]),
            Fraction(1, 4),
        ],
        ids=repr,
    )
    def test_right_in_any_clothes(self, answer):
        assert check("77.1", answer) == Outcome(CORRECT, "Half of a half.")

    @pytest.mark.parametrize("answer", [(1, 2), [1.0, 2.0], [[1], [2]], [[1, 2]]])
    def test_several_stand_in_any_shape(self, answer):
        assert check("77.4", np.array(answer)).state == CORRECT
        assert check("77.4", answer).state == CORRECT

    @pytest.mark.parametrize(
        ("answer", "says"),
        [
            (0.5, "Once more."),
            (
                4,
                "multiplied where it is divided, or the other way round: look again at",
            ),
            (1, "A factor is missing: look again at equation (1)"),
            (1 / 3, "A count is wrong: look again"),
            (1 / 5, "A count is wrong: look again"),
            (-0.25, "All is right but the sign."),
            (25, "A hundred times what is asked"),
            (0.0625, "A quarter of what is asked"),
            (0.75, "One minus what is asked"),
            (0.2506, "Think of a cake."),
            (1.25, "Think of a cake."),  # not "one more": a quarter is no count
            (3, "Think of a cake."),  # two slips make it, and so may chance
            (np.nan, "Think of a cake."),
            (np.inf, "Think of a cake."),
            ([0.25, 0.25], "Asked is one number, and yours holds 2."),
            ("0.25", "Your answer is text: write numbers without quotes."),
            (0.25j, "complex"),
            ({"a": 0.25}, "a dict; asked are numbers alone"),
            (quarter, "Asked is a number, and this is a function: call it."),
            ([1, [2]], "no array of numbers"),
        ],
    )
    def test_wrong_is_told_what_fits(self, answer, says):
        assert says in told("77.1", answer)

    def test_a_slip_is_recognised_by_three_digits(self):
        assert "A count is wrong" in told("77.7", 0.3333)
        assert told("77.7", 0.3343) == Check.hint

    @pytest.mark.parametrize(
        ("answer", "says"),
        [
            ((1, 5), "Look again at width; the rest is right."),
            ((2, 1), "another order"),
            ((10, 20), "Ten times"),
            (1, "Asked are 2 numbers (length, width), and yours holds one."),
        ],
    )
    def test_several_are_told_which(self, answer, says):
        assert says in told("77.4", answer)

    def test_a_whole_number_is_whole(self):
        assert check("77.5", 3.0).state == CORRECT
        assert told("77.5", 3.2).startswith("Asked is a whole number")

    @pytest.mark.parametrize("answer", [None, ..., (..., 2), [1.0, ...]], ids=repr)
    def test_stub_is_not_attempted(self, answer):
        for exercise in ("77.1", "77.4"):
            assert check(exercise, answer).state == NOT_ATTEMPTED

    def test_answer_is_left_as_it_is(self):
        answer = np.array([1.0, 2.0])
        check("77.4", answer)
        assert answer.tolist() == [1, 2]


def where(found, right):
    """What is said of a function's result in an only, nameless case."""
    known = Check(values({"": ()}), lambda: right, why="")
    return hints.where(known, {"": np.array(found)}, {"": np.array(right)})


@pytest.mark.parametrize(
    ("found", "right", "says"),
    [
        ([2.0, 1.0], [1.0, 2.0], "another order"),
        ([1.001, 2.0], [1.0, 2.0], "Look again at entry 1; the rest is right. "),
        ([1.001, 2.001], [1.0, 2.0], ""),  # near, and in the right order
        ([[1.0], [3.0]], [[1.0], [-1.0]], "the opposite way, as far as asked. "),
        ([[0.0], [2.0]], [[0.0], [-1.0]], "opposite way, 2 times as far as asked. "),
    ],
)
def test_where_an_answer_goes_wrong(found, right, says):
    told = where(found, right)
    assert says in told
    assert says or not told


@pytest.mark.usefixtures("sample")
class TestFunctions:
    @pytest.mark.parametrize(
        "answer",
        [
            weighted,
            lambda x, w: np.average(x, weights=w),
            lambda x, w: w @ x / np.sum(w) + 1e-12,
            lambda x, w: [float(w @ x / w.sum())],
            lambda x, w: np.array([[(w * x).sum() / w.sum()]]),
            lambda x, w: np.float32((w * x).sum() / w.sum()),
        ],
        ids=["itself", "average", "guard", "list", "column", "float32"],
    )
    def test_right_in_any_clothes(self, answer):
        assert check("77.2", answer) == Outcome(CORRECT, "The middle.")

    def test_single_precision_is_judged_by_its_own_digits(self):
        def near(kind):
            return lambda x, w: kind(weighted(x, w) * (1 + 2e-5))

        assert check("77.2", near(np.float32)).state == CORRECT
        assert check("77.2", near(np.float64)).state == NOT_YET

    def test_no_number_is_not_told_of_a_slip_that_gives_none_either(self):
        assert told("77.8", lambda x: np.nan) == "Look again."
        assert "A count is wrong" in told("77.8", lambda x: np.sqrt(6 - x))

    def test_it_may_change_what_it_is_given(self):
        def greedy(x, w):
            x *= w
            total = x.sum()
            w *= 1 / total
            return 1 / w.sum()

        assert check("77.2", greedy).state == CORRECT
        assert X.tolist() == [1, 4, 2]
        assert check("77.2", weighted).state == CORRECT

    @pytest.mark.parametrize(
        ("answer", "says"),
        [
            (lambda x, w: x.mean(), "The weights are missing."),
            (
                lambda x, w: (w * x).sum(),
                "A factor is missing: look again at equation (3)",
            ),
            (lambda x, w: (w * x).mean() / w.sum(), "a sum stands where a mean"),
            (lambda x, w: (x / w).sum() / w.sum(), "equation (2)"),
            (lambda x, w: 2 * (w * x).sum() / w.sum(), "Twice what is asked"),
            (
                lambda x, w: w @ x / 3.5,
                "Right for three numbers, and not for one alone.",
            ),
            (lambda x, w: x, "has the shape (3,), and asked is one like ()"),
            (lambda x, w: None, "returns nothing"),
            (lambda x, w: "2", "text"),
            (lambda x: x, "cannot be called with the 2 arguments of the exercise"),
            (5.0, "Asked is a function, and this is a number."),
            ("f", "Asked is a function, and this is a text."),
        ],
    )
    def test_wrong_is_told_what_fits(self, answer, says):
        found = told("77.2", answer)
        assert says.lower() in found.lower()

    def test_what_a_readers_code_raises_is_told_with_its_line(self):
        def undefined(x, w):
            return wieghts * x  # noqa: F821

        def no_star(x, w):
            return w.sum()(x)

        def misfit(x, w):
            return np.ones(7) * x

        def condition(x, w):
            return 1 if x > 2 else 3

        def endless(x, w):
            return endless(x, w)

        def zero(x, w):
            return 1 / 0

        def power(x, w):
            return x ^ 2

        def ragged(x, w):
            return np.array([w, w[:1]])

        says = {
            power: "a power is written `**`",
            ragged: "two arrays do not fit together",
            undefined: "`wieghts` is not known there",
            no_star: "Is a `*` missing before a bracket?",
            misfit: "two arrays do not fit together",
            condition: "one truth value",
            endless: "without an end",
            zero: "divides by zero",
        }
        for answer, words in says.items():
            found = told("77.2", answer)
            assert words in found
            assert found.startswith("Your code stops in the line `return ")

    def test_an_unheard_of_error_keeps_its_own_words(self):
        def breaks(x, w):
            raise RuntimeError("where is it?")

        assert "RuntimeError: where is it?" in told("77.2", breaks)

    def test_leaving_python_is_an_answer_too(self):
        def leaves(x, w):
            raise SystemExit

        assert told("77.2", leaves) == "Your code ends with SystemExit."

    def test_an_endless_answer_is_stopped(self, monkeypatch):
        monkeypatch.setattr("gdlib.patience.PATIENCE", 0.2)
        turns = []

        def endless(x, w):
            while True:
                with suppress(Exception):  # does not catch what stops it
                    turns.append(1)

        assert "was stopped: does its loop come to an end?" in told("77.2", endless)
        count = len(turns)
        time.sleep(0.05)
        assert len(turns) == count  # it is over, not only left alone

    def test_stub_is_not_attempted(self):
        def dots(x, w): ...

        def returns_dots(x, w):
            return ...

        def uses_dots(x, w):
            return x + ...

        def half_done(theta, grad, t, v=0.0, *, lr=0.1, gamma=0.9):
            step = ...
            return theta - step, {}

        for stub in (dots, returns_dots, uses_dots, None, ...):
            assert check("77.2", stub).state == NOT_ATTEMPTED
        assert check("77.3", half_done).state == NOT_ATTEMPTED

    def test_dots_as_an_index_are_no_stub(self):
        def right(x, w):
            return (w[..., None].T @ x)[0] / w.sum()

        def wrong(x, w):
            return x[..., 7]

        assert check("77.2", right).state == CORRECT
        assert check("77.2", wrong).state == NOT_YET

    def test_no_return_is_an_attempt(self):
        def empty(x, w):
            x + w

        assert (
            told("77.2", empty)
            == "Your function returns nothing: end it with `return`."
        )

    def test_named_cases_of_a_trial_of_its_own(self):
        assert check("77.6", lambda n: 1 + n).state == CORRECT
        found = told("77.6", lambda n: 3 * (n == 2) + 7 * (n == 1))
        assert found.startswith("Right for in all, and not for in part.")


@pytest.mark.usefixtures("sample")
class TestMethods:
    def test_right_in_any_clothes(self):
        def spread_out(theta, grad, t, v=0.0, *, lr=0.1, gamma=0.9):
            slope = np.array(list(grad(theta)))
            assert np.dot(slope, v) == slope @ v  # v has θ's shape from step 1 on
            kept = gamma * np.array(v)
            kept += lr * slope
            return theta - kept, {"v": kept, "slope": slope, "t": t}

        assert check("77.3", velocity) == Outcome(CORRECT, "Downhill.")
        assert check("77.3", spread_out).state == CORRECT

    @pytest.mark.parametrize(
        ("line", "says"),
        [
            (
                "v = gamma * v - lr * g",
                "A sign is the other way round: look again at equ",
            ),
            ("v = (1 - gamma) * v + lr * g", "share and one minus that share"),
            ("v = gamma * v + g", "A factor is missing: look again at equation (1)"),
            ("v = 0.9 * v + lr * g", "a number stands where the argument is meant"),
            ("v = lr * g", "what is carried on"),
            (
                "v = gamma * v + lr * g * [1, 0.9]",
                "Your first step is right in x only.",
            ),
            ("v = gamma * v + lr * g * 1.002", "off by less than a hundredth"),
            ("v = gamma * v + 0 * g", "A line has no effect: look again at equation"),
            ("v = gamma * v + lr * g / 0 / 0", "no number: a division by zero"),
            ("v = gamma * v - 1.3 * lr * g", "goes the opposite way, 1.3 times as far"),
            (
                "v = gamma * v * 0.9 + lr * g",
                "Right up to step 1, and then goes the right way",
            ),
            (
                "v = gamma * v + lr * g * 0.99",
                "first step goes the right way, 0.99 times as far",
            ),
        ],
    )
    def test_wrong_is_told_what_fits(self, line, says):
        code = (
            "def mine(theta, grad, t, v=0.0, *, lr=0.1, gamma=0.9):\n"
            f"    g = grad(theta)\n    {line}\n    return theta - v, dict(v=v)"
        )
        scope = {}
        exec(code, scope)
        found = told("77.3", scope["mine"])
        assert any(words.lower() in found.lower() for words in says.split("|"))

    def test_two_slips_at_once_are_both_told(self):
        def two(theta, grad, t, v=0.0, *, lr=0.1, gamma=0.9):
            v = gamma * v + grad(theta)
            return theta + v, dict(v=v)

        found = told("77.3", two)
        assert "a sign" in found.lower()
        assert "a factor is missing" in found.lower()
        assert "equation (1)" in found
        assert "equation (2)" in found

    @pytest.mark.parametrize(
        ("returned", "says"),
        [
            (lambda theta, g: theta - g, "Return two things"),
            (lambda theta, g: (theta - g, g), "asked is a dict of terms"),
            (lambda theta, g: (theta - g, {}), "`v` is carried from step to step"),
            (lambda theta, g: (theta[:1], {"v": g}), "shape (1,)"),
            (lambda theta, g: (0.2 * g, {"v": 0.2 * g}), "asked is where it leads"),
            (lambda theta, g: None, "returns nothing"),
        ],
    )
    def test_what_is_no_method_is_told_so(self, returned, says):
        def mine(theta, grad, t, v=0.0, *, lr=0.1, gamma=0.9):
            return returned(theta, grad(theta))

        assert says in told("77.3", mine)

    def test_method_that_works_in_place_is_told_so(self):
        def in_place(theta, grad, t, v=0.0, *, lr=0.1, gamma=0.9):
            v = gamma * v + lr * grad(theta)
            theta -= v
            return theta, dict(v=v)

        assert "in place" in told("77.3", in_place)

    def test_method_that_overflows_is_no_warning(self):
        def away(theta, grad, t, v=0.0, *, lr=0.1, gamma=0.9):
            return theta * 1e200, dict(v=v)

        assert told("77.3", away)

    def test_another_method_is_wrong(self):
        assert told("77.3", adam)
        assert told("77.3", gradient_descent)


@pytest.mark.usefixtures("sample")
def test_exercise_that_does_not_exist():
    with pytest.raises(ValueError, match=r"^exercise is '77.9'; allowed: 77.1, 77.2"):
        check("77.9", 1)
    with pytest.raises(ValueError, match="allowed: none in that notebook"):
        check("55.1", 1)


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
def test_question_that_does_not_exist():
    assert predict("77.a").question is SAMPLE["QUESTIONS"]["77.a"]
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
    answer = known.right() if known.trial.numeric else known.right
    assert check(exercise, answer) == Outcome(CORRECT, known.why)


@pytest.mark.parametrize("exercise", CHECKS)
def test_untouched_answer_is_not_attempted(exercise):
    for untouched in (None, ...):
        assert check(exercise, untouched).state == NOT_ATTEMPTED


@pytest.mark.parametrize("exercise", CHECKS)
def test_every_slip_is_recognised_and_gets_its_own_hint(exercise):
    known = CHECKS[exercise]
    hints = [hint for _, hint in known.slips]
    assert not {known.hint, known.why} & set(hints)
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
