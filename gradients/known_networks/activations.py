"""The usual activations: f, its derivative at z, and that derivative written in terms of y = f(z)."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from language import _

Elementwise = Callable[[np.ndarray], np.ndarray]
SLOPES = (0.01, 0.1, 0.2)


class Activation(NamedTuple):
    """An activation; ``is_mask`` where its slope takes two values, by the sign of z."""

    name: str
    f: Elementwise
    slope: Elementwise
    slope_of_output: Elementwise
    is_mask: bool = False


def sigmoid(z: np.ndarray) -> np.ndarray:
    """Return 1 / (1 + exp(-z))."""
    return 0.5 * (1 + np.tanh(0.5 * z))


def leaky(name: str, slope: float) -> Activation:
    """Return the activation that is z where z is positive and ``slope`` times z elsewhere."""

    def derivative(z: np.ndarray) -> np.ndarray:
        return np.where(z > 0, 1.0, slope)

    return Activation(name, lambda z: np.where(z > 0, z, slope * z), derivative, derivative, is_mask=True)


IDENTITY = Activation("identity", lambda z: z, np.ones_like, np.ones_like)
SIGMOID = Activation("sigmoid", sigmoid, lambda z: sigmoid(z) * (1 - sigmoid(z)), lambda y: y * (1 - y))
TANH = Activation("tanh", np.tanh, lambda z: 1 - np.tanh(z) ** 2, lambda y: 1 - y**2)
RELU = leaky("ReLU", 0.0)


def usual(held: Sequence[float]) -> list[Activation]:
    """Return the activations to be tried; ``held`` are numbers that the network holds, one of them perhaps a slope."""
    slopes = dict.fromkeys([*SLOPES, *(number for number in held if 0 < number < 0.5)])
    return [
        RELU,
        SIGMOID,
        TANH,
        IDENTITY,
        *(leaky(_("leaky ReLU of slope {slope:g}", slope=slope), slope) for slope in slopes),
    ]
