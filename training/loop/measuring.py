"""What is measured after an epoch: accuracies, and losses where there is no accuracy or where samples are held out."""

from typing import Any

from layers.common.devices import number
from networks import Network
from networks.counting import count_right
from training.parallel.shares import gathered, share

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
        "train_accuracy": accuracy(trainer, trainer.x_train, trainer.t_train),
        "test_accuracy": accuracy(trainer, trainer.x_test, trainer.t_test),
    }
    if not counts_labels(network):
        numbers["test_loss"] = loss(network, trainer.x_test, trainer.t_test, trainer.parallel)
    if trainer.x_validation is not None:
        numbers["validation_accuracy"] = accuracy(trainer, trainer.x_validation, trainer.t_validation)
        numbers["validation_loss"] = loss(network, trainer.x_validation, trainer.t_validation, trainer.parallel)
    return numbers


def accuracy(trainer: Any, x: Any, t: Any) -> float | None:
    """Return the network's accuracy, or None where it has none; several processes count a share each."""
    network = trainer.network
    if trainer.parallel is None or getattr(type(network), "accuracy", None) is not Network.accuracy:
        return trainer.accuracy(x, t)
    if not counts_labels(network):
        return None
    right = [count_right(network, x[part], t[part], SAMPLES_AT_ONCE) for part in share(parts_of(x), trainer.parallel)]
    return sum(gathered(right, trainer.parallel)) / len(x)


def loss(network: Any, x: Any, t: Any, parallel: Any = None) -> float:
    """Return the network's loss, the mean over all samples; a part of them at a time, added in their order."""
    of_parts = [number(network.loss(x[part], t[part])) * len(x[part]) for part in share(parts_of(x), parallel)]
    return float(sum(gathered(of_parts, parallel)) / len(x))


def parts_of(x: Any) -> list[slice]:
    """Return the parts of samples that are looked at at once; the same for any number of processes."""
    return [slice(start, start + SAMPLES_AT_ONCE) for start in range(0, len(x), SAMPLES_AT_ONCE)]


def counts_labels(network: Any) -> bool:
    """Return whether a network classifies, so that it has an accuracy."""
    return getattr(network, "counts_labels", True)


def accuracy_reached(trainer: Any) -> float:
    """Return the accuracy after the last epoch by which training may stop: in validation, else in the test."""
    if not trainer.history:
        return 0.0
    last = trainer.history[-1]
    return last.get("validation_accuracy", last["test_accuracy"])
