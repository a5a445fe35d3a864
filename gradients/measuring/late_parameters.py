"""Parameters that a layer makes at its first forward, when it sees how large its input is."""

from typing import Any

import numpy as np

from gradients.measuring.arguments import copied, is_float_array
from gradients.measuring.found_parameters import moves_output
from gradients.measuring.held_arrays import arrays_in, attributes_of
from gradients.measuring.point import LayerRaised
from gradients.measuring.precise_copy import precise_copy
from gradients.measuring.surroundings import seed_global_generators

# Methods that tell a layer to forget what it has kept.
FORGETTING = "flush flush_gradients reset clear zero_grad clear_cache forget clear_grads reset_state zero_grads".split()


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
    if any(moves_output(subject, way, made[way]) for way in stayed):
        return True
    return undone(subject, first)


def undone(subject: Any, pristine: Any) -> bool:
    """Let a subject begin before its first forward again."""
    subject.pristine = pristine
    return False


def moved(x: Any) -> Any:
    """Return an input with other values."""
    return 1.1 * x + 0.05 if is_float_array(x) else copied(x)


def piles_up(subject: Any) -> bool:
    """Return whether a layer keeps what comes in in a list that grows from call to call, until it is told to forget."""
    instance = subject.fresh()
    if not any(callable(getattr(type(instance.thing), name, None)) for name in FORGETTING):
        return False
    lengths = []
    try:
        for _ in range(2):
            seed_global_generators(subject.generators)
            subject.forward(instance, [copied(x) for x in subject.point.inputs])
            lengths.append({n: len(v) for n, v in attributes_of(instance.thing).items() if isinstance(v, list)})
    except LayerRaised:
        return False
    return any(0 < lengths[0].get(name, 0) < length for name, length in lengths[1].items())
