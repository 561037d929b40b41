"""What stays when a kernel goes, and questions on a phone, in a real browser."""

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
SAVE = """async () => {
  const { commands } = window.jupyterapp;
  await commands.execute("docmanager:save");
  await window.jupyterapp.shell.currentWidget.sessionContext.shutdown();
}"""
PLACES = """() => [...document.querySelectorAll(".jp-OutputArea-child")]
  .filter((child) => child.offsetHeight > 0).map((child) => child.innerText.trim())"""
PICTURES = """() => [...document.querySelectorAll(".jp-OutputArea-child img")]
  .filter((img) => img.offsetHeight > 200).length"""
FACES = """async () => (await axe.run(".gd-predict")).violations.map((v) => v.id)"""
COUNT = "from ipywidgets.widgets import widget; print(len(widget._instances))"


@pytest.fixture(scope="module")
def page(window, address, folder):
    page = lab.open_page(window)
    lab.show(page, address, lab.write(folder, "kept.ipynb", *CELLS))
    page.locator(".gd-predict").wait_for()
    yield page
    page.close()


def test_while_the_kernel_lives_no_twin_takes_room(page):
    assert page.evaluate(PICTURES) == 0
    assert len(page.evaluate(PLACES)) == 3


def test_question_has_a_name_its_answer_is_heard_and_axe_finds_nothing(page):
    question = page.locator(".gd-predict")
    assert question.get_by_role("radiogroup").get_attribute("aria-label")
    question.get_by_role("radio").first.check()
    question.get_by_role("status").get_by_text("Not quite.").or_(
        question.get_by_role("status").get_by_text("Yes.")
    ).wait_for()
    page.evaluate(AXE)
    assert page.evaluate(FACES) == []


def test_a_cell_run_again_closes_what_it_made_before(page):
    run = "window.jupyterapp.commands.execute('notebook:run-all-cells')"
    counts = []
    for _ in range(4):
        page.evaluate(run)
        page.wait_for_function(lab.IDLE)
        counts.append(lab.run(page, COUNT))
    assert len(set(counts)) == 1


def test_without_the_kernel_pictures_and_questions_are_still_there(page):
    page.evaluate(SAVE)
    page.evaluate(lab.REPLACE, "kept.ipynb")
    page.wait_for_function(lab.SHOWN, arg="kept.ipynb")
    # JupyterLab starts a new kernel, which knows no widget
    page.wait_for_function("document.querySelectorAll('.gd-board').length === 0")
    page.wait_for_function(f"({PICTURES})() === 2")
    seen = page.evaluate(PLACES)
    assert any(text.startswith("Predict.") for text in seen)
    assert not any("Error" in text for text in seen)


def test_a_tap_chooses_the_option_tapped_on_a_phone(browser, address, folder):
    phone = browser.new_context(
        viewport=dict(width=390, height=844), has_touch=True, is_mobile=True
    )
    page = lab.open_page(phone)
    lab.show(page, address, lab.write(folder, "asked.ipynb", CELLS[0], CELLS[-1]))
    options = page.locator(".gd-predict label:has(input)")
    options.first.wait_for()
    boxes = [option.bounding_box() for option in options.all()]
    for above, below in pairwise(boxes):
        assert above["y"] + above["height"] <= below["y"]
    for option in options.all():
        option.tap()
        assert option.locator("input").is_checked()
    page.evaluate(lab.SHUT_DOWN)
    phone.close()
