"""gdlib stays small and in layers: what imports what, lengths, docstrings."""

import ast
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import gdlib

PACKAGE = Path(gdlib.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
every_module = pytest.mark.parametrize(
    "path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE))
)


def layer(path):
    """The part of gdlib that a file belongs to: its module, or its folder."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(path):
    """The absolute names of all that a file imports, wherever it does."""
    package = ("gdlib", *path.relative_to(PACKAGE).parent.parts)
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) + 1 - node.level] if node.level else ()
            name = ".".join([*base, *filter(None, [node.module])])
            yield from (f"{name}.{alias.name}" for alias in node.names)


# Who may import whom, inside gdlib: imports run one way, and what computes knows
# nothing of what draws.
ALGORITHM = {
    "minibatch",
    "network",
    "pointwise",
    "objectives",
    "surfaces",
    "regression",
    "methods",
    "refusals",
    "trajectory",
    "descent",
    "theory",
    "optimizer",
}
MAY_IMPORT = {
    "pointwise": set(),
    "objectives": {"pointwise"},
    "surfaces": {"objectives", "pointwise"},
    "methods": set(),
    "refusals": {"objectives"},
    "minibatch": set(),
    "regression": {"minibatch", "objectives", "pointwise", "refusals"},
    "network": {"minibatch", "objectives", "pointwise", "refusals"},
    "trajectory": {"objectives", "methods", "refusals"},
    "descent": {"objectives", "methods", "refusals", "trajectory"},
    "theory": {"objectives", "methods", "refusals", "trajectory", "descent"},
    "optimizer": {"objectives", "methods", "refusals", "trajectory", "descent"},
    "training": {"descent", "network", "objectives"},
    "newer": {"methods", "objectives"},
    "style": set(),
    "plots": ALGORITHM | {"style"},
    "charts": {"plots", "style"},
    "graphs": {"style"},
    "cells": set(),
    "predictions": {"cells"},
    "outcomes": set(),
    "exercises": ALGORITHM | {"checks", "outcomes", "predictions"},
    "checks": ALGORITHM | {"exercises", "checks", "patience"},
    "live": ALGORITHM | {"cells", "patience", "style", "plots", "live", "translation"},
    "patience": set(),
    "progress": {"cells"},
    "references": {"references"},
    "translation": {"methods", "references", "refusals", "translation"},
    "__init__": ALGORITHM | {"style", "plots", "charts", "exercises", "references"},
}
LIBRARIES = {
    "matplotlib": {"style", "plots", "charts", "live"},
    "PIL": {"live"},  # Pillow comes with Matplotlib
    "ipywidgets": {"live", "predictions"},
    "anywidget": {"live", "predictions"},
    "traitlets": {"live", "predictions"},
    "IPython": {"cells", "progress"},
    "tqdm": {"progress"},
}
NEEDED = {"numpy", "gdlib", *LIBRARIES, *sys.stdlib_module_names}


@every_module
def test_imports_run_one_way(path):
    inside = {name.split(".")[1] for name in imports(path) if name.startswith("gdlib.")}
    assert inside & set(MAY_IMPORT) <= MAY_IMPORT[layer(path)]


@every_module
def test_libraries_are_imported_where_they_belong(path):
    outside = {name.split(".")[0] for name in imports(path)}
    assert outside <= NEEDED
    for name in outside & set(LIBRARIES):
        assert layer(path) in LIBRARIES[name]


def test_imports_are_found_wherever_they_stand():
    assert "gdlib.predictions.Prediction" in list(imports(PACKAGE / "exercises.py"))
    assert "gdlib.objectives.Objective" in list(imports(PACKAGE / "regression.py"))


def test_gdlib_comes_without_widgets_and_without_opening_a_figure():
    code = "import gdlib, sys; print(*sorted({n.split('.')[0] for n in sys.modules}))"
    loaded = subprocess.run(
        [sys.executable, "-c", code + "; print('matplotlib.pyplot' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=PACKAGE.parent,
    ).stdout.split()
    assert "numpy" in loaded
    assert not {"ipywidgets", "anywidget", "traitlets", "IPython"} & set(loaded)
    assert loaded[-1] == "False"


def test_every_public_name_is_there_and_listed_once():
    assert len(set(gdlib.__all__)) == len(gdlib.__all__)
    assert all(hasattr(gdlib, name) for name in gdlib.__all__)
    assert set(gdlib.METHODS) <= set(gdlib.__all__)


# Small and simple.


def functions():
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                yield path, node


def body_lines(node):
    """Lines of a function, its signature and docstring left out."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def test_functions_are_short():
    lengths = sorted(body_lines(node) for _, node in functions())
    assert lengths[len(lengths) // 2] <= 8
    assert lengths[int(0.9 * len(lengths))] <= 20


@every_module
def test_module_is_no_longer_than_a_sitting(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 300
    assert max(map(len, lines), default=0) <= 88


# Docstrings.

METHODS = gdlib.METHODS.values()
every_method = pytest.mark.parametrize("method", METHODS, ids=gdlib.METHODS)


@every_module
def test_everything_public_is_explained(path):
    assert ast.get_docstring(TREES[path])
    for node in TREES[path].body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name[0] != "_":
            assert ast.get_docstring(node), node.name


@every_method
def test_method_names_its_source_its_notebook_and_the_libraries(method):
    text = inspect.getdoc(method)
    assert re.search(r"^Sources?: .+(18|19|20)\d\d, ", text, re.M)
    assert re.search(r"\bNotebook (0[1-9]|1[0-2])\b", text)
    assert re.search(r"^Libraries: ", text, re.M)
    for name in inspect.signature(method).parameters.values():
        if name.kind is name.KEYWORD_ONLY:
            assert re.search(rf"\b{name.name}\b", text)


@every_method
def test_equations_of_a_method_are_numbered_as_its_lines(method):
    source, text = inspect.getsource(method), inspect.getdoc(method)
    equations = re.findall(r"^\((\d)\)", text, re.M)
    assert equations == [str(k + 1) for k in range(len(equations))]
    assert sorted(re.findall(r"# \((\d)\)$", source, re.M)) == equations


@pytest.mark.parametrize(
    "function",
    [
        gdlib.mse,
        gdlib.line_data,
        gdlib.chapter_data,
        gdlib.standardise,
        gdlib.ravine,
        gdlib.best,
        gdlib.curvature,
        gdlib.measured_rate,
        gdlib.spectral_radius,
        gdlib.stability_edge,
        gdlib.Objective,
    ],
    ids=lambda function: function.__name__,
)
def test_docstring_names_the_notebook_that_teaches_it(function):
    assert re.search(r"\bNotebooks? \d\d\b", inspect.getdoc(function))


@pytest.mark.parametrize(
    "function",
    [gdlib.best, gdlib.spectral_radius, gdlib.stability_edge],
    ids=lambda function: function.__name__,
)
def test_theory_names_its_source(function):
    assert re.search(r"^Sources?: ", inspect.getdoc(function), re.M)
