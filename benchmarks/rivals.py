"""Other libraries on the same work, each shown only where it is installed."""

import importlib.util
from importlib import import_module
from importlib.metadata import version

LIBRARIES = {"torch": "with_torch", "optax": "with_optax", "keras": "with_keras"}
INSTALLED = [name for name in LIBRARIES if importlib.util.find_spec(name)]


def of(work):
    """The rivals at a work, {name: Contender}."""
    found = {}
    for name in INSTALLED:
        module = import_module(f"benchmarks.{LIBRARIES[name]}")
        found |= module.CONTENDERS.get(work, {})
    return found


def sentence():
    """Which rivals took part, which are missing."""
    shown = ", ".join(f"{name} {version(name)}" for name in INSTALLED) or "none"
    missing = ", ".join(name for name in LIBRARIES if name not in INSTALLED) or "none"
    return f"Rivals installed: {shown}; missing: {missing}."
