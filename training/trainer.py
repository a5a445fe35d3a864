"""The training loop: the only one in the project."""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from datasets.minibatches import batches, check_samples, count_batches
from training.loop import snapshots
from training.loop.history import History, Traces
from training.loop.inspection import distributions, first_not_finite, has_layers
from training.loop.interrupts import Interrupts
from training.loop.memory import keep_freed_memory
from training.loop.randomness import generators_in, positions_of, put_all_back
from training.optimizers import SGD, check_gradients
from training.optimizers.clipping import check_max_norm, clip_gradient_norm, gradient_norm
from training.run.checkpoints import Snapshot

STEPS_BETWEEN_LOSSES = 50
PROBE = 100  # training samples at which the distributions are looked at


class TrainingDiverged(ArithmeticError):
    """The loss, a gradient or a parameter became infinite or not a number."""


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
    checkpoint_every : int, optional
        Every how many steps ``on_checkpoint`` of :meth:`train` is called, besides after every epoch.
    progress : bool
        Whether to show a bar with the running loss; on a terminal or in a notebook, never in a file.

    Attributes
    ----------
    history : History
        A record an epoch: ``epoch``, ``train_loss`` (the mean over the epoch's batches), ``train_accuracy``,
        ``test_accuracy`` (both None in regression) and ``seconds``; ``history.plot()`` draws it.
    traces : Traces
        Learning rate, length of the gradient and loss of the steps.
    distributions : list of dict
        ``epoch`` and ``layers``: how activations and gradients are distributed after each epoch
        (:func:`training.loop.inspection.distributions`); empty for a network that cannot be looked into.
    step : int
        The number of steps so far.

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
        checkpoint_every: int | None = None,
        progress: bool = False,
    ) -> None:
        x_train, t_train, x_test, t_test = (
            np.asarray(values) if isinstance(values, (list, tuple)) else values
            for values in (x_train, t_train, x_test, t_test)
        )
        check_samples(x_train, t_train)
        check_samples(x_test, t_test)
        counts = {"epochs": epochs, "batch_size": batch_size}
        if checkpoint_every is not None:
            counts["checkpoint_every"] = checkpoint_every
        for name, value in counts.items():
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
        self.checkpoint_every = checkpoint_every
        self.step = self.batch = self.goal = self.first_step = 0
        self.total = 0.0
        self.epoch_order = self.rng.bit_generator.state
        self.history, self.traces = History(), Traces()
        self.distributions: list[dict[str, Any]] = []

    def train(
        self,
        after_epoch: Callable[[dict[str, Any]], None] | None = None,
        on_checkpoint: Callable[[], None] | None = None,
    ) -> History:
        """Train for all epochs, or until the target accuracy is reached, and return the history.

        Called again, it trains for as many epochs more, with the schedule from its beginning; after it was
        interrupted, for those that were left.

        Parameters
        ----------
        after_epoch : callable, optional
            Called with the epoch's record at the end of each epoch.
        on_checkpoint : callable, optional
            Called when it is time for a checkpoint: every ``checkpoint_every`` steps, and before ``after_epoch``.
            :meth:`snapshot` then is one from which training goes on to the same bits.

        Raises
        ------
        TrainingDiverged
            When the loss, a gradient or a parameter is infinite or not a number. The history keeps the whole epochs
            before.
        ValueError
            When the test samples or their labels do not fit the network; before the first step.
        KeyboardInterrupt
            On Ctrl-C, always between two steps: a :meth:`snapshot` taken then is whole.
        """
        keep_freed_memory()
        with Interrupts() as interrupts, np.errstate(over="ignore", invalid="ignore"):
            self.try_a_sample()
            if not self.goal:
                self.goal, self.first_step = len(self.history) + self.epochs, self.step
            try:
                while len(self.history) < self.goal and not self.target_reached:
                    self.train_one_epoch(interrupts, on_checkpoint, after_epoch)
            finally:
                self.set_learning_rate(1.0)
        self.goal = 0
        return self.history

    def try_a_sample(self) -> None:
        """Raise an error for test samples that do not fit the network, before anything was learned."""
        random = generators_in(self.network)
        drawn = positions_of(random)
        self.accuracy(self.x_test[:1], self.t_test[:1])
        put_all_back(random, drawn)

    def train_one_epoch(
        self,
        interrupts: Interrupts,
        on_checkpoint: Callable[[], None] | None,
        after_epoch: Callable[[dict[str, Any]], None] | None,
    ) -> None:
        """Use every training sample once, those that were not used before an interruption, and hand over the record."""
        epoch, started = len(self.history) + 1, time.perf_counter()
        self.take_steps(epoch, interrupts, on_checkpoint)
        train_accuracy = self.accuracy(self.x_train, self.t_train)
        test_accuracy = self.accuracy(self.x_test, self.t_test)
        with interrupts.held_back:
            record = {
                "epoch": epoch,
                "train_loss": self.total / len(self.x_train),
                "train_accuracy": train_accuracy,
                "test_accuracy": test_accuracy,
                "seconds": time.perf_counter() - started,
            }
            if has_layers(self.network):
                looked_at = distributions(self.network, self.x_train[:PROBE], self.t_train[:PROBE])
                self.distributions.append({"epoch": epoch, "layers": looked_at})
            self.history.append(record)
            self.batch, self.total, self.epoch_order = 0, 0.0, self.rng.bit_generator.state
            if on_checkpoint is not None:
                on_checkpoint()
            if after_epoch is not None:
                after_epoch(record)

    def take_steps(self, epoch: int, interrupts: Interrupts, on_checkpoint: Callable[[], None] | None) -> None:
        """Use every training sample once, but for the batches that were used before an interruption."""
        self.rng.bit_generator.state = self.epoch_order  # from which the epoch is shuffled, however often it begins
        params, random = self.network.params, generators_in(self.network)
        with self.progress_bar(epoch) as show:
            for x, t in batches(
                self.x_train, self.t_train, self.batch_size, self.rng, skip=self.batch
            ):  # 1. mini-batch
                with interrupts.held_back:
                    drawn = positions_of(random)
                    loss, grads = loss_and_gradient(self.network, x, t)  #                                  2. gradient
                    norm = self.prepare_update(loss, grads)
                    if not (math.isfinite(loss) and math.isfinite(norm)):
                        put_all_back(random, drawn)  # for dropout, which is to drop the same values again
                        raise self.broken(loss, grads, x, t)
                    self.optimizer.update(params, grads)  #                                                 3. update
                    self.count_step(loss, norm, len(x))
                show(loss)  #                                                                               4. repeat
                if self.checkpoint_every and self.step % self.checkpoint_every == 0 and on_checkpoint is not None:
                    self.require_finite_params(params)
                    with interrupts.held_back:  # half a file would be in the way of the one that keeps everything
                        on_checkpoint()
        self.require_finite_params(params)

    def broken(self, loss: float, grads: dict[str, np.ndarray], x: np.ndarray, t: np.ndarray) -> TrainingDiverged:
        """Return the error that names the layer in which a loss or a gradient that is not finite began."""
        what = f"the loss is {loss:g}" if not math.isfinite(loss) else not_finite(grads)
        return self.diverged(what, self.step + 1, first_not_finite(self.network, x, t))

    def prepare_update(self, loss: float, grads: dict[str, np.ndarray]) -> float:
        """Set the learning rate and clip the gradients, as far as asked for; return how long they were."""
        if self.schedule is not None:
            self.set_learning_rate(self.schedule(self.step - self.first_step))
        norm = self.norm_of(grads)
        clips = self.clip_norm is not None and math.isfinite(loss) and math.isfinite(norm)
        return clip_gradient_norm(grads, self.clip_norm) if clips else norm

    def count_step(self, loss: float, norm: float, samples: int) -> None:
        """Count a step that was made, and note it."""
        self.step += 1
        self.batch += 1
        self.total += loss * samples
        self.traces.add(self.step, getattr(self.optimizer, "lr", math.nan), norm, loss)

    def set_learning_rate(self, factor: float) -> None:
        """Set the optimizer's learning rate to a multiple of what it was given, where there is a schedule for it."""
        if self.schedule is not None:
            if not (math.isfinite(factor) and factor >= 0):
                raise ValueError(
                    f"the schedule must return a factor of at least 0, got {factor} at step {self.step + 1}"
                )
            self.optimizer.lr = self.base_lr * factor

    def norm_of(self, grads: dict[str, np.ndarray]) -> float:
        """Return the length of the gradient; raise the optimizer's error when it is none."""
        try:
            return gradient_norm(grads)
        except (AttributeError, TypeError, ValueError):
            check_gradients(self.network.params, grads)
            raise

    @property
    def target_reached(self) -> bool:
        """Whether the last epoch reached the accuracy that is asked for."""
        return bool(
            self.target_accuracy is not None
            and self.history
            and self.history[-1]["test_accuracy"] >= self.target_accuracy
        )

    def snapshot(self) -> Snapshot:
        """Return everything that decides the future of the training, copied."""
        return snapshots.take(self)

    def restore(self, snapshot: Snapshot) -> None:
        """Go on from a snapshot of a trainer that was made with the same arguments.

        Raises
        ------
        CheckpointError
            When the snapshot does not fit.
        """
        snapshots.restore(self, snapshot)

    def accuracy(self, x: np.ndarray, t: np.ndarray) -> float | None:
        """Return the network's accuracy, or None where it has none."""
        return float(self.network.accuracy(x, t)) if getattr(self.network, "counts_labels", True) else None

    def require_finite_params(self, params: dict[str, np.ndarray]) -> None:
        """Raise TrainingDiverged when an update, after which no loss was seen, broke a parameter."""
        for name, param in params.items():
            if not np.isfinite(param).all():
                raise self.diverged(f"{name} holds values that are not finite", self.step)

    def diverged(self, what: str, step: int, where: str = "") -> TrainingDiverged:
        """Return the error that says what happened, at which step, in which layer and with which learning rate."""
        lr = getattr(self.optimizer, "lr", math.nan)
        return TrainingDiverged(
            f"{what} at step {step} (epoch {len(self.history) + 1}) with learning rate {lr:g}"
            f"{'; ' * bool(where)}{where}; a smaller learning rate, smaller initial weights or less weight decay may "
            "help, or the data hold NaN or infinity"
        )

    @contextmanager
    def progress_bar(self, epoch: int) -> Iterator[Callable[[float], None]]:
        """Show the epoch's bar, and give the function that moves it a step and takes the step's loss."""
        if not self.progress:
            yield lambda loss: None
            return
        from tqdm.auto import tqdm

        steps = count_batches(len(self.x_train), self.batch_size)
        with tqdm(total=steps, initial=self.batch, desc=f"epoch {epoch}", leave=False, disable=None) as bar:

            def show(loss: float) -> None:
                if not bar.disable and bar.n % STEPS_BETWEEN_LOSSES == 0:
                    bar.set_postfix(loss=f"{loss:.4f}", refresh=bar.n == 0)
                bar.update()

            yield show


def loss_and_gradient(network: Any, x: np.ndarray, t: np.ndarray) -> tuple[float, dict[str, np.ndarray]]:
    """Return the loss and the gradients; the loss that ``gradient`` passed on its way, where it was kept."""
    grads = network.gradient(x, t)
    loss = getattr(network, "last_loss", None)
    return float(network.loss(x, t) if loss is None else loss), grads


def not_finite(grads: dict[str, np.ndarray]) -> str:
    """Return which gradients are not finite, in words."""
    names = [name for name, grad in grads.items() if not np.isfinite(grad).all()]
    return f"the gradient of {', '.join(names) or 'all parameters together'} is not finite"
