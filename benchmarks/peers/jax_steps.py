"""Steps of training as JAX does them: compiled step by step, or many steps in one compiled loop."""

from itertools import islice
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from benchmarks.jobs import Steps
from benchmarks.work import Contestant, as_floats, data_for, orders

Params = list[tuple[jax.Array, jax.Array]]
BETA1, BETA2, EPS = 0.9, 0.999, 1e-8


class Training:
    """Steps of training of a network of affine layers with ReLU between them."""

    def __init__(self, job: Steps, scan: bool) -> None:
        source = data_for(job)
        self.repeats, self.orders, self.scan = job.repeats, orders(job), scan
        self.x, self.x_test = jnp.asarray(as_floats(source.x_train)), jnp.asarray(as_floats(source.x_test))
        self.t, self.t_test = jnp.asarray(source.t_train.astype(np.int32)), source.t_test
        layers = [layer for layer in job.build().layers.values() if hasattr(layer, "W")]
        params = [(jnp.asarray(layer.W), jnp.asarray(layer.b)) for layer in layers]
        m, v = jax.tree.map(jnp.zeros_like, params), jax.tree.map(jnp.zeros_like, params)
        self.state: Any = (params, m, v, jnp.zeros(()))

        def step(state: Any, x: jax.Array, t: jax.Array, chosen: jax.Array) -> tuple[Any, jax.Array]:
            loss, grads = jax.value_and_grad(mean_loss)(state[0], x[chosen], t[chosen])
            return UPDATES[job.optimizer](state, grads, job.lr), loss

        def steps(state: Any, x: jax.Array, t: jax.Array, order: jax.Array) -> tuple[Any, jax.Array]:
            return jax.lax.scan(lambda state, chosen: step(state, x, t, chosen), state, order)

        self.compiled = jax.jit(steps if scan else step, donate_argnums=0)

    def turn(self) -> None:
        """Make the steps of a turn."""
        chosen = islice(self.orders, self.repeats)
        if self.scan:
            self.state, losses = self.compiled(self.state, self.x, self.t, np.stack(list(chosen)).astype(np.int32))
            losses.block_until_ready()
            return
        total = 0.0
        for batch in chosen:
            self.state, loss = self.compiled(self.state, self.x, self.t, batch.astype(np.int32))
            total += float(loss)

    def result(self) -> float:
        """Return the test accuracy."""
        return float((np.asarray(scores(self.state[0], self.x_test)).argmax(1) == self.t_test).mean())


def scores(params: Params, x: jax.Array) -> jax.Array:
    """Return the scores of the classes."""
    for W, b in params[:-1]:
        x = jax.nn.relu(x @ W + b)
    W, b = params[-1]
    return x @ W + b


def mean_loss(params: Params, x: jax.Array, t: jax.Array) -> jax.Array:
    """Return the mean cross entropy."""
    log_y = jax.nn.log_softmax(scores(params, x))
    return -jnp.take_along_axis(log_y, t[:, None], axis=1).mean()


def sgd(state: Any, grads: Any, lr: float) -> Any:
    """Return the state after a step of SGD."""
    params, m, v, count = state
    return jax.tree.map(lambda W, g: W - lr * g, params, grads), m, v, count


def adam(state: Any, grads: Any, lr: float) -> Any:
    """Return the state after a step of Adam."""
    params, m, v, count = state
    count = count + 1
    m = jax.tree.map(lambda m, g: BETA1 * m + (1 - BETA1) * g, m, grads)
    v = jax.tree.map(lambda v, g: BETA2 * v + (1 - BETA2) * g * g, v, grads)
    first, second = 1 - BETA1**count, 1 - BETA2**count
    params = jax.tree.map(lambda W, m, v: W - lr * (m / first) / (jnp.sqrt(v / second) + EPS), params, m, v)
    return params, m, v, count


UPDATES = {"sgd": sgd, "adam": adam}


def steps(job: Steps, peer: str) -> Contestant:
    """Prepare steps of training."""
    return Training(job, scan=peer == "jax-scan")
