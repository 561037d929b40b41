"""One JupyterLab and one browser for all browser tests; none without a Chromium."""

import pytest

from tests.browser import lab


@pytest.fixture(scope="session")
def browser():
    if lab.chromium() is None:
        pytest.skip("no Chromium found: the dashboards were not tried in a browser")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = lab.launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("lab")


@pytest.fixture(scope="session")
def address(browser, folder):
    with lab.server(folder) as address:
        yield address


@pytest.fixture(scope="session")
def window(browser):
    """A browser window; its cache saves the later pages half their loading."""
    context = browser.new_context(viewport=dict(width=1280, height=900))
    yield context
    context.close()


@pytest.fixture(scope="session")
def shared(window, address):
    """One page and one kernel for one notebook after the other, which hand them on."""
    page = lab.open_page(window)
    yield page
    if page.kernel:
        page.evaluate(lab.SHUT_DOWN)
    page.close()
