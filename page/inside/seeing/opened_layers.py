"""The project's layers without the checks around their formulas, so that these can run on Variables."""

from collections.abc import Callable
from typing import Any

import layers
from graph.functions import softmax_cross_entropy

# How layers whose own forward is written for speed are computed on Variables.
ON_VARIABLES: dict[str, Callable[..., Any]] = {
    "Flatten": lambda layer, x: x.reshape(x.shape[0], -1),
    "Sigmoid": lambda layer, x: x.sigmoid(),
    "SoftmaxWithLoss": lambda layer, x, t: softmax_cross_entropy(x, t),
    "Tanh": lambda layer, x: x.tanh(),
}


def opened_layers() -> dict[str, Any]:
    """Return what ``layers`` offers, by name: each class as a subclass that is called as it is written."""
    found = {name: getattr(layers, name) for name in layers.__all__}
    return {
        name: opened(thing) if isinstance(thing, type) and hasattr(thing, "forward") else thing
        for name, thing in found.items()
    }


def opened(cls: type) -> type:
    """Return a subclass of a layer's class in which forward and backward are the bare formulas.

    >>> from layers import ReLU
    >>> opened(ReLU).forward is ReLU.forward.__wrapped__
    True
    """
    body: dict[str, Any] = {"__module__": __name__, "__doc__": cls.__doc__, "store": store}
    if cls.__name__ in ON_VARIABLES:
        body["on_variables"] = ON_VARIABLES[cls.__name__]
    for name in ("forward", "backward"):
        formula = getattr(getattr(cls, name, None), "__wrapped__", None)
        if formula is not None:
            body[name] = formula
    return type(cls.__name__, (cls,), body)


def store(self: Any, **given: Any) -> None:
    """Keep the constructor's arguments as attributes, Variables too."""
    for name, value in given.items():
        setattr(self, name, value)
