"""How many threads compute the matrix products of a training."""

from typing import Any

from layers.common.threads import current_threads, is_set_by_user
from networks.threads import threads_for_steps


def suitable_threads(trainer: Any) -> int | None:
    """Return what suits the sizes of a step, or, where the user has set a number, that."""
    samples = trainer.batch_size // (trainer.shards or 1)
    shape = samples, *getattr(trainer.x_train, "shape", ())[1:]
    return current_threads() if is_set_by_user() else threads_for_steps(trainer.network, shape)
