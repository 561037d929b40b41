"""Predictions: what is asked, what a choice is told, what stays without a kernel."""

from types import SimpleNamespace

import pytest
from ipywidgets.widgets.widget import _instances as living

from gdlib import cells
from gdlib.exercises import Question
from gdlib.predictions import Prediction

MILE = "A mile has 1609 m."
LONGER = Question(
    "Which is longer?", {"A mile": "By 609 m.", "A kilometre": MILE}, right="A mile"
)


@pytest.fixture
def asked():
    return Prediction(LONGER)


@pytest.fixture
def displayed(monkeypatch):
    """The bundles that come before a question's own."""
    shown = []
    monkeypatch.setattr(cells, "display", lambda data, **_: shown.append(data))
    return shown


def test_plain_text_shows_the_question_and_its_options(asked):
    assert repr(asked).splitlines() == [
        "Predict: Which is longer?",
        "  ○ A mile",
        "  ○ A kilometre",
    ]


def test_page_without_a_kernel_has_the_same(asked, displayed):
    bundle, _ = asked._repr_mimebundle_()
    style, twin = displayed
    assert "gd-twin" in style["text/html"]
    assert style["text/plain"] == ""
    assert twin["text/plain"] == repr(asked)
    assert twin["text/markdown"] == (
        "**Predict.** Which is longer?\n\n- A mile\n- A kilometre"
    )
    assert bundle["text/plain"] == "Run this cell in JupyterLab to answer."
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_options_are_answered(asked):
    assert asked.answer("A mile") == "Yes. By 609 m."
    assert asked.answer("A kilometre") == "Not quite. A mile has 1609 m."


def test_choosing_answers_on_the_page(asked):
    _, choice, reply, names = asked._widget().children
    assert (choice.value, reply.value) == (None, "")
    assert choice.options == ("A mile", "A kilometre")
    assert names.text == "Which is longer?"
    choice.value = "A kilometre"
    assert reply.value == "Not quite. A mile has 1609 m."
    choice.value = "A mile"
    assert reply.value == "Yes. By 609 m."


def test_asking_again_closes_what_was_asked_before(asked, displayed, monkeypatch):
    before, counts, made = set(living), set(), {}
    monkeypatch.setattr(cells, "_made", made)
    for run in range(40):
        parent = dict(header=dict(msg_id=run), metadata=dict(cellId="c"))
        shell = SimpleNamespace(get_parent=lambda parent=parent: parent)
        monkeypatch.setattr(cells, "get_ipython", lambda shell=shell: shell)
        asked._repr_mimebundle_()
        counts.add(len(set(living) - before))
    assert len(counts) == 1
    assert counts.pop() > 4
    ((_, [last]),) = made.values()
    cells.close(last)
    assert set(living) == before
