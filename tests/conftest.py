"""What holds for every test: the same inputs each time, warnings as errors."""

import os

# Read when NumPy is imported: workers and kernels share the cores, and threads that
# wait for one another cost many times what they save.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import hypothesis
import pytest

hypothesis.settings.register_profile("course", derandomize=True, deadline=None)
hypothesis.settings.load_profile("course")


def pytest_configure(config):
    """Reach the notebooks' cells too: they lie outside this folder."""
    config.pluginmanager.register(WarningsInKernels())
    config.pluginmanager.register(WordsOfStderr())


class WarningsInKernels:
    """Make the warnings of gdlib and of cells errors in the notebooks' kernels too.

    What other modules warn of is printed in the cell, and so fails the comparison.
    """

    STRICT = (
        "import warnings; warnings.filterwarnings('error', module='__main__|gdlib')"
    )

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self, item):
        done = yield
        kernel = getattr(item.parent, "kernel", None)
        if kernel and not hasattr(kernel, "strict"):
            kernel.await_reply(kernel.execute_cell_input(self.STRICT), timeout=60)
            kernel.strict = True
        return done


class WordsOfStderr:
    """Say what a cell wrote to stderr, where nbval says only that it wrote there."""

    NBVAL = "Unexpected output fields from running code: {'stderr'}"

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item):
        report = yield
        if isinstance(report.longrepr, str) and self.NBVAL in report.longrepr:
            outs = [out for out in item.test_outputs if out.get("name") == "stderr"]
            said = "The cell wrote to stderr:\n" + "".join(out.text for out in outs)
            report.longrepr = report.longrepr.replace(self.NBVAL, said)
        return report
