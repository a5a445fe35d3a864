"""Computational graphs: record what is computed, differentiate it in reverse order, draw it.

>>> from graph import Variable
>>> apples, price, tax = Variable(2, "apples"), Variable(100, "price"), Variable(1.1, "tax")
>>> total = apples * price * tax
>>> total.backward()
>>> print(f"{total.data:.1f} {apples.grad:.1f} {price.grad:.1f} {tax.grad:.1f}")
220.0 110.0 2.2 200.0
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from graph.functions import (
    exp,
    log,
    max,
    mean,
    relu,
    reshape,
    sigmoid,
    softmax_cross_entropy,
    sum,
    tanh,
    transpose,
)
from graph.network_graph import from_network
from graph.recording import no_grad
from graph.variable import Variable

if TYPE_CHECKING:
    from graph.picture.animation import animate
    from graph.picture.drawing import draw

__all__ = [
    "Variable",
    "animate",
    "draw",
    "exp",
    "from_network",
    "log",
    "max",
    "mean",
    "no_grad",
    "relu",
    "reshape",
    "sigmoid",
    "softmax_cross_entropy",
    "sum",
    "tanh",
    "transpose",
]

# Imported when they are asked for: whoever computes does not draw.
LATER = {"draw": "picture.drawing", "animate": "picture.animation"}


def __getattr__(name: str) -> Any:
    if name not in LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{LATER[name]}"), name)
