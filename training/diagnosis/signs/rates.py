"""Is the learning rate one at which this network learns?"""

import math
from collections.abc import Iterator

from language import _
from training.diagnosis.finding import Finding
from training.diagnosis.laboratory import Outcome, Remedy, clearly_better
from training.diagnosis.look import Look
from training.diagnosis.remedies import other_rate

LOWER, HIGHER = (0.1, 0.01, 0.3, 0.001, 1e-4), (10.0, 100.0, 1000.0, 3.0, 1e4)


def learning_rate(look: Look) -> Iterator[Finding]:
    """Try other rates where the network has learned less than it could, and report the best that clearly helps."""
    if not (look.falls_short or look.broken) or look.laboratory.rate() is None:
        return
    best = best_rate(look)
    if best is None:
        return
    factor, remedy, outcome = best
    if factor < 1 and look.started_badly and not rose(look):
        return
    name, rate = look.laboratory.rate() or ("lr", math.nan)
    tried = look.laboratory.trial_of(remedy, outcome, look.end)
    evidence = {"lr": rate, "works": rate * factor, "loss": look.end.loss, "guess": look.scores.guess}
    if factor < 1:
        yield Finding(
            "learning-rate-too-high",
            _("A learning rate of {rate:g} is too high: each step leaps over the valley.", rate=rate),
            _("Take {new:g}, that is, {name}={new:g}.", new=float(f"{rate * factor:.2g}"), name=name),
            evidence,
            tried,
        )
    elif not look.was_going_well:
        yield Finding(
            "learning-rate-too-low",
            _(
                "A learning rate of {rate:g} is too low: {steps} steps lead hardly anywhere.",
                rate=rate,
                steps=look.case.steps or _("the"),
            ),
            _("Take {new:g}, that is, {name}={new:g}.", new=float(f"{rate * factor:.2g}"), name=name),
            evidence,
            tried,
        )


def best_rate(look: Look) -> tuple[float, Remedy, Outcome] | None:
    """Return the factor, the remedy and the outcome of the rate that helps most; None where none does."""
    if "best rate" not in look.kept:
        look.kept["best rate"] = search(look)
    return look.kept["best rate"]


def search(look: Look) -> tuple[float, Remedy, Outcome] | None:
    """Try rates, first in the direction in which the losses point; last from where the network is now."""
    down = look.broken or rose(look)
    for factors in (LOWER, HIGHER) if down else (HIGHER, LOWER):
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
        if worse >= 2:
            break
    return best


def rose(look: Look) -> bool:
    """Return whether the losses rose, or jump about as much as they fell."""
    losses = look.case.losses
    if len(losses) < 4:
        return False
    if not all(map(math.isfinite, losses)):
        return True
    first, last = losses[: max(1, len(losses) // 10)].mean(), losses[-max(2, len(losses) // 5) :]
    return bool(last.mean() > 0.98 * first and last.std() > 0.02 * abs(first)) or bool(losses.max() > 3 * losses[0])
