"""The network that the page asks for: our layers, and the student's in their places."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from language import _
from layers import BatchNormalization, SoftmaxWithLoss
from networks import MultiLayerNet, Network
from networks.stack import Stack
from page.inside.training.asked import OWN, Asked, Hidden, Problem
from page.inside.training.data import Data
from page.inside.training.own_layers import OwnLayer
from page.inside.training.trying import tried, tried_loss

Owns = Mapping[str, OwnLayer]


class Stage(NamedTuple):
    """The units of a hidden layer, or the scores at the end.

    Attributes
    ----------
    affine : str
        The name of the affine layer whose outputs they begin with.
    layers : tuple of str
        That layer and those that its outputs pass, before the next affine layer.
    """

    affine: str
    layers: tuple[str, ...]


@dataclass
class Built:
    """A network, its stages, and the lines of Python that build it."""

    network: Any
    stages: list[Stage]
    lines: list[str]
    own: list[str] = field(default_factory=list)


def build(asked: Asked, data: Data, owns: Owns, text: str = "") -> Built:
    """Return the network of a training.

    Raises
    ------
    Problem
        When a layer of the student's is not there, raises, or gives arrays of shapes that do not fit.
    """
    used = [layer.activation.removeprefix(OWN) for layer in asked.hidden if layer.activation.startswith(OWN)]
    used += asked.own.values()
    if asked.own or mixed(asked.hidden):
        network, lines = in_pieces(asked, data, Pieces(asked, data, owns, text))
        lines += seeded(network, asked.seed, {owns[name].kind for name in used})
    else:
        network, lines = ready_made(asked, data)
    return Built(network, stages_of(network, asked), lines, list(dict.fromkeys(used)))


def seeded(network: Any, seed: int, own: set[type]) -> list[str]:
    """Seed the generators that layers of the student's made without a seed; return the lines of Python that do it."""
    if not any(type(layer) in own and generators_in(layer) for layer in network.layers.values()):
        return []
    for number, layer in enumerate(network.layers.values()):
        for generator in generators_in(layer):
            generator.bit_generator.state = np.random.default_rng([seed, number]).bit_generator.state
    return [
        "for number, layer in enumerate(network.layers.values()):  # your layer draws random numbers: the same ones",
        "    for value in vars(layer).values():",
        "        if isinstance(value, np.random.Generator):",
        f"            value.bit_generator.state = np.random.default_rng([{seed}, number]).bit_generator.state",
    ]


def generators_in(layer: Any) -> list[np.random.Generator]:
    """Return the generators of random numbers that a layer has, of the kind that NumPy makes by default."""
    found = [value for value in getattr(layer, "__dict__", {}).values() if isinstance(value, np.random.Generator)]
    return [generator for generator in found if isinstance(generator.bit_generator, np.random.PCG64)]


def mixed(hidden: tuple[Hidden, ...]) -> bool:
    """Return whether the hidden layers are others than a ready-made network has: of several kinds, or the student's."""
    names = {layer.activation for layer in hidden}
    return len(names) > 1 or any(name == "none" or name.startswith(OWN) for name in names)


def ready_made(asked: Asked, data: Data) -> tuple[Any, list[str]]:
    """Return a MultiLayerNet."""
    units = [layer.units for layer in asked.hidden]
    activation = asked.hidden[0].activation if asked.hidden else "relu"
    options: dict[str, Any] = {"activation": activation, "weight_init_std": asked.weights}
    if asked.dropout:
        options |= {"use_dropout": True, "dropout_ratio": asked.dropout}
    if asked.batch_norm:
        options["use_batchnorm"] = True
    options["seed"] = asked.seed
    said = ", ".join(f"{name}={written(value)}" for name, value in options.items())
    line = f"network = networks.MultiLayerNet({data.features}, {units}, {data.classes}, {said})"
    return MultiLayerNet(data.features, units, data.classes, **options), [line]


def written(value: Any) -> str:
    """Return a value as it is written in Python, texts in double quotes."""
    return json.dumps(value) if isinstance(value, str) else repr(value)


