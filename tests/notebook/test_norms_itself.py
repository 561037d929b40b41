"""The norms, each broken once: on a small notebook that keeps them all."""

import json

import pytest

from tests.notebook.exercises import SOLUTION, exercises
from tests.notebook.norms import NORMS, described_alike
from tests.notebook.reading import (
    alt_texts,
    anchor,
    attached,
    functions,
    headings,
    links,
    pictures,
    read,
    words,
)

STREAM = {"output_type": "stream", "name": "stdout", "text": ["1\n"]}
IMAGE = "![A curve that falls and levels off](attachment:curve.png)"


def md(text):
    return {"cell_type": "markdown", "metadata": {}, "source": text}


def shows(text, *names):
    return md(text) | {
        "attachments": {name: {"image/png": "iVBORw0K"} for name in names}
    }


def code(text, count=1, outputs=(), tags=()):
    return {
        "cell_type": "code",
        "metadata": {"tags": list(tags)},
        "source": text.splitlines(keepends=True),
        "outputs": list(outputs),
        "execution_count": count,
    }


def figure(name="<Figure size 640x240 with 1 Axes>"):
    data = {"image/png": "iVBORw0K", "text/plain": [name]}
    return code("plt.show()", 2, [{"output_type": "display_data", "data": data}])


def described(cell, alt):
    return cell | {"metadata": {"mystnb": {"image": {"alt": alt}}}}


EIGHT = "The gap falls, levels off and rises again."
GOOD = [
    shows(
        f"# One step\n\nEight words stand here to introduce one line.\n\n{IMAGE}",
        "curve.png",
    ),
    code("print(1)", outputs=[STREAM]),
    md("## What it *means*\n\nSee [the step](#One-step) and [itself](good.ipynb)."),
]
KEPT = {"kernelspec": {"name": "python3"}, "language_info": {"name": "python"}}


@pytest.fixture
def write(tmp_path):
    """A function that writes cells as a notebook and reads it back."""
    (tmp_path / "curve.png").touch()

    def written(cells, metadata=KEPT, name="good.ipynb"):
        content = {"cells": cells, "metadata": metadata, "nbformat": 4}
        (tmp_path / name).write_text(json.dumps(content), encoding="utf-8")
        read.cache_clear()
        return read(tmp_path / name)

    return written


def lines(n, line="x = 1"):
    return "\n".join([line] * n)


