"""Layers that move their parameters with an optimizer that remembers earlier steps, such as momentum or Adam."""

from typing import Any

import numpy as np

from gradients.measuring.arguments import copied, uneven
from gradients.measuring.point import LayerRaised


def remembers(subject: Any) -> bool:
    """Return whether how far backward moves parameters depends on the backward before, for the same values of all.

    Where forward has not forgotten it either, a parameter moves that is not known here, and nothing is told.
    """
    if not any(slot.is_moved for slot in subject.slots):
        return False
    douts = [uneven(shape) for shape in subject.output_shapes]
    others = [-dout for dout in douts]
    used, fresh = subject.fresh(subject.point), subject.fresh(subject.point)
    try:
        moves(subject, used, douts)
        subject.set_params(used, subject.point.params)
        (outputs, steps), (usual_outputs, usual_steps) = moves(subject, used, others), moves(subject, fresh, others)
        return are_close(outputs, usual_outputs) and not are_close(steps, usual_steps)
    except (LayerRaised, ValueError):
        return False


def are_close(arrays: list[np.ndarray], others: list[np.ndarray]) -> bool:
    """Return whether arrays are the same but for rounding."""
    pairs = zip(arrays, others, strict=True)
    return all(np.allclose(a, b, rtol=1e-6, atol=1e-9 * np.abs(b).max(initial=0.0)) for a, b in pairs)


def moves(subject: Any, instance: Any, douts: list[np.ndarray]) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Return what forward gives, and how far a backward moves each parameter that it moves."""
    inputs = [copied(x) for x in subject.point.inputs]
    _, outputs = subject.forward(instance, inputs)
    subject.call_backward(instance, [dout.copy() for dout in douts], inputs)
    after = subject.params_of(instance)
    names = [slot.gradient_name for slot in subject.slots if slot.is_moved]
    return outputs, [after[name] - subject.point.params[name] for name in names]
