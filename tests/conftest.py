"""What holds for every test: the same inputs each time, warnings as errors."""

import os
from tempfile import TemporaryDirectory

# Read when NumPy is imported: workers and kernels share the cores, and threads that
# wait for one another cost many times what they save.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import hypothesis
import pytest
from nbval.plugin import IPyNbFile
from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

hypothesis.settings.register_profile("course", derandomize=True, deadline=None)
hypothesis.settings.load_profile("course")


def pytest_configure(config):
    """Reach the notebooks' cells too: they lie outside this folder."""
    config.pluginmanager.register(OldProcessor())
    config.pluginmanager.register(StrictKernels())
    config.pluginmanager.register(WordsOfStderr())


class OldProcessor:
    """Run the notebooks as on a processor of 2008; what they keep is from a newer one.

    Each of NumPy, OpenBLAS and the C library has faster ways for newer processors,
    which round otherwise. What the last bit can turn is not fit to be printed.
    """

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self, item):
        """Set up: a notebook's first cell starts its kernel, with what is set here."""
        with pytest.MonkeyPatch.context() as patch:
            if isinstance(item.parent, IPyNbFile):
                newer = [name for name in __cpu_dispatch__ if __cpu_features__[name]]
                patch.setenv("NPY_DISABLE_CPU_FEATURES", " ".join(newer))
                patch.setenv("OPENBLAS_CORETYPE", "Nehalem")
                patch.setenv("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX2,-AVX512F,-FMA")
            return (yield)


class StrictKernels:
    """Put the notebooks' kernels in an empty folder; make warnings errors there too.

    What other modules than gdlib and the cells warn of is printed in the cell, and so
    fails the comparison.
    """

    # No import: a notebook that forgets its own must fail.
    STRICT = """
__import__("os").chdir({!r})
__import__("warnings").filterwarnings("error", module="__main__|gdlib")
"""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self, item):
        done = yield
        kernel = getattr(item.parent, "kernel", None)
        if kernel and not hasattr(kernel, "strict"):
            folder = TemporaryDirectory(ignore_cleanup_errors=True)
            item.parent.addfinalizer(folder.cleanup)
            code = self.STRICT.format(folder.name)
            kernel.await_reply(kernel.execute_cell_input(code), timeout=60)
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
