"""What stays when a kernel goes, and questions to be answered, in a real browser."""

from itertools import pairwise

import pytest

from tests.browser import lab
from tests.browser.test_dashboards import AXE

CELLS = (
    "from gdlib import *\nfrom gdlib.live import *",
    "explore(ravine, [gradient_descent, momentum], steps=40)",
    "race(BEALE, [momentum, adam], steps=40)",
    'predict("04.a")',
)
ASKED = (
    CELLS[0],
    'predict("07.b")',  # its options are the longest
    "from ipywidgets import Output\nplace = Output()\nplace",
    'with place:\n    display(predict("04.a"))',
)
SAVE = """async () => {
  await window.jupyterapp.commands.execute("docmanager:save");
  await window.jupyterapp.shell.currentWidget.sessionContext.shutdown();
}"""
PLACES = """() => [...document.querySelectorAll(".jp-OutputArea-child")]
  .filter((child) => child.offsetHeight > 0).map((child) => child.innerText.trim())"""
PICTURES = """() => [...document.querySelectorAll(".jp-OutputArea-child img")]
  .filter((img) => img.offsetHeight > 200).length"""
# Where JupyterLab says that it has no widget, whether or not it can be seen.
DEAD = """() => [...document.querySelectorAll(".jp-OutputArea-output")]
  .filter((output) => output.textContent.includes("model not found")).length"""
FACES = """async () => (await axe.run(".gd-predict")).violations.map((v) => v.id)"""
COUNT = "from ipywidgets.widgets import widget; print(len(widget._instances))"
AGAIN = """async () => {
  const { content } = window.jupyterapp.shell.currentWidget;
  for (let run = 0; run < 40; run++) {
    content.activeCellIndex = content.widgets.length - 1;
    await window.jupyterapp.commands.execute("notebook:run-cell");
  }
}"""
# From where to where an option's words and its circle reach.
INK = """option => {
  const words = document.createRange();
  words.selectNode([...option.childNodes].find((node) => node.nodeType === 3));
  const [text, circle] = [words, option.querySelector("input")]
    .map((part) => part.getBoundingClientRect());
  const { top, bottom, left } = text, lines = words.getClientRects().length;
  return { top, bottom, left, lines, circle: circle.right };
}"""


@pytest.fixture(scope="module")
def page(shared, address, folder):
    page = lab.show(shared, address, lab.write(folder, "kept.ipynb", *CELLS))
    page.locator(".gd-predict").wait_for()
    yield page
    lab.hand_on(page)


@pytest.fixture(scope="module")
def phone(browser, address, folder):
    context = browser.new_context(
        viewport=dict(width=390, height=844), has_touch=True, is_mobile=True
    )
    page = lab.open_page(context)
    lab.show(page, address, lab.write(folder, "asked.ipynb", *ASKED))
    page.locator(".gd-predict").first.wait_for()
    yield page
    page.evaluate(lab.SHUT_DOWN)
    context.close()


def test_while_the_kernel_lives_no_twin_takes_room(page):
    assert page.evaluate(PICTURES) == 0
    assert len(page.evaluate(PLACES)) == 3


def test_axe_finds_nothing_before_an_answer_and_after(page):
    question = page.locator(".gd-predict")
    page.evaluate(AXE)
    assert page.evaluate(FACES) == []
    question.get_by_role("radio").last.check()
    question.get_by_role("status").get_by_text("Not quite.").wait_for()
    assert page.evaluate(FACES) == []


def test_question_has_a_name_and_its_answer_is_heard_with_the_arrows_alone(page):
    question = page.locator(".gd-predict")
    options = question.get_by_role("radiogroup", name="At step size 0.06")
    options.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    heard = question.get_by_role("status").get_by_text("Yes. A little memory")
    heard.wait_for()
    assert options.get_by_role("radio", name="It falls, turns").is_checked()
    page.keyboard.press("ArrowUp")
    heard.wait_for(state="detached")
    assert options.get_by_role("radio").first.is_checked()


def test_a_cell_run_again_closes_what_it_made_before(page):
    counts = [lab.run(page, COUNT)]
    for again in (lab.RUN_ALL, lab.RUN_ALL, AGAIN):
        page.evaluate(again)
        counts.append(lab.run(page, COUNT))
    assert len(set(counts)) == 1
    assert int(counts[0]) > 50


def test_without_the_kernel_pictures_and_questions_are_still_there(page):
    page.evaluate(SAVE)
    page.evaluate(lab.REPLACE, ["kept.ipynb", None])
    page.wait_for_function(lab.SHOWN, arg="kept.ipynb")
    # JupyterLab starts a new kernel, asks it for the widgets, and then gives them up
    page.wait_for_function(f"({DEAD})() === 3")
    assert page.evaluate(PICTURES) == 2
    seen = page.evaluate(PLACES)
    assert len(seen) == 3
    assert seen[-1].startswith("Predict. At step size 0.06")
    assert seen[-1].endswith("It falls and then levels off.")


def test_a_tap_chooses_the_option_tapped_on_a_phone(phone):
    options = phone.locator(".gd-predict").first.locator("label:has(input)").all()
    inks = [option.evaluate(INK) for option in options]
    assert max(ink["lines"] for ink in inks) > 1
    assert all(ink["circle"] < ink["left"] for ink in inks)
    for above, below in pairwise(inks):
        assert above["bottom"] < below["top"]
    for option in reversed(options):
        assert option.bounding_box()["height"] >= 44
        option.tap()
        assert option.locator("input").is_checked()


def test_question_inside_another_output_is_there_once(phone):
    inside = phone.locator(".widget-output")
    inside.get_by_role("radio", name="It falls and then levels off.").tap()
    inside.get_by_role("status").get_by_text("Not quite.").wait_for()
    assert inside.get_by_text("Predict.").filter(visible=True).count() == 1
