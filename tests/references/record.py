"""Record what PyTorch, optax and Keras compute under the names of our ten methods.

`make references` runs this in a throw-away environment and writes settings.json and
paths.npz into gdlib/references, which says what they hold. The gradients are written
out here once more, so that nothing of gdlib is in its own referee. Two runs on one
machine write the same bytes.
"""

import inspect
import json
import os
from functools import partial
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
GAMMA = 0.9
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


SURFACES = {  # name: gradient, start, formula
    "ravine": (
        lambda theta: RAVINE @ theta,
        (-4.0, 2.5),
        "(u² + 10 w²) / 2, (u, w) = (x, y) turned by 30 degrees",
    ),
    "rosenbrock": (rosenbrock, (-1.2, 1.0), "(1 - x)² + 100 (y - x²)²"),
    "himmelblau": (himmelblau, (-1.0, 1.0), "(x² + y - 11)² + (x + y² - 7)²"),
}
# method: lr on each surface. Each moves a path well on and lets a start that is off
# by δ end within 10 δ; RMSProp at 0.002 on Rosenbrock's would make it millions of δ.
RATES = {
    "gradient_descent": (0.15, 0.001, 0.01),
    "momentum": (0.05, 0.0005, 0.005),
    "nesterov": (0.05, 0.0005, 0.005),
    "adagrad": (1.0, 0.3, 0.5),
    "adadelta": (1.0, 1.0, 1.0),  # ours, as Zeiler's, has none
    "rmsprop": (0.02, 0.001, 0.01),
    "adam": (0.2, 0.05, 0.1),
    "adamax": (0.2, 0.05, 0.1),
    "amsgrad": (0.2, 0.05, 0.1),
    "nadam": (0.2, 0.05, 0.1),
}

