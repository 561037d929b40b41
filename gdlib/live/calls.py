"""A picture's runs as the lines of Python that make them."""

from functools import partial
from importlib import import_module


def name_of(thing):
    """The name a thing has in the notebook or in gdlib, else how Python writes it."""
    if isinstance(thing, partial):
        given = [*map(name_of, thing.args), *settings(thing.keywords)]
        return f"partial({', '.join([name_of(thing.func), *given])})"
    for module in ("__main__", "gdlib"):
        for name, known in vars(import_module(module)).items():
            if known is thing and not name.startswith("_"):
                return name
    plain = isinstance(thing, int | float | str)
    return repr(thing) if plain else getattr(thing, "__name__", "objective")


def settings(values):
    """Keyword arguments as they are written."""
    return [f"{name}={number(value)}" for name, value in values.items()]


def number(value):
    """A number, or several, with all the digits that make it the same again."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, tuple | list):
        inside = ", ".join(map(number, value))
        return f"({inside},)" if len(value) == 1 else f"({inside})"
    return repr(value) if isinstance(value, int | float | str) else name_of(value)


def call(method, objective, start, steps, hyper):
    """Write the call of `descend` that makes a run.

    objective  as Python writes it
    """
    given = settings(dict(start=tuple(start), steps=steps) | hyper)
    return f"descend({', '.join([name_of(method), objective, *given])})"
