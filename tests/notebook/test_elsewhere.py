"""The notebooks say the same in an empty folder, on a processor of 2008.

Each of NumPy, OpenBLAS and the C library has faster ways for newer processors, which
round otherwise. What the last bit can turn is not fit to be printed.
"""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

from tests.notebook.reading import FOLDER

ROOT = FOLDER.parent
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
NEWER = [name for name in __cpu_dispatch__ if __cpu_features__[name]]
OLD = {
    "NPY_DISABLE_CPU_FEATURES": " ".join(NEWER),
    "OPENBLAS_CORETYPE": "Nehalem",
    "OPENBLAS_NUM_THREADS": "1",  # two processes at once; more threads would wait
    "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-AVX512F,-FMA",
}


def differences(paths):
    """Name -> what differs, of the notebooks at these paths."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.notebook.elsewhere", *paths],
        env=os.environ | OLD | {"PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@pytest.fixture(scope="module")
def found():
    with ThreadPoolExecutor(2) as pool:
        halves = pool.map(differences, (NOTEBOOKS[::2], NOTEBOOKS[1::2]))
        return {name: faults for half in halves for name, faults in half.items()}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_says_the_same(path, found):
    assert not found[path.name], "\n\n".join(found[path.name])


def test_what_differs_is_found(tmp_path):
    cells = [
        ("import pathlib", []),
        ("print(sorted(pathlib.Path().iterdir()))", ["[]\n"]),  # the folder is empty
        ("print(open('../tests/x').read())", ["text\n"]),
        ("print(1)", ["2\n"]),
        ("import sys; print('warned', file=sys.stderr)", []),
        ("'same'", ["'same'"]),
    ]
    kept = [
        {"output_type": "stream", "name": "stdout", "text": text} for _, text in cells
    ]
    kept[-1] = {"output_type": "execute_result", "data": {"text/plain": "'same'"}}
    notebook = {
        "metadata": {},
        "cells": [
            {"cell_type": "code", "metadata": {}, "source": code, "outputs": [output]}
            for (code, _), output in zip(cells, kept, strict=True)
        ],
    }
    path = tmp_path / "some.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    absent, wrong, warned = differences([path])["some.ipynb"]
    assert "FileNotFoundError" in absent
    assert wrong == "print(1)\n# keeps\nstdout: 2\n\n# shows\nstdout: 1\n"
    assert "stderr: warned" in warned
