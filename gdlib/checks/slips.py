"""Families of slips: what goes wrong in any formula, tried on the right answer.

The right answer to an exercise is a short function whose lines are equations. Each
family changes its code at one place after another as a reader's hand would: a sign,
a root, γ for 1 − γ, the old average for the new one. A wrong answer that comes out as
one of these variants does has made that slip, at that place, and the hint says so.
Nobody writes the variants down; `variants(right)` makes them.
"""

import ast
import inspect
import textwrap
from dataclasses import dataclass
from itertools import combinations

from .edits import Edits

# family -> what a reader is told; the order is the order in which they are tried
FAMILIES = {
    "sign": "a sign is the other way round",
    "share": "a share and one minus that share have changed places",
    "factor": "a factor is missing",
    "inverse": "something is multiplied where it is divided, or the other way round",
    "root": "a root is missing, or taken twice",
    "power": "an exponent is missing",
    "size": "a sign is left where only the size counts",
    "old": "an old value stands where the new one is meant",
    "state": "what is carried on to the next step is not what the formula carries on",
    "eps": "the ε stands at another place",
    "time": "another number of the step is meant: t − 1, t and t + 1 differ",
    "decays": "β₁ and β₂ are mixed up",
    "point": "the slope is asked at another point",
    "extreme": "the larger and the smaller, or the old and the new, are mixed up",
    "mean": "a sum stands where a mean is meant, or the other way round",
    "count": "a count is wrong",
    "order": "the parts are right and stand in another order",
    "comparison": "a comparison is the wrong way round, or its border counts wrongly",
    "omitted": "a line has no effect",
    "fixed": "a number stands where the argument is meant",
}
PAIRS = 400  # of two slips at once, so many are tried, the likeliest families first


@dataclass(frozen=True)
class Variant:
    """The right answer with a slip: its family, the place in the code, the function."""

    family: str
    place: str
    function: object


def variants(right):
    """Every variant of a function with one slip, by family."""
    code = _Code(right)
    yield from filter(None, (code.variant(edit) for edit in code.edits))


def pairs(right):
    """Variants with two slips at different places, the likeliest families first."""
    code = _Code(right)
    apart = [two for two in combinations(code.edits, 2) if two[0].place != two[1].place]
    apart.sort(key=lambda two: _RANK[two[0].family] + _RANK[two[1].family])
    yield from filter(None, (code.variant(*two) for two in apart[:PAIRS]))


def hint(found, *, on_paper=False):
    """What a reader is told who made the slips of these variants.

    found     variants that all come out as the answer does, one or several
    on_paper  the answer is a number: its reader has no lines of code
    """
    first = found[0]
    places = dict.fromkeys(v.place for v in found if v.family == first.family)
    where = " or ".join(list(places)[:2])
    if on_paper:
        where = where.replace("the line that makes", "how you get")
        where = where.replace("what is returned", "your last step")
    what = "; and ".join(FAMILIES[family] for family in first.family.split(" and "))
    first_letter = what[0].upper() if what[0].isascii() else what[0]  # β stays small
    return f"{first_letter}{what[1:]}: look again at {where}."


_RANK = {family: rank for rank, family in enumerate(FAMILIES)}


class _Code:
    """The source of a function as a tree, changed and changed back.

    A lambda stands in a longer line and has no edits: right answers are written out.
    """

    def __init__(self, function):
        source = textwrap.dedent(inspect.getsource(function))
        self.tree = ast.parse(source)
        self.top = self.tree.body[0]
        whole = isinstance(self.top, ast.FunctionDef)
        found = Edits(self.top, source.splitlines()) if whole else ()
        self.edits = sorted(found, key=lambda edit: _RANK[edit.family])
        for edit in self.edits:
            old = edit.swap(edit.new)
            ast.fix_missing_locations(self.tree)
            edit.swap(old)
        self.names = function.__globals__
        self.free = dict(
            zip(function.__code__.co_freevars, _cells(function), strict=True)
        )

    def variant(self, *edits):
        """The function with these edits made, or None where they make no sense."""
        before = [edit.swap(edit.new) for edit in edits]
        try:
            scope = dict(self.names) | self.free
            exec(compile(self.tree, "<a slip>", "exec"), scope)
        except (SyntaxError, TypeError, ValueError):
            return None
        finally:
            for edit, old in zip(reversed(edits), reversed(before), strict=True):
                edit.swap(old)
        family = " and ".join(dict.fromkeys(edit.family for edit in edits))
        place = " and ".join(dict.fromkeys(edit.place for edit in edits))
        return Variant(family, place, scope[self.top.name])


def _cells(function):
    return [cell.cell_contents for cell in function.__closure__ or ()]
