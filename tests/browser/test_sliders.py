"""Every slider of every notebook in a real browser: the longest of all tests."""

import pytest

from tests.browser import lab
from tests.browser.lab import picture, settle, wait_for_change, wait_until

NOTEBOOKS = lab.with_dashboards()


def shown(board, control, start):
    """The picture before a move: a step player shows its steps first."""
    term = board.get_by_role("slider", name="term")
    if not term.count() or control.get_attribute("aria-label") == "term":
        return start
    term.press("End")
    wait_for_change(board, start)
    settle(board)
    return picture(board)


class EverySliderMovesItsPicture:
    """Held by two classes, each of which a worker takes as a whole."""

    def test_and_reset_brings_it_back(self, path, shared, address, folder):
        name = lab.write(folder, path.name, *lab.cells(path))
        page = lab.show(shared, address, name)
        boards = page.locator(".gd-board")
        assert boards.count() == len(lab.dashboards(path))
        for board in boards.all():
            reset = board.get_by_role("button", name="Reset")
            reset.click()  # the notebook may have moved it
            settle(board)
            start = picture(board)
            for control in board.get_by_role("slider").all():
                before = shown(board, control, start)
                at = control.evaluate("it => [it.ariaValueNow, it.ariaValueMax]")
                control.press("Home" if at[0] == at[1] else "End")
                wait_for_change(board, before)
                reset.click()
                wait_until(board, "===", start)
            assert board.get_by_role("alert").count() == 0
        assert page.faults == []
        lab.hand_on(page)


@pytest.mark.parametrize("path", NOTEBOOKS[::2], ids=lambda path: path.stem)
class TestEvenNotebooks(EverySliderMovesItsPicture):
    pass


@pytest.mark.parametrize("path", NOTEBOOKS[1::2], ids=lambda path: path.stem)
class TestOddNotebooks(EverySliderMovesItsPicture):
    pass
