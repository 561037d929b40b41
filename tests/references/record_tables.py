"""Record what the libraries make of schedules of the lr and of gradients to be clipped.

`make references` runs this after record.py and writes tables.json into
gdlib/references, which says what it holds. Two runs on one machine write the same
bytes.
"""

import warnings

import numpy as np
from libraries import FOLDER, STEPS, jax, keras, optax, torch, versions, write_json

PEAK, LOW, WARM = 0.1, 0.001, 20
GRADIENTS = (
    (3.0, 4.0),
    (0.3, 0.4),
    (0.6, 0.8),
    (-30.0, 0.4),
    (1e6, -1e6),
    (1e-8, 0.0),
    (0.0, 0.0),
)
LIMIT = 1.0  # of the norm, or of every coordinate


def pytorch_lr(schedule):
    """Return the lr of PyTorch's steps 1 to 200 under a scheduler."""
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=PEAK)
    with warnings.catch_warnings(action="ignore"):  # SequentialLR warns of itself
        scheduler = schedule(optimizer)
        rates = []
        for _ in range(STEPS):
            rates.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            scheduler.step()
    return rates


def optax_lr(schedule):
    """Return the lr of optax's steps 1 to 200 under a schedule."""
    return [float(schedule(jax.numpy.int32(count))) for count in range(STEPS)]


def keras_lr(schedule):
    """Return the lr of Keras's steps 1 to 200 under a schedule."""
    optimizer = keras.optimizers.SGD(schedule)
    theta, rates = keras.Variable(np.zeros(1)), []
    for _ in range(STEPS):
        rates.append(float(optimizer.learning_rate))
        optimizer.apply([keras.ops.zeros(1)], [theta])
    return rates


def warmed(optimizer):
    """Return PyTorch's scheduler that warms up and then decays by a cosine."""
    rules = torch.optim.lr_scheduler
    parts = [
        rules.LinearLR(optimizer, start_factor=1 / WARM, total_iters=WARM),
        rules.CosineAnnealingLR(optimizer, T_max=STEPS - WARM, eta_min=LOW),
    ]
    return rules.SequentialLR(optimizer, parts, milestones=[WARM])


SCHEDULES = {  # as it was typed: how it was read, and what was made
    "torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=200, eta_min=0.001)": (
        pytorch_lr,
        lambda optimizer: torch.optim.lr_scheduler.CosineAnnealingLR(
            optimizer, T_max=STEPS, eta_min=LOW
        ),
    ),
    "torch.optim.lr_scheduler.SequentialLR(optimizer, [LinearLR(optimizer, "
    "start_factor=1/20, total_iters=20), CosineAnnealingLR(optimizer, T_max=180, "
    "eta_min=0.001)], milestones=[20])": (pytorch_lr, warmed),
    "optax.cosine_decay_schedule(0.1, decay_steps=200, alpha=0.01)": (
        optax_lr,
        optax.cosine_decay_schedule(PEAK, decay_steps=STEPS, alpha=LOW / PEAK),
    ),
    "optax.warmup_cosine_decay_schedule(0.0, 0.1, warmup_steps=20, decay_steps=200, "
    "end_value=0.001)": (
        optax_lr,
        optax.warmup_cosine_decay_schedule(0.0, PEAK, WARM, STEPS, LOW),
    ),
    "keras.optimizers.schedules.CosineDecay(0.1, decay_steps=200, alpha=0.01)": (
        keras_lr,
        keras.optimizers.schedules.CosineDecay(PEAK, STEPS, alpha=LOW / PEAK),
    ),
    "keras.optimizers.schedules.CosineDecay(0.0, decay_steps=180, alpha=0.01, "
    "warmup_target=0.1, warmup_steps=20)": (
        keras_lr,
        keras.optimizers.schedules.CosineDecay(
            0.0,
            STEPS - WARM,
            alpha=LOW / PEAK,
            warmup_target=PEAK,
            warmup_steps=WARM,
        ),
    ),
}
NAMES = (
    "PyTorch cosine",
    "PyTorch warm-up",
    "optax cosine",
    "optax warm-up",
    "Keras cosine",
    "Keras warm-up",
)


def pytorch_clipped(clip, g):
    """Return what PyTorch makes of a gradient."""
    theta = torch.zeros(2)
    theta.grad = torch.tensor(g)
    clip([theta], LIMIT)
    return theta.grad.tolist()


def optax_clipped(clip, g):
    """Return what optax makes of a gradient."""
    rule, g = clip(LIMIT), jax.numpy.array(g)
    return rule.update(g, rule.init(g))[0].tolist()


def keras_clipped(name, g):
    """Return what Keras makes of a gradient."""
    optimizer = keras.optimizers.SGD(**{name: LIMIT})
    return np.array(optimizer._clip_gradients([jax.numpy.array(g)])[0]).tolist()


CLIPPED = {  # library and rule: as it was typed, how it was read and with what
    "PyTorch norm": (
        "torch.nn.utils.clip_grad_norm_(parameters, 1.0)",
        pytorch_clipped,
        torch.nn.utils.clip_grad_norm_,
    ),
    "PyTorch value": (
        "torch.nn.utils.clip_grad_value_(parameters, 1.0)",
        pytorch_clipped,
        torch.nn.utils.clip_grad_value_,
    ),
    "optax norm": (
        "optax.clip_by_global_norm(1.0)",
        optax_clipped,
        optax.clip_by_global_norm,
    ),
    "optax value": ("optax.clip(1.0)", optax_clipped, optax.clip),
    "Keras norm": ("SGD(global_clipnorm=1.0)", keras_clipped, "global_clipnorm"),
    "Keras value": ("SGD(clipvalue=1.0)", keras_clipped, "clipvalue"),
}


def write(folder):
    """Write tables.json into a folder."""
    schedules = {
        name: {"made": made, "lr": read(schedule)}
        for name, (made, (read, schedule)) in zip(NAMES, SCHEDULES.items(), strict=True)
    }
    clipped = {
        name: {"made": made, "outputs": [clip(rule, g) for g in GRADIENTS]}
        for name, (made, clip, rule) in CLIPPED.items()
    }
    held = {"versions": versions(), "schedules": schedules, "inputs": GRADIENTS}
    write_json(folder / "tables.json", held | {"clipped": clipped})


if __name__ == "__main__":
    write(FOLDER)