class Pieces:
    """A stack of layers that grows, with the lines of Python that say the same."""

    def __init__(self, asked: Asked, data: Data, owns: Owns, text: str) -> None:
        self.asked, self.owns, self.text = asked, owns, text
        self.stack = Stack("Network", (data.features,), asked.weights, np.float32, asked.seed)
        shape, weights = f"({data.features},)", written(asked.weights)
        self.lines = [f'stack = Stack("Network", {shape}, {weights}, np.float32, seed={asked.seed})']

    def own(self, role: str) -> OwnLayer | None:
        """Return the student's layer in a role, None where ours stands there."""
        return self.named(self.asked.own[role], role) if role in self.asked.own else None

    def named(self, name: str, role: str) -> OwnLayer:
        """Return the student's layer of that name, if it can stand in that role."""
        layer = self.owns.get(name)
        if layer is None:
            there = ", ".join(self.owns) or _("none")
            raise Problem(_("your code has no layer {name}; its layers are: {there}", name=name, there=there), "text")
        if layer.role != role:
            message = _("{name} cannot stand here: {why}", name=name, why=layer.why or _("it is of another kind"))
            raise Problem(message, "text")
        return layer

    def put(self, layer: OwnLayer, arguments: Callable[[], list[Any]], said: str, width: int | None = None) -> None:
        """Put a layer of the student's on top, after it was tried on a few numbers."""
        features = tried(layer.kind, arguments, self.stack.shape[0], width, self.text)
        self.stack.add(layer.kind(*arguments()))
        self.lines.append(f"stack.add({layer.kind.__name__}({said}))")
        if (features,) != self.stack.shape:
            self.stack.shape = (features,)
            self.lines.append(f"stack.shape = ({features},)")

    def affine(self, outputs: int) -> None:
        """Put an affine layer on top."""
        own = self.own("affine")
        if own is None:
            self.stack.affine(outputs)
            self.lines.append(f"stack.affine({outputs})")
            return
        inputs = self.stack.shape[0]
        W, b = self.stack.weights((inputs, outputs)), self.stack.zeros(outputs)
        said = f"stack.weights(({inputs}, {outputs})), stack.zeros({outputs})"
        self.put(own, lambda: [W.copy(), b.copy()], said, outputs)

    def batch_normalization(self) -> None:
        """Put a batch normalization on top."""
        own = self.own("batch_norm")
        if own is None:
            self.stack.batch_normalization()
            self.lines.append("stack.batch_normalization()")
            return
        width = self.stack.shape[0]
        said = f"np.ones({width}, np.float32), np.zeros({width}, np.float32)"
        self.put(own, lambda: [np.ones(width, np.float32), np.zeros(width, np.float32)], said, width)

    def activation(self, name: str) -> None:
        """Put an activation on top."""
        if name.startswith(OWN):
            self.put(self.named(name.removeprefix(OWN), "activation"), list, "")
        elif name != "none":
            self.stack.activation(name)
            self.lines.append(f"stack.activation({written(name)})")

    def dropout(self, ratio: float) -> None:
        """Put a dropout on top."""
        own = self.own("dropout")
        if own is None:
            self.stack.dropout(ratio)
            self.lines.append(f"stack.dropout({ratio})")
        else:
            self.put(own, lambda: [ratio], f"{ratio}")

    def loss(self, classes: int) -> tuple[Any, str]:
        """Return the loss layer, and how it is written."""
        own = self.own("loss")
        if own is None:
            return SoftmaxWithLoss(), "layers.SoftmaxWithLoss()"
        tried_loss(own.kind, classes, self.text)
        return own.kind(), f"{own.kind.__name__}()"


def in_pieces(asked: Asked, data: Data, pieces: Pieces) -> tuple[Any, list[str]]:
    """Return a network that is put together layer by layer."""
    for layer in asked.hidden:
        pieces.affine(layer.units)
        if asked.batch_norm:
            pieces.batch_normalization()
        pieces.activation(layer.activation)
        if asked.dropout:
            pieces.dropout(asked.dropout)
    pieces.affine(data.classes)
    loss, said = pieces.loss(data.classes)
    return Network(pieces.stack.layers, loss), [*pieces.lines, f"network = networks.Network(stack.layers, {said})"]


def stages_of(network: Any, asked: Asked) -> list[Stage]:
    """Return the stages of a network: each begins with an affine layer."""
    names = list(network.layers)
    each = [1 + asked.batch_norm + (layer.activation != "none") + (asked.dropout > 0) for layer in asked.hidden]
    starts = [sum(each[:place]) for place in range(len(each) + 1)]
    ends = [*starts[1:], len(names)]
    return [Stage(names[a], tuple(names[a:b])) for a, b in zip(starts, ends, strict=True)]


def normalization_of(network: Any, stage: Stage) -> Any:
    """Return our batch normalization among the layers of a stage, None where there is none."""
    return next((layer for name in stage.layers if isinstance(layer := network.layers[name], BatchNormalization)), None)
