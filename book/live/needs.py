"""Which cells of a notebook one of them needs, by the names that they bind."""

import ast

from IPython.core.inputtransformer2 import TransformerManager


def needs(sources, place):
    """The places before `place` whose cells it needs, in their order.

    sources  the code of all cells
    """
    found, wanted = [], names(sources[place])[1]
    for earlier in reversed(range(place)):
        bound, used = names(sources[earlier])
        if bound & wanted:
            found.insert(0, earlier)
            wanted |= used
    return found


def names(source):
    """The names that a cell binds, and those that it uses."""
    nodes = list(ast.walk(ast.parse(TransformerManager().transform_cell(source))))
    named = [node for node in nodes if isinstance(node, ast.Name)]
    bound = {node.id for node in named if isinstance(node.ctx, ast.Store)}
    bound |= {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
    bound |= {(a.asname or a.name) for a in nodes if isinstance(a, ast.alias)}
    return bound, {node.id for node in named}
