"""Fixtures of the dashboards' tests."""

import pytest
from PIL import Image

from gdlib import live
from gdlib.live import stills
from tests.unit.page import Page


@pytest.fixture
def show(monkeypatch):
    """Open a dashboard on a page of its own, closed at the end.

    Its stills are laid out and left blank: Matplotlib's drawing would take most of the
    time, and is looked at in test_drawing.py, test_twin.py and the browser's tests.
    """
    boards = []

    def open_page(board, **view):
        boards.append(board)
        return Page(board, **view)

    def blank(figure):
        return Image.new("RGB", figure.canvas.get_width_height())

    monkeypatch.setattr(stills, "_picture", blank)
    yield open_page
    for board in boards:
        board.close()
    live.big(False)
