"""gdlib works wherever it stands: what it needs at run time comes with it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import gdlib

SCRIPT = """
import gdlib
print(gdlib.__file__)
path = gdlib.recorded("momentum")["PyTorch"].paths["ravine"]
ours = gdlib.descend(gdlib.momentum, gdlib.ravine(10, 30), path[0], 200, lr=0.05)
print(abs(ours.theta - path).max() < 1e-12)
"""


def test_the_package_alone_is_enough_in_any_folder(tmp_path):
    lib, here = tmp_path / "lib", tmp_path / "here"
    here.mkdir()
    shutil.copytree(Path(gdlib.__file__).parent, lib / "gdlib")
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=os.environ | {"PYTHONPATH": str(lib)},
        cwd=here,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.split() == [str(lib / "gdlib" / "__init__.py"), "True"]
