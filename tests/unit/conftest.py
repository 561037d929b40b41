"""Fixtures of the dashboards' tests."""

import pytest

from tests.unit.page import opening


@pytest.fixture
def show():
    """Open a dashboard on a page of its own, as `opening` does."""
    with opening() as show:
        yield show
