"""Keras's optimisers at the same work, in float64, the gradient by hand."""

import os

os.environ.setdefault("KERAS_BACKEND", "jax")  # read when Keras is imported

import jax
import keras
import numpy as np

from benchmarks.timing import Contender
from benchmarks.works import JOB, JOB_LR, LR, START, STEPS
from gdlib import ROSENBROCK

jax.config.update("jax_enable_x64", True)
keras.config.set_floatx("float64")


def walk(optimizer, grad, start, steps):
    """Where a Keras optimiser ends, fed with gradients from NumPy."""
    theta = keras.Variable(np.array(start))
    for _ in range(steps):
        g = grad(keras.ops.convert_to_numpy(theta))
        optimizer.apply([keras.ops.convert_to_tensor(g)], [theta])
    return keras.ops.convert_to_numpy(theta)


def one_path():
    """Walk 200 steps of Adam; Keras's ε stands elsewhere, which 1e-6 does not see."""
    return walk(keras.optimizers.Adam(LR), ROSENBROCK.grad, START, 200)


def chapter(steps=200):
    """Walk a part of the chapter's job with plain SGD."""
    walk(keras.optimizers.SGD(JOB_LR), JOB.grad, np.zeros(2), steps)


CONTENDERS = {
    "one_path": {"Keras, gradient by hand": Contender(one_path)},
    "chapter": {"Keras, gradient by hand": Contender(chapter, 200 / STEPS)},
}
