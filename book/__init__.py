"""The course as a site: a book, its live pages and slides, made from the notebooks."""

from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
NODE = HERE / "node_modules"
OUT = ROOT / "build" / "site"


def notebooks():
    """The paths of the course's notebooks, in order."""
    return sorted((ROOT / "notebooks").glob("*.ipynb"))
