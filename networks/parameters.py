"""The parameters of all layers of a network, by name."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from layers import grads_of, state_of
from layers.naming import numbered


class Parameters(dict):
    """Arrays by name, each the very array that its layer holds.

    ``params["W1"] -= lr * grads["W1"]`` changes the layer's array; so do ``params["W1"] = W`` and
    ``params.update(W1=W)``, which copy W into it. ``copy.deepcopy(params)`` is a plain dictionary of copies.
    """

    def update(self, *others: Any, **named: np.ndarray) -> None:
        """Copy the given arrays into those of the same names."""
        for name, value in dict(*others, **named).items():
            self[name] = value

    def __ior__(self, other: Mapping[str, np.ndarray]) -> "Parameters":
        self.update(other)
        return self

    def __reduce__(self) -> tuple[type, tuple[dict[str, np.ndarray]]]:
        return dict, (dict(self),)

    def __setitem__(self, name: str, value: np.ndarray) -> None:
        if name not in self:
            raise KeyError(f"there is no parameter {name!r}; there are {', '.join(self)}")
        array = self[name]
        if value is array:
            return
        if np.shape(value) != array.shape:
            raise ValueError(f"{name} has shape {array.shape}, cannot take an array of shape {np.shape(value)}")
        array[...] = value


def collect_params(layers: Iterable[Any]) -> Parameters:
    """Return the parameters of the layers: ``W1 b1 W2 b2`` in the order of the layers."""
    return Parameters(
        (f"{key}{number}", param) for _, params, number in numbered(layers) for key, param in params.items()
    )


def collect_state(layers: Iterable[Any]) -> Parameters:
    """Return the arrays that layers with parameters change while they learn: ``running_mean1 running_var1``."""
    return Parameters(
        (f"{key}{number}", array) for layer, _, number in numbered(layers) for key, array in state_of(layer).items()
    )


def collect_grads(layers: Iterable[Any]) -> dict[str, np.ndarray]:
    """Return the gradients that the layers' ``backward`` left, under the names of :func:`collect_params`.

    Raises
    ------
    ValueError
        When a layer left none, or one of another shape than its parameter; an update would broadcast it.
    """
    collected = {}
    for layer, params, number in numbered(layers):
        grads = grads_of(layer)
        for key, param in params.items():
            grad = grads.get(key)
            if getattr(grad, "shape", None) != param.shape:
                came = "none" if grad is None else f"one of shape {np.shape(grad)}"
                raise ValueError(
                    f"{type(layer).__name__}: expected backward to leave the gradient of {key} with shape "
                    f"{param.shape}, got {came}"
                )
            collected[f"{key}{number}"] = grad
    return collected
