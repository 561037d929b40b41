"""Record Muon, as PyTorch, optax and Keras compute it, over one matrix.

`make references` runs this after record.py and writes muon.json and muon.npz into
gdlib/references, which says what they hold. Two runs on one machine write the same
bytes.
"""

import inspect
from contextlib import nullcontext
from functools import partial
from unittest.mock import patch

import numpy as np
from libraries import (
    FOLDER,
    STEPS,
    follow,
    jax,
    keras,
    optax,
    save,
    torch,
    versions,
    write_json,
)

LR = 0.008
KEPT = [*range(11), *range(20, STEPS + 1, 10)]
RANDOM = np.random.default_rng(17)
SHAPES = {"A": (8, 6), "B": (4, 5), "C": (8, 5), "W": (6, 4)}
PROBLEM = {name: RANDOM.standard_normal(shape) for name, shape in SHAPES.items()}
# name: library, precision of the orthogonalisation and the arguments beside lr
ENTRIES = {
    "PyTorch original": ("PyTorch", "float64", {"weight_decay": 0.0}),
    "PyTorch bfloat16": ("PyTorch", "bfloat16", {"weight_decay": 0.0}),
    "PyTorch weight decay": ("PyTorch", "float64", {"weight_decay": 0.5}),
    "PyTorch no nesterov": (
        "PyTorch",
        "float64",
        {"weight_decay": 0.0, "nesterov": False},
    ),
    "PyTorch match_rms_adamw": (
        "PyTorch",
        "float64",
        {"weight_decay": 0.0, "adjust_lr_fn": "match_rms_adamw"},
    ),
    "optax": ("optax", "float64", {}),
    "optax weight decay": ("optax", "float64", {"weight_decay": 0.5}),
    "optax no nesterov": ("optax", "float64", {"nesterov": False}),
    "optax consistent_rms": ("optax", "float64", {"consistent_rms": 0.2}),
    "Keras": ("Keras", "float64", {"weight_decay": None}),
    "Keras no rms_rate": (
        "Keras",
        "float64",
        {"weight_decay": None, "rms_rate": None},
    ),
    "Keras float32": ("Keras", "float32", {"weight_decay": None}),
}
# PyTorch orthogonalises in bfloat16 and Keras takes its norm in float32, whatever the
# matrix is of and its floatx; there is no setting, so what they use is replaced.
EXACT = {
    "PyTorch": partial(patch.object, torch, "bfloat16", torch.float64),
    "Keras": partial(
        patch.object, keras.src.backend.linalg, "norm", jax.numpy.linalg.norm
    ),
}
ROWS, COLUMNS = SHAPES["W"]


def gradient(W):
    """Return the gradient of ½ ‖A W B - C‖²."""
    A, B, C = (PROBLEM[name] for name in "ABC")
    return A.T @ (A @ W @ B - C) @ B.T


def scale(library, given):
    """Return what a library multiplies lr by, for a matrix of W's shape."""
    if library == "PyTorch":
        rule = given.get("adjust_lr_fn")
        return torch.optim._muon._adjust_lr(1.0, rule, (ROWS, COLUMNS))
    rate = given.get("consistent_rms" if library == "optax" else "rms_rate", 0.2)
    if library == "optax" and "consistent_rms" not in given:
        return max(1.0, COLUMNS / ROWS) ** 0.5  # its matrices are (in, out)
    return 1.0 if rate is None else rate * max(ROWS, COLUMNS) ** 0.5


def pytorch_muon(given):
    """Return a step of PyTorch's Muon, and a function that gives its momentum."""
    W = torch.tensor(PROBLEM["W"])
    optimizer = torch.optim.Muon([W], lr=LR, **given)

    def step(g):
        W.grad = torch.from_numpy(g)
        optimizer.step()
        return W.numpy().copy()

    return step, lambda: optimizer.state[W]["momentum_buffer"].numpy().copy()


def optax_muon(given):
    """Return a step of optax's Muon, and a function that gives its momentum."""
    W, rule = jax.numpy.array(PROBLEM["W"]), optax.contrib.muon(LR, **given)
    state = rule.init(W)

    def step(g):
        nonlocal W, state
        update, state = rule.update(jax.numpy.asarray(g), state, W)
        W = optax.apply_updates(W, update)
        return np.array(W)

    return step, lambda: np.array(state.inner_states["muon"].inner_state[0].mu)


def keras_muon(given):
    """Return a step of Keras's Muon, and a function that gives its momentum."""
    W, optimizer = keras.Variable(PROBLEM["W"]), keras.optimizers.Muon(LR, **given)

    def step(g):
        optimizer.apply([keras.ops.convert_to_tensor(g)], [W])
        return np.array(W.value)

    return step, lambda: np.array(optimizer.momentums[0].value)


MUON = {  # its class or function, its step
    "PyTorch": (torch.optim.Muon, "torch.optim.Muon", pytorch_muon),
    "optax": (optax.contrib.muon, "optax.contrib.muon", optax_muon),
    "Keras": (keras.optimizers.Muon, "keras.optimizers.Muon", keras_muon),
}


def record(library, precision, given):
    """Return W at the steps kept, the first momentum and what it made of it."""
    exact = EXACT.get(library, nullcontext) if precision == "float64" else nullcontext
    with exact():
        step, buffer = MUON[library][2](given)
        firsts = []

        def watched(g):
            W = step(g)
            if not firsts:
                firsts.append(buffer())
            return W

        path = follow(watched, gradient, PROBLEM["W"])
    decay = given.get("weight_decay") or 0.0
    update = (path[0] * (1 - LR * decay) - path[1]) / (LR * scale(library, given))
    return path[KEPT], firsts[0], update


def describe(library, precision, given):
    """Return what muon.json says of a recording."""
    return {
        "library": library,
        "optimizer": MUON[library][1],
        "arguments": given,
        "lr": LR,
        "precision": precision,
        "scale": scale(library, given),
    }


def defaults(build):
    """Return the defaults of a library's Muon, those of its Adam aside."""
    return {
        name: argument.default
        for name, argument in inspect.signature(build).parameters.items()
        if name
        in {"lr", "learning_rate", "weight_decay", "momentum", "beta", "eps"}
        | {"nesterov", "ns_coefficients", "ns_coeffs", "muon_a", "muon_b", "muon_c"}
        | {"ns_steps", "adjust_lr_fn", "consistent_rms", "rms_rate", "adaptive"}
        | {"preconditioning"}
        and argument.default is not argument.empty
    }


def write(folder):
    """Write muon.json and muon.npz into a folder."""
    found = zip(*(record(*entry) for entry in ENTRIES.values()), strict=True)
    names = "path", "momentum", "update"
    save(
        folder / "muon.npz",
        **PROBLEM,
        **{name: np.array(held) for name, held in zip(names, found, strict=True)},
    )
    held = {
        "versions": versions(),
        "problem": "½ ‖A W B - C‖², the matrices from default_rng(17), in muon.npz",
        "steps": KEPT,
        "defaults": {
            library: defaults(build) for library, (build, _, _) in MUON.items()
        },
        "entries": {name: describe(*entry) for name, entry in ENTRIES.items()},
    }
    write_json(folder / "muon.json", held)


if __name__ == "__main__":
    write(FOLDER)
