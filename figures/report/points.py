"""The points of data that are no images, where one or two features of theirs can be drawn."""

from typing import Any

import numpy as np

from datasets.opening import Dataset
from figures.evaluation import Evaluation
from figures.report.plain import plain, rounded

MOST = 800  # points of the training set, and of the test set; of more, equally distant ones


def points_data(data: Dataset | None, evaluation: Evaluation | None) -> dict[str, Any] | None:
    """Return the points in the plane of a classification, or those of a regression over one feature; else None."""
    if data is None or data.image_shape is not None:
        return None
    if data.features != (2 if data.classes else 1) or (not data.classes and data.outputs != 1):
        return None
    names = data.feature_names or [f"x{number}" for number in range(1, data.features + 1)]
    sets = {"train": (data.x_train, data.t_train), "test": (data.x_test, data.t_test)}
    points = {name: some_points(x, t) for name, (x, t) in sets.items()}
    if evaluation is not None:
        points["test"]["predicted"] = plain(evaluation.predicted[places(len(data.x_test))])
    return {"features": plain(list(names)), **points}


def some_points(x: np.ndarray, t: np.ndarray) -> dict[str, Any]:
    """Return the features and the labels or targets of some points, and how many there are of all."""
    chosen = places(len(x))
    labels = t[chosen].reshape(len(chosen))
    return {"x": rounded(plain(x[chosen])), "t": rounded(plain(labels)), "of": len(x)}


def places(samples: int) -> np.ndarray:
    """Return which of so many samples are shown."""
    return np.linspace(0, samples - 1, min(samples, MOST)).round().astype(int)
