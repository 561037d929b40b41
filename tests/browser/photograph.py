"""Photograph a dashboard, as JupyterLab shows it, for the README.

python -m tests.browser.photograph
"""

import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser import lab

PICTURE = lab.ROOT / "figures" / "dashboard.png"
CODE = """\
from gdlib import gradient_descent, momentum, ravine
from gdlib.live import explore

explore(ravine, [gradient_descent, momentum], steps=60, kappa=25, angle=20,
        start=(-2.2, 0.3), lr=(0.001, 0.2, 0.06), gamma=(0, 0.99, 0.6))
"""


def main():
    """Run the code in a notebook and keep the picture of what it shows."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        folder = Path(folder)
        browser = lab.launch(playwright)
        window = browser.new_context(viewport=dict(width=1180, height=1000))
        with lab.server(folder) as address:
            name = lab.write(folder, "dashboard.ipynb", CODE)
            page = lab.show(lab.open_page(window), address, name)
            board = page.locator(".gd-board")
            lab.settle(board)
            board.screenshot(path=PICTURE)
        browser.close()
    small = (
        Image.open(PICTURE)
        .convert("RGB")
        .quantize(128, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    )
    small.save(PICTURE, optimize=True)


if __name__ == "__main__":
    main()
