"""Anybody's layer as the checker sees it: copies in float64 that tell what they gave and changed."""

import copy
from collections.abc import Sequence
from typing import Any

import numpy as np

from gradients.measuring.arguments import (
    as_gradient,
    as_input,
    copied,
    is_float_array,
    kind_of,
    looks_like_labels,
    positional_arguments,
    same_bits,
    shapes_text,
    undo,
)
from gradients.measuring.parameters import Slot, find_slots
from gradients.measuring.point import LayerRaised, Point, Run
from gradients.measuring.precise_copy import deep_copy, precise_copy
from gradients.measuring.surroundings import (
    class_state,
    restore_class_state,
    seed_global_generators,
)

NONE = TypeError("an array or a number was expected")


class Subject:
    """A layer with ``forward`` and ``backward``.

    Parameters
    ----------
    layer : object
        It is left alone; copies of it run.
    inputs : sequence
        The arguments of its forward.

    Attributes
    ----------
    point : Point
        The inputs, floats in float64, and the parameters as they are.
    slots : list of Slot
    is_loss : bool
        Whether forward gives one number.
    differentiable : list of int
        Which of the inputs have a gradient.
    seeded : bool
        Whether the generators that NumPy's and Python's functions share are started anew before each forward.
    forgetful : bool
        Whether forward must run on a new copy each time, because it changes what it depends on.
    precision : float or None
        The relative rounding of forward; None until it is measured.
    """

    def __init__(self, layer: Any, inputs: Sequence[Any]) -> None:
        self.name = f"{type(layer).__name__} on {' and '.join(map(kind_of, inputs))}"
        self.pristine = precise_copy(layer)
        self.class_state = class_state(layer)
        self.seeded = self.forgetful = False
        self.precision: float | None = None
        self.slots: list[Slot] = []
        self.point = Point(tuple(as_input(x) for x in inputs))
        layer, outputs = self.forward(self.fresh(), [copied(x) for x in self.point.inputs])
        self.is_loss = len(outputs) == 1 and outputs[0].ndim == 0
        self.output_shapes = [y.shape for y in outputs]
        floats = [i for i, x in enumerate(self.point.inputs) if is_float_array(x)]
        self.accepts = positional_arguments(self.pristine, "backward")
        returned = self.call_backward(layer, [np.ones(shape) for shape in self.output_shapes])
        self.slots = find_slots(self.pristine, layer, demand=not self.is_loss)
        self.differentiable = self.choose_differentiable(floats, returned)
        self.slots = [slot for slot in self.slots if slot.gradient_name not in self.input_names]
        for slot in self.slots:
            slot.write(self.pristine, np.asarray(slot.read(self.pristine), float))
        params = {slot.gradient_name: np.array(slot.read(self.pristine), float) for slot in self.slots}
        self.point = Point(self.point.inputs, params)

    @property
    def input_names(self) -> dict[str, int]:
        """The gradients of the inputs by name, with the place of each input."""
        if len(self.differentiable) == 1:
            return {"dx": self.differentiable[0]}
        return {f"dx{number}": place for number, place in enumerate(self.differentiable, start=1)}

    @property
    def names(self) -> list[str]:
        """All gradients by name: those of the inputs, then those of the parameters."""
        return [*self.input_names, *(slot.gradient_name for slot in self.slots)]

    def choose_differentiable(self, floats: list[int], returned: Any) -> list[int]:
        """Return which inputs must get a gradient: labels and masks need none, unless backward gives them one."""
        given = len(returned) if isinstance(returned, (tuple, list)) else 1
        if given > len(floats):
            given = len(floats) if given == len(floats) + len(self.slots) else given
        if self.is_loss:
            return floats[: max(1, given)]
        return [i for place, i in enumerate(floats) if place < given or not looks_like_labels(self.point.inputs[i])]

    def at(self, point: Point) -> "Subject":
        """Return the same subject, looked at elsewhere."""
        other = copy.copy(self)
        other.point = Point(point.inputs, self.point.params)
        _, outputs = other.forward(other.fresh(), [copied(x) for x in point.inputs])
        other.output_shapes = [y.shape for y in outputs]
        return other

    def fresh(self, point: Point | None = None) -> Any:
        """Return a new copy of the layer, as it was, with the parameters of the point."""
        restore_class_state(self.class_state)
        layer = deep_copy(self.pristine)
        if point is not None and point.params:
            self.set_params(layer, point.params)
        return layer

    def set_params(self, layer: Any, params: dict[str, np.ndarray]) -> None:
        """Set parameters of a copy."""
        for slot in self.slots:
            if slot.gradient_name in params:
                slot.write(layer, params[slot.gradient_name])

    def params_of(self, layer: Any) -> dict[str, np.ndarray]:
        """Return copies of a copy's parameters."""
        return {slot.gradient_name: np.array(slot.read(layer), float) for slot in self.slots}

    def forward(self, layer: Any, inputs: Sequence[Any]) -> tuple[Any, list[np.ndarray]]:
        """Call forward with these very arrays; return the layer and its outputs, as new float arrays."""
        if self.seeded:
            seed_global_generators()
        try:
            returned = layer.forward(*inputs)
        except (Exception, SystemExit) as error:
            raise LayerRaised(f"forward({shapes_text(inputs)})", error) from error
        if returned is None:
            raise LayerRaised(
                f"forward({shapes_text(inputs)}) returned None (does it lack a return?); using that", NONE
            )
        outputs = list(returned) if isinstance(returned, (tuple, list)) else [returned]
        try:
            return layer, [np.array(y, float) for y in outputs]
        except (TypeError, ValueError) as error:
            raise LayerRaised(
                f"forward({shapes_text(inputs)}) returned {type(returned).__name__}, and using that", error
            ) from error

    def call_backward(self, layer: Any, douts: Sequence[np.ndarray], inputs: Sequence[Any] = ()) -> Any:
        """Call backward with these very arrays; ``inputs`` are those of the forward before."""
        if self.is_loss and self.accepts == 0:
            arguments: tuple[Any, ...] = ()
        elif self.is_loss:
            arguments = (float(douts[0]),)
        else:
            arguments = tuple(douts) if len(douts) == 1 or self.accepts >= len(douts) else (tuple(douts),)
        try:
            return layer.backward(*arguments)
        except (Exception, SystemExit) as error:
            raise LayerRaised(f"backward({shapes_text(arguments)})", error) from error

    def collect(self, layer: Any, returned: Any) -> dict[str, np.ndarray | None]:
        """Return copies of all gradients by name, None where there is none."""
        if isinstance(returned, dict):
            return {name: as_gradient(self.from_dictionary(layer, returned, name)) for name in self.names}
        values = list(returned) if isinstance(returned, (tuple, list)) else [returned]
        values += [None] * (len(self.differentiable) - len(values))
        gradients = dict(zip(self.input_names, values, strict=False))
        extra = values[len(self.differentiable) :]
        for number, slot in enumerate(self.slots):
            value = slot.gradient(layer)
            gradients[slot.gradient_name] = extra[number] if value is None and len(extra) == len(self.slots) else value
        return {name: as_gradient(value) for name, value in gradients.items()}

    def from_dictionary(self, layer: Any, returned: dict[str, Any], name: str) -> Any:
        """Return a gradient from the dictionary that a backward returns, or from where it is kept."""
        slot = next((slot for slot in self.slots if slot.gradient_name == name), None)
        for key in (name, name[1:]):
            if returned.get(key) is not None:
                return returned[key]
        return None if slot is None else slot.gradient(layer)

    def run(self, point: Point, douts: Sequence[np.ndarray], layer: Any = None, protect: bool = False) -> Run:
        """Run forward and backward, of a new copy unless one is given.

        Parameters
        ----------
        protect : bool
            Undo between the two what forward changed of arrays that are not its own.
        """
        layer = self.fresh(point) if layer is None else layer
        inputs = tuple(copied(x) for x in point.inputs)
        params = self.params_of(layer)
        given = [np.array(dout) for dout in douts]
        run = Run(self.forward_of_run(layer, point, inputs))
        self.note_changes(run, "forward", point, inputs, layer, params)
        if protect:
            undo(inputs, point.inputs)
            self.set_params(layer, params)
        returned = self.call_backward(layer, given, inputs)
        run.gradients = self.collect(layer, returned)
        self.note_changes(run, "backward", point, inputs, layer, params)
        if any(not same_bits(a, b) for a, b in zip(given, douts, strict=True)):
            run.overwritten["dout"] = "backward"
        return run

    def forward_of_run(self, layer: Any, point: Point, inputs: Sequence[Any]) -> list[np.ndarray]:
        """Return the outputs of the forward that belongs to a backward."""
        return self.forward(layer, inputs)[1]

    def run_beside(self, point: Point, douts: Sequence[np.ndarray], other: Point) -> dict[str, np.ndarray | None]:
        """Return the gradients at a point when another object runs forward elsewhere between forward and backward."""
        layer = self.fresh(point)
        neighbour = deep_copy(self.pristine)
        inputs = tuple(copied(x) for x in point.inputs)
        self.forward(layer, inputs)
        self.forward(neighbour, [copied(x) for x in other.inputs])
        return self.collect(layer, self.call_backward(layer, [np.array(dout) for dout in douts], inputs))

    def name_of_input(self, number: int) -> str:
        """Return what an input is called, the first being number 1."""
        if len(self.point.inputs) == 1 or (self.is_loss and number == 1):
            return "x"
        return "t" if self.is_loss and number == 2 else f"input {number}"

    def note_changes(self, run: Run, call: str, point: Point, inputs: Sequence[Any], layer: Any, params: Any) -> None:
        """Note which inputs and parameters are no longer what they were."""
        for number, (now, before) in enumerate(zip(inputs, point.inputs, strict=True), start=1):
            if isinstance(before, np.ndarray) and not same_bits(now, before):
                run.overwritten.setdefault(self.name_of_input(number), call)
        for name, now in self.params_of(layer).items():
            if not same_bits(now, params[name]):
                run.overwritten.setdefault(name, call)
