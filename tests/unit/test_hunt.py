"""The bug hunt: one text for each program, untouched ones, the curves."""

import ast

import numpy as np
import pytest

from gdlib import adam, amsgrad, check, momentum, nadam
from gdlib.checks import mended, nb16
from gdlib.checks.broken import PROGRAMS
from gdlib.checks.hunt import CASES, momentum_law, nadam_law, plain_law, sign_law
from gdlib.exercises import CORRECT, NOT_ATTEMPTED, NOT_YET, Outcome
from gdlib.predictions import Prediction
from tests.notebook.exercises import exercises
from tests.notebook.reading import FOLDER, read

BROKEN = FOLDER.parent / "gdlib" / "checks" / "broken.py"
TREE = {
    node.name[1:]: node
    for node in ast.parse(BROKEN.read_text(encoding="utf-8")).body
    if isinstance(node, ast.FunctionDef)
}
NOTEBOOK = read(FOLDER / "16_bug_hunt.ipynb")
EXERCISES = {e.asked[0]: e for e in exercises(NOTEBOOK)}
every_case = pytest.mark.parametrize("n", CASES)
STILL = Outcome(NOT_ATTEMPTED, "The program still does what it did.")


def text(function):
    """A function as text, its name left out."""
    return ast.unparse(function).split("(", 1)[1]


@every_case
def test_notebook_prints_the_program_that_is_kept(n):
    exercise = EXERCISES[f"16.{n}"]
    program = ast.parse(exercise.stub).body[0]
    assert program.name == exercise.asked[1]
    assert text(program) == text(TREE[program.name])
    assert PROGRAMS[n].__name__ == f"_{program.name}"


@every_case
def test_program_is_short_and_has_no_name_of_gdlib(n):
    program = ast.parse(EXERCISES[f"16.{n}"].stub).body[0]
    assert len(program.body) <= 8
    import gdlib

    assert program.name not in gdlib.__all__


def defined(code):
    """The function that a cell defines, as a reader's: no file, no source."""
    scope = {"np": np}
    exec(compile(code, "<a cell>", "exec"), scope)
    return next(v for k, v in scope.items() if k not in ("np", "__builtins__"))


def program_of(n):
    stub = EXERCISES[f"16.{n}"].stub
    return stub[: stub.rindex("check(")]


@every_case
def test_untouched_program_is_not_attempted(n):
    assert check(f"16.{n}", defined(program_of(n))) == STILL


def test_untouched_program_is_not_attempted_where_the_cell_imports():
    # a compiler writes np.sqrt(x) otherwise where np is imported in the same text
    code = "import numpy as np\n" + program_of(6)
    assert check("16.6", defined(code)) == STILL


@every_case
def test_changed_without_effect_is_an_attempt(n):
    body = program_of(n).replace("    return ", "    unused = 0\n    return ")
    found = check(f"16.{n}", defined(body))
    assert found == Outcome(NOT_YET, "You changed it, and it still does what it did.")


@pytest.mark.parametrize(
    ("n", "before", "after"),
    [
        (
            1,
            "    g = 2 / N * X.T @ error\n    return g / N",
            "    g = X.T @ error / N\n    return 2 * g / N",
        ),
        (
            2,
            "v = gamma * v + (1 - gamma) * g\n    return theta - lr * v",
            "v = gamma * v + lr * (1 - gamma) * g\n    return theta - v",
        ),
        (5, "theta -= lr * grad(theta)", "theta[:] -= lr * grad(theta)"),
    ],
)
def test_the_same_names_and_numbers_in_another_order_are_an_attempt(n, before, after):
    assert before in program_of(n)
    found = check(f"16.{n}", defined(program_of(n).replace(before, after)))
    assert found == Outcome(NOT_YET, "You changed it, and it still does what it did.")


def test_mending_with_a_new_slip_is_told():
    half = program_of(13).replace("m * (1 - beta1**t)", "m / (1 - beta1**t)")
    found = check("16.13", defined(half))
    assert (found.state, "too long" in found.message) == (NOT_YET, True)


