"""How weights start: large enough that signals do not vanish, small enough that they do not explode.

An initializer is a function ``(shape, rng, dtype=float32) -> ndarray`` that draws from a
``numpy.random.Generator``. Weights of an affine layer have shape (D, M), filters of a convolution
(filters, channels, height, width).

>>> import numpy as np
>>> rng = np.random.default_rng(0)
>>> W = he((784, 50), rng)
>>> W.shape, W.dtype
((784, 50), dtype('float32'))
"""

import math
from collections.abc import Callable

import numpy as np

Initializer = Callable[..., np.ndarray]


def he(shape: tuple[int, ...], rng: np.random.Generator, dtype: type = np.float32) -> np.ndarray:
    """Draw from N(0, 2 / D): keeps the variance of signals and gradients through layers with ReLU.

    ReLU lets half of the variance through, hence the 2. D is the number of inputs of one output.

    Source: K. He et al., "Delving Deep into Rectifiers", ICCV 2015, equation 10.
    """
    inputs, _ = fan(shape)
    return normal(math.sqrt(2 / inputs))(shape, rng, dtype)


def xavier(shape: tuple[int, ...], rng: np.random.Generator, dtype: type = np.float32) -> np.ndarray:
    """Draw from N(0, 2 / (D + M)): for layers with sigmoid, tanh or no activation.

    D is the number of inputs of one output, M the number of outputs of one input. *Deep Learning from
    Scratch* simplifies the variance to 1 / D; this is the paper's, as in PyTorch.

    Source: X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural
    networks", AISTATS 2010, section 4.2.1.
    """
    inputs, outputs = fan(shape)
    return normal(math.sqrt(2 / (inputs + outputs)))(shape, rng, dtype)


def uniform(shape: tuple[int, ...], rng: np.random.Generator, dtype: type = np.float32) -> np.ndarray:
    """Draw uniformly from -1/sqrt(D) to 1/sqrt(D), as PyTorch's ``Linear`` starts its weights.

    Source: Y. LeCun et al., "Efficient BackProp", 1998, section 4.6 (the scale 1/sqrt(D)).
    """
    inputs, _ = fan(shape)
    limit = 1 / math.sqrt(inputs)
    return rng.uniform(-limit, limit, shape).astype(dtype)


def normal(std: float) -> Initializer:
    """Return an initializer that draws from N(0, std^2).

    Raises
    ------
    ValueError
        When std is negative or not finite.

    Examples
    --------
    >>> normal(0.01)((2, 3), np.random.default_rng(0)).shape
    (2, 3)
    """
    if not (math.isfinite(std) and std >= 0):
        raise ValueError(f"the standard deviation of the weights must be a number >= 0, got {std}")

    def draw(shape: tuple[int, ...], rng: np.random.Generator, dtype: type = np.float32) -> np.ndarray:
        return (std * rng.standard_normal(shape)).astype(dtype)

    return draw


INITIALIZERS: dict[str, Initializer] = {"he": he, "xavier": xavier, "uniform": uniform}
# What *Deep Learning from Scratch* calls them, by the activation that they suit.
BY_ACTIVATION: dict[str, Initializer] = {"relu": he, "sigmoid": xavier}


def get_initializer(choice: str | float | Initializer) -> Initializer:
    """Return the initializer of a name, ``normal(choice)`` for a number, and an initializer as it is.

    Raises
    ------
    ValueError
        For an unknown name, with the list of the known ones.

    Examples
    --------
    >>> get_initializer("he") is he
    True
    """
    if callable(choice):
        return choice
    if isinstance(choice, (int, float, np.number)):
        return normal(float(choice))
    named = INITIALIZERS | BY_ACTIVATION
    if not isinstance(choice, str) or choice.lower() not in named:
        known = ", ".join(INITIALIZERS)
        raise ValueError(f"unknown initializer {choice!r}: expected one of {known}, or a number (standard deviation)")
    return named[choice.lower()]


def fan(shape: tuple[int, ...]) -> tuple[int, int]:
    """Return how many inputs feed one output, and how many outputs one input feeds.

    >>> fan((784, 50))
    (784, 50)
    >>> fan((30, 1, 5, 5))
    (25, 750)
    """
    if len(shape) == 2:
        return shape[0], shape[1]
    if len(shape) == 4:
        filters, channels, height, width = shape
        return channels * height * width, filters * height * width
    raise ValueError(f"expected a shape (D, M) or (filters, channels, height, width), got {shape}")
