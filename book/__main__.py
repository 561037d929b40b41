"""Build the site: python -m book [folder]."""

import shutil
import sys
import time
from pathlib import Path

from sphinx.cmd.build import build_main

from book import HERE, OUT, notebooks
from book.lite.build import build as lite
from book.live.pack import build as live
from book.stage import copy, stage
from book.vendor import install, vendor
from slides.__main__ import build as slides


def main(out=OUT):
    """Build the whole site into a folder, which is emptied first."""
    out = Path(out).resolve()
    source = out.parent / "source"
    shutil.rmtree(out, ignore_errors=True)
    began = time.monotonic()
    install()
    stage(source)
    pages(source, out)
    vendor(out / "_static" / "vendor")
    slides(out / "slides")
    lite(out / "lite")
    live(out / "_live")
    for path in notebooks():
        copy(path, out / "files" / path.name)
    size = sum(file.stat().st_size for file in out.rglob("*") if file.is_file())
    took = time.monotonic() - began
    print(f"{out}: {size / 1e6:.0f} MB in {took:.0f} s; open index.html in it.")


def pages(source, out):
    """Let Sphinx make the pages; a warning ends it."""
    folders = ["-c", HERE, "-d", out.parent / "doctrees", source, out]
    if build_main(["-j", "auto", "-q", "-W", "--keep-going", *map(str, folders)]):
        sys.exit("The book has faults: see the lines above.")


if __name__ == "__main__":
    main(*sys.argv[1:])
