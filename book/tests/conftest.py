"""The site as it was built, a server for it, and a Chromium."""

import pytest

from book import OUT
from book.serving import chromium, served


@pytest.fixture(scope="session")
def site():
    assert (OUT / "index.html").exists(), "make site builds what is tested here"
    return OUT


@pytest.fixture(scope="session")
def address(site):
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    return chromium()
