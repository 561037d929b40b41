"""What came after Adam, as PyTorch, optax, Keras and schedulefree compute it.

tests/references/record_after.py and record_muon.py wrote the files. after.npz holds in
float64 paths (recording, surface, steps + 1, 2) and, of the schedule-free methods, free
(recording, y and x, surface, steps + 1, 2); muon.npz the points (recording, step, 6, 4)
and what else a MuonRun has. after.json and muon.json, for people too, name versions,
surfaces and settings.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from .names import Names, arrays, contents
from .translations import run


@cache
def _after():
    held, found = contents("after.json"), arrays("after.npz")
    surfaces, runs = held["surfaces"], {}

    def named(walked):
        return Names("surface", zip(surfaces, walked, strict=True))

    for walked, (name, entry) in zip(
        found["paths"], held["entries"].items(), strict=True
    ):
        runs[name] = run(held, entry, paths=named(walked))
    for (y, x), (name, entry) in zip(found["free"], held["free"].items(), strict=True):
        runs[name] = run(held, entry, paths=named(y), averages=named(x))
    return runs


def after():
    """What the libraries computed under the names of five methods newer than Adam.

    Returns name -> Run: "PyTorch adamw 0.1" with that weight decay, and so "optax …",
    "Keras …" and 0.5; "PyTorch adam_l2 0.1" is Adam(weight_decay=0.1); "optax lion 0.0"
    and 0.5, "Keras …"; "schedulefree schedule_free_sgd", "… schedule_free_adamw" and
    either "… warm-up" over 10 steps, and so "optax …". Paths of 200 steps in float64,
    on "valley", ((x - 2)² + 10 (y + 1)²) / 2 from (-4, 2.5), and "rosenbrock" from
    (-1.2, 1). The arrays are read-only. Raises KeyError for an unknown name.

    Sources: I. Loshchilov and F. Hutter (2019), Decoupled Weight Decay Regularization;
    X. Chen and others (2023), Symbolic Discovery of Optimization Algorithms (Lion);
    A. Defazio and others (2024), The Road Less Scheduled. Notebook 17.
    """
    return Names("recording", _after())


@dataclass(frozen=True, eq=False)
class MuonRun:
    """A path of Muon over a matrix W (6, 4), at some of its 200 steps.

    library, version, optimizer, arguments, lr   as in Run; lr is one number
    precision  of the orthogonalisation: "float64", "bfloat16" or "float32"
    scale      what the library multiplies lr by, for a matrix of this shape
    steps      (30,) whole numbers, the steps that were kept: 0, 1, …, 10, 20, …, 200
    path       (30, 6, 4), W at these steps, from its start on
    momentum   (6, 4), the momentum buffer after the first step
    update     (6, 4), what the first step subtracted over lr · scale, weight decay
               aside: the momentum orthogonalised
    """

    library: str
    version: str
    optimizer: str
    arguments: dict
    lr: float
    precision: str
    scale: float
    steps: np.ndarray
    path: np.ndarray
    momentum: np.ndarray
    update: np.ndarray


@cache
def _muons():
    held, found = contents("muon.json"), arrays("muon.npz")
    runs, steps = {}, np.array(held["steps"])
    steps.setflags(write=False)
    for i, (name, entry) in enumerate(held["entries"].items()):
        kept = {what: found[what][i] for what in ("path", "momentum", "update")}
        version = held["versions"][entry["optimizer"].split(".")[0]]
        runs[name] = MuonRun(**entry, version=version, steps=steps, **kept)
    return runs


def muons():
    """What PyTorch, optax and Keras computed under the name of Muon.

    Returns name -> MuonRun on the matrix problem of `muon_problem`, as
    muons()["PyTorch original"]. PyTorch orthogonalises in bfloat16 and Keras takes the
    norm in float32: "PyTorch bfloat16" and "Keras float32" are what they do, in their
    other recordings both were replaced by float64.
    The arrays are read-only. Raises KeyError for an unknown name.

    Source: K. Jordan and others (2024), Muon: An optimizer for hidden layers in neural
    networks. Notebook 17.
    """
    return Names("recording", _muons())


def muon_problem():
    """The matrices of ½ ‖A W B - C‖², over which `muons` walked.

    Returns a dict: A (8, 6), B (4, 5), C (8, 5) and the start W (6, 4). The gradient
    is Aᵀ (A W B - C) Bᵀ. The arrays are read-only.
    """
    found = arrays("muon.npz")
    return {name: found[name] for name in "ABCW"}
