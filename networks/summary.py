"""The table that ``Network.summary`` shows."""

import copy
from collections.abc import Iterator
from typing import Any

import numpy as np

from layers import params_of
from layers.common.devices import to_device


def summary_table(network: Any, input_shape: tuple[int, ...] | None = None) -> str:
    """Return a table of layers, output shapes and numbers of parameters.

    >>> from networks import TwoLayerNet
    >>> print(summary_table(TwoLayerNet(64, 50, 10)))
    layer            output shape  parameters
    Affine1               (N, 50)       3,250
    ReLU1                 (N, 50)           0
    Affine2               (N, 10)         510
    SoftmaxWithLoss        number           0
    total                               3,760
    """
    shapes = [*output_shapes(network, input_shape), "number"]
    layers = {**network.layers, type(network.loss_layer).__name__: network.loss_layer}
    counts = [sum(param.size for param in params_of(layer).values()) for layer in layers.values()]
    rows = [("layer", "output shape", "parameters")]
    rows += [(name, shape, f"{count:,}") for name, shape, count in zip(layers, shapes, counts, strict=True)]
    rows += [("total", "", f"{sum(counts):,}")]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(f"{a:<{widths[0]}}  {b:>{widths[1]}}  {c:>{widths[2]}}" for a, b, c in rows)


def output_shapes(network: Any, input_shape: tuple[int, ...] | None) -> Iterator[str]:
    """Yield each layer's output shape, found by sending two samples of zeros through a copy; "?" where unknown."""
    layers = copy.deepcopy(list(network.layers.values()))
    shape = input_shape or inferred_input_shape(layers[0])
    x = None if shape is None else to_device(np.zeros((2, *shape)), getattr(network, "device", "cpu"))
    for layer in layers:
        x = None if x is None else layer.forward(x)
        yield "?" if x is None else "(" + ", ".join(["N", *map(str, x.shape[1:])]) + ")"


def inferred_input_shape(layer: Any) -> tuple[int, ...] | None:
    """Return (D,) when the layer's weights have shape (D, M), else None."""
    W = params_of(layer).get("W")
    return None if W is None or W.ndim != 2 else (len(W),)
