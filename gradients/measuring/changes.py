"""Which arrays of others a layer changes while it is called."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from gradients.measuring.arguments import same_bits
from gradients.measuring.manner import Instance
from gradients.measuring.point import Point, Run


def note_changes(
    subject: Any, run: Run, call: str, point: Point, inputs: Sequence[Any], instance: Instance, params: dict[str, Any]
) -> None:
    """Note which inputs and parameters are no longer what they were; not those that backward is known to move."""
    for number, (now, before) in enumerate(zip(inputs, point.inputs, strict=True), start=1):
        if isinstance(before, np.ndarray) and not same_bits(now, before):
            run.overwritten.setdefault(name_of_input(subject, number), call)
    moved = {slot.gradient_name for slot in subject.slots if slot.is_moved}
    for name, now in subject.params_of(instance).items():
        if name not in moved and not same_bits(now, params[name]):
            run.overwritten.setdefault(name, call)


def name_of_input(subject: Any, number: int) -> str:
    """Return what an input is called, the first being number 1."""
    if len(subject.point.inputs) == 1 or (subject.is_loss and number == 1):
        return "x"
    return "t" if subject.is_loss and number == 2 else f"input {number}"
