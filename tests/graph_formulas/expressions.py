"""Layers and whole networks, computed from their parameters with the operations of a graph alone.

This is a third way to every gradient, beside the layers' ``backward`` and numerical differentiation. It shares no code
with either: a layer is known by the name of its class, and its formula is written here once more.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from graph.network_graph import check_network
from graph.variable import Constant, Variable
from graph_formulas.by_class import (
    FORMULAS,
    IN_PREDICTION,
    PARAM_NAMES,
    is_made_of_others,
    kind,
    leaves,
    refuse_unknown,
)


def expression(
    layer: Any, *inputs: Any, params: dict[str, Variable] | None = None, training: bool | None = None
) -> Variable:
    """Return a layer's output as a Variable, computed from its input and its parameters by operations of a graph.

    Parameters
    ----------
    layer : layer
        It gives its options, its running statistics, and the mask that its last forward drew; nothing is called.
    *inputs : Variable or array
        What forward takes: x; or x and y; or x and the answers t.
    params : dict of str to Variable, optional
        The parameters under the layer's names for them: ``W`` and ``b``; ``W1 b1 W2 b2`` where it is made of others.
    training : bool, optional
        Whether the layer learns or predicts; without it, ``layer.training`` says so.

    Raises
    ------
    ValueError
        For a layer whose formula is not known here, for other parameters than the layer has, and for a dropout layer
        that has drawn no mask for this x.

    Examples
    --------
    >>> from layers import Affine
    >>> W, b = Variable([[2.0]], "W"), Variable([1.0], "b")
    >>> y = expression(Affine(W.data, b.data), np.array([[3.0]]), params={"W": W, "b": b})
    >>> y.backward()
    >>> y.data, W.grad, b.grad
    (array([[7.]]), array([[3.]]), array([1.]))
    """
    refuse_unknown([layer])
    params = {} if params is None else params
    names = list(layer.params) if is_made_of_others(layer) else list(PARAM_NAMES.get(kind(layer), ()))
    if set(params) != set(names):
        raise ValueError(f"{kind(layer)}: expected params {names}, got {list(params)}")
    own = dealt([layer], iter([params[name] for name in names]))
    x, *others = inputs
    return written(layer, (x if isinstance(x, Variable) else Constant(x, "x"), *others), own, training)


def network_expression(network: Any, x: Any, t: Any, training: bool = True) -> tuple[Variable, dict[str, Variable]]:
    """Return a network's loss, computed from its parameters by operations of a graph, and these as Variables.

    After ``loss.backward()``, ``params["W1"].grad`` is what ``network.gradient(x, t)["W1"]`` is. Weight decay is part
    of the loss, as it is of that of ``MultiLayerNet``. Dropout takes the masks of its last forward, so call
    ``network.gradient(x, t)`` first where there is some.

    Parameters
    ----------
    network : Network
    x : array or Variable, shape (N, ...)
        An array is a constant, in the dtype of the parameters; a Variable gets its gradient.
    t : array
        The right answers, as the loss layer takes them.
    training : bool
        Whether the layers learn or predict.

    Returns
    -------
    loss : Variable
    params : dict of str to Variable
        Under the names of ``network.params``, holding the same arrays.

    Raises
    ------
    TypeError
        When network has no layers or no loss layer.
    ValueError
        For a layer whose formula is not known here, and for a dropout layer that has drawn no mask for this x.

    Examples
    --------
    >>> from networks import TwoLayerNet
    >>> network, x, t = TwoLayerNet(4, 3, 2, dtype=np.float64, seed=0), np.ones((5, 4)), np.array([0, 1, 1, 0, 1])
    >>> loss, params = network_expression(network, x, t)
    >>> loss.backward()
    >>> list(params)
    ['W1', 'b1', 'W2', 'b2']
    >>> np.allclose(params["W1"].grad, network.gradient(x, t)["W1"], rtol=1e-12)
    True
    """
    check_network("network_expression", network)
    layers = list(network.layers.values())
    refuse_unknown([*layers, network.loss_layer])
    params = {name: Variable(array, name) for name, array in network.params.items()}
    own = dealt(layers, iter(params.values()))
    if not isinstance(x, Variable):
        x = Constant(np.asarray(x, next((param.data.dtype for param in params.values()), None)), "x")
    y = x
    for layer in layers:
        y = written(layer, (y,), own, training)
    loss = written(network.loss_layer, (y, t), own, training)
    return with_weight_decay(loss, params, getattr(network, "weight_decay_lambda", 0.0)), params


def with_weight_decay(loss: Variable, params: dict[str, Variable], weight_decay_lambda: float) -> Variable:
    """Return ``loss + 1/2 weight_decay_lambda sum(W^2)`` over all weights."""
    if weight_decay_lambda:
        for name, param in params.items():
            if name.startswith("W"):
                loss = loss + 0.5 * weight_decay_lambda * (param**2).sum()
    return loss


def written(
    layer: Any, inputs: tuple[Any, ...], own: dict[int, dict[str, Variable]], training: bool | None
) -> Variable:
    """Return a layer's output; ``own`` holds the parameters of every layer, under its ``id``."""
    if not is_made_of_others(layer):
        learns = getattr(layer, "training", True) if training is None else training
        formulas = FORMULAS if learns else FORMULAS | IN_PREDICTION
        return formulas[kind(layer)](layer, *inputs, **own.get(id(layer), {}))
    (x,) = inputs
    y = x
    for inner in layer.layers:
        y = written(inner, (y,), own, training)
    if kind(layer) != "Residual":
        return y
    return (x if layer.projection is None else written(layer.projection, (x,), own, training)) + y


def dealt(layers: Iterable[Any], variables: Iterator[Variable]) -> dict[int, dict[str, Variable]]:
    """Deal Variables out to the layers that have parameters, in order, and return each layer's own by its ``id``."""
    return {id(leaf): {name: next(variables) for name in PARAM_NAMES.get(kind(leaf), ())} for leaf in leaves(layers)}
