"""Did the training end at the right time?"""

import math
from collections.abc import Iterator

import numpy as np

from language import _
from training.diagnosis.finding import Finding
from training.diagnosis.laboratory import Remedy, clearly_better
from training.diagnosis.look import Look

LEAST, SOON = 16, 0.34  # epochs, and the share of them after which it could have stopped
STILL_FALLING = 0.85  # the share of the loss to which going on brings a training that was not finished


def ended_too_soon(look: Look) -> Iterator[Finding]:
    """Go on with the training for a while, and see whether the loss still falls."""
    if look.broken or not math.isfinite(look.end.loss) or (look.learned > 0.92 or look.at_guessing):
        return
    outcome = look.going_on
    if outcome is None or not math.isfinite(outcome.score.loss):
        return
    falls = outcome.score.loss < STILL_FALLING * look.end.loss
    if not look.was_going_well and not (
        falls and (clearly_better(outcome.score, look.end, look.scores) or still_falls(look))
    ):
        return
    if look.test is not None and look.scores.test is not None:
        after = look.scores.of(outcome.network, look.scores.test)
        if not after.loss < look.test.loss:
            return
    yield Finding(
        "unfinished",
        _("The loss was still falling when the training ended."),
        _("Train for more epochs."),
        {"loss": look.end.loss, "later": outcome.score.loss},
        look.laboratory.trial_of(Remedy(_("going on,")), outcome, look.end),
    )


def still_falls(look: Look) -> bool:
    """Return whether the loss of the last tenth of the steps, or epochs, is clearly below that of the tenth before."""
    losses = look.case.losses
    if len(losses) < 20:
        losses = np.array([record["train_loss"] for record in look.case.history], float)
    if len(losses) < 4:
        return False
    piece = max(1, len(losses) // 8)
    last, before = losses[-piece:].mean(), losses[-2 * piece : -piece].mean()
    return bool(last < 0.95 * before)


def ended_too_late(look: Look) -> Iterator[Finding]:
    """Find the epoch, or the step, from which on nothing got better."""
    if look.at_guessing or look.broken:
        return
    by_epochs = look.case.history
    losses = (
        np.array([record["train_loss"] for record in by_epochs], float) if by_epochs else smoothed(look.case.losses)
    )
    if len(losses) < LEAST or not np.isfinite(losses).all():
        return
    tests = [record.get("test_accuracy") for record in by_epochs]
    if tests and all(test is not None for test in tests):
        measured = np.array(tests, float)
        near = measured >= measured.max() - max(0.003, 2 / len(look.case.x_test))
        near &= losses <= max(1.4 * losses.min(), 0.03 * losses[0])  # a high accuracy may be luck
        near[-1] = True
    else:
        near = losses <= 1.03 * losses.min() + 0.01 * losses[0]
    place = int(np.flatnonzero(near)[0]) + 1
    falls = losses[-1] < 0.8 * losses[place - 1] and look.learned < 0.95
    if place > SOON * len(losses) or falls:
        return
    unit = len(look.case.losses) // len(losses) if not by_epochs else 1
    what = _("epoch") if by_epochs else _("step")
    yield Finding(
        "plateau",
        _(
            "From {what} {place} of {all} on, nothing got better: the training could have stopped there.",
            what=what,
            place=place * unit,
            all=len(losses) * unit,
        ),
        _("Stop there (target_accuracy), or lower the learning rate from there on (schedule)."),
        {"place": place * unit, "of": len(losses) * unit},
        None,
        place if by_epochs else None,
    )


def smoothed(losses: np.ndarray, pieces: int = 40) -> np.ndarray:
    """Return the means of equal pieces of the losses; none where they are few."""
    if len(losses) < 2 * pieces:
        return losses
    return losses[: len(losses) // pieces * pieces].reshape(pieces, -1).mean(axis=1)
