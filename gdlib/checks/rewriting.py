"""Lines of code rewritten as a slip would leave them."""

import ast
import copy


def made(line):
    """The name that a line gives a value, or None."""
    if isinstance(line, ast.Assign) and len(line.targets) == 1:
        return getattr(line.targets[0], "id", None)
    return getattr(getattr(line, "target", None), "id", None)


class _Rename(ast.NodeTransformer):
    """Replace a name, where it is read, by what `new` makes of it."""

    def __init__(self, name, new):
        self.name, self.new = name, new

    def visit_Name(self, node):
        if node.id == self.name and isinstance(node.ctx, ast.Load):
            return self.new(node)
        return node

    def visit_keyword(self, node):
        """Leave what is handed on as state: dict(m=m) keeps the new value."""
        if node.arg == self.name and is_name(node.value, self.name):
            return ast.keyword(node.arg, ast.Name(f"{self.name}_new", ast.Load()))
        return self.generic_visit(node)


def old_value(line, name):
    """A later line that reads the value from before the update."""
    return _Rename(name, lambda node: node).visit(copy.deepcopy(line))


def renamed_target(line, name):
    """An update whose new value goes under another name."""
    line = copy.deepcopy(line)
    line.targets = [ast.Name(f"{name}_new", ast.Store())]
    return line


def without(line, name):
    """An update that begins from 0 each time."""
    zero = _Rename(name, lambda node: ast.Constant(0.0))
    return zero.visit(copy.deepcopy(line))


class _Shares(ast.NodeTransformer):
    """γ becomes 1 − γ and 1 − γ becomes γ, all through a line."""

    def __init__(self, name):
        self.name, self.count = name, 0

    def visit_BinOp(self, node):
        one = isinstance(node.left, ast.Constant) and node.left.value == 1
        if one and isinstance(node.op, ast.Sub) and is_name(node.right, self.name):
            self.count += 1
            return node.right
        return self.generic_visit(node)

    def visit_Name(self, node):
        if node.id == self.name and isinstance(node.ctx, ast.Load):
            self.count += 1
            return ast.BinOp(ast.Constant(1), ast.Sub(), node)
        return node


def shares_swapped(line, shares):
    """The line for each share that stands in it with its rest, both exchanged."""
    for name in shares:
        swap = _Shares(name)
        new = swap.visit(copy.deepcopy(line))
        if swap.count > 1:
            yield new


def is_name(node, name):
    """Whether an expression is this name."""
    return isinstance(node, ast.Name) and node.id == name


def called(node):
    """The last name of what a call calls, or None."""
    if not isinstance(node, ast.Call):
        return None
    return getattr(node.func, "attr", getattr(node.func, "id", None))


def eps_moved_in(left, right):
    """√a + ε becomes √(a + ε), and without ε."""
    if is_name(right, "eps"):
        yield "eps", left
        if called(left) == "sqrt":
            inside = ast.BinOp(left.args[0], ast.Add(), right)
            yield "eps", ast.Call(left.func, [inside], [])


def eps_moved_out(call):
    """√(a + ε) becomes √a + ε."""
    inner = call.args[0] if call.args else None
    if isinstance(inner, ast.BinOp) and is_name(inner.right, "eps"):
        yield (
            "eps",
            ast.BinOp(ast.Call(call.func, [inner.left], []), ast.Add(), inner.right),
        )
        if isinstance(inner.left, ast.BinOp) and isinstance(inner.left.op, ast.Div):
            early = ast.BinOp(inner.left.left, ast.Add(), inner.right)
            whole = ast.BinOp(early, ast.Div(), inner.left.right)
            yield "eps", ast.Call(call.func, [whole], [])
