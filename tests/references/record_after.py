"""Record what came after Adam: AdamW, Lion and schedule-free methods, on two surfaces.

`make references` runs this after record.py and writes after.json and after.npz into
gdlib/references, which says what they hold. Two runs on one machine write the same
bytes.
"""

import numpy as np
import schedulefree
from libraries import (
    FOLDER,
    GROUND,
    LIBRARIES,
    STEPS,
    follow,
    full_name,
    ground,
    jax,
    optax,
    save,
    torch,
    versions,
    walk,
    write_json,
)

SURFACES = "valley", "rosenbrock"
RATES = {  # method: lr on each surface
    "adamw": (0.1, 0.02),
    "adam_l2": (0.1, 0.02),
    "lion": (0.037, 0.0043),
    "schedule_free_sgd": (0.15, 0.0008),
    "schedule_free_adamw": (0.3, 0.05),
}
ADAMW = {"PyTorch": "AdamW", "optax": "adamw", "Keras": "AdamW"}
LION = {"optax": "lion", "Keras": "Lion"}
ENTRIES = {  # name: method, library, optimiser and the arguments beside its lr
    f"{library} {method} {decay}": (method, library, name, {"weight_decay": decay})
    for method, names, decays in (
        ("adamw", ADAMW, (0.1, 0.5)),
        ("adam_l2", {"PyTorch": "Adam"}, (0.1, 0.5)),
        ("lion", LION, (0.0, 0.5)),
    )
    for library, name in names.items()
    for decay in decays
}
WARM, DECAY = {"warmup_steps": 10}, {"weight_decay": 0.1}
FREE = {  # name: method, library, optimiser and the arguments beside its lr
    f"{library} {method}{' warm-up' if warm else ''}": (
        method,
        library,
        name,
        (WARM if warm else {}) | (DECAY if method.endswith("adamw") else {}),
    )
    for method, library, name in (
        ("schedule_free_sgd", "schedulefree", "SGDScheduleFree"),
        ("schedule_free_sgd", "optax", "schedule_free_sgd"),
        ("schedule_free_adamw", "schedulefree", "AdamWScheduleFree"),
        ("schedule_free_adamw", "optax", "schedule_free_adamw"),
    )
    for warm in (False, True)
}


def averaged_pytorch(name, settings, start):
    """Return a function that takes a gradient and gives y and x of schedulefree."""
    theta = torch.tensor(start)
    optimizer = getattr(schedulefree, name)([theta], **settings)
    optimizer.train()

    def step(g):
        theta.grad = torch.tensor(g)  # a copy, for the optimiser changes it
        optimizer.step()
        y = theta.numpy().copy()
        optimizer.eval()
        x = theta.numpy().copy()
        optimizer.train()
        theta.copy_(torch.from_numpy(y))  # the way there and back rounds
        return y, x

    return step


def averaged_optax(name, settings, start):
    """Return a function that takes a gradient and gives y and x of optax."""
    theta, rule = jax.numpy.array(start), getattr(optax.contrib, name)(**settings)
    state = rule.init(theta)

    def step(g):
        nonlocal theta, state
        update, state = rule.update(jax.numpy.asarray(g), state, theta)
        theta = optax.apply_updates(theta, update)
        x = optax.contrib.schedule_free_eval_params(state, theta)
        return np.array(theta), np.array(x)

    return step


AVERAGED = {  # its stepper, its name for η
    "schedulefree": (averaged_pytorch, "lr"),
    "optax": (averaged_optax, "learning_rate"),
}


def record(method, library, name, given):
    """Return the paths (surface, steps + 1, 2) of a library's optimiser."""
    lr = LIBRARIES[library][2]
    return [
        walk(library, name, {lr: rate} | given, *GROUND[surface][:2])
        for surface, rate in zip(SURFACES, RATES[method], strict=True)
    ]


def record_free(method, library, name, given):
    """Return the paths of y and of x, (2, surface, steps + 1, 2)."""
    begin, lr = AVERAGED[library]
    both = []
    for surface, rate in zip(SURFACES, RATES[method], strict=True):
        gradient, start, _ = GROUND[surface]
        xs, step = [np.array(start)], begin(name, {lr: rate} | given, start)

        def kept(g, xs=xs, step=step):
            y, x = step(g)
            xs.append(x)
            return y

        both.append((follow(kept, gradient, start), xs))
    return np.swapaxes(both, 0, 1)


def describe(method, library, name, given):
    """Return what after.json says of a recording."""
    if library == "schedulefree":
        full = f"schedulefree.{name}"
    else:
        free = library == "optax" and name.startswith("schedule_free")
        full = f"optax.contrib.{name}" if free else full_name(library, name)
    return {
        "method": method,
        "library": library,
        "optimizer": full,
        "arguments": given,
        "schedule": None,
        "lr": dict(zip(SURFACES, RATES[method], strict=True)),
    }


def write(folder):
    """Write after.json and after.npz into a folder."""
    paths = np.array([record(*entry) for entry in ENTRIES.values()])
    free = np.array([record_free(*entry) for entry in FREE.values()])
    save(folder / "after.npz", paths=paths, free=free)
    entries, free = (
        {name: describe(*entry) for name, entry in table.items()}
        for table in (ENTRIES, FREE)
    )
    held = {"versions": versions("schedulefree"), "steps": STEPS}
    held |= {"surfaces": ground(*SURFACES), "entries": entries, "free": free}
    write_json(folder / "after.json", held)


if __name__ == "__main__":
    write(FOLDER)
