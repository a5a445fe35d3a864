"""Parameters that no name gives away: the float arrays anywhere in an object that move its output."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradients.measuring.arguments import copied, uneven
from gradients.measuring.gradient_places import BOXES, MOVED, place_of_gradient, place_of_input_gradient
from gradients.measuring.held_arrays import Way, arrays_in, as_written, follow, way_text
from gradients.measuring.manner import RATE, Instance
from gradients.measuring.parameters import Slot, gradient_names
from gradients.measuring.point import LayerRaised
from gradients.measuring.surroundings import seed_global_generators

NOWHERE: Way = (("item", "nowhere"),)
RATE_NAMES = ("lr", "learning_rate", "alpha", "eta", "learningRate", "learn_rate", "l_rate", "step_size")
MOST_ARRAYS = 60


@dataclass(frozen=True)
class FoundSlot(Slot):
    """A parameter by the way to it, with the way to its gradient.

    Attributes
    ----------
    way : tuple
        From the object to the parameter.
    left : tuple or None
        From ``{"self": object, "returned": what backward returned}`` to its gradient; :data:`MOVED` where that is only
        seen in how far backward moves the parameter; None where there is none.
    """

    way: Way = ()
    left: Way | None = None

    @property
    def is_moved(self) -> bool:
        """Whether its gradient is only seen in how far backward moves it."""
        return self.left == MOVED

    @property
    def name(self) -> str:
        """The parameter as it is written in Python, after ``self.``."""
        return way_text(self.way)

    @property
    def gradient_name(self) -> str:
        """The gradient's name: ``dW`` for ``self.W``, for ``self.W.value`` too."""
        way = self.way[:-1] if len(self.way) > 1 and self.way[-1][1] in BOXES else self.way
        *above, (kind, last) = way
        if way[0] == ("attribute", "arrays") and len(way) == 2:  # of a layer on tensors
            return f"d{last}"
        if kind == "attribute":
            owner = way_text(tuple(above))
            return f"{owner}{'.' if owner else ''}d{as_written(last)}"
        container = way_text(tuple(above))
        head, _, tail = container.rpartition(".")
        return f"{head}{'.' if head else ''}d{tail}[{last!r}]"

    def read(self, layer: Any) -> Any:
        """Return the parameter itself."""
        return follow(layer, self.way)

    def write(self, layer: Any, value: np.ndarray) -> None:
        """Set the parameter; an array keeps its place in memory where it can."""
        live = self.read(layer)
        if isinstance(live, np.ndarray) and live.dtype == np.float64 and live.shape == np.shape(value):
            live[...] = value
            return
        owner, (kind, last) = follow(layer, self.way[:-1]), self.way[-1]
        if kind == "attribute":
            setattr(owner, last, np.array(value))
        else:
            owner[last] = np.array(value)

    def gradient_in(self, instance: Instance, returned: Any) -> Any:
        """Return the gradient that backward left, None where there is none."""
        if self.left is None:
            return None
        if self.left != MOVED:
            return follow({"self": instance.thing, "returned": returned}, self.left)
        before = (instance.before or {}).get(self.gradient_name)
        after = self.read(instance.thing)
        if before is None or not fit_together(np.shape(before), np.shape(after)):
            return None
        return (np.asarray(before) - np.asarray(after, float)) / rate_of(instance)


