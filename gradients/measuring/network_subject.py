"""A network as the checker sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradients.measuring.arguments import as_gradient, as_input, copied, parameters_of, shapes_text
from gradients.measuring.manner import PLAIN, Instance
from gradients.measuring.parameters import Slot, attribute
from gradients.measuring.point import LayerRaised, Point
from gradients.measuring.precise_copy import deep_copy, precise_copy
from gradients.measuring.subject import Subject
from gradients.measuring.surroundings import class_state, seed_global_generators

# Names of the argument that says to a network's loss that it is training, as ``gradient`` is.
TRAINING_FLAGS = ("training", "train_flg", "train_flag", "is_training", "train")


@dataclass(frozen=True)
class NetworkSlot(Slot):
    """A parameter in a network's ``params``; its gradient is in the dictionary that ``gradient`` returns."""

    holder: str | None = "params"

    @property
    def gradient_name(self) -> str:
        """The parameter's own name."""
        return str(self.key)


class NetworkSubject(Subject):
    """A network with ``loss(x, t)``, ``gradient(x, t)`` and ``params``; its gradients bear the parameters' names."""

    def __init__(self, network: Any, x: Any, t: Any) -> None:
        self.name = type(network).__name__
        self.pristine = precise_copy(network)
        self.class_state = class_state(network)
        self.seeded = self.forgetful = False
        self.precision = None
        self.manner = PLAIN
        self.is_loss, self.output_shapes, self.differentiable = True, [()], []
        flags = parameters_of(network, "loss")
        self.training_flag = next((name for name in TRAINING_FLAGS if name in flags), None)
        self.slots = [NetworkSlot(key) for key in self.pristine.params]
        for slot in self.slots:
            slot.write(self.pristine, np.asarray(slot.read(self.pristine), float))
        self.point = Point((as_input(x), as_input(t)), self.params_of(Instance(self.pristine)))

    @property
    def takes_dout(self) -> bool:
        """No: its gradient is that of the loss."""
        return False

    def forward(self, instance: Instance, inputs: Sequence[Any]) -> tuple[Instance, list[np.ndarray]]:
        """Return the network and its loss, as training computes it."""
        if self.seeded:
            seed_global_generators()
        named = {self.training_flag: True} if self.training_flag else {}
        try:
            return instance, [np.array(instance.thing.loss(*inputs, **named), float).reshape(())]
        except (Exception, SystemExit) as error:
            raise LayerRaised(f"loss({shapes_text(inputs)})", error) from error

    def run_beside(self, point: Point, douts: Sequence[np.ndarray], other: Point) -> dict[str, np.ndarray | None]:
        """Return the gradients at a point after another object computed its own elsewhere."""
        network, neighbour = self.fresh(point), Instance(deep_copy(self.pristine))
        self.call_backward(neighbour, douts, [copied(x) for x in other.inputs])
        return self.collect(network, self.call_backward(network, douts, [copied(x) for x in point.inputs]))

    def forward_of_run(self, instance: Instance, point: Point, inputs: Sequence[Any]) -> list[np.ndarray]:
        """Return the loss of another copy: a network's ``gradient`` does its own forward."""
        return self.forward(self.fresh(point), [copied(x) for x in inputs])[1]

    def call_backward(self, instance: Instance, douts: Sequence[np.ndarray], inputs: Sequence[Any] = ()) -> Any:
        """Return what the network's ``gradient`` returns."""
        try:
            return instance.thing.gradient(*inputs)
        except (Exception, SystemExit) as error:
            raise LayerRaised(f"gradient({shapes_text(inputs)})", error) from error

    def collect(self, instance: Instance, returned: Any) -> dict[str, np.ndarray | None]:
        """Return copies of all gradients by the parameter's name, None where there is none."""
        found = returned if isinstance(returned, dict) else attribute(instance.thing, "grads")
        if not isinstance(found, dict):
            return {slot.gradient_name: as_gradient(slot.gradient(instance.thing)) for slot in self.slots}
        return {slot.key: as_gradient(found.get(slot.key, found.get(f"d{slot.key}"))) for slot in self.slots}
