"""Parameters that a layer makes at its first forward, when it sees how large its input is."""

from typing import Any

import numpy as np

from gradients.measuring.arguments import copied, is_float_array
from gradients.measuring.found_parameters import moves_output
from gradients.measuring.growing_lists import forget
from gradients.measuring.held_arrays import arrays_in
from gradients.measuring.point import LayerRaised
from gradients.measuring.precise_copy import precise_copy
from gradients.measuring.surroundings import seed_global_generators


def warm_up(subject: Any) -> bool:
    """Let a subject begin after its first forward, where that made parameters; return whether it did.

    What the first forward made and the second one, with other inputs, left as it was, is no cache. It is a parameter if
    it moves the output.
    """
    instance = subject.fresh()
    before = set(arrays_in(instance.thing))
    inputs = [copied(x) for x in subject.point.inputs]
    seed_global_generators(subject.generators)
    subject.forward(instance, inputs)
    made = {way: array.copy() for way, array in arrays_in(instance.thing).items() if way not in before}
    if not made:
        return False
    first, subject.pristine = subject.pristine, precise_copy(instance.thing)
    try:
        subject.forward(instance, [moved(x) for x in subject.point.inputs])
    except LayerRaised:
        return undone(subject, first)
    after = arrays_in(instance.thing)
    stayed = [way for way, array in made.items() if way in after and np.array_equal(after[way], array)]
    parameters = {way: made[way] for way in stayed if moves_output(subject, way, made[way])}
    if parameters:
        subject.pristine = forget(subject.pristine, parameters)
        return True
    return undone(subject, first)


def undone(subject: Any, pristine: Any) -> bool:
    """Let a subject begin before its first forward again."""
    subject.pristine = pristine
    return False


def moved(x: Any) -> Any:
    """Return an input with other values."""
    return 1.1 * x + 0.05 if is_float_array(x) else copied(x)
