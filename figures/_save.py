"""save(): what every script of this folder ends with."""

import io
from pathlib import Path

from PIL import Image


def save(figure, path):
    """Write a figure as a small PNG beside `path`, the same bytes each time."""
    drawn = io.BytesIO()
    figure.savefig(drawn, metadata={"Software": None})  # it would name a version
    picture = Image.open(drawn).convert("RGB")
    # The palette whose worst colour is least wrong: flat areas pack well with it.
    flat = picture.quantize(176, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    flat.save(Path(path).with_suffix(".png"), optimize=True)
