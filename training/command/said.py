"""What ``train.py`` says of a run."""

from typing import Any

from language import N_, _
from layers import BatchNormalization
from layers.common.sublayers import all_layers
from training.run.folder import RunFolder
from training.trainer import Trainer

OF_EPOCH = {
    ("accuracy",): N_("epoch {epoch}/{epochs}  train loss {loss:.4f}  test accuracy {accuracy:.2%}  {seconds:.2f} s"),
    ("accuracy", "validation"): N_(
        "epoch {epoch}/{epochs}  train loss {loss:.4f}  validation accuracy {validation_accuracy:.2%}  "
        "test accuracy {accuracy:.2%}  {seconds:.2f} s"
    ),
    ("loss",): N_("epoch {epoch}/{epochs}  train loss {loss:.4f}  test loss {test_loss:.4f}  {seconds:.2f} s"),
    ("loss", "validation"): N_(
        "epoch {epoch}/{epochs}  train loss {loss:.4f}  validation loss {validation_loss:.4f}  "
        "test loss {test_loss:.4f}  {seconds:.2f} s"
    ),
}
RESULT = {
    ("accuracy",): N_("test accuracy {accuracy:.2%}"),
    ("accuracy", "validation"): N_("validation accuracy {validation_accuracy:.2%}, test accuracy {accuracy:.2%}"),
    ("loss",): N_("test loss {test_loss:.4f}"),
    ("loss", "validation"): N_("validation loss {validation_loss:.4f}, test loss {test_loss:.4f}"),
}


def of_epoch(record: dict[str, Any], epochs: int) -> str:
    """Return the line of an epoch."""
    values = {"epoch": f"{record['epoch']:>{len(str(epochs))}}", "epochs": epochs, "seconds": record["seconds"]}
    return _(OF_EPOCH[kind_of(record)], **values, **measured_in(record))


def result(record: dict[str, Any]) -> str:
    """Return what came of the training, from the record of its last epoch."""
    return _(RESULT[kind_of(record)], **measured_in(record))


def of_network(trainer: Trainer) -> str:
    """Return what is to be said of a network before it is trained: its layers, and what shards change in them."""
    network = trainer.network
    said = [type(network).__name__, network.summary(trainer.x_train.shape[1:])]
    normalises = any(isinstance(layer, BatchNormalization) for layer in all_layers(network.layers.values()))
    if trainer.shards and normalises:
        size = trainer.batch_size // trainer.shards
        said.append(_("batch normalisation takes the statistics of a shard, {size} samples, not of a batch", size=size))
    return "\n".join(said)


def kind_of(record: dict[str, Any]) -> tuple[str, ...]:
    """Return whether an accuracy or, in regression, a loss was measured, and whether in validation too."""
    kind = "loss" if record["test_accuracy"] is None else "accuracy"
    return (kind, "validation") if "validation_loss" in record else (kind,)


def measured_in(record: dict[str, Any]) -> dict[str, Any]:
    """Return what was measured, by the names in the messages."""
    names = ("test_loss", "validation_loss", "validation_accuracy")
    return {"loss": record["train_loss"], "accuracy": record["test_accuracy"]} | {n: record.get(n) for n in names}


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
