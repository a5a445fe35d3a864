"""The error of a training that has lost its numbers; it stands alone, so that a command knows it without a trainer."""

import math
from typing import Any

from language import _


class TrainingDiverged(ArithmeticError):
    """The loss, a gradient or a parameter became infinite or not a number."""


def diverged(trainer: Any, what: str, step: int, where: str = "", lr: float | None = None) -> TrainingDiverged:
    """Return the error that says what happened, at which step, in which layer and with which learning rate."""
    lr = getattr(trainer.optimizer, "lr", math.nan) if lr is None else lr
    epoch = len(trainer.history) + 1
    happened = _(
        "{what} at step {step} (epoch {epoch}) with learning rate {lr:g}", what=what, step=step, epoch=epoch, lr=lr
    )
    advice = _(
        "a smaller learning rate, smaller initial weights or less weight decay may help, or the data hold NaN or "
        "infinity"
    )
    return TrainingDiverged("; ".join(filter(None, (happened, where, advice))))