def fit_together(shape: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Return whether arrays of two shapes can be subtracted."""
    try:
        np.broadcast_shapes(shape, other)
    except ValueError:
        return False
    return True


def rate_of(instance: Instance) -> float:
    """Return the learning rate with which a backward moves parameters: what it was given, what is held, or 1."""
    if instance.told_rate:
        return RATE
    if instance.rate is not None:
        return instance.rate
    for name in RATE_NAMES:
        value = getattr(instance.thing, name, None)
        if isinstance(value, (float, int, np.floating)) and not isinstance(value, bool) and value > 0:
            return float(value)
    return 1.0


def complete(subject: Any) -> None:
    """Find the parameters of a subject that no name gives away, and gradients that are in unusual places."""
    known = subject.slots
    ways = list(moving_arrays(subject, known))
    before, after, gradients, moved = around_backward(subject)
    lost = [slot for slot in known if gradients.get(slot.gradient_name) is None]
    for slot in lost:
        values = np.asarray(slot.read(subject.pristine)), np.asarray(slot.read(moved))
        left = place_of_gradient(slot.way, values, before, after) or place_beside(subject, slot.way, after)
        if left is not None and not (left[0] == ("item", "self") and is_announced(slot, subject.pristine)):
            subject.slots = [FoundSlot(None, way=s.way, left=left) if s is slot else s for s in subject.slots]
        elif left is None and not moves_output(subject, slot.way, values[0]):
            subject.slots = [s for s in subject.slots if s is not slot]
    found = {
        way: place_of_gradient(way, (follow(subject.pristine, way), follow(moved, way)), before, after) for way in ways
    }
    subject.slots += [FoundSlot(None, way=way, left=left) for way, left in found.items() if left is not None]
    for way in (way for way, left in found.items() if left is None):
        left = place_beside(subject, way, after)
        if left is None:
            subject.without_gradient.append(way_text(way))
        else:
            subject.slots.append(FoundSlot(None, way=way, left=left))
    if subject.without_gradient:  # a parameter that moves nothing is a copy of these: a matrix that was cut into parts
        pristine = subject.pristine
        subject.slots = [s for s in subject.slots if s.way in ways or moves_output(subject, s.way, s.read(pristine))]
    reorder(subject, gradients, after)
    for name, place in subject.input_names.items():
        if gradients.get(name) is None and name not in subject.input_ways:
            place_of_it = place_of_input_gradient(name, np.shape(subject.point.inputs[place]), before, after)
            if place_of_it is not None:
                subject.input_ways[name] = place_of_it


def place_beside(subject: Any, way: Way, after: dict[Way, np.ndarray]) -> Way | None:
    """Return the way to a gradient that backward forgot, beside that of a parameter in the same list or dictionary.

    It may have another shape, such as (M,) for a bias of (1, M).
    """
    for slot in subject.slots:
        left = slot.left if isinstance(slot, FoundSlot) else None
        if left and way[-1][0] == "item" and slot.way[:-1] == way[:-1] and left[-1] == slot.way[-1]:
            place = (*left[:-1], way[-1])
            return place if place in after and after[place].size == follow(subject.pristine, way).size else None
    return None


def reorder(subject: Any, gradients: dict[str, Any], after: dict[Way, np.ndarray]) -> None:
    """Find the gradients of inputs by their shapes where backward returns those of parameters before them."""
    shapes = {name: np.shape(subject.point.inputs[place]) for name, place in subject.input_names.items()}
    returned = {way: array.shape for way, array in after.items() if way[0] == ("item", "returned") and len(way) == 2}
    misfit = [n for n, shape in shapes.items() if gradients.get(n) is not None and gradients[n].shape != shape]
    alone = (("item", "returned"),)
    if misfit and alone in after:  # one gradient is returned, and it is not that of the first input
        subject.input_ways |= dict.fromkeys(shapes, NOWHERE)
        owners = [name for name, shape in shapes.items() if shape == after[alone].shape]
        if len(owners) == 1:
            subject.input_ways[owners[0]] = alone
        else:
            subject.input_ways = {}
    if not misfit or len(returned) < 3 or not (subject.slots or len(shapes) >= 3):
        return
    found = {name: [way for way, other in returned.items() if other == shape] for name, shape in shapes.items()}
    if all(len(ways) == 1 for ways in found.values()) and len({w for ways in found.values() for w in ways}) == len(
        found
    ):
        subject.input_ways |= {name: ways[0] for name, ways in found.items()}


def is_announced(slot: Slot, layer: Any) -> bool:
    """Return whether the layer itself has an attribute for the gradient, which backward leaves as it was."""
    *above, (_, last) = slot.way
    owner = follow(layer, tuple(above))
    return any(hasattr(owner, name) for name in gradient_names(str(last)))


def around_backward(subject: Any) -> tuple[dict[Way, np.ndarray], dict[Way, np.ndarray], dict[str, Any], Any]:
    """Return the float arrays of a copy before and after its backward, gradients in usual places, and the copy."""
    instance = subject.fresh()
    inputs = [copied(x) for x in subject.point.inputs]
    _, outputs = subject.forward(instance, inputs)
    before = snapshot({"self": instance.thing})
    returned = subject.call_backward(instance, [uneven(y.shape) for y in outputs], inputs)
    gradients = subject.collect(instance, returned)
    return before, snapshot({"self": instance.thing, "returned": returned}), gradients, instance.thing


def snapshot(thing: Any) -> dict[Way, np.ndarray]:
    """Return copies of all float arrays in an object."""
    return {way: array.copy() for way, array in arrays_in(thing).items()}


def moving_arrays(subject: Any, known: list[Slot]) -> Iterator[Way]:
    """Yield the ways to the arrays that move the output, but for the parameters that are known."""
    pristine = subject.pristine
    taken = {id(slot.read(pristine)) for slot in known}
    held = {way: array for way, array in arrays_in(pristine).items() if array.size and id(array) not in taken}
    if not held or len(held) > MOST_ARRAYS:
        return
    rest = outputs_with(subject, {})
    for way, array in held.items():
        step = 0.03 * np.where(array == 0, np.abs(array).mean() or 1.0, array)
        there = outputs_with(subject, {way: array + step})
        if there is not None and rest is not None and not np.array_equal(there, rest, equal_nan=True):
            yield way


def moves_output(subject: Any, way: Way, array: np.ndarray) -> bool:
    """Return whether the output changes with an array of the layer."""
    rest, there = outputs_with(subject, {}), outputs_with(subject, {way: 1.03 * array + 0.01})
    return rest is not None and there is not None and not np.array_equal(rest, there, equal_nan=True)


def outputs_with(subject: Any, arrays: dict[Way, np.ndarray]) -> np.ndarray | None:
    """Return all outputs in one row with other arrays in the layer, None where forward fails."""
    instance = subject.fresh()
    for way, value in arrays.items():
        FoundSlot(None, way=way).write(instance.thing, value)
    seed_global_generators(subject.generators)
    try:
        _, outputs = subject.forward(instance, [copied(x) for x in subject.point.inputs])
    except LayerRaised:
        return None
    return np.concatenate([y.ravel() for y in outputs])
