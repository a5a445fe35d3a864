"""Steps that a GPU was told to make, and whose losses and gradients' norms nobody has read yet.

A program runs ahead of a GPU: it says what is to be computed, and goes on. To read a single number means to wait until
everything before it has been computed, and while the program then finds out what comes next, the GPU has nothing to do.
So losses and norms stay there, and are read together: at the end of an epoch, and before a checkpoint. What is given up
is that a training that diverges ends at once: it is noticed when they are read, and the steps after it were in vain.
"""

import math
from typing import Any, NamedTuple

import numpy as np

from language import _
from layers.common.devices import is_elsewhere, to_numpy
from training.loop.diverged import TrainingDiverged, diverged


class WaitingStep(NamedTuple):
    """A step that was made: its number, learning rate and samples, and on the GPU its norm and its loss."""

    number: int
    lr: float
    samples: int
    norm: Any
    loss: Any


class Waiting(list[WaitingStep]):
    """The steps that wait, in their order."""


def read_waiting(trainer: Any) -> None:
    """Have a trainer take note of the steps that wait, in their order.

    Raises
    ------
    TrainingDiverged
        When a loss or a gradient is not finite; for the first such step.
    """
    steps, trainer.waiting = trainer.waiting, Waiting()
    if not steps:
        return
    norms, losses = read([step.norm for step in steps]), read([step.loss for step in steps])
    for step, norm, loss in zip(steps, norms, losses, strict=True):
        if not (math.isfinite(loss) and math.isfinite(norm)):
            raise noticed_late(trainer, step, loss, steps[-1].number)
        trainer.total += loss * step.samples
        trainer.traces.add(step.number, step.lr, norm, loss)


def read(numbers: list[Any]) -> list[float]:
    """Return numbers as Python's; those on a GPU all at once."""
    if all(map(is_elsewhere, numbers)):
        return to_numpy(np.stack(numbers)).tolist()
    return [float(number) for number in numbers]


def noticed_late(trainer: Any, step: WaitingStep, loss: float, last: int) -> TrainingDiverged:
    """Return the error that says which step diverged, and when it was noticed."""
    what = (
        _("the gradient of all parameters together is not finite")
        if math.isfinite(loss)
        else _("the loss is {loss:g}", loss=loss)
    )
    noticed = _("on a GPU this is noticed at the end of an epoch or at a checkpoint, here after step {last}", last=last)
    return diverged(trainer, what, step.number, noticed, step.lr)
