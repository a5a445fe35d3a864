"""Gradient checkpointing: less memory for more arithmetic."""

from typing import Any

import numpy as np

from layers.common.base import params_of, state_of
from layers.common.checks import require_forward
from layers.common.generators import generators_of, set_states, states_of
from layers.common.sublayers import all_layers
from layers.common.training_mode import modes_of, set_modes
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
        random generator of NumPy's or running statistics (:func:`layers.state_of`); all else that it keeps is dropped.

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

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return the output of the last layer, and keep x alone."""
        self.x, self.start = x, Memory(self)
        try:
            return super().forward(x)
        finally:
            self.start.forget()

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Go forward again from x, then backward; have every layer store its gradients, return dL/dx."""
        require_forward(self, "start")
        now = Memory(self)
        self.start.rewind()
        try:
            super().forward(self.x)
            return super().backward(dout)
        finally:
            now.forget()
            now.rewind()


class Memory:
    """What the layers that another is made of hold at some moment."""

    def __init__(self, made_of_others: Any) -> None:
        self.layers = [LayerMemory(layer) for layer in all_layers(made_of_others.sublayers)]
        self.modes = modes_of((made_of_others,))
        self.generators = generators_of(made_of_others.sublayers)
        # NumPy's functions, such as np.random.rand, draw from a generator that all share.
        self.states, (self.shared_state,) = states_of(self.generators), states_of([np.random])

    def forget(self) -> None:
        """Drop from the layers what they have kept since, except their state and their gradients."""
        for memory in self.layers:
            memory.forget()

    def rewind(self) -> None:
        """Put state, random generators and modes back to what they were."""
        for memory in self.layers:
            memory.rewind()
        set_modes(self.modes)
        set_states([*self.generators, np.random], [*self.states, self.shared_state])


class LayerMemory:
    """What one layer holds at some moment."""

    def __init__(self, layer: Any) -> None:
        if not hasattr(layer, "__dict__"):
            raise TypeError(
                f"Checkpoint: {type(layer).__name__} has __slots__, so the values it keeps cannot be dropped"
            )
        self.layer, self.attributes = layer, dict(vars(layer))
        self.made_of_others = hasattr(layer, "sublayers")
        self.state = {name: array.copy() for name, array in state_of(layer).items()}

    def forget(self) -> None:
        """Drop what the layer has kept since, except its state and its gradients."""
        own = () if self.made_of_others else (f"d{name}" for name in params_of(self.layer))
        lasting = {*state_of(self.layer), "grads", *own}
        kept = {name: value for name, value in vars(self.layer).items() if name in lasting}
        vars(self.layer).clear()
        vars(self.layer).update(self.attributes | kept)

    def rewind(self) -> None:
        """Put the layer's state back."""
        for name, array in state_of(self.layer).items():
            if name in self.state:
                array[...] = self.state[name]
            else:
                setattr(self.layer, name, None)  # made by the first forward
