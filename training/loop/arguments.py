"""What a Trainer refuses before it begins."""

import math
from typing import Any

from datasets.minibatches import check_samples
from language import _
from layers.common.generators import generators_of, set_states, states_of
from layers.common.options import is_whole_number
from training.loop.inspection import layers_of
from training.loop.measuring import counts_labels
from training.optimizers.clipping import check_max_norm

MAY_BE_NONE = ("checkpoint_every", "threads", "shards")


def check_arguments(trainer: Any) -> None:
    """Raise ValueError for arguments of a :class:`training.Trainer` that make no sense."""
    check_samples(trainer.x_train, trainer.t_train)
    check_samples(trainer.x_test, trainer.t_test)
    if (trainer.x_validation is None) != (trainer.t_validation is None):
        raise ValueError(_("x_validation and t_validation belong together, and one of them is missing"))
    if trainer.x_validation is not None:
        check_samples(trainer.x_validation, trainer.t_validation)
    for name in ("epochs", "batch_size", *MAY_BE_NONE):
        value = getattr(trainer, name)
        if not (is_whole_number(value, least=1) or (name in MAY_BE_NONE and value is None)):
            raise ValueError(_("{name} must be a whole number of at least 1, got {value}", name=name, value=value))
    check_shards(trainer)
    check_target(trainer.target_accuracy, counts_labels(trainer.network))
    if trainer.clip_norm is not None:
        check_max_norm(trainer.clip_norm)
    if trainer.schedule is not None and getattr(trainer.optimizer, "lr", None) is None:
        name = type(trainer.optimizer).__name__
        raise ValueError(_("a schedule changes the learning rate lr of the optimizer, but {name} has none", name=name))


def check_shards(trainer: Any) -> None:
    """Raise ValueError unless batches can be cut into shards, and these be shared among the processes."""
    shards, batch_size = trainer.shards, trainer.batch_size
    if shards is None and trainer.parallel is not None:
        raise ValueError(_("several processes share the shards of a batch; say how many with shards"))
    if shards is None:
        return
    if getattr(trainer.network, "device", "cpu") != "cpu":
        raise ValueError(_("shards are for processes that compute with NumPy; leave them out on a GPU"))
    if batch_size % shards:
        fitting = [n for n in range(1, batch_size + 1) if batch_size % n == 0]
        nearest = min(fitting, key=lambda n: abs(n - shards))
        said = _("{shards} shards do not divide a batch of {batch_size}; {nearest} would, for example")
        raise ValueError(said.format(shards=shards, batch_size=batch_size, nearest=nearest))
    ranks = 1 if trainer.parallel is None else trainer.parallel.size
    if ranks > shards:
        said = _("there are {ranks} processes and {shards} shards; each process needs at least one")
        raise ValueError(said.format(ranks=ranks, shards=shards))


def check_target(accuracy: float | None, counts_labels: bool) -> None:
    """Raise ValueError unless the accuracy at which training stops can be reached."""
    if accuracy is not None and not 0 < accuracy <= 1:
        raise ValueError(_("the target accuracy must lie in (0, 1], got {accuracy}", accuracy=accuracy))
    if accuracy is not None and not counts_labels:
        raise ValueError(_("a target accuracy needs a network that classifies; this one does regression"))


def check_test_samples(trainer: Any) -> None:
    """Raise an error for test or validation samples that do not fit the network, before anything was learned."""
    network = trainer.network
    generators = generators_of(layers_of(network))
    states = states_of(generators)
    trainer.accuracy(trainer.x_test[:1], trainer.t_test[:1])
    if not counts_labels(network):
        network.loss(trainer.x_test[:1], trainer.t_test[:1])
    if trainer.x_validation is not None:
        network.loss(trainer.x_validation[:1], trainer.t_validation[:1])
    set_states(generators, states)


def check_factor(factor: float, step: int) -> None:
    """Raise ValueError unless a schedule returned a share of the learning rate."""
    if not (math.isfinite(factor) and factor >= 0):
        raise ValueError(
            _("the schedule must return a factor of at least 0, got {factor} at step {step}", factor=factor, step=step)
        )
