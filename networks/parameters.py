"""The parameters of all layers of a network, by name."""

import operator
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np

from layers import Layer, grads_of, params_of, state_of
from layers.common.devices import put
from layers.common.parameter_names import numbered_parameters


class Parameters(dict[str, np.ndarray]):
    """Arrays by name, each the very array that its layer holds.

    ``params["W1"] -= lr * grads["W1"]`` changes the layer's array; so do ``params["W1"] = W`` and
    ``params.update(W1=W)``, which copy W into it. ``copy.deepcopy(params)`` is a plain dictionary of copies.
    """

    def update(self, *others: Any, **named: np.ndarray) -> None:
        """Copy the given arrays into those of the same names."""
        for name, value in dict(*others, **named).items():
            self[name] = value

    def __ior__(self, other: Mapping[str, np.ndarray]) -> "Parameters":  # type: ignore[override, misc]
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
        put(array, value)


class ParameterEntry(NamedTuple):
    """A parameter: ``getattr(layer, key)`` is the array, ``getattr(layer, gradient)`` its gradient."""

    name: str
    layer: Any
    key: str
    gradient: str


class ParameterLookup:
    """Finds the parameters of a network once, and remembers them for as long as its layers are the same objects.

    Naming the parameters takes longer than anything else that a small network's step does in plain Python. Only layers
    that keep to :class:`layers.Layer` are remembered; others may change what they have, and are asked each time.
    """

    def __init__(self) -> None:
        self.layers: list[Any] = []
        self.found: list[ParameterEntry] | None = None

    def entries(self, layers: Iterable[Any]) -> list[ParameterEntry] | None:
        """Return the parameters of the layers, None where they have to be asked for each time."""
        layers = list(layers)
        if len(layers) != len(self.layers) or any(map(operator.is_not, layers, self.layers)):
            self.layers = layers
            self.found = find_parameters(layers) if all(map(is_plain, layers)) else None
        return self.found

    def params(self, layers: Iterable[Any]) -> dict[str, np.ndarray]:
        """Return what :func:`collect_params` returns, as a plain dictionary."""
        found = self.entries(layers)
        return collect_params(layers) if found is None else {name: getattr(layer, key) for name, layer, key, _ in found}

    def grads(self, layers: Iterable[Any]) -> dict[str, np.ndarray]:
        """Return what :func:`collect_grads` returns."""
        found = self.entries(layers)
        if found is None:
            return collect_grads(layers)
        return {
            name: checked_gradient(layer, key, getattr(layer, key), getattr(layer, gradient, None))
            for name, layer, key, gradient in found
        }


def is_plain(layer: Any) -> bool:
    """Return whether a layer's parameters are the attributes that its class names."""
    kind = type(layer)
    return isinstance(layer, Layer) and kind.params is Layer.params and kind.grads is Layer.grads


def find_parameters(layers: Iterable[Any]) -> list[ParameterEntry]:
    """Return the parameters, in the order of the layers."""
    return [
        ParameterEntry(f"{key}{number}", layer, key, f"d{key}")
        for layer, params, number in numbered_parameters(layers)
        for key in params
    ]


def collect_params(layers: Iterable[Any]) -> Parameters:
    """Return the parameters of the layers: ``W1 b1 W2 b2`` in the order of the layers."""
    return Parameters(
        (f"{key}{number}", param) for _, params, number in numbered_parameters(layers) for key, param in params.items()
    )


def collect_state(layers: Iterable[Any]) -> Parameters:
    """Return the arrays that layers with parameters change while they learn: ``running_mean1 running_var1``."""
    return Parameters(
        (f"{key}{number}", array)
        for layer, _, number in numbered_parameters(layers)
        for key, array in state_of(layer).items()
    )


def collect_grads(layers: Iterable[Any]) -> dict[str, np.ndarray]:
    """Return the gradients that the layers' ``backward`` left, under the names of :func:`collect_params`.

    Raises
    ------
    ValueError
        When a layer left none, or one of another shape than its parameter; an update would broadcast it.
    """
    collected = {}
    for layer, params, number in numbered_parameters(layers):
        grads = grads_of(layer)
        for key, param in params.items():
            collected[f"{key}{number}"] = checked_gradient(layer, key, param, grads.get(key))
    return collected


def checked_gradient(layer: Any, key: str, param: np.ndarray, grad: Any) -> np.ndarray:
    """Return a gradient, or raise ValueError when it has not its parameter's shape."""
    if getattr(grad, "shape", None) != param.shape:
        came = "none" if grad is None else f"one of shape {np.shape(grad)}"
        raise ValueError(
            f"{type(layer).__name__}: expected backward to leave the gradient of {key} with shape "
            f"{param.shape}, got {came}"
        )
    return grad


def convert_params(layer: Any, dtype: type) -> None:
    """Replace each parameter of a layer by a copy of that dtype, in its attributes and in its dictionary."""
    own = params_of(layer)
    for name, param in list(own.items()):
        own[name] = param.astype(dtype)
        if hasattr(layer, name):
            setattr(layer, name, own[name])
    for name, array in state_of(layer).items():
        setattr(layer, name, array.astype(dtype))
