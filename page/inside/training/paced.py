"""A Trainer that trains a while each time it is asked, as the page wants it; its steps are those of any Trainer."""

import contextlib
import time
from typing import Any

import numpy as np

from layers.common.threads import blas_threads
from training import Trainer
from training.loop.arguments import check_test_samples
from training.loop.interrupts import Interrupts


class Pause(BaseException):
    """The time is over; a step, or what is done after an epoch, has just been finished."""


class PacedTrainer(Trainer):
    """A :class:`training.Trainer` whose :meth:`train` is cut into slices, each as long as it is asked to be.

    However it is cut, it makes the same steps, to the bit, as :meth:`train` does at once.

    Attributes
    ----------
    seconds : float
        How long it has trained.
    """

    seconds = 0.0

    def begin(self) -> None:
        """Do what comes before the first step.

        Raises
        ------
        ValueError
            When the samples do not fit the network.
        """
        check_test_samples(self)
        self.keep_start()
        self.goal = self.epochs

    @property
    def finished(self) -> bool:
        """Whether all epochs have been trained."""
        return len(self.history) >= self.goal

    def advance(self, milliseconds: float, until: int | None = None) -> None:
        """Train at least a step, and go on until the time is over, or until that step has been made.

        Raises
        ------
        TrainingDiverged
            When the loss, a gradient or a parameter is infinite or not a number.
        """
        first, started = self.step, time.perf_counter()
        end = started + milliseconds / 1000

        def pause() -> None:
            is_over = time.perf_counter() >= end if until is None else self.step >= until
            record_is_due = self.batch == self.steps_per_epoch
            if self.step > first and is_over and not record_is_due:
                raise Pause

        self.checkpoint_every = 1
        quiet = np.errstate(over="ignore", invalid="ignore", divide="ignore")
        try:
            with Interrupts() as interrupts, quiet, blas_threads(self.threads), contextlib.suppress(Pause):
                while not self.finished and (until is None or self.step < until):
                    self.train_epoch(interrupts, pause, None)
        finally:
            self.seconds += time.perf_counter() - started


def trainer_of(network: Any, data: Any, optimizer: Any, epochs: int, batch_size: int, seed: int) -> PacedTrainer:
    """Return a trainer for a network and its data."""
    samples = data.x_train, data.t_train, data.x_test, data.t_test
    return PacedTrainer(network, *samples, optimizer=optimizer, epochs=epochs, batch_size=batch_size, seed=seed)
