"""Do the units of every layer give a gradient?"""

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

from language import _
from training.diagnosis.finding import Finding
from training.diagnosis.look import Look
from training.diagnosis.remedies import better_start
from training.diagnosis.signals import Signal, dead_share, saturated_share
from training.signs.rates import best_rate


class Stuck(NamedTuple):
    """A way in which units give no gradient.

    ``kinds`` are the activations that know it, ``share`` tells how much of a layer is stuck, ``least`` from which share
    on it counts, ``even_so`` where the network has learned all the same, and ``say`` gives the sentences.
    """

    code: str
    kinds: tuple[str, ...]
    share: Callable[[Signal], float]
    least: float
    even_so: float
    say: Callable[[str, float, bool], tuple[str, str]]


def saturated(look: Look) -> Iterator[Finding]:
    """Look for sigmoids and tanhs whose outputs lie at their ends."""
    yield from stuck(look, Stuck("saturated", ("sigmoid", "tanh"), saturated_share, 0.5, math.inf, say_saturated))


def dead(look: Look) -> Iterator[Finding]:
    """Look for units of ReLU that are 0 for every sample."""
    yield from stuck(look, Stuck("dead-units", ("relu",), dead_share, 0.4, 0.8, say_dead))


def began_high(look: Look) -> bool:
    """Return whether the first loss was far above that of guessing, as large weights make it."""
    guess, first = look.scores.guess, look.begin.loss if look.begin else look.scores.first
    return guess is not None and math.isfinite(first) and first > 3 * guess


def stuck(look: Look, way: Stuck) -> Iterator[Finding]:
    """Look for layers whose units give no gradient: at the start, or only now, as an effect."""
    signals = look.signals_at_end[: -1 if began_high(look) else None]  # of high scores, the last one tells nothing
    now = worst(signals, way.kinds, way.share)
    if now is None or now[1] < way.least or not (look.falls_short or now[1] > way.even_so):
        return
    name, share = now
    before = worst(look.signals_at_start, way.kinds, way.share)
    is_effect = came_about(look, way, share) if before is None else before[1] < 0.5 * share
    message, remedy = way.say(name, share, is_effect)
    tried = None if is_effect else better_start(look)
    evidence = {"layer": name, "share": share, "at_start": before[1] if before else None}
    yield Finding(way.code, message, remedy, evidence, tried, None, is_effect)


def came_about(look: Look, way: Stuck, share: float) -> bool:
    """Return whether units became stuck during training, where only losses and trials tell."""
    if way.code == "dead-units" and share > 0.99 and look.learned_at_first:
        return True
    best = best_rate(look) if look.falls_short and look.laboratory.rate() else None
    lowered = best is not None and best[0] < 1
    return not look.started_badly and (look.rose or look.blew_up or lowered) and not began_high(look)


def worst(
    signals: list[Signal], kinds: tuple[str, ...], share_of: Callable[[Signal], float]
) -> tuple[str, float] | None:
    """Return the layer with the largest share, and that."""
    found = [(signal.name, share_of(signal)) for signal in signals if signal.kind in kinds and signal.output.size]
    return max(found, key=lambda one: one[1]) if found else None


def say_saturated(name: str, share: float, is_effect: bool) -> tuple[str, str]:
    """Return the sentences of a saturated layer."""
    since = _("since training began") if is_effect else _("from the start")
    return (
        _(
            "{share:.0%} of the outputs of {name} lie at the ends of its range, where its slope is zero, {since}.",
            share=share,
            name=name,
            since=since,
        ),
        _(
            "Smaller weights or inputs, or a lower learning rate, keep it where it has a slope; ReLU does not "
            "saturate upwards."
        ),
    )


def say_dead(name: str, share: float, is_effect: bool) -> tuple[str, str]:
    """Return the sentences of a layer with dead units."""
    since = _("since training began") if is_effect else _("from the start")
    return (
        _(
            "{share:.0%} of the units of {name} are 0 for every sample, {since}: they get no gradient, so they stay "
            "dead.",
            share=share,
            name=name,
            since=since,
        ),
        _("A lower learning rate, biases of 0, He's weights, or LeakyReLU keep units alive."),
    )
