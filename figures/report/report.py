"""Writing the report."""

import os
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from datasets.opening import Dataset
from figures.evaluation import Evaluation, evaluate
from figures.report.contents import page_data
from figures.report.embedding import one_page
from networks.files.whole_file import whole_file
from networks.moving import on_cpu


def write_report(
    path: str | os.PathLike[str],
    network: Any,
    *,
    config: Mapping[str, Any],
    history: Sequence[Mapping[str, Any]],
    x_test: np.ndarray,
    t_test: np.ndarray,
    image_shape: tuple[int, ...] | None,
    distributions: Sequence[Mapping[str, Any]] | None = None,
    traces: Mapping[str, Sequence[float]] | None = None,
    evaluation: Evaluation | None = None,
    data: Dataset | None = None,
    findings: Sequence[Mapping[str, Any]] | None = None,
) -> None:
    """Write one HTML file that shows a run, and in which the trained network works; whole or not at all.

    The file needs nothing but a browser: neither a network nor other files.

    Parameters
    ----------
    path : path
    network : Network
        Classifies images; without images, it may classify or predict values.
    config : mapping
        What was trained and how: ``command``, ``dataset``, ``network`` and anything else, shown as it is, but for
        what would not serve another reader (:func:`figures.report.settings.settings`).
    history : sequence of mapping
        The records of :class:`training.Trainer`.
    x_test : array, shape (N, D) or (N, 1, H, W)
        Test samples, such as images in 0..1: an array, or anything with a length that slices and arrays of indices
        select from, such as :class:`datasets.images.ScaledImages`.
    t_test : array, shape (N,) or one-hot (N, K); in regression targets (N, M)
    image_shape : (int, int) or None
        Height and width, H W = D; None where the samples are no images.
    distributions : sequence of mapping, optional
        For each epoch ``epoch`` and ``layers``, a list of ``name``, ``activation`` and ``gradient`` (the quantiles of
        5, 25, 50, 75 and 95 %), ``activation_std`` and ``gradient_std``. Of more than 200 epochs, 200 are shown.
    traces : mapping, optional
        ``step``, ``lr``, ``gradient_norm`` and ``loss``, lists of one length.
    evaluation : Evaluation, optional
        Of the network on the test samples; without it, it is made here where the network classifies.
    data : datasets.opening.Dataset, optional
        What it was trained on: the names of the classes; of data that are no images, the points in the plane or of the
        curve are shown.
    findings : sequence of mapping, optional
        What a diagnosis found, as :meth:`training.diagnosis.finding.Finding.as_json` has it; without it, nothing is
        said, and where it is empty, that nothing was found wrong.

    Raises
    ------
    ValueError
        When the images do not have the shape that is said, and as :func:`figures.evaluation.evaluate` does.
    OSError
        When the file cannot be written.
    """
    network = on_cpu(network)
    if image_shape is not None:
        check_shape(x_test, image_shape)
    if evaluation is None and getattr(network, "counts_labels", True):
        evaluation = evaluate(network, x_test, t_test)
    shown = page_data(network, config, history, evaluation, x_test, image_shape, distributions, traces, data, findings)
    with whole_file(path) as file:
        file.write(one_page(shown).encode())


def check_shape(x_test: np.ndarray, image_shape: tuple[int, ...]) -> None:
    """Raise ValueError unless every sample is one image of that height and width, flat or not."""
    sample_shape, image_shape = tuple(x_test.shape[1:]), tuple(image_shape)
    if len(image_shape) != 2 or sample_shape not in ((image_shape[0] * image_shape[1],), (1, *image_shape)):
        raise ValueError(
            f"the report shows images of one channel, (N, H W) or (N, 1, H, W); got x_test.shape {x_test.shape} "
            f"and image_shape {image_shape}"
        )
