"""The training loop: the only one in the project."""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from datasets.minibatches import batches, check_samples, count_batches
from training.clipping import check_max_norm, clip_gradient_norm
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
        ``loss(x, t)`` and ``accuracy(x, t)``. Where its ``counts_labels`` is False, as in regression, there is no
        accuracy to measure.
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
    schedule : callable, optional
        ``schedule(step)`` is the factor by which the optimizer's learning rate is multiplied at a step, counted from 0
        (:mod:`training.schedules`).
    clip_norm : float, optional
        Scale the gradients of a step down to this norm where theirs is larger (:func:`training.clip_gradient_norm`).
    progress : bool
        Whether to show a bar with the running loss.

    Attributes
    ----------
    history : list of dict
        A record an epoch: ``epoch``, ``train_loss`` (the mean over the epoch's batches), ``train_accuracy``,
        ``test_accuracy`` (both None in regression) and ``seconds``.

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
        schedule: Callable[[int], float] | None = None,
        clip_norm: float | None = None,
        progress: bool = False,
    ) -> None:
        x_train, t_train, x_test, t_test = (
            np.asarray(values) if isinstance(values, (list, tuple)) else values
            for values in (x_train, t_train, x_test, t_test)
        )
        check_samples(x_train, t_train)
        check_samples(x_test, t_test)
        for name, value in (("epochs", epochs), ("batch_size", batch_size)):
            if not isinstance(value, (int, np.integer)) or value < 1:
                raise ValueError(f"{name} must be a whole number of at least 1, got {value}")
        if target_accuracy is not None and not 0 < target_accuracy <= 1:
            raise ValueError(f"the target accuracy must lie in (0, 1], got {target_accuracy}")
        if target_accuracy is not None and not getattr(network, "counts_labels", True):
            raise ValueError("a target accuracy needs a network that classifies; this one does regression")
        if clip_norm is not None:
            check_max_norm(clip_norm)
        self.network = network
        self.x_train, self.t_train = x_train, t_train
        self.x_test, self.t_test = x_test, t_test
        self.optimizer = SGD(lr=0.1) if optimizer is None else optimizer
        self.base_lr = getattr(self.optimizer, "lr", None)
        if schedule is not None and self.base_lr is None:
            name = type(self.optimizer).__name__
            raise ValueError(f"a schedule changes the learning rate lr of the optimizer, but {name} has none")
        self.schedule, self.clip_norm = schedule, clip_norm
        self.epochs, self.batch_size = epochs, batch_size
        self.rng = np.random.default_rng(seed)
        self.target_accuracy = target_accuracy
        self.progress = progress
        self.step = 0
        self.history: list[dict[str, Any]] = []

    def train(self, after_epoch: Callable[[dict[str, Any]], None] | None = None) -> list[dict[str, Any]]:
        """Train for all epochs, or until the target accuracy is reached, and return the history.

        Called again, it trains for as many epochs more.

        Parameters
        ----------
        after_epoch : callable, optional
            Called with the epoch's record at the end of each epoch.

        Raises
        ------
        TrainingDiverged
            When the loss or a parameter is infinite or not a number. The history keeps the whole epochs before.
        ValueError
            When the test samples or their labels do not fit the network; before the first step.
        """
        keep_freed_memory()
        self.accuracy(self.x_test[:1], self.t_test[:1])
        first = len(self.history) + 1
        for epoch in range(first, first + self.epochs):
            started = time.perf_counter()
            train_loss = self.train_one_epoch(epoch)
            record = {
                "epoch": epoch,
                "train_loss": train_loss,
                "train_accuracy": self.accuracy(self.x_train, self.t_train),
                "test_accuracy": self.accuracy(self.x_test, self.t_test),
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
                self.prepare_update(grads, epoch)
                self.optimizer.update(params, grads)  #                                    3. update
                total += loss * len(x)  #                                                  4. repeat
                show(loss)
        self.require_finite_params(params, epoch)
        return total / len(self.x_train)

    def prepare_update(self, grads: dict[str, np.ndarray], epoch: int) -> None:
        """Set the learning rate of the step, and clip its gradients, as far as either was asked for."""
        if self.schedule is not None:
            self.optimizer.lr = self.base_lr * self.schedule(self.step - 1)
        if self.clip_norm is not None:
            try:
                clip_gradient_norm(grads, self.clip_norm)
            except ValueError as error:
                raise self.diverged(str(error), epoch) from None

    def accuracy(self, x: np.ndarray, t: np.ndarray) -> float | None:
        """Return the network's accuracy, or None where it has none."""
        return self.network.accuracy(x, t) if getattr(self.network, "counts_labels", True) else None

    def require_finite(self, loss: float, epoch: int) -> None:
        """Count the step, and raise TrainingDiverged when its loss is not finite."""
        self.step += 1
        if not math.isfinite(loss):
            raise self.diverged(f"the loss is {loss}", epoch)

    def require_finite_params(self, params: dict[str, np.ndarray], epoch: int) -> None:
        """Raise TrainingDiverged when the last update of an epoch, after which no loss was seen, broke a parameter."""
        for name, param in params.items():
            if not np.isfinite(param).all():
                raise self.diverged(f"{name} holds values that are not finite", epoch)

    def diverged(self, what: str, epoch: int) -> TrainingDiverged:
        """Return the error that says what happened, at which step and with which learning rate."""
        lr = getattr(self.optimizer, "lr", float("nan"))
        return TrainingDiverged(
            f"{what} at step {self.step} (epoch {epoch}) with learning rate {lr:g}; "
            "a smaller learning rate or smaller initial weights may help, or the data hold NaN or infinity"
        )

    @contextmanager
    def progress_bar(self, epoch: int) -> Iterator[Callable[[float], None]]:
        """Show the epoch's bar, and give the function that moves it a step and takes the step's loss."""
        if not self.progress:
            yield lambda loss: None
            return
        from tqdm.auto import tqdm

        steps = count_batches(len(self.x_train), self.batch_size)
        with tqdm(total=steps, desc=f"epoch {epoch}", leave=False) as bar:

            def show(loss: float) -> None:
                if bar.n % STEPS_BETWEEN_LOSSES == 0:
                    bar.set_postfix(loss=f"{loss:.4f}", refresh=bar.n == 0)
                bar.update()

            yield show


def loss_and_gradient(network: Any, x: np.ndarray, t: np.ndarray) -> tuple[float, dict[str, np.ndarray]]:
    """Return the loss and the gradients; the loss that ``gradient`` passed on its way, where it was kept."""
    grads = network.gradient(x, t)
    loss = getattr(network, "last_loss", None)
    return (network.loss(x, t) if loss is None else loss), grads
