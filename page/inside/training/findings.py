"""What is wrong with a training, and with the student's layers in it."""

from typing import Any

import numpy as np

from gradients import check_layer
from language import _
from page.inside.training.one_run import OneRun
from training import diagnose
from training.diagnosis.copies import undisturbed

SECONDS = 2.0  # that a diagnosis may take
SHAPE = (5, 4)  # of the inputs at which the student's layers are checked
CLASSES = 3


def findings_of(run: OneRun) -> dict[str, Any]:
    """Return the findings of a diagnosis, and what a check says of each of the student's layers."""
    answer: dict[str, Any] = {"findings": [], "own": [checked(run, name) for name in run.built.own]}
    if not run.trainer.step:
        message = _("Nothing was trained yet: start the training, then ask again.")
        return answer | {"message": message if run.said is None else run.said["message"]}
    try:
        answer["findings"] = [finding.as_json() for finding in diagnose(run.trainer, seconds=SECONDS)]
    except Exception as error:
        return answer | {"message": _("The diagnosis could not be made: {error}", error=error)}
    return answer | {"message": "" if answer["findings"] else _("Nothing was found wrong with this training.")}


def checked(run: OneRun, name: str) -> dict[str, Any]:
    """Return what the gradient check says of one of the student's layers."""
    layer = run.owns[name]
    rng = np.random.default_rng(0)
    x = rng.standard_normal(SHAPE)
    inputs: list[Any] = [x, rng.integers(SHAPE[1], size=len(x))] if layer.role == "loss" else [x]
    arguments: dict[str, list[Any]] = {
        "affine": [rng.standard_normal((SHAPE[1], CLASSES)), rng.standard_normal(CLASSES)],
        "batch_norm": [rng.standard_normal(SHAPE[1]), rng.standard_normal(SHAPE[1])],
        "dropout": [0.5],
    }
    try:
        with undisturbed():
            report = check_layer(layer.kind(*arguments.get(layer.role, [])), *inputs)
    except Exception as error:
        return {"name": name, "ok": False, "code": "raises", "says": f"{type(error).__name__}: {error}"}
    if report.ok:
        return {"name": name, "ok": True, "code": "", "says": _("backward is right")}
    first = report.findings[0]
    return {"name": name, "ok": False, "code": first.code, "says": first.message}
