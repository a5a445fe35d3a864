"""The training loop: the only one in the project."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from datasets.minibatches import Samples, as_samples, count_batches
from layers.common.threads import blas_threads
from training.loop.ahead import batches_ahead
from training.loop.arguments import check_arguments, check_test_samples
from training.loop.diverged import TrainingDiverged
from training.loop.history import History, Traces
from training.loop.inspection import distributions, has_layers
from training.loop.interrupts import Interrupts
from training.loop.measuring import accuracy_reached, counts_labels, measured
from training.loop.memory import keep_freed_memory
from training.loop.progress import progress_bar
from training.loop.snapshots import Restorable
from training.loop.step import Step, require_finite
from training.loop.threads import suitable_threads
from training.loop.together import require_same_trainers, shared_gradients
from training.loop.waiting import Waiting
from training.optimizers import SGD

__all__ = ["Trainer", "TrainingDiverged"]

PROBE = 100  # training samples at which the distributions are looked at


class Trainer(Restorable):
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
        Stop after the epoch whose test accuracy (with validation samples, whose accuracy on them) reaches it.
    schedule : callable, optional
        ``schedule(step)`` is the factor by which the optimizer's learning rate is multiplied at a step, counted from 0
        (:mod:`training.schedules`).
    clip_norm : float, optional
        Scale the gradients of a step down to this norm where theirs is larger (:func:`training.clip_gradient_norm`).
    checkpoint_every : int, optional
        Every how many steps ``on_checkpoint`` of :meth:`train` is called, besides after every epoch.
    progress : bool
        Whether to show a bar with the running loss; on a terminal or in a notebook, never in a file.
    threads : int, optional
        How many threads compute the matrix products; without it, what suits their sizes (:mod:`networks.threads`). The
        same number gives the same bits.
    x_validation, t_validation : array, optional
        Samples held out of the training data; measured after each epoch, and what ``target_accuracy`` refers to.
    shards : int, optional
        Into how many shards of one size each batch is cut (:mod:`training.parallel.shards`).
    parallel : mpi4py.MPI.Comm, optional
        The processes that compute the shards, each with a trainer of its own that was made with the same arguments. Any
        number of them comes to the same bits.

    Attributes
    ----------
    history : History
        A record an epoch: ``epoch``, ``train_loss`` (the mean over the epoch's batches), ``train_accuracy``,
        ``test_accuracy`` (both None in regression, which has a ``test_loss``), with validation samples
        ``validation_accuracy`` and ``validation_loss``, and ``seconds``; ``history.plot()`` draws it.
    traces : Traces
        Learning rate, length of the gradient and loss of the steps.
    distributions : list of dict
        ``epoch`` and ``layers``: how activations and gradients are distributed after each epoch
        (:func:`training.loop.inspection.distributions`); empty for a network that cannot be looked into.
    step : int
        The number of steps so far.
    findings : list of Finding
        What is wrong with the training so far (:func:`training.diagnose`): found out when it is first asked for.

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

    shared: Any = None  # what computes the gradients of shards, while it trains in shards

    def __init__(
        self,
        network: Any,
        x_train: Samples,
        t_train: Samples,
        x_test: Samples,
        t_test: Samples,
        optimizer: Any = None,
        epochs: int = 10,
        batch_size: int = 100,
        seed: int | None = None,
        target_accuracy: float | None = None,
        schedule: Callable[[int], float] | None = None,
        clip_norm: float | None = None,
        checkpoint_every: int | None = None,
        progress: bool = False,
        threads: int | None = None,
        x_validation: Samples | None = None,
        t_validation: Samples | None = None,
        shards: int | None = None,
        parallel: Any = None,
    ) -> None:
        self.network = network
        self.x_train, self.t_train = as_samples(x_train), as_samples(t_train)
        self.x_test, self.t_test = as_samples(x_test), as_samples(t_test)
        self.x_validation, self.t_validation = as_samples(x_validation), as_samples(t_validation)
        self.optimizer = SGD(lr=0.1) if optimizer is None else optimizer
        self.epochs, self.batch_size, self.shards, self.parallel = epochs, batch_size, shards, parallel
        self.target_accuracy, self.progress = target_accuracy, progress and getattr(parallel, "rank", 0) == 0
        self.schedule, self.clip_norm = schedule, clip_norm
        self.checkpoint_every, self.threads = checkpoint_every, threads
        check_arguments(self)
        self.threads = threads or suitable_threads(self)
        self.base_lr = getattr(self.optimizer, "lr", None)
        self.rng = np.random.default_rng(seed)
        self.epoch_order = self.rng.bit_generator.state
        self.step = self.batch = self.goal = self.first_step = 0
        self.total = 0.0
        self.history, self.traces, self.waiting = History(), Traces(), Waiting()
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
        with Interrupts() as interrupts, np.errstate(over="ignore", invalid="ignore"), blas_threads(self.threads):
            check_test_samples(self)
            require_same_trainers(self)
            self.keep_start()
            if not self.goal:
                self.goal, self.first_step = len(self.history) + self.epochs, self.step
            self.shared = shared_gradients(self)
            try:
                while len(self.history) < self.goal and not self.target_reached:
                    self.train_epoch(interrupts, on_checkpoint, after_epoch)
                if self.shared is not None:
                    self.shared.close()
            finally:
                self.shared = None
                if self.schedule is not None:
                    self.optimizer.lr = self.base_lr
        self.goal = 0
        return self.history

    def train_epoch(
        self,
        interrupts: Interrupts,
        on_checkpoint: Callable[[], None] | None,
        after_epoch: Callable[[dict[str, Any]], None] | None,
    ) -> None:
        """Use every training sample once, those that were not used before an interruption, and hand over the record."""
        epoch, started = len(self.history) + 1, time.perf_counter()
        self.train_on_batches(epoch, interrupts, on_checkpoint)
        record = {**measured(self, epoch), "seconds": time.perf_counter() - started}
        with interrupts.held_back:
            if has_layers(self.network):
                looked_at = distributions(self.network, self.x_train[:PROBE], self.t_train[:PROBE])
                self.distributions.append({"epoch": epoch, "layers": looked_at})
            self.history.append(record)
            self.batch, self.total, self.epoch_order = 0, 0.0, self.rng.bit_generator.state
            if on_checkpoint is not None:
                on_checkpoint()
            if after_epoch is not None:
                after_epoch(record)

    def train_on_batches(self, epoch: int, interrupts: Interrupts, on_checkpoint: Callable[[], None] | None) -> None:
        """Make a step on every mini-batch of the epoch; what surrounds a step is in :mod:`training.loop.step`."""
        params, step = self.network.params, Step(self, interrupts.held_back)
        with progress_bar(self.progress, epoch, self.steps_per_epoch, self.batch) as show:
            for x, t in self.mini_batches():  # 1. mini-batch
                with step:
                    grads = step.gradient(x, t)  # 2. gradient
                    self.optimizer.update(params, grads)  # 3. update
                show(step.loss)  # 4. repeat
                self.checkpoint_if_due(interrupts, on_checkpoint)
        require_finite(self)

    def mini_batches(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Return the mini-batches of the epoch that are left, in the order that it began with."""
        self.rng.bit_generator.state = self.epoch_order
        return batches_ahead(self.x_train, self.t_train, self.batch_size, self.rng, skip=self.batch)

    @property
    def steps_per_epoch(self) -> int:
        """How many mini-batches there are in an epoch."""
        return count_batches(len(self.x_train), self.batch_size)

    def checkpoint_if_due(self, interrupts: Interrupts, on_checkpoint: Callable[[], None] | None) -> None:
        """Call for a checkpoint after every ``checkpoint_every`` steps."""
        if on_checkpoint is not None and self.checkpoint_every and self.step % self.checkpoint_every == 0:
            require_finite(self)
            with interrupts.held_back:  # half a file would be in the way of the one that keeps everything
                on_checkpoint()

    @property
    def target_reached(self) -> bool:
        """Whether the last epoch reached the accuracy that is asked for."""
        return self.target_accuracy is not None and accuracy_reached(self) >= self.target_accuracy

    def accuracy(self, x: Any, t: Any) -> float | None:
        """Return the network's accuracy, or None where it has none."""
        return float(self.network.accuracy(x, t)) if counts_labels(self.network) else None
