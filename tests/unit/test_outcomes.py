"""Outcomes: one line a session, of what check() and predict() found, and no more."""

import json
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

from gdlib import exercises
from gdlib.exercises import check, outcomes, predict
from gdlib.outcomes import SCHEMA, Record

RIGHT = "at 0.49"


@pytest.fixture(autouse=True)
def session(monkeypatch):
    """A session of its own for each test."""
    monkeypatch.setattr(exercises, "SESSION", Record())


def told(**settings):
    return json.loads(outcomes(**settings))


def state(name, notebook=None):
    return told(notebook=notebook)["exercises"][name]


def test_line_worked_out_by_hand():
    check("00.1", 0.28)
    check("00.1", 0.343)
    predict("00.a").answer("at 0.91")
    assert told() == {
        "outcomes": 1,
        "gdlib": version("gdlib"),
        "notebook": "00",
        "exercises": {"00.1": {"state": "correct", "tries": 2}},
        "predictions": {"00.a": "wrong"},
    }


def test_it_is_one_line_of_plain_letters():
    check("00.1", ...)
    line = outcomes(who="Zoë\nand Ann")
    assert isinstance(line, str)
    assert line.isascii()
    assert "\n" not in line
    assert json.loads(line)["who"] == "Zoë\nand Ann"
    assert json.loads(line)["outcomes"] == SCHEMA


def test_nobody_is_named_and_nothing_of_the_machine():
    check("00.1", 0.343)
    assert set(told()) == {"outcomes", "gdlib", "notebook", "exercises", "predictions"}
    assert str(Path.home()) not in outcomes()


def test_untouched_cell_is_no_try():
    for _ in range(3):
        check("00.1", ...)
    assert state("00.1") == {"state": "not attempted", "tries": 0}


def test_the_latest_state_counts_and_every_try():
    for answer in (0.343, 0.28, 0.343, 0.28):
        check("00.1", answer)
    assert state("00.1") == {"state": "not yet", "tries": 4}


def test_what_was_never_run_is_in_the_line_too():
    check("04.1", 1.0)
    line = told()
    assert line["notebook"] == "04"
    assert sorted(line["exercises"]) == ["04.1", "04.2", "04.3"]
    assert state("04.3") == {"state": "not attempted", "tries": 0}
    assert set(line["predictions"].values()) == {"unanswered"}


def test_only_the_first_choice_is_a_prediction():
    for option in (RIGHT, "at 0.91"):
        predict("00.a").answer(option)
    assert told()["predictions"] == {"00.a": "right"}


def test_showing_a_question_answers_nothing():
    repr(predict("00.a"))
    assert told()["predictions"] == {"00.a": "unanswered"}


def test_the_page_records_a_choice():
    choice = predict("00.a")._widget().children[1]
    choice.value = RIGHT
    assert told()["predictions"] == {"00.a": "right"}


def test_notebook_can_be_named():
    check("00.1", 0.343)
    check("04.1", 1.0)
    assert told()["notebook"] == "04"
    assert state("00.1", "00")["state"] == "correct"


@pytest.mark.parametrize("notebook", [None, "99", "4", ""])
def test_notebook_without_any_is_refused(notebook):
    with pytest.raises(ValueError, match="allowed: two digits"):
        outcomes(notebook)


def test_exercise_that_is_not_there_leaves_no_trace():
    check("00.1", 0.343)
    with pytest.raises(ValueError, match="allowed"):
        check("04.9", 1)
    with pytest.raises(ValueError, match="allowed"):
        predict("04.z")
    assert told()["notebook"] == "00"


@pytest.mark.parametrize("number", range(19))
def test_every_notebook_has_a_line(number):
    notebook = f"{number:02}"
    line = told(notebook=notebook)
    names = [*line["exercises"], *line["predictions"]]
    assert names
    assert all(name.startswith(notebook) for name in names)


def test_copy_of_the_folder_has_no_version(monkeypatch):
    def missing(name):
        raise PackageNotFoundError(name)

    # by name: gdlib.outcomes is the function
    monkeypatch.setattr(import_module("gdlib.outcomes"), "version", missing)
    assert told(notebook="00")["gdlib"] == "unknown"


def test_nothing_is_written(tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    check("00.1", 0.343)
    outcomes()
    assert capfd.readouterr() == ("", "")
    assert not list(tmp_path.iterdir())