TALK = md("word " * 200)
# norm → cells put at the end of GOOD that break it, in one or more ways
BREAKS = {
    "cells": [[md("A cell.")] * 58],
    "words_of_prose": [[md("## ★ More"), *[TALK] * 11], [TALK] * 7],
    "code_lines": [
        [md("## ★ More"), *[TALK, code(lines(15), 2)] * 9],
        [TALK, code(lines(15), 2)] * 6,
    ],
    "core_stands_alone": [
        [md("## ★ More"), code("x = 1", 2), md("## On"), code("print(x)", 3)],
        [md("## ★ More"), code("import math", 2), md("## On"), code("math.pi", 3)],
        [md("## ★ More"), code("def f(x):\n    x", 2), md("## On"), code("f(2)", 3)],
        [md("## ★ A\n\n### B"), code("y = 1", 2), md("## On"), code("y + 1", 3)],
    ],
    "words_per_code_line": [[code(lines(3), 2)]],
    "code_cell_length": [
        [TALK, code(lines(16), 2)],
        [TALK, code(lines(19), 2, tags=["method"])],
    ],
    "markdown_cell_length": [[md("word " * 201)]],
    "introduced_by_prose": [[code("x = 1", 2), code("x = 2", 3)]],
    "consecutive_code_cells": [[code("x = 1", n) for n in (2, 3, 4, 5)]],
    "functions_defined": [
        [TALK, code("\n".join(f"def f{n}(x):\n    return {n}" for n in range(5)), 2)]
    ],
    "plotting_lines": [
        [code("plt.plot(\n    x,\n)", 2)],
        [code("plot_path(ax, path)", 2)],
        [code("for x in range(3):\n    axes[x].plot(x)", 2)],
    ],
    "execution_counts": [
        [code("x = 1", 3)],
        [code("x = 1", None)],
        [code("x = 1", 1)],
    ],
    "file_size": [[code("x = 1", 2, [STREAM | {"text": "x" * 400_000}])]],
    "heading_levels": [[md("# Again")], [md("#### Deep")], [md("# B\n\n# C")]],
    "clean_outputs": [
        [code("x", 2, [{"output_type": "error", "ename": "NameError"}])],
        [code("x", 2, [STREAM | {"name": "stderr"}])],
        [
            code(
                "x",
                2,
                [
                    {
                        "output_type": "display_data",
                        "data": {"application/vnd.jupyter.widget-view+json": {}},
                    }
                ],
            )
        ],
    ],
    "alternative_texts": [
        [md("![](curve.png)")],
        [md("![A short one](curve.png)")],
        [md('<img src="curve.png" width="300">')],
        [md('<img alt="A curve" src="curve.png">')],
    ],
    "figures_described": [
        [figure()],
        [described(figure(), "The gap falls, and then levels off.")],
        [described(figure(), "word " * 61)],
        [described(figure("A picture of the dashboard."), EIGHT)],
        [described(md("Words."), EIGHT)],
    ],
    "voice": [[md("It is simply so.")], [md("Obviously.")], [md("A POWERFUL idea")]],
    "links_resolve": [
        [md("[gone](gone.ipynb)")],
        [md("[no such heading](good.ipynb#Two-steps)")],
        [md("[lower case](#one-step)")],
        [md("![A picture that is not there](gone.png)")],
        [md('<a href="gone.md">gone</a>')],
        [md("[by reference][far]\n\n[far]: gone.md")],
    ],
    "stands_alone": [
        [code("open('../curve.json')", 2)],
        [code("import numpy as np\n\nnp.load('paths.npz')", 2)],
        [code("folder = '..\\\\figures'", 2)],
        [md("![A picture beside the notebook](curve.png)")],
        [shows("![A picture of another name](attachment:other.png)", "curve.png")],
        [md('<img src="curve.png" alt="A picture beside the notebook">')],
        [md("[out of the folder](../good.ipynb)")],
    ],
    "nothing_hidden": [
        [code("%matplotlib inline", 2)],
        [code("warnings.filterwarnings('ignore')", 2)],
        [code("warnings.simplefilter('ignore')", 2)],
        [code("x = 1", 2, tags=["nbval-skip"])],
        [code("# NBVAL_IGNORE_OUTPUT\nx = 1", 2)],
    ],
}
BROKEN_METADATA = [
    {},
    {"kernelspec": {"name": "conda-env"}},
    KEPT | {"widgets": {}},
    KEPT | {"language_info": {"name": "python", "version": "3.11.7"}},
]
BY_NAME = {norm.__name__: norm for norm in NORMS}
CASES = [
    pytest.param(norm, cells, id=f"{norm} {n}")
    for norm, ways in BREAKS.items()
    for n, cells in enumerate(ways)
]


@pytest.mark.parametrize("norm", NORMS, ids=lambda norm: norm.__name__)
def test_good_notebook_keeps_every_norm(write, norm):
    assert list(norm(write(GOOD))) == []


@pytest.mark.parametrize(("norm", "cells"), CASES)
def test_broken_norm_is_seen(write, norm, cells):
    assert list(BY_NAME[norm](write(GOOD + cells)))


@pytest.mark.parametrize("metadata", BROKEN_METADATA)
def test_broken_metadata_is_seen(write, metadata):
    assert list(BY_NAME["metadata"](write(GOOD, metadata)))


def test_every_norm_is_broken_here():
    assert BREAKS.keys() | {"metadata"} == BY_NAME.keys()


