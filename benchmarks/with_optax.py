"""optax at the same work: jit, lax.scan, vmap over the runs, in float64, warm."""

import jax
import jax.numpy as jnp
import optax

from benchmarks.timing import Contender
from benchmarks.works import JOB, JOB_LR, LR, RUNS, START, STEPS

jax.config.update("jax_enable_x64", True)


def rosenbrock(theta):
    """Value at one point."""
    x, y = theta
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def squared_error(theta):
    """Mean squared error on the chapter's data."""
    residuals = jnp.asarray(JOB.X) @ theta - jnp.asarray(JOB.y)
    return residuals @ residuals / len(JOB.y)


def scan(rule, value, steps):
    """Compile a run: a start to its end and every loss on the way."""

    def step(carry, _):
        theta, state = carry
        loss, g = jax.value_and_grad(value)(theta)
        update, state = rule.update(g, state, theta)
        return (optax.apply_updates(theta, update), state), loss

    def run(start):
        (theta, _), losses = jax.lax.scan(step, (start, rule.init(start)), length=steps)
        return theta, losses

    return run


one_path = jax.jit(scan(optax.adam(LR), rosenbrock, 200))
many_runs = jax.jit(jax.vmap(scan(optax.adam(LR), rosenbrock, 100), 1, 1))
chapter = jax.jit(scan(optax.sgd(JOB_LR), squared_error, STEPS))

CONTENDERS = {
    "one_path": {
        "optax, lax.scan": Contender(
            lambda: jax.block_until_ready(one_path(jnp.asarray(START))[0])
        )
    },
    "many_runs": {
        "optax, vmap and lax.scan": Contender(
            lambda: jax.block_until_ready(many_runs(jnp.asarray(RUNS))[0])
        )
    },
    "chapter": {
        "optax, lax.scan": Contender(
            lambda: jax.block_until_ready(chapter(jnp.zeros(2))[0])
        )
    },
}
