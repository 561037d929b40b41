"""The packages of the kernel in the browser, and the file that lists them.

The kernel loads on its own what a cell imports if `pyodide-lock.json` names it. Here
that is Pyodide's own list, of its own versions, and beside it the course: gdlib and
what gdlib needs that Pyodide does not have.
"""

import hashlib
import json
import os
import subprocess
import sys
from importlib.metadata import version
from zipfile import ZipFile

from jupyterlite_pyodide_kernel.constants import (
    PYODIDE_CDN_URL,
    PYODIDE_PYTHON_VERSION,
    PYODIDE_VERSION,
)
from packaging.metadata import Metadata
from packaging.utils import canonicalize_name as plain

from book import NODE, ROOT

CORE = NODE / "pyodide"
COURSE = ["anywidget", "autograd", "comm", "ipywidgets", "psygnal"]
BOOT = ["ipython", "jedi", "micropip"]
USED = [*BOOT, "matplotlib", "scikit-learn", "tqdm", "typing-extensions"]
PURE = "-none-any.whl"
# Files carry a date of their own: what did not change is the same in every build.
DATED = os.environ | {"SOURCE_DATE_EPOCH": "1767225600"}  # 2026-01-01


def pyodides_lock():
    """What npm's package of Pyodide says about the packages that Pyodide has."""
    found = json.loads((CORE / "package.json").read_text(encoding="utf-8"))["version"]
    if found != PYODIDE_VERSION:
        sys.exit(f"The kernel wants Pyodide {PYODIDE_VERSION}; npm's is {found}.")
    return json.loads((CORE / "pyodide-lock.json").read_text(encoding="utf-8"))


def course(folder):
    """The wheels of the course: gdlib's is made, the others are those of this .venv."""
    for old in folder.glob("gdlib-*.whl"):
        old.unlink()
    flit = [sys.executable, "-m", "flit_core.wheel", "--outdir", folder]
    subprocess.run(flit, cwd=ROOT, env=DATED, check=True, stdout=subprocess.DEVNULL)
    pins = {name: version(name) for name in COURSE}
    return [*folder.glob("gdlib-*.whl"), *fetch(pins, folder)]


def used(lock, folder):
    """The pure wheels of Pyodide's list that the kernel and the notebooks load.

    Pyodide publishes what it packed anew; these are PyPI's, of the same versions.
    """
    packages, names = lock["packages"], list(USED)
    for name in names:
        names += {plain(n) for n in packages[name]["depends"]} - set(names)
    pure = [name for name in names if packages[name]["file_name"].endswith(PURE)]
    return fetch({name: packages[name]["version"] for name in pure}, folder)


def fetch(pins, folder):
    """The wheels of name -> version, from PyPI unless they are in the folder."""

    def there(name):
        stem = f"{name.replace('-', '_')}-{pins[name]}-"
        return next((path for path in folder.glob(f"{stem}*{PURE}")), None)

    wanted = [f"{name}=={pins[name]}" for name in pins if not there(name)]
    if wanted:
        pip = [sys.executable, "-m", "pip", "download", "-qq", "--no-deps"]
        pip += ["--disable-pip-version-check", "--no-input", "--only-binary=:all:"]
        pip += [f"--python-version={PYODIDE_PYTHON_VERSION}", "--implementation=py"]
        pip += ["--platform=any", "--abi=none", "--dest", folder]
        subprocess.run([*pip, *wanted], check=True)
    return [there(name) for name in pins]


def write(lock, wheels, target):
    """Write a list that leads to some wheels where they lie, to Pyodide for the rest.

    wheels  paths, in the site that `target` is in
    """
    packages = lock["packages"]
    for package in packages.values():
        package["file_name"] = f"{PYODIDE_CDN_URL}/{package['file_name']}"
    ours = {plain(metadata(path).name): path for path in wheels}
    for name, path in sorted(ours.items()):
        known = packages.get(name)
        packages[name] = known or entry(path, {*packages, *ours})
        packages[name] |= {
            "file_name": os.path.relpath(path, target.parent).replace(os.sep, "/"),
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
    text = json.dumps(lock, sort_keys=True, separators=(",", ":"))
    target.write_text(text, encoding="utf-8")


def entry(path, known):
    """What the list says of a wheel; it needs nothing but what is `known` there.

    ipywidgets, for one, asks for the half of it that lives in JupyterLab.
    """
    says = metadata(path)
    asked = [r for r in says.requires_dist or [] if not r.marker or r.marker.evaluate()]
    with ZipFile(path) as wheel:
        parts = [name.split("/") for name in wheel.namelist()]
    return {
        "name": plain(says.name),
        "version": str(says.version),
        "depends": sorted({plain(requirement.name) for requirement in asked} & known),
        "imports": sorted({p[0] for p in parts if p[1:] == ["__init__.py"]}),
        "install_dir": "site",
        "package_type": "package",
        "unvendored_tests": False,
    }


def metadata(path):
    """What a wheel says of itself."""
    with ZipFile(path) as wheel:
        name = next(n for n in wheel.namelist() if n.endswith(".dist-info/METADATA"))
        return Metadata.from_email(wheel.read(name), validate=False)
