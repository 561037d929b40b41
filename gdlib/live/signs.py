"""HTML that dashboards share: a method's line as a sign, tables that never move."""

from html import escape
from urllib.parse import quote
from zlib import crc32

import ipywidgets as widgets
from matplotlib.colors import to_hex, to_rgb

from ..style import Look
from .drawing import dashes, stamp


def ghost(style):
    """The Look of a run that is pinned: the same, paler."""
    pale = to_hex([0.45 * part + 0.55 for part in to_rgb(style.color)])
    return Look(pale, style.linestyle, style.marker)


def sign(style):
    """The class of HTML elements that show a method's line, and its rule."""
    colour, dash, marker = style
    _, path, filled = stamp(f"{marker} 8")
    pattern = "" if dash == "-" else " ".join(map(str, dashes(dash, 2)))
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="38" height="14">'
        '<rect width="38" height="14" rx="3" fill="white"/>'
        f'<path d="M1 7H37" stroke="{colour}" stroke-width="2" '
        f'stroke-dasharray="{pattern}"/><path d="{path}" transform="translate(19 7)" '
        f'stroke="{colour}" fill="{colour if filled else "none"}"/></svg>'
    )
    name = f"gd-sign-{crc32(svg.encode()):x}"
    return name, f'.{name}{{background-image:url("data:image/svg+xml,{quote(svg)}")}}'


def swatches(styles):
    """The rules of all signs in one widget, those of ghosts too."""
    every = [*styles.values(), *map(ghost, styles.values())]
    rules = "".join(sign(style)[1] for style in every)
    return widgets.HTML(f"<style>{rules}</style>", layout=dict(display="none"))


def entry(name, style):
    """A method's name with its sign, as HTML."""
    return f'<i class="gd-sign {sign(style)[0]}"></i> {escape(name)}'


def fixed_table(widths, inside, caption, kind=""):
    """A table as HTML, its columns as wide as it says whatever they hold.

    widths  of the columns, letters
    inside  the HTML of its head and its rows
    kind    its class
    """
    wide = "".join(f'<col style="width:{width}ch">' for width in widths)
    return (
        f'<div class="gd-scroll" tabindex="0" role="group" aria-label="{caption}">'
        f'<table class="{kind}" style="width:{sum(widths)}ch">'
        f"<colgroup>{wide}</colgroup>{inside}</table></div>"
    )


def table(columns, rows, caption):
    """A `fixed_table` with headings.

    columns  pairs of a heading and a width in letters
    rows     the first cell of a row is HTML, the others text
    """
    top = "".join(f'<th scope="col">{escape(text)}</th>' for text, _ in columns)
    body = ""
    for first, *cells in rows:
        rest = "".join(f"<td>{escape(text)}</td>" for text in cells)
        body += f'<tr><th scope="row">{first}</th>{rest}</tr>'
    inside = f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody>"
    return fixed_table([width for _, width in columns], inside, caption)
