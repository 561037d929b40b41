"""Time a step of PyTorch's ten methods and of gdlib's, in one run on one thread.

It is run by hand, on a machine that does nothing else, and writes timings.json into
gdlib/references (gdlib.references.timings says what it holds):

    PYTHONPATH=. python tests/references/time_steps.py

in the environment of requirements.txt with Matplotlib beside it, which gdlib imports.
Two runs write different numbers, of course.
"""

import os

os.environ["OMP_NUM_THREADS"] = "1"  # read when PyTorch and NumPy are imported
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import platform
from importlib import metadata
from pathlib import Path
from time import perf_counter

import numpy as np
import torch
from libraries import FOLDER, write_json
from record import PYTORCH

from gdlib import METHODS, descend, network
from gdlib.refusals import signature

torch.set_num_threads(1)
ROUNDS = 25
STEPS = {"network": 200, "million": 10}  # a round times so many
MILLION = 1_000_000
BATCH = 32
TYPES = {"float64": torch.float64, "float32": torch.float32}
RANDOM = np.random.default_rng(14)
X = RANDOM.integers(0, 17, (1797, 64)) / 16  # as large as the digits, and as coarse
Y = RANDOM.integers(0, 10, 1797)
LR = 1e-3


def built(method, params, **more):
    """Return PyTorch's optimiser of a method."""
    name, own, _ = PYTORCH[method]
    return getattr(torch.optim, name)(params, lr=LR, **own, **more)


def pytorch_network(method, kind):
    """Return a function that trains PyTorch's network for a number of steps."""
    layers = torch.nn.Linear(64, 32), torch.nn.Tanh(), torch.nn.Linear(32, 10)
    net = torch.nn.Sequential(*layers).to(TYPES[kind])
    optimizer = built(method, net.parameters())
    loss = torch.nn.CrossEntropyLoss()
    data, classes = torch.tensor(X, dtype=TYPES[kind]), torch.tensor(Y)

    def train(steps):
        order = torch.randperm(len(Y))
        for i in range(steps):
            batch = order[i % 50 * BATCH :][:BATCH]
            optimizer.zero_grad()
            loss(net(data[batch]), classes[batch]).backward()
            optimizer.step()

    return train


def gdlib_network(method, kind):
    """Return a function that trains gdlib's network for a number of steps."""
    net = network(X, Y, batch=BATCH, rng=np.random.default_rng(0))
    hyper = {} if method == "adadelta" else {"lr": LR}
    return lambda steps: descend(
        METHODS[method], net, None, steps, keep="last", **hyper
    )


def pytorch_million(method, kind, **more):
    """Return a function that takes a number of PyTorch's steps, the gradient given."""
    theta = torch.ones(MILLION, dtype=TYPES[kind])
    theta.grad = torch.tensor(RANDOM.standard_normal(MILLION), dtype=TYPES[kind])
    optimizer = built(method, [theta], **more)

    def take(steps):
        for _ in range(steps):
            optimizer.step()

    return take


def gdlib_million(method, kind):
    """Return a function that takes a number of gdlib's steps, the gradient given."""
    g = RANDOM.standard_normal(MILLION).astype(kind)
    hyper = {} if method == "adadelta" else {"lr": LR}
    rule, theta, state, t = METHODS[method], np.ones(MILLION, kind), {}, 0
    states = signature(rule)[0]

    def take(steps):
        nonlocal theta, state, t
        for _ in range(steps):
            t += 1
            theta, terms = rule(theta, lambda at: g, t, **state, **hyper)
            state = {name: terms[name] for name in states}

    return take


WORKS = {
    "network": {"gdlib": gdlib_network, "PyTorch": pytorch_network},
    "million": {
        "gdlib": gdlib_million,
        "PyTorch": pytorch_million,
        "PyTorch foreach": lambda method, kind: pytorch_million(
            method, kind, foreach=True
        ),
    },
}


def contenders(work, kind):
    """Return name -> what makes its runs; gdlib's network is in float64 alone."""
    left_out = {"gdlib"} if (work, kind) == ("network", "float32") else set()
    return {name: made for name, made in WORKS[work].items() if name not in left_out}


def measure(work, method, kind):
    """Return contender -> microseconds a step, over rounds in which all took turns."""
    runs = {name: made(method, kind) for name, made in contenders(work, kind).items()}
    taken = {name: [] for name in runs}
    steps = STEPS[work]
    for run in runs.values():  # the first steps make the state
        run(3)
    for _ in range(ROUNDS):
        for name, run in runs.items():
            begun = perf_counter()
            run(steps)
            taken[name].append((perf_counter() - begun) / steps * 1e6)
    return {name: summary(times) for name, times in taken.items()}


def summary(times):
    """Return the least, the median and the quartiles, to four digits."""
    q1, median, q3 = np.quantile(times, (0.25, 0.5, 0.75))
    found = {"min": min(times), "median": median, "q1": q1, "q3": q3}
    return {name: float(f"{value:.4g}") for name, value in found.items()}


def processor():
    """Return what the machine calls its processor."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next(line.split(":")[1].strip() for line in lines if "model name" in line)


def main():
    """Time everything and write timings.json."""
    found = {
        work: {
            kind: {method: measure(work, method, kind) for method in METHODS}
            for kind in TYPES
        }
        for work in WORKS
    }
    machine = {
        "processor": processor(),
        "cores": os.cpu_count(),
        "threads": torch.get_num_threads(),
        "python": platform.python_version(),
        "torch": metadata.version("torch"),
        "numpy": np.__version__,
    }
    head = {"machine": machine, "unit": "microsecond", "rounds": ROUNDS, "steps": STEPS}
    write_json(FOLDER / "timings.json", head | found)


if __name__ == "__main__":
    main()
