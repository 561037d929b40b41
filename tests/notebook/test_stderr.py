"""What a cell writes to stderr is told, not only that it wrote there."""

import subprocess
import sys

import nbformat

from tests.notebook.reading import FOLDER


def test_the_words_on_stderr_are_shown(tmp_path):
    code = "import sys\nprint('no home to write to', file=sys.stderr)"
    cell = nbformat.v4.new_code_cell(code, execution_count=1)
    path = tmp_path / "some.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    options = ["-p", "tests.conftest", "--nbval", "--nbval-current-env"]
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "-o", "addopts=", path],
        cwd=FOLDER.parent,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 1
    assert "The cell wrote to stderr:\nno home to write to\n" in ran.stdout
