"""Layers that take a list of arrays, ``forward([a, b])``, in the shape of one that takes two arrays."""

from typing import Any

import numpy as np

from gradients.calling.calls import Calls, of_names, without
from gradients.calling.suitable import fits
from gradients.measuring.subject import Subject


class OfList(Calls):
    """A layer that is given its two inputs in a list, and whose backward returns the gradient of each in one.

    Parameters
    ----------
    layer : object
    forward, backward : str
        The names of its methods.
    """

    def __init__(self, layer: Any, forward: str, backward: str) -> None:
        super().__init__(type(layer).__name__)
        self.wrapped_layer, self.verbs = layer, (forward, backward)
        self.signatures = of_names("a", "b"), without(getattr(layer, backward))

    def call_forward(self, *arrays: np.ndarray) -> Any:
        """Return the output for a list of these arrays."""
        return getattr(self.wrapped_layer, self.verbs[0])(list(arrays))

    def call_backward(self, *arguments: Any) -> Any:
        """Return the gradients."""
        return getattr(self.wrapped_layer, self.verbs[1])(*arguments)


def may_take_a_list(subject: Subject) -> bool:
    """Return whether a layer may be meant for a list of arrays, as that is what its backward returns for one array."""
    returned = subject.first_returned
    if len(subject.point.inputs) != 1 or subject.slots or not isinstance(returned, (list, tuple)):
        return False
    return len(returned) > 1 and all(isinstance(part, np.ndarray) for part in returned) and not fits(subject)