@pytest.mark.parametrize(
    ("batch", "says"),
    [
        (lambda X, y, k, rng: X[:k], "Return two things"),
        (lambda X, y, k, rng: (y[:k], X[:k]), "yours have 1 and 2"),
        (lambda X, y, k, rng: (X[0], y[0]), "yours have 1 and 0"),
        (lambda X, y, k, rng: (X[5 : 5 + k], y[5 : 5 + k]), "Right for the pairs"),
        (mended.neighbours, "k samples in a row"),
    ],
)
def test_batches_of_other_kinds_are_told(batch, says):
    found = check("16.3", batch)
    assert (found.state, says in found.message) == (NOT_YET, True)


def test_any_way_to_draw_is_right():
    def shuffled(X, y, k, rng):
        rows = rng.permutation(len(y))[-k:]
        return list(X[rows]), list(y[rows])

    assert check("16.3", shuffled).state == CORRECT


@pytest.mark.parametrize(
    ("n", "method"),
    [(2, momentum), (4, amsgrad), (6, adam), (8, adam), (9, nadam), (11, momentum)],
)
def test_right_is_the_method_of_gdlib(n, method):
    known = nb16.CHECKS[f"16.{n}"]
    assert known.same(known.tried(known.right), known.tried(method), rtol=1e-12)
    assert check(f"16.{n}", method).state == CORRECT


def test_a_check_without_a_broken_program_is_as_before():
    assert check("13.1", (2, 5, 4, 4)).state == CORRECT
    assert check("13.1", (3, 6, 5, 5)).state == NOT_YET


@every_case
def test_curves_are_drawn_from_the_program(n):
    curves = CASES[n].curves()
    assert CASES[n].program is PROGRAMS[n]
    assert 1 <= len(curves) <= 2
    for y in curves.values():
        assert y.ndim == 1
        assert np.isfinite(y[0])
    assert CASES[n].axes["xlabel"] == "step"


def test_there_is_a_question_and_an_exercise_for_each():
    letters = "abcdefghijklm"
    assert list(nb16.QUESTIONS) == [f"16.{letter}" for letter in letters]
    assert list(nb16.CHECKS) == [f"16.{n}" for n in CASES] == list(EXERCISES)
    places = [
        list(question.options).index(question.right)
        for question in nb16.QUESTIONS.values()
    ]
    assert min(map(places.count, range(3))) >= 3  # no place gives the answer away
    for question in nb16.QUESTIONS.values():
        assert repr(Prediction(question)).count("○") == 3


def test_laws_worked_out_by_hand():
    g = np.array([4.0, -2.0, 0.0])
    assert plain_law(g, 3).tolist() == [4, -2, 0]
    assert momentum_law(g, 2, gamma=0.5) == pytest.approx(g * 1.5)  # 1 + 0.5
    assert momentum_law(g, 7, gamma=0.0).tolist() == [4, -2, 0]
    assert sign_law(g, 9).tolist() == [1, -1, 0]
    # m̃₁ = 0.5·0.5g/0.75 + 0.5g/0.5 = 4/3 g, and √v̂₁ = |g|
    assert nadam_law(g, 1, beta1=0.5) == pytest.approx(np.sign(g) * 4 / 3)
    assert nadam_law(g, 5, beta1=0.0).tolist() == [1, -1, 0]


@every_case
def test_memory_is_switched_off_by_settings_of_the_method(n):
    assert set(CASES[n].off) <= set(PROGRAMS[n].__kwdefaults__ or {})
    assert set(CASES[n].off.values()) <= {0.0}


def test_recorded_step_of_the_loop_is_zero():
    step = CASES[5].method(np.array([1.0, 2.0]), lambda x: 2 * x, 1, lr=0.1)
    assert step[0].tolist() == [1.0, 2.0]
