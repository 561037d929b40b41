"""Dashboards in a real browser: they mount, move, can be used by keyboard, close."""

import pytest

from tests.browser import lab
from tests.browser.lab import picture, settle, wait_for_change

CELLS = (
    "from gdlib import *\nfrom gdlib.live import *",
    "first = explore(ravine, gradient_descent, kappa=(1, 100, 10), steps=40)\nfirst",
    "from IPython.display import display\nsecond = explore(BOWL, gradient_descent)\n"
    "display(second, second)",
    "rate_map(momentum, BOWL, x_range=(0.01, 1), steps=30)",
    "race(HIMMELBLAU, [gradient_descent, adam], steps=30)",
)


def run(page, code):
    """Run code in the page's kernel, beside the cells; give what it prints."""
    return page.evaluate(
        """async (code) => {
          const context = window.jupyterapp.shell.currentWidget.sessionContext;
          const future = context.session.kernel.requestExecute({ code });
          let printed = "";
          future.onIOPub = ({ content }) => { printed += content.text ?? ""; };
          await future.done;
          return printed.trim();
        }""",
        code,
    )


@pytest.fixture(scope="module")
def page(window, address, folder):
    page = lab.open_page(window)
    lab.show(page, address, lab.write(folder, "boards.ipynb", *CELLS))
    yield page
    page.evaluate(lab.SHUT_DOWN)
    page.close()


@pytest.fixture
def board(page):
    """The first dashboard, as it was at the start."""
    board = page.locator(".gd-board").first
    board.get_by_role("button", name="Reset").click()
    settle(board)
    return board


def test_dragging_the_start_moves_the_path(page, board):
    before, plot = picture(board), board.locator("canvas").first
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    page.mouse.move(box["x"] + 0.4 * box["width"], box["y"] + 0.3 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + 0.4 * box["height"])
    wait_for_change(board, before)
    page.mouse.up()
    settle(board)
    value = board.get_by_label("start x", exact=True).input_value()
    assert value == run(page, "print(f'{first.values[\"start x\"]:.4g}')") != "-2"


def test_keyboard_alone_is_enough(page, board):
    before, plot = picture(board), board.locator("canvas").first
    plot.focus()
    page.keyboard.press("ArrowUp")
    wait_for_change(board, before)
    start = board.get_by_label("start y", exact=True)
    assert start.input_value() == "1.05"
    reached = set()
    for _ in range(20):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.outerHTML"))
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        if page.evaluate("!!document.activeElement.closest('.gd-board')"):
            assert page.evaluate(outline) == "solid"
    assert sum("data-set" in html or "data-press" in html for html in reached) >= 14
    start.focus()
    before = picture(board)
    page.keyboard.press("Control+a")
    page.keyboard.type("0.5")
    page.keyboard.press("Enter")
    wait_for_change(board, before)
    board.get_by_role("button", name="Reset").focus()
    page.keyboard.press("Space")
    page.wait_for_function("box => box.value === '1'", arg=start.element_handle())


def test_every_control_has_a_name(board):
    for control in board.locator("input, select, button, canvas").all():
        name = control.evaluate(
            "c => c.ariaLabel || c.closest('label')?.innerText || c.innerText"
        )
        assert name.strip()
    assert board.locator("[aria-live=polite]").count() == 1


def test_sentence_follows_once_things_are_at_rest(page, board):
    box = board.get_by_label("lr, exact value")
    box.fill("0.02")
    box.press("Enter")
    says = board.locator("[aria-live=polite]")
    page.wait_for_function(
        "says => says.innerText.includes('(lr = 0.02)')", arg=says.element_handle()
    )
    assert says.inner_text() == run(page, "print(first.says)")
    assert board.locator(".gd-says").inner_text() == says.inner_text()


def test_bad_value_shows_a_sentence_and_keeps_the_picture(page, board):
    before, box = picture(board), board.get_by_label("lr, exact value")
    box.fill("fast")
    box.press("Enter")
    error = board.get_by_role("alert")
    error.wait_for()
    assert error.inner_text() == "lr is 'fast'; allowed: a number from 0.0001 to 10."
    assert picture(board) == before


def test_play_runs_to_its_end_and_stops(page, board):
    play = board.get_by_role("button", name="Play")
    play.click()
    page.wait_for_function(
        "play => play.ariaPressed === 'true'", arg=play.element_handle()
    )
    page.wait_for_function(
        "play => play.ariaPressed === 'false'", arg=play.element_handle()
    )
    assert run(page, "print(first.values['shown'])") == "None"


def test_big_mode_has_larger_letters(page, board):
    size = "board => parseFloat(getComputedStyle(board).fontSize)"
    small, before = board.evaluate(size), picture(board)
    big = board.get_by_role("button", name="Big")
    big.click()
    wait_for_change(board, before)
    assert board.evaluate(size) > 1.3 * small
    big.click()
    page.wait_for_function(
        f"([board, small]) => ({size})(board) === small",
        arg=[board.element_handle(), small],
    )


def test_two_views_of_one_dashboard_move_together_and_others_rest(page):
    other, one, same = (page.locator(".gd-board").nth(i) for i in range(3))
    settle(other)
    resting, before = picture(other), picture(same)
    one.locator("input[type=range]").first.focus()
    page.keyboard.press("ArrowRight")
    wait_for_change(same, before)
    assert picture(one) == picture(same)
    assert picture(other) == resting


def test_pointer_over_the_map_shows_the_run_under_it(page):
    board = page.locator(".gd-board").nth(3)
    board.scroll_into_view_if_needed()
    board.locator("canvas").first.hover()
    board.get_by_text("under the pointer").wait_for()
    board.locator("canvas").first.click()
    board.get_by_text("under the pointer").wait_for(state="detached")


def test_race_shows_where_runs_end(page):
    board = page.locator(".gd-board").nth(4)
    before = picture(board)
    board.locator("select").last.select_option("where it ends: Adam")
    wait_for_change(board, before)
    board.get_by_text("minimum 4").wait_for()


def test_plots_stand_one_above_the_other_on_a_phone(browser, address, folder):
    phone = browser.new_context(viewport=dict(width=390, height=844))
    page = lab.open_page(phone)
    lab.show(page, address, lab.write(folder, "narrow.ipynb", *CELLS[:2]))
    first, second = (page.locator("canvas").nth(i).bounding_box() for i in range(2))
    assert first["x"] == second["x"]
    assert second["y"] > first["y"] + first["height"]
    fits = "board => board.scrollWidth <= board.clientWidth"
    assert page.locator(".gd-board").evaluate(fits)
    assert page.faults == []
    page.evaluate(lab.SHUT_DOWN)
    phone.close()


def test_closing_removes_it_and_a_stopped_kernel_leaves_a_readable_page(page):
    assert page.faults == []
    run(page, "second.close()")
    page.wait_for_function("document.querySelectorAll('.gd-board').length === 3")
    board = page.locator(".gd-board").first
    before = picture(board)
    page.evaluate(
        "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
    )
    page.wait_for_function(lab.IDLE)
    board.locator("input[type=range]").first.focus()
    page.keyboard.press("ArrowRight")
    board.get_by_text("run this cell again").wait_for()
    assert picture(board) == before
