"""What a method's terms are: one table of sentences, and formulas from its own code.

The rows of the step player are read from the method's source, so that no formula is
written twice and a reader's own function is taken apart like gdlib's.
"""

import ast
import inspect
import re
import textwrap
from typing import NamedTuple

import numpy as np


class Term(NamedTuple):
    """A term's sentence, and how it is drawn.

    drawn  "slope"  an arrow against it, its length to a scale of its own
           "move"   an arrow from θ to θ − term; "shift" to θ + term
           "point"  a point of the plane
           "size"   bars alone
    """

    drawn: str
    sentence: str


TERMS = {
    "g": Term("slope", "The gradient: uphill, so the arrow shows its opposite."),
    "ahead": Term(
        "point", "The point the velocity is about to reach: the slope is asked there."
    ),
    "v": Term(
        "move", "The velocity: what is left of the old one plus this step's share."
    ),
    "v of squares": Term(
        "size", "A fading average of g²: how large each coordinate's slopes have been."
    ),
    "m": Term("slope", "A fading average of the gradients: their common direction."),
    "m_hat": Term("slope", "m without its bias towards the zero at which it began."),
    "m_tilde": Term("slope", "The corrected m with the next step's momentum in it."),
    "v_hat": Term("size", "v without its bias towards the zero at which it began."),
    "v_max": Term("size", "The largest v so far: it never shrinks."),
    "u": Term("size", "The largest |g| so far, each fading by β₂ a step."),
    "G": Term("size", "All squared gradients so far, added up: it only grows."),
    "E_g2": Term("size", "A fading average of g²: recent slopes count most."),
    "E_d2": Term("size", "A fading average of Δ²: how far recent steps have moved."),
    "rate": Term("size", "The step size each coordinate gets: small where G is large."),
    "delta": Term("shift", "The move itself, in the units of θ."),
    "step": Term("move", "What is taken from θ in this step."),
    "theta": Term("point", "The step is taken: θ stands at its new place."),
}
SYMBOLS = {
    "theta": "θ",
    "grad": "∇f",
    "lr": "η",
    "gamma": "γ",
    "beta1": "β₁",
    "beta2": "β₂",
    "eps": "ε",
    "ahead": "θ₊",
    "m_hat": "m̂",
    "m_tilde": "m̃",
    "v_hat": "v̂",
    "v_max": "vₘₐₓ",
    "E_g2": "E[g²]",
    "E_d2": "E[Δ²]",
    "delta": "Δ",
}
SPELLINGS = (  # Python -> the formula's spelling, in this order
    (r"np\.sqrt\(", "√("),
    (r"np\.maximum\(", "max("),
    (r"np\.abs\(([^()]*)\)", r"|\1|"),
    (r"np\.", ""),
    (r" \*\* \(t \+ 1\)", "ᵗ⁺¹"),
    (r" \*\* t\b", "ᵗ"),
    (r" \*\* ", "^"),
    (r" \* ", " · "),
    (r"-", "−"),
)


class Row(NamedTuple):
    """One line of the formula: the term, its expression in Python, and its number."""

    name: str
    code: str
    number: str = ""


def look_up(name, terms):
    """The Term of a name; a reader's own gets a plain sentence and bars.

    terms  the names of all terms of the method: beside an m, v averages squares
    """
    if name == "v" and "m" in terms:
        name = "v of squares"
    return TERMS.get(name, Term("size", f"{name}: a term of your own."))


def symbol(name):
    """The formula's letter for a name of the code."""
    return SYMBOLS.get(name, name)


def rows(method, terms):
    """The method's lines for these terms, in the order of its code, then the move.

    Where the source cannot be read, or gives a term no line, its name stands alone.
    """
    try:
        source = textwrap.dedent(inspect.getsource(method))
        tree = ast.parse(source).body[0]
    except (OSError, TypeError, SyntaxError, IndexError):
        source, tree = "", ast.parse("")
    lines, found, move = source.splitlines(), {}, Row("theta", "")
    for node in ast.walk(tree):
        number = _number(lines, getattr(node, "end_lineno", 0))
        if isinstance(node, ast.Assign):
            for name, value in _assigned(node.targets[0], node.value):
                found[name] = Row(name, ast.unparse(value), number)
        elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
            move = Row("theta", ast.unparse(node.value.elts[0]), number)
    for name in [name for name in found if name not in terms]:  # a helper line
        helper = rf"\b{name}\b", f"({found.pop(name).code})"
        found = {n: r._replace(code=re.sub(*helper, r.code)) for n, r in found.items()}
    return [found.get(name, Row(name, "")) for name in terms] + [move]


def _assigned(target, value):
    """The names of an assignment with their expressions, also of m, v = …, …."""
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for pair in zip(target.elts, value.elts, strict=False):
            yield from _assigned(*pair)
    elif isinstance(target, ast.Name):
        yield target.id, value


def _number(lines, end):
    marked = (
        re.search(r"#.*?(\(\d+\))", lines[end - 1]) if 0 < end <= len(lines) else None
    )
    return marked.group(1) if marked else ""


def formula(code):
    """Spell an expression as the formula does."""
    return _spell(re.sub(r"[A-Za-z_]\w*", lambda word: symbol(word.group()), code))


def _spell(code):
    code = re.sub(r" \*\* (\d+)\b", lambda found: _raised(found.group(1)), code)
    for pattern, spelling in SPELLINGS:
        code = re.sub(pattern, spelling, code)
    return code


def _raised(digits):
    return digits.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


def numbers(code, known):
    """Spell an expression with its numbers: names in `known` become their values."""

    def value(word):
        return show(known[word.group()]) if word.group() in known else word.group()

    code = re.sub(r"(?<![\w.])[A-Za-z_]\w*(?!\.)", value, code)
    code = re.sub(r"\(\(([^()]*)\)\)", r"(\1)", code)
    return _spell(code.replace("grad(", "∇f("))


def show(value):
    """A number to four digits, a vector as a row of them."""
    flat = np.atleast_1d(value)
    texts = [f"{x:.4g}" for x in flat]
    return texts[0] if len(texts) == 1 else f"({', '.join(texts)})"
