"""Is the learning rate one at which this network learns?"""

import math
from collections.abc import Iterator

import numpy as np

from language import _
from training.diagnosis.finding import Finding
from training.diagnosis.laboratory import Outcome, Remedy, clearly_better
from training.diagnosis.look import Look, once
from training.diagnosis.remedies import other_rate, own_optimizer, rounded

TINY, HUGE = 1e-5, 1e3  # rates beyond which multiples lead nowhere
USUAL = (1e-3, 1e-2, 1e-1)
BOTH_WAYS = (100.0, 0.01, 10.0, 0.1, 1e4, 1e-4, 1000.0, 0.001)
LOWER, HIGHER = (0.1, 0.01, 0.3, 0.001, 1e-4), (10.0, 100.0, 1000.0, 3.0, 1e4)


def learning_rate(look: Look) -> Iterator[Finding]:
    """Try other rates where the network has learned less than it could, and report the best that clearly helps."""
    if not (look.falls_short or look.broken) or look.laboratory.rate() is None:
        return
    best = best_rate(look)
    if best is None:
        yield from other_optimizer(look)
        return
    factor, remedy, outcome = best
    if factor < 1 and look.case.start is None and not (look.rose or look.blew_up or look.broken or jumps(look)):
        return
    name, rate = look.laboratory.rate() or ("lr", math.nan)
    tried = look.laboratory.trial_of(remedy, outcome, look.end)
    evidence = {"lr": rate, "works": rounded(rate * factor), "loss": look.end.loss, "guess": look.scores.guess}
    if factor < 1:
        yield Finding(
            "learning-rate-too-high",
            _("A learning rate of {rate:g} is too high: each step jumps over the minimum.", rate=rate),
            _("Use {name}={new:g}.", new=rounded(rate * factor), name=name),
            evidence,
            tried,
        )
    elif not look.was_going_well and (not look.broken or stands_still(look)):
        yield Finding(
            "learning-rate-too-low",
            _("A learning rate of {rate:g} is too low: the loss hardly falls.", rate=rate),
            _("Use {name}={new:g}.", new=rounded(rate * factor), name=name),
            evidence,
            tried,
        )


def other_optimizer(look: Look) -> Iterator[Finding]:
    """Where the losses blew up in a way that some dozen steps do not show, try an optimizer that is known to work."""
    if not (look.blew_up or (look.rose and look.broken)):
        return
    tried = look.trial(own_optimizer(0.003, adam=True), share=0.15) or look.trial(own_optimizer(0.01), share=0.1)
    if tried is not None:
        yield Finding(
            "learning-rate-too-high",
            _("The losses fell at first and then blew up: in the end the steps were too large."),
            _("Lower the learning rate, or the momentum, or use a schedule that lowers it."),
            {"lowest": float(np.nanmin(look.case.losses)), "loss": look.end.loss},
            tried,
        )


def stands_still(look: Look) -> bool:
    """Return whether the loss is what it was at the start."""
    return look.begin is not None and math.isclose(look.begin.loss, look.end.loss, rel_tol=0.02)


def jumps(look: Look) -> bool:
    """Return whether the last losses differ from one another by more than a tenth."""
    last = look.case.losses[-max(5, len(look.case.losses) // 5) :]
    return len(look.case.losses) == 0 or bool(last.std() > 0.1 * abs(last.mean()))


@once
def best_rate(look: Look) -> tuple[float, Remedy, Outcome] | None:
    """Return the factor, the remedy and the outcome of the rate that helps most; None where none does.

    Rates are tried first in the direction in which the losses point; last from where the network is now.
    """
    down, rate = look.broken or look.rose, (look.laboratory.rate() or ("", 1.0))[1]
    if 0 < rate < TINY or rate > HUGE:
        return best_of(look, tuple(usual / rate for usual in USUAL), from_end=False)
    falls = len(look.case.losses) > 10 and look.end.loss < 0.9 * look.scores.first
    for factors in (LOWER, HIGHER) if down else (HIGHER, LOWER) if falls else (BOTH_WAYS, HIGHER):
        best = best_of(look, factors, from_end=False)
        if best is not None:
            return best
    return None if look.broken else best_of(look, (10.0, 100.0, 1000.0), from_end=True)


def best_of(look: Look, factors: tuple[float, ...], from_end: bool) -> tuple[float, Remedy, Outcome] | None:
    """Return the best of some rates, of those that clearly help."""
    best: tuple[float, Remedy, Outcome] | None = None
    worse = 0
    for factor in factors:
        remedy = other_rate(look.laboratory, factor, look.case.optimizer if from_end else None)
        if remedy is None:
            continue
        network = look.copy() if from_end else None
        outcome = look.laboratory.run(remedy, 0.07 * look.budget.seconds, network=network)
        helped = outcome is not None and clearly_better(outcome.score, look.end, look.scores)
        if outcome is not None and helped and (best is None or outcome.score.loss < best[2].score.loss):
            best, worse = (factor, remedy, outcome), 0
        else:
            worse += best is not None
        if worse >= (2 if factors is not BOTH_WAYS else 4):
            break
    return best
