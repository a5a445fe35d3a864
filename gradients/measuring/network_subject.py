"""A network as the checker sees it."""

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from gradients.measuring.arguments import as_input, copied, parameters_of, shapes_text
from gradients.measuring.manner import PLAIN, Instance
from gradients.measuring.parameters import Slot, attribute, is_layer
from gradients.measuring.point import LayerRaised, Point
from gradients.measuring.precise_copy import deep_copy, precise_copy
from gradients.measuring.subject import Subject
from gradients.measuring.surroundings import class_state, generators_around, seed_global_generators

# Names of the argument that says to a network's loss that it is training, as ``gradient`` is.
TRAINING_FLAGS = ("training", "train_flg", "train_flag", "is_training", "train")
DECAY_NAMES = ("weight_decay_lambda", "weight_decay", "lambda_", "lam", "reg", "l2", "l2_lambda", "decay")
LOSS_NAMES = ("loss_layer", "last_layer", "lastLayer", "loss_function", "criterion")


@dataclass(frozen=True)
class NetworkSlot(Slot):
    """A parameter in a network's ``params``; its gradient is in the dictionary that ``gradient`` returns."""

    holder: str | None = "params"

    @property
    def gradient_name(self) -> str:
        """The parameter's own name."""
        return str(self.key)


class LayerSubject(NamedTuple):
    """A layer of a network, and the network's names of its parameters by those of their gradients in the layer."""

    name: str
    subject: Subject
    names: dict[str, str | None]


class NetworkSubject(Subject):
    """A network with ``loss(x, t)``, ``gradient(x, t)`` and ``params``; its gradients bear the parameters' names."""

    def __init__(self, network: Any, x: Any, t: Any) -> None:
        self.name = type(network).__name__
        self.pristine = precise_copy(network)
        self.class_state = class_state(network)
        self.generators = generators_around(network)
        self.seeded = self.forgetful = self.remembers = False
        self.precision = None
        self.batch_axis, self.piles_up = 0, False
        self.remarks = []
        self.made_late, self.without_gradient, self.input_ways, self.rate = False, [], {}, None
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
            seed_global_generators(self.generators)
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

    def left(self, instance: Instance, returned: Any) -> dict[str, Any]:
        """Return all gradients by the parameter's name, as they are there, None where there is none."""
        found = returned if isinstance(returned, dict) else attribute(instance.thing, "grads")
        if not isinstance(found, dict):
            return {slot.gradient_name: slot.gradient(instance.thing) for slot in self.slots}
        return {slot.key: found.get(slot.key, found.get(f"d{slot.key}")) for slot in self.slots}

    def without_decay(self) -> tuple[str, "NetworkSubject | None"]:
        """Return the name of the weight of a decay, and the network without it; None where it has no decay."""
        x, t = self.point.inputs
        decay = next((name for name in DECAY_NAMES if is_decay(self.pristine, name, x, t)), None)
        if decay is None:
            return "", None
        data_only = deep_copy(self.pristine)
        setattr(data_only, decay, 0.0)
        return decay, NetworkSubject(data_only, x, t)

    def layer_subjects(self) -> Iterator[LayerSubject]:
        """Yield each layer and the loss layer, with what reaches them; nothing where the network keeps none."""
        network = self.fresh(self.point).thing
        layers = layers_of(network)
        if not layers:
            return
        x, t = self.point.inputs
        *before, (loss_name, loss_layer) = layers
        for name, layer in before:
            yield layer_subject(network, name, layer, (x,))
            x = np.array(copy.deepcopy(layer).forward(copied(x)), float)
        yield layer_subject(network, loss_name, loss_layer, (x, t))


def layer_subject(network: Any, name: str, layer: Any, inputs: tuple[Any, ...]) -> LayerSubject:
    """Return a layer of a network as a subject of its own."""
    subject = Subject(layer, inputs)
    names = {slot.gradient_name: name_in(network, slot.read(layer)) for slot in subject.slots}
    return LayerSubject(name, subject, names)


def name_in(network: Any, array: np.ndarray) -> str | None:
    """Return the network's name of a layer's parameter, the very array; None where it has none."""
    return next((name for name, param in network.params.items() if np.shares_memory(param, array)), None)


def is_decay(network: Any, name: str, x: np.ndarray, t: np.ndarray) -> bool:
    """Return whether an attribute is the weight of a decay: a number that can be set, and that the loss depends on."""
    value = attribute(network, name)
    if not isinstance(value, (int, float)) or isinstance(value, bool) or value == 0:
        return False
    without = deep_copy(network)
    try:
        setattr(without, name, 0.0)
        return float(without.loss(x, t)) != float(deep_copy(network).loss(x, t))
    except Exception:  # it cannot be set, or the loss cannot do without it
        return False


def layers_of(network: Any) -> list[tuple[str, Any]]:
    """Return a network's layers in order, then its loss layer, by name; none where it keeps no such."""
    layers = attribute(network, "layers")
    if isinstance(layers, dict):
        named = [(str(name), layer) for name, layer in layers.items()]
    elif isinstance(layers, (list, tuple)):
        named = [(f"layers[{i}] ({type(layer).__name__})", layer) for i, layer in enumerate(layers)]
    else:
        return []
    loss_name = next((n for n in LOSS_NAMES if is_layer(attribute(network, n))), None)
    if not named or loss_name is None or not all(is_layer(layer) for _, layer in named):
        return []
    return [*named, (loss_name, getattr(network, loss_name))]
