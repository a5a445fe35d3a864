"""Weights that are updated before the gradient has gone back through them."""

from collections.abc import Iterator

import numpy as np

from gradients.known_networks.faults import Fault, Gradients
from gradients.known_networks.tape import Changes, Tape
from gradients.measuring.gradient_places import parameter_of
from language import _


def updated_weights(tape: Tape, dout: np.ndarray, given: Gradients) -> Iterator[Fault]:
    """Yield the updates that come too early: of one weight, or of all of them, by the learning rate that fits."""
    places = {e.used.name: e.place for e in tape.edges if e.kind == "input" and e.used and is_told(e.used.name, given)}
    names = list(dict.fromkeys(places.values()))
    rates = sorted({round(rate, 9) for name in names if (rate := fitting_rate(tape, dout, given, [name])) is not None})
    for chosen in [*([name] for name in names), names]:
        for rate in rates:
            yield Fault(
                "updated-too-early",
                _(
                    "the gradient goes back through {weights} after the update, W -= {rate:g} * dW, and should with "
                    "the values that forward used. Compute all gradients first, and update then",
                    weights=_(" and ").join(chosen),
                    rate=rate,
                ),
                lambda tape, given, c=chosen, r=rate: stepped(tape, given, c, r),
            )


def is_told(name: str, given: Gradients) -> bool:
    """Return whether a weight's gradient was given."""
    return any(gradient is not None for n, gradient in given.items() if parameter_of(n) == name)


def stepped(tape: Tape, given: Gradients, places: list[str], rate: float) -> Changes:
    """Return the edges through some weights, with these a step further along their gradients."""
    changes: Changes = {}
    for edge in tape.edges:
        if edge.kind != "input" or edge.place not in places or edge.used is None:
            continue
        W = edge.used.value
        step = next((g for n, g in given.items() if parameter_of(n) == edge.used.name), None)
        if step is None:
            continue
        step = step if step.shape == W.shape else step.T
        if step.shape == W.shape:
            changes[id(edge)] = (edge.source, lambda g, W=W - rate * step: g @ W.T)
    return changes


def fitting_rate(tape: Tape, dout: np.ndarray, given: Gradients, places: list[str]) -> float | None:
    """Return the learning rate with which an update that comes too early gives some gradient; None where none does."""
    right, moved = tape.gradients(dout), tape.gradients(dout, stepped(tape, given, places, 1.0))
    for name, value in given.items():
        if value is None or value.shape != right[name].shape:
            continue
        direction, rest = moved[name] - right[name], value - right[name]
        size = float((direction * direction).sum())
        if size <= 1e-20 * float((right[name] ** 2).sum()):
            continue
        rate = float((direction * rest).sum()) / size
        if rate > 0 and np.abs(rest - rate * direction).max() <= 1e-6 * np.abs(value).max():
            return rate
    return None
