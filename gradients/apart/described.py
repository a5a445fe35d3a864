"""A subject in words and arrays: all that the other process must know to ask for its calls."""

from typing import Any

import numpy as np

from gradients.measuring.manner import Manner
from gradients.measuring.numbers_held import numbers_in
from gradients.measuring.subject import Subject

PLAIN_TYPES = (str, int, float, bool, type(None))


def describe(subject: Subject, number: int, kept: list[Any]) -> dict[str, Any]:
    """Return what is known of a subject; inputs that cannot be sent stay in ``kept``."""
    manner = subject.manner
    return {
        "number": number,
        "name": subject.name,
        "is_loss": subject.is_loss,
        "output_shapes": [tuple(shape) for shape in subject.output_shapes],
        "differentiable": list(subject.differentiable),
        "input_names": dict(subject.input_names),
        "slots": [(slot.gradient_name, slot.name, slot.is_moved) for slot in subject.slots],
        "takes_dout": subject.takes_dout,
        "manner": [
            manner.forward,
            manner.backward,
            manner.output,
            manner.loss,
            "rate" if manner.takes_rate else "",
            "guessed" if manner.guessed else "",
            manner.total,
        ],
        "inputs": tuple(sendable(x, kept) for x in subject.point.inputs),
        "params": dict(subject.point.params),
        "numbers": numbers_in(subject.pristine),
        "without_gradient": list(subject.without_gradient),
        "kept_gradients": subject.kept_gradients,
        "piles_up": subject.piles_up,
        "remarks": list(subject.remarks),
        "batch_axis": subject.batch_axis,
        "made_late": subject.made_late,
        "custom": subject.custom,
        "remembers": subject.remembers,
    }


def manner_of(words: list[str]) -> Manner:
    """Return the manner that was described, as far as it was."""
    forward, backward, output, loss, rate, guessed, total = words
    return Manner(forward, backward, output, takes=(rate,), total=total, loss=loss, guessed=bool(guessed))


def sendable(value: Any, kept: list[Any]) -> Any:
    """Return a value as it can be sent; what cannot is kept, and its place is sent."""
    if isinstance(value, np.ndarray) and value.dtype.kind in "biuf":
        return value
    if isinstance(value, (*PLAIN_TYPES, np.generic)):
        return value
    if isinstance(value, dict) and all(isinstance(v, PLAIN_TYPES) for v in value.values()):
        return value
    kept.append(value)
    return {"kept": len(kept) - 1}


def received(value: Any, kept: list[Any]) -> Any:
    """Return the value that :func:`sendable` stands for."""
    return kept[value["kept"]] if isinstance(value, dict) and set(value) == {"kept"} else value
