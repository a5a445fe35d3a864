"""The pictures and the report that a run leaves in its folder."""

import gc
import math
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from datasets.opening import Dataset
from layers import params_of
from layers.common.sublayers import leaf_layers
from training.diagnosis.finding import Finding
from training.run.folder import RunFolder
from training.trainer import Trainer

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Drawn = dict[str, Callable[[], "Figure"]]  # by the names of the files
MOST_POINTS = 5000


def leave_pictures(
    trainer: Trainer, folder: RunFolder, data: Dataset, findings: Sequence[Finding] | None = None
) -> list[Path]:
    """Draw everything about a run into its folder, and return the paths; Matplotlib is imported here.

    Parameters
    ----------
    trainer : Trainer
        At its end.
    folder : RunFolder
    data : Dataset
        What it was trained on; of images, the training samples are not needed.
    findings : sequence of Finding, optional
        Of its diagnosis; None where there was none.
    """
    from figures.evaluation import evaluate
    from figures.files import save_figure
    from figures.report import write_report

    x_test, t_test = trainer.x_test, trainer.t_test
    evaluation = evaluate(trainer.network, x_test, t_test) if data.classes else None
    told = None if findings is None else [finding.as_json() for finding in findings]
    written = []
    for name, draw in pictures(trainer, evaluation, data, told).items():
        figure = draw()
        written.append(folder.keep(name, partial(save_figure, figure)))
        del figure
        gc.collect(1)  # a figure and its canvas hold each other, with some megabytes of pixels

    def save_report(path: Path) -> None:
        write_report(
            path,
            trainer.network,
            config=folder.config,
            history=trainer.history,
            x_test=x_test,
            t_test=t_test,
            image_shape=data.image_shape,
            distributions=trainer.distributions or None,
            traces=trainer.traces.columns,
            evaluation=evaluation,
            data=data,
            findings=told,
        )

    return [*written, folder.keep("report.html", save_report)]


def pictures(
    trainer: Trainer, evaluation: Any, data: Dataset, findings: Sequence[dict[str, Any]] | None = None
) -> Drawn:
    """Return what draws each picture, by the name of its file."""
    from figures import plot_confusion, plot_curves, plot_distributions, plot_traces

    name = type(trainer.network).__name__
    drawn: Drawn = {"curves.png": lambda: plot_curves(trainer.history, name, findings=findings)}
    if evaluation is not None:
        drawn["confusion.png"] = lambda: plot_confusion(evaluation.confusion, data.class_names)
    if data.image_shape is None:
        drawn |= pictures_of_points(trainer, data)
    else:
        drawn |= pictures_of_images(trainer, evaluation, data, data.image_shape)
    drawn["traces.png"] = lambda: plot_traces(trainer.traces.columns)
    if trainer.distributions:
        drawn["distributions.png"] = lambda: plot_distributions(trainer.distributions)
    return drawn


def pictures_of_images(trainer: Trainer, evaluation: Any, data: Dataset, shape: tuple[int, int]) -> Drawn:
    """Return what draws the pictures in which there are images."""
    from figures import plot_mistakes, plot_weights

    images = trainer.x_test.reshape(-1, *shape)  # (N, H, W); of images kept as bytes, and still so, (N, 1, H, W)
    drawn: Drawn = {
        "mistakes.png": lambda: plot_mistakes(
            images, evaluation.labels, evaluation.predicted, evaluation.confidence, labels=data.class_names
        )
    }
    weights = first_weights(trainer.network, shape)
    if weights is not None:
        drawn["weights.png"] = lambda: plot_weights(weights, shape if weights.ndim == 2 else None)
    return drawn


def pictures_of_points(trainer: Trainer, data: Dataset) -> Drawn:
    """Return what draws the boundary between classes in the plane, or what came of a regression."""
    from figures import plot_boundary, plot_fit

    network, names = trainer.network, data.feature_names
    given = (some(data.x_train), some(data.t_train), some(data.x_test), some(data.t_test))
    title = f"{type(network).__name__} on {data.name}"
    if data.classes and data.features == 2:
        features = names or ("x1", "x2")
        return {"boundary.png": lambda: plot_boundary(network, *given, data.class_names, features, title)}
    if data.outputs == 1:
        feature = names[0] if names else "x"
        return {"fit.png": lambda: plot_fit(network, *given, feature, data.target_name or "target", title)}
    return {}


def some(samples: np.ndarray) -> np.ndarray:
    """Return as many samples as a picture can show, the same places for their labels."""
    places = np.linspace(0, len(samples) - 1, min(len(samples), MOST_POINTS))
    return samples[places.round().astype(int)]


def first_weights(network: Any, image_shape: tuple[int, int]) -> np.ndarray | None:
    """Return the weights of the first layer that has any, if they can be seen as images."""
    for layer in leaf_layers(network.layers.values()):
        W = params_of(layer).get("W")
        if W is not None:
            return W if W.ndim == 4 or len(W) == math.prod(image_shape) else None
    return None
