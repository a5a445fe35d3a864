"""Where a backward left the gradient of a parameter or an input: looked for by its name, and by what is new."""

import re
from typing import Any

import numpy as np

from gradients.measuring.held_arrays import Way
from gradients.measuring.parameters import gradient_names

MOVED = (("moved", None),)  # the way to a gradient that is only seen in how far backward moves its parameter
BOXES = ("value", "data", "val", "array", "v", "values", "params", "param", "weight", "tensor", "theta")
BESIDE_BOX = ("grad", "gradient", "grads", "g", "d", "dvalue", "diff", "delta", "grad_value", "dv", "derivative")
INPUT_GRADIENTS = (
    "dx dinputs dinput d_inputs d_input grad_input grad_inputs input_grad input_gradient inputs_gradient dz da d_x "
    "gx delta dx_ dprev grad grads gradient bottom_diff in_grad dinp dl_dx dldx grad_x x_grad error_in din"
    " ddata dlogits dscores"
).split()


def place_of_gradient(way: Way, parameter: tuple[Any, Any], before: dict, after: dict) -> Way | None:
    """Return the way to the gradient of the parameter at a way: by its name, or the only new array of its shape.

    Parameters
    ----------
    parameter : pair of ndarray
        The parameter before backward and after it. It may lie at other places too, as where a property gives it.
    before, after : dict
        All arrays before backward and after it, by the ways from ``{"self": ..., "returned": ...}``.
    """
    was, now = parameter
    own = {place for place, array in before.items() if same(array, was) and same(after.get(place), now)}
    own.add((("item", "self"), *way))
    fresh = {
        place: array
        for place, array in after.items()
        if place not in own and not same(before.get(place), array) and array.shape == np.shape(was)
    }
    by_name = [place for place in fresh if is_named_after(place, way)]
    by_name.sort(key=lambda place: place[1:-1] != way[:-1])  # that in the same layer first
    by_place = [place for place in fresh if way[-1][0] == "item" and place[-1] == way[-1]]
    if by_name or len(by_place) == 1:
        return (by_name or by_place)[0]
    if not same(was, now):
        return MOVED
    others = [
        place
        for place, array in after.items()
        if array.shape != np.shape(was) and array.size == np.size(was) and not same(before.get(place), array)
    ]
    if any(place[-1] == way[-1] or is_named_after(place, way) for place in others):
        return None  # it is there, in another shape
    return next(iter(fresh)) if len(fresh) == 1 else None


def place_of_input_gradient(name: str, shape: tuple[int, ...], before: dict, after: dict) -> Way | None:
    """Return the way to the gradient of an input that backward does not return."""
    fresh = [p for p, array in after.items() if array.shape == shape and not same(before.get(p), array)]
    named = [place for place in fresh if str(place[-1][1]).lower() in (name.lower(), *INPUT_GRADIENTS)]
    return named[0] if named else fresh[0] if len(fresh) == 1 else None


def same(a: np.ndarray | None, b: np.ndarray | None) -> bool:
    """Return whether two arrays are the same."""
    return a is not None and b is not None and np.array_equal(a, b, equal_nan=True)


def is_named_after(place: Way, way: Way) -> bool:
    """Return whether a gradient's place goes by its name with a parameter's."""
    last, name = str(place[-1][1]), str(way[-1][1])
    if len(way) > 1 and name in BOXES and place[1:-1] == way[:-1]:
        return last in BESIDE_BOX
    if way[-1][0] == "item" and place[-1] == way[-1] and len(way) > 1 and len(place) > 1:
        holder = str(place[-2][1])
        return holder in gradient_names(str(way[-2][1])) or holder in ("grads", "gradients", "grad")
    return last in gradient_names(name) or (place[0][1] == "returned" and last == name)


def parameter_of(gradient_name: str) -> str:
    """Return the name of the parameter that a gradient belongs to.

    >>> parameter_of("dW"), parameter_of("decoder.dW"), parameter_of("grads[0]")
    ('W', 'decoder.W', 'grads[0]')
    """
    return re.sub(r"(^|\.)d(?=[^.]*$)", r"\1", gradient_name)
