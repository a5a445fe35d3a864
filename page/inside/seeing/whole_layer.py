"""A layer as one node, with its parameters as inputs: what it hands back is what its own backward computes."""

import inspect
from typing import Any

import numpy as np

from graph.operations.operation import Gradients, Operation
from graph.values import Value


class WholeLayer(Operation):
    """A layer that is not taken apart.

    Parameters
    ----------
    layer : object with ``forward`` and ``backward``
    count : int
        How many inputs forward takes.
    params : list of str
        The parameters, which follow as inputs of the node.
    extra : tuple of array
        What forward takes besides, such as labels.
    """

    def __init__(self, layer: Any, count: int, params: list[str], extra: tuple[Any, ...] = ()) -> None:
        self.layer, self.count, self.params, self.extra = layer, count, params, extra
        self.symbol = type(layer).__name__
        self.handed_back: Gradients | None = None

    def forward(self, *values: Any) -> Value:
        """Return what the layer's forward returns."""
        return self.layer.forward(*(np.array(value) for value in values[: self.count]), *self.extra)

    def backward(self, dout: Value) -> Gradients:
        """Return dx, and the parameters' gradients that the layer leaves; backward is called once."""
        if self.handed_back is None:
            dx = own_backward(self.layer, dout)
            self.handed_back = (*(dx if isinstance(dx, tuple) else (dx,)), *map(self.gradient_of, self.params))
        return self.handed_back

    def gradient_of(self, name: str) -> Any:
        """Return the gradient that the layer has left for a parameter."""
        return gradient_left(self.layer, name)


def own_backward(layer: Any, dout: Any) -> Any:
    """Return what a layer's own backward returns; that of a loss may take no dout."""
    if np.ndim(dout) == 0 and float(dout) == 1.0:
        try:
            inspect.signature(layer.backward).bind()
        except TypeError:
            return layer.backward(float(dout))
        return layer.backward()
    return layer.backward(np.array(dout))


def gradient_left(layer: Any, name: str) -> Any:
    """Return the gradient of a parameter that backward left: ``dW``, or in a dictionary ``grads``; None without one."""
    grads = getattr(layer, "grads", None)
    own = getattr(layer, f"d{name}", None)
    return grads.get(name, own) if isinstance(grads, dict) else own
