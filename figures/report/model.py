"""The trained network as data, from which the page works out its forward pass."""

from typing import Any

import numpy as np

import layers as project_layers
from figures.report.plain import as_base64, plain
from layers import params_of, state_of
from networks.files.description import describe
from networks.layer_names import name_layers


class Weights:
    """Arrays that are put behind each other, as float32.

    >>> weights = Weights()
    >>> weights.add(np.ones((2, 3))), weights.add(np.zeros(4))
    ({'start': 0, 'shape': [2, 3]}, {'start': 6, 'shape': [4]})
    """

    def __init__(self) -> None:
        self.arrays: list[np.ndarray] = []
        self.size = 0

    def add(self, array: np.ndarray) -> dict[str, Any]:
        """Put an array behind the others, and return where it starts and its shape."""
        place = {"start": self.size, "shape": list(array.shape)}
        self.arrays.append(array.ravel())
        self.size += array.size
        return place

    def text(self) -> str:
        """Return all of them in base64, each number in four bytes, the lowest first."""
        values = np.concatenate(self.arrays) if self.arrays else np.zeros(0)
        return as_base64(values.astype("<f4").tobytes())


def network_data(network: Any, input_shape: tuple[int, ...]) -> dict[str, Any]:
    """Return the layers of a network with their weights, and the shape of its input."""
    weights = Weights()
    described = [layer_data(name, layer, weights) for name, layer in network.layers.items()]
    return {
        "name": type(network).__name__,
        "input_shape": list(input_shape),
        "parameters": sum(param.size for param in network.params.values()),
        "layers": described,
        "weights": weights.text(),
    }


def layer_data(name: str, layer: Any, weights: Weights) -> dict[str, Any]:
    """Return a layer's name, class, options and arrays, and the layers that it is made of.

    The class of a layer that is not the project's own is None: nobody knows what its forward does.
    """
    described = {"name": name, **plain(describe(layer))}
    if type(layer) is not getattr(project_layers, type(layer).__name__, None):
        return described | {"class": None}
    if isinstance(layer, project_layers.Sequence):
        described["layers"] = [layer_data(*named, weights) for named in name_layers(layer.layers).items()]
        projection = getattr(layer, "projection", None)
        if projection is not None:
            described["projection"] = layer_data("projection", projection, weights)
        return described
    arrays = {**params_of(layer), **state_of(layer)}
    return described | {"arrays": {key: weights.add(array) for key, array in arrays.items()}}
