"""What ``train.py`` says of a run."""

from typing import Any

from language import _
from training.run.folder import RunFolder
from training.trainer import Trainer


def of_epoch(record: dict[str, Any], epochs: int) -> str:
    """Return the line of an epoch."""
    return _(
        "epoch {epoch}/{epochs}  train loss {loss:.4f}  test accuracy {accuracy:.2%}  {seconds:.2f} s",
        epoch=f"{record['epoch']:>{len(str(epochs))}}",
        epochs=epochs,
        loss=record["train_loss"],
        accuracy=record["test_accuracy"],
        seconds=record["seconds"],
    )


def what_is_left(folder: RunFolder, trainer: Trainer) -> str:
    """Return what a run leaves that diverged."""
    if trainer.history:
        return _(
            "kept the model of epoch {epoch} in {model} and the history in {history}",
            epoch=len(trainer.history),
            model=folder.model,
            history=folder.history,
        )
    if folder.checkpoints.latest.exists():
        return _(
            "no epoch was whole, so there is no model; the last checkpoint is {checkpoint}",
            checkpoint=folder.checkpoints.latest,
        )
    return _("no epoch was whole, so there is no model in {run}", run=folder.path)
