"""Functions as a layer: one that computes, one that gives its gradient."""

import ast
import inspect
import re
from collections.abc import Callable
from typing import Any

import numpy as np

from gradients.calling.roles import TRUTH, arguments_of, key_of
from gradients.calling.trees import tree_of
from gradients.calling.truths import WEIGHTS
from gradients.calling.words import direction, goes_both_ways, words

# The argument that turns a function into its derivative, and functions that may give a loss and its gradients at once.
SWITCHES = set(
    """
    deriv derivative derivate prime grad gradient der diff backward backprop d is_derivative derived
    return_derivative is_grad derivation differentiate bp derivativ
    """.split()
)
# What a function does that may speak of a loss or of gradients but gives neither, and arguments that are functions.
OTHER_DEEDS = set("train optimize optimise fit load save init initialize update check test plot show print add".split())
FUNCTION_NAMES = {"fun", "func", "fn", "function", "loss_func", "loss_fn", "loss_fun", "loss_function", "objective"}
PREDICTIONS = {"p", "prob", "probs", "probabilities", "pred", "preds", "prediction", "predictions", "scores", "y_hat"}
LOSS_NAME = re.compile(r"(?i)(loss|cost)|with_grad|and_grad|_grads?$|loss_fun")


class Functions:
    """A function and the one that gives its gradients, in the shape of a layer.

    Parameters
    ----------
    forward, backward : callable
    names : str
        What they are called, for the report.
    """

    def __init__(self, forward: Callable[..., Any], backward: Callable[..., Any], names: str = "") -> None:
        self.forward, self.backward = forward, backward
        self.names = names or f"{name_of(forward)} and {name_of(backward)}"


def name_of(function: Callable[..., Any]) -> str:
    """Return the name of a function."""
    return getattr(function, "__name__", type(function).__name__)


def one_function(function: Callable[..., Any], names: str = "") -> Functions:
    """Return a function that gives loss and gradients at once, ``loss, dx = softmax_loss(x, y)``, as a layer."""

    def loss(*inputs: Any) -> Any:
        return value_and_rest(function(*inputs))[0]

    def gradients(*inputs: Any) -> Any:
        rest = value_and_rest(function(*inputs))[1]
        return rest[0] if len(rest) == 1 else rest

    for part in (loss, gradients):
        vars(part).update(__signature__=with_labels(function), __wrapped__=function)
    return Functions(loss, gradients, names or name_of(function))


def with_labels(function: Callable[..., Any]) -> inspect.Signature:
    """Return the signature of a function that gives a loss where labels are given, ``loss(X, y=None)``, with these."""
    signature = inspect.signature(function)
    arguments = [
        p.replace(default=p.empty) if p.default is None and key_of(p.name) in {*TRUTH, "y"} else p
        for p in signature.parameters.values()
    ]
    required = [p.default is p.empty for p in arguments if p.kind is p.POSITIONAL_OR_KEYWORD]
    return signature.replace(parameters=arguments) if required == sorted(required, reverse=True) else signature


def value_and_rest(returned: Any) -> tuple[Any, Any]:
    """Return the loss and the gradients of what a function returned, in whichever order it did."""
    *before, last = returned
    if is_number(last) and not is_number(before[0]):
        return last, before
    return returned[0], returned[1:]


def is_number(value: Any) -> bool:
    """Return whether a value is a number, or an array with nothing else."""
    return isinstance(value, (int, float, np.generic)) or (isinstance(value, np.ndarray) and value.ndim == 0)


def switched(function: Callable[..., Any], switch: str, names: str = "") -> Functions:
    """Return a function with a switch, ``sigmoid(x, derivative=True)``, as a layer."""

    def value(x: Any) -> Any:
        return function(x)

    def slope(x: Any) -> Any:
        return function(x, **{switch: True})

    return Functions(value, slope, names or name_of(function))


def switch_of(function: Callable[..., Any]) -> str | None:
    """Return the name of the argument that turns a function into its derivative, None where it has none."""
    arguments = arguments_of(function)
    if len(arguments) != 2:
        return None
    name = arguments[1].name
    return name if name.strip("_").lower() in SWITCHES and arguments[1].default in (False, 0, None) else None


def gives_loss_and_gradients(function: Callable[..., Any]) -> bool:
    """Return whether a function may give a loss and its gradients at once: by its name, and what it returns."""
    name = name_of(function)
    if goes_both_ways(name):
        return returns_several(function)
    names = {key_of(argument.name) for argument in arguments_of(function)}
    does_something_else = bool(set(words(name)[:1]) & OTHER_DEEDS) or direction(name)[0] == "back"
    if does_something_else or not names or names & FUNCTION_NAMES:
        return False
    is_classifier = bool(names & WEIGHTS) and {"x"} <= names and bool(names & {"y", "t"})
    return (bool(LOSS_NAME.search(name)) or is_classifier) and returns_several(function)


def returns_several(function: Callable[..., Any]) -> bool:
    """Return whether a function's last word is several values, which are not a loss and predictions."""
    tree = tree_of(function)
    if tree is None:
        return True
    returns = [node for node in ast.walk(tree) if isinstance(node, ast.Return) and node.value is not None]
    last = max(returns, key=lambda node: node.lineno, default=None)
    if last is None or not isinstance(last.value, ast.Tuple) or len(last.value.elts) < 2:
        return False
    return not {part.id.lower() for part in last.value.elts if isinstance(part, ast.Name)} & PREDICTIONS
