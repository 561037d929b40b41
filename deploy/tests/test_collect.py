"""A class's lines are counted, and what is no line is named."""

import io
import json
import sys

import pytest

from deploy import collect
from gdlib.outcomes import SCHEMA, Record


def line(state="correct", tries=1, choice=None, **settings):
    record = Record()
    record.states["04.1"], record.tries["04.1"] = state, tries
    if choice is not None:
        record.chose("04.a", choice)
    return record.line("04", ["04.1", "04.2"], ["04.a"], **settings)


def run(capsys, *paths):
    code = collect.main([str(path) for path in paths])
    out, err = capsys.readouterr()
    return code, out.splitlines(), err.splitlines()


def notebook(path, *texts):
    outputs = [{"output_type": "stream", "text": [text]} for text in texts]
    cells = [
        {"cell_type": "markdown", "source": ""},
        {"cell_type": "code", "source": "", "outputs": outputs},
    ]
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")


def test_it_knows_what_gdlib_writes():
    assert collect.SCHEMA == SCHEMA
    assert line().startswith(collect.BEGINS)
    assert collect.read(line())["notebook"] == "04"


def test_table_worked_out_by_hand(tmp_path, capsys):
    lines = [
        line("correct", 3, True),
        line("correct", 1, False),
        line("not yet", 2),
        line("not attempted", 0),
    ]
    (tmp_path / "class.txt").write_text("\n".join(lines), encoding="utf-8")
    code, out, err = run(capsys, tmp_path / "class.txt")
    assert code == 0
    assert [row.split() for row in out[1:3]] == [
        ["04.1", "2", "1", "1", "2.0"],
        ["04.2", "0", "0", "4", "–"],
    ]
    assert out[-1].split() == ["04.a", "1", "1", "2"]
    assert err == ["4 read, notebooks: 04."]


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("Dear lecturer,", "not JSON"),
        (line()[:40], "not JSON"),
        ("[1, 2]", "not a line of gdlib"),
        ('{"exercises": {}}', "not a line of gdlib"),
        ('{"outcomes": true}', "gdlib never says"),
        ('{"outcomes": 1}', "gdlib never says"),
        (line().replace("correct", "corect"), "gdlib never says"),
        (line().replace('"tries": 1', '"tries": "1"'), "gdlib never says"),
        (line().replace('"outcomes": 1', '"outcomes": 2'), "newer gdlib: form 2"),
    ],
    ids=range(9),
)
def test_bad_line_is_named_and_the_others_count(tmp_path, capsys, bad, why):
    path = tmp_path / "class.txt"
    path.write_text(f"{line()}\n\n{bad}\n{line()}\n", encoding="utf-8")
    code, out, err = run(capsys, path)
    assert code == 0
    assert out[1].split()[:2] == ["04.1", "2"]
    assert err[0].startswith(f"Left out: {path}, line 3: ")
    assert why in err[0]


def test_saved_notebooks_of_a_folder(tmp_path, capsys):
    (tmp_path / "zoe").mkdir()
    notebook(tmp_path / "zoe/04.ipynb", "loss 3\n", f"{line('not yet')}\n{line()}\n")
    notebook(tmp_path / "ann.ipynb", "{'an': 'other output'}\n", repr(line()))
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    code, out, err = run(capsys, tmp_path)
    assert code == 0
    assert out[1].split()[:3] == ["04.1", "2", "0"]  # a file's later line counts
    assert err == ["2 read, notebooks: 04."]


def test_a_names_later_line_counts(tmp_path, capsys):
    lines = [line("not yet", who="Zoë"), line(who="Ann"), line(who="Zoë")]
    (tmp_path / "class.txt").write_text("\n".join(lines), encoding="utf-8")
    _, out, _ = run(capsys, tmp_path / "class.txt")
    assert out[1].split()[:3] == ["04.1", "2", "0"]


def test_standard_input(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.StringIO(line() + "\nhello\n"))
    code, out, err = run(capsys)
    assert code == 0
    assert out[1].split()[:2] == ["04.1", "1"]
    assert "standard input, line 2" in err[0]


@pytest.mark.parametrize("text", ["", "nothing of ours", "{"])
def test_nothing_to_count_is_a_failure(tmp_path, capsys, text):
    for name in ("class.txt", "04.ipynb"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    code, out, _ = run(capsys, tmp_path)
    assert (code, out) == (1, [])


def test_file_that_is_not_there(tmp_path, capsys):
    code, _, err = run(capsys, tmp_path / "gone.txt")
    assert code == 1
    assert "gone.txt: No such file" in err[0]
