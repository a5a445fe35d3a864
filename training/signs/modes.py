"""Does the network predict in the mode in which it should?"""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from language import _
from layers.common.training_mode import FLAGS, forward_in_mode
from training.diagnosis.finding import Finding, Trial
from training.diagnosis.look import Look
from training.diagnosis.scores import outputs_of
from training.diagnosis.signals import layers_in, parts_of
from training.diagnosis.spot_check import flag_of_loss

GAP = 0.05  # of accuracy between the modes, from which on it counts


def random_answers(look: Look) -> Iterator[Finding]:
    """See whether the network answers the same to the same samples, and to one sample alone as among others."""
    network, few = look.copy(), look.few()
    x = few.x[:64]
    first, second = outputs_of(network, x), outputs_of(network, x)
    if first is None or second is None or not np.isfinite(first).all():
        return
    scale = float(np.std(first)) + 1e-9
    if first.shape == second.shape and float(np.abs(first - second).max()) > 0.02 * scale:
        yield Finding(
            "mode",
            _("Asked twice, the network answers differently: dropout is on while it predicts."),
            _("Switch dropout off for prediction (training = False, train_flg=False)."),
            {"difference": float(np.abs(first - second).max()), "reason": "random"},
            prediction_trial(look),
        )
        return
    half = outputs_of(network, x[:8])
    if half is not None and half.shape == first[:8].shape and float(np.abs(half - first[:8]).max()) > 0.05 * scale:
        yield Finding(
            "mode",
            _(
                "The answer to a sample depends on the samples beside it: batch normalisation takes the statistics of "
                "the batch while it predicts."
            ),
            _("Let it use its running statistics in prediction (training = False, train_flg=False)."),
            {"difference": float(np.abs(half - first[:8]).max()), "reason": "batch"},
            prediction_trial(look),
        )


def one_for_all(look: Look) -> Iterator[Finding]:
    """See whether the network predicts the same for all samples, while the loss in training tells of better."""
    losses = look.case.losses
    y = outputs_of(look.copy(), look.few().x)
    if (
        y is None
        or len(losses) < 20
        or not np.isfinite(y).all()
        or np.abs(y - y[:1]).max() > 1e-6 * (1 + np.abs(y).max())
    ):
        return
    last = float(np.mean(losses[-max(5, len(losses) // 20) :]))
    if last < 0.7 * look.end.loss:
        yield Finding(
            "mode",
            _(
                "The network predicts the same for all samples, although its loss in training came down to {loss:.3g}.",
                loss=last,
            ),
            _(
                "Let batch normalisation use running statistics in prediction: normalised by itself, one sample "
                "becomes zeros."
            ),
            {"loss_in_training": last, "loss": look.end.loss, "reason": "batch"},
        )


def dropout_scale(look: Look) -> Iterator[Finding]:
    """See whether dropout gives values of the same size, on average, in training and in prediction."""
    for name, layer in layers_in(look.copy()):
        if "drop" not in type(layer).__name__.lower() + name.lower():
            continue
        ones = np.ones((400, 50))
        try:
            means = [float(np.mean(forward_in_mode(layer, ones, training))) for training in (True, False)]
        except Exception:
            continue
        if min(means) > 0 and not 0.9 < means[0] / means[1] < 1.1:
            yield Finding(
                "mode",
                _(
                    "The dropout in {name} gives {times:.2g} times as much in training as in prediction, on average.",
                    name=name,
                    times=means[0] / means[1],
                ),
                _("Either divide by (1 - ratio) in training or multiply by it in prediction, not both, and only once."),
                {"layer": name, "times": means[0] / means[1], "reason": "scale"},
            )
            return


def prediction_trial(look: Look) -> Trial | None:
    """Tell all layers that they predict, and compare the accuracy on test samples."""
    samples = look.scores.test or look.scores.train
    as_is = look.scores.of(look.copy(), samples)
    network = look.copy()
    found = set_flags(network, False)
    if not found or as_is.accuracy is None:
        return None
    told = look.scores.of(network, samples)
    if told.accuracy is None or told.accuracy <= as_is.accuracy:
        return None
    return Trial(_("with all layers in prediction mode"), 0, "accuracy", as_is.accuracy, told.accuracy)


def set_flags(network: Any, training: bool) -> bool:
    """Tell all layers by their attributes whether they learn; return whether there was any to tell."""
    found = False
    for thing in parts_of(network):
        for flag in FLAGS:
            if isinstance(getattr(thing, flag, None), bool):
                setattr(thing, flag, training)
                found = True
    return found


def running_statistics(look: Look) -> Iterator[Finding]:
    """See whether the network is much better with the statistics of the batch than with those it has collected."""
    together = in_training(look)
    if together is None:
        return
    loss, accuracy = together
    predicted = look.scores.of(look.copy(), look.few())  # on the same samples: those may be all that it has learned
    better = (
        accuracy - predicted.accuracy > GAP + 0.2 * (1 - accuracy)
        if accuracy is not None and predicted.accuracy is not None
        else loss < 0.4 * predicted.loss and look.falls_short
    )
    if not better:
        return
    measure = "accuracy" if accuracy is not None else "loss"
    as_is, changed = (predicted.accuracy, accuracy) if accuracy is not None else (predicted.loss, loss)
    yield Finding(
        "mode",
        _(
            "In training mode the network is much better on the same samples than in prediction: the "
            "running statistics of its batch normalisation, or its dropout, do not fit."
        ),
        _("Update running statistics in every training step, with a momentum of about 0.9, on batches of 16 or more."),
        {"training_mode": changed, "prediction": as_is, "reason": "statistics"},
        Trial(_("with the statistics of the batch"), 0, measure, as_is or 0.0, changed or 0.0),
    )


def in_training(look: Look) -> tuple[float, float | None] | None:
    """Return loss and accuracy on training samples in training mode, None where the network has no modes."""
    network, few = look.copy(), look.few()
    flag = flag_of_loss(network)
    told = {flag: True} if flag else {}
    if not told and not set_flags(network, True):
        return None
    try:
        loss = float(np.asarray(network.loss(few.x, few.t, **told)).reshape(()))
        y = np.asarray(network.predict(few.x, **told))
    except Exception:
        return None
    accuracy = float(np.mean(y.argmax(axis=1) == few.labels)) if few.labels is not None and y.ndim == 2 else None
    return (loss, accuracy) if math.isfinite(loss) else None
