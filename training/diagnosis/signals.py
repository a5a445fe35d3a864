"""What goes through a network: the outputs of each layer."""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from layers import sigmoid, softmax
from layers.common.sublayers import leaf_layers
from training.diagnosis.scores import outputs_of
from training.diagnosis.weights import Weight, inputs_of, moderate, renew, weights_of

ACTIVATIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "relu": lambda z: np.maximum(z, 0),
    "sigmoid": sigmoid,
    "tanh": np.tanh,
}
ENDS = 0.02  # of the range of a sigmoid that counts as its end


class Signal(NamedTuple):
    """The output of a layer for some samples.

    ``kind`` is relu, sigmoid or tanh for an activation of that form, else empty.
    """

    name: str
    kind: str
    output: np.ndarray

    @property
    def units(self) -> np.ndarray:
        """The outputs as (samples, units); a map of a convolution is one unit, and its places count as samples."""
        if self.output.ndim == 4:
            return self.output.transpose(0, 2, 3, 1).reshape(-1, self.output.shape[1])
        return self.output.reshape(len(self.output), -1)


def signals_of(network: Any, x: Any, t: Any) -> list[Signal]:
    """Return the signals of a copy's hidden layers in the order in which they are computed; empty where none are seen.

    The copy is changed.
    """
    recorded = recorded_signals(network, x, t)
    return recorded if any(signal.kind for signal in recorded) else simulated_signals(network, x) or recorded


def recorded_signals(network: Any, x: Any, t: Any) -> list[Signal]:
    """Return the signals of the layers that are objects, by listening to them during a gradient."""
    outputs: list[tuple[Any, str, np.ndarray]] = []
    for name, layer in layers_in(network):
        listen(layer, name, outputs)
    try:
        network.gradient(x, t)
    except Exception:
        return []
    found = []
    seen: set[int] = set()
    for layer, name, output in outputs:
        if output.ndim >= 2 and len(output) == len(x) and id(layer) not in seen:
            seen.add(id(layer))
            found.append(Signal(name, kind_of(type(layer).__name__, output), output))
    return found


def layers_in(network: Any) -> Iterator[tuple[str, Any]]:
    """Yield the layers that anybody's network holds, by name: in ``layers``, or in its attributes."""
    listed = getattr(network, "layers", None)
    places: dict[str, Any] = dict(vars(network)) if hasattr(network, "__dict__") else {}
    if isinstance(listed, Mapping):
        places = dict(listed)
    elif isinstance(listed, (list, tuple)):
        places = {f"{type(layer).__name__}{number}": layer for number, layer in enumerate(listed, 1)}
    for name, value in places.items():
        held = list(value.items()) if isinstance(value, dict) else None
        held = held or (list(enumerate(value)) if isinstance(value, (list, tuple)) else [("", value)])
        for key, layer in held:
            for leaf in leaf_layers([layer]):
                if callable(getattr(leaf, "forward", None)) and callable(getattr(leaf, "backward", None)):
                    yield (f"{name}{key}" if key != "" else str(name)), leaf


def parts_of(network: Any) -> list[Any]:
    """Return the layers of anybody's network, and itself: all that may have a mode."""
    return [*(layer for _name, layer in layers_in(network)), network]


def listen(layer: Any, name: str, outputs: list[tuple[Any, str, np.ndarray]]) -> None:
    """Note what a layer's forward returns."""
    forward = layer.forward

    def noted_forward(*given: Any, **named: Any) -> Any:
        y = forward(*given, **named)
        if isinstance(y, np.ndarray):
            outputs.append((layer, name, y.copy()))
        return y

    with contextlib.suppress(AttributeError):  # of a layer with slots
        layer.forward = noted_forward


def kind_of(name: str, output: np.ndarray) -> str:
    """Return which activation a layer is, by its name, else by its values."""
    plain = name.lower()
    for kind in ("sigmoid", "tanh"):
        if kind in plain:
            return kind
    if "relu" in plain and "leaky" not in plain:
        return "relu"
    if "softmax" in plain or not np.isfinite(output).all() or not output.size:
        return ""
    if output.min() == 0 and np.mean(output == 0) > 0.05 and not np.isin(output, (0, 1)).all():
        return "relu" if "drop" not in plain else ""
    return ""


