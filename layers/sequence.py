"""Several layers as one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from layers.common.base import Layer, grads_of
from layers.common.parameter_names import leaves, members, numbered
from layers.common.training_mode import forward_in_mode


class Sequence(Layer):
    """Layers one behind the other, as one layer: ``y = f_n(... f_2(f_1(x)))``.

    The chain rule multiplies the derivatives, from the last layer to the first::

        dL/dx = backward_1(backward_2(... backward_n(dout)))

    Parameters
    ----------
    *layers : layer
        Any objects with ``forward(x)`` and ``backward(dout)``, at least one.

    Attributes
    ----------
    layers : tuple of layer
    params, grads : dict
        The parameters of all layers, ``W1 b1 W2 b2``, and their gradients by the same names.
    training : bool
        Setting it sets that of every layer.

    Examples
    --------
    >>> from layers import Affine, ReLU
    >>> layer = Sequence(Affine(np.array([[1.0, -1.0]]), np.zeros(2)), ReLU())
    >>> layer.forward(np.array([[2.0]]))
    array([[2., 0.]])
    >>> layer.backward(np.array([[1.0, 1.0]]))
    array([[1.]])
    >>> layer.grads
    {'W1': array([[2., 0.]]), 'b1': array([1., 0.])}
    """

    def __init__(self, *layers: Any) -> None:
        if not layers:
            raise ValueError(f"{type(self).__name__}: expected at least one layer, got none")
        self.layers = layers
        refuse_what_is_no_layer(type(self).__name__, self.sublayers)

    @property
    def sublayers(self) -> tuple[Any, ...]:
        """All layers that this one is made of."""
        return self.layers

    def forward(self, x: np.ndarray, training: bool | None = None) -> np.ndarray:
        """Return the output of the last layer."""
        with self.mode(training):
            for layer in self.layers:
                x = forward_in_mode(layer, x, self.training)
        return x

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Have every layer store its gradients, return dL/dx."""
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        return dout

    @property
    def params(self) -> dict[str, np.ndarray]:
        """The parameters of all layers by name."""
        return {
            f"{key}{number}": param for _, params, number in numbered(self.sublayers) for key, param in params.items()
        }

    @property
    def grads(self) -> dict[str, np.ndarray | None]:
        """The gradients of all layers by the parameter's name, None before the first ``backward``."""
        return {
            f"{key}{number}": grads_of(layer).get(key)
            for layer, params, number in numbered(self.sublayers)
            for key in params
        }

    @property
    def training(self) -> bool:
        """True while the network learns, False while it predicts; the same for every layer."""
        return vars(self).get("_training", True)

    @training.setter
    def training(self, training: bool) -> None:
        self._training = training
        for layer in self.sublayers:
            if hasattr(layer, "training"):
                layer.training = training

    @contextmanager
    def mode(self, training: bool | None) -> Iterator[None]:
        """Let the layers learn or predict, as the argument of one forward says; None leaves them as they are."""
        if training is None:
            yield
            return
        before = [(layer, layer.training) for layer in (self, *members(self.sublayers)) if hasattr(layer, "training")]
        self.training = self.learns(training)
        try:
            yield
        finally:
            for layer, its_own in before:  # those within come after those that hold them
                layer.training = its_own


def refuse_what_is_no_layer(who: str, layers: tuple[Any, ...]) -> None:
    """Raise unless all are layers, each a different object: one keeps the values of its last forward only."""
    places: dict[int, int] = {}
    for place, layer in enumerate(layers, start=1):
        if isinstance(layer, type) or not (hasattr(layer, "forward") and hasattr(layer, "backward")):
            raise TypeError(f"{who}: a layer needs forward and backward, got {layer!r} in place {place}")
        for leaf in leaves([layer]):
            if id(leaf) in places:
                raise ValueError(
                    f"{who}: the {type(leaf).__name__} in place {place} stands in place {places[id(leaf)]} too; "
                    "a layer keeps the values of one forward, so each place needs a layer of its own"
                )
            places[id(leaf)] = place
