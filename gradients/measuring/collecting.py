"""The gradients that a backward left, wherever they are: returned, in a dictionary, on the layer, or in its moves."""

from typing import Any

import numpy as np

from gradients.measuring.held_arrays import follow
from gradients.measuring.manner import Instance, has_several


def left_behind(subject: Any, instance: Instance, returned: Any) -> dict[str, Any]:
    """Return all gradients of a subject by name, as they are there, None where there is none."""
    if isinstance(returned, dict):
        gradients = {name: from_dictionary(subject, instance, returned, name) for name in subject.names}
    else:
        gradients = from_sequence(subject, instance, returned)
    left = {"self": instance.thing, "returned": returned}
    return gradients | {name: follow(left, way) for name, way in subject.input_ways.items()}


def from_sequence(subject: Any, instance: Instance, returned: Any) -> dict[str, Any]:
    """Return the gradients where backward returns one array, or several one after the other."""
    numbers = all(np.ndim(subject.point.inputs[place]) == 0 for place in subject.differentiable)
    several = has_several(returned) or (numbers and isinstance(returned, list))
    values = list(returned) if several else [returned]
    if getattr(instance.thing, "none_is_meant", False):
        values = [value for value in values if value is not None]
    values += [None] * (len(subject.differentiable) - len(values))
    gradients = dict(zip(subject.input_names, values, strict=False))
    extra = values[len(subject.differentiable) :]
    for number, slot in enumerate(subject.slots):
        value = slot.gradient_in(instance, returned)
        given = value is None and len(extra) == len(subject.slots)
        gradients[slot.gradient_name] = extra[number] if given else value
    return gradients


def from_dictionary(subject: Any, instance: Instance, returned: dict[str, Any], name: str) -> Any:
    """Return a gradient from the dictionary that a backward returns, or from where it is kept."""
    slot = next((slot for slot in subject.slots if slot.gradient_name == name), None)
    for key in (name, name[1:]):
        if returned.get(key) is not None:
            return returned[key]
    return None if slot is None else slot.gradient_in(instance, returned)
