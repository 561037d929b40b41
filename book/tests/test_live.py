"""A page made live in Chromium, and moved with the network cut."""

import pytest

from book.tests.test_site import LOUD, abroad

SAYS = "document.querySelector('.gd-board .gd-says').textContent"
QUIET = "() => document.querySelector('.gd-status')?.hidden"
PAINTED = """() => [...document.querySelectorAll(".gd-board canvas")].some((c) =>
  new Set(c.getContext("2d").getImageData(0, 0, c.width, c.height).data).size > 20)"""
START = 120_000  # milliseconds: a slow machine fetches and starts Python in a minute


@pytest.fixture(scope="module")
def live(browser, address):
    """The page of notebook 00 with its first dashboard live, and no network."""
    context, faults = browser.new_context(viewport=dict(width=1280, height=900)), []
    page = context.new_page()
    page.on("request", lambda r: abroad(r.url, address) and faults.append(r.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda m: is_ours(m) and faults.append(m.text))
    page.goto(f"{address}/notebooks/00_start_here.html")
    page.get_by_role("button", name="Make it live").first.click()
    page.wait_for_selector(".gd-board canvas", timeout=START)
    page.wait_for_function(QUIET, timeout=START)
    context.set_offline(True)
    yield page
    assert faults == []
    context.close()


def is_ours(message):
    """Whether the console tells of a fault; ipywidgets' schema warns of itself."""
    return message.type in LOUD and "strictTypes" not in message.text


def test_a_slider_moves_the_picture_without_a_network(live):
    live.wait_for_function(PAINTED)
    before = live.evaluate(SAYS)
    assert "lr = 0.15" in before
    live.locator(".gd-board .noUi-handle").nth(1).press("ArrowRight")
    live.wait_for_function(f"(before) => {SAYS} !== before", arg=before)
    assert "lr = 0.15)" not in live.evaluate(SAYS)


def test_a_question_answers(live):
    live.get_by_role("radio").nth(3).check()
    live.wait_for_function(
        "() => document.querySelector('.gd-reply').textContent.trim()"
    )
    assert live.locator(".gd-reply").inner_text().startswith(("Yes.", "Not quite."))


def test_an_exercise_is_checked_on_the_spot(live):
    cell = live.locator("div.cell", has_text='check("00.1"').first
    code = cell.locator("pre[contenteditable]")
    code.fill('second = 0.49 - 0.15 * 2 * 0.49\ncheck("00.1", second)')
    code.press("Shift+Enter")
    live.wait_for_function("() => document.body.textContent.includes('✓ Correct.')")


def test_a_mistake_is_told_in_one_sentence(live):
    cell = live.locator("div.cell").first
    code = cell.locator("pre[contenteditable]")
    code.fill("1 / 0")
    code.press("Shift+Enter")
    alert = cell.get_by_role("alert")
    alert.wait_for()
    assert alert.inner_text().startswith("ZeroDivisionError in the line `1 / 0`")


def test_a_cell_without_an_end_is_stopped_and_the_next_starts_anew(live):
    cell = live.locator("div.cell").last
    code, run = cell.locator("pre[contenteditable]"), live.locator(".gd-run").last
    code.fill("while True: pass")
    run.click()
    live.get_by_role("button", name="Stop").click()
    live.get_by_role("alert").filter(has_text="Stopped.").wait_for()
    live.context.set_offline(False)  # a new worker asks whether its files are the same
    code.fill("print(6 * 7, 'anew')")
    run.click()
    cell.get_by_text("42 anew").wait_for()
    assert live.locator(".gd-run").count() == live.locator("div.cell").count()
