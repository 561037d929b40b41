"""What pages load beside their text, taken from npm into the site."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from book import HERE, NODE

PIECES = {
    "mathjax/es5/tex-svg.js": "mathjax/tex-svg.js",
    "mermaid/dist/mermaid.min.js": "mermaid.min.js",
}


def install():
    """Install the packages that package-lock.json names, unless they are there."""
    lock, mark = HERE / "package-lock.json", NODE / ".package-lock.json"
    if mark.exists() and mark.stat().st_mtime >= lock.stat().st_mtime:
        return
    folder = Path(sys.executable).parent
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    npm = shutil.which("npm", path=path)
    environment = os.environ | {"PATH": path}
    subprocess.run([npm, "ci", "--silent"], cwd=HERE, env=environment, check=True)


def vendor(out):
    """Copy into a folder what the pages of the book load."""
    for piece, name in PIECES.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(NODE / piece, out / name)
