"""What is measured after an epoch: accuracies, and losses where there is no accuracy or where samples are held out."""

from typing import Any

from layers.common.devices import number

SAMPLES_AT_ONCE = 500  # so that memory does not grow with the data


def measured(trainer: Any, epoch: int) -> dict[str, Any]:
    """Return the record of an epoch that has just ended.

    Accuracies in training and test, None in regression, which has the loss in the test instead; accuracy and loss in
    validation where samples are held out.
    """
    network = trainer.network
    numbers = {
        "epoch": epoch,
        "train_loss": trainer.total / len(trainer.x_train),
        "train_accuracy": trainer.accuracy(trainer.x_train, trainer.t_train),
        "test_accuracy": trainer.accuracy(trainer.x_test, trainer.t_test),
    }
    if not counts_labels(network):
        numbers["test_loss"] = loss(network, trainer.x_test, trainer.t_test)
    if trainer.x_validation is not None:
        numbers["validation_accuracy"] = trainer.accuracy(trainer.x_validation, trainer.t_validation)
        numbers["validation_loss"] = loss(network, trainer.x_validation, trainer.t_validation)
    return numbers


def loss(network: Any, x: Any, t: Any) -> float:
    """Return the network's loss, the mean over all samples; a part of them at a time."""
    starts = range(0, len(x), SAMPLES_AT_ONCE)
    parts = [(x[start : start + SAMPLES_AT_ONCE], t[start : start + SAMPLES_AT_ONCE]) for start in starts]
    return float(sum(number(network.loss(some_x, some_t)) * len(some_x) for some_x, some_t in parts) / len(x))


def counts_labels(network: Any) -> bool:
    """Return whether a network classifies, so that it has an accuracy."""
    return getattr(network, "counts_labels", True)


def accuracy_reached(trainer: Any) -> float:
    """Return the accuracy after the last epoch by which training may stop: in validation, else in the test."""
    if not trainer.history:
        return 0.0
    last = trainer.history[-1]
    return last.get("validation_accuracy", last["test_accuracy"])
