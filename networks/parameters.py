"""The parameters of all layers of a network, by name."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np

from layers import grads_of, params_of


class Parameters(dict):
    """Arrays by name, each the very array that its layer holds.

    ``params["W1"] -= lr * grads["W1"]`` changes the layer's array; so does ``params["W1"] = W``, which
    copies W into it.
    """

    def __setitem__(self, name: str, value: np.ndarray) -> None:
        array = self[name]
        if value is array:
            return
        if np.shape(value) != array.shape:
            raise ValueError(f"{name} has shape {array.shape}, cannot take an array of shape {np.shape(value)}")
        array[...] = value


def collect_params(layers: Mapping[str, Any]) -> Parameters:
    """Return the parameters of the layers: ``W1 b1 W2 b2`` in the order of the layers."""
    params = ((name, params_of(layer)[key]) for name, layer, key in numbered(layers))
    return Parameters(params)


def collect_grads(layers: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """Return the gradients that the layers' ``backward`` left, under the names of :func:`collect_params`.

    Raises
    ------
    ValueError
        When a layer left none, or one of another shape than its parameter; an update would broadcast it.
    """
    grads = {}
    for name, layer, key in numbered(layers):
        grad, param = grads_of(layer).get(key), params_of(layer)[key]
        if np.shape(grad) != param.shape:
            came = "none" if grad is None else f"one of shape {np.shape(grad)}"
            raise ValueError(
                f"{type(layer).__name__}: expected backward to leave the gradient of {key} with shape {param.shape}, "
                f"got {came}"
            )
        grads[name] = grad
    return grads


def numbered(layers: Mapping[str, Any]) -> list[tuple[str, Any, str]]:
    """Return (name in the network, layer, name in the layer) of every parameter.

    The parameters of one layer share a number, the first that is free for all of them: ``W1 b1`` for the
    first affine layer, ``gamma1 beta1`` for the first normalisation, ``W2 b2`` for the second affine layer.
    """
    used: Counter[str] = Counter()
    names = []
    for layer in layers.values():
        keys = list(params_of(layer))
        number = 1 + max((used[key] for key in keys), default=0)
        for key in keys:
            used[key] = number
            names.append((f"{key}{number}", layer, key))
    return names
