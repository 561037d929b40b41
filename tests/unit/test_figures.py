"""The pictures in figures/ are what its scripts draw, the same each time."""

import importlib.util
import re
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from PIL import Image, ImageFilter

ROOT = Path(__file__).parents[2]
FIGURES = ROOT / "figures"
SCRIPTS = sorted(path for path in FIGURES.glob("*.py") if path.stem[0] != "_")
PINNED = re.search(
    r"^matplotlib==(\S+)", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.M
)[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def load(name, monkeypatch):
    """Import a script of figures/, which finds its helpers beside itself."""
    monkeypatch.syspath_prepend(FIGURES)
    spec = importlib.util.spec_from_file_location(name, FIGURES / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def redraw(script, path, *given):
    """The bytes of a picture drawn anew; the gallery has a palette of its own."""
    with mpl.rc_context():
        palette = [script.MAXCOVERAGE] if given else []
        script.save(script.draw(*given), path, *palette)
    return path.read_bytes()


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_every_script_has_its_pictures(script):
    folder = script.with_suffix("")
    assert script.with_suffix(".png").exists() or list(folder.glob("*.png"))


def test_there_is_a_thumbnail_for_every_notebook_after_the_first():
    drawn = sorted(path.stem for path in (FIGURES / "gallery").glob("*.png"))
    listed = sorted(set(re.findall(r"\(notebooks/(\w+)\.ipynb\)", README)))
    assert drawn == [stem for stem in listed if not stem.startswith("00")]


@pytest.mark.parametrize(
    ("name", "picture", "given"),
    [
        ("hero", "hero.png", ()),
        ("map", "map.png", ()),
        ("gallery", "gallery/04_momentum.png", ("04_momentum",)),
    ],
)
def test_picture_is_what_its_script_draws(name, picture, given, tmp_path, monkeypatch):
    script = load(name, monkeypatch)
    first = redraw(script, tmp_path / "first.png", *given)
    assert redraw(script, tmp_path / "second.png", *given) == first
    assert differing_pixels(tmp_path / "first.png", FIGURES / picture) <= 12


def differing_pixels(drawn, kept):
    """How many pixels are visibly unlike the kept picture there.

    Other processors may round one here or there. Another Matplotlib than the pinned one
    has other letters, which push the rest aside: it may find its like 8 pixels away.
    """
    a, b = (Image.open(path).convert("RGB") for path in (drawn, kept))
    near = 1 if mpl.__version__ == PINNED else 17
    low, high = (
        b.filter(of(near)) for of in (ImageFilter.MinFilter, ImageFilter.MaxFilter)
    )
    a, low, high = (np.asarray(picture, int) for picture in (a, low, high))
    assert a.shape == low.shape
    return int(((a < low - 24) | (a > high + 24)).any(axis=-1).sum())


def test_all_pictures_together_stay_small():
    assert sum(path.stat().st_size for path in FIGURES.rglob("*.png")) < 600_000
