"""The training loop: the only one in the project."""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from datasets.minibatches import batches, check_samples
from training.memory import keep_freed_memory
from training.optimizers import SGD

STEPS_BETWEEN_LOSSES = 50


class TrainingDiverged(ArithmeticError):
    """The loss became infinite or not a number."""


class Trainer:
    """Trains a network on mini-batches.

    Parameters
    ----------
    network : object
        Anything with ``params`` (arrays by name), ``gradient(x, t)`` (arrays by the same names),
        ``loss(x, t)`` and ``accuracy(x, t)``.
    x_train, t_train, x_test, t_test : array
        Samples with their labels or targets; arrays, or anything with a length that indices select from.
    optimizer : object, optional
        Anything with ``update(params, grads)``; by default ``SGD(lr=0.1)``.
    epochs : int
        How often every training sample is used.
    batch_size : int
    seed : int, optional
        The same seed gives the same order of samples.
    target_accuracy : float, optional
        Stop after the epoch whose test accuracy reaches it.
    progress : bool
        Whether to show a bar with the running loss.

    Attributes
    ----------
    history : list of dict
        A record an epoch: ``epoch``, ``train_loss`` (the mean over the epoch's batches), ``train_accuracy``,
        ``test_accuracy`` and ``seconds``.

    Examples
    --------
    >>> from datasets import load_digits
    >>> from networks import TwoLayerNet
    >>> (x_train, t_train), (x_test, t_test) = load_digits()
    >>> trainer = Trainer(TwoLayerNet(64, 50, 10, seed=0), x_train, t_train, x_test, t_test, epochs=20, seed=0)
    >>> history = trainer.train()
    >>> len(history), history[-1]["test_accuracy"] > 0.9
    (20, True)
    """

    def __init__(
        self,
        network: Any,
        x_train: np.ndarray,
        t_train: np.ndarray,
        x_test: np.ndarray,
        t_test: np.ndarray,
        optimizer: Any = None,
        epochs: int = 10,
        batch_size: int = 100,
        seed: int | None = None,
        target_accuracy: float | None = None,
        progress: bool = False,
    ) -> None:
        check_samples(x_train, t_train)
        check_samples(x_test, t_test)
        if epochs < 1 or batch_size < 1:
            raise ValueError(f"epochs and batch size must be at least 1, got {epochs} and {batch_size}")
        if target_accuracy is not None and not 0 < target_accuracy <= 1:
            raise ValueError(f"the target accuracy must lie in (0, 1], got {target_accuracy}")
        self.network = network
        self.x_train, self.t_train = x_train, t_train
        self.x_test, self.t_test = x_test, t_test
        self.optimizer = SGD(lr=0.1) if optimizer is None else optimizer
        self.epochs, self.batch_size = epochs, batch_size
        self.rng = np.random.default_rng(seed)
        self.target_accuracy = target_accuracy
        self.progress = progress
        self.step = 0
        self.history: list[dict[str, Any]] = []

    def train(self, after_epoch: Callable[[dict[str, Any]], None] | None = None) -> list[dict[str, Any]]:
        """Train for all epochs, or until the target accuracy is reached, and return the history.

        Parameters
        ----------
        after_epoch : callable, optional
            Called with the epoch's record at the end of each epoch.

        Raises
        ------
        TrainingDiverged
            When the loss is infinite or not a number. The history keeps the whole epochs before.
        """
        keep_freed_memory()
        for epoch in range(1, self.epochs + 1):
            started = time.perf_counter()
            train_loss = self.train_one_epoch(epoch)
            record = {
                "epoch": epoch,
                "train_loss": train_loss,
                "train_accuracy": self.network.accuracy(self.x_train, self.t_train),
                "test_accuracy": self.network.accuracy(self.x_test, self.t_test),
                "seconds": time.perf_counter() - started,
            }
            self.history.append(record)
            if after_epoch is not None:
                after_epoch(record)
            if self.target_accuracy is not None and record["test_accuracy"] >= self.target_accuracy:
                break
        return self.history

    def train_one_epoch(self, epoch: int) -> float:
        """Use every training sample once, and return the mean loss."""
        total, params = 0.0, self.network.params
        with self.progress_bar(epoch) as show, np.errstate(over="ignore", invalid="ignore"):
            for x, t in batches(self.x_train, self.t_train, self.batch_size, self.rng):  # 1. mini-batch
                loss, grads = loss_and_gradient(self.network, x, t)  #                     2. gradient
                self.require_finite(loss, epoch)
                self.optimizer.update(params, grads)  #                                    3. update
                total += loss * len(x)  #                                                  4. repeat
                show(loss)
        return total / len(self.x_train)

    def require_finite(self, loss: float, epoch: int) -> None:
        """Count the step, and raise TrainingDiverged when its loss is not finite."""
        self.step += 1
        if not math.isfinite(loss):
            lr = getattr(self.optimizer, "lr", float("nan"))
            raise TrainingDiverged(
                f"the loss is {loss} at step {self.step} (epoch {epoch}) with learning rate {lr:g}; "
                "a smaller learning rate or smaller initial weights may help, or the data hold NaN or infinity"
            )

    @contextmanager
    def progress_bar(self, epoch: int) -> Iterator[Callable[[float], None]]:
        """Show the epoch's bar, and give the function that moves it a step and takes the step's loss."""
        if not self.progress:
            yield lambda loss: None
            return
        from tqdm.auto import tqdm

        steps = math.ceil(len(self.x_train) / self.batch_size)
        with tqdm(total=steps, desc=f"epoch {epoch}/{self.epochs}", leave=False) as bar:

            def show(loss: float) -> None:
                if bar.n % STEPS_BETWEEN_LOSSES == 0:
                    bar.set_postfix(loss=f"{loss:.4f}", refresh=False)
                bar.update()

            yield show


def loss_and_gradient(network: Any, x: np.ndarray, t: np.ndarray) -> tuple[float, dict[str, np.ndarray]]:
    """Return the loss and the gradients; the loss that ``gradient`` passed on its way, where it was kept."""
    grads = network.gradient(x, t)
    loss = getattr(network, "last_loss", None)
    return (network.loss(x, t) if loss is None else loss), grads
