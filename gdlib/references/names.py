"""What the readers of the recordings share."""

import json
from importlib.resources import files

import numpy as np

UNKNOWN = "{} is {!r}; allowed: {}."


class Names(dict):
    """A dict that says what it holds when it is asked for something else."""

    def __init__(self, kind, items):
        super().__init__(items)
        self.kind = kind

    def __missing__(self, name):
        raise KeyError(UNKNOWN.format(self.kind, name, ", ".join(map(str, self))))


def contents(name):
    """The contents of a JSON file of this folder."""
    return json.loads((files(__package__) / name).read_text(encoding="utf-8"))


def arrays(name):
    """Name -> read-only array, of an .npz file of this folder.

    In all but paths.npz the eight bytes of a number lie apart, the first of all
    numbers first, along an axis of their own: that packs smaller.
    """
    with (files(__package__) / name).open("rb") as file, np.load(file) as held:
        found = {n: a if a.dtype == float else _joined(a) for n, a in held.items()}
    for array in found.values():
        array.setflags(write=False)
    return found


def _joined(planes):
    """The numbers of their bytes (8, *shape)."""
    return np.ascontiguousarray(np.moveaxis(planes, 0, -1)).view("<f8")[..., 0]
