"""Trainers in several processes: what computes their gradients, and that they are the same."""

import hashlib
from typing import Any

import numpy as np

from language import _
from training.optimizers import OPTIMIZERS
from training.parallel.group import require_same
from training.parallel.ranks import ranks_of
from training.parallel.shards import Shards


def shared_gradients(trainer: Any) -> Shards | None:
    """Return what computes a batch's gradient in shards, with other processes or alone; None where there are no shards.

    Our optimizers only read gradients, and keep none. So processes on one machine may lend them each other.
    """
    if trainer.shards is None:
        return None
    size = trainer.batch_size // trainer.shards
    if trainer.parallel is None:
        return Shards(trainer.network, size)
    lends = trainer.clip_norm is None and type(trainer.optimizer) in OPTIMIZERS.values()
    return ranks_of(trainer.network, size, trainer.parallel, lends)


def require_same_trainers(trainer: Any) -> None:
    """Raise ValueError unless all processes that train together begin with the same, and in the same order."""
    if trainer.parallel is None or trainer.parallel.size == 1:
        return
    params = hashlib.sha256(b"".join(np.asarray(param).tobytes() for param in trainer.network.params.values()))
    lengths = [len(some) for some in (trainer.x_train, trainer.x_test, trainer.x_validation) if some is not None]
    sizes = (lengths, trainer.batch_size, trainer.shards, trainer.epochs, trainer.checkpoint_every, trainer.clip_norm)
    require_same(
        trainer.parallel,
        {
            _("the network's parameters"): params.hexdigest(),
            _("the seed"): str(trainer.rng.bit_generator.state),
            _("the number of samples, epochs or shards"): str(sizes),
            _("the number of steps made"): (trainer.step, trainer.batch, len(trainer.history)),
        },
    )
