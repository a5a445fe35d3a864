"""What a layer's input must look like; a layer says it in letters, ``shapes = {"W": "D M", "b": "M", "x": "N D.."}``.

The same letter stands for the same length everywhere. N is the batch, D features, M outputs, C channels, H and W height
and width, F filters. ``KINDS``, at the end, has the kinds of input that there are. Without letters a layer takes an
array of any shape.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from layers.common.broadcasting import check_broadcast, sum_to_shape

Features = tuple[str, int]  # the parameter, and its axis, that has as many elements as x has features


class InputKind(NamedTuple):
    """``accept(layer, features, x)`` checks x and returns what forward gets, ``restore(layer, dx)`` the way back."""

    accept: Callable[..., Any]
    restore: Callable[[Any, Any], Any] | None = None
    features: Features | None = None


def rows(layer: Any, features: Features, x: np.ndarray) -> np.ndarray:
    """Return a table (N, D): more axes than two, such as those of images, are flattened."""
    if x.ndim < 2:
        expected = getattr(layer, features[0]).shape[features[1]]
        raise ValueError(
            f"{type(layer).__name__}: x.shape {x.shape} has no batch axis, expected (N, {expected}); "
            "for one sample pass x[np.newaxis]"
        )
    if len(x) == 0:
        raise ValueError(f"{type(layer).__name__}: x holds no samples (x.shape {x.shape})")
    check_features(layer, features, x, x.size // len(x), "features")
    layer.x_shape = x.shape
    return x.reshape(len(x), -1)


def images(layer: Any, features: Features | None, x: np.ndarray) -> np.ndarray:
    """Return images (N, C, H, W)."""
    check_images(type(layer).__name__, x)
    if features is not None:
        check_features(layer, features, x, x.shape[1], "channels")
    return x


def rows_or_images(layer: Any, features: Features, x: np.ndarray) -> np.ndarray:
    """Return rows (N, D) or images (N, C, H, W), with two values a feature at least while the layer learns."""
    who = type(layer).__name__
    if x.ndim not in (2, 4) or x.size == 0:
        raise ValueError(f"{who}: expected x of shape (N, D) or images (N, C, H, W), got x.shape {x.shape}")
    check_features(layer, features, x, x.shape[1], "features" if x.ndim == 2 else "channels")
    if layer.training and x.size == x.shape[1]:
        raise ValueError(
            f"{who}: training needs at least two values of each feature, got one (x.shape {x.shape}); "
            "pass a larger batch, or predict: forward(x, training=False)"
        )
    return x


def samples(layer: Any, features: Features, x: np.ndarray) -> np.ndarray:
    """Return samples of any shape."""
    who = type(layer).__name__
    if x.ndim < 2:
        raise ValueError(
            f"{who}: x.shape {x.shape} has no batch axis, expected (N, ...); for one sample pass x[np.newaxis]"
        )
    if x.size == 0:
        raise ValueError(f"{who}: x holds no values (x.shape {x.shape})")
    return x


def samples_like_parameter(layer: Any, features: Features, x: np.ndarray) -> np.ndarray:
    """Return samples whose last axes are those of the first parameter."""
    name = layer.param_names[0]
    shape = getattr(layer, name).shape
    if x.ndim <= len(shape) or x.shape[-len(shape) :] != shape or x.size == 0:
        expected = ", ".join(["N", "...", *map(str, shape)])
        raise ValueError(
            f"{type(layer).__name__}: expected x of shape ({expected}), because {name}.shape is {shape}; "
            f"got x.shape {x.shape}"
        )
    return x


def pair(layer: Any, features: Features, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return two arrays that broadcast."""
    check_broadcast(type(layer).__name__, x, y)
    layer.x_shape, layer.y_shape = x.shape, y.shape
    return x, y


def check_features(layer: Any, features: Features, x: np.ndarray, count: int, word: str) -> None:
    """Raise ValueError unless x has as many features as the parameter expects."""
    name, axis = features
    param = getattr(layer, name)
    if count != param.shape[axis]:
        raise ValueError(
            f"{type(layer).__name__}: x has {count} {word}, {name} expects {param.shape[axis]} "
            f"(x.shape {x.shape}, {name}.shape {param.shape})"
        )


def check_images(who: str, x: np.ndarray) -> None:
    """Raise ValueError unless x holds images, (N, C, H, W)."""
    if x.ndim != 4:
        raise ValueError(
            f"{who}: expected images of shape (N, C, H, W), got x.shape {x.shape}; flat or single ones need "
            "x.reshape(N, C, H, W)"
        )
    if x.size == 0:
        raise ValueError(f"{who}: x holds no pixels (x.shape {x.shape})")


def kind_of_input(shapes: dict[str, str]) -> InputKind | None:
    """Return the kind of input that a layer's letters say; None for an array of any shape.

    >>> kind_of_input({"W": "D M", "b": "M", "x": "N D.."}).features
    ('W', 0)
    """
    if "x" not in shapes:
        return None
    if shapes["x"] not in KINDS:
        raise ValueError(f"the shape of x must be one of {', '.join(map(repr, KINDS))}, got {shapes['x']!r}")
    letters = shapes["x"].replace("..", "").split()
    shared = [
        (name, axis)
        for name, axes in shapes.items()
        for axis, letter in enumerate(axes.split())
        if name != "x" and letter in letters
    ]
    return KINDS[shapes["x"]]._replace(features=shared[0] if shared else None)


KINDS = {
    "N D..": InputKind(rows, restore=lambda layer, dx: dx.reshape(layer.x_shape)),
    "N C H W": InputKind(images),
    "N D or N C H W": InputKind(rows_or_images),
    "N ...": InputKind(samples),
    "N ... S..": InputKind(samples_like_parameter),
    # x and y; each gets a gradient in its own shape
    "...": InputKind(pair, lambda layer, d: (sum_to_shape(d[0], layer.x_shape), sum_to_shape(d[1], layer.y_shape))),
}
