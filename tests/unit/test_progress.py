"""A progress bar is sent as a widget alone, and taken away at the end."""

import subprocess
import sys

import ipywidgets
import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

from gdlib import BOWL, adam, descend
from gdlib import progress as module
from gdlib.cells import WIDGET_VIEW
from gdlib.progress import progress, with_progress


@pytest.fixture
def sent(monkeypatch):
    """The mime types of every message to the page, in their order."""
    messages = []

    class Place:
        def update(self, data, raw):
            messages.append(list(data))

    def display(data, raw, display_id):
        messages.append(list(data))
        return Place()

    monkeypatch.setattr(module, "display", display)
    monkeypatch.setattr(module, "get_ipython", object)  # as if in a notebook
    return messages


def test_every_item_comes_once_and_in_order(sent):
    assert list(progress([3, 1, 2])) == [3, 1, 2]
    assert sent == [[WIDGET_VIEW], []]


def test_a_loop_that_stops_keeps_its_bar(sent):
    for item in progress("ab"):
        if item == "b":
            break
    assert sent == [[WIDGET_VIEW]]


def test_a_watched_method_walks_the_same_path(sent):
    watched = descend(with_progress(adam, 20), BOWL, steps=20, lr=0.3)
    assert np.array_equal(watched.theta, descend(adam, BOWL, steps=20, lr=0.3).theta)
    assert watched.name == "adam"
    assert sent == [[WIDGET_VIEW], []]


def test_the_bar_stands_until_the_last_step(sent):
    descend(with_progress(adam, 20), BOWL, steps=19)
    assert sent == [[WIDGET_VIEW]]


def test_a_page_keeps_nothing_of_the_bar():
    cell = nbformat.v4.new_code_cell(
        "from gdlib.progress import progress\n"
        "for word in progress(['one', 'two']):\n    print(word)"
    )
    book = nbformat.v4.new_notebook(cells=[cell])
    NotebookClient(book, kernel_name="python3", store_widget_state=False).execute()
    shown = [
        dict(output.get("data", {"text": output.get("text")}))
        for output in cell.outputs
    ]
    assert shown == [{}, {"text": "one\ntwo\n"}]


def test_a_widget_of_ipywidgets_7_shows_it_too(sent, monkeypatch):
    monkeypatch.delattr(ipywidgets.Widget, "_repr_mimebundle_")  # new in version 8
    assert list(progress("ab")) == ["a", "b"]
    assert sent == [[WIDGET_VIEW], []]


def test_plain_python_runs_a_notebook_made_into_a_script(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "from gdlib import BOWL, adam, descend\n"
        "from gdlib.progress import progress, with_progress\n"
        "for word in progress(['one', 'two']):\n    print(word)\n"
        "print(descend(with_progress(adam, 5), BOWL, steps=5).steps)\n"
    )
    ran = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, check=True
    )
    assert (ran.stdout, ran.stderr) == ("one\ntwo\n5\n", "")
