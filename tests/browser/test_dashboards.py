"""Dashboards in a real browser: they mount, move, can be used by keyboard, close."""

import random
from pathlib import Path

import axe_playwright_python
import pytest

from tests.browser import lab
from tests.browser.lab import picture, run, settle, wait_for_change

CELLS = (
    "from gdlib import *\nfrom gdlib.live import *",
    "first = explore(ravine, gradient_descent, kappa=(1, 100, 10), steps=40)\nfirst",
    "from IPython.display import display\nfrom ipywidgets import jslink\n"
    "second = explore(BOWL, [gradient_descent, momentum])\ndisplay(second, second)",
    "rate_map(momentum, BOWL, x_range=(0.01, 1), steps=30)",
    "race(HIMMELBLAU, [gradient_descent, adam], steps=30)",
    "step_player(adam, ravine(10))",
)
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text()
FACES = """async () => (await axe.run(".gd-board", { resultTypes: ["violations"] }))
  .violations.map((v) => `${v.impact} ${v.id}: ${v.nodes[0].html.slice(0, 200)}`)"""
# What a board shows of its controls, beside what its kernel computes with.
SHOWN = """board => Object.fromEntries([...board.querySelectorAll(".gd-control")].map(
  (control) => [control.querySelector("label").textContent, [
    control.querySelector("input").value,
    control.querySelector(".noUi-handle").getAttribute("aria-valuetext")]]))"""

HOSTILE = """async (board, deeds) => {
  const all = (what) => [...board.querySelectorAll(what)];
  const pause = (time) => new Promise((done) => setTimeout(done, time));
  for (const [deed, what, which, x, y] of deeds) {
    if (deed === "key") {
      const handles = all(".noUi-handle"), handle = handles[which % handles.length];
      handle.dispatchEvent(new KeyboardEvent("keydown", { key: what, bubbles: true }));
    } else if (deed === "type") {
      const fields = all("input[type=number]"), field = fields[which % fields.length];
      field.value = what;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (deed === "press") {
      const name = (button) => button.textContent || button.ariaLabel;
      all("button").find((button) => name(button) === what)?.click();
    } else {
      const canvas = board.querySelector("canvas"), at = canvas.getBoundingClientRect();
      const spot = { clientX: at.x + x * at.width, clientY: at.y + y * at.height };
      const how = { ...spot, bubbles: true, pointerId: 1, buttons: 1 };
      canvas.setPointerCapture = () => {}; // of a pointer that is none
      canvas.dispatchEvent(new PointerEvent("pointerdown", how));
    }
    await pause(15);
  }
}"""


@pytest.fixture(scope="module")
def page(shared, address, folder):
    yield lab.show(shared, address, lab.write(folder, "boards.ipynb", *CELLS))
    lab.hand_on(shared)


@pytest.fixture
def board(page):
    """The first dashboard, as it was at the start."""
    board = page.locator(".gd-board").first
    board.get_by_role("button", name="Reset").click()
    settle(board)
    return board


def slider(board, name):
    return board.get_by_role("slider", name=name)


def box(board, name):
    return board.get_by_role("spinbutton", name=name)


def type_into(field, text, leave="Enter"):
    field.fill(text)
    field.press(leave)


def test_axe_finds_nothing(page):
    page.evaluate(AXE)
    assert page.evaluate(FACES) == []


def test_dragging_the_start_moves_the_path(page, board):
    before, plot = picture(board), board.locator("canvas").first
    plot.scroll_into_view_if_needed()
    spot = plot.bounding_box()
    page.mouse.move(spot["x"] + 0.4 * spot["width"], spot["y"] + 0.3 * spot["height"])
    page.mouse.down()
    page.mouse.move(spot["x"] + 0.6 * spot["width"], spot["y"] + 0.4 * spot["height"])
    wait_for_change(board, before)
    page.mouse.up()
    settle(board)
    value = box(board, "start x").input_value()
    assert value == run(page, "print(f'{first.values[\"start x\"]:.4g}')") != "-2"


def test_keyboard_alone_is_enough(page, board):
    before, plot = picture(board), board.locator("canvas").first
    plot.focus()
    page.keyboard.press("ArrowUp")
    wait_for_change(board, before)
    start = box(board, "start y")
    assert start.input_value() == "1.05"
    reached = set()
    for _ in range(24):
        page.keyboard.press("Tab")
        if page.evaluate("!!document.activeElement.closest('.gd-board')"):
            outline = "getComputedStyle(document.activeElement).outlineStyle"
            assert page.evaluate(outline) == "solid"
            reached.add(page.evaluate("document.activeElement.outerHTML"))
    assert sum("noUi-handle" in html for html in reached) == 5  # four and the step
    assert sum("<input" in html for html in reached) == 6
    assert sum("<button" in html for html in reached) >= 9
    before = picture(board)
    type_into(start, "0.5")
    wait_for_change(board, before)
    board.get_by_role("button", name="Reset").focus()
    page.keyboard.press("Space")
    page.wait_for_function("box => box.value === '1'", arg=start.element_handle())
    plot.focus()
    page.keyboard.press("Escape")
    assert not page.evaluate("!!document.activeElement.closest('.gd-board')")


