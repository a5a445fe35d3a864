"""Which formula belongs to which layer: a layer is known by the name of its class."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from graph.variable import Variable
from graph_formulas import of_layers, of_losses, of_windows

Formula = Callable[..., Variable]

FORMULAS: dict[str, Formula] = {
    "Add": of_layers.add,
    "Affine": of_layers.affine,
    "AveragePooling": of_windows.average_pooling,
    "BatchNormalization": of_layers.batch_normalization,
    "Convolution": of_windows.convolution,
    "Dropout": of_layers.dropout,
    "Flatten": of_layers.flatten,
    "GELU": of_layers.gelu,
    "IdentityWithLoss": of_losses.identity_with_loss,
    "LayerNormalization": of_layers.layer_normalization,
    "LeakyReLU": of_layers.leaky_relu,
    "MaxPooling": of_windows.max_pooling,
    "Multiply": of_layers.multiply,
    "ReLU": of_layers.relu,
    "Sigmoid": of_layers.sigmoid,
    "SigmoidWithLoss": of_losses.sigmoid_with_loss,
    "SoftmaxWithLoss": of_losses.softmax_with_loss,
    "Softplus": of_layers.softplus,
    "Tanh": of_layers.tanh,
}
IN_PREDICTION: dict[str, Formula] = {
    "BatchNormalization": of_layers.batch_normalization_in_prediction,
    "Dropout": of_layers.dropout_in_prediction,
}
PARAM_NAMES: dict[str, tuple[str, ...]] = {
    "Affine": ("W", "b"),
    "BatchNormalization": ("gamma", "beta"),
    "Convolution": ("W", "b"),
    "LayerNormalization": ("gamma", "beta"),
}
MADE_OF_OTHERS = ("Checkpoint", "Residual", "Sequence")


def leaves(layers: Iterable[Any]) -> Iterator[Any]:
    """Yield the layers, and in place of one that is made of others, those."""
    for layer in layers:
        if is_made_of_others(layer):
            yield from leaves(layer.sublayers)
        else:
            yield layer


def refuse_unknown(layers: Iterable[Any]) -> None:
    """Raise ValueError when there is a layer of which no formula is known."""
    for layer in leaves(layers):
        if kind(layer) not in FORMULAS:
            raise ValueError(
                f"{kind(layer)}: its formula is not among those written with graph operations; there are "
                f"{', '.join(sorted([*FORMULAS, *MADE_OF_OTHERS]))}"
            )


def is_made_of_others(layer: Any) -> bool:
    """Return whether a layer's formula is that of its sublayers."""
    return kind(layer) in MADE_OF_OTHERS


def kind(layer: Any) -> str:
    """Return the name of a layer's class, by which its formula is found."""
    return type(layer).__name__
