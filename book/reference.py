"""gdlib's reference: signatures and docstrings of what it exports, as a page."""

import inspect
import re
from importlib import import_module

MODULES = {
    "gdlib": "What the notebooks import",
    "gdlib.live": "The dashboards",
    "gdlib.newer": "Methods after the ten",
    "gdlib.translation": "Settings of the libraries",
    "gdlib.theory": "What theory says of quadratics",
    "gdlib.style": "Colours, lines and markers",
}


def page():
    """The whole page in MyST Markdown."""
    parts = ["# gdlib", "Each text below is the docstring that stands in the code."]
    for name, title in MODULES.items():
        module = import_module(name)
        parts += [f"## {title}: `{name}`", literal(inspect.getdoc(module))]
        parts += [entry(name, *pair) for pair in public(module)]
    return "\n\n".join(parts) + "\n"


def public(module):
    """Pairs (name, object) of what a module offers, in the order of its names."""
    own = [n for n, thing in vars(module).items() if is_own(thing, module)]
    names = getattr(module, "__all__", own)
    return [(name, getattr(module, name)) for name in sorted(names, key=str.lower)]


def is_own(thing, module):
    """Whether a module defines a function or class, and does not hide it."""
    own = getattr(thing, "__module__", "") == module.__name__
    return own and callable(thing) and getattr(thing, "__name__", "_")[0] != "_"


def entry(module, name, thing):
    """One function, class or constant with what is said of it."""
    kind, called, text = "data", "", constant(thing)
    if inspect.isclass(thing) or inspect.isroutine(thing):
        kind = "class" if inspect.isclass(thing) else "function"
        called, text = str(inspect.signature(thing)), inspect.getdoc(thing)
    head = placeless(f"{module}.{name}{called}")
    return f"```````{{py:{kind}}} {head}\n\n{literal(text)}\n```````"


def constant(thing):
    """What a constant is: a surface by its facts, anything else by its repr."""
    if not hasattr(thing, "formula"):
        return placeless(repr(thing))
    facts = dict(formula=thing.formula, minima=thing.minima, start=thing.start)
    known = [f"{name:9}{fact}" for name, fact in facts.items() if fact]
    return "\n".join([f"The surface {thing.name}.", "", *known])


def placeless(text):
    """A text without the places in memory that a repr tells."""
    return re.sub(r"<(?:[\w.]+ )?[\w.<>]*?(\w+)(?: object)? at 0x\w+>", r"\1", text)


def literal(text):
    """A text whose lines and columns stay as they are."""
    return f"``````{{code-block}} text\n{text}\n``````"
