"""Where the notebooks run, an empty folder and an old processor; what stderr tells."""

import re
import subprocess
import sys

import nbformat
import pytest

from tests.notebook.reading import FOLDER

WARNS = """import warnings
try:
    warnings.warn("raised")
except UserWarning as error:
    print(error)"""
FEATURES = """from numpy._core import _multiarray_umath as numpys
print([n for n in numpys.__cpu_dispatch__ if numpys.__cpu_features__[n]])"""
CELLS = {  # code of a cell -> what it keeps; None of one that fails
    "import sys\nprint('no home to write to', file=sys.stderr)": None,
    "import pathlib\nprint(sorted(pathlib.Path().iterdir()))": "[]\n",
    FEATURES: "[]\n",
    "print({'os', 'warnings'} & {*globals()})": "set()\n",
    "from os import environ\nprint(environ['OPENBLAS_CORETYPE'])": "Nehalem\n",
    WARNS: "raised\n",
}


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    cells = []
    for count, (code, printed) in enumerate(CELLS.items(), 1):
        outputs = [nbformat.v4.new_output("stream", text=printed)] if printed else []
        cells.append(nbformat.v4.new_code_cell(code, execution_count=count))
        cells[-1].outputs = outputs
    path = tmp_path_factory.mktemp("kernels") / "some.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    options = ["-p", "tests.conftest", "--nbval", "--nbval-current-env", "-rA"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *options, "-o", "addopts=", path],
        cwd=FOLDER.parent,
        capture_output=True,
        text=True,
    ).stdout


def test_the_words_on_stderr_are_shown(ran):
    assert "The cell wrote to stderr:\nno home to write to\n" in ran


def test_the_folder_is_empty_and_the_processor_old_and_warnings_are_errors(ran):
    found = re.findall(r"^(PASSED|FAILED) .*::Cell (\d)", ran, re.MULTILINE)
    assert {cell for state, cell in found if state == "PASSED"} == set("12345")
    assert {cell for state, cell in found if state == "FAILED"} == {"0"}
