"""Where the code of a right answer can be changed, and into what.

One method a kind of expression, one for each family that needs a whole line. `slips`
says what the families mean.
"""

import ast
import re
from dataclasses import dataclass

from .rewriting import (
    called,
    eps_moved_in,
    eps_moved_out,
    is_name,
    made,
    old_value,
    renamed_target,
    shares_swapped,
    without,
)

NAMED = re.compile(r"#\s*\((\d+\w?)\)")  # an equation's number at the end of a line


@dataclass(frozen=True)
class Edit:
    """One change: `holder.field` (or its entry `index`) becomes `new`."""

    family: str
    place: str
    holder: ast.AST
    field: str
    index: object
    new: object

    def swap(self, value):
        """Put a value at the place and give back what stood there."""
        if self.index is None:
            before = getattr(self.holder, self.field)
            setattr(self.holder, self.field, value)
            return before
        held = getattr(self.holder, self.field)
        before, held[self.index] = held[self.index], value
        return before


class Edits:
    """Every edit of every family, of one function.

    top    its syntax tree
    lines  its source
    """

    def __init__(self, top, lines):
        self.top, self.lines = top, lines

    def __iter__(self):
        """Give every edit, line by line."""
        for statement in _statements(self.top):
            place = self._place(statement)
            for holder, field, index, node in _nodes(statement):
                for family, new in self._changes(node):
                    yield Edit(family, place, holder, field, index, new)
        yield from self._whole_lines()
        yield from self._fixed()

    def _place(self, statement):
        """How a reader finds the line: its equation, or the name it computes."""
        last = statement.end_lineno
        for line in self.lines[statement.lineno - 1 : last]:
            if numbered := NAMED.search(line):
                return f"equation ({numbered[1]})"
        if isinstance(statement, ast.Return):
            return "what is returned"
        targets = getattr(statement, "targets", [getattr(statement, "target", None)])
        names = [n.id for t in targets if t for n in ast.walk(t) if hasattr(n, "id")]
        if names:
            return f"the line that makes `{names[0]}`"
        return f"the line `{self.lines[statement.lineno - 1].strip()}`"

    def _changes(self, node):
        """Pairs (family, what stands there instead) for one node."""
        kind = type(node).__name__
        yield from getattr(self, f"_{kind}", lambda node: ())(node)

    def _BinOp(self, node):
        left, right = node.left, node.right
        match node.op:
            case ast.Add():
                yield "sign", ast.BinOp(left, ast.Sub(), right)
                yield from eps_moved_in(left, right)
            case ast.Sub():
                if isinstance(left, ast.Constant) and left.value == 1:
                    yield "share", right
                yield "sign", ast.BinOp(left, ast.Add(), right)
            case ast.Mult():
                yield "factor", left
                yield "factor", right
                yield "inverse", ast.BinOp(left, ast.Div(), right)
                yield "inverse", ast.BinOp(right, ast.Div(), left)
            case ast.Div():
                yield "factor", left
                if one := _one_for(left):
                    yield "factor", ast.BinOp(one, ast.Div(), right)
                yield "inverse", ast.BinOp(left, ast.Mult(), right)
                yield "inverse", ast.BinOp(right, ast.Div(), left)
            case ast.Pow():
                yield "power", left
                yield from _other_exponent(left, right)

    def _UnaryOp(self, node):
        if isinstance(node.op, ast.USub):
            yield "sign", node.operand

    def _Call(self, node):
        name, inner = called(node), node.args[0] if node.args else None
        if name == "sqrt":
            yield "root", inner
            yield "root", ast.Call(node.func, [node], [])
            yield from eps_moved_out(node)
        elif name in ("abs", "fabs", "norm"):
            yield "size", inner
        elif name in _OPPOSITE:
            other, family = _OPPOSITE[name]
            yield family, ast.Call(_renamed(node.func, other), node.args, node.keywords)
            if family == "extreme":
                yield from (("extreme", arg) for arg in node.args)
        elif name == "grad" and not is_name(inner, "theta"):
            yield "point", ast.Call(node.func, [ast.Name("theta", ast.Load())], [])
        elif name == "len":
            others = [a.arg for a in self.top.args.args if not is_name(inner, a.arg)]
            for other in others:
                yield "count", ast.Call(node.func, [ast.Name(other, ast.Load())], [])

    def _Name(self, node):
        if not isinstance(node.ctx, ast.Load):
            return
        if _TWINS.get(node.id) in self._arguments():
            yield "decays", ast.Name(_TWINS[node.id], ast.Load())
        if node.id in self._shares():
            one = ast.BinOp(ast.Constant(1), ast.Sub(), ast.Name(node.id, ast.Load()))
            yield "share", one
        if node.id == "t":
            for op in (ast.Sub(), ast.Add()):
                yield "time", ast.BinOp(node, op, ast.Constant(1))

    def _Constant(self, node):
        if type(node.value) is int and node.value > 1:
            yield "count", ast.Constant(node.value - 1)
            yield "count", ast.Constant(node.value + 1)

    def _Tuple(self, node):
        if not self._is_step(node):
            yield from self._List(node)

    def _List(self, node):
        if isinstance(node.ctx, ast.Load) and len(node.elts) > 1:
            yield "order", type(node)(node.elts[::-1], ast.Load())

    def _Compare(self, node):
        other = _COMPARED.get(type(node.ops[0]), ())
        for op in other:
            yield "comparison", ast.Compare(node.left, [op()], node.comparators)

    def _arguments(self):
        given = self.top.args
        return [a.arg for a in (*given.args, *given.kwonlyargs)]

    def _shares(self):
        return [name for name in self._arguments() if name in _DECAYS]

    def _is_step(self, node):
        """Whether a tuple is a method's (next θ, terms)."""
        return len(node.elts) == 2 and "t" in self._arguments()

    def _states(self):
        """The names whose values come back at the next step."""
        given = self.top.args
        count = len(given.defaults)
        return [a.arg for a in given.args[len(given.args) - count :]] if count else []

    def _whole_lines(self):
        """Lines left out, shares swapped in a whole line, old values, lost state."""
        body, known = self.top.body, set(self._arguments())
        for index, line in enumerate(body):
            place = self._place(line)
            for swapped in shares_swapped(line, self._shares()):
                yield Edit("share", place, self.top, "body", index, swapped)
            name = made(line)
            if name in known:
                yield Edit("omitted", place, self.top, "body", index, ast.Pass())
            if name in self._states():
                later = [old_value(x, name) for x in body[index + 1 :]]
                whole = [*body[:index], renamed_target(line, name), *later]
                yield Edit("old", place, self.top, "body", None, whole)
                lost = without(line, name)
                yield Edit("state", place, self.top, "body", index, lost)
            known |= {name} - {None}
        yield from self._other_state()

    def _other_state(self):
        """Another term of the function handed on under the name of a state."""
        terms = list(dict.fromkeys(filter(None, map(made, self.top.body))))
        last = self.top.body[-1]
        for call in ast.walk(last):
            if called(call) != "dict":
                continue
            for index, pair in enumerate(call.keywords):
                if pair.arg in self._states():
                    for name in (n for n in terms if n not in (pair.arg, "g")):
                        new = ast.keyword(pair.arg, ast.Name(name, ast.Load()))
                        place = f"what is handed on as `{pair.arg}`"
                        yield Edit("state", place, call, "keywords", index, new)

    def _fixed(self):
        """Each hyper-parameter replaced by its default throughout."""
        given = self.top.args
        for name, default in zip(given.kwonlyargs, given.kw_defaults, strict=True):
            if default is not None:
                line = ast.Assign([ast.Name(name.arg, ast.Store())], default)
                whole = [line, *self.top.body]
                place = f"where `{name.arg}` should stand"
                yield Edit("fixed", place, self.top, "body", None, whole)