def test_handles_have_names_and_say_what_is_in_use(page, board):
    handle, before = slider(board, "η lr, learning rate"), picture(board)
    handle.press("ArrowRight")
    wait_for_change(board, before)
    page.wait_for_timeout(300)
    used = run(page, "print(f'{first.path.hyper[\"lr\"]:.6g}')")
    assert handle.get_attribute("aria-valuetext") == used
    assert box(board, "η lr").input_value() == used
    assert used == "0.104"  # the stop after 0.1: 300 of them from 0.0001 to 10


def test_sentence_follows_once_things_are_at_rest(page, board):
    type_into(box(board, "η lr"), "0.02")
    says = board.locator("[aria-live=polite]")
    page.wait_for_function(
        "says => says.innerText.includes('(lr = 0.02)')", arg=says.element_handle()
    )
    assert says.inner_text() == run(page, "print(first.says)")
    assert board.locator(".gd-says").inner_text() == says.inner_text()


def test_refused_value_is_told_and_the_box_shows_what_is_in_use(page, board):
    before, lr = picture(board), box(board, "η lr")
    type_into(lr, "99")
    error = board.get_by_role("alert")
    error.wait_for()
    assert error.inner_text() == "lr is 99.0; allowed: a number from 0.0001 to 10."
    assert lr.input_value() == "0.1"
    assert picture(board) == before
    type_into(lr, "0.0615", leave="Tab")
    wait_for_change(board, before)
    error.wait_for(state="detached")
    assert run(page, "print(first.path.hyper['lr'])") == "0.0615"
    before = picture(board)
    slider(board, "η lr").press("ArrowRight")
    wait_for_change(board, before)
    settle(board)
    assert 0.0615 < float(lr.input_value()) < 0.066  # one stop on, no jump


def test_play_runs_to_its_end_and_stops(page, board):
    before = picture(board)
    board.get_by_role("button", name="Play").click()
    board.get_by_role("button", name="Pause").wait_for()
    wait_for_change(board, before)
    board.get_by_role("button", name="Play").wait_for()
    page.wait_for_function(lab.IDLE)
    assert run(page, "print(first.values['step'])") == "40"
    board.get_by_role("button", name="‹ back").click()
    board.get_by_text("in 39 steps").first.wait_for()
    slider(board, "step").first.press("Home")
    board.get_by_text("in 0 steps").first.wait_for()
    board.get_by_role("button", name="next ›").click()
    board.get_by_text("in 1 step the gap").first.wait_for()


def test_code_is_copied_and_makes_the_picture_again(page, board):
    origin = page.url.split("/doc")[0]
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=origin)
    type_into(box(board, "κ kappa"), "33")
    board.get_by_role("button", name="Copy as code").click()
    code = board.locator("pre")
    code.wait_for()
    page.wait_for_function(
        "async code => await navigator.clipboard.readText() === code",
        arg=code.inner_text(),
    )
    assert "kappa=33" in code.inner_text()
    same = f"print(({code.inner_text()}.loss == first.path.loss).all())"
    assert run(page, same) == "True"
    board.get_by_role("button", name="Copy as code").click()
    code.wait_for(state="detached")


def test_a_pinned_run_stays_beside_the_next(page, board):
    board.get_by_role("button", name="Pin").click()
    row = board.get_by_role("row", name="pinned: gradient descent")
    row.wait_for()
    kept, before = row.inner_text(), picture(board)
    type_into(box(board, "η lr"), "0.05")
    wait_for_change(board, before)
    settle(board)
    assert row.inner_text() == kept
    board.get_by_role("button", name="Reset").click()
    row.wait_for(state="detached")


def test_a_name_in_the_legend_hides_its_runs(page):
    board = page.locator(".gd-board").nth(1)
    settle(board)
    before = picture(board)
    name = board.get_by_role("button", name="momentum")
    assert name.get_attribute("aria-pressed") == "true"
    name.click()
    wait_for_change(board, before)
    page.wait_for_function(
        "name => name.ariaPressed === 'false'", arg=name.element_handle()
    )
    name.click()
    lab.wait_until(board, "===", before)


