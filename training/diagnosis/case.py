"""What is known of a training that is to be diagnosed."""

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from datasets.minibatches import as_samples, check_samples
from language import _
from training.diagnosis.clock import thread_time

SHARE, LEAST_SECONDS = 0.1, 2.0  # of the time of the training, and what a short one may take all the same
MOST_WAITING = 3  # how many times as long as it may compute
USUAL_BATCH = 32


@dataclass
class Case:
    """A training: the network as it is now, the data, and what is known of how it came there.

    Attributes
    ----------
    start : object or None
        A copy of the network as it was before the first step.
    start_optimizer : object or None
    losses : ndarray
        The loss of the steps, as far as it was kept.
    history : list of dict
        The records of the epochs.
    batch_size : int
    by_trainer : bool
        Whether it was a :class:`training.Trainer` that drew the batches, which shuffles them.
    """

    network: Any
    x_train: Any
    t_train: Any
    x_test: Any = None
    t_test: Any = None
    optimizer: Any = None
    start: Any = None
    start_optimizer: Any = None
    losses: np.ndarray = field(default_factory=lambda: np.zeros(0))
    history: Sequence[Mapping[str, Any]] = ()
    batch_size: int = USUAL_BATCH
    steps: int = 0
    seconds: float = 0.0
    clip_norm: float | None = None
    by_trainer: bool = False
    base_lr: float | None = None

    @property
    def data(self) -> tuple[Any, ...]:
        """The arrays of the data, which no copy needs for itself."""
        return self.x_train, self.t_train, self.x_test, self.t_test


class Budget:
    """The time that a diagnosis may take.

    It is the time that this thread computes, so that the same is found while other programs use the core, too; where it
    only waits, a third of the time on the wall.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.computing, self.wall = thread_time(), time.perf_counter()

    @property
    def used(self) -> float:
        """The seconds that have been used."""
        return max(thread_time() - self.computing, (time.perf_counter() - self.wall) / MOST_WAITING)

    @property
    def left(self) -> float:
        """The seconds that are left."""
        return max(0.0, self.seconds - self.used)

    @property
    def spent(self) -> bool:
        """Whether the time is over, and half as much again, which what needs no trial may take."""
        return self.used > 1.5 * self.seconds


def case_of_trainer(trainer: Any) -> Case:
    """Return what a Trainer knows of its training.

    Raises
    ------
    ValueError
        When it has not begun.
    """
    start, start_optimizer = trainer.start or (None, None)
    if start is None and not trainer.step:
        raise ValueError(_("diagnose: nothing was trained yet; call the trainer's train() first"))
    return Case(
        network=trainer.network,
        x_train=trainer.x_train,
        t_train=trainer.t_train,
        x_test=trainer.x_test,
        t_test=trainer.t_test,
        optimizer=trainer.optimizer,
        start=start,
        start_optimizer=start_optimizer,
        losses=np.array(trainer.traces.columns["loss"], float),
        history=list(trainer.history),
        batch_size=int(trainer.batch_size),
        steps=trainer.step,
        seconds=sum(record["seconds"] for record in trainer.history),
        clip_norm=trainer.clip_norm,
        by_trainer=True,
        base_lr=trainer.base_lr,
    )


def case_of_loop(
    network: Any, x_train: Any, t_train: Any, x_test: Any, t_test: Any, optimizer: Any, losses: Any
) -> Case:
    """Return what is known of a loop of one's own.

    Raises
    ------
    TypeError
        When the network lacks ``params``, ``gradient`` or ``loss``, or the losses are no numbers.
    ValueError
        When samples and labels do not fit each other.
    """
    check_network(network)
    x_train, t_train = as_samples(x_train), as_samples(t_train)
    check_samples(x_train, t_train)
    if (x_test is None) != (t_test is None):
        raise ValueError(_("diagnose: x_test and t_test belong together, only one of them was given"))
    if x_test is not None:
        x_test, t_test = as_samples(x_test), as_samples(t_test)
        check_samples(x_test, t_test)
    if optimizer is not None and not hasattr(optimizer, "update"):
        name = type(optimizer).__name__
        raise TypeError(_("diagnose: an optimizer has a method update(params, grads), {name} has none", name=name))
    kept = losses_of(losses)
    batch_size = max(1, min(USUAL_BATCH, len(x_train) // 2))
    return Case(
        network, x_train, t_train, x_test, t_test, optimizer, losses=kept, batch_size=batch_size, steps=len(kept)
    )


def check_network(network: Any) -> None:
    """Raise TypeError unless it has what every network has that can be trained here."""
    missing = [name for name in ("params", "gradient", "loss") if not hasattr(network, name)]
    if missing:
        raise TypeError(
            _(
                "diagnose: a network has params, gradient(x, t) and loss(x, t); {name} lacks {missing}",
                name=type(network).__name__,
                missing=", ".join(missing),
            )
        )
    if not hasattr(network.params, "items"):
        kind = type(network.params).__name__
        raise TypeError(_("diagnose: params holds arrays by name, as a dict does; got {kind}", kind=kind))


def losses_of(losses: Any) -> np.ndarray:
    """Return the losses of a loop as an array (steps,)."""
    if losses is None:
        return np.zeros(0)
    try:
        return np.array([float(np.asarray(loss).reshape(())) for loss in losses], float)
    except (TypeError, ValueError) as error:
        raise TypeError(_("diagnose: losses must be numbers, one for each step: {error}", error=error)) from None


def seconds_for(case: Case) -> float:
    """Return how long the diagnosis of a training may take."""
    return max(LEAST_SECONDS, SHARE * case.seconds if math.isfinite(case.seconds) else 0.0)
