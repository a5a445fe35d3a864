"""Inputs that suit a layer: with which its forward works, and which may stand in for others."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from gradients.calling.all_layers import is_of_all_layers
from gradients.calling.roles import PROBABILITY, arguments_of, key_of
from gradients.measuring.arguments import as_input, copied, is_float_array, uneven
from gradients.measuring.exam import is_between
from gradients.measuring.held_arrays import arrays_in
from gradients.measuring.manner import ONE
from gradients.measuring.point import LayerRaised
from gradients.measuring.precise_copy import precise_copy
from gradients.measuring.subject import Subject
from gradients.measuring.surroundings import restore_class_state
from language import N_

UNWRITTEN = NotImplementedError(N_("its output is None"))  # of an exercise that nobody has done yet


def is_alternative(subject: Subject, inputs: Sequence[Any]) -> bool:
    """Return whether inputs may stand in for those with which a layer ran and came out wrong.

    Other labels may; fewer samples or features may not, since there many a mistake does not show.
    """
    if not subject.is_loss or (subject.manner.total not in ("", ONE) and not fits(subject)):
        return True
    first, other = subject.point.inputs, inputs
    guess = subject.differentiable[0] if subject.differentiable else 0
    if is_between(np.asarray(first[guess])) != is_between(np.asarray(other[guess])):
        return False
    if is_one_column_of(first, other):
        return True
    # Behind the inputs, the target of a network may stand.
    return all(
        np.ndim(b) >= np.ndim(a) - (np.ndim(a) == 2 and np.asarray(b).dtype.kind in "iu")
        and (1 not in np.shape(b) or (place > 0 and np.size(b) == max(np.shape(b)) > 1))  # targets of one output
        for place, (a, b) in enumerate(zip(first, other, strict=False))
    )


def is_one_column_of(inputs: Sequence[Any], other: Sequence[Any]) -> bool:
    """Return whether others are inputs of a linear classifier with one output, in vectors: loss(w, X, y)."""
    shapes = [(np.shape(a), np.shape(b)) for a, b in zip(inputs, other, strict=False)]
    fewer = sum(a[:-1] == b for a, b in shapes if len(a) == 2)
    return len(shapes) >= 3 and fewer >= 2 and all(b in (a, a[:-1]) for a, b in shapes)


def worth_going_on(subject: Subject) -> bool:
    """Return whether other inputs may show that a layer is right after all.

    A loss may be meant for other labels. A gradient of another shape than it should have comes from a layer for other
    inputs than these, such as one sample alone; it is a mistake where no inputs are found for which it is right.
    """
    return (subject.is_loss and len(subject.point.inputs) >= 2) or not fits(subject) or lacks_gradients(subject)


def lacks_gradients(subject: Subject) -> bool:
    """Return whether a layer that ran on images gives no gradient of a vector: it may sum over two axes of three."""
    if any(np.ndim(x) != 4 for x in subject.point.inputs):
        return False
    given = subject.run(subject.point, [uneven(shape) for shape in subject.output_shapes]).gradients
    none = [name for name, gradient in given.items() if gradient is None]
    params = subject.point.params
    return bool(none) and all(name in params and params[name].ndim == 1 for name in none)


def fits(subject: Subject) -> bool:
    """Return whether backward runs, and every gradient that it gives has the shape of what it is the gradient of."""
    douts = [uneven(shape) for shape in subject.output_shapes]
    try:
        given = subject.run(subject.point, douts).gradients
    except LayerRaised:
        return False
    right = {name: np.shape(subject.point.inputs[place]) for name, place in subject.input_names.items()}
    right |= {name: param.shape for name, param in subject.point.params.items()}
    return all(value is None or value.shape == right[name] for name, value in given.items())


def working(
    thing: Any, state: Any, forward: str, candidates: list[Any], errors: list[tuple[Any, BaseException]], fixed: bool
) -> Iterator[tuple[Any, ...]]:
    """Yield the inputs with which forward works and gives what is finite; note what the others raise."""
    for candidate in candidates:
        inputs = tuple(map(as_input, candidate))
        restore_class_state(state)
        copy = precise_copy(thing)
        try:
            with np.errstate(all="ignore"):
                returned = getattr(copy, forward)(*[copied(x) for x in inputs])
        except (Exception, SystemExit) as error:
            errors.append((inputs, error))
            continue
        first = returned[0] if isinstance(returned, (tuple, list)) and returned else returned
        first = first[-1] if is_of_all_layers(returned, inputs) else first
        if first is None and returned is not None:
            errors.append((inputs, UNWRITTEN))
        suits = is_finite(first) and np.size(first) and not is_flat(thing, forward, inputs, first)
        suits = suits and not gains_an_axis(thing, inputs, first)
        if fixed or returned is None or suits:
            yield inputs


def gains_an_axis(thing: Any, inputs: Sequence[Any], value: Any) -> bool:
    """Return whether an input lacks the axis of samples: weights of (1, M, D) make (1, M, N) of (D, N)."""
    if len(inputs) != 1 or np.ndim(value) != np.ndim(inputs[0]) + 1 or np.shape(value)[0] != 1:
        return False
    return any(a.ndim == np.ndim(value) and a.shape[0] == 1 for a in arrays_in(thing).values())


def is_flat(thing: Any, forward: str, inputs: Sequence[Any], value: Any) -> bool:
    """Return whether a loss does not answer to what lies outside 0..1, as where probabilities are clipped."""
    names = [key_of(p.name) for p in arguments_of(getattr(thing, forward))][: len(inputs)]
    places = [i for i, n in enumerate(names) if n in PROBABILITY and is_float_array(inputs[i])]
    if len(inputs) < 2 or not places:
        return False
    outside = (inputs[places[0]] < 0) | (inputs[places[0]] > 1)
    if not outside.any():
        return False
    moved = [copied(x) for x in inputs]
    moved[places[0]] = np.where(outside, 1.001 * inputs[places[0]], inputs[places[0]])
    try:
        return bool(np.array_equal(getattr(precise_copy(thing), forward)(*moved), value))
    except Exception:
        return True


def is_finite(value: Any) -> bool:
    """Return whether an output is made of finite numbers."""
    try:
        return bool(np.isfinite(np.asarray(value, float)).all())
    except (TypeError, ValueError):
        return False
