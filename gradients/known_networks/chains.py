"""Networks of layers in a row, y = f(x W + b); and autoencoders, whose decoder is the encoder's W^T."""

from collections.abc import Callable, Iterator
from itertools import islice, product
from typing import NamedTuple

import numpy as np

from gradients.known_networks import operations
from gradients.known_networks.activations import IDENTITY, Activation
from gradients.known_networks.tape import Node, Tape
from gradients.measuring.gradient_places import parameter_of
from language import _

MOST_PLANS, MOST_LAYERS = 40, 5
MOST_TRIED = 2_000  # rows of layers, most of which lead nowhere where many parameters have one shape
SOFTMAX = Activation("softmax", np.asarray, np.asarray, np.asarray)  # its operation is another


class Layer(NamedTuple):
    """A layer's parameters by their names, and whether the weight is (outputs, inputs)."""

    weight: str
    turned: bool
    bias: str | None


def plans(params: dict[str, np.ndarray], width: int) -> Iterator[list[Layer]]:
    """Yield in which order parameters may be those of layers, the first of which takes so many features."""
    tried = islice(continued(params, width, []) if params else (), MOST_TRIED)
    yield from islice((plan for plan in tried if plan is not None), MOST_PLANS)


def continued(params: dict[str, np.ndarray], width: int, before: list[Layer]) -> Iterator[list[Layer] | None]:
    """Yield the layers that may follow until no parameter is left, and None for each row that leads nowhere."""
    if not params:
        yield before
        return
    leads_on = False
    for name, W in params.items() if len(params) <= 2 * (MOST_LAYERS - len(before)) else ():
        if W.ndim != 2:
            continue
        for turned in (False, True):
            into, out = W.shape[::-1] if turned else W.shape
            if into != width:
                continue
            leads_on = True
            rest = {other: value for other, value in params.items() if other != name}
            biases = [n for n, b in rest.items() if b.size == out and (b.ndim == 1 or 1 in b.shape)]
            for bias in [*biases, None]:
                left = {other: value for other, value in rest.items() if other != bias}
                yield from continued(left, out, [*before, Layer(name, turned, bias)])
    if not leads_on:
        yield None


def tied_plans(params: dict[str, np.ndarray], width: int) -> Iterator[list[Layer]]:
    """Yield the layers of an autoencoder with one weight, used again transposed."""
    weights = [name for name, W in params.items() if W.ndim == 2 and 1 not in W.shape]
    if len(weights) != 1 or width not in params[weights[0]].shape:
        return
    name, W = weights[0], params[weights[0]]
    for turned in [False] * (W.shape[0] == width) + [True] * (W.shape[1] == width):
        hidden = W.shape[0] if turned else W.shape[1]
        biases = [n for n in params if n != name]
        for first in [n for n in biases if params[n].size == hidden] or [None]:
            for second in [n for n in biases if params[n].size == width and n != first] or [None]:
                if len(biases) == (first is not None) + (second is not None):
                    yield [Layer(name, turned, first), Layer(name, not turned, second)]


def activations(count: int, usual: list[Activation]) -> Iterator[tuple[Activation, ...]]:
    """Yield the activations of so many layers, first those in which all hidden ones are the same."""
    hidden, last = [*usual, SOFTMAX], [IDENTITY, SOFTMAX, *(f for f in usual if f is not IDENTITY)]
    for h, y in product(hidden, last) if count > 1 else ((IDENTITY, y) for y in last):
        yield (*([h] * (count - 1)), y)
    if count == 3:
        for first, second, y in product(usual[:4], usual[:4], last[:4]):
            if first is not second:
                yield first, second, y


def build(tape: Tape, x: Node, layers: list[Layer], functions: tuple[Activation, ...]) -> Node:
    """Return the last output of layers in a row; ``x`` has samples in rows."""
    for number, (layer, function) in enumerate(zip(layers, functions, strict=True), start=1):
        W = operations.turned(tape, tape.leaves[layer.weight], layer.turned)
        z = operations.product(tape, x, W, f"z{number}")
        tape.edges[-2].place = tape.edges[-1].place = place_of(layer, layers)
        if layer.bias is not None:
            z = operations.plus_bias(tape, z, tape.leaves[layer.bias])
        place = _("the {function} after {weight}", function=function.name, weight=parameter_of(layer.weight))
        name = "y" if number == len(layers) else f"h{number}"
        x = activated(tape, z, function, name, place)
    return x


def place_of(layer: Layer, layers: list[Layer]) -> str:
    """Return what a weight is called; one that is used twice, by its use."""
    name = parameter_of(layer.weight)
    if len({other.weight for other in layers}) == len(layers):
        return name
    of = _("{weight} of the encoder") if layer is layers[0] else _("{weight} of the decoder")
    return of.format(weight=name)


def activated(tape: Tape, z: Node, function: Activation, name: str, place: str, step: int = 0) -> Node:
    """Return the activation of z."""
    if function is SOFTMAX:
        return operations.softmax(tape, z, name, place, step)
    return operations.activation(tape, z, function, name, place, step)


Body = Callable[[Tape, Node], Node]


def bodies(params: dict[str, np.ndarray], x: np.ndarray, usual: list[Activation]) -> Iterator[tuple[str, Body]]:
    """Yield the networks of layers in a row, each by name, with what puts it on a tape."""
    for columns in (False, True) if x.ndim == 2 else (False,):
        width = x.shape[0] if columns else int(np.prod(x.shape[1:])) if x.ndim > 1 else x.size
        for layers in [*tied_plans(params, width), *plans(params, width)]:
            for functions in activations(len(layers), usual):
                yield (
                    in_words(layers, functions),
                    lambda tape, leaf, c=columns, ls=layers, fs=functions: build(tape, as_rows(tape, leaf, c), ls, fs),
                )


def in_words(layers: list[Layer], functions: tuple[Activation, ...]) -> str:
    """Return what layers in a row compute, such as ``x W1 + b1, tanh, W2``."""
    steps = ["x"]
    for layer, function in zip(layers, functions, strict=True):
        weight, bias = parameter_of(layer.weight), parameter_of(layer.bias or "")
        steps[-1] += f" {weight}{'^T' if layer.turned else ''}{f' + {bias}' if bias else ''}"
        steps.append(function.name)
        steps.append("h")
    return ", ".join(step for step in steps[:-1] if step != "identity")


def as_rows(tape: Tape, x: Node, columns: bool) -> Node:
    """Return the input with a sample in each row."""
    if columns:
        return operations.arranged(tape, x, np.transpose, np.transpose, "x")
    shape = x.value.shape
    wanted = (len(x.value), -1) if x.value.ndim > 1 else (1, -1)
    return operations.arranged(tape, x, lambda a: a.reshape(wanted), lambda g: g.reshape(shape), "x")
