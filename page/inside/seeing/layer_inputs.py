"""Layers of which only the class is known, made with small arrays; inputs with which their forward works."""

import copy
import inspect
import math
from typing import Any

import numpy as np

from gradients.measuring.surroundings import seed_global_generators
from language import _
from page.inside.seeing.problems import CannotSee
from page.inside.seeing.running import line_of

NEAT = (0.5, -1.0, 2.0, 1.0, -0.5, 1.5, -2.0, 3.0)
FIRST = {"W": 0, "b": 3, "gamma": 2, "beta": 4, "x": 2, "y": 5}  # where among the neat numbers an array begins
ARGUMENTS: dict[str, Any] = {"W": (3, 2), "b": (2,), "gamma": (3,), "beta": (3,)}
# Shapes of an input, tried one after the other.
SHAPES: tuple[tuple[int, ...], ...] = ((2, 3), (1, 1, 4, 4), (2, 2), (3,), (2, 4), (5, 4), (5, 2, 6, 6), ())
LABELS = ("t", "labels", "target", "targets", "label", "y_true")


def neat(shape: tuple[int, ...], start: int = 0) -> Any:
    """Return numbers that are easy to compute with, in some shape.

    >>> neat((2, 2))
    array([[ 0.5, -1. ],
           [ 2. ,  1. ]])
    """
    count = math.prod(shape)
    numbers = np.array([NEAT[(start + k) % len(NEAT)] for k in range(count)])
    return numbers.reshape(shape) if shape else float(numbers[0])


def make(cls: type) -> Any:
    """Return an object of a class, made with small arrays and usual numbers."""
    names = [
        p.name
        for p in inspect.signature(cls).parameters.values()
        if p.default is p.empty and p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)
    ]
    from gradients.homework.constructing import is_for_images

    if all(name in ARGUMENTS for name in names) and not is_for_images(cls):
        try:
            return cls(**{name: neat(ARGUMENTS[name], FIRST[name]) for name in names})
        except Exception as error:
            raise raised(f"{cls.__name__}.__init__", error) from error
    from gradients.calling.problems import CannotCheck
    from gradients.homework.constructing import make_objects

    try:
        return next(make_objects(cls, np.random.default_rng(0), is_for_images(cls))).thing
    except (CannotCheck, StopIteration):
        raise CannotSee(
            _(
                "{name}: what its constructor takes is not known ({arguments}). Write a last line that makes one, such "
                "as {name}(...), or {name}(...).forward(x) with x = Variable(...).",
                name=cls.__name__,
                arguments=", ".join(names),
            )
        ) from None


def inputs_of(layer: Any) -> tuple[dict[str, Any], Any]:
    """Return inputs with which a layer's forward works, by name, and what it returns for them."""
    names = [
        p.name
        for p in inspect.signature(layer.forward).parameters.values()
        if p.default is p.empty and p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)
    ]
    first: Exception | None = None
    for shape in shapes_for(layer):
        inputs = {name: labels(shape) if name in LABELS else neat(shape, FIRST.get(name, 2)) for name in names}
        seed_global_generators()
        try:
            output = copy.deepcopy(layer).forward(*copy.deepcopy(list(inputs.values())))
        except Exception as error:
            first = first or error
            continue
        if output is None:
            raise CannotSee(
                _("{name}.forward returns nothing; it has to return the output.", name=type(layer).__name__)
            )
        if np.asarray(output).dtype.kind in "fiub":
            return inputs, output
    raise raised(f"{type(layer).__name__}.forward", first) from first


def shapes_for(layer: Any) -> list[tuple[int, ...]]:
    """Return the shapes of inputs to try, that which fits the weights first."""
    W = np.asarray(getattr(layer, "W", 0.0))
    fitting = [(2, W.shape[0])] if W.ndim == 2 else [(1, W.shape[1], 4, 4)] if W.ndim == 4 else []
    return [*fitting, *SHAPES]


def labels(shape: tuple[int, ...]) -> Any:
    """Return one-hot rows for scores of some shape."""
    if len(shape) != 2:
        return np.zeros(shape)
    return np.eye(shape[1])[np.arange(shape[0]) % shape[1]]


def parameters_of(layer: Any) -> dict[str, np.ndarray]:
    """Return the arrays of floats that a layer holds before its forward, in its attributes or its dictionary params."""
    params = vars(layer).get("params")
    found = {**(params if isinstance(params, dict) else {}), **vars(layer)}
    return {
        name: value
        for name, value in found.items()
        if isinstance(value, np.ndarray) and value.dtype.kind == "f" and not name.startswith("running_")
    }


def why(error: BaseException) -> str:
    """Return what was raised, with its line."""
    line = line_of(error)
    problem = str(error) if type(error).__name__ == "NotRecorded" else f"{type(error).__name__}: {error}"
    return _("Line {line}: {problem}", line=line, problem=problem) if line else problem


def raised(who: str, error: BaseException | None) -> CannotSee:
    """Return in words that a method raised something."""
    if isinstance(error, NotImplementedError):
        return CannotSee(_("{method} is not written yet.", method=who), line_of(error))
    return CannotSee(
        _("{method} raises {error}", method=who, error=why(error) if error else ""), line_of(error) if error else None
    )
