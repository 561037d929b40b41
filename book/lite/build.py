"""Build the notebooks in JupyterLite: python -m book.lite.build FOLDER."""

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat

from book import HERE, OUT, notebooks
from book.lite import wheels

SETTINGS = HERE / "lite"
WORK = OUT.parent / "lite"
KERNEL = "extensions/@jupyterlite/pyodide-kernel-extension/static/pypi"
KERNELS = Path(sys.prefix) / "share" / "jupyterlite" / "labextensions"  # see Makefile
EXTRA = "FederatedExtensionAddon.extra_labextensions_path"
SHIMS = ["ipykernel", "piplite", "pyodide_kernel"]


def build(out, with_pyodide=False, work=WORK):
    """Build JupyterLite with the notebooks into a folder, which is emptied first.

    with_pyodide  keep Pyodide and the pure wheels it needs beside it: then the page
                  asks Pyodide's host for compiled packages alone, NumPy and such
    work          a folder that keeps wheels from one build to the next
    """
    out, work = Path(out).resolve(), Path(work).resolve()
    kept, source = work / "wheels", work / "source"
    for folder in (out, source):
        shutil.rmtree(folder, ignore_errors=True)
    for folder in (out.parent, kept):
        folder.mkdir(parents=True, exist_ok=True)
    lock = wheels.pyodides_lock()
    stage(source, with_pyodide)
    shutil.move(lite(source), out)
    shutil.copy(SETTINGS / "index.html", out)
    listed = out / "static" / "pyodide-lock" / "pyodide-lock.json"
    listed.parent.mkdir(parents=True)
    here = wheels.course(kept) + (wheels.used(lock, kept) if with_pyodide else [])
    here = [Path(shutil.copy(path, listed.parent)) for path in here]
    here += [next((out / KERNEL).glob(f"{name}-*.whl")) for name in SHIMS]
    wheels.write(lock, here, listed)


def stage(source, with_pyodide):
    """Bring together what `jupyter lite` reads."""
    (source / "content").mkdir(parents=True)
    for path in SETTINGS.glob("*.json"):
        shutil.copy(path, source)
    for path in notebooks():
        # No server joins the lines of a cell here; the table of contents wants them so.
        notebook = json.dumps(nbformat.read(path, as_version=4), ensure_ascii=False)
        (source / "content" / path.name).write_text(notebook, encoding="utf-8")
    if with_pyodide:
        core = source / "static" / "pyodide"
        core.mkdir(parents=True)
        for name in ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm"]:
            shutil.copy(wheels.CORE / name, core)
        for name in ["python_stdlib.zip", "pyodide-lock.json"]:
            shutil.copy(wheels.CORE / name, core)


def lite(source):
    """Let `jupyter lite` build, and drop what no browser of today asks for.

    The folder is within `source`, as its neighbours are given the date of its files.
    """
    command = [sys.executable, "-m", "jupyterlite_core", "build"]
    command += [f"--{EXTRA}={KERNELS}"]
    out, asked = source / "_output", dict(capture_output=True, text=True)
    done = subprocess.run(command, cwd=source, env=wheels.DATED, **asked)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    for kind in ("eot", "svg", "ttf", "woff"):  # the same glyphs as in woff2
        for path in (out / "build").glob(f"fa-*.{kind}"):
            path.unlink()
    return out


def main():
    """Build as the command line says."""
    parser = argparse.ArgumentParser(description=build.__doc__.splitlines()[0])
    parser.add_argument("out", nargs="?", default=OUT / "lite")
    parser.add_argument("--with-pyodide", action="store_true")
    asked = parser.parse_args()
    build(asked.out, asked.with_pyodide)


if __name__ == "__main__":
    main()
