"""How each layer is written in ONNX: a small function a layer, found by the layer's class.

A rule gets the graph (:class:`networks.export.onnx_graph.OnnxGraph`), the layer and the name of its input, and returns
the name of its output. Operations are those of opset 17. All layers predict, so dropout does nothing, and batch
normalisation uses its running statistics.
"""

import math
from collections.abc import Callable
from typing import Any

import layers as ours
from networks.layer_names import name_layers

Graph = Any  # an OnnxGraph, which imports this module
Rule = Callable[..., str]

ONNX_RULES: dict[type, Rule] = {}


def onnx_rule(*classes: type) -> Callable[[Rule], Rule]:
    """Make a function the rule by which layers of these classes are written in ONNX.

    Parameters
    ----------
    *classes : type
        Layers of the project, of one's own, or loss layers, whose rule turns scores into probabilities.

    Examples
    --------
    >>> class Cube:
    ...     def forward(self, x):
    ...         return x**3
    >>> @onnx_rule(Cube)
    ... def cube(graph, layer, x):
    ...     return graph.node("Mul", graph.node("Mul", x, x), x)
    """

    def give(rule: Rule) -> Rule:
        ONNX_RULES.update(dict.fromkeys(classes, rule))
        return rule

    return give


@onnx_rule(ours.Affine)
def affine(graph: Graph, layer: Any, x: str) -> str:
    """``y = x W + b``, of rows."""
    rows = x if graph.axes.get(x) == 2 else graph.node("Flatten", x, axis=1)
    return graph.node("Gemm", rows, layer.W, layer.b)


@onnx_rule(ours.Convolution)
def convolution(graph: Graph, layer: Any, x: str) -> str:
    """``Conv`` has the very W and b of ours."""
    return graph.node("Conv", x, layer.W, layer.b, strides=[layer.stride] * 2, pads=[layer.pad] * 4)


def window(layer: Any) -> dict[str, list[int]]:
    """Return the window of a pooling layer, as ONNX wants it."""
    size = [layer.pool_h, layer.pool_w]
    strides = size if layer.stride is None else [layer.stride] * 2
    return {"kernel_shape": size, "strides": strides, "pads": [layer.pad] * 4}


@onnx_rule(ours.MaxPooling)
def max_pooling(graph: Graph, layer: Any, x: str) -> str:
    """``MaxPool`` pads with minus infinity, as ours does."""
    return graph.node("MaxPool", x, **window(layer))


@onnx_rule(ours.AveragePooling)
def average_pooling(graph: Graph, layer: Any, x: str) -> str:
    """``AveragePool`` that counts the zeros of the padding as pixels, as ours does."""
    return graph.node("AveragePool", x, **window(layer), count_include_pad=1)


@onnx_rule(ours.Flatten)
def flatten(graph: Graph, layer: Any, x: str) -> str:
    """``(N, ...)`` to ``(N, D)``."""
    return graph.node("Flatten", x, axis=1)


@onnx_rule(ours.ReLU)
def relu(graph: Graph, layer: Any, x: str) -> str:
    """``max(x, 0)``."""
    return graph.node("Relu", x)


@onnx_rule(ours.Sigmoid)
def sigmoid(graph: Graph, layer: Any, x: str) -> str:
    """``1 / (1 + exp(-x))``."""
    return graph.node("Sigmoid", x)


@onnx_rule(ours.Tanh)
def tanh(graph: Graph, layer: Any, x: str) -> str:
    """``tanh(x)``."""
    return graph.node("Tanh", x)


@onnx_rule(ours.Softplus)
def softplus(graph: Graph, layer: Any, x: str) -> str:
    """``log(1 + exp(x))``."""
    return graph.node("Softplus", x)


@onnx_rule(ours.LeakyReLU)
def leaky_relu(graph: Graph, layer: Any, x: str) -> str:
    """``max(x, 0) - negative_slope max(-x, 0)``, in one node where its attribute holds the slope exactly."""
    if graph.is_exact(layer.negative_slope):
        return graph.node("LeakyRelu", x, alpha=layer.negative_slope)
    below_0 = graph.node("Relu", graph.node("Neg", x))
    return graph.node("Sub", graph.node("Relu", x), graph.node("Mul", below_0, layer.negative_slope))


