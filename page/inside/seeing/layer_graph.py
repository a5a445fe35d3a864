"""The graph of a layer: its own forward, run on Variables; or the layer as one node where that cannot be."""

import copy
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gradients.measuring.surroundings import seed_global_generators
from graph.variable import Variable as Recorded
from language import _
from page.inside.seeing.layer_backward import compared
from page.inside.seeing.layer_inputs import LABELS, inputs_of, make, neat, parameters_of, why
from page.inside.seeing.tracing import Variable, current
from page.inside.seeing.whole_layer import WholeLayer


@dataclass
class LayerGraph:
    """The output of a layer's graph, what comes back into it, and what is to be said."""

    output: Recorded
    dout: Any
    notes: list[str] = field(default_factory=list)


def is_layer(thing: Any) -> bool:
    """Return whether a thing has forward and backward."""
    return callable(getattr(thing, "forward", None)) and callable(getattr(thing, "backward", None))


def graph_of_class(cls: type) -> LayerGraph:
    """Return the graph of a layer of which only the class is known: its arguments are found by their names."""
    return graph_of_layer(make(cls))


def graph_of_layer(layer: Any) -> LayerGraph:
    """Return the graph of a layer, for inputs with which its forward works."""
    inputs, output = inputs_of(layer)
    values = {name: value for name, value in inputs.items() if name not in LABELS}
    extra = tuple(value for name, value in inputs.items() if name in LABELS)
    dout = 1.0 if np.ndim(output) == 0 else neat(np.shape(output), 3)
    notes = []
    try:
        drawn = taken_apart(layer, values, extra, output)
    except Exception as error:
        drawn = as_one_node(layer, values, extra)
        notes.append(
            _(
                "{name} is shown as one node, with what its own backward computes. Its forward cannot be taken apart: "
                "{why}",
                name=type(layer).__name__,
                why=why(error),
            )
        )
    else:
        notes += compared(layer, inputs, drawn, dout)
    return LayerGraph(drawn, dout, notes)


def taken_apart(layer: Any, values: dict[str, Any], extra: tuple[Any, ...], output: Any) -> Recorded:
    """Return the output of forward, run on Variables; raise what it raises, and where it is no graph."""
    twin = copy.deepcopy(layer)  # its generators, too
    params = {name: Variable(value, name) for name, value in parameters_of(layer).items()}
    if isinstance(vars(layer).get("params"), dict):
        twin.params = {name: params.get(name, value) for name, value in layer.params.items()}
    for name, value in params.items():
        if name in vars(layer):
            setattr(twin, name, value)
    seed_global_generators()
    with np.errstate(all="ignore"):
        forward = getattr(twin, "on_variables", twin.forward)
        drawn = current(forward(*(Variable(value, name) for name, value in values.items()), *extra))
    if not isinstance(drawn, Recorded) or drawn.creator is None:
        raise TypeError(_("forward returned a plain array, not what it computed from x"))
    if not np.allclose(drawn.data, output, equal_nan=True):
        raise TypeError(_("on Variables it gives another value than on arrays"))
    return drawn


def as_one_node(layer: Any, values: dict[str, Any], extra: tuple[Any, ...]) -> Variable:
    """Return the output of a layer that is one node of the graph."""
    twin = copy.deepcopy(layer)
    params = parameters_of(layer)
    node = WholeLayer(twin, len(values), list(params), extra)
    inputs = [Variable(value, name) for name, value in {**values, **params}.items()]
    return Variable.record(node, *inputs)
