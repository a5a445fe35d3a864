"""The names that a text finds without an import: Variables, the functions of graph, NumPy, the project's layers."""

import builtins
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

import graph
import layers
from graph import from_network, functions, no_grad
from graph.variable import Variable as Recorded
from page.inside.seeing.opened_layers import opened_layers
from page.inside.seeing.tracing import Variable

SHADOWED = ("sum", "max")  # of Python's own names, by functions of graph


def names_at_hand() -> dict[str, Any]:
    """Return the names that a text finds without an import."""
    drawn = {name: recording(getattr(functions, name), name) for name in functions_of_graph()}
    opened = opened_layers()
    own = {"Variable": Variable, "from_network": from_network, "no_grad": no_grad, "softmax": softmax}
    at_hand = {**opened, **drawn, **own, "np": np, "numpy": np}
    modules = {"graph": module("graph", at_hand), "layers": module("layers", opened)}
    modules |= {f"chainrule.{name}": value for name, value in modules.items()}

    def bring(name: str, *args: Any, **named: Any) -> Any:
        return modules[name] if name in modules else builtins.__import__(name, *args, **named)

    return {"__import__": bring, **at_hand}


def functions_of_graph() -> list[str]:
    """Return the names of the functions that make nodes."""
    return [name for name in graph.__all__ if callable(getattr(functions, name, None)) and name != "Variable"]


def recording(function: Callable[..., Any], name: str) -> Callable[..., Any]:
    """Return a function of graph that gives Variables of ours, and Python's own for what is no Variable."""
    own = getattr(builtins, name) if name in SHADOWED else None

    def called(*args: Any, **named: Any) -> Any:
        if own is not None and not (args and isinstance(args[0], Recorded)):
            return own(*args, **named)
        value = function(*args, **named)
        if type(value) is Variable:
            return value
        output = Variable(value.data)
        output.creator = value.creator
        return output

    called.__name__ = name
    return called


def softmax(x: Any) -> Any:
    """Return the softmax over the last axis; that of a Variable is made of nodes: exp, sum, divided by."""
    if not isinstance(x, Recorded):
        return layers.softmax(x)
    powers = (x - np.max(x.data, axis=-1, keepdims=True)).exp()
    return powers / powers.sum(-1, True)


def module(name: str, names: dict[str, Any]) -> ModuleType:
    """Return a module with some names, for the import of what is at hand anyway."""
    made = ModuleType(name)
    vars(made).update(names)
    return made
