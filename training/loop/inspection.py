"""A look into a network's layers: how signals and gradients are distributed, and where they stop being finite."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from language import _
from layers.common.devices import to_numpy
from layers.common.training_mode import forward_in_mode
from networks import Network
from training.diagnosis.copies import copied, undisturbed

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
MOST_VALUES = 20_000  # of which the quantiles are taken, after which they hardly change any more


def has_layers(network: Any) -> bool:
    """Return whether a network can be looked into: a :class:`networks.Network` whose layers stand one behind the other.

    One that predicts in a way of its own may have branches, which nobody here would find.
    """
    return isinstance(network, Network) and type(network).predict is Network.predict


def layers_of(network: Any) -> list[Any]:
    """Return the layers of anybody's network, none where it does not list them by name in ``layers``."""
    layers: Any = getattr(network, "layers", None)
    return list(layers.values()) if hasattr(layers, "values") else []


def distributions(network: Any, x: np.ndarray, t: np.ndarray) -> list[dict[str, Any]]:
    """Return how the outputs of each layer, and the gradients of the loss by them, are distributed.

    The network predicts, so that neither its state nor its random numbers move. Somebody's layer may be able to go back
    after a forward in training alone; then a copy of the network learns for once.

    Returns
    -------
    list of dict
        For each layer ``name``, ``activation`` and ``gradient`` (the quantiles 5, 25, 50, 75 and 95 %),
        ``activation_std`` and ``gradient_std``.

    Examples
    --------
    >>> from networks import TwoLayerNet
    >>> records = distributions(TwoLayerNet(4, 3, 2, seed=0), np.ones((5, 4)), np.zeros(5, int))
    >>> [record["name"] for record in records]
    ['Affine1', 'ReLU1', 'Affine2']
    """
    try:
        outputs, gradients = forth_and_back(network, x, t, training=False)
    except Exception:  # what it keeps for backward is of another batch
        with undisturbed():
            outputs, gradients = forth_and_back(copied(network), x, t, training=True)
    return [
        {"name": name, **summarized("activation", outputs[name]), **summarized("gradient", gradients[name])}
        for name in outputs
    ]


def forth_and_back(network: Any, x: np.ndarray, t: np.ndarray, training: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the outputs of all layers, and the gradients of the loss by them."""
    outputs = dict(outputs_of(network, x, training))
    network.loss_layer.forward(list(outputs.values())[-1], t)
    return outputs, dict(gradients_of(network))


def summarized(what: str, values: np.ndarray) -> dict[str, Any]:
    """Return quantiles and standard deviation of some values, None where they are not finite."""
    values = to_numpy(values).ravel(order="K")
    with np.errstate(over="ignore", invalid="ignore"):
        quantiles = np.quantile(sample(values), QUANTILES)
        numbers = [*quantiles.tolist(), float(values.std(dtype=float))]
    *shares, std = [number if np.isfinite(number) else None for number in numbers]
    return {what: shares, f"{what}_std": std}


def sample(values: np.ndarray) -> np.ndarray:
    """Return some of the values where they are many, the same places each time.

    They are chosen at random: at equal distances they would all belong to the same units, or the same pixels.
    """
    if len(values) <= MOST_VALUES:
        return values
    return values[np.random.default_rng(0).integers(len(values), size=MOST_VALUES)]


def outputs_of(network: Any, x: np.ndarray, training: bool) -> Iterator[tuple[str, np.ndarray]]:
    """Yield each layer's name and output, one behind the other."""
    x = network.sent(x)
    for name, layer in network.layers.items():
        x = forward_in_mode(layer, x, training)
        yield name, x


def gradients_of(network: Any) -> Iterator[tuple[str, np.ndarray]]:
    """Yield each layer's name and dL/d(its output), from the last layer to the first, after a forward."""
    dout = network.loss_layer.backward(1.0)
    for name, layer in reversed(network.layers.items()):
        yield name, dout
        dout = layer.backward(dout)


def first_not_finite(network: Any, x: np.ndarray, t: np.ndarray) -> str:
    """Return where, on the way forward and back, a value first is not finite; an empty text where that is not found."""
    if not has_layers(network):
        return ""
    if not np.isfinite(np.asarray(x)).all():
        return _("the data hold values that are not finite")
    y = None
    for name, y in outputs_of(network, x, training=True):
        if not np.isfinite(y).all():
            return _("{layer} is the first layer whose output is not finite", layer=name)
    loss = network.loss_layer.forward(y, t)
    if not np.isfinite(loss):
        return _(
            "every layer's output is finite, but {layer} turns the last one into {loss}",
            layer=type(network.loss_layer).__name__,
            loss=loss,
        )
    for name, dout in gradients_of(network):
        if not np.isfinite(dout).all():
            return _("the gradient that reaches {layer} from behind is the first that is not finite", layer=name)
    return ""
