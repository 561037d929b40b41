"""Record what PyTorch, optax and Keras compute under the names of our ten methods.

`make references` runs this in a throw-away environment and writes settings.json and
paths.npz into gdlib/references, which says what they hold. Two runs on one machine
write the same bytes.
"""

import inspect
from functools import partial

import numpy as np
from libraries import (
    FOLDER,
    GROUND,
    LIBRARIES,
    STEPS,
    full_name,
    ground,
    versions,
    walk,
    write_json,
)

GAMMA = 0.9
SURFACES = {name: GROUND[name] for name in ("ravine", "rosenbrock", "himmelblau")}
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


SETTINGS = ("native", "agree")
SLOPES = (1.0, 1e-4)  # only a small gradient's first step shows where ε stands
HYPER = (  # what enters a formula; what else a constructor takes is left out
    "lr learning_rate momentum nesterov amsgrad dampening eps epsilon eps_root"
    " eps_in_sqrt rho alpha decay betas b1 b2 beta_1 beta_2 initial_accumulator_value"
    " initial_scale lr_decay momentum_decay bias_correction bias_correction_mu"
    " bias_correction_nu"
)
TABLES = {"PyTorch": PYTORCH, "optax": OPTAX, "Keras": KERAS}


def record(method, library):
    """Return the paths of a method in a library, (surface, setting, steps + 1, 2)."""
    _, _, lr = LIBRARIES[library]
    name, own, agree = TABLES[library][method]
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
    module, _, lr = LIBRARIES[library]
    name, own, agree = TABLES[library][method]
    given = {lr: 1.0, **own}
    return {
        "optimizer": full_name(library, name),
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
        "versions": versions(),
        "steps": STEPS,
        "axes": dict(
            zip(("method", "surface", "setting", "library"), names, strict=True)
        ),
        "surfaces": ground(*SURFACES),
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
    write_json(folder / "settings.json", describe_all())


if __name__ == "__main__":
    write(FOLDER)
