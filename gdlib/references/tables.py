"""Schedules of the lr, clipped gradients and times of a step, as libraries have them.

tests/references/record_tables.py wrote tables.json and time_steps.py timings.json.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from .names import Names, contents

PACKAGE = {"PyTorch": "torch", "optax": "optax", "Keras": "keras"}


@dataclass(frozen=True, eq=False)
class Schedule:
    """The lr of a library's steps.

    library, version  whose, and which
    made              what was typed to make it
    lr                (200,), the lr of the steps t = 1, 2, …, 200
    """

    library: str
    version: str
    made: str
    lr: np.ndarray


@dataclass(frozen=True, eq=False)
class Clipped:
    """What a library makes of gradients at a limit of 1.

    library, version  whose, and which
    made              what was typed
    inputs, outputs   (7, 2), gradients of two coordinates and what became of each
    """

    library: str
    version: str
    made: str
    inputs: np.ndarray
    outputs: np.ndarray


def schedules():
    """The lr of 200 steps under the cosine of PyTorch, optax and Keras.

    Returns name -> Schedule: "PyTorch cosine", from 0.1 towards 0.001 over 200 steps,
    and "PyTorch warm-up", which takes 20 steps to 0.1 and 180 towards 0.001; so too
    "optax …" and "Keras …". optax's and Keras's warm-up gives the first step an lr of
    0. Keras computes its cosine in single precision, optax its warm-up (within 2e-8 of
    their formulas). Raises KeyError for an unknown name. The arrays are read-only.

    Source: I. Loshchilov and F. Hutter (2017), SGDR: Stochastic Gradient Descent with
    Warm Restarts. Notebook 17.
    """
    return Names("schedule", _schedules())


def clipped():
    """What PyTorch, optax and Keras make of gradients whose norm or values they clip.

    Returns name -> Clipped: "PyTorch norm" and "PyTorch value", each with a limit of 1,
    and so "optax …" and "Keras …". Raises KeyError for an unknown name. The arrays are
    read-only.

    Source: R. Pascanu and others (2012), On the difficulty of training Recurrent Neural
    Networks. Notebook 17.
    """
    return Names("rule", _clipped())


def timings():
    """What a step took, of PyTorch and of gdlib, on one machine in one run.

    Returns a dict: "machine" (its processor, cores, Python and versions), "rounds" and
    "unit", the microsecond; "network", the whole step of the network 64-32-10 on a
    batch of 32, and "million", the method's own step on a million parameters whose
    gradient is given. Either is type -> method -> contender -> {"min", "median", "q1",
    "q3"} over the rounds: "float64" and "float32", gdlib's ten names, "gdlib" beside
    "PyTorch", and in "million" "PyTorch foreach". One thread. Only ratios of one run
    mean anything on another machine.
    """
    return contents("timings.json")


@cache
def _schedules():
    held = contents("tables.json")
    return {
        name: Schedule(*_of(held, name), entry["made"], _fixed(entry["lr"]))
        for name, entry in held["schedules"].items()
    }


@cache
def _clipped():
    held = contents("tables.json")
    inputs = _fixed(held["inputs"])
    return {
        name: Clipped(*_of(held, name), entry["made"], inputs, _fixed(entry["outputs"]))
        for name, entry in held["clipped"].items()
    }


def _of(held, name):
    library = name.split()[0]
    return library, held["versions"][PACKAGE[library]]


def _fixed(values):
    array = np.array(values)
    array.setflags(write=False)
    return array