def simulated_signals(network: Any, x: Any) -> list[Signal]:
    """Return the hidden activations of a network of functions, if one of the usual activations gives its answers.

    Which one it is, is seen with weights drawn anew, whose answers differ; the copy has them afterwards.
    """
    weights = [(weight, weight.W.copy()) for weight in weights_of(network.params, inputs_of(x))]
    vectors = vectors_of(network.params, {weight.name for weight, _W in weights})
    kind = activation_of(network, moderate(np.asarray(x)))
    if kind is None:
        return []
    flat = np.asarray(x, float).reshape(len(x), -1)
    return simulated(flat, [weight._replace(W=W) for weight, W in weights], vectors, *kind)


def vectors_of(params: Any, weights: set[str]) -> list[np.ndarray]:
    """Return copies of the parameters that are no weights, as vectors."""
    return [np.array(param).reshape(-1) for name, param in params.items() if name not in weights and np.ndim(param)]


def activation_of(network: Any, x: np.ndarray) -> tuple[str, str] | None:
    """Return the activation between a network's layers and behind the last one; None where no usual one fits."""
    for seed in range(2):
        renew(network, x, seed=seed)
        flat, y = np.asarray(x, float).reshape(len(x), -1), outputs_of(network, x)
        weights = weights_of(network.params, inputs_of(x))
        vectors = vectors_of(network.params, {weight.name for weight in weights})
        if y is None or not 2 <= len(weights) <= 30:
            return None
        for kind in ACTIVATIONS:
            signals = simulated(flat, weights, vectors, kind, "")
            last = form_of(signals[-1].output, y) if signals else None
            if last is not None:
                return kind, last
    return None


def simulated(x: np.ndarray, weights: list[Weight], vectors: list[np.ndarray], kind: str, last: str) -> list[Signal]:
    """Return the signals of affine layers with an activation between them, and another one behind the last."""
    found, left = [], list(vectors)
    for number, weight in enumerate(weights):
        if x.shape[1] != weight.W.shape[0]:
            return []
        z = x @ weight.W
        bias = next((place for place, vector in enumerate(left) if len(vector) == z.shape[1]), None)
        z = z if bias is None else z + left.pop(bias)
        own = last if number == len(weights) - 1 else kind
        x = ACTIVATIONS[own](z) if own in ACTIVATIONS else z
        found.append(Signal(weight.name, own, x))
    return found


def form_of(z: np.ndarray, y: np.ndarray) -> str | None:
    """Return through which function the last affine output becomes a network's answer; None where through none here."""
    y = y.reshape(len(y), -1)
    if y.shape[1] == 1 and (y.dtype.kind in "iub" or np.isin(y, (0, 1)).all()) and len(np.unique(y)) > 1:
        answers = (z[:, 0] > 0) if z.shape[1] == 1 else z.argmax(axis=1)
        return "" if np.mean(answers == y[:, 0]) > 0.99 else None
    if z.shape != y.shape:
        return None
    forms = {"": z, "softmax": softmax(z), **{kind: ACTIVATIONS[kind](z) for kind in ("sigmoid", "tanh")}}
    return next((kind for kind, form in forms.items() if np.allclose(form, y, rtol=1e-3, atol=1e-5)), None)


def dead_share(signal: Signal) -> float:
    """Return the share of units that are 0 for every sample."""
    return float(np.mean((signal.units == 0).all(axis=0)))


def saturated_share(signal: Signal) -> float:
    """Return the share of a sigmoid's or tanh's values that lie at its ends."""
    low, high = (0, 1) if signal.kind == "sigmoid" else (-1, 1)
    near = ENDS * (high - low)
    return float(np.mean((signal.output < low + near) | (signal.output > high - near)))
