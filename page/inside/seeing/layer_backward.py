"""A layer's own backward beside the gradients of its graph."""

import copy
from typing import Any

import numpy as np

from gradients.measuring.surroundings import seed_global_generators
from graph.variable import Variable as Recorded
from graph.walk import topological_order
from language import _
from page.inside.seeing.layer_inputs import LABELS, parameters_of, why
from page.inside.seeing.whole_layer import gradient_left, own_backward


def compared(layer: Any, inputs: dict[str, Any], drawn: Recorded, dout: Any) -> list[str]:
    """Return in words whether the layer's own backward gives what the graph gives."""
    twin, who = copy.deepcopy(layer), type(layer).__name__
    drawn.backward(dout)
    variables = {v.name: v for v in leaves(drawn) if v.name}
    try:
        seed_global_generators()
        twin.forward(*copy.deepcopy(list(inputs.values())))
        dx = own_backward(twin, dout)
    except NotImplementedError:
        return [_("The backward of {name} is not written yet; the gradients are those of the graph.", name=who)]
    except Exception as error:
        return [
            _(
                "The backward of {name} raises {error}; the gradients are those of the graph.",
                name=who,
                error=why(error),
            )
        ]
    given = [name for name in inputs if name not in LABELS]
    own = dict(zip(given, dx if isinstance(dx, tuple) else (dx,), strict=False))
    own |= {name: gradient_left(twin, name) for name in parameters_of(layer)}
    other = [f"d{name}" for name, value in own.items() if name in variables and not same(value, variables[name].grad)]
    if other:
        return [
            _(
                "The backward of {name} computes another {arrays} than the graph, whose gradients are shown here.",
                name=who,
                arrays=", ".join(other),
            )
        ]
    return [_("The backward of {name} computes the same gradients as the graph.", name=who)]


def leaves(output: Recorded) -> list[Any]:
    """Return the given values of a graph."""
    return [variable for variable in topological_order(output) if variable.creator is None]


def same(own: Any, grad: Any) -> bool:
    """Return whether two gradients are equal up to rounding."""
    try:
        return np.shape(own) == np.shape(grad) and bool(np.allclose(np.asarray(own, float), grad, 1e-6, 1e-8))
    except (TypeError, ValueError):
        return False
