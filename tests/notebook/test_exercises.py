import ast

import pytest

from tests.notebook.exercises import exercises, imports
from tests.notebook.reading import notebooks

NOTEBOOKS = notebooks()
EXERCISES = [
    pytest.param(notebook, exercise, id=f"{notebook.path.stem} {exercise.title}")
    for notebook in NOTEBOOKS
    for exercise in exercises(notebook)
]


def outcome(code, namespace):
    """What the last line of a cell, its check, finds."""
    *before, last = ast.parse(code).body
    exec(compile(ast.Module(before, []), "the cell", "exec"), namespace)
    return eval(compile(ast.Expression(last.value), "the check", "eval"), namespace)


@pytest.mark.parametrize(("notebook", "exercise"), EXERCISES)
def test_untouched_exercise_is_not_attempted(notebook, exercise):
    namespace = {}
    exec(imports(notebook), namespace)
    assert outcome(exercise.stub, namespace).state == "not attempted"


@pytest.mark.parametrize(("notebook", "exercise"), EXERCISES)
def test_solution_is_correct(notebook, exercise):
    from gdlib.exercises import check

    namespace = {}
    exec(compile(exercise.solution, "the solution", "exec"), namespace)
    number, answer = exercise.asked
    found = check(number, namespace[answer])
    assert found.state == "correct", found


@pytest.mark.parametrize(("notebook", "exercise"), EXERCISES)
def test_exercise_has_one_cell_and_one_solution(notebook, exercise):
    assert (len(exercise.stubs), len(exercise.solutions)) == (1, 1)
    assert exercise.asked[0].startswith(notebook.path.name[:2])


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda notebook: notebook.path.stem)
def test_every_exercise_cell_stands_under_its_heading(notebook):
    cells = [cell for cell in notebook.code if "exercise" in cell.tags]
    assert len(cells) == len(exercises(notebook))


def test_no_exercise_is_asked_twice():
    asked = [parameters.values[1].asked[0] for parameters in EXERCISES]
    assert sorted(asked) == sorted(set(asked))
