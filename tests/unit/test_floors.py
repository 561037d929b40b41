"""The versions that pyproject.toml allows: floors for all, and Colab's among them."""

import re
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
from IPython.core.formatters import DisplayFormatter
from packaging.requirements import Requirement

from gdlib import BOWL, cells, gradient_descent
from gdlib.exercises import predict
from gdlib.live import explore

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NEEDED = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
EXTRAS = dict(PROJECT["project"]["optional-dependencies"])
SITE = [Requirement(line) for line in EXTRAS.pop("site")]
COURSE = [Requirement(line) for lines in EXTRAS.values() for line in lines]
ALL = [*NEEDED, *COURSE, *SITE]
COLAB = "tests/environments/colab.txt"
MANAGER = "https://example.org/manager.min.js"


def versions(name):
    """The versions that a file of requirements pins, by package."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w-]+) ?==([\w.]+)", text, re.M))


@pytest.mark.parametrize("needed", ALL, ids=str)
def test_each_dependency_has_a_floor(needed):
    assert ">=" in {clause.operator for clause in needed.specifier}


@pytest.mark.parametrize(
    ("name", "among"),
    [
        ("requirements.txt", NEEDED + COURSE),
        ("book/requirements.txt", NEEDED + SITE),
        (COLAB, NEEDED),
    ],
)
def test_versions_that_are_installed_are_allowed(name, among):
    pinned = versions(name)
    assert [str(r) for r in among if pinned[r.name] not in r.specifier] == []


@pytest.fixture(params=["dashboard", "prediction"])
def shown(request, monkeypatch):
    """What IPython makes, in Colab, of the last line of a cell: data and metadata."""
    colab = SimpleNamespace(
        enable_custom_widget_manager=lambda: None,
        _widgets=SimpleNamespace(_installed_url=MANAGER),
    )
    monkeypatch.setitem(sys.modules, "google.colab.output", colab)
    monkeypatch.setattr(cells, "display", lambda *_, **__: None)
    make = dict(
        dashboard=lambda: explore(BOWL, gradient_descent),
        prediction=lambda: predict("00.a"),
    )
    thing = make[request.param]()
    yield DisplayFormatter().format(thing)
    if request.param == "dashboard":
        thing.close()


def test_colab_gets_the_view_its_text_and_the_manager_of_its_widgets(shown):
    data, metadata = shown
    assert set(data) == {"text/plain", cells.WIDGET_VIEW}
    manager = metadata[cells.WIDGET_VIEW]["colab"]["custom_widget_manager"]
    assert manager == {"url": MANAGER}