# method: the library's name for it, the settings that make it this method, and those
# that remove what differs from our form (None: the library has no such setting)
PYTORCH = {
    "gradient_descent": ("SGD", {}, {}),
    "momentum": ("SGD", {"momentum": GAMMA}, {}),
    "nesterov": ("SGD", {"momentum": GAMMA, "nesterov": True}, {}),
    "adagrad": ("Adagrad", {}, {"eps": 0.0}),
    "adadelta": ("Adadelta", {}, {}),
    "rmsprop": ("RMSprop", {}, {"alpha": 0.9, "eps": 0.0}),
    "adam": ("Adam", {}, {"eps": 0.0}),
    "adamax": ("Adamax", {}, {"eps": 0.0}),
    "amsgrad": ("Adam", {"amsgrad": True}, {"eps": 0.0}),
    # 0.96 to the power of a million is 0.0: the schedule of β1 is switched off
    "nadam": ("NAdam", {}, {"eps": 0.0, "momentum_decay": 1e6}),
}
OPTAX = {
    "gradient_descent": ("sgd", {}, {}),
    "momentum": ("sgd", {"momentum": GAMMA}, {}),
    "nesterov": ("sgd", {"momentum": GAMMA, "nesterov": True}, {}),
    "adagrad": ("adagrad", {}, {"initial_accumulator_value": 0.0, "eps": 0.0}),
    "adadelta": ("adadelta", {}, {}),
    "rmsprop": ("rmsprop", {}, {"eps": 0.0}),
    "adam": ("adam", {}, {"eps": 0.0}),
    "adamax": ("adamax", {}, {"eps": 0.0}),
    "amsgrad": ("amsgrad", {}, None),
    "nadam": ("nadam", {}, {"eps": 0.0}),
}
KERAS = {
    "gradient_descent": ("SGD", {}, {}),
    "momentum": ("SGD", {"momentum": GAMMA}, {}),
    "nesterov": ("SGD", {"momentum": GAMMA, "nesterov": True}, {}),
    "adagrad": ("Adagrad", {}, {"initial_accumulator_value": 0.0, "epsilon": 0.0}),
    "adadelta": ("Adadelta", {}, {"rho": 0.9, "epsilon": 1e-6}),
    "rmsprop": ("RMSprop", {}, {"epsilon": 0.0}),
    "adam": ("Adam", {}, {"epsilon": 0.0}),
    "adamax": ("Adamax", {}, {"epsilon": 0.0}),
    "amsgrad": ("Adam", {"amsgrad": True}, {"epsilon": 0.0}),
    "nadam": ("Nadam", {}, None),
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


SETTINGS = ("native", "agree")
PACKAGES = ("torch", "optax", "keras", "jax", "numpy")
SLOPES = (1.0, 1e-4)  # only a small gradient's first step shows where ε stands
HYPER = (  # what enters a formula; what else a constructor takes is left out
    "lr learning_rate momentum nesterov amsgrad dampening eps epsilon eps_root"
    " eps_in_sqrt rho alpha decay betas b1 b2 beta_1 beta_2 initial_accumulator_value"
    " initial_scale lr_decay momentum_decay bias_correction bias_correction_mu"
    " bias_correction_nu"
)
LIBRARIES = {  # its optimisers, its table, its stepper, its name for η
    "PyTorch": (torch.optim, PYTORCH, pytorch_step, "lr"),
    "optax": (optax, OPTAX, optax_step, "learning_rate"),
    "Keras": (keras.optimizers, KERAS, keras_step, "learning_rate"),
}


def walk(library, name, settings, gradient, start, steps=STEPS):
    """Return the path (steps + 1, dim) of a library's optimiser."""
    module, _, begin, _ = LIBRARIES[library]
    step = begin(lambda *theta: getattr(module, name)(*theta, **settings), start)
    path = [np.array(start)]
    for _ in range(steps):
        path.append(step(gradient(path[-1])))
        assert path[-1].dtype == np.float64
    return np.array(path)


def record(method, library):
    """Return the paths of a method in a library, (surface, setting, steps + 1, 2)."""
    _, table, _, lr = LIBRARIES[library]
    name, own, agree = table[method]
    paths = np.full((len(SURFACES), len(SETTINGS), STEPS + 1, 2), np.nan)
    for i, (gradient, start, _) in enumerate(SURFACES.values()):
        for j, more in enumerate(({}, agree)):
            if more is not None:
                settings = {lr: RATES[method][i], **own, **more}
                paths[i, j] = walk(library, name, settings, gradient, start)
    return paths


def defaults(build):
    """Return the defaults of an optimiser, of the arguments that enter its formula."""
    return {
        name: "required" if argument.default is argument.empty else argument.default
        for name, argument in inspect.signature(build).parameters.items()
        if name in HYPER.split()
    }


def describe(method, library):
    """Return what settings.json says of a method in a library."""
    module, table, _, lr = LIBRARIES[library]
    name, own, agree = table[method]
    given = {lr: 1.0, **own}
    return {
        "optimizer": f"{module.__name__}.{name}",
        "defaults": defaults(getattr(module, name)),
        "native": own,
        "agree": None if agree is None else own | agree,
        "first_step": {str(g): first_step(library, name, given, g) for g in SLOPES},
    }


def first_step(library, name, settings, slope):
    """Return how far the first step goes down a constant slope."""
    gradient = partial(np.full_like, fill_value=slope)
    path = walk(library, name, settings, gradient, start=(0.0,), steps=1)
    return -path[1, 0]


def describe_all():
    """Return the contents of settings.json."""
    names = list(RATES), list(SURFACES), SETTINGS, list(LIBRARIES)
    return {
        "versions": {name: metadata.version(name) for name in PACKAGES},
        "steps": STEPS,
        "axes": dict(
            zip(("method", "surface", "setting", "library"), names, strict=True)
        ),
        "surfaces": {
            name: {"formula": formula, "start": start}
            for name, (_, start, formula) in SURFACES.items()
        },
        "lr": {
            m: dict(zip(SURFACES, rates, strict=True)) for m, rates in RATES.items()
        },
        "libraries": {
            library: {method: describe(method, library) for method in RATES}
            for library in LIBRARIES
        },
    }


def ascent():
    """Return the path of optax.adadelta() with the lr that it has by default."""
    return walk("optax", "adadelta", {}, lambda theta: theta * (1, 10), (-3.0, 2.0))


def write(folder):
    """Write settings.json and paths.npz into a folder."""
    paths = [[record(method, library) for library in LIBRARIES] for method in RATES]
    paths = np.moveaxis(paths, 1, 3)  # equal paths side by side pack smaller
    np.savez_compressed(folder / "paths.npz", paths=paths, ascent=ascent())
    text = json.dumps(describe_all(), indent=1, ensure_ascii=False)
    (folder / "settings.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(FOLDER)
