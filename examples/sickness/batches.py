"""Batches that repeat themselves, or whose gradients are mostly chance."""

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from examples.sickness.common import MENDED, SICK, Case, Training, digits, draw_bars, draw_losses, panels, train
from networks import MultiLayerNet, TwoLayerNet
from training import SGD

STEPS, BATCH = 500, 30


def stale() -> tuple[Training, Training]:
    """Train on one batch that was drawn before the loop, and on a new one in each step."""
    return loop(again=False), loop(again=True)


def loop(again: bool) -> Training:
    """Train in a loop of one's own, in which a batch is drawn again in each step, or once."""
    data, rng = digits(), np.random.default_rng(0)
    network, optimizer = TwoLayerNet(64, 50, 10, seed=0), SGD(lr=0.3)
    x, t = data[:2]
    training = Training(network, data, optimizer)
    rows = rng.choice(len(x), BATCH)
    for _ in range(STEPS):
        rows = rng.choice(len(x), BATCH) if again else rows
        training.losses.append(float(network.loss(x[rows], t[rows])))
        optimizer.update(network.params, network.gradient(x[rows], t[rows]))
    training.rows = rows
    return training


def one_at_a_time() -> tuple[Training, Training]:
    """Train on single samples, and on batches of 32."""
    sick, mended = (
        train(TwoLayerNet(64, 50, 10, seed=0), SGD(lr=0.3), epochs=epochs, batch_size=size)
        for size, epochs in ((1, 1), (32, 12))
    )
    return sick, mended


class Rule:
    """An optimizer whose learning rate is nothing that could be looked up or changed."""

    def update(self, params: Any, grads: Any) -> None:
        """Subtract a tenth of the gradient."""
        for name in params:
            params[name] -= 0.1 * grads[name]


def table() -> tuple[np.ndarray, ...]:
    """Return a table whose targets are mostly chance."""
    rng = np.random.default_rng(0)
    x = rng.standard_normal((4000, 80)).astype(np.float32)
    t = x[:, :1] - x[:, 1:2] + 2.5 * rng.standard_normal((4000, 1)).astype(np.float32)
    return x[:3000], t[:3000], x[3000:], t[3000:]


def mostly_chance() -> tuple[Training, Training]:
    """Train on small batches of targets that are mostly chance, and on larger ones."""
    sick, mended = (
        train(MultiLayerNet(80, [], 1, weight_init_std=0.01, seed=0, loss="identity"), Rule(), table(), epochs, size)
        for size, epochs in ((10, 2), (150, 30))
    )
    return sick, mended


def draw_stale(figure: Figure, sick: Training, mended: Training) -> None:
    """Draw the loss on the batches and on all of the data."""
    left, right = panels(figure, ["loss on the batches", "accuracy in the end (%)"])
    draw_losses(left, sick, mended, ("as it is", "mended"))
    parts = ["batches", "training", "test"]
    draw_bars(right, parts, *(reached(one) for one in (sick, mended)), ("as it is", "mended"))
    right.set_ylim(0, 140)
    right.set_yticks(range(0, 101, 20))
    right.legend(loc="upper left", ncols=2)


def reached(training: Training) -> list[float]:
    """Return the accuracy on the last batch, on all training samples, and on the test samples."""
    x, t, x_test, t_test = training.data
    rows = training.rows
    pairs = (x[rows], t[rows]), (x, t), (x_test, t_test)
    return [100 * training.network.accuracy(*pair) for pair in pairs]


def gradients(training: Training, size: int, count: int = 80) -> np.ndarray:
    """Return the gradients of some batches at the start, as points in a plane; (1, 0) is that of all samples."""
    network, rng = training.trainer.start[0] if training.trainer else training.network, np.random.default_rng(0)
    x, t = training.data[:2]
    whole = flat(network, x, t)
    along = whole / np.linalg.norm(whole)
    found = np.array([flat(network, x[rows], t[rows]) for rows in rng.integers(0, len(x), (count, size))])
    across = rng.standard_normal(len(along))
    across -= (across @ along) * along
    across = np.linalg.svd(found - np.outer(found @ along, along), full_matrices=False)[2][0]
    return np.stack([found @ along, found @ across], axis=1) / np.linalg.norm(whole)


def flat(network: Any, x: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Return all gradients in one row."""
    return np.concatenate([np.ravel(grad) for grad in network.gradient(x, t).values()]).astype(float)


def draw_noise(figure: Figure, sick: Training, mended: Training) -> None:
    """Draw the gradients of batches around that of all samples."""
    left, right = panels(figure, ["gradients of 80 batches", "loss"])
    sizes = [one.trainer.batch_size if one.trainer else 0 for one in (sick, mended)]
    names = tuple(f"batches of {size}" for size in sizes)
    for training, size, line, name in zip((sick, mended), sizes, (SICK, MENDED), names, strict=True):
        left.plot(*gradients(training, size).T, ".", color=line["color"], markersize=5, label=name)
    left.annotate("", (1, 0), (0, 0), arrowprops={"arrowstyle": "->", "linewidth": 2})
    left.set(xlabel="along the gradient of all samples", ylabel="across")
    left.legend()
    draw_losses(right, sick, mended, names)


CASES = (
    Case("stale-data", stale, draw_stale),
    Case("batch-too-small", one_at_a_time, draw_noise),
    Case("noisy", mostly_chance, draw_noise),
)
