"""One build of all decks, and one browser that opens them."""

import pytest

from book.serving import chromium
from slides import __main__ as program


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    out = tmp_path_factory.mktemp("slides")
    program.build(out)
    return out


@pytest.fixture(scope="session")
def browser():
    return chromium()
