"""The map of the series: what goes wrong, which method cures it, what comes next."""

import re
from itertools import pairwise
from pathlib import Path

import matplotlib as mpl
import numpy as np
from _save import save
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import FancyBboxPatch
from matplotlib.textpath import text_to_path

from gdlib import METHODS, look, use_style

README = Path(__file__).parents[1] / "README.md"  # its table holds all the words
ROW = re.compile(
    r"\| (\d\d) \| \[(.+?)\]\(\S+/\d\d_(\w+)\.ipynb\) \| (.+?) \| (.+?) \|"
)
FAMILIES = {  # by the station that each begins with
    "01": "Follow the slope",
    "04": "Remember the way",
    "06": "A learning rate for each parameter",
    "09": "Both together",
    "13": "Which one, when?",
    "14": "What readers asked for",
    "17": "What came after",
}
WIDTH, EDGE, GAP, ROOM = 640, 4, 22, 46  # pixels: page, its edge, between stations
INDENT, LINE = 27, 15  # pixels: left of the words, from one of their lines to the next
GREY = "#6e6e6e"
WORDS = (  # title, what goes wrong, what cures it: mark and style of each
    ("", dict(color="black", weight="bold", size=9.5)),
    ("✗", dict(color="#a3231f", weight="normal", size=8.5)),
    ("✓", dict(color="#006b4c", weight="normal", size=8.5)),
)


def draw():
    """A row for each family, in which its stations share the width."""
    use_style()
    mpl.rcParams["savefig.dpi"] = 130
    figure = Figure(layout="none")
    ax = figure.add_axes((0, 0, 1, 1))
    boxes, top = [], 26
    for row in families():
        boxes += draw_row(ax, row, top)
        top += boxes[-1][3] + ROOM
    for here, there in pairwise(boxes):
        draw_way(ax, here, there)
    height = top - ROOM + EDGE
    figure.set_size_inches(WIDTH / 100, height / 100)
    ax.set(xlim=(0, WIDTH), ylim=(height, 0))
    ax.axis("off")
    return figure


def families():
    """The stations from 01 on as (number, title, name, disease, cure), row by row."""
    rows = []
    for found in map(ROW.match, README.read_text(encoding="utf-8").splitlines()):
        if found and found[1] in FAMILIES:
            rows.append([])
        if found and rows:
            rows[-1].append(found.groups())
    return rows


def draw_row(ax, row, top):
    """Draw one family; return its stations' boxes (left, top, width, height)."""
    ax.text(EDGE + INDENT, top - 12, FAMILIES[row[0][0]], color=GREY, weight="bold")
    width = (WIDTH - 2 * EDGE - GAP * (len(row) - 1)) / len(row)
    words = [
        [
            wrap(text, width - INDENT - 5, style)
            for text, (_, style) in zip((f"{n}  {t}", *ill), WORDS, strict=True)
        ]
        for n, t, _, *ill in row
    ]
    counts = [max(map(len, part)) for part in zip(*words, strict=True)]
    tops = top + np.array([8, 13, 17]) + LINE * np.cumsum([0, *counts[:2]])
    height = 26 + LINE * sum(counts)
    boxes = [(EDGE + i * (width + GAP), top, width, height) for i in range(len(row))]
    for box, station, lines in zip(boxes, row, words, strict=True):
        draw_station(ax, box, station[2], lines, tops)
    return boxes


def wrap(text, width, style):
    """Break a text into lines that are at most `width` pixels long."""
    font = FontProperties(weight=style["weight"], size=style["size"])
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".lstrip()
        points, _, _ = text_to_path.get_text_width_height_descent(longer, font, False)
        if points * 100 / 72 <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def draw_station(ax, box, name, words, tops):
    """A box in its method's colour, with its marker and its words."""
    left, top, *size = box
    color, _, marker = look(name if name in METHODS else "gradient_descent")
    inside = dict(facecolor=(color, 0.06), edgecolor=color, linewidth=1.7)
    shape = dict(boxstyle="round,pad=0,rounding_size=8")
    ax.add_patch(FancyBboxPatch((left, top), *size, **inside, **shape))
    ax.plot(left + 15, top + 15, marker, color=color, ms=8)
    for y, lines, (mark, style) in zip(tops, words, WORDS, strict=True):
        ax.text(left + 10, y, mark, va="top", **style)
        ax.text(left + INDENT, y, "\n".join(lines), va="top", **style)


def draw_way(ax, here, there):
    """The arrow from a station to the next, around the corner at a row's end."""
    left, top, width, height = here
    to, under = there[:2]
    if top == under:
        way = [(left + width, top + height / 2), (to, top + height / 2)]
    else:
        turn, start, end = top + height + 10, left + width / 2, to + 15
        way = [(start, top + height), (start, turn), (end, turn), (end, under)]
    ax.plot(*zip(*way, strict=True), color=GREY, lw=1.7, zorder=0)
    head = dict(arrowstyle="-|>", color=GREY, lw=1.7, shrinkA=0, shrinkB=0)
    ax.annotate("", way[-1], way[-2], arrowprops=head)


if __name__ == "__main__":
    save(draw(), __file__)
