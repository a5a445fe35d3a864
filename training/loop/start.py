"""The network and the optimizer as they were before the first step."""

import copy
from typing import Any


def copy_of_start(trainer: Any) -> tuple[Any, Any] | None:
    """Return copies of a trainer's network and optimizer, None where they cannot be copied; the data are not."""
    data = (trainer.x_train, trainer.t_train, trainer.x_test, trainer.t_test)
    try:
        return copy.deepcopy((trainer.network, trainer.optimizer), {id(part): part for part in data})
    except Exception:  # anybody's object may fail to be copied in any way
        return None
