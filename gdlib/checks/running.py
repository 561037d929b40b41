"""A reader's code run on the safe side: it may fail, or have no end."""

import ast
import dis
import inspect
import linecache
import re
import textwrap

import numpy as np

from .. import patience


class Refused(Exception):
    """The answer cannot be judged; the message says why, in one sentence."""


def within(work):
    """Run `work` and return what it returns; Refused if it does not come to its end."""

    def quietly():
        with np.errstate(all="ignore"):
            return work()

    try:
        return patience.within(quietly, patience.PATIENCE)
    except patience.TooLong:
        raise Refused(
            f"Your code was still running after {patience.PATIENCE:g} seconds and was "
            "stopped: does its loop come to an end?"
        ) from None


def stub(answer):
    """Whether the code of an answer still holds a `...` that is no index."""
    code = getattr(answer, "__code__", None)
    if code is None:
        return False
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(answer)))
    except (OSError, TypeError, SyntaxError):  # no source, or part of a longer line
        return ... in code.co_consts
    indices = [n.slice for n in ast.walk(tree) if isinstance(n, ast.Subscript)]
    fine = {id(node) for index in indices for node in ast.walk(index)}
    dots = [n for n in ast.walk(tree) if getattr(n, "value", None) is ...]
    return any(id(node) not in fine for node in dots)


def unchanged(answer, program):
    """Whether a function is made of the same names, numbers and operators as another.

    Of the order in which they stand only that of the operators is compared (for the
    rest the compiler has its own), so ask only of functions that come out alike.
    """
    return _made_of(answer) == _made_of(program)


def _made_of(function):
    code = getattr(function, "__code__", None)
    if code is None:
        return None
    return _parts(code), function.__defaults__, function.__kwdefaults__


def _parts(code):
    inner = [_parts(c) if hasattr(c, "co_code") else repr(c) for c in code.co_consts]
    steps = [(i.opname, i.argrepr) for i in dis.get_instructions(code)]
    operators = [step for step in steps if step[0].startswith(("BINARY", "UNARY"))]
    return code.co_names, code.co_varnames, inner, operators


def explained(error, answer):
    """An error that a reader's code raised, in a sentence, with its line."""
    where = _line(error, answer)
    if where is None and isinstance(error, ValueError | TypeError):
        return str(error)  # a refusal of descend, in a sentence of its own
    return f"Your code stops{where or ''}: {_reason(error)}"


def _line(error, answer):
    """The reader's line that an error comes from, or None if it is none of theirs."""
    mine = getattr(getattr(answer, "__code__", None), "co_filename", None)
    found, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == mine:
            line = linecache.getline(mine, trace.tb_lineno).strip()
            found = f" in the line `{line}`" if line else ""
        trace = trace.tb_next
    return found


def _reason(error):
    text = str(error)
    for kind, pattern, reason in REASONS:
        if isinstance(error, kind) and (found := re.search(pattern, text)):
            return reason.format(*found.groups())
    return f"{type(error).__name__}: {text}"


REASONS = (
    (UnboundLocalError, r"'(\w+)'", "`{}` is used before it has a value."),
    (NameError, r"'(\w+)'", "`{}` is not known there: is it spelt as above?"),
    (ZeroDivisionError, "", "it divides by zero."),
    (RecursionError, "", "the function calls itself without an end."),
    (
        TypeError,
        "not callable",
        "something is called that is no function. Is a `*` missing before a bracket?",
    ),
    (
        TypeError,
        r"(missing \d+ .*argument.*|takes .*given|unexpected keyword.*)",
        "a function is called with other arguments than it takes ({}).",
    ),
    (
        TypeError,
        r"bitwise_xor|for \^",
        "`^` is no power in Python; a power is written `**`.",
    ),
    (
        TypeError,
        "unsupported operand|can't multiply|not subscriptable",
        "it computes with things that are no numbers: what stands in these names?",
    ),
    (
        ValueError,
        r"broadcast|matmul|not aligned|mismatch|inhomogeneous|number of dimensions",
        "two arrays do not fit together: compare their shapes.",
    ),
    (
        ValueError,
        "truth value",
        "a condition needs one truth value and gets an array of them.",
    ),
    (
        ValueError,
        "read-only",
        "it changes an array in place that belongs to the run; make a new one.",
    ),
    (AttributeError, r"attribute '(\w+)'", "there is no `.{}` here."),
    (KeyError, "(.*)", "there is nothing under the name {}."),
    (IndexError, "", "an index goes beyond the end."),
)
