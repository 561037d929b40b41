"""Notebook 18 on a real cluster: a scheduler and workers that are processes apart."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np
import pytest

from gdlib import adam, descend, gradient_descent, line_data, mse
from tests.notebook.reading import read

pytest.importorskip("distributed")

from distributed import Client, wait

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "notebooks" / "18_scaling_out.ipynb"
SIZES = (300, 5_000, 20_000, 1_000)
QUIET = {"DASK_LOGGING__DISTRIBUTED": "critical", "PYTHONPATH": str(ROOT)}


def made(n):
    return line_data(np.random.default_rng([5, n]), n)


@contextmanager
def command(*words):
    """A command of Dask's as a process of its own, ended at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *words],
        env=os.environ | QUIET,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.wait()


@pytest.fixture(scope="module")
def address():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    return f"tcp://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def workers(address):
    """The processes of two workers, those of a scheduler that is up as well."""
    port, local = address.rpartition(":")[2], ("--host", "127.0.0.1", "--no-dashboard")
    alone = ("--no-nanny", "--nthreads", "1", *local)
    with ExitStack() as stack:
        start = ("scheduler", "--port", port, *local)
        stack.enter_context(command(*start))
        yield [stack.enter_context(command("worker", address, *alone)) for _ in "12"]


@pytest.fixture(scope="module")
def client(address, workers):
    with Client(address, timeout=20) as client:
        client.wait_for_workers(2, timeout=20)
        yield client


@pytest.fixture(scope="module")
def pooled():
    """The notebook's own function, run from its cell."""
    (cell,) = (c for c in read(NOTEBOOK).code if "def pooled" in c.text)
    scope = {"__name__": "__main__"}  # so workers get its code, not its name
    exec("import numpy as np\nimport gdlib as gd\n" + cell.text, scope)
    return scope["pooled"]


@pytest.fixture(scope="module")
def whole():
    return mse(*np.concatenate([made(n) for n in SIZES], axis=1))


def same(path, other):
    return np.allclose(path.theta, other.theta, rtol=1e-12, atol=1e-14)


def test_the_workers_are_processes_apart(client, workers):
    numbers = set(client.run(os.getpid).values())
    assert numbers == {worker.pid for worker in workers}
    assert os.getpid() not in numbers


@pytest.mark.parametrize("method", [gradient_descent, adam])
def test_same_path_as_on_one_machine(client, pooled, whole, method):
    there = pooled(client.map(made, SIZES), client)
    far, near = (descend(method, job, (0, 0), 15, lr=0.1) for job in (there, whole))
    assert same(far, near)
    assert np.allclose(far.loss, near.loss, rtol=1e-12)


def test_chunks_in_turn_need_no_client(pooled, whole):
    here = pooled([made(n) for n in SIZES])
    far, near = (descend(adam, job, (0, 0), 15, lr=0.1) for job in (here, whole))
    assert same(far, near)


def test_a_run_survives_a_worker_that_is_killed(client, workers, pooled, whole):
    """Last of all here: it leaves one worker."""
    chunks = client.map(made, SIZES)
    wait(chunks)
    victim, lost = workers[0], client.run(os.getpid)
    held = {a: len(keys) for a, keys in client.has_what().items()}
    there, steps = pooled(chunks, client), []

    def struck(theta, grad, t, **hyper):
        if t == 5:
            victim.kill()  # and the next gradient is asked at once
        steps.append(t)
        return gradient_descent(theta, grad, t, lr=0.3)

    (where,) = (a for a, number in lost.items() if number == victim.pid)
    assert held[where]  # it held some of the data
    far = descend(struck, there, (0, 0), 12)
    near = descend(gradient_descent, whole, (0, 0), 12, lr=0.3)
    assert victim.wait(timeout=5) == -signal.SIGKILL
    assert len(client.run(os.getpid)) == 1
    assert steps == list(range(1, 13))
    assert same(far, near)
