"""What PyTorch, optax and Keras compute under the names of our ten methods.

`make references` records it (Keras on its JAX backend; on PyTorch's its paths are
the same to rounding), so that neither a test nor a notebook has to install
them. settings.json holds, for people too,

    versions   of the libraries that were recorded
    steps      of every path: 200
    axes       method, surface, setting and library: the first axes of paths.npz
    surfaces   formula and start of each
    lr         of each method on each surface, the same in every library
    libraries  library -> method ->
        optimizer   its full name there
        defaults    of every argument that enters its formula; "required" has none
        native      what it was given beside lr to be this method, no more
        agree       what it was given to compute our form; null if it cannot
        first_step  the first step over lr, native, for a gradient of 1.0 and of 1e-4

paths.npz holds in float64

    paths   (method, surface, setting, library, steps + 1, 2), each path from its
            start on; all nan where `agree` is null
    ascent  (steps + 1, 2): optax.adadelta(), whose lr is None by default, on
            (x² + 10 y²) / 2 from (-3, 2), going uphill
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass(frozen=True)
class References:
    """The recorded settings, paths and ascent."""

    settings: dict
    paths: np.ndarray
    ascent: np.ndarray

    def path(self, method, surface, setting, library):
        """Return one path, (steps + 1, 2), or nan if the library has none."""
        names = (method, surface, setting, library)
        axes = self.settings["axes"].values()
        return self.paths[tuple(map(list.index, axes, names))]


def load():
    """Return the References recorded in this folder."""
    folder = Path(__file__).parent
    settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
    with np.load(folder / "paths.npz") as arrays:
        return References(settings, arrays["paths"], arrays["ascent"])
