"""The README keeps its word: its code prints what it says, its links lead somewhere."""

import contextlib
import io
import re
from pathlib import Path

import numpy as np
import pytest

from gdlib import BOWL, descend
from tests.claims.listing import claims
from tests.notebook.norms import limit
from tests.notebook.reading import FOLDER, alt_texts, links, read

ROOT = Path(__file__).parents[2]
PAGES = {
    name: (ROOT / name).read_text(encoding="utf-8")
    for name in ("README.md", "CONTRIBUTING.md")
}
README = PAGES["README.md"]
BLOCK = re.compile(r"```python\n(.*?)```\n\n```text\n(.*?)```", re.S)
ROW = re.compile(
    r"^\| (\d\d) \| \[.+?\]\(notebooks/(\w+)\.ipynb\) .* \| (\d+) \| (\d+) \|$", re.M
)
PROMISE = re.compile(r"about (\d+) minutes(?:, with the ★ sections (\d+))?")


def test_the_code_prints_what_the_page_says():
    namespace = {}
    blocks = BLOCK.findall(README)
    assert len(blocks) == README.count("```python") > 0
    for code, says in blocks:
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(compile(code, "README.md", "exec"), namespace)
        assert printed.getvalue() == says


def test_the_method_shown_to_contributors_walks():
    code, _ = re.findall(r"```python\n(.*?)```", PAGES["CONTRIBUTING.md"], re.S)
    exec(compile(code, "CONTRIBUTING.md", "exec"), namespace := {})
    path = descend(namespace["damped_momentum"], BOWL, (1.0, 2.0), steps=2, gamma=0.5)
    # v = 1, 2; θ = 0.9, 1.8; g = 1.8, 3.6; v = 1.4, 2.8; θ = 0.76, 1.52
    assert path.theta[-1].tolist() == pytest.approx([0.76, 1.52], rel=1e-15)


def test_the_dashboard_shown_to_contributors_moves():
    _, code = re.findall(r"```python\n(.*?)```", PAGES["CONTRIBUTING.md"], re.S)
    code = code.replace("\nBoard(", "\nboard = Board(")
    exec(compile(code, "CONTRIBUTING.md", "exec"), namespace := {})
    board = namespace["board"]
    namespace["waves"].value = 5
    board.sliders["height"].value = 2
    assert board.says == "5 waves."
    (curve,) = board._good[1].pieces
    assert curve.xy[:, 1].tolist() == (2 * np.sin(5 * curve.xy[:, 0])).tolist()
    board.close()


def test_the_table_lists_every_notebook_once():
    numbers, stems, *_ = zip(*ROW.findall(README), strict=True)
    assert list(numbers) == [stem[:2] for stem in stems]
    assert list(stems) == sorted(path.stem for path in FOLDER.glob("*.ipynb"))


@pytest.mark.parametrize(("number", "stem", "core", "whole"), ROW.findall(README))
def test_minutes_are_those_the_notebook_gives(number, stem, core, whole):
    notebook = read(FOLDER / f"{stem}.ipynb")
    promised = PROMISE.search(notebook.cells[0].text)
    assert (promised[1], promised[2] or promised[1]) == (core, whole)
    assert int(core) <= limit(notebook, "core_minutes", 30)


def test_the_claims_are_counted():
    counted = re.search(r"beside it\? (\d+) sentences", README)
    assert int(counted[1]) == len(claims())


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name):
    local = [link for link in links(PAGES[name]) if not link.startswith("http")]
    assert [link for link in local if not (ROOT / link.split("#")[0]).exists()] == []


@pytest.mark.parametrize("name", PAGES)
def test_commands_are_those_of_the_makefile(name):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^(\w+):", makefile, re.M))
    assert set(re.findall(r"\bmake (\w+)", snippets(PAGES[name]))) <= targets


def snippets(text):
    """What stands in code: fenced blocks and inline."""
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.S))


def test_pictures_are_described():
    assert all(len(alt.split()) >= 5 for alt in alt_texts(README))
