"""A walk over every page of the book."""

import json
import re
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from book import OUT, notebooks

OWN_TESTS = ("lite", "slides", "_live", "_static")  # these are walked elsewhere
PAGES = sorted(
    path.relative_to(OUT).as_posix()
    for path in OUT.rglob("*.html")
    if path.relative_to(OUT).parts[0] not in OWN_TESTS
)
SEEN = """() => ({
  wide: document.documentElement.scrollWidth - innerWidth,
  gone: [...document.images].filter((i) => !i.naturalWidth).map((i) => i.src),
  silent: [...document.querySelectorAll(".bd-article img")]
    .filter((i) => i.alt.split(/ +/).length < 4).map((i) => i.src + " " + i.alt),
  unset: document.querySelectorAll(".bd-article .math:not(:has(mjx-container))").length,
  faulty: document.querySelectorAll("mjx-merror, [data-mml-node=merror]").length,
  undrawn: document.querySelectorAll("pre.mermaid:not(:has(svg))").length,
})"""
FINE = dict(wide=0, gone=[], silent=[], unset=0, faulty=0, undrawn=0)
DRAWN = """async () => {
  await window.MathJax?.startup?.promise;
  while (document.querySelector("pre.mermaid:not(:has(svg))")) {
    await new Promise((later) => setTimeout(later, 50));
  }
  for (const picture of document.images) picture.loading = "eager";
  await Promise.all([...document.images].map((i) => i.decode().catch(() => {})));
}"""


def test_every_notebook_has_a_page():
    assert len(PAGES) >= 26
    pages = [f"notebooks/{path.stem}.html" for path in notebooks()]
    assert set(pages) <= set(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_fault(browser, address, name):
    page, faults = browser.new_page(viewport=WIDE, color_scheme="light"), []
    page.on("request", lambda r: abroad(r.url, address) and faults.append(r.url))
    page.on("response", lambda r: r.status >= 400 and faults.append((r.status, r.url)))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda m: m.type in LOUD and faults.append(m.text))
    page.goto(f"{address}/{name}")
    for size, scheme in LOOKS:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        page.evaluate(DRAWN)
        assert page.evaluate(SEEN) == FINE, (size, scheme)
    page.close()
    assert faults == []


WIDE, PHONE = dict(width=1280, height=900), dict(width=390, height=844)
LOOKS = [(WIDE, "light"), (PHONE, "light"), (PHONE, "dark"), (WIDE, "dark")]
LOUD = ("error", "warning")


def abroad(url, address):
    """Whether a page asks another host for something."""
    return not url.startswith((address, "data:", "blob:"))


def test_every_link_within_the_site_leads_somewhere():
    trees = {name: soup(OUT / name) for name in PAGES}
    ids = {
        name: {tag["id"] for tag in tree.select("[id]")} for name, tree in trees.items()
    }
    lost = [
        (name, link["href"])
        for name, tree in trees.items()
        for link in tree.select("a[href]")
        if not leads(name, link["href"], ids)
    ]
    assert lost == []


def leads(name, href, ids):
    """Whether a link of a page leads to a file and a place in it that are there."""
    there = urlsplit(href)
    if there.scheme or there.netloc:
        return True
    target = (OUT / name).parent / unquote(there.path) if there.path else OUT / name
    if not target.exists():
        return False
    known = ids.get(target.resolve().relative_to(OUT).as_posix())
    return not there.fragment or known is None or unquote(there.fragment) in known


def soup(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@pytest.mark.parametrize("path", notebooks(), ids=lambda path: path.stem)
def test_a_page_has_what_its_notebook_has(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    page = soup(OUT / "notebooks" / f"{path.stem}.html").select_one("article")
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert len(page.select("div.cell")) == len(code)
    marked = [
        section.find(re.compile("^h[1-6]$")) for section in page.select(".gd-star")
    ]
    text = "\n".join(
        "".join(c["source"]) for c in cells if c["cell_type"] == "markdown"
    )
    stars = re.findall(r"^#+ (★ .*)$", text, re.M)
    assert len(marked) == len(stars) > 0
    printed = page.get_text()
    for cell in code:
        for output in cell["outputs"]:
            for line in "".join(output.get("text", "")).splitlines():
                assert line in printed


def test_the_search_finds_a_method(browser, address):
    page = browser.new_page()
    page.goto(f"{address}/search.html?q=schedule-free")
    page.wait_for_selector("#search-results li a")
    found = page.locator("#search-results li a").all_inner_texts()
    assert any("After Adam" in title for title in found)


def test_a_solution_is_folded_and_printed_unfolded(browser, address):
    page = browser.new_page()
    page.goto(f"{address}/notebooks/04_momentum.html")
    count = "document.querySelectorAll('details:not([open])').length"
    assert page.evaluate(count) >= 4
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(count) == 0
