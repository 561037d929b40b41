"""Record PyTorch, optax and Keras at settings that are unlike every default.

`make references` runs this after record.py and writes translations.json and
translations.npz into gdlib/references, which says what they hold. Two runs on one
machine write the same bytes.
"""

from functools import partial

import numpy as np
from libraries import (
    FOLDER,
    GROUND,
    LIBRARIES,
    STEPS,
    follow,
    full_name,
    ground,
    jax,
    keras,
    optax,
    save,
    versions,
    walk,
    write_json,
)

SURFACES = "ravine", "rosenbrock"
# method: lr on each surface, the same in every library. A start that is off by δ ends
# within 15 δ; Nadam at 0.05 on Rosenbrock's would make it a hundred million δ.
RATES = {
    "gradient_descent": (0.1, 0.0008),
    "momentum": (0.04, 0.0004),
    "nesterov": (0.04, 0.0004),
    "adagrad": (0.9, 0.25),
    "adadelta": (0.7, 0.7),
    "rmsprop": (0.02, 0.001),
    "adam": (0.2, 0.02),
    "adamax": (0.05, 0.008),
    "amsgrad": (0.2, 0.05),
    "nadam": (0.1, 0.01),
}

# method and variant: the library's name for it and the arguments beside its lr
MOMENTUM = {"momentum": 0.8}
ADADELTA = {"rho": 0.93, "eps": 3e-6}
BETAS = {"betas": (0.8, 0.95)}
PYTORCH = {
    "gradient_descent": ("SGD", {}),
    "momentum": ("SGD", MOMENTUM),
    "momentum dampened": ("SGD", MOMENTUM | {"dampening": 0.3}),
    "momentum dropped": ("SGD", MOMENTUM),
    "nesterov": ("SGD", MOMENTUM | {"nesterov": True}),
    "adagrad": ("Adagrad", {"initial_accumulator_value": 0.3, "eps": 0.01}),
    "adagrad decayed": (
        "Adagrad",
        {"lr_decay": 0.01, "initial_accumulator_value": 0.3, "eps": 0.0},
    ),
    "adadelta": ("Adadelta", ADADELTA),
    "adadelta lr 1": ("Adadelta", ADADELTA),
    "rmsprop": ("RMSprop", {"alpha": 0.97, "eps": 0.01}),
    "adam": ("Adam", BETAS | {"eps": 0.01}),
    "adam scheduled": ("Adam", BETAS),
    "adamax": ("Adamax", BETAS | {"eps": 0.01}),
    "amsgrad": ("Adam", {"amsgrad": True} | BETAS | {"eps": 0.01}),
    "amsgrad scheduled": ("Adam", {"amsgrad": True} | BETAS),
    "nadam": ("NAdam", BETAS | {"eps": 0.01, "momentum_decay": 0.02}),
    "nadam psi 1": ("NAdam", BETAS | {"eps": 0.01, "momentum_decay": 1.0}),
    "nadam constant": ("NAdam", BETAS | {"eps": 0.01, "momentum_decay": 1e6}),
}
B1_B2 = {"b1": 0.8, "b2": 0.95}
OPTAX = {
    "gradient_descent": ("sgd", {}),
    "momentum": ("sgd", MOMENTUM),
    "momentum dropped": ("sgd", MOMENTUM),
    "nesterov": ("sgd", MOMENTUM | {"nesterov": True}),
    "adagrad": ("adagrad", {"initial_accumulator_value": 0.3, "eps": 0.01}),
    "adagrad decayed": ("adagrad", {"initial_accumulator_value": 0.3, "eps": 0.0}),
    "adadelta": ("adadelta", ADADELTA),
    "adadelta lr 1": ("adadelta", ADADELTA),
    "rmsprop": ("rmsprop", {"decay": 0.97, "eps": 0.01}),
    "rmsprop outside": (
        "rmsprop",
        {"decay": 0.97, "eps": 0.01, "eps_in_sqrt": False},
    ),
    "adam": ("adam", B1_B2 | {"eps": 0.01}),
    "adam eps_root": ("adam", B1_B2 | {"eps": 0.01, "eps_root": 0.003}),
    "adam scheduled": ("adam", B1_B2),
    "adamax": ("adamax", B1_B2 | {"eps": 0.01}),
    "amsgrad": ("amsgrad", B1_B2 | {"eps": 0.01}),
    "amsgrad uncorrected": (
        "amsgrad",
        B1_B2 | {"eps": 0.01, "bias_correction_nu": False},
    ),
    "nadam": ("nadam", B1_B2 | {"eps": 0.01}),
}
BETA_1_2 = {"beta_1": 0.8, "beta_2": 0.95, "epsilon": 0.01}
KERAS = {
    "gradient_descent": ("SGD", {}),
    "momentum": ("SGD", MOMENTUM),
    "momentum dropped": ("SGD", MOMENTUM),
    "nesterov": ("SGD", MOMENTUM | {"nesterov": True}),
    "adagrad": ("Adagrad", {"initial_accumulator_value": 0.3, "epsilon": 0.01}),
    "adagrad decayed": ("Adagrad", {"initial_accumulator_value": 0.3, "epsilon": 0.0}),
    "adadelta": ("Adadelta", {"rho": 0.93, "epsilon": 3e-6}),
    "adadelta lr 1": ("Adadelta", {"rho": 0.93, "epsilon": 3e-6}),
    "rmsprop": ("RMSprop", {"rho": 0.97, "epsilon": 0.01}),
    "adam": ("Adam", BETA_1_2),
    "adamax": ("Adamax", BETA_1_2),
    "amsgrad": ("Adam", {"amsgrad": True} | BETA_1_2),
    "nadam": ("Nadam", BETA_1_2),
}
TABLES = {"PyTorch": PYTORCH, "optax": OPTAX, "Keras": KERAS}

