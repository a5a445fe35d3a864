"""Whether a layer learns or predicts, told in the way that it understands."""

import functools
import inspect
from typing import Any

import numpy as np

# Names of forward's second argument that says so; the second is that of *Deep Learning from Scratch*.
FLAGS = ("training", "train_flg", "train_flag", "is_training", "train")


def forward_in_mode(layer: Any, x: np.ndarray, training: bool) -> np.ndarray:
    """Return ``layer.forward(x)``, and tell it whether it is part of learning where forward alone can be told.

    A layer with an attribute ``training`` has been told by it. One without, as in *Deep Learning from Scratch*, may
    have a second argument of forward for it.

    >>> class Dropped:
    ...     def forward(self, x, train_flg=True):
    ...         return 0 * x if train_flg else x
    >>> forward_in_mode(Dropped(), np.ones(2), training=False)
    array([1., 1.])
    """
    if not hasattr(layer, "training"):
        flag = flag_of(type(layer))
        if flag is not None:
            return layer.forward(x, **{flag: training})
    return layer.forward(x)


@functools.lru_cache(maxsize=256)
def flag_of(kind: type) -> str | None:
    """Return the name of the argument by which a class's forward is told, None where it has none."""
    try:
        parameters = inspect.signature(kind.forward).parameters
    except (AttributeError, TypeError, ValueError):
        return None
    return next((name for name in FLAGS if name in parameters), None)
