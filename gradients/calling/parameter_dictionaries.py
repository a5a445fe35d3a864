"""Functions that are given their parameters in a dictionary, ``forward(X, parameters)``, as a layer that holds them."""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from gradients.calling.calls import Calls, without
from gradients.calling.functions import Functions
from gradients.calling.roles import arguments_of, is_required, key_of
from gradients.calling.scenes import D, H, M

NAMES = {"parameters", "params", "parameter", "param", "weights", "theta", "model", "net", "network", "p", "w"}
USUAL = ("W1", "b1", "W2", "b2")  # where the names are put together in a loop


class WithParameters(Calls):
    """Two functions and the dictionary that both are given.

    Parameters
    ----------
    functions : Functions
    params : dict of str to ndarray
    """

    def __init__(self, functions: Functions, params: dict[str, np.ndarray]) -> None:
        super().__init__(functions.names)
        self.params = params
        self.both = functions.forward, functions.backward
        self.places = tuple(place_of_dictionary(function) for function in self.both)
        self.signatures = tuple(map(without, self.both, self.places))

    def call_forward(self, *arguments: Any, **named: Any) -> Any:
        """Return what the forward gives with the dictionary in its place."""
        return self.both[0](*self.with_params(arguments, self.places[0]), **named)

    def call_backward(self, *arguments: Any, **named: Any) -> Any:
        """Return what the backward gives, with the dictionary where it takes it."""
        return self.both[1](*self.with_params(arguments, self.places[1]), **named)

    def with_params(self, arguments: tuple[Any, ...], place: int | None) -> list[Any]:
        """Return arguments with the dictionary among them."""
        given = list(arguments)
        if place is not None:
            given.insert(place, self.params)
        return given


def place_of_dictionary(function: Callable[..., Any]) -> int | None:
    """Return the place of the argument that is the dictionary of parameters, None where there is none."""
    for place, argument in enumerate(arguments_of(function)):
        is_named = key_of(argument.name) in NAMES or key_of(argument.name).endswith(("params", "parameters"))
        if is_named and is_required(argument) and (keys_in(function, argument.name) or place > 0):
            return place if keys_in(function, argument.name) is not None else None
    return None


def keys_in(function: Callable[..., Any], name: str) -> list[str] | None:
    """Return the keys that a function reads from a dictionary; the usual ones where it puts them together.

    None where it does not use the argument as a dictionary.
    """
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return None
    keys: list[str] = []
    together = False
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == name:
            if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
                keys.append(node.slice.value)
            together |= isinstance(node.slice, (ast.BinOp, ast.JoinedStr))
    if together:
        return list(USUAL)
    return list(dict.fromkeys(keys)) or None


def with_parameters(functions: Functions, rng: np.random.Generator) -> Iterator[WithParameters]:
    """Yield functions with dictionaries of parameters, for samples in rows and in columns."""
    place = place_of_dictionary(functions.forward)
    if place is None:
        return
    keys = keys_in(functions.forward, arguments_of(functions.forward)[place].name) or []
    if not any(re.match(r"(?i)w|theta|kernel", key) for key in keys):
        return
    for columns in (False, True):
        for flat in (True, False):
            yield WithParameters(functions, drawn_parameters(keys, columns, flat, rng))


def drawn_parameters(keys: list[str], columns: bool, flat: bool, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Return parameters whose shapes go together, layer after layer; ``flat`` biases have one axis, or are a number."""
    numbers = sorted({number_in(key) for key in keys})
    widths = [D, *([H, M, 5, 2] if len(numbers) > 1 else [M])][: len(numbers) + 1]
    widths[-1] = M
    params = {}
    for key in keys:
        layer = numbers.index(number_in(key))
        before, after = widths[layer], widths[layer + 1]
        if re.match(r"(?i)(w|theta|kernel)", key):
            value = 0.6 * rng.standard_normal((after, before) if columns else (before, after))
        elif columns:
            value = rng.standard_normal((after, 1))
        else:
            value = rng.standard_normal(after) if flat else rng.standard_normal((1, after))
        params[key] = value
    return params


def number_in(key: str) -> int:
    """Return the number at the end of a key, 1 where there is none."""
    found = re.search(r"(\d+)$", key)
    return int(found[1]) if found else 1