@onnx_rule(ours.GELU)
def gelu(graph: Graph, layer: Any, x: str) -> str:
    """``x (1 + erf(x / sqrt(2))) / 2``; an operation ``Gelu`` came with opset 20 only."""
    erf = graph.node("Erf", graph.node("Mul", x, math.sqrt(0.5)))
    share_below = graph.node("Mul", graph.node("Add", erf, 1.0), 0.5)
    return graph.node("Mul", x, share_below)


@onnx_rule(ours.BatchNormalization)
def batch_normalization(graph: Graph, layer: Any, x: str) -> str:
    """``gamma (x - running_mean) / sqrt(running_var + eps) + beta``."""
    variance, eps = layer.running_var, layer.eps
    if not graph.is_exact(eps):
        variance, eps = graph.node("Add", variance, eps), 0.0
    statistics = layer.running_mean, variance
    return graph.node("BatchNormalization", x, layer.gamma, layer.beta, *statistics, epsilon=eps)


@onnx_rule(ours.LayerNormalization)
def layer_normalization(graph: Graph, layer: Any, x: str) -> str:
    """``gamma (x - mean) / sqrt(var + eps) + beta``, mean and variance over the last axes, those of gamma."""
    axes = layer.feature_axes
    if graph.is_exact(layer.eps):
        return graph.node("LayerNormalization", x, layer.gamma, layer.beta, axis=axes[0], epsilon=layer.eps)
    centred = graph.node("Sub", x, graph.node("ReduceMean", x, axes=axes))
    variance = graph.node("ReduceMean", graph.node("Mul", centred, centred), axes=axes)
    xhat = graph.node("Div", centred, graph.node("Sqrt", graph.node("Add", variance, layer.eps)))
    return graph.node("Add", graph.node("Mul", xhat, layer.gamma), layer.beta)


@onnx_rule(ours.Dropout)
def dropout(graph: Graph, layer: Any, x: str) -> str:
    """Nothing; the node stands there so that the graph shows every layer."""
    return graph.node("Dropout", x)


@onnx_rule(ours.Add)
def add(graph: Graph, layer: Any, x: str, y: str) -> str:
    """``x + y``, in a layer of one's own that is made of others."""
    return graph.node("Add", x, y)


@onnx_rule(ours.Multiply)
def multiply(graph: Graph, layer: Any, x: str, y: str) -> str:
    """``x y``, in a layer of one's own that is made of others."""
    return graph.node("Mul", x, y)


@onnx_rule(ours.Sequence, ours.Checkpoint)
def sequence(graph: Graph, layer: Any, x: str) -> str:
    """Add the layers in order; a checkpoint differs in backward only."""
    return graph.layers(name_layers(layer.layers), x)


@onnx_rule(ours.Residual)
def residual(graph: Graph, layer: Any, x: str) -> str:
    """``x + f(x)``, or ``p(x) + f(x)``."""
    y = graph.layers(name_layers(layer.layers), x)
    shortcut = x if layer.projection is None else graph.layer("projection", layer.projection, x)
    return graph.node("Add", shortcut, y)


@onnx_rule(ours.SoftmaxWithLoss)
def softmax(graph: Graph, layer: Any, scores: str) -> str:
    """Probabilities, ``exp(x_k) / sum_j exp(x_j)``."""
    return graph.node("Softmax", scores, axis=-1)


@onnx_rule(ours.SigmoidWithLoss)
def answers(graph: Graph, layer: Any, scores: str) -> str:
    """Probabilities of yes."""
    return graph.node("Sigmoid", scores)


@onnx_rule(ours.IdentityWithLoss)
def no_probabilities(graph: Graph, layer: Any, scores: str) -> str:
    """Raise ValueError: the outputs of a regression are no scores."""
    raise ValueError("IdentityWithLoss is for regression, whose outputs are no scores: there are no probabilities")
