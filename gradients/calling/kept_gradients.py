"""Networks that return their loss and keep all gradients at once, as ``compute_loss_and_gradients(X, y)`` does."""

import copy
import inspect
from typing import Any

from gradients.calling.calls import Calls
from gradients.calling.functions import returns_several


class KeptGradients(Calls):
    """A network in the shape of a layer: its forward is asked of a copy, so that gradients come with backward.

    Parameters
    ----------
    network : object
    method : str
        Returns the loss, and leaves the gradients in the network.
    """

    def __init__(self, network: Any, method: str) -> None:
        super().__init__(type(network).__name__)
        self.wrapped_layer, self.method = network, method
        self.signatures = inspect.signature(getattr(network, method)), inspect.Signature()
        self.seen: tuple[Any, ...] = ()

    def call_forward(self, *inputs: Any, **named: Any) -> Any:
        """Return the loss."""
        self.seen = inputs
        return getattr(copy.deepcopy(self.wrapped_layer), self.method)(*inputs, **named)

    def call_backward(self, *arguments: Any, **named: Any) -> Any:
        """Leave the gradients in the network."""
        getattr(self.wrapped_layer, self.method)(*self.seen)


def with_kept_gradients(thing: Any, pairs: list[tuple[str, str, bool]]) -> tuple[Any, list[tuple[str, str, bool]]]:
    """Return a thing and its methods; a network whose one method keeps the gradients in the shape of a layer."""
    method, backward, _ = pairs[0]
    if backward or "grad" not in method or returns_several(getattr(thing, method)):
        return thing, pairs
    return KeptGradients(thing, method), [("forward", "backward", False)]
