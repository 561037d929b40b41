"""The executed notebooks without a kernel: every dashboard is a picture there."""

import pytest

from tests.browser import lab

NOTEBOOKS = lab.with_dashboards()
PICTURES = """() => [...document.querySelectorAll("img")]
  .filter((img) => img.src.startsWith("data:image/png") && img.naturalWidth > 900)
  .length"""


@pytest.fixture(scope="module")
def exporter():
    from nbconvert import HTMLExporter

    return HTMLExporter()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_page_shows_the_twins_and_no_dead_widget(path, window, exporter):
    html, _ = exporter.from_filename(path)
    page = window.new_page()
    page.route("**/*", lambda route: route.abort())  # the page stands for itself
    page.set_content(html, wait_until="domcontentloaded")
    assert page.evaluate(PICTURES) >= len(lab.dashboards(path))
    assert page.locator("[class*=widget-view], .gd-board").count() == 0
    page.close()
