"""Run what is installed of PyTorch, optax and Keras again, beside what was recorded.

None of the three is needed. `import_module` asks for one only when it is there.
"""

from contextlib import contextmanager
from importlib import import_module, metadata
from importlib.util import find_spec

import numpy as np

from . import recorded

NEEDED = {"PyTorch": ("torch",), "optax": ("optax", "jax"), "Keras": ("keras",)}


def rerun(library, method, objective, *, surface="ravine"):
    """Walk a recorded path again with the library that is installed here.

    library    "PyTorch", "optax" or "Keras"
    method     the name of one of gdlib's ten
    objective  the surface, as gdlib writes it, of that name
    surface    "ravine", "rosenbrock" or "himmelblau"

    Returns a path (steps + 1, 2), in float64, or None where the library is not
    installed. What it changes of the library's precision it sets back.
    """
    if not all(map(find_spec, NEEDED[library])):
        return None
    theirs = recorded(method)[library]
    name = "lr" if library == "PyTorch" else "learning_rate"
    settings = {name: theirs.lr[surface]} | theirs.native
    walked = [theirs.paths[surface][0]]
    precise, begin = _STEPPERS[library]
    with precise():
        step = begin(theirs.optimizer, settings, walked[0])
        for _ in range(len(theirs.paths[surface]) - 1):
            walked.append(step(objective.grad(walked[-1])))
    return np.array(walked)


def installed(library):
    """The version that is installed here, or None."""
    there = all(map(find_spec, NEEDED[library]))
    return metadata.version(NEEDED[library][0]) if there else None


def _built(optimizer, *first, **settings):
    module, _, name = optimizer.rpartition(".")
    return getattr(import_module(module), name)(*first, **settings)


@contextmanager
def _torch_precise():
    torch = import_module("torch")
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    try:
        yield
    finally:
        torch.set_default_dtype(before)


def _torch(optimizer, settings, start):
    torch = import_module("torch")
    theta = torch.tensor(start.tolist())
    rule = _built(optimizer, [theta], **settings)

    def step(g):
        theta.grad = torch.tensor(g)
        rule.step()
        return theta.numpy().copy()

    return step


@contextmanager
def _jax_precise():
    jax = import_module("jax")
    before = jax.config.read("jax_enable_x64")
    jax.config.update("jax_enable_x64", True)
    try:
        yield
    finally:
        jax.config.update("jax_enable_x64", before)


def _optax(optimizer, settings, start):
    optax, jnp = import_module("optax"), import_module("jax.numpy")
    rule, theta = _built(optimizer, **settings), jnp.array(start)
    state = rule.init(theta)

    def step(g):
        nonlocal theta, state
        update, state = rule.update(jnp.asarray(g), state, theta)
        theta = optax.apply_updates(theta, update)
        return np.array(theta)

    return step


@contextmanager
def _keras_precise():
    keras = import_module("keras")
    before = keras.config.floatx()
    keras.config.set_floatx("float64")
    jax = keras.config.backend() == "jax"
    try:
        if jax:
            with _jax_precise():
                yield
        else:
            yield
    finally:
        keras.config.set_floatx(before)


def _keras(optimizer, settings, start):
    keras = import_module("keras")
    theta = keras.Variable(start.copy(), dtype="float64")
    rule = _built(optimizer, **settings)

    def step(g):
        rule.apply([keras.ops.convert_to_tensor(g)], [theta])
        return np.array(keras.ops.convert_to_numpy(theta.value))

    return step


_STEPPERS = {
    "PyTorch": (_torch_precise, _torch),
    "optax": (_jax_precise, _optax),
    "Keras": (_keras_precise, _keras),
}
