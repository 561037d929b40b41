"""What PyTorch, optax and Keras compute under the names of our ten methods.

It was recorded once (tests/references/record.py; Keras on its JAX backend, on
PyTorch's its paths are the same to rounding), so that neither a test nor a notebook
has to install them. paths.npz holds, in float64,

    paths   (method, surface, setting, library, steps + 1, 2), each path from its
            start on; all nan where `agree` is null
    ascent  (steps + 1, 2), see Recording

and settings.json, for people too, the names along those axes, the versions, the
formula and start of each surface, the lr, and what else a Recording says.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np


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


class Names(dict):
    """A dict that says what it holds when it is asked for something else."""

    def __init__(self, kind, items):
        super().__init__(items)
        self.kind = kind

    def __missing__(self, name):
        raise KeyError(_UNKNOWN.format(self.kind, name, ", ".join(map(str, self))))


_UNKNOWN = "{} is {!r}; allowed: {}."


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
        raise ValueError(_UNKNOWN.format("method", method, ", ".join(methods)))
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
    folder = files(__name__)
    settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
    with (folder / "paths.npz").open("rb") as file, np.load(file) as arrays:
        paths, ascent = arrays["paths"], arrays["ascent"]
    for array in (paths, ascent):
        array.setflags(write=False)
    return settings, paths, ascent
