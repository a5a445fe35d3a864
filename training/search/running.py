"""One trial: a training whose every epoch is reported, which may be cut short, and gone on with by another process."""

import math
import shutil
import time
from typing import Any, NamedTuple

from datasets.opening import Dataset
from language import _
from training.command.making import make_trainer
from training.loop.diverged import TrainingDiverged
from training.loop.interrupts import Interrupted
from training.loop.snapshots import CheckpointError
from training.run.checkpoints import Checkpoints
from training.search.definition import Definition, SearchFolder
from training.search.options import parse_trial
from training.search.study import SharedStudy, Task
from training.search.tried import CUT, DIVERGED, FAILED, WHOLE
from training.trainer import Trainer

SECONDS_BETWEEN_CHECKPOINTS = 5.0


class Hopeless(Exception):
    """The trial is worse than half of the others were after as many epochs."""


class Outcome(NamedTuple):
    """How a trial ended: in which state, with which value, and what else is known."""

    state: str
    value: float | None = None
    known: dict[str, Any] = {}  # noqa: RUF012 - never changed


class Kept:
    """The checkpoints of a trial, from which another process goes on with it."""

    def __init__(self, folder: SearchFolder, number: int) -> None:
        self.folder, self.path = folder, folder.trials / str(number)
        self.checkpoints, self.written = Checkpoints(self.path), time.monotonic()

    def restore(self, trainer: Trainer) -> None:
        """Let a trainer go on where the trial stood; where nothing whole was kept, at the beginning."""
        try:
            snapshot = self.checkpoints.read()
            if snapshot is not None:
                trainer.restore(snapshot)
        except CheckpointError:
            return

    def keep(self, trainer: Trainer, now: bool = False) -> None:
        """Write a checkpoint, unless the last one is new."""
        if now or time.monotonic() - self.written >= SECONDS_BETWEEN_CHECKPOINTS:
            with self.folder.writing():
                self.path.mkdir(exist_ok=True)
                self.checkpoints.write(trainer.snapshot())
            self.written = time.monotonic()

    def remove(self) -> None:
        """Remove them."""
        shutil.rmtree(self.path, ignore_errors=True)


def run_trial(task: Task, study: SharedStudy, kept: Kept, data: Dataset, program: str) -> Outcome:
    """Train as a trial's parameters say, and return how it ended; an interrupt leaves it to others.

    Parameters
    ----------
    task : Task
    study : SharedStudy
    kept : Kept
        Its checkpoints.
    data : Dataset
        With the validation samples held out.
    program : str
        As errors name it.

    Raises
    ------
    Interrupted, OSError
        When the program was asked to end, or the disk is full: the trial is not at its end, and can be gone on with.
    """
    try:
        trainer = trial_trainer(study.definition, task.params, data, program)
        trainer.progress = False  # the bars of several processes would write over each other
        if task.taken_over:
            kept.restore(trainer)
        return train(trainer, task, study, kept)
    except (ValueError, MemoryError) as error:
        return Outcome(FAILED, known={"reason": one_line(error)})


def trial_trainer(definition: Definition, params: dict[str, Any], data: Dataset, program: str) -> Trainer:
    """Return the trainer of a trial, which never sees the test samples.

    What it takes for test samples is one of those held out, whose accuracy nobody asks for.
    """
    options = parse_trial(definition.fixed, definition.places, definition.vary, params, program)
    options.target_accuracy = options.checkpoint_every = None
    trainer = make_trainer(data, options)
    assert trainer.x_validation is not None
    trainer.x_test, trainer.t_test = trainer.x_validation[:1], trainer.t_validation[:1]
    return trainer


def train(trainer: Trainer, task: Task, study: SharedStudy, kept: Kept) -> Outcome:
    """Train to the end, or as far as there is hope."""

    def after_epoch(record: dict[str, Any]) -> None:
        if study.report(task, record["epoch"], value_of(record)) and record["epoch"] < trainer.epochs:
            raise Hopeless

    try:
        for record in trainer.history:  # of which the last may not have been reported by the process that kept it
            after_epoch(record)
        if len(trainer.history) < trainer.epochs:
            trainer.train(after_epoch, lambda: kept.keep(trainer))
    except Hopeless:
        return Outcome(CUT, known={"seconds": seconds_of(trainer)})
    except TrainingDiverged as error:
        return Outcome(DIVERGED, known={"reason": one_line(error), "seconds": seconds_of(trainer)})
    except Interrupted:
        kept.keep(trainer, now=True)
        raise
    last = trainer.history[-1]
    known = {"validation_loss": float(last["validation_loss"]), "seconds": seconds_of(trainer)}
    return Outcome(WHOLE, value_of(last), known)


def value_of(record: dict[str, Any]) -> float:
    """Return what is judged by: the accuracy, in regression the loss, on the validation samples.

    Raises
    ------
    TrainingDiverged
        When it is infinite or not a number.
    """
    accuracy = record["validation_accuracy"]
    value = float(record["validation_loss"] if accuracy is None else accuracy)
    if not math.isfinite(value):
        raise TrainingDiverged(
            _("the validation loss is {value} after epoch {epoch}", value=value, epoch=record["epoch"])
        )
    return value


def seconds_of(trainer: Trainer) -> float:
    """Return how long the whole epochs took."""
    return round(sum(record["seconds"] for record in trainer.history), 2)


def one_line(error: BaseException) -> str:
    """Return an error's message in one line."""
    return " ".join(str(error).split()) or type(error).__name__
