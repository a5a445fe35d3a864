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
    same_bits,
    undo,
    uneven,
)
from gradients.measuring.changes import note_changes
from gradients.measuring.collecting import left_behind
from gradients.measuring.differentiable import differentiable
from gradients.measuring.found_parameters import complete
from gradients.measuring.growing_lists import piles_up
from gradients.measuring.held_arrays import Way, way_text
from gradients.measuring.late_parameters import warm_up
from gradients.measuring.manner import PLAIN, SLOPE, Instance, Manner
from gradients.measuring.numbers_held import numbers_in
from gradients.measuring.parameters import Slot, find_slots
from gradients.measuring.point import Point, Run
from gradients.measuring.precise_copy import deep_copy, precise_copy
from gradients.measuring.slopes import times_slope
from gradients.measuring.surroundings import (
    Rewind,
    class_state,
    generators_around,
    restore_class_state,
    seed_global_generators,
)


class Subject:
    """A layer with ``forward`` and ``backward``.

    Parameters
    ----------
    layer : object
        It is left alone; copies of it run.
    inputs : sequence
        The arguments of its forward.
    manner : Manner
        How it is called.
    name : str
        What it is called in the report; its class where it is empty.

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
    batch_axis : int
        The axis of samples: 0, or -1 where samples are columns.
    remarks : list of str
        What is to be said of how it was checked.
    without_gradient : list of str
        Arrays that move the output and whose gradient was found nowhere.
    made_late : bool
        Whether the first forward made parameters; the layer is checked as it was after that.
    remembers : bool
        Whether backward moves parameters by an optimizer that remembers earlier steps.
    input_ways : dict
        Where the gradients of inputs are that backward does not return.
    """

    is_apart = False  # whether the layer lives in another process
    forward_seconds = run_seconds = 0.0  # known of layers in another process alone; here, everything is looked at
    allowed_seconds = float("inf")  # for an examination

    def __init__(self, layer: Any, inputs: Sequence[Any], manner: Manner = PLAIN, name: str = "") -> None:
        self.name = f"{name or type(layer).__name__} on {' and '.join(map(kind_of, inputs))}"
        self.manner = manner
        self.pristine = precise_copy(layer)
        self.class_state = class_state(layer)
        self.generators = generators_around(layer)
        self.seeded = self.forgetful = self.remembers = False
        self.precision: float | None = None
        self.slots: list[Slot] = []
        self.without_gradient: list[str] = []
        self.rate: float | None = None
        self.batch_axis = 0
        self.remarks: list[str] = []
        self.input_ways: dict[str, Way] = {}
        self.point = Point(tuple(as_input(x) for x in inputs))
        self.made_late = warm_up(self)
        sent = [copied(x) for x in self.point.inputs]
        instance, outputs = self.forward(self.fresh(), sent)
        self.is_loss = len(outputs) == 1 and outputs[0].ndim == 0
        self.output_shapes = [y.shape for y in outputs]
        floats = [i for i, x in enumerate(self.point.inputs) if is_float_array(x)]
        returned = self.call_backward(instance, [uneven(shape) for shape in self.output_shapes], sent)
        self.first_returned = returned
        self.piles_up = piles_up(self)
        self.slots = find_slots(self.pristine, instance.thing, demand=not self.is_loss)
        self.differentiable = differentiable(self, floats, returned)
        complete(self)
        self.slots = [slot for slot in self.slots if slot.gradient_name not in self.input_names]
        for slot in self.slots:
            slot.write(self.pristine, np.asarray(slot.read(self.pristine), float))
        params = {slot.gradient_name: np.array(slot.read(self.pristine), float) for slot in self.slots}
        self.point = Point(self.point.inputs, params)

    @property
    def kept_gradients(self) -> dict[str, str]:
        """The gradients of inputs that backward keeps instead of returning them, and where: ``self.dinputs``."""
        return {
            name: f"self.{way_text(way[1:])}" for name, way in self.input_ways.items() if way[0] == ("item", "self")
        }

    @property
    def custom(self) -> bool:
        """Whether it is an operation of a framework that differentiates by itself, with a gradient by hand."""
        return bool(getattr(self.pristine, "has_custom_gradient", False))

    @property
    def numbers(self) -> tuple[list[float], list[int]]:
        """The floats and the small whole numbers that the layer holds."""
        return numbers_in(self.pristine)

    @property
    def takes_dout(self) -> bool:
        """Whether backward is told dout."""
        return self.manner.is_told_dout(self.pristine)

    @property
    def input_names(self) -> dict[str, int]:
        """The gradients of the inputs by name, with the place of each input."""
        if self.manner.names:
            return {self.manner.names[place]: place for place in self.differentiable}
        if len(self.differentiable) == 1:
            return {"dx": self.differentiable[0]}
        return {f"dx{number}": place for number, place in enumerate(self.differentiable, start=1)}

    @property
    def names(self) -> list[str]:
        """All gradients by name: those of the inputs, then those of the parameters."""
        return [*self.input_names, *(slot.gradient_name for slot in self.slots)]

    def at(self, point: Point) -> "Subject":
        """Return the same subject, looked at elsewhere."""
        other = copy.copy(self)
        other.point = Point(point.inputs, self.point.params)
        _, outputs = other.forward(other.fresh(), [copied(x) for x in point.inputs])
        other.output_shapes = [y.shape for y in outputs]
        return other

    def fresh(self, point: Point | None = None) -> Instance:
        """Return a new copy of the layer, as it was, with the parameters of the point."""
        restore_class_state(self.class_state)
        instance = Instance(deep_copy(self.pristine), rate=self.rate)
        if point is not None and point.params:
            self.set_params(instance, point.params)
        return instance

    def set_params(self, instance: Instance, params: dict[str, np.ndarray]) -> None:
        """Set parameters of a copy."""
        for slot in self.slots:
            if slot.gradient_name in params:
                slot.write(instance.thing, params[slot.gradient_name])

    def params_of(self, instance: Instance) -> dict[str, np.ndarray]:
        """Return copies of a copy's parameters."""
        return {slot.gradient_name: np.array(slot.read(instance.thing), float) for slot in self.slots}

    def live_params(self, instance: Instance) -> dict[str, Any]:
        """Return a copy's very parameters: arrays that may be moved in place, or numbers."""
        return {slot.gradient_name: slot.read(instance.thing) for slot in self.slots}

    def rewinder(self, instance: Instance) -> Rewind:
        """Return what puts the random generators of a copy back to where they are now."""
        return Rewind(instance.thing)

    def forward(self, instance: Instance, inputs: Sequence[Any]) -> tuple[Instance, list[np.ndarray]]:
        """Call forward with these very arrays; return the copy and its outputs, as new float arrays."""
        if self.seeded:
            seed_global_generators(self.generators)
        return instance, self.manner.call_forward(instance, inputs)

    def call_backward(self, instance: Instance, douts: Sequence[np.ndarray], inputs: Sequence[Any] = ()) -> Any:
        """Call backward with these very arrays; ``inputs`` are those of the forward before."""
        if any(slot.is_moved for slot in self.slots):
            instance.before = self.params_of(instance)
        returned = self.manner.call_backward(instance, douts, inputs, self.is_loss)
        return times_slope(returned, douts) if self.manner.gives == SLOPE else returned

    def collect(self, instance: Instance, returned: Any) -> dict[str, np.ndarray | None]:
        """Return copies of all gradients by name, None where there is none."""
        return {name: as_gradient(value) for name, value in self.left(instance, returned).items()}

    def left(self, instance: Instance, returned: Any) -> dict[str, Any]:
        """Return all gradients by name, as they are there, None where there is none."""
        return left_behind(self, instance, returned)

    def run(self, point: Point, douts: Sequence[np.ndarray], instance: Any = None, protect: bool = False) -> Run:
        """Run forward and backward, of a new copy unless one is given.

        Parameters
        ----------
        protect : bool
            Undo between the two what forward changed of arrays that are not its own.
        """
        instance = self.fresh(point) if instance is None else instance
        inputs = tuple(copied(x) for x in point.inputs)
        params = self.params_of(instance)
        given = [np.array(dout) for dout in douts]
        run = Run(self.forward_of_run(instance, point, inputs))
        note_changes(self, run, "forward", point, inputs, instance, params)
        if protect:
            undo(inputs, point.inputs)
            self.set_params(instance, params)
        returned = self.call_backward(instance, given, inputs)
        run.gradients = self.collect(instance, returned)
        note_changes(self, run, "backward", point, inputs, instance, params)
        if any(not same_bits(a, b) for a, b in zip(given, douts, strict=True)):
            run.overwritten["dout"] = "backward"
        return run

    def forward_of_run(self, instance: Instance, point: Point, inputs: Sequence[Any]) -> list[np.ndarray]:
        """Return the outputs of the forward that belongs to a backward."""
        return self.forward(instance, inputs)[1]

    def run_beside(self, point: Point, douts: Sequence[np.ndarray], other: Point) -> dict[str, np.ndarray | None]:
        """Return the gradients at a point when another object runs forward elsewhere between forward and backward."""
        instance = self.fresh(point)
        neighbour = Instance(deep_copy(self.pristine), rate=self.rate)
        inputs = tuple(copied(x) for x in point.inputs)
        self.forward(instance, inputs)
        self.forward(neighbour, [copied(x) for x in other.inputs])
        return self.collect(instance, self.call_backward(instance, [np.array(dout) for dout in douts], inputs))
