"""The three libraries at settings that are unlike every default.

tests/references/record_translations.py wrote translations.npz, which holds in float64
paths (recording, surface, steps + 1, 2), and translations.json, for people too: the
versions, the formula and start of each surface and what else a Run says.
"""

from dataclasses import dataclass
from functools import cache

from .names import Names, arrays, contents


@dataclass(frozen=True, eq=False)
class Run:
    """What one library computes at the settings that it was given.

    method     the name of one of gdlib's ten, or of a newer one, as "adamw"
    library    "PyTorch", "optax", "Keras" or "schedulefree"
    version    of the library
    optimizer  its full name there, as "torch.optim.SGD"
    arguments  argument -> what it was given beside lr, under the library's own names
    schedule   None, or a sentence that says what changes with the step t = 1, 2, …
    lr         surface -> the learning rate it was given
    paths      surface -> (201, 2), from its start on; θ, and for a schedule-free
               method y, where the gradients were taken
    averages   None; for a schedule-free method surface -> (201, 2), the averaged x
    """

    method: str
    library: str
    version: str
    optimizer: str
    arguments: dict
    schedule: str | None
    lr: dict
    paths: dict
    averages: dict | None = None


@cache
def _translations():
    held = contents("translations.json")
    paths, surfaces = arrays("translations.npz")["paths"], held["surfaces"]
    found = {}
    for walked, (name, entry) in zip(paths, held["entries"].items(), strict=True):
        found[name] = run(
            held, entry, paths=Names("surface", zip(surfaces, walked, strict=True))
        )
    return found


def translations():
    """What PyTorch, optax and Keras computed at settings unlike their defaults.

    Returns name -> Run, as translations()["PyTorch momentum dampened"]: the library,
    the method and, where there are several, what is peculiar to it. Every path takes
    200 steps in float64, on "ravine" and "rosenbrock". The arrays are read-only.
    Raises KeyError for an unknown name.

    Sources: torch.optim, optax and keras.optimizers, at the version that each names.
    Notebook 15 translates between them.
    """
    return Names("recording", _translations())


def run(held, entry, **paths):
    """A Run of what a JSON file says of it, with its paths."""
    version = held["versions"][entry["optimizer"].split(".")[0]]
    given = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in entry["arguments"].items()
    }
    return Run(**entry | {"arguments": given}, version=version, **paths)
