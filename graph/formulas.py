"""Which formula belongs to which layer: a layer is known by the name of its class."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from graph import layer_formulas, loss_formulas, window_formulas
from graph.variable import Variable

Formula = Callable[..., Variable]

FORMULAS: dict[str, Formula] = {
    "Add": layer_formulas.add,
    "Affine": layer_formulas.affine,
    "AveragePooling": window_formulas.average_pooling,
    "BatchNormalization": layer_formulas.batch_normalization,
    "Convolution": window_formulas.convolution,
    "Dropout": layer_formulas.dropout,
    "Flatten": layer_formulas.flatten,
    "GELU": layer_formulas.gelu,
    "IdentityWithLoss": loss_formulas.identity_with_loss,
    "LayerNormalization": layer_formulas.layer_normalization,
    "LeakyReLU": layer_formulas.leaky_relu,
    "MaxPooling": window_formulas.max_pooling,
    "Multiply": layer_formulas.multiply,
    "ReLU": layer_formulas.relu,
    "Sigmoid": layer_formulas.sigmoid,
    "SigmoidWithLoss": loss_formulas.sigmoid_with_loss,
    "SoftmaxWithLoss": loss_formulas.softmax_with_loss,
    "Softplus": layer_formulas.softplus,
    "Tanh": layer_formulas.tanh,
}
IN_PREDICTION: dict[str, Formula] = {
    "BatchNormalization": layer_formulas.batch_normalization_in_prediction,
    "Dropout": layer_formulas.dropout_in_prediction,
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