@pytest.mark.parametrize(
    ("norm", "cells"),
    [
        ("code_cell_length", [code(lines(18), 2, tags=["method"])]),
        ("code_cell_length", [code(lines(15) + "\n\n\n", 2)]),
        ("consecutive_code_cells", [code("x = 1", n) for n in (2, 3, 4)]),
        ("words_of_prose", [*[TALK] * 6, md("## ★ More"), *[TALK] * 4]),
        ("words_of_prose", [md("## ★ A\n\n### B"), *[TALK] * 10]),
        ("code_lines", [*[code(lines(15), 2)] * 5, md("### ★ C"), code(lines(50), 3)]),
        (
            "core_stands_alone",
            [code("x = 1"), md("## ★ A"), code("x = 2"), md("## B"), code("print(x)")],
        ),
        (
            "core_stands_alone",
            [md("## ★ More"), code("x = 1", 2), md("### On"), code("print(x)", 3)],
        ),
        (
            "words_per_code_line",
            [md("Eight words of prose are in it."), code("x")],
        ),
        ("voice", [md("`simply` and $obviously$\n\n```\npowerful\n```\n\njustice")]),
        ("figures_described", [described(figure(), EIGHT)]),
        ("figures_described", [figure("A picture of the dashboard.")]),
        ("functions_defined", [code(f"def f{n}():\n    {n}") for n in range(4)]),
        ("functions_defined", [code("def f():\n    ...", tags=["exercise"])] * 5),
        ("links_resolve", [md("[away](https://example.org/x.ipynb#y) `[a](b)`")]),
        ("links_resolve", [md("[a heading](good.ipynb#What-it-means)")]),
        ("stands_alone", [code("print('a file.npz: 1', 'x.y', '1/2', '...')", 2)]),
        ("stands_alone", [shows('<img src="attachment:a.png">', "a.png")]),
        ("heading_levels", [md("```\n# a comment\n```"), md("### Deeper\n\n## Out")]),
    ],
)
def test_what_is_allowed_is_no_fault(write, norm, cells):
    assert list(BY_NAME[norm](write(GOOD + cells))) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Two words.", 2),
        ("The rate $\\eta = 0.1$ is small", 4),
        ("Before\n\n$$\nx = y + z\n$$\n\nafter", 2),
        ("Run this:\n\n```python\nprint('not prose')\n```\n\nDone.", 3),
        ("[three linked words](https://example.org/not-counted)", 3),
        ("![an alternative text](x.png)", 0),
        ('<details><summary class="a b">Solution</summary>', 1),
        ("| a | b |\n|---|---|\n| 1 | 2 |", 4),
        ("\\begin{align}\na &= b\n\\end{align} so", 1),
        ("step-by-step, Nesterov's `lr`", 3),
    ],
)
def test_words(text, count):
    assert len(words(text)) == count


def test_headings_links_and_pictures():
    text = "## A **b** `c`\n[l](x.md) ![alt text](y.png) <img alt='' src=\"z.png\">"
    assert headings(text) == [(2, "A **b** `c`")]
    assert anchor("A **b** `c` and [d](e.md) at $x$") == "A-b-c-and-d-at-$x$"
    assert links(text) == ["x.md", "y.png", "z.png"]
    assert alt_texts(text) == ["alt text", ""]
    assert pictures(text) == ["y.png", "z.png"]
    assert attached("![alt](attachment:a.png) `![b](attachment:b.png)`") == ["a.png"]


def test_the_same_body_is_seen_under_another_name(write):
    first = code('def f(x):\n    """Say it."""\n    return x + 1')
    second = code("def g(x):\n    return x+1")
    [(_, one), (_, other)] = functions(write([first, second]))
    assert one == other


def test_figures_described_alike_are_seen(write):
    one = write([described(figure(), EIGHT)], name="one.ipynb")
    other = write([described(figure(), f"{EIGHT} Twice.")], name="other.ipynb")
    assert described_alike([one, other]) == []
    assert described_alike([one, other, one]) == [EIGHT]


def test_exercises_are_read(write):
    cells = [
        md("### Exercise 1: Try"),
        code('mine = ...\ncheck("00.1", mine)', tags=["exercise"]),
        md(f"{SOLUTION}\n\n```python\nmine = 2\n```\n\n</details>"),
        md("## Next"),
    ]
    [exercise] = exercises(write(GOOD + cells))
    assert exercise.asked == ("00.1", "mine")
    assert exercise.solution == "mine = 2\n"
