"""The claims of all notebooks, where each stands, and the page that lists them."""

import importlib
import re
from functools import cache
from pathlib import Path

import numpy as np

from tests.notebook.reading import headings, notebooks

FOLDER = Path(__file__).parent
PAGE = FOLDER.parents[1] / "CLAIMS.md"
HEAD = """\
# The claims of the course, and what they survived

A sentence that compares or generalises is a claim. Each one below is run not only at
the settings its notebook shows but at others beside them: other seeds, starts,
horizons, grids, tunings. *Held* counts the variations in which it was true; *asked*
is the least share that the sentence promises, 100 % unless it says "usually", "most" or
the like. `make test` runs all but the slow ones, `make claims` runs every one and
writes this page.
"""


def claims():
    """Every claim, in the order of the notebooks and of the modules' lines."""
    found = []
    for path in sorted(FOLDER.glob("test_nb*.py")):
        module = importlib.import_module(f"tests.claims.{path.stem}")
        tests = [x for x in vars(module).values() if hasattr(x, "claim")]
        found += [test.claim for test in tests]
    return found


@cache
def texts():
    """Two digits -> pairs (place, text): sections and questions of a notebook."""
    from gdlib.exercises import catalogue

    found = {}
    for notebook in notebooks():
        number, place, parts = notebook.path.stem[:2], "opening", []
        for cell in notebook.markdown:
            for block in re.split(r"^(?=#{1,6} )", cell.text, flags=re.M):
                place = (headings(block) or [(0, place)])[0][1]
                parts.append((place, flat(block)))
        for name, asked in catalogue("QUESTIONS", number).items():
            options = [*asked.options, *asked.options.values()]
            parts.append((f"question {name}", flat(" | ".join([asked.text, *options]))))
        for name, known in catalogue("CHECKS", number).items():
            parts.append((f"exercise {name}", flat(known.why)))
        found[number] = parts
    return found


def flat(text):
    """The text in one line, emphasis left out: what a quote is looked for in."""
    return " ".join(text.replace("*", "").split())


def place(claim):
    """The heading under which a claim's words stand, or None."""
    for name, text in texts()[claim.notebook]:
        if flat(claim.quote) in text:
            return name
    return None


def page(results):
    """The page as Markdown: a table for each notebook."""
    lines = [HEAD, f"{len(results)} claims.\n"]
    titles = {nb.path.stem[:2]: nb for nb in notebooks()}
    for number in sorted({claim.notebook for claim in results}):
        notebook = titles[number]
        title = notebook.headings[0][1]
        lines.append(f"## [{title}](notebooks/{notebook.path.name})\n")
        lines.append("| section | claim | measured | varied | held | asked |")
        lines.append("|---|---|---|---|---|---|")
        for claim, verdicts in results.items():
            if claim.notebook == number:
                lines.append(row(claim, verdicts))
        lines.append("")
    return "\n".join(lines)


def row(claim, verdicts):
    """One line of the table."""
    held = f"{verdicts.sum()} of {len(verdicts)}"
    cells = [place(claim) or "–", claim.says, claim.measured, varied(claim), held]
    cells.append(f"{claim.share:.0%}".replace("%", " %"))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def varied(claim):
    """What is moved, in words: names and their ranges."""
    return "; ".join(f"{name}: {span(v)}" for name, v in claim.vary.items())


def span(values):
    """Values as a reader counts them: few one by one, many as a range.

    An array that is moved as a whole counts by its entries.
    """
    values = list(values)
    if len(values) == 1 and np.ndim(values[0]):
        values = np.ravel(values[0]).tolist()
    shown = [_shown(value) for value in values]
    if len(shown) <= 4:
        return ", ".join(shown)
    return f"{len(shown)} from {shown[0]} to {shown[-1]}"


def _shown(value):
    """A value of a variation: a number, a name, a few numbers."""
    if isinstance(value, int | float | np.number):
        return f"{value:g}"
    if isinstance(value, tuple | list | np.ndarray):
        parts = [_shown(part) for part in np.ravel(np.asarray(value, object))]
        return f"({', '.join(parts)})" if len(parts) <= 4 else f"{len(parts)} values"
    name = getattr(value, "__name__", getattr(value, "name", value))
    return str(getattr(getattr(value, "func", None), "__name__", name))