DROPPED = "lr at steps 1 to 50, lr / 4 after them"
DECAYED = "lr / (1 + 0.01 (t - 1)) at step t"
SCALED = "lr √(1 - 0.95^t) at step t"
EPS = "eps = 0.01 / √(1 - 0.95^t) at step t"
SCHEDULES = {  # a sentence, and the lr or eps that makes it so
    ("PyTorch", "momentum dropped"): (
        DROPPED,
        lambda lr: lambda t: {"lr": lr if t <= 50 else lr / 4},
    ),
    ("PyTorch", "adam scheduled"): (EPS, lambda lr: lambda t: {"eps": eps(t)}),
    ("PyTorch", "amsgrad scheduled"): (EPS, lambda lr: lambda t: {"eps": eps(t)}),
    ("optax", "momentum dropped"): (
        DROPPED,
        lambda lr: lambda count: jax.numpy.where(count < 50, lr, lr / 4),
    ),
    ("optax", "adagrad decayed"): (
        DECAYED,
        lambda lr: lambda count: lr / (1 + 0.01 * count),
    ),
    ("optax", "amsgrad uncorrected"): (
        SCALED,
        lambda lr: lambda count: lr * (1 - 0.95 ** (count + 1)) ** 0.5,
    ),
    ("Keras", "momentum dropped"): (
        DROPPED,
        lambda lr: keras.optimizers.schedules.PiecewiseConstantDecay(
            [49], [lr, lr / 4]
        ),
    ),
    ("Keras", "adagrad decayed"): (
        DECAYED,
        lambda lr: keras.optimizers.schedules.InverseTimeDecay(lr, 1, 0.01),
    ),
    ("optax", "adam scheduled"): (EPS, None),
}


def eps(t):
    """Return the ε of step t that adds 0.01 before the second average is corrected."""
    return 0.01 / (1 - 0.95**t) ** 0.5


def rate(library, variant, i):
    """Return the lr that a method's variant has on surface i."""
    return 1.0 if variant == "adadelta lr 1" else RATES[variant.split()[0]][i]


def record(library, variant):
    """Return the paths (surface, steps + 1, 2) of a method's variant."""
    return [path(library, variant, i) for i in range(len(SURFACES))]


def path(library, variant, i):
    """Return the path (steps + 1, 2) of a method's variant on surface i."""
    name, given = TABLES[library][variant]
    gradient, start, _ = GROUND[SURFACES[i]]
    lr = rate(library, variant, i)
    made = SCHEDULES.get((library, variant), (None, None))[1]
    if (library, variant) == ("optax", "adam scheduled"):
        return optax_eps(given, lr, gradient, start)
    if made and library == "PyTorch":
        return pytorch_scheduled(name, {"lr": lr} | given, made(lr), gradient, start)
    settings = {LIBRARIES[library][2]: made(lr) if made else lr} | given
    return walk(library, name, settings, gradient, start)


def pytorch_scheduled(name, settings, schedule, gradient, start):
    """Return PyTorch's path where a function of t sets arguments before each step."""
    module, begin, _ = LIBRARIES["PyTorch"]
    made = []

    def build(params):
        made.append(getattr(module, name)(params, **settings))
        return made[0]

    step, t = begin(build, start), 0

    def scheduled(g):
        nonlocal t
        t += 1
        made[0].param_groups[0].update(schedule(t))
        return step(g)

    return follow(scheduled, gradient, start)


def optax_eps(given, lr, gradient, start):
    """Return the path of optax.adam whose ε is a function of its count."""
    build = partial(
        optax.inject_hyperparams(optax.adam),
        learning_rate=lr,
        **given,
        eps=lambda count: eps(count + 1),
    )
    return follow(LIBRARIES["optax"][1](build, start), gradient, start)


def describe(library, variant):
    """Return what translations.json says of a method's variant in a library."""
    name, given = TABLES[library][variant]
    rates = [rate(library, variant, i) for i in range(len(SURFACES))]
    return {
        "method": variant.split()[0],
        "library": library,
        "optimizer": full_name(library, name),
        "arguments": given,
        "schedule": SCHEDULES.get((library, variant), (None,))[0],
        "lr": dict(zip(SURFACES, rates, strict=True)),
    }


def write(folder):
    """Write translations.json and translations.npz into a folder."""
    entries = [
        (lib, v)
        for v in dict.fromkeys(PYTORCH | OPTAX | KERAS)
        for lib in TABLES
        if v in TABLES[lib]
    ]
    paths = np.array([record(*entry) for entry in entries])
    save(folder / "translations.npz", paths=paths)
    contents = {
        "versions": versions(),
        "steps": STEPS,
        "surfaces": ground(*SURFACES),
        "entries": {f"{lib} {v}": describe(lib, v) for lib, v in entries},
    }
    write_json(folder / "translations.json", contents)


if __name__ == "__main__":
    write(FOLDER)
