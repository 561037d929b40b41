"""What PyTorch, optax and Keras compute under the names of our ten methods.

It was recorded once (tests/references/record.py; Keras on its JAX backend, on
PyTorch's its paths are the same to rounding), so that neither a test nor a notebook
has to install them. paths.npz holds, in float64,

    paths   (method, surface, setting, library, steps + 1, 2), each path from its
            start on; all nan where `agree` is null
    ascent  (steps + 1, 2), see Recording

and settings.json, for people too, the names along those axes, the versions, the
formula and start of each surface, the lr, and what else a Recording says.

Beside it stand what they compute at other settings (`translations`), what they and
schedulefree compute under the names of newer methods (`after`, `muons`, `schedules`,
`clipped`) and what a step of PyTorch's takes (`timings`), in files of their own.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from .after import after, muon_problem, muons
from .names import UNKNOWN, Names, arrays, contents
from .tables import clipped, schedules, timings
from .translations import translations

__all__ = [
    "Recording",
    "after",
    "clipped",
    "muon_problem",
    "muons",
    "recorded",
    "schedules",
    "timings",
    "translations",
]


@dataclass(frozen=True, eq=False)
class Recording:
    """What one library computes under the name of one of our methods.

    version     of the library
    optimizer   its full name there, as "torch.optim.SGD"
    defaults    argument -> default, of all that enter its formula; "required" has none
    lr          surface -> the learning rate it was given, the same in every library
    native      argument -> what it was given beside lr to be this method, no more
    agree       argument -> what it was given to compute our form; None if it cannot
    first_step  gradient, 1.0 and 1e-4 -> the native first step over lr
    paths       surface -> (201, 2), native, from its start on: "ravine" is
                ravine(10, 30), the others are "rosenbrock" and "himmelblau"
    agreeing    surface -> (201, 2) with the settings of `agree`; nan if there are none
    ascent      of optax's Adadelta alone, else None: (201, 2), the path that its
                default lr of None takes up (x² + 10 y²) / 2 from (-3, 2)
    """

    version: str
    optimizer: str
    defaults: dict
    lr: dict
    native: dict
    agree: dict | None
    first_step: dict
    paths: dict
    agreeing: dict
    ascent: np.ndarray | None


def recorded(method):
    """What PyTorch, optax and Keras computed under the name of a method.

    method  the name of one of gdlib's ten, as "adam"

    Returns library -> Recording: recorded("adam")["Keras"].paths["rosenbrock"] is a
    path of 200 steps, (201, 2). Raises ValueError for an unknown method, KeyError for
    an unknown library or surface. The arrays are read-only.

    Sources: torch.optim, optax and keras.optimizers, at the version that each names.
    Notebooks 04 to 08, 11 and 12 lay them beside ours.
    """
    methods, _, _, libraries = _contents()[0]["axes"].values()
    if not (isinstance(method, str) and method in methods):
        raise ValueError(UNKNOWN.format("method", method, ", ".join(methods)))
    return Names("library", {name: _recording(method, name) for name in libraries})


def _recording(method, library):
    settings, paths, ascent = _contents()
    methods, surfaces, _, libraries = settings["axes"].values()
    found = paths[methods.index(method), :, :, libraries.index(library)]
    held = settings["libraries"][library][method]
    first_step = {float(g): step for g, step in held["first_step"].items()}
    return Recording(
        **held | {"first_step": Names("gradient", first_step)},
        version=settings["versions"][held["optimizer"].split(".")[0]],
        lr=settings["lr"][method],
        paths=Names("surface", zip(surfaces, found[:, 0], strict=True)),
        agreeing=Names("surface", zip(surfaces, found[:, 1], strict=True)),
        ascent=ascent if (method, library) == ("adadelta", "optax") else None,
    )


@cache
def _contents():
    held = arrays("paths.npz")
    return contents("settings.json"), held["paths"], held["ascent"]
