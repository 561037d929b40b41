"""The course as one PDF, for where there is no network: python -m book.pdf [file].

Chromium prints the pages of the site, which `make site` has built.
"""

import io
import sys
from pathlib import Path

from pypdf import PdfReader, PdfWriter

from book import OUT, notebooks
from book.serving import chromium, served

FOOT = (
    "<div style='font-size:8px;width:100%;text-align:center'>{} · "
    "<span class=pageNumber></span></div>"
)
PAGE = dict(format="A4", scale=0.8, print_background=True, display_header_footer=True)
PAGE |= dict(header_template="<span></span>", outline=True, tagged=True)
PAGE |= dict(margin=dict(top="15mm", bottom="15mm", left="12mm", right="12mm"))


def main(target=OUT / "course.pdf"):
    """Print the front page and every notebook into one file."""
    names = ["index", *(f"notebooks/{path.stem}" for path in notebooks())]
    whole = PdfWriter()
    with served(OUT) as address:
        page = chromium().new_page(color_scheme="light")
        for name in names:
            data = printed(page, f"{address}/{name}.html", Path(name).stem)
            whole.append(PdfReader(io.BytesIO(data)))
    whole.add_metadata({"/Title": "Gradient Descent, Step by Step", "/Lang": "en"})
    whole.write(target)
    size = Path(target).stat().st_size / 1e6
    print(f"{target}: {len(whole.pages)} pages, {size:.1f} MB")


def printed(page, address, name):
    """One page of the site as PDF, once its formulas and diagrams are drawn."""
    page.goto(address)
    page.wait_for_function("() => !window.MathJax || MathJax.startup?.promise")
    page.evaluate("async () => { await window.MathJax?.startup?.promise; }")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    undrawn = "() => !document.querySelector('pre.mermaid:not([data-processed])')"
    page.wait_for_function(undrawn)
    return page.pdf(**PAGE, footer_template=FOOT.format(name))


if __name__ == "__main__":
    main(*sys.argv[1:])
