"""What a layer's input must look like; a layer says it in letters, ``shapes = {"W": "D M", "b": "M", "x": "N D.."}``.

The same letter stands for the same length everywhere. N is the batch, D features, M outputs, C channels, H and W height
and width, F filters. The kinds of input that there are:

===================  =====================================================================
``N D..``            D values a sample, on one axis or on several; forward gets them as rows
``N C H W``          images
``N D or N C H W``   rows or images
``N ...``            samples of any shape
``N ... S..``        the last axes are those of the first parameter
``...`` and ``...``  x and y, which broadcast; each gets a gradient in its own shape
===================  =====================================================================

Without letters a layer takes an array of any shape.
"""

from typing import Any

import numpy as np

from layers.common.broadcasting import check_broadcast, sum_to_shape


class InputKind:
    """A kind of input: whether it fits, and in which form forward gets it and backward's result is given back."""

    def __init__(self, features: tuple[str, int] | None) -> None:
        self.features = features  # the parameter, and its axis, that has as many elements as x has features

    def accept(self, layer: Any, x: np.ndarray) -> np.ndarray:
        """Return the input as forward is to get it; raise ValueError where it does not fit."""
        return x

    def restore(self, layer: Any, dx: np.ndarray) -> Any:
        """Return dL/dx as whoever called backward is to get it."""
        return dx

    def check_features(self, layer: Any, x: np.ndarray, features: int, word: str) -> None:
        """Raise ValueError unless x has as many features as the parameter expects."""
        name, axis = self.features
        param = getattr(layer, name)
        if features != param.shape[axis]:
            raise ValueError(
                f"{type(layer).__name__}: x has {features} {word}, {name} expects {param.shape[axis]} "
                f"(x.shape {x.shape}, {name}.shape {param.shape})"
            )


class Rows(InputKind):
    """A row of D values a sample. More axes, such as those of images, are flattened; dL/dx has them again."""

    def accept(self, layer: Any, x: np.ndarray) -> np.ndarray:
        """Return x as a table (N, D)."""
        if x.ndim < 2:
            name, axis = self.features
            raise ValueError(
                f"{type(layer).__name__}: x.shape {x.shape} has no batch axis, expected "
                f"(N, {getattr(layer, name).shape[axis]}); for one sample pass x[np.newaxis]"
            )
        if len(x) == 0:
            raise ValueError(f"{type(layer).__name__}: x holds no samples (x.shape {x.shape})")
        self.check_features(layer, x, x.size // len(x), "features")
        layer.x_shape = x.shape
        return x.reshape(len(x), -1)

    def restore(self, layer: Any, dx: np.ndarray) -> np.ndarray:
        """Return dx in x's own shape."""
        return dx.reshape(layer.x_shape)


class Images(InputKind):
    """Images (N, C, H, W)."""

    def accept(self, layer: Any, x: np.ndarray) -> np.ndarray:
        """Return x."""
        check_images(type(layer).__name__, x)
        if self.features is not None:
            self.check_features(layer, x, x.shape[1], "channels")
        return x


class RowsOrImages(InputKind):
    """Rows (N, D) or images (N, C, H, W), of which a layer that learns from the batch needs two values a feature."""

    def accept(self, layer: Any, x: np.ndarray) -> np.ndarray:
        """Return x."""
        who = type(layer).__name__
        if x.ndim not in (2, 4) or x.size == 0:
            raise ValueError(f"{who}: expected x of shape (N, D) or images (N, C, H, W), got x.shape {x.shape}")
        self.check_features(layer, x, x.shape[1], "features" if x.ndim == 2 else "channels")
        if layer.training and x.size == x.shape[1]:
            raise ValueError(
                f"{who}: training needs at least two values of each feature, got one (x.shape {x.shape}); "
                "pass a larger batch, or predict: forward(x, training=False)"
            )
        return x


class Samples(InputKind):
    """Samples of any shape."""

    def accept(self, layer: Any, x: np.ndarray) -> np.ndarray:
        """Return x."""
        who = type(layer).__name__
        if x.ndim < 2:
            raise ValueError(
                f"{who}: x.shape {x.shape} has no batch axis, expected (N, ...); for one sample pass x[np.newaxis]"
            )
        if x.size == 0:
            raise ValueError(f"{who}: x holds no values (x.shape {x.shape})")
        return x


class SamplesLikeParameter(InputKind):
    """Samples whose last axes are those of the first parameter."""

    def accept(self, layer: Any, x: np.ndarray) -> np.ndarray:
        """Return x."""
        name = layer.param_names[0]
        shape = getattr(layer, name).shape
        if x.ndim <= len(shape) or x.shape[-len(shape) :] != shape or x.size == 0:
            expected = ", ".join(["N", "...", *map(str, shape)])
            raise ValueError(
                f"{type(layer).__name__}: expected x of shape ({expected}), because {name}.shape is {shape}; "
                f"got x.shape {x.shape}"
            )
        return x


class Pair(InputKind):
    """Two arrays that broadcast; each gets a gradient in its own shape."""

    def accept(self, layer: Any, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return both."""
        check_broadcast(type(layer).__name__, x, y)
        layer.x_shape, layer.y_shape = x.shape, y.shape
        return x, y

    def restore(self, layer: Any, dx: tuple[np.ndarray, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        """Return both gradients, each summed down to its input's shape."""
        return sum_to_shape(dx[0], layer.x_shape), sum_to_shape(dx[1], layer.y_shape)


KINDS: dict[str, type[InputKind]] = {
    "N D..": Rows,
    "N C H W": Images,
    "N D or N C H W": RowsOrImages,
    "N ...": Samples,
    "N ... S..": SamplesLikeParameter,
    "...": Pair,
}


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
    return KINDS[shapes["x"]](shared[0] if shared else None)


def check_images(who: str, x: np.ndarray) -> None:
    """Raise ValueError unless x holds images, (N, C, H, W)."""
    if x.ndim != 4:
        raise ValueError(
            f"{who}: expected images of shape (N, C, H, W), got x.shape {x.shape}; reshape flat or single "
            "images with x.reshape(N, C, H, W)"
        )
    if x.size == 0:
        raise ValueError(f"{who}: x holds no pixels (x.shape {x.shape})")
