"""The layers' formulas, written with the operations of a graph: no layer's own arithmetic is used.

Each function takes the layer, for its options, the Variable x, and the layer's parameters as Variables. The gradients
then come from the graph alone: an independent way to what the layers' ``backward`` computes.
"""

import math
from typing import Any

import numpy as np

from graph.variable import Variable
from graph_formulas.erf import erf


def add(layer: Any, x: Variable, y: Variable) -> Variable:
    """Return ``x + y``."""
    return x + y


def multiply(layer: Any, x: Variable, y: Variable) -> Variable:
    """Return ``x y``."""
    return x * y


def affine(layer: Any, x: Variable, W: Variable, b: Variable) -> Variable:
    """Return ``x W + b`` for samples written as rows."""
    return (x if len(x.shape) == 2 else flatten(layer, x)) @ W + b


def flatten(layer: Any, x: Variable) -> Variable:
    """Return each sample as one row."""
    return x.reshape(x.shape[0], math.prod(x.shape[1:]))


def relu(layer: Any, x: Variable) -> Variable:
    """Return ``max(x, 0)``."""
    return x.relu()


def leaky_relu(layer: Any, x: Variable) -> Variable:
    """Return ``slope x + (1 - slope) max(x, 0)``, which is x where x > 0 and slope x elsewhere."""
    return layer.negative_slope * x + (1 - layer.negative_slope) * x.relu()


def sigmoid(layer: Any, x: Variable) -> Variable:
    """Return ``1 / (1 + exp(-x))``."""
    return x.sigmoid()


def tanh(layer: Any, x: Variable) -> Variable:
    """Return ``tanh(x)``."""
    return x.tanh()


def gelu(layer: Any, x: Variable) -> Variable:
    """Return ``x (1 + erf(x / sqrt(2))) / 2``."""
    return x * (1 + erf(x / math.sqrt(2))) / 2


def softplus(layer: Any, x: Variable) -> Variable:
    """Return ``log(1 + exp(x))``, computed as ``m + log(exp(-m) + exp(x - m))`` with the constant ``m = max(x, 0)``.

    Any m gives the same; with this one, no exponent is positive.
    """
    m = np.maximum(x.data, 0)
    return m + (np.exp(-m) + (x - m).exp()).log()


def dropout(layer: Any, x: Variable) -> Variable:
    """Return ``x mask`` with the mask that the layer's last forward drew."""
    mask = getattr(layer, "mask", None)
    if np.shape(mask) != x.shape:
        came = "none" if mask is None else f"one of shape {mask.shape}"
        raise ValueError(
            f"Dropout: expected a mask in the shape of x, {x.shape}, got {came}; the layer draws it in its forward, "
            "so have it go forward with this x first (in a Checkpoint it is forgotten)"
        )
    return x * mask


def dropout_in_prediction(layer: Any, x: Variable) -> Variable:
    """Return x: the mask is 1."""
    return x * 1.0


def batch_normalization(layer: Any, x: Variable, gamma: Variable, beta: Variable) -> Variable:
    """Return ``gamma (x - mean) / sqrt(var + eps) + beta``, mean and variance being the batch's."""
    return normalized(layer, x, (0, *range(2, len(x.shape))), by_feature(gamma, x), by_feature(beta, x))


def batch_normalization_in_prediction(layer: Any, x: Variable, gamma: Variable, beta: Variable) -> Variable:
    """Return ``gamma (x - mean) / sqrt(var + eps) + beta``, mean and variance being the running ones."""
    shape = (-1, *[1] * (len(x.shape) - 2))
    mean, var = layer.running_mean.reshape(shape), layer.running_var.reshape(shape)
    return by_feature(gamma, x) * ((x - mean) / np.sqrt(var + layer.eps)) + by_feature(beta, x)


def layer_normalization(layer: Any, x: Variable, gamma: Variable, beta: Variable) -> Variable:
    """Return ``gamma (x - mean) / sqrt(var + eps) + beta``, mean and variance being the sample's."""
    return normalized(layer, x, tuple(range(-len(gamma.shape), 0)), gamma, beta)


def normalized(layer: Any, x: Variable, axes: tuple[int, ...], gamma: Variable, beta: Variable) -> Variable:
    """Return ``gamma (x - mean) / sqrt(var + eps) + beta`` with mean and variance along these axes."""
    centred = x - x.mean(axes, keepdims=True)
    var = (centred**2).mean(axes, keepdims=True)
    return gamma * (centred / (var + layer.eps) ** 0.5) + beta


def by_feature(values: Variable, x: Variable) -> Variable:
    """Return one value for each feature in a shape that broadcasts with x: (D,), or (C, 1, 1) for images."""
    return values if len(x.shape) == 2 else values.reshape(-1, 1, 1)
