"""Fetch what a slide names from a notebook: a picture, code, output or formula."""

import base64
import io
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import dedent

from PIL import Image

from gdlib.live.stills import TITLE

from .deck import Missing

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
MAP = "map.png"
TWIN = "A picture of the dashboard."


@dataclass(frozen=True)
class Picture:
    """A PNG, the name of its file and the text that stands for it."""

    name: str
    png: bytes
    alt: str


def fetch(slide, one, folder=NOTEBOOKS):
    """Fetch what a directive of a slide names; say which slide when it is missing."""
    try:
        return KINDS[one.kind](slide.deck, one, folder)
    except LookupError as error:
        raise Missing(f"{slide.where}: {error.args[0]}") from None


@cache
def cells(stem, folder=NOTEBOOKS):
    """Read the cells of a notebook, each under its id."""
    path = folder / f"{stem}.ipynb"
    if not path.exists():
        raise LookupError(f"there is no notebook {stem}.")
    found = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return {cell["id"]: cell for cell in found}


def cell(stem, one, folder):
    """Fetch the cell that a directive names."""
    try:
        return cells(stem, folder)[one.target]
    except KeyError:
        raise LookupError(f"{stem} has no cell {one.target!r}.") from None


def figure(stem, one, folder):
    """Fetch a picture that Matplotlib drew; the second one if the part says 2."""
    source = cell(stem, one, folder)
    number = int(one.part or 1)
    found = [out for out in pictures(source) if not is_twin(out)]
    png = nth(found, number, "picture", one)["data"]["image/png"]
    alt = source["metadata"].get("mystnb", {}).get("image", {}).get("alt")
    if not alt:
        raise LookupError(f"the picture of {one.target!r} has no alternative text.")
    return Picture(f"{stem}-{one.target}-{number}.png", decoded(png), alt)


def dashboard(stem, one, folder):
    """Fetch the picture that a dashboard left, with its sentence."""
    source = cell(stem, one, folder)
    twin = nth(list(filter(is_twin, pictures(source))), 1, "dashboard's picture", one)
    results = shown(source, "execute_result")
    alt = joined(nth(results, 1, "sentence", one)["data"]["text/plain"])
    return Picture(f"{stem}-{one.target}.png", without_note(twin), alt)


def without_note(twin):
    """Cut off a twin's last line, which says how to make it move."""
    picture = Image.open(io.BytesIO(decoded(twin["data"]["image/png"])))
    width, height = picture.size
    line = TITLE * width / twin["metadata"]["image/png"]["width"]
    out = io.BytesIO()
    picture.crop((0, 0, width, int(height - line))).save(out, "PNG", optimize=True)
    return out.getvalue()


def code(stem, one, folder):
    """Fetch the lines of a code cell."""
    source = cell(stem, one, folder)
    if source["cell_type"] != "code":
        raise LookupError(f"{one.target!r} is no code cell.")
    return dedent(lines(joined(source["source"]), one))


def output(stem, one, folder):
    """Fetch the lines that a cell printed."""
    printed = shown(cell(stem, one, folder), "stream")
    text = "".join(joined(out["text"]) for out in printed)
    if not text.strip():
        raise LookupError(f"{one.target!r} prints nothing.")
    return lines(text.rstrip("\n"), one)


def formula(stem, one, folder):
    """Fetch the display formulas of a Markdown cell, or those that the part names."""
    text = joined(cell(stem, one, folder)["source"])
    found = [tex.strip() for tex in re.findall(r"\$\$(.+?)\$\$", text, flags=re.S)]
    if not found:
        raise LookupError(f"{one.target!r} has no display formula.")
    return between(found, one, "formula")


def course_map(stem, one, folder):
    """Fetch the map of the course, which a Markdown cell has attached."""
    for source in cells(stem, folder).values():
        if MAP in source.get("attachments", {}):
            alt = re.search(
                rf"!\[(.+?)\]\(attachment:{MAP}\)", joined(source["source"])
            )
            png = source["attachments"][MAP]["image/png"]
            return Picture(f"{stem}-{MAP}", decoded(png), alt[1])
    raise LookupError(f"{stem} has no map.")


KINDS = dict(
    figure=figure,
    dashboard=dashboard,
    code=code,
    output=output,
    formula=formula,
    map=course_map,
)


def pictures(source):
    """Every output of a cell that has a PNG."""
    return [
        out for out in source.get("outputs", ()) if "image/png" in out.get("data", ())
    ]


def is_twin(out):
    """Tell the picture that a dashboard leaves from one that Matplotlib shows."""
    return joined(out["data"].get("text/plain", "")) == TWIN


def shown(source, kind):
    """Every output of a cell that is of this kind."""
    return [out for out in source.get("outputs", ()) if out["output_type"] == kind]


def joined(text):
    """Join what a notebook's file may keep as a list of lines."""
    return text if isinstance(text, str) else "".join(text)


def decoded(png):
    """Decode a PNG from the notebook's letters."""
    return base64.b64decode(joined(png))


def nth(found, number, what, one):
    """Pick the n-th of what was found, counted from 1."""
    if not 1 <= number <= len(found):
        raise LookupError(f"{one.target!r} has no {what} {number}.")
    return found[number - 1]


def lines(text, one):
    """Keep the lines that a directive's part names, as 3-9; all without one."""
    return "\n".join(between(text.split("\n"), one, "line"))


def between(found, one, what):
    """Keep the items from the first to the last that a part such as 3-9 names."""
    if not one.part:
        return found
    first, _, last = one.part.partition("-")
    first, last = int(first), int(last or first)
    nth(found, first, what, one), nth(found, last, what, one)
    return found[first - 1 : last]
