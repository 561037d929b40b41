"""One build of all decks, and one browser that opens them."""

import pytest

from slides import __main__ as program
from tests.browser import lab


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    if not program.NODE.exists():
        pytest.skip("reveal.js is not installed: the slides were not built")
    out = tmp_path_factory.mktemp("slides")
    program.build(out)
    return out


@pytest.fixture(scope="session")
def browser():
    if lab.chromium() is None:
        pytest.skip("no Chromium found: the slides were not measured")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=lab.chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()
