"""Contenders take turns, so that a busy machine slows them alike; ratios count."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

import numpy as np


@dataclass(frozen=True)
class Contender:
    """One way to do a piece of work.

    run   does it and returns where it ends, or None if that is not comparable
    part  the share of the work that is run; the time is scaled up to the whole
    aim   the largest ratio to the first contender that the project allows itself
    """

    run: Callable
    part: float = 1.0
    aim: float | None = None


@dataclass(frozen=True)
class Work:
    """A piece of work and who does it; the first contender is the base."""

    name: str
    contenders: dict
    rounds: int


def measure(work):
    """Seconds of every contender in every round, {name: (rounds,)}."""
    _check_ends({name: c.run() for name, c in work.contenders.items()})  # warm by now
    seconds = {name: [] for name in work.contenders}
    for _ in range(work.rounds):
        for name, contender in work.contenders.items():
            begin = perf_counter()
            contender.run()
            seconds[name].append((perf_counter() - begin) / contender.part)
    return seconds


def _check_ends(ends):
    """Raise AssertionError unless all did the same work."""
    known = {name: np.asarray(end) for name, end in ends.items() if end is not None}
    for name, end in known.items():
        first = next(iter(known.values()))
        np.testing.assert_allclose(end, first, rtol=1e-6, atol=1e-9, err_msg=name)


def rows(work, seconds):
    """Lines of the table: contender, median, ratio to the base, what is aimed at."""
    base = seconds[next(iter(seconds))]
    for name, times in seconds.items():
        contender = work.contenders[name]
        ratio = median(a / b for a, b in zip(times, base, strict=True))
        aim = f"<= {contender.aim:g}" if contender.aim else ""
        scaled = f"{name} ({contender.part:.1%} run)" if contender.part < 1 else name
        yield f"  {scaled:<44} {1000 * median(times):>11,.2f} ms {ratio:>8.3g}  {aim}"
