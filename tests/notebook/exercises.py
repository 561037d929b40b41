"""The exercises of a notebook: title, the reader's cell, the folded solution."""

import ast
import re
from dataclasses import dataclass
from itertools import pairwise

TITLE = re.compile(r"^### (?:★ )?(Exercise \d+): \S", re.M)
SOLUTION = "<details><summary>Solution</summary>"
FENCED = re.compile(r"^```python\n(.*?)^```", re.M | re.S)


@dataclass(frozen=True)
class Exercise:
    """One exercise; `stubs` and `solutions` should each hold one text."""

    title: str
    stubs: tuple
    solutions: tuple

    @property
    def stub(self):
        return self.stubs[0]

    @property
    def solution(self):
        return self.solutions[0]

    @property
    def asked(self):
        """What the reader's cell ends with: (exercise id, name of the answer)."""
        last = ast.parse(self.stub).body[-1]
        match last:
            case ast.Expr(
                ast.Call(
                    ast.Name("check"), [ast.Constant(str(number)), ast.Name(answer)]
                )
            ):
                return number, answer
        raise AssertionError(f"{self.title} ends with {ast.unparse(last)}, not check()")


def exercises(notebook):
    """The exercises of a notebook, in order."""
    starts = [i for i, cell in enumerate(notebook.cells) if title(cell)]
    spans = pairwise([*starts, len(notebook.cells)])
    return [_exercise(notebook.cells[i:j]) for i, j in spans]


def title(cell):
    """The exercise that a markdown cell opens, or None."""
    found = cell.kind == "markdown" and TITLE.search(cell.text)
    return found[1] if found else None


def _exercise(cells):
    stubs = [cell.text for cell in cells if "exercise" in cell.tags]
    folded = [cell.text for cell in cells if SOLUTION in cell.text]
    solutions = ["\n".join(FENCED.findall(text)) for text in folded]
    return Exercise(title(cells[0]), tuple(stubs), tuple(solutions))


def imports(notebook):
    """The import statements of a notebook, as code."""
    nodes = [node for cell in notebook.code for node in cell.tree.body]
    found = [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
    return "\n".join(map(ast.unparse, found))
