"""The pictures and the report that a run leaves in its folder."""

import gc
import math
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from datasets.opening import Dataset
from layers import params_of
from layers.common.sublayers import leaf_layers
from training.run.folder import RunFolder
from training.trainer import Trainer

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def leave_pictures(trainer: Trainer, folder: RunFolder, data: Dataset) -> list[Path]:
    """Draw everything about a run into its folder, and return the paths; Matplotlib is imported here.

    Parameters
    ----------
    trainer : Trainer
        At its end; its network classifies images.
    folder : RunFolder
    image_shape : (int, int)
        Height and width of an image.
    """
    from figures.evaluation import evaluate
    from figures.files import save_figure
    from figures.report import write_report

    image_shape = data.image_shape
    if image_shape is None:
        return []
    x_test, t_test = trainer.x_test, trainer.t_test
    evaluation = evaluate(trainer.network, x_test, t_test)
    written = []
    for name, draw in pictures(trainer, evaluation, image_shape).items():
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
            image_shape=image_shape,
            distributions=trainer.distributions or None,
            traces=trainer.traces.columns,
            evaluation=evaluation,
        )

    return [*written, folder.keep("report.html", save_report)]


def pictures(trainer: Trainer, evaluation: Any, image_shape: tuple[int, int]) -> "dict[str, Callable[[], Figure]]":
    """Return what draws each picture, by the name of its file."""
    from figures import plot_confusion, plot_curves, plot_distributions, plot_mistakes, plot_traces, plot_weights

    name = type(trainer.network).__name__
    images = trainer.x_test.reshape(-1, *image_shape)  # (N, H, W); of images kept as bytes, and still so, (N, 1, H, W)
    drawn: dict[str, Callable[[], Figure]] = {
        "curves.png": lambda: plot_curves(trainer.history, name),
        "confusion.png": lambda: plot_confusion(evaluation.confusion),
        "mistakes.png": lambda: plot_mistakes(images, evaluation.labels, evaluation.predicted, evaluation.confidence),
        "traces.png": lambda: plot_traces(trainer.traces.columns),
    }
    weights = first_weights(trainer.network, image_shape)
    if weights is not None:
        drawn["weights.png"] = lambda: plot_weights(weights, image_shape if weights.ndim == 2 else None)
    if trainer.distributions:
        drawn["distributions.png"] = lambda: plot_distributions(trainer.distributions)
    return drawn


def first_weights(network: Any, image_shape: tuple[int, int]) -> np.ndarray | None:
    """Return the weights of the first layer that has any, if they can be seen as images."""
    for layer in leaf_layers(network.layers.values()):
        W = params_of(layer).get("W")
        if W is not None:
            return W if W.ndim == 4 or len(W) == math.prod(image_shape) else None
    return None
