"""Where the time of a step goes: every layer forward and back, drawing the batch, and the update.

::

    CHAINRULE_DATA=... python -m benchmarks.step_profile [JOB] [EPOCHS]

JOB is one of the steps of ``python -m benchmarks``, by default ``two-layer``. Of each part the fastest of the epochs is
shown, and then the whole step, bare and within ``Trainer`` in turn: medians of the epochs, and of the ratios. For
``two-layer`` there are also the same operations written down one behind the other without layers.
"""

import statistics
import time
from itertools import islice
from typing import Any

import numpy as np

import networks.network
from benchmarks.clock import Clock, add, clocked, timed
from benchmarks.jobs import JOBS, Steps
from benchmarks.work import data_for, orders
from layers.common.first_layer import backward_for_parameters
from layers.common.threads import blas_threads
from training import Trainer, get_optimizer
from training.command.command_line import Parser, whole_number
from training.loop.memory import keep_freed_memory


def main() -> None:
    """Measure and print."""
    parser = Parser(prog="python -m benchmarks.step_profile", description=(__doc__ or "").split("\n")[0])
    steps = [name for name, job in JOBS.items() if isinstance(job, Steps)]
    parser.add_argument("job", nargs="?", choices=steps, default="two-layer")
    parser.add_argument("epochs", nargs="?", type=whole_number, default=5)
    options = parser.parse_args()
    job = JOBS[options.job]
    keep_freed_memory()
    plain, within, ratio = within_trainer(job, options.epochs)
    parts = profile(job, options.epochs)
    whole = sum(parts.values())
    print(f"{job.title}: {whole:,.0f} us\n")
    for name, microseconds in parts.items():
        print(f"  {name:<28}{microseconds:>9,.1f} us{microseconds / whole:>7.1%}")
    print(f"\nnot looked at part by part           {plain:,.0f} us")
    print(f"the same step within Trainer       {within:,.0f} us, {ratio:.2f} of it")
    if options.job == "two-layer":
        print(f"the same operations without layers {bare_step(job, options.epochs):,.0f} us")


def profile(job: Steps, epochs: int) -> Clock:
    """Return the microseconds of every part of a step, the least of some epochs."""
    data, network, batches = data_for(job), job.build(), orders(job)
    optimizer, params = get_optimizer(job.optimizer, job.lr), network.params
    clock: Clock = {}
    clock_layers(network, clock)

    def step(chosen: np.ndarray) -> None:
        x, t = timed(clock, "draw the batch", lambda: (data.x_train[chosen], data.t_train[chosen]))
        before, started = sum(clock.values()), time.perf_counter()
        grads = network.gradient(x, t)
        in_layers = sum(clock.values()) - before
        add(clock, "network: modes, names", time.perf_counter() - started - in_layers)
        timed(clock, "update", lambda: optimizer.update(params, grads))

    best: Clock = {}
    for _ in range(epochs + 1):
        clock.clear()
        for chosen in islice(batches, job.repeats):
            step(chosen)
        best = {name: min(seconds, best.get(name, np.inf)) for name, seconds in clock.items()}
    return {name: 1e6 * seconds / job.repeats for name, seconds in best.items()}


def clock_layers(network: Any, clock: Clock) -> None:
    """Time the forward and the backward of every layer of a network from now on."""
    first = next(iter(network.layers.values()))
    for name, layer in (*network.layers.items(), ("loss", network.loss_layer)):
        layer.forward = clocked(clock, f"{name}.forward", layer.forward)
        if layer is not first:
            layer.backward = clocked(clock, f"{name}.backward", layer.backward)
    networks.network.backward_for_parameters = clocked(clock, "first layer, dW and db", backward_for_parameters)


def within_trainer(job: Steps, epochs: int) -> tuple[float, float, float]:
    """Return the microseconds of a step, of one within Trainer, and the ratio."""
    data, batches = data_for(job), orders(job)
    some = slice(0, job.repeats * job.batch_size)
    x, t = data.x_train[some], data.t_train[some]
    trainer = Trainer(job.build(), x, t, x[:1], t[:1], get_optimizer(job.optimizer, job.lr), 1, job.batch_size)
    trainer.accuracy = lambda x, t: 0.0  # which is no part of a step
    network, optimizer = job.build(), get_optimizer(job.optimizer, job.lr)
    times = []
    for _ in range(epochs + 1):
        with blas_threads(trainer.threads):
            started = time.perf_counter()
            for chosen in islice(batches, job.repeats):
                optimizer.update(network.params, network.gradient(data.x_train[chosen], data.t_train[chosen]))
            plain = time.perf_counter() - started
        trainer.train()
        times.append((plain, trainer.history[-1]["seconds"] * job.repeats / trainer.steps_per_epoch))
    plain, within = (1e6 * statistics.median(side) / job.repeats for side in zip(*times[1:], strict=True))
    return plain, within, statistics.median(ours / bare for bare, ours in times[1:])


def bare_step(job: Steps, epochs: int) -> float:
    """Return the microseconds of a step of 784-50-10 that is nothing but NumPy's operations, without any check."""
    data, network, batches = data_for(job), job.build(), orders(job)
    W1, b1, W2, b2 = network.params.values()
    classes, white, lr = np.arange(10), np.float32(255), job.lr
    seconds = []
    for _ in range(epochs + 1):
        started = time.perf_counter()
        for chosen in islice(batches, job.repeats):
            x = data.x_train.pixels.take(chosen, axis=0).astype(np.float32)
            x /= white
            t = (data.t_train[chosen][:, np.newaxis] == classes).astype(np.float32)
            h = x @ W1
            h += b1
            mask = h > 0
            h *= mask
            y = h @ W2
            y += b2
            y -= y.max(axis=1, keepdims=True)
            np.exp(y, out=y)
            y /= y.sum(axis=1, keepdims=True)
            -np.vdot(t, np.log(y)) / len(x)
            y -= t
            y /= len(x)
            dW2, db2, dh = h.T @ y, y.sum(axis=0), y @ W2.T
            dh *= mask
            for W, g in ((W1, x.T @ dh), (b1, dh.sum(axis=0)), (W2, dW2), (b2, db2)):
                W -= lr * g
        seconds.append(time.perf_counter() - started)
    return 1e6 * min(seconds[1:]) / job.repeats


if __name__ == "__main__":
    main()
