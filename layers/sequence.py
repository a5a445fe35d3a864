"""Several layers as one."""

from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

from layers.common.base import Layer, grads_of
from layers.common.parameter_names import numbered_parameters
from layers.common.sublayers import used_twice
from layers.common.training_mode import forward_as_told, takes_mode


class Sequence(Layer):
    """Layers one behind the other, as one layer: ``y = f_n(...(f_2(f_1(x))))``.

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

    checks: ClassVar[dict[str, Callable[..., Any]]] = {"forward": takes_mode}

    def __init__(self, *layers: Any) -> None:
        if not layers:
            raise ValueError(f"{type(self).__name__}: expected at least one layer, got none")
        self.layers = layers
        check_layers(type(self).__name__, self.sublayers)

    @property
    def sublayers(self) -> tuple[Any, ...]:
        """All layers that this one is made of."""
        return self.layers

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return the output of the last layer."""
        for layer in self.layers:
            x = forward_as_told(layer, x, self.training)
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
            f"{key}{number}": param
            for _, params, number in numbered_parameters(self.sublayers)
            for key, param in params.items()
        }

    @property
    def grads(self) -> dict[str, np.ndarray | None]:
        """The gradients of all layers by the parameter's name, None before the first ``backward``."""
        return {
            f"{key}{number}": grads_of(layer).get(key)
            for layer, params, number in numbered_parameters(self.sublayers)
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


def check_layers(who: str, layers: tuple[Any, ...]) -> None:
    """Raise unless all are layers, each a different object."""
    for place, layer in enumerate(layers, start=1):
        if isinstance(layer, type) or not (hasattr(layer, "forward") and hasattr(layer, "backward")):
            raise TypeError(f"{who}: a layer needs forward and backward, got {layer!r} in place {place}")
    found = used_twice((str(place), layer) for place, layer in enumerate(layers, start=1))
    if found is not None:
        layer, first, second = found
        raise ValueError(
            f"{who}: the {type(layer).__name__} in place {second} stands in place {first} too; "
            "a layer keeps the values of only one forward, so each place needs its own layer"
        )
