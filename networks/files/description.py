"""Layers as plain data, which a model file can hold, and layers made of such data again."""

from collections.abc import Iterator
from typing import Any

import numpy as np

import layers as project_layers


def describe_layers(network: Any) -> dict[str, Any]:
    """Return the descriptions of a network's layers by their names, and of its loss layer."""
    return {
        "layers": {name: describe(layer) for name, layer in network.layers.items()},
        "loss_layer": describe(network.loss_layer),
    }


def describe(layer: Any) -> dict[str, Any]:
    """Return a layer's class, its options, and the layers that it is made of, if any.

    >>> from layers import MaxPooling, Residual
    >>> describe(Residual(MaxPooling(3, 3, 1, 1)))["layers"]
    [{'class': 'MaxPooling', 'options': {'pool_h': 3, 'pool_w': 3, 'stride': 1, 'pad': 1}}]
    """
    options = {name: as_json(getattr(layer, name)) for name in getattr(layer, "option_names", ())}
    description: dict[str, Any] = {"class": type(layer).__name__, "options": options}
    if isinstance(layer, project_layers.Sequence):
        description["layers"] = [describe(inner) for inner in layer.layers]
    if getattr(layer, "projection", None) is not None:
        description["projection"] = describe(layer.projection)
    return description


def build(description: dict[str, Any], values: Iterator[np.ndarray]) -> Any:
    """Return the layer of a description, with copies of the next values as its parameters.

    Raises
    ------
    ValueError
        For a class that is no layer of the project, and an option that it does not have.
    """
    cls = layer_class(description["class"])
    options = dict(description["options"])
    unknown = set(options) - set(cls.option_names)
    if unknown:
        raise ValueError(f"{cls.__name__} has no option {', '.join(sorted(unknown))}")
    inner = [build(held, values) for held in description.get("layers", [])]
    if "projection" in description:
        options["projection"] = build(description["projection"], values)
    params = [next(values).copy() for _ in cls.param_names]
    return cls(*inner, *params, **options)


def layer_class(kind: str) -> Any:
    """Return the project's layer class of that name."""
    cls = getattr(project_layers, str(kind), None)
    if not (isinstance(cls, type) and issubclass(cls, project_layers.Layer)):
        raise ValueError(f"{kind!r} is not a layer of the project")
    return cls


def as_json(value: Any) -> Any:
    """Return a value as JSON holds it: a list for tuples and arrays, its name for a function, None for other objects.

    >>> as_json({"size": np.int64(3), "list": (1, 2.5), "array": np.zeros(2)})
    {'size': 3, 'list': [1, 2.5], 'array': [0.0, 0.0]}
    """
    if isinstance(value, dict):
        return {name: as_json(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_json(item) for item in value]
    if isinstance(value, (np.ndarray, np.generic)):
        return value.tolist()
    if callable(value):
        return getattr(value, "__name__", repr(value))
    return value if isinstance(value, (str, int, float, bool)) else None  # a generator given as a seed, say
