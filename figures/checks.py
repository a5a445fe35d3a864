"""What the pictures ask of the arrays that they are given."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np


def as_counts(confusion: Any) -> np.ndarray:
    """Return a confusion matrix as integers of shape (K, K), or raise ValueError."""
    matrix = np.asarray(confusion)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or not matrix.size:
        raise ValueError(f"a confusion matrix has shape (K, K) for at least one class, got {matrix.shape}")
    if matrix.dtype.kind not in "iuf":
        raise ValueError(f"a confusion matrix holds counts, got an array of {matrix.dtype}")
    wrong = matrix[~(np.isfinite(matrix) & (matrix >= 0) & (np.floor(matrix) == matrix))]
    if wrong.size:
        raise ValueError(f"a confusion matrix holds counts, whole numbers of at least 0, got {wrong[0]:g}")
    return matrix.astype(np.int64)


def as_points(name: str, x: Any, t: Any, features: int | None = None) -> np.ndarray:
    """Return samples of numbers as an array (N, D), with as many labels or targets; or raise ValueError."""
    x = np.asarray(x)
    x = x[:, np.newaxis] if x.ndim == 1 else x
    if x.ndim != 2 or not len(x) or (features is not None and x.shape[1] != features):
        raise ValueError(f"{name}: expected samples of shape (N, {features or 'D'}), got {x.shape}")
    if t is None or len(t) != len(x):
        raise ValueError(f"{name} has {len(x)} samples, got {0 if t is None else len(t)} labels or targets for them")
    return x


def as_column(name: str, values: Any) -> np.ndarray:
    """Return one value for each sample as an array (N,), or raise ValueError."""
    values = np.asarray(values)
    if values.shape[1:] not in ((), (1,)):
        raise ValueError(f"{name}: expected one value for each sample, got shape {values.shape}")
    return values.reshape(len(values))


def check_images(shape: tuple[int, ...]) -> None:
    """Raise ValueError unless an array of that shape can be drawn as images."""
    if not shape or 0 in shape:
        raise ValueError(f"there is nothing to draw: no images (shape {shape})")
    square = len(shape) == 2 and round(shape[1] ** 0.5) ** 2 == shape[1]
    if not (square or len(shape) == 3 or (len(shape) == 4 and shape[1] in (1, 3))):
        raise ValueError(
            "expected images of shape (N, H, W), (N, 1, H, W), (N, 3, H, W), or (N, D) with D a square number, "
            f"got shape {shape}"
        )


def as_images(images: np.ndarray) -> np.ndarray:
    """Return images that :func:`check_images` accepts in shape (N, H, W) or (N, H, W, 3)."""
    if images.ndim == 2:
        side = round(images.shape[1] ** 0.5)
        return images.reshape(-1, side, side)
    if images.ndim == 4:
        return images[:, 0] if images.shape[1] == 1 else np.moveaxis(images, 1, -1)
    return images


def as_classes(name: str, classes: Any, count: int) -> np.ndarray:
    """Return classes as integers of shape (count,), or raise ValueError."""
    classes = np.asarray(classes)
    if classes.shape != (count,):
        raise ValueError(f"{name}: expected a class for each of {count} images, got shape {classes.shape}")
    if classes.dtype.kind not in "iu" or classes.min() < 0:
        raise ValueError(f"{name}: expected integers from 0, got {classes.dtype} from {classes.min()}")
    return classes


def as_probabilities(confidence: Any, count: int) -> np.ndarray:
    """Return probabilities of shape (count,), or raise ValueError."""
    confidence = np.asarray(confidence, dtype=float)
    if confidence.shape != (count,):
        raise ValueError(f"confidence: expected a probability for each of {count} images, got shape {confidence.shape}")
    wrong = confidence[(confidence < 0) | (confidence > 1.001)]  # a sum in float32 may pass 1 by a little
    if wrong.size:
        raise ValueError(f"confidence: expected probabilities from 0 to 1, got {wrong[0]:g}")
    return confidence


def as_units(W: Any, image_shape: tuple[int, ...] | None) -> np.ndarray:
    """Return the weights of each unit or filter as images, shape (units, C, H, W), or raise ValueError."""
    W = np.asarray(W)
    if not W.size or W.ndim not in (2, 4) or W.dtype.kind not in "fiu":
        raise ValueError(f"expected weights of shape (D, M) or (F, C, FH, FW), got {W.dtype} of shape {W.shape}")
    if W.ndim == 4:
        return W
    if image_shape is None or len(image_shape) not in (2, 3):
        raise ValueError(
            f"W of shape {W.shape} belongs to an affine layer; to draw its columns as images, image_shape must be "
            f"(H, W) or (C, H, W), got {image_shape}"
        )
    if np.prod(image_shape) != len(W):
        raise ValueError(
            f"image_shape {tuple(image_shape)} has {np.prod(image_shape)} pixels, but a column of W has {len(W)} "
            f"weights (W.shape {W.shape})"
        )
    return W.T.reshape(-1, *((1, *image_shape) if len(image_shape) == 2 else image_shape))


def check_records(distributions: Sequence[Mapping[str, Any]]) -> tuple[list[str], list[int]]:
    """Return the names of the layers and the epochs, or raise ValueError."""
    if not len(distributions) or not distributions[0].get("layers"):
        raise ValueError("there is nothing to draw: the distributions hold no epoch, or no layer")
    names = [layer["name"] for layer in distributions[0]["layers"]]
    for record in distributions:
        found = [layer["name"] for layer in record["layers"]]
        if found != names:
            raise ValueError(
                f"epoch {record['epoch']} has the layers {', '.join(found)}; expected those of the first epoch, "
                f"{', '.join(names)}"
            )
        for layer in record["layers"]:
            check_layer(layer, record["epoch"])
    return names, [record["epoch"] for record in distributions]


def check_layer(layer: Mapping[str, Any], epoch: int) -> None:
    """Raise ValueError unless a layer has its quantiles and standard deviations."""
    where = f"{layer['name']} in epoch {epoch}"
    for kind in ("activation", "gradient"):
        lacking = [key for key in (kind, f"{kind}_std") if key not in layer]
        if lacking:
            raise ValueError(f"{where} has no {', '.join(lacking)}; it has {', '.join(layer)}")
        if np.shape(layer[kind]) != (5,):
            raise ValueError(
                f"{where}: expected the quantiles of the {kind} at 5, 25, 50, 75 and 95 %, "
                f"got values of shape {np.shape(layer[kind])}"
            )
