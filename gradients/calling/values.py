"""Values to try for the arguments of somebody's forward, by their names, the most likely first."""

import inspect
import itertools
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from gradients.calling.flat_parameters import flat_inputs
from gradients.calling.hints import Hints, hints_of
from gradients.calling.numbered_layers import numbered_inputs
from gradients.calling.roles import PROBABILITY, TRUTH, arguments_of, is_required, key_of
from gradients.calling.scenes import (
    ATTENTION,
    KIND,
    SIDE,
    C,
    D,
    K,
    M,
    N,
    Shape,
    T,
    is_matrix_times_vector,
    kinds_of,
    scenes,
    shapes_for,
)
from gradients.calling.states import with_states
from gradients.calling.truth_values import PARAMS, fixed_value, probabilities, settings_for, with_truth
from gradients.calling.truths import truth_places
from gradients.calling.word_vectors import word_inputs

MOST_COMBINATIONS = 200
LARGE, LARGEST = 200, 4096  # features of a network that is meant for one kind of data, such as 784


def given_inputs(
    function: Callable[..., Any],
    rng: np.random.Generator,
    images: bool = False,
    sizes: Sequence[int] = (),
    small: bool = False,
) -> list[tuple[Any, ...]]:
    """Return values for what a function must be given, the likely combinations first.

    Parameters
    ----------
    images : bool
        Whether the layer is one for images.
    sizes : sequence of int
        Lengths of the axes of the object's own arrays: one of them is often the number of features.
    small : bool
        Whether to return single samples and numbers, in which many a mistake does not show; else all others.
    """
    hints = hints_of(function)
    names = [argument.name for argument in arguments_to_give(function)]
    found = sorted(all_inputs(function, rng, images, sizes, hints), key=partial(hints.violated, names))
    kinds = [KIND.get(key_of(name)) for name in names]
    others = (place for place, kind in enumerate(kinds) if kind not in ("weight", "bias"))
    place = next(others, 0) if kinds[:1] == ["weight"] else 0  # loss(w, X, y), forward(W1, b1, W2, b2, X)
    if is_matrix_times_vector(names) and not small:
        return found
    alone = len(names) == 1  # then a square is one image, or a matrix for what takes one sample in a column
    of_one = [
        inputs
        for inputs in found
        if any(is_small(x) or (alone and np.shape(x) == (SIDE, SIDE)) for x in inputs[place : place + 1]) == small
    ]
    return [inputs for inputs in of_one if not sizes or np.ndim(inputs[0])] if inputs_given(of_one) else of_one


def inputs_given(found: Sequence[tuple[Any, ...]]) -> bool:
    """Return whether there are inputs at all."""
    return bool(found) and bool(found[0])


def is_small(x: Any) -> bool:
    """Return whether an input is a number, a vector of floats, or has an axis of one element."""
    if not isinstance(x, (np.ndarray, float)):
        return False
    if np.ndim(x) == 1:
        return len(x) != N
    return np.ndim(x) == 0 or (1 in np.shape(x)[-2:] and len(x) != N)


def all_inputs(
    function: Callable[..., Any], rng: np.random.Generator, images: bool, sizes: Sequence[int], hints: Hints
) -> Iterator[tuple[Any, ...]]:
    """Yield values for what a function must be given, the likely combinations first."""
    arguments = arguments_to_give(function)
    if not arguments and takes_any_number(function):
        yield from (tuple(rng.standard_normal((2, N, D))), tuple(np.abs(rng.standard_normal((2, N, D))) + 0.5))
        yield from ((rng.standard_normal((N, D)),), tuple(rng.standard_normal((3, N, D))))  # handed on to another
        return
    written = [argument.name for argument in arguments]
    yield from told_by_all_names(written, rng)
    names = [key_of(name) for name in written]
    truth = truth_places(written)
    if len(arguments) == 1 and not truth:
        yield from ((value,) for value in inputs_alone(names[0], rng, images, sizes))
        return
    if truth and len(arguments) >= 2:
        yield from with_truth(names, truth, rng, sizes)
        return
    if {"x", "y"} <= set(names) <= {"x", "y", "mask"}:
        yield from itertools.islice(scenes(names, [[] for _ in names], rng, images), 5)
        yield from with_truth(names, [names.index("y")], rng, sizes)
    settings = settings_of(names, arguments, hints)
    if len(names) >= 2 and set(names) & PROBABILITY and not any(settings):
        yield tuple(probabilities(rng, (N, K)) for _ in names)
        yield tuple(rng.uniform(0.1, 0.9, (N, K)) for _ in names)
    if ATTENTION & set(names):
        settings = [[] for _ in names]
    yield from scenes(names, settings, rng, images)
    yield from with_states(names, sizes, rng)
    candidates = [
        setting or list(randoms(rng, *shapes_for(kind)))
        for kind, setting in zip(kinds_of(names), settings, strict=True)
    ]
    if len(names) == 2 and not any(settings):
        yield rng.integers(0, D, (N, T)), 0.5 * rng.standard_normal((D, M))
        yield rng.standard_normal((N, D)), rng.integers(0, D, N)
        yield from with_truth(names, [1], rng, sizes)
    ranked = itertools.product(*(range(len(values)) for values in candidates))
    for ranks in sorted(itertools.islice(ranked, 20_000), key=sum)[:MOST_COMBINATIONS]:
        yield tuple(values[rank] for values, rank in zip(candidates, ranks, strict=True))