def test_sliders_can_be_observed_set_and_linked(page, board):
    run(page, "first.sliders['lr'].observe(lambda c: heard.append(c.new), 'value')")
    run(page, "heard = []")
    slider(board, "η lr").press("ArrowRight")
    page.wait_for_timeout(500)
    assert run(page, "print(heard)") == "[0.104]"
    before = picture(board)
    run(page, "first.sliders['kappa'].value = 50")
    wait_for_change(board, before)
    settle(board)
    assert box(board, "κ kappa").input_value() == "50"
    other = page.locator(".gd-board").nth(1)
    there = picture(other)
    run(page, "link = jslink(*((b.sliders['lr'], 'value') for b in (first, second)))")
    slider(board, "η lr").press("ArrowRight")
    wait_for_change(other, there)
    settle(other)
    equal = "print(first.path.hyper['lr'] == second.path.hyper['lr'])"
    assert run(page, equal) == "True"
    run(page, "link.unlink(); second.reset.click()")


def test_big_mode_has_larger_letters(page, board):
    size = "board => parseFloat(getComputedStyle(board).fontSize)"
    small, before = board.evaluate(size), picture(board)
    board.get_by_role("button", name="Big").click()
    wait_for_change(board, before)
    assert board.evaluate(size) > 1.3 * small
    board.get_by_role("button", name="Big").click()
    page.wait_for_function(
        f"([board, small]) => ({size})(board) === small",
        arg=[board.element_handle(), small],
    )


def test_two_views_of_one_dashboard_move_together_and_others_rest(page):
    other, one, same = (page.locator(".gd-board").nth(i) for i in range(3))
    settle(other)
    resting, before = picture(other), picture(same)
    slider(one, "η lr").press("ArrowRight")
    wait_for_change(same, before)
    settle(one)
    assert picture(one) == picture(same)
    assert picture(other) == resting


def test_pointer_over_the_map_shows_the_run_under_it(page):
    board = page.locator(".gd-board").nth(3)
    board.scroll_into_view_if_needed()
    plot = board.locator("canvas").first
    plot.hover()
    pointed = board.get_by_text("under the pointer")
    pointed.wait_for()
    page.mouse.move(2, 2)
    pointed.wait_for(state="detached")
    plot.click()
    pointed.wait_for(state="detached")


def test_race_shows_where_runs_end(page):
    board = page.locator(".gd-board").nth(4)
    before = picture(board)
    board.get_by_label("ground").select_option("where it ends: Adam")
    wait_for_change(board, before)
    board.get_by_text("minimum 4").wait_for()


def hostile(draw):
    """What an impatient reader does next, as `HOSTILE` does it in the page."""
    keys = ["ArrowRight", "ArrowLeft", "PageUp", "PageDown", "Home", "End"]
    texts = ["0.3", "0.0123", "-4", "1e9", "7", "", "55"]
    names = ["Play", "next ›", "‹ back", "best", "diverges", "Pin", "Reset", "Big"]
    deed = draw.choice(["key"] * 3 + ["type"] * 2 + ["drag", "press"])
    what = dict(key=keys, type=texts, press=names, drag=[0])[deed]
    return [deed, draw.choice(what), draw.randrange(6), draw.random(), draw.random()]


def test_three_hundred_hostile_moves_leave_controls_that_say_what_is_computed(
    page, board
):
    draw = random.Random(0)
    board.scroll_into_view_if_needed()
    for round_ in range(6):
        board.evaluate(HOSTILE, [hostile(draw) for _ in range(50)])
        pause = board.locator(".widget-play button:has(.fa-pause)")
        if pause.count():  # its name comes a tenth of a second later
            pause.click()
        settle(board)
        page.wait_for_timeout(400)
        used = "import json; print(json.dumps(first.values, default=str))"
        values = lab.json.loads(run(page, used))
        for label, (typed, told) in board.evaluate(SHOWN).items():
            name = label.split(",")[0].split(" ")[-1]
            assert float(typed) == float(told) == values[name], (round_, label)
        for name in ("start x", "start y"):
            assert float(box(board, name).input_value()) == values[name]
        fresh = "print(describe(eval(first.code)) == first.says)"
        assert values["step"] != values["steps"] or run(page, fresh) == "True"
        assert board.locator(".gd-says").text_content() == run(
            page, "print(first.says)"
        )
    assert page.faults == []


SLOW = """() => { const decode = createImageBitmap; window.createImageBitmap = (file) =>
  new Promise((done) => setTimeout(() => done(decode(file)), 300)); }"""


def test_closing_removes_it_and_a_stopped_kernel_leaves_a_readable_page(page):
    assert page.faults == []
    page.evaluate(SLOW)  # pictures are under way while it goes
    run(page, "first.set(kappa=30); first.close()")
    page.wait_for_function("document.querySelectorAll('.gd-board').length === 5")
    page.wait_for_timeout(600)
    assert page.faults == []
    board = page.locator(".gd-board").first
    before = picture(board)
    page.evaluate(
        "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
    )
    page.wait_for_function(lab.IDLE)
    board.locator("canvas").first.focus()
    page.keyboard.press("ArrowRight")
    board.get_by_text("run this cell again").wait_for()
    assert picture(board) == before
