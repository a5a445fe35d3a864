"""What the page shows, as plain data."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from datasets.digits import WHITE as WHITE_OF_DIGITS
from datasets.opening import Dataset
from figures.evaluation import Evaluation
from figures.report.model import network_data
from figures.report.plain import as_base64, plain, rounded
from figures.report.points import points_data
from figures.report.samples import Chosen, choose
from figures.report.settings import settings

WHITE_OF_MNIST = 255
SOME_SAMPLES = 500
MOST_EPOCHS = 200  # of which the distributions are shown


def page_data(
    network: Any,
    config: Mapping[str, Any],
    history: Sequence[Mapping[str, Any]],
    evaluation: Evaluation | None,
    x_test: np.ndarray,
    image_shape: tuple[int, ...] | None,
    distributions: Sequence[Mapping[str, Any]] | None,
    traces: Mapping[str, Sequence[float]] | None,
    data: Dataset | None = None,
    findings: Sequence[Mapping[str, Any]] | None = None,
) -> dict[str, Any]:
    """Return everything that the page shows; arguments as for :func:`figures.report.write_report`."""
    names = data.class_names if data is not None else None
    return {
        "config": plain(settings(config)),
        "history": plain(history),
        "test": test_data(evaluation, history, len(x_test)),
        "classes": plain(names or []),
        **images_data(evaluation, x_test, image_shape),
        "points": points_data(data, evaluation),
        "network": network_data(network, x_test.shape[1:]),
        "distributions": rounded(plain(some_epochs(distributions or []))),
        "traces": rounded(plain(traces or {})),
        "findings": findings_data(findings),
    }


def test_data(evaluation: Evaluation | None, history: Sequence[Mapping[str, Any]], samples: int) -> dict[str, Any]:
    """Return what was measured on the test samples: in regression the loss after the last epoch."""
    if evaluation is None:
        return {"samples": samples, "loss": plain(history[-1].get("test_loss")) if history else None}
    return {
        "samples": samples,
        "accuracy": plain(evaluation.accuracy),
        "confusion": plain(evaluation.confusion),
    }


def images_data(
    evaluation: Evaluation | None, x_test: np.ndarray, image_shape: tuple[int, ...] | None
) -> dict[str, Any]:
    """Return how the images are made, and some of them; None where the samples are no images."""
    if image_shape is None or evaluation is None:
        return {"image": None, "samples": None}
    white = white_of(x_test)
    chosen = choose(evaluation, pixels=image_shape[0] * image_shape[1])
    image = {"height": int(image_shape[0]), "width": int(image_shape[1]), "white": white, "making": making_of(white)}
    return {"image": image, "samples": samples_data(chosen, evaluation, x_test, white)}


def findings_data(findings: Sequence[Mapping[str, Any]] | None) -> list[dict[str, Any]] | None:
    """Return what the page tells of each finding; None where there was no diagnosis.

    >>> findings_data([{"code": "plateau", "epoch": 3, "tried": None, "evidence": {"place": 3}}])[0]["epoch"]
    3
    """
    if findings is None:
        return None
    told = [{key: plain(finding.get(key)) for key in ("code", "message", "remedy", "epoch")} for finding in findings]
    for shown, finding in zip(told, findings, strict=True):
        shown["tried"] = plain((finding.get("tried") or {}).get("text"))
        shown["is_effect"] = bool(finding.get("is_effect"))
    return told


def some_epochs(records: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the records of at most 200 epochs, about equally far apart, the first and the last among them."""
    places = np.linspace(0, len(records) - 1, min(len(records), MOST_EPOCHS)).round().astype(int)
    return [records[place] for place in places]


def white_of(x_test: np.ndarray) -> int:
    """Return how many steps there are between a black pixel and a white one.

    >>> white_of(np.array([[0.5, 1.0]])), white_of(np.array([[0.2, 1.0]]))
    (16, 255)
    """
    if hasattr(x_test, "white"):
        return int(x_test.white)
    steps = np.asarray(x_test[:SOME_SAMPLES]) * WHITE_OF_DIGITS
    return WHITE_OF_DIGITS if np.array_equal(steps, np.rint(steps)) else WHITE_OF_MNIST


def making_of(white: int) -> str:
    """Return how the images were made, so that drawings can be made in the same way.

    The embedded digits count the ink in blocks of 4 x 4 pixels. Anything else is taken to be like MNIST, whose digits
    fill a box and have their centre of mass in the middle.
    """
    return "blocks" if white == WHITE_OF_DIGITS else "mass"


def samples_data(chosen: Chosen, evaluation: Evaluation, x_test: np.ndarray, white: int) -> dict[str, Any]:
    """Return the chosen test samples; cells, mistakes and examples are places in these lists."""
    numbers = chosen.numbers
    values = np.nan_to_num(np.asarray(x_test[numbers]), nan=0.0)
    return {
        "number": plain(numbers),
        "label": plain(evaluation.labels[numbers]),
        "predicted": plain(evaluation.predicted[numbers]),
        "confidence": plain(evaluation.confidence[numbers].astype(float).round(6)),
        "pixels": as_base64(np.rint(values.clip(0, 1) * white).astype(np.uint8).tobytes()),
        "examples": chosen.places(chosen.examples),
        "mistakes": chosen.places(chosen.mistakes),
        "cells": {f"{row},{column}": chosen.places(members) for (row, column), members in chosen.cells.items()},
    }
