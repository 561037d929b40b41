"""Where the parts of a dashboard stand in the page."""

import ipywidgets as widgets

from ..patience import INTERRUPTED, TooLong
from .controls import Sliding
from .signs import sign, swatches

LATE = (
    "No answer yet: the kernel is busy or has stopped. If it stays so, run this cell "
    "again."
)


def button(text, kind=widgets.Button, **options):
    """Make a button as wide as its text."""
    return kind(description=text, layout=dict(width="auto"), **options)


def main_buttons(big):
    """Reset, Pin, Copy as code and Big."""
    toggle = widgets.ToggleButton
    pin = button("Pin", toggle, tooltip="Keep this run as a ghost to compare with")
    copy = button("Copy as code", toggle)
    return button("Reset"), pin, copy, button("Big", toggle, value=big)


def row(name, children):
    """Put widgets into a box that board.css knows by the name."""
    made = widgets.Box(children)
    made.add_class(f"gd-{name}")
    return made


def lay_out(board, buttons, film, names):
    """The children of a board, from top to bottom.

    film   the widgets of Play, or none
    names  name -> Look
    """
    sliding = [c for c in board.controls.values() if isinstance(c, Sliding)]
    others = [c for c in board.controls.values() if c not in sliding]
    others = row("others", [c.view for c in others if c.widget not in film])
    if len(others.children) > 2:
        others.add_class("gd-wide")
    stage = [board.canvas]
    for name, toggle in board.names.items():
        toggle.add_class(sign(names[name])[0])
    if board.names:
        stage.append(row("names", list(board.names.values())))
    for extra in (board.error, board.listing):
        extra.add_class("gd-extra")
    return [
        widgets.HTML(f'<p class="gd-wait">{LATE}</p>'),
        row("stage", stage),
        board.error,
        *([row("film", film)] if film else []),
        row("buttons", buttons),
        row("sliders", [*(c.view for c in sliding), others]),
        board.listing,
        board.readout,
        swatches(names),
    ]


def sentence(problem):
    """Say in one sentence what went wrong; gdlib's refusals speak for themselves."""
    refused = isinstance(problem, ValueError | TypeError) and "allowed:" in str(problem)
    if refused or isinstance(problem, TooLong):
        return str(problem)
    if isinstance(problem, KeyboardInterrupt):
        return INTERRUPTED
    return f"This could not be computed: {type(problem).__name__}: {problem}"
