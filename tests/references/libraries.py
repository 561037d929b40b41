"""PyTorch, optax and Keras in double precision, and a step of each.

The scripts of this folder share it. The gradients are written out here once more, so
that nothing of gdlib is in its own referee.
"""

import json
import os
from importlib import metadata
from pathlib import Path

os.environ["KERAS_BACKEND"] = "jax"  # read when Keras is imported

import jax
import keras
import numpy as np
import optax
import torch

# Without these three lines some of the arithmetic would be in single precision.
jax.config.update("jax_enable_x64", True)
keras.config.set_floatx("float64")
torch.set_default_dtype(torch.float64)

FOLDER = Path(__file__).parents[2] / "gdlib" / "references"
STEPS = 200
PACKAGES = ("torch", "optax", "keras", "jax", "numpy")
TILT = np.pi / 6
TURN = np.array([[np.cos(TILT), -np.sin(TILT)], [np.sin(TILT), np.cos(TILT)]])
RAVINE = TURN @ np.diag([1.0, 10.0]) @ TURN.T


def rosenbrock(theta):
    """Return the gradient of (1 - x)² + 100 (y - x²)²."""
    x, y = theta
    return np.array([2 * (x - 1) + 400 * (x**3 - x * y), 200 * (y - x**2)])


def himmelblau(theta):
    """Return the gradient of (x² + y - 11)² + (x + y² - 7)²."""
    x, y = theta
    a, b = x**2 + y - 11, x + y**2 - 7
    return np.array([4 * x * a + 2 * b, 2 * a + 4 * y * b])


def valley(theta):
    """Return the gradient of ((x - 2)² + 10 (y + 1)²) / 2."""
    x, y = theta
    return np.array([x - 2, 10 * (y + 1)])


GROUND = {  # name: gradient, start, formula
    "ravine": (
        lambda theta: RAVINE @ theta,
        (-4.0, 2.5),
        "(u² + 10 w²) / 2, (u, w) = (x, y) turned by 30 degrees",
    ),
    "rosenbrock": (rosenbrock, (-1.2, 1.0), "(1 - x)² + 100 (y - x²)²"),
    "himmelblau": (himmelblau, (-1.0, 1.0), "(x² + y - 11)² + (x + y² - 7)²"),
    "valley": (valley, (-4.0, 2.5), "((x - 2)² + 10 (y + 1)²) / 2"),
}


def pytorch_step(build, start):
    """Return a function that takes a gradient and gives PyTorch's next point."""
    theta = torch.tensor(start)
    optimizer = build([theta])

    def step(g):
        theta.grad = torch.from_numpy(g)
        optimizer.step()
        return theta.numpy().copy()

    return step


def optax_step(build, start):
    """Return a function that takes a gradient and gives optax's next point."""
    theta, rule = jax.numpy.array(start), build()
    state = rule.init(theta)

    def step(g):
        nonlocal theta, state
        update, state = rule.update(jax.numpy.asarray(g), state, theta)
        theta = optax.apply_updates(theta, update)
        return np.array(theta)

    return step


def keras_step(build, start):
    """Return a function that takes a gradient and gives Keras's next point."""
    theta, optimizer = keras.Variable(np.array(start)), build()

    def step(g):
        optimizer.apply([keras.ops.convert_to_tensor(g)], [theta])
        return np.array(theta.value)

    return step


LIBRARIES = {  # its optimisers, its stepper, its name for η
    "PyTorch": (torch.optim, pytorch_step, "lr"),
    "optax": (optax, optax_step, "learning_rate"),
    "Keras": (keras.optimizers, keras_step, "learning_rate"),
}


def walk(library, name, settings, gradient, start, steps=STEPS):
    """Return the path (steps + 1, dim) of a library's optimiser."""
    module, begin, _ = LIBRARIES[library]
    step = begin(lambda *theta: getattr(module, name)(*theta, **settings), start)
    return follow(step, gradient, start, steps)


def follow(step, gradient, start, steps=STEPS):
    """Return the path (steps + 1, *shape) of a function that gives the next point."""
    path = [np.array(start)]
    for _ in range(steps):
        path.append(step(gradient(path[-1])))
        assert path[-1].dtype == np.float64
    return np.array(path)


def full_name(library, name):
    """Return what an optimiser is called in full, as "torch.optim.SGD"."""
    return f"{LIBRARIES[library][0].__name__}.{name}"


def versions(*more):
    """Return package -> version of all that the recording was made with."""
    return {name: metadata.version(name) for name in (*PACKAGES, *more)}


def ground(*names):
    """Return what a file says of surfaces: name -> formula and start."""
    return {
        name: {"formula": GROUND[name][2], "start": GROUND[name][1]} for name in names
    }


def write_json(path, contents):
    """Write contents as JSON that people can read."""
    text = json.dumps(contents, indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def save(path, /, **arrays):
    """Write arrays of float64 with their first bytes first, which packs smaller."""
    np.savez_compressed(path, **{name: planes(held) for name, held in arrays.items()})


def planes(array):
    """Return the bytes (8, *shape) of an array, the first of every number first."""
    numbers = np.ascontiguousarray(array, "<f8")
    return np.ascontiguousarray(np.moveaxis(numbers[..., None].view(np.uint8), -1, 0))
