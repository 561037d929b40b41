"""Write a deck as one HTML page of reveal.js."""

import html
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from . import notebook


@dataclass
class Site:
    """Where a deck's pages lead, what they take, and what pictures they show.

    book       address of the book's notebooks; without one, no link to live dashboards
    notebooks  folder from which figures, code, output and formulas are taken
    pictures   the PNG of each picture shown so far, under the name of its file
    """

    book: str = ""
    notebooks: Path = notebook.NOTEBOOKS
    pictures: dict = field(default_factory=dict)


LONG = 190  # letters of text from which on they are set smaller

# A slide whose heading begins with one of these words looks different: it begins a
# part of a lecture, or asks something of the room.
ACTS = {
    "Stop": "stop",
    "Predict": "predict",
    "In class": "task",
    "Exercise": "task",
    "Try": "task",
}


def tex(text, options):
    """Leave a formula to MathJax, between the delimiters that it looks for."""
    start, end = (r"\[", r"\]") if options["display_mode"] else (r"\(", r"\)")
    return f"{start}{html.escape(text.strip())}{end}"


def markdown(**options):
    """Make a reader of Markdown that knows formulas."""
    reader = MarkdownIt("commonmark", options).enable("table")
    dollarmath_plugin(reader, renderer=tex, double_inline=True)
    return reader


MARKDOWN, NOTES = markdown(), markdown(breaks=True)

PAGE = """<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="vendor/reveal.css">
<link rel="stylesheet" href="theme.css">
</head>
<body class="typesetting">
<div class="reveal"><div class="slides">
{slides}
</div></div>
<script src="vendor/reveal.js"></script>
<script src="vendor/notes.js"></script>
<script src="deck.js"></script>
<script src="vendor/mathjax/tex-svg.js"></script>
</body>
</html>
"""

SECTION = """<section class="{look}">
<div class="frame">
<h{sign}>{heading}</h{sign}>
<div class="body">
{body}
</div>
<footer>{foot}</footer>
</div>
<aside class="notes">{note}</aside>
</section>"""


def page(deck, site):
    """Write a whole deck."""
    title, count = html.escape(plain(deck.title)), len(deck.slides)
    sections = [
        section(slide, f"{title} · {number} / {count}", site)
        for number, slide in enumerate(deck.slides, 1)
    ]
    return PAGE.format(title=title, slides="\n".join(sections))


def section(slide, foot, site):
    """Write one slide with its foot and its note."""
    sign = 1 if slide.title else 2
    heading = MARKDOWN.renderInline(slide.heading)
    body = "\n".join(block(slide, one, site) for one in slide.blocks)
    return SECTION.format(
        look=look(slide),
        sign=sign,
        heading=heading,
        body=body,
        foot=foot,
        note=note(slide),
    )


def look(slide):
    """Name the classes of a slide: what it holds, and what the room does there."""
    looks = ["title"] if slide.title else []
    kinds = [one.kind for one in slide.directives]
    looks += ["words"] if not kinds else ["formulas"] if kinds == ["formula"] else []
    looks += ["long"] if len(slide.text) > LONG else []
    looks += [kind for words, kind in ACTS.items() if slide.heading.startswith(words)]
    return " ".join(looks)


def block(slide, one, site):
    """Write one block of a slide: its own words, or something of the notebook's."""
    if isinstance(one, str):
        return MARKDOWN.render(one)
    found = notebook.fetch(slide, one, site.notebooks)
    if one.kind in ("figure", "map", "dashboard"):
        site.pictures[found.name] = found.png
        link = live(slide, one, site.book) if one.kind == "dashboard" else ""
        return figure(found) + link
    if one.kind == "formula":
        return "\n".join(map(formula, found))
    return listing(found, one.kind)


def formula(text):
    """Write a formula that stands alone."""
    return f'<div class="formula">{tex(text, dict(display_mode=True))}</div>'


def figure(picture):
    """Write a picture that fills the room left to it."""
    alt = html.escape(picture.alt, quote=True)
    return f'<figure><img src="pictures/{picture.name}" alt="{alt}"></figure>'


def live(slide, one, book):
    """Write the link to the live dashboard, where the pages of the book are."""
    if not book:
        return ""
    address = html.escape(f"{book}{slide.deck}.html#live-{one.target}", quote=True)
    return f'<a class="live" target="_blank" href="{address}">live ↗</a>'


def listing(text, kind):
    """Write code, coloured, or output."""
    if kind == "code":
        inner = highlight(text, PythonLexer(), HtmlFormatter(nowrap=True)).rstrip("\n")
    else:
        inner = with_head(html.escape(text))
    return f'<pre class="{kind}">{inner}</pre>'


def with_head(text):
    """Set the first line of a table apart: it is as long as the second."""
    first, *rest = text.split("\n")
    table = len(rest) > 1 and any(size(first) == size(rest[0]) for size in (len, width))
    return "\n".join([f"<b>{first}</b>" if table else first, *rest])


HOW_LIVE = (
    "**Live.** Open `notebooks/{deck}.ipynb` in JupyterLab (`make lab`) before the "
    "lecture and run all cells. There, *View → Presentation Mode* makes the page "
    "larger, and the button *Big* the dashboard."
)


def width(line):
    """Count the places of a line: an accent that sits on a letter takes none."""
    return sum(not unicodedata.combining(letter) for letter in html.unescape(line))


def note(slide):
    """Write the speaker's note, with the way to a dashboard that is live."""
    text = slide.note
    if any(one.kind == "dashboard" for one in slide.directives):
        text += "\n\n" + HOW_LIVE.format(deck=slide.deck)
    return NOTES.render(text)


def plain(markdown):
    """Take the marks out of a short Markdown text."""
    return re.sub(r"[*`$]", "", markdown)


INDEX = """<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>Slides: Gradient Descent, Step by Step</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="theme.css">
</head>
<body class="index">
<main>
<h1>Gradient Descent, Step by Step: slides</h1>
<p>One deck for each notebook's core path. Choose one, then press <kbd>S</kbd> for your
notes in a window of their own, <kbd>F</kbd> for the full screen, <kbd>O</kbd> for all
slides at a glance, <kbd>D</kbd> for dark ones, <kbd>?</kbd> for all keys. For a PDF,
follow <i>print</i> and print the page to a file without margins.</p>
<ol>
{rows}
</ol>
</main>
</body>
</html>
"""


def index(decks):
    """Write the page that lists all decks."""
    return INDEX.format(rows="\n".join(map(row, decks)))


def row(deck):
    """Write a deck's line of the index."""
    said = MARKDOWN.renderInline(deck.subtitle)
    return (
        f'<li><a href="{deck.stem}.html">{html.escape(plain(deck.title))}</a> '
        f"<span>{len(deck.slides)} slides · "
        f'<a href="{deck.stem}.html?print-pdf">print</a></span><p>{said}</p></li>'
    )
