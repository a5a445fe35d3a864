"""Central differences with plain loops, by which the scan of real repositories judges the checker's verdicts.

Nothing of the checker's is used but the calls of forward and backward.
"""

from typing import Any

import numpy as np

from gradients.calling.problems import CannotCheck
from gradients.measuring.point import LayerRaised, Point

ELEMENTS = 8  # of each gradient that are looked at
STEPS = (1e-3, 1e-4, 1e-5, 1e-6)
CLOSE = 2e-3


def own_verdict(subject: Any) -> str:
    """Return what plain central differences say of the gradients of a subject: right, wrong, or what is not clear."""
    rng = np.random.default_rng(1)
    subject.seeded = True
    try:
        douts = [np.asarray(1.0) if shape == () else rng.standard_normal(shape) for shape in subject.output_shapes]
        given = subject.run(subject.point, douts).gradients
        seen = [own_array(subject, name, given[name], douts, rng) for name in subject.names]
    except (LayerRaised, CannotCheck) as problem:
        return f"raises: {problem}"[:120]
    finally:
        subject.seeded = False
    return "wrong" if "wrong" in seen else "right" if "right" in seen else "unclear"


def own_array(subject: Any, name: str, given: Any, douts: list[np.ndarray], rng: np.random.Generator) -> str:
    """Return what plain central differences say of one gradient, at some of its elements."""
    point = subject.point
    place = subject.input_names.get(name)
    array = np.asarray(point.inputs[place] if place is not None else point.params[name], float)
    if given is None or np.shape(given) != array.shape:
        return "wrong"
    scale = float(np.abs(given).max()) or 1.0
    for index in rng.permutation(array.size)[:ELEMENTS]:
        value = float(np.ravel(given)[index])
        if not any(
            is_close(value, d, scale) for h in STEPS for d in slopes(subject, name, place, array, index, h, douts)
        ):
            return "wrong"
    return "right"


def is_close(value: float, difference: float, scale: float) -> bool:
    """Return whether a given element is the difference, as far as plain differences can tell."""
    return abs(value - difference) <= CLOSE * max(abs(value), abs(difference), 0.01 * scale) + 1e-9


def slopes(
    subject: Any, name: str, place: int | None, array: np.ndarray, index: int, h: float, douts: list[np.ndarray]
) -> list[float]:
    """Return the slope on both sides of an element, and of each side: at a kink any of them is right."""
    at = [total(subject, name, place, moved(array, index, step), douts) for step in (-h, 0.0, h)]
    return [(at[2] - at[0]) / (2 * h), (at[1] - at[0]) / h, (at[2] - at[1]) / h]


def moved(array: np.ndarray, index: int, step: float) -> np.ndarray:
    """Return an array with one element moved."""
    other = array.copy()
    other.reshape(-1)[index] += step
    return other


def total(subject: Any, name: str, place: int | None, array: np.ndarray, douts: list[np.ndarray]) -> float:
    """Return sum(dout * forward) with an array in the place of an input or a parameter."""
    inputs, params = list(subject.point.inputs), dict(subject.point.params)
    if place is not None:
        inputs[place] = array
    else:
        params[name] = array
    point = Point(tuple(inputs), params)
    _, outputs = subject.forward(subject.fresh(point), inputs)
    return float(sum((dout * y).sum() for dout, y in zip(douts, outputs, strict=True)))
