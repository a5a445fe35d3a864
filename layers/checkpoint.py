"""Gradient checkpointing: less memory for more arithmetic."""

from typing import Any

import numpy as np

from layers.base import generators_of, params_of, state_of
from layers.checks import require_forward
from layers.naming import leaves
from layers.sequence import Sequence


class Checkpoint(Sequence):
    """Layers of which forward keeps nothing but the input; backward computes the rest again.

    Backward needs the values that forward passed through, and keeping them is what fills the memory: n layers keep n
    arrays. Cut into parts of k layers each, a network keeps the n/k inputs of the parts, and while backward is in one
    part, the k arrays of that part. With k near the square root of n both are small. The price is one more forward.

    The second forward gives the very values of the first: random generators, such as that of dropout, are set back for
    it, and running statistics, such as those of batch normalisation, are not counted twice.

    Parameters
    ----------
    *layers : layer
        Any objects with ``forward(x)`` and ``backward(dout)``. What a forward leaves for later forwards must be a
        ``numpy.random.Generator`` or one of the arrays in ``state_names``; anything else that it keeps is dropped.

    Source: T. Chen et al., "Training Deep Nets with Sublinear Memory Cost", 2016, section 4.

    Examples
    --------
    >>> from layers import Sigmoid
    >>> layer = Checkpoint(Sigmoid(), Sigmoid())
    >>> y = layer.forward(np.array([[0.0]]))
    >>> [hasattr(inner, "dydx") for inner in layer.layers]
    [False, False]
    >>> print(layer.backward(np.array([[1.0]])).round(4))
    [[0.0588]]
    """

    def forward(self, x: np.ndarray, training: bool | None = None) -> np.ndarray:
        """Return the output of the last layer, and keep x alone."""
        self.x, self.asked = x, training
        self.start = [Memory(layer) for layer in leaves(self.sublayers)]
        y = super().forward(x, training)
        for memory in self.start:
            memory.forget()
        return y

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Go forward again from x, then backward; have every layer store its gradients, return dL/dx."""
        require_forward(self, "start")
        now = [Memory(layer) for layer in leaves(self.sublayers)]
        for memory in self.start:
            memory.rewind()
        super().forward(self.x, self.asked)
        dx = super().backward(dout)
        for memory in now:
            memory.forget()
            memory.rewind()
        return dx


class Memory:
    """What a layer held at some moment."""

    def __init__(self, layer: Any) -> None:
        self.layer = layer
        self.attributes = dict(vars(layer))
        self.training = getattr(layer, "training", None)
        self.state = {name: array.copy() for name, array in state_of(layer).items()}
        self.generators = [(generator, generator.bit_generator.state) for generator in generators_of(layer)]

    def forget(self) -> None:
        """Drop from the layer what it has kept since, except its state and its gradients."""
        lasting = {*state_of(self.layer), "grads", *(f"d{name}" for name in params_of(self.layer))}
        kept = {name: value for name, value in vars(self.layer).items() if name in lasting}
        vars(self.layer).clear()
        vars(self.layer).update(self.attributes | kept)

    def rewind(self) -> None:
        """Put the layer's state, its generators and its mode back to what they were."""
        for name, array in state_of(self.layer).items():
            array[...] = self.state[name]
        for generator, state in self.generators:
            generator.bit_generator.state = state
        if getattr(self.layer, "training", None) != self.training:
            self.layer.training = self.training
