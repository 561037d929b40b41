"""Recorded paths walked again, where a library is installed; here it is made up."""

from contextlib import nullcontext

import numpy as np
import pytest

from gdlib import recorded
from gdlib.references import rerun as module
from gdlib.references.rerun import installed, rerun
from tests.references import SURFACES


@pytest.fixture
def made_up(monkeypatch):
    """A PyTorch that is installed and knows plain gradient descent alone."""
    asked = []

    def begin(optimizer, settings, start):
        asked.append((optimizer, settings))
        theta = start

        def step(g):
            nonlocal theta
            theta = theta - settings["lr"] * g
            return theta

        return step

    monkeypatch.setattr(module, "find_spec", lambda name: name == "torch")
    monkeypatch.setitem(module._STEPPERS, "PyTorch", (nullcontext, begin))
    monkeypatch.setattr(module.metadata, "version", lambda name: f"{name} 9.9")
    return asked


def test_nothing_is_walked_where_nothing_is_installed(monkeypatch):
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    for library in ("PyTorch", "optax", "Keras"):
        assert rerun(library, "adam", SURFACES["ravine"]) is None
        assert installed(library) is None


def test_optax_needs_jax_too(made_up, monkeypatch):
    monkeypatch.setattr(module, "find_spec", lambda name: name == "optax" or None)
    assert installed("optax") is None


@pytest.mark.parametrize("surface", SURFACES)
def test_recorded_path_is_walked_again(made_up, surface):
    ground = SURFACES[surface]
    walked = rerun("PyTorch", "gradient_descent", ground, surface=surface)
    theirs = recorded("gradient_descent")["PyTorch"]
    assert walked.shape == (201, 2)
    assert np.abs(walked - theirs.paths[surface]).max() < 1e-12
    assert installed("PyTorch") == "torch 9.9"


def test_it_is_asked_for_by_its_own_name_and_settings(made_up):
    rerun("PyTorch", "nesterov", SURFACES["ravine"])
    ((name, settings),) = made_up
    assert name == "torch.optim.SGD"
    assert settings == dict(lr=0.05, momentum=0.9, nesterov=True)