_DECAYS = ("gamma", "beta", "beta1", "beta2", "decay", "rho")
_TWINS = {"beta1": "beta2", "beta2": "beta1"}
_OPPOSITE = {
    "maximum": ("minimum", "extreme"),
    "minimum": ("maximum", "extreme"),
    "max": ("min", "extreme"),
    "min": ("max", "extreme"),
    "mean": ("sum", "mean"),
    "sum": ("mean", "mean"),
    "argmax": ("argmin", "extreme"),
    "argmin": ("argmax", "extreme"),
    "ceil": ("floor", "count"),
    "floor": ("ceil", "count"),
}
_COMPARED = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
}


def _one_for(node):
    """1 in place of another constant above a line, with its sign; else None."""
    if isinstance(node, ast.Constant) and node.value != 1:
        return ast.Constant(1)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = _one_for(node.operand)
        return inner and ast.UnaryOp(ast.USub(), inner)
    return None


def _statements(top):
    """The simple statements of a function, those inside loops and branches too."""
    for node in ast.walk(top):
        inner = isinstance(node, ast.stmt) and node is not top
        if inner and not hasattr(node, "body") and not _is_docstring(node):
            yield node


def _is_docstring(node):
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _nodes(statement):
    """Every expression under a statement, with where it hangs."""
    for holder in ast.walk(statement):
        for field, value in ast.iter_fields(holder):
            if isinstance(value, ast.expr):
                yield holder, field, None, value
            elif isinstance(value, list):
                for index, entry in enumerate(value):
                    if isinstance(entry, ast.expr):
                        yield holder, field, index, entry


def _renamed(func, name):
    if isinstance(func, ast.Attribute):
        return ast.Attribute(func.value, name, ast.Load())
    return ast.Name(name, ast.Load())


def _other_exponent(base, exponent):
    if is_name(exponent, "t"):
        for op in (ast.Sub(), ast.Add()):
            shifted = ast.BinOp(exponent, op, ast.Constant(1))
            yield "time", ast.BinOp(base, ast.Pow(), shifted)
