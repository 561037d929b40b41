"""save(): what every script of this folder ends with."""

import io
from pathlib import Path

from PIL import Image

MEDIANCUT, MAXCOVERAGE = Image.Quantize.MEDIANCUT, Image.Quantize.MAXCOVERAGE


def save(figure, path, palette=MEDIANCUT):
    """Write a figure as a small PNG beside `path`, the same bytes each time.

    palette  how the colours are chosen: MEDIANCUT by the room that they take, or
             MAXCOVERAGE so that the worst is least wrong: smaller, faint tints merge
    """
    drawn = io.BytesIO()
    figure.savefig(drawn, metadata={"Software": None})  # it would name a version
    picture = Image.open(drawn).convert("RGB")
    colours = 128 if palette == MEDIANCUT else 144
    flat = picture.quantize(colours, palette, dither=Image.Dither.NONE)
    flat.save(Path(path).with_suffix(".png"), optimize=True)
