"""The source of a network as a ``torch.nn.Module``: a line a layer, and what loads and saves its weights."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from layers import Residual
from networks.export.checks import common_dtype
from networks.export.pytorch_classes import CLASSES, LOSSES
from networks.export.pytorch_names import identifier, leaves, module_names
from networks.export.pytorch_rules import PYTORCH_RULES
from networks.export.registry import rule_of
from networks.export.shapes import MADE_OF_OTHERS, Shape, axes_after
from networks.layer_names import name_layers
from networks.parts import TAKE_ANY_LAYERS
from networks.summary import output_shapes

MARK = "Written by chainrule"  # by which a file is known that may be replaced
IN_DTYPE = {"float16": ".half()", "float32": "", "float64": ".double()"}
IMPORTED = ("nn", "OrderedDict", "Path", "load_file", "safe_open", "save_file", "load", "save", "WEIGHTS")

MODULE = '''"""{name} for PyTorch; its weights are in the file that WEIGHTS names.

{mark}. Whoever exports the network again replaces this file.
"""

from collections import OrderedDict
from pathlib import Path

{torch}from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import nn

WEIGHTS = Path(__file__).with_name({weights})
{classes}

class {name}(InOrder):
    """The layers of {name}; it takes x of shape ({shape}), and gives scores."""

    def __init__(self):
        super().__init__(
{layers}
        )
{methods}

def load(path=WEIGHTS):
    """Return the network with its weights, ready to predict; after network.train() it is ready to learn."""
    network = {name}(){in_dtype}
    network.load_state_dict(load_file(path))
    return network.eval()


def save(network, path=WEIGHTS):
    """Write the weights so that chainrule makes its network of them again: networks.from_safetensors(path)."""
    with safe_open(WEIGHTS, "pt") as file:
        about = file.metadata()
    save_file(network.state_dict(), path, about)


if __name__ == "__main__":
    print(load())
'''
LOSS = '''
    def loss(self, x, t):
        """Return {words}."""
        scores = self(x)
        return {loss}
'''
PENALTY = '''
    def loss(self, x, t):
        """Return {words}.

        Large weights cost besides: half of weight_decay_lambda times the sum of their squares.
        """
        scores = self(x)
        layers = [layer for layer in self.modules() if isinstance(layer, (nn.Linear, nn.Conv2d))]
        penalty = sum((layer.weight**2).sum() for layer in layers)
        return {loss} + {decay!r} / 2 * penalty
'''
PROBABILITIES = '''
    def probabilities(self, x):
        """Return the probabilities that the scores mean."""
        scores = self(x)
        return {probabilities}
'''


def module_source(network: Any, weights: str, shape: Shape) -> str:
    """Return the source of the module; ``weights`` is the name of the file beside it, ``shape`` that of a sample."""
    name = class_name(network)
    lines = "\n".join(layer_lines(network, shape))
    classes = "".join(f"\n\n{source}\n" for source in classes_used(network, lines))
    return MODULE.format(
        name=name,
        mark=MARK,
        weights=in_double_quotes(weights),
        classes=classes,
        torch="import torch\n" if re.search(r"\btorch\.", classes + lines) else "",
        shape=", ".join(["N", *("any" if length is None else str(length) for length in shape)]),
        layers=lines,
        methods=methods(network),
        in_dtype=IN_DTYPE[common_dtype(network).name],
    )


def class_name(network: Any) -> str:
    """Return the network's name, or one that is free in the module."""
    name = identifier(type(network).__name__)
    return f"{name}Net" if name in CLASSES or name in IMPORTED else name


def layer_lines(network: Any, shape: Shape) -> Iterator[str]:
    """Yield the lines of all layers, with the shape of what comes out where that is known."""
    known = tuple(length for length in shape if length is not None)
    shapes = output_shapes(network, known) if len(known) == len(shape) else [None] * len(network.layers)
    axes: int | None = 1 + len(shape)
    for (name, layer), y_shape in zip(module_names(network.layers).items(), shapes, strict=True):
        *others, last = lines_of(name, layer, axes, " " * 12)
        yield from others
        yield last if y_shape is None else f"{last}  # {y_shape}"
        axes = axes_after(layer, axes)


def lines_of(name: str, layer: Any, axes: int | None, indent: str) -> Iterator[str]:
    """Yield the line of a layer, of one that is made of others with their lines in between."""
    if type(layer) not in MADE_OF_OTHERS:
        yield f"{indent}{name}={rule_of(PYTORCH_RULES, layer, name, 'pytorch_rule').construct(layer, axes)},"
        return
    yield f"{indent}{name}={'Residual' if type(layer) is Residual else 'InOrder'}("
    x_axes, deeper = axes, indent + " " * 4
    for inner_name, inner in module_names(name_layers(layer.layers)).items():
        yield from lines_of(inner_name, inner, axes, deeper)
        axes = axes_after(inner, axes)
    if getattr(layer, "projection", None) is not None:
        yield from lines_of("projection", layer.projection, x_axes, deeper)
    yield f"{indent}),"


def classes_used(network: Any, lines: str) -> list[str]:
    """Return the sources of the classes that the lines use besides PyTorch's, each once."""
    needed = {"InOrder", *re.findall(r"=(\w+)\(", lines)}
    others = [source for name, source in CLASSES.items() if name in needed]
    given = [PYTORCH_RULES[type(layer)].source for _, layer in leaves(network.layers)]
    return list(dict.fromkeys(source.strip("\n") for source in (*others, *given) if source))


def in_double_quotes(text: str) -> str:
    """Return a text as Python's source, in double quotes as long as it has none.

    >>> print(in_double_quotes("model.safetensors"))
    "model.safetensors"
    """
    source = repr(text)
    return f'"{source[1:-1]}"' if source[0] == "'" and '"' not in source else source


def methods(network: Any) -> str:
    """Return the methods ``loss`` and ``probabilities``, where the network's loss is one of those known."""
    known = LOSSES.get(type(network.loss_layer))
    if known is None:
        return ""
    texts: Mapping[str, Any] = known._asdict()
    text = ""
    if type(network).loss in TAKE_ANY_LAYERS and "loss" not in vars(network):
        decay = network.weight_decay_lambda if hasattr(network, "weight_penalty") else 0.0
        text += (PENALTY if decay else LOSS).format(**texts, decay=decay)
    return text + ("" if known.probabilities is None else PROBABILITIES.format(**texts))
