"""Functions that are given their parameters in a dictionary, ``forward(X, parameters)``, as a layer that holds them."""

import ast
import inspect
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from gradients.calling.calls import Calls, without
from gradients.calling.functions import Functions
from gradients.calling.roles import arguments_of, is_required, key_of
from gradients.calling.scenes import D, H, K, M, Shape
from gradients.calling.trees import tree_of

NAMES = {"parameters", "params", "parameter", "param", "weights", "theta", "model", "net", "network", "p", "w"}
GATES = ("f", "i", "u", "c", "o", "g")  # of a cell that remembers
USUAL = ("W1", "b1", "W2", "b2")  # where the names are put together in a loop


class WithParameters(Calls):
    """Two functions and the dictionary that both are given.

    Parameters
    ----------
    functions : Functions
    params : dict of str to ndarray
    places : pair of int, optional
        Which argument of each the dictionary is, None for none; by default found by what the functions do with it.
    holder : str
        The name under which it is held, and told.
    """

    def __init__(
        self,
        functions: Functions,
        params: Any,
        places: tuple[int | None, int | None] | None = None,
        holder: str = "params",
    ) -> None:
        super().__init__(functions.names)
        vars(self)[holder] = params
        self.holder = holder
        self.both = functions.forward, functions.backward
        self.places = places or tuple(map(place_of_dictionary, self.both))
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
            given.insert(place, vars(self)[self.holder])
        return given


def holding(functions: Functions, inputs: Sequence[Any]) -> tuple[Functions, list[Any]]:
    """Return functions that hold the dictionary or list of parameters among their inputs, and the other inputs."""
    for place, value in enumerate(inputs):
        arguments = arguments_of(functions.forward)
        if place < len(arguments) and isinstance(value, (dict, list, tuple)) and holds_floats(value):
            name = arguments[place].name
            names = [argument.name for argument in arguments_of(functions.backward)]
            there = names.index(name) if name in names else place_of_dictionary(functions.backward)
            others = [other for number, other in enumerate(inputs) if number != place]
            return WithParameters(functions, value, (place, there), name), others
    return functions, list(inputs)


def holds_floats(value: Any) -> bool:
    """Return whether a value holds an array of floats, at any depth."""
    if isinstance(value, (dict, list, tuple)):
        return any(map(holds_floats, value.values() if isinstance(value, dict) else value))
    return isinstance(value, np.ndarray) and np.issubdtype(value.dtype, np.floating)


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
    tree = tree_of(function)
    if tree is None:
        return None
    keys: list[str] = []
    together = False
    for called, argument in callees(function, tree, name):
        keys += keys_in(called, argument) or [] if called is not function else []
    for node in ast.walk(tree):
        keys += key_got(node, name)
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == name:
            if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
                keys.append(node.slice.value)
            together |= isinstance(node.slice, (ast.BinOp, ast.JoinedStr))
    if together:
        return list(USUAL)
    return list(dict.fromkeys(keys)) or None


def key_got(node: ast.AST, name: str) -> list[str]:
    """Return the key in ``params.get("W1")``, none for anything else."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr != "get":
        return []
    is_asked = isinstance(node.func.value, ast.Name) and node.func.value.id == name
    return [part.value for part in node.args[:1] if is_asked and isinstance(part, ast.Constant)]


def callees(function: Callable[..., Any], tree: ast.AST, name: str) -> Iterator[tuple[Callable[..., Any], str]]:
    """Yield the functions of the file to which a function hands a variable, and what it is called there."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        called = getattr(inspect.unwrap(function), "__globals__", {}).get(node.func.id)
        if not inspect.isfunction(called):
            continue
        for given, argument in zip(node.args, arguments_of(called), strict=False):
            if isinstance(given, ast.Name) and given.id == name:
                yield called, argument.name


def with_parameters(functions: Functions, rng: np.random.Generator) -> Iterator[WithParameters]:
    """Yield functions with dictionaries of parameters, for samples in rows and in columns."""
    place = place_of_dictionary(functions.forward)
    if place is None:
        return
    keys = keys_in(functions.forward, arguments_of(functions.forward)[place].name) or []
    if not any(re.match(r"(?i)w|theta|kernel", key) for key in keys):
        return
    symbols = symbols_of(functions.forward)
    for outputs, columns, flat in itertools.product((M, 1), (False, True), (True, False)):
        yield WithParameters(functions, drawn_parameters(keys, columns, flat, rng, outputs, symbols))
        if tuple(keys) == USUAL:  # or there may be three layers
            yield WithParameters(functions, drawn_parameters([*keys, "W3", "b3"], columns, flat, rng, outputs))


def symbols_of(function: Callable[..., Any]) -> int:
    """Return how many symbols a network reads and predicts, ``vocab_size=27``, 0 where it does not say."""
    told = (p.default for p in arguments_of(function) if "vocab" in p.name.lower())
    return next((number for number in told if isinstance(number, int) and number > 1), 0)


def drawn_parameters(
    keys: list[str], columns: bool, flat: bool, rng: np.random.Generator, outputs: int = M, symbols: int = 0
) -> dict[str, np.ndarray]:
    """Return parameters whose shapes go together, layer after layer; ``flat`` biases have one axis, or are a number.

    ``symbols`` is how many a recurrent network reads, where it says so.
    """
    recurrent = {key: recurrent_shape(key, symbols) for key in keys}
    if all(recurrent.values()):
        return {key: 0.6 * rng.standard_normal(shape) for key, shape in recurrent.items()}
    numbers = sorted({number_in(key) for key in keys})
    widths = [D, *([H, M, 5, 2] if len(numbers) > 1 else [M])][: len(numbers) + 1]
    widths[-1] = outputs
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


def recurrent_shape(key: str, symbols: int = 0) -> Shape | None:
    """Return the shape of a parameter of a recurrent cell, samples in columns: ``Wax`` leads from x to a; else None.

    ``symbols`` is the size of x and y, where that is known.

    >>> recurrent_shape("Wax"), recurrent_shape("by"), recurrent_shape("Wf"), recurrent_shape("W1")
    ((3, 4), (4, 1), (3, 7), None)
    """
    sizes = {"x": symbols or D, "a": M, "h": M, "y": symbols or K}
    kind, letters = key[:1].lower(), key[1:].lower().strip("_")
    if kind == "b" and (letters in sizes or letters in GATES or not letters):
        return sizes.get(letters, M), 1
    if kind != "w":
        return None
    if len(letters) == 2 and set(letters) <= set(sizes):
        return sizes[letters[0]], sizes[letters[1]]
    return (M, M + D) if letters in GATES else (K, M) if letters == "y" else None


def number_in(key: str) -> int:
    """Return the number at the end of a key, 1 where there is none."""
    found = re.search(r"(\d+)$", key)
    return int(found[1]) if found else 1
