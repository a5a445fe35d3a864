"""Where a layer is looked at, what it gives there, and the error where it gives nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from language import _


class Point(NamedTuple):
    """Where a layer is looked at: its inputs, and its parameters by name (those not named are as they were)."""

    inputs: tuple[Any, ...]
    params: dict[str, np.ndarray] = {}  # noqa: RUF012 - never changed

    def of_samples(self, rows: Sequence[int] | np.ndarray, batch: int, axis: int = 0) -> "Point":
        """Return the point with some of its samples along an axis, ``batch`` being how many there are."""
        inputs = (
            np.take(x, rows, axis) if isinstance(x, np.ndarray) and x.ndim and x.shape[axis] == batch else x
            for x in self.inputs
        )
        return Point(tuple(inputs), self.params)


class LayerRaised(Exception):
    """The layer raised: which call, with what, and the exception as its cause.

    ``place`` is where that was, and the statement there, if the exception came from another process.
    """

    def __init__(self, call: str, error: Exception, place: tuple[str, str] | None = None) -> None:
        super().__init__(_("{call} raised {kind}: {error}", call=call, kind=type(error).__name__, error=_(str(error))))
        self.call, self.error, self.place = call, error, place


@dataclass
class Run:
    """What one forward and backward gave, and which of the arrays of others it changed."""

    outputs: list[np.ndarray]
    gradients: dict[str, np.ndarray | None] = field(default_factory=dict)
    overwritten: dict[str, str] = field(default_factory=dict)  # what was changed -> the call that did it
