"""Build all decks: python -m slides [OUT] [--sharp] [--book URL] [--only STEM …]."""

import argparse
import shutil
from pathlib import Path

from . import deck, notebook, page

HERE = Path(__file__).parent
NODE = HERE.parent / "book" / "node_modules"
OUT = HERE.parent / "build" / "slides"
SHARP = HERE.parent / "build" / "sharp"
BOOK = "../notebooks/"

# What the pages load, from the packages of npm: everything lies beside them.
VENDOR = {
    "reveal.js/dist/reveal.js": "reveal.js",
    "reveal.js/dist/reveal.css": "reveal.css",
    "reveal.js/plugin/notes/notes.js": "notes.js",
    "reveal.js/LICENSE": "reveal.LICENSE",
    "mathjax/es5/tex-svg.js": "mathjax/tex-svg.js",
    "mathjax/es5/input/tex/extensions": "mathjax/input/tex/extensions",
    "mathjax/LICENSE": "mathjax/LICENSE",
}


def build(out=OUT, book=BOOK, node=NODE, only=(), sharp=False):
    """Write a page for each deck, an index, and beside them all that they load."""
    out.mkdir(parents=True, exist_ok=True)
    decks = [deck.read(stem) for stem in only or deck.stems()]
    site = page.Site(book, drawn_anew(decks) if sharp else notebook.NOTEBOOKS)
    for one in decks:
        text = page.page(one, site)
        (out / f"{one.stem}.html").write_text(text, encoding="utf-8")
    (out / "index.html").write_text(page.index(decks), encoding="utf-8")
    write_pictures(out / "pictures", site.pictures)
    copy_vendor(out, node)
    return decks


def drawn_anew(decks):
    """Run the notebooks of these decks again; give the folder of the copies."""
    from .sharp import redraw  # nbclient is of no use to anything else here

    named = {slide.deck for one in decks for slide in one.slides if slide.directives}
    return redraw(sorted(named), SHARP)


def write_pictures(folder, pictures):
    """Write the pictures of all decks, each once."""
    folder.mkdir(exist_ok=True)
    for name, png in pictures.items():
        (folder / name).write_bytes(png)


def copy_vendor(out, node):
    """Copy our own style and script, and what others have written."""
    shutil.copytree(HERE / "static", out, dirs_exist_ok=True)
    for source, target in VENDOR.items():
        copy(node / source, out / "vendor" / target)


def copy(source, target):
    """Copy a file or a folder to its place."""
    if not source.exists():
        raise SystemExit(f"{source} is missing: install the packages of book/ first.")
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    else:
        shutil.copyfile(source, target)


def options():
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m slides", description=__doc__)
    parser.add_argument("out", nargs="?", type=Path, default=OUT, help="folder to fill")
    parser.add_argument(
        "--sharp", action="store_true", help="run the notebooks for finer pictures"
    )
    parser.add_argument("--book", default=BOOK, help="address of the book's notebooks")
    parser.add_argument("--node", type=Path, default=NODE, help="folder node_modules")
    parser.add_argument("--only", nargs="+", default=(), help="build these decks only")
    return vars(parser.parse_args())


if __name__ == "__main__":
    try:
        decks = build(**options())
    except deck.Missing as error:
        raise SystemExit(str(error)) from None
    print(f"{len(decks)} decks, {sum(len(one.slides) for one in decks)} slides")
