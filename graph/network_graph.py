"""The graph of a network: one node a layer."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from graph.operations.operation import Gradients, Operation
from graph.values import Value
from graph.variable import Constant, Variable


class LayerNode(Operation):
    """A layer as a node: forward and backward are the layer's own.

    Parameters
    ----------
    layer : object with ``forward`` and ``backward``
    symbol : str
        The layer's name in its network.
    """

    def __init__(self, layer: Any, symbol: str) -> None:
        self.layer, self.symbol = layer, symbol

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return what the layer's forward returns."""
        return self.layer.forward(x)

    def backward(self, dout: Value) -> Gradients:
        """Return what the layer's backward returns; it leaves the parameters' gradients in the layer."""
        return (self.layer.backward(np.array(dout)),)  # a copy: the book's ReLU writes into it


class LossNode(Operation):
    """A loss layer as a node; the right answers get no gradient.

    Parameters
    ----------
    layer : object with ``forward(x, t)`` and ``backward(dout)``
    symbol : str
    t : array
        The right answers as they came, integers or not.
    """

    def __init__(self, layer: Any, symbol: str, t: Any) -> None:
        self.layer, self.symbol, self.t = layer, symbol, t

    def forward(self, x: np.ndarray, t: np.ndarray) -> Value:
        """Return the loss."""
        return self.layer.forward(x, self.t)

    def backward(self, dout: Value) -> Gradients:
        """Return dL/dx."""
        return self.layer.backward(dout), None


def from_network(network: Any, x: Any, t: Any) -> Variable:
    """Return the loss of a network as the output of a graph with one node a layer.

    What lies between two layers is a Variable. After ``loss.backward()`` its ``grad`` says what came back there, so
    that one sees where a gradient vanishes; the layers then hold ``dW`` and ``db``, as after ``network.gradient``.

    The layers keep the values of one forward: call backward before the network computes anything else. What a network
    adds to the loss outside of its layers, such as the weight decay of ``MultiLayerNet``, is not in the graph.

    Parameters
    ----------
    network : object with ``layers`` and ``loss_layer``
        A mapping of names to layers with ``forward(x)`` and ``backward(dout)``, and a layer with ``forward(x, t)``.
    x : array, shape (N, ...)
    t : array
        The right answers, as the loss layer takes them.

    Raises
    ------
    TypeError
        When network has no layers or no loss layer.
    ValueError
        When one layer stands in two places.

    Examples
    --------
    >>> from layers import Affine, IdentityWithLoss, ReLU
    >>> from networks import Network
    >>> network = Network([Affine(np.array([[2.0]]), np.zeros(1)), ReLU()], IdentityWithLoss())
    >>> loss = from_network(network, np.array([[1.0]]), np.array([[5.0]]))
    >>> loss.backward()
    >>> y = loss.creator.inputs[0]
    >>> y
    Variable(array([[2.]]), made by ReLU1, grad=array([[-3.]]))
    >>> network.layers["Affine1"].dW
    array([[-3.]])
    """
    check_network("from_network", network)
    y = x if isinstance(x, Variable) else Variable(x, "x")
    for name, layer in network.layers.items():
        if hasattr(layer, "training"):
            layer.training = True
        y = Variable.record(LayerNode(layer, name), y)
    loss_node = LossNode(network.loss_layer, type(network.loss_layer).__name__, t)
    return Variable.record(loss_node, y, Constant(t, "t"))


def check_network(who: str, network: Any) -> None:
    """Raise unless network has named layers, each an object of its own, and a loss layer."""
    if not isinstance(getattr(network, "layers", None), Mapping) or not hasattr(network, "loss_layer"):
        raise TypeError(
            f"{who}: expected a network with layers, a mapping of names to layers, and a loss_layer; got {network!r}"
        )
    places: dict[int, str] = {}
    for name, layer in network.layers.items():
        if id(layer) in places:
            raise ValueError(
                f"{who}: {places[id(layer)]} and {name} are the same object; a layer keeps the values of only one "
                "forward, so each place in the network needs its own layer"
            )
        places[id(layer)] = name
