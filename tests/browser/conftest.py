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


@pytest.fixture
def open_lab(window, address, folder):
    """Open a notebook, run it, note what goes wrong; at the end its kernel stops."""
    pages = []

    def open_one(name, *cells, inside=window):
        if cells:
            lab.write(folder, name, *cells)
        page = inside.new_page()
        pages.append(page)
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda said: _note(page, said))
        return lab.show(page, address, name)

    yield open_one
    for page in pages:
        page.evaluate(lab.SHUT_DOWN)
        page.close()


def _note(page, said):
    if said.type == "error":
        page.faults.append(said.text)