def told_by_all_names(written: Sequence[str], rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    """Yield values where the names of the arguments tell together what is meant, as in the exercises of courses."""
    for inputs in (flat_inputs, word_inputs, numbered_inputs):
        yield from inputs(written, rng)
    names = [key_of(name) for name in written]
    if {"x", "y"} < set(names) and any(KIND.get(name) == "state" for name in names[2:]):  # a network that reads symbols
        yield tuple(rng.integers(0, K, N) if name in ("x", "y") else rng.standard_normal((M, 1)) for name in names)


def settings_of(names: Sequence[str], arguments: Sequence[inspect.Parameter], hints: Hints) -> list[list[Any]]:
    """Return the values of each argument that is no array, none for the others."""
    settings = [
        fixed_value(name, place) or settings_by_keys(hints.keys.get(argument.name, []), place)
        for place, (name, argument) in enumerate(zip(names, arguments, strict=True))
    ]
    if {"gamma", "g"} <= set(names):  # of a group normalisation, how many groups
        settings[names.index("g")] = [2]
    return settings


def settings_by_keys(keys: Sequence[str], place: int) -> list[dict[str, Any]]:
    """Return the dictionaries that may be meant where an argument is asked for these settings."""
    return (
        [settings_for(keys, "f" in keys or "pool_size" in keys)] if place and keys and set(keys) <= set(PARAMS) else []
    )


def arguments_to_give(function: Callable[..., Any]) -> list[inspect.Parameter]:
    """Return the arguments that are given: those that must be, and labels that may be left out."""
    arguments = arguments_of(function)
    needed = [p for p in arguments if is_required(p)]
    optional = arguments[len(needed) : len(needed) + 1]
    if needed and optional and optional[0].default is None and key_of(optional[0].name) in {*TRUTH, "y"}:
        return arguments[: len(needed) + 1]
    return needed or [p for p in arguments if p.default is None][:1]


def takes_any_number(function: Callable[..., Any]) -> bool:
    """Return whether a function takes as many inputs as one likes, ``forward(*xs)``."""
    try:
        kinds = [p.kind for p in inspect.signature(function).parameters.values()]
    except (TypeError, ValueError):
        return False
    return inspect.Parameter.VAR_POSITIONAL in kinds


def inputs_alone(name: str, rng: np.random.Generator, images: bool, sizes: Sequence[int]) -> Iterator[Any]:
    """Yield what a layer's only input may be."""
    shapes: list[Shape] = [(N, D), (N, C, SIDE, SIDE), (N, T, D), (N, M)]
    if images:
        shapes = [(N, C, SIDE, SIDE), (N, C, 5, 5), (N, SIDE, SIDE, C), (C, SIDE, SIDE), (SIDE, SIDE, C), *shapes]
    if name in PROBABILITY:
        yield probabilities(rng, (N, K))
    x = rng.standard_normal(shapes[0])
    yield from (x, np.abs(x) + 0.5)
    yield from randoms(rng, *shapes[1:])
    own = [size for size in dict.fromkeys(sizes) if 1 < size < LARGE and size not in (D, M)]
    large = [size for size in dict.fromkeys(sizes) if LARGE <= size <= LARGEST]
    yield from randoms(rng, *((N, size) for size in own), (D, N), *((size, N) for size in (M, *own)))
    yield from (rng.integers(0, D, (N, T)), rng.integers(0, D, N))
    yield from randoms(rng, (N, SIDE, SIDE, C), (C, SIDE, SIDE), (SIDE, SIDE, C), (SIDE, SIDE), (T, D, 1), (N, C, 5))
    yield from randoms(rng, (D, 1), *((size, 1) for size in (M, *own)), (D,), *((size,) for size in (M, *own)))
    yield from randoms(rng, (1, D), (1, M))
    yield from randoms(rng, (N, SIDE, SIDE, 4), (N, 4, SIDE, SIDE))  # channels for a pixel shuffle
    yield from randoms(rng, (N, 2, D), (T, N, D), (N, 1, SIDE, SIDE), (N, C, 8), (N, T, SIDE, SIDE))
    yield from randoms(rng, *((N, size) for size in large), *((size, N) for size in large))
    yield from randoms(rng, *((N, T, size) for size in large))
    yield 0.7


def randoms(rng: np.random.Generator, *shapes: Shape, scale: float = 1.0) -> list[np.ndarray]:
    """Return normal numbers of each shape."""
    return [scale * np.asarray(rng.standard_normal(shape)) for shape in shapes]
