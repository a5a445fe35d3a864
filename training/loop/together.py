"""Trainers in several processes: what computes their gradients, and that they are the same."""

import hashlib
import math
from typing import Any

import numpy as np

from language import _
from training.optimizers import OPTIMIZERS
from training.optimizers.clipping import clip_gradient_norm, euclidean_norm, once_each
from training.parallel.group import require_same
from training.parallel.ranks import ranks_of
from training.parallel.shards import Shards
from training.parallel.shares import of_first


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


def clip_together(grads: dict[str, np.ndarray], max_norm: float, communicator: Any) -> None:
    """Clip gradients as :func:`training.clip_gradient_norm` does, in all processes by the norm of the first.

    Processors of another kind add up in another order, so that the norm of each, and by that its parameters, could be
    another.
    """
    if communicator is None or communicator.size == 1:
        clip_gradient_norm(grads, max_norm)
        return
    norm = of_first(math.hypot(*(euclidean_norm(grad) for grad in grads.values())), communicator)
    factor = max_norm / (norm + 1e-6)
    if factor < 1:
        for grad in once_each(grads):
            grad *= factor


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
