"""Gradients that are too long, made shorter."""

import math
from collections.abc import Iterable, Mapping
from numbers import Real
from typing import Any

import numpy as np

from layers.common.devices import is_array, is_elsewhere
from training.optimizers.blocks import blocks
from training.optimizers.checks import described

PIECE = 2**14


def clip_gradient_norm(grads: dict[str, np.ndarray], max_norm: float) -> float:
    """Scale all gradients in place by one factor, so that their common norm is at most ``max_norm``.

    The norm is the Euclidean one of all gradients together, as if they were one vector::

        norm = sqrt(sum over all gradients of sum(g^2))
        g <- g * min(1, max_norm / (norm + 1e-6))

    The direction stays; a gradient that explodes moves the parameters no further than one of length ``max_norm``. As
    ``torch.nn.utils.clip_grad_norm_``, which has the 1e-6 too.

    Source: R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of training recurrent neural networks", ICML 2013,
    algorithm 1.

    Parameters
    ----------
    grads : dict of str to ndarray
        Arrays of floats by name.
    max_norm : float

    Returns
    -------
    float
        The norm before.

    Raises
    ------
    ValueError
        When max_norm is not a positive number, or a gradient holds NaN or infinity, or cannot be written to.
    TypeError
        When a gradient is not an array of floats. In both cases nothing has been changed.

    Examples
    --------
    >>> grads = {"W": np.array([[3.0, 0.0]]), "b": np.array([4.0])}
    >>> clip_gradient_norm(grads, max_norm=1.0)
    5.0
    >>> grads["W"].round(3), grads["b"].round(3)
    (array([[0.6, 0. ]]), array([0.8]))
    """
    check_max_norm(max_norm)
    check_floats(grads)
    if any(map(is_elsewhere, grads.values())):
        return clip_elsewhere(grads, max_norm)
    norm = math.hypot(*(euclidean_norm(grad) for grad in grads.values()))
    check_finite(norm, grads)
    factor = float(max_norm) / (norm + 1e-6)
    if factor < 1:
        for grad in once_each(grads):
            grad *= factor
    return norm


def clip_elsewhere(grads: dict[str, np.ndarray], max_norm: float) -> Any:
    """Scale gradients on a GPU, and return their norm, without waiting for it: by 1 where they are short enough."""
    norm = norm_elsewhere(grads)
    factor = np.minimum(float(max_norm) / (norm + 1e-6), 1.0)
    for grad in once_each(grads):
        grad *= factor.astype(grad.dtype)
    return norm


def once_each(grads: dict[str, np.ndarray]) -> Iterable[np.ndarray]:
    """Return the gradients; an array under two names counts twice in the norm, but is scaled once."""
    return {id(grad): grad for grad in grads.values()}.values()


def gradient_norm(grads: dict[str, np.ndarray]) -> float:
    """Return the Euclidean norm of all gradients together; it is finite if and only if they are.

    Fast, to be looked at in every step: where float32 sums are as good as any, they are taken.

    >>> gradient_norm({"W": np.array([[3.0, 0.0]]), "b": np.array([4.0])})
    5.0

    That of gradients on a GPU stays there.
    """
    if any(map(is_elsewhere, grads.values())):
        return norm_elsewhere(grads)
    squares = 0.0
    for grad in grads.values():
        flat = np.asarray(grad).reshape(-1)
        squares += float(flat.dot(flat))
    if 1e-20 < squares < 1e30:
        return math.sqrt(squares)
    return math.hypot(*(euclidean_norm(grad) for grad in grads.values()))


def norm_elsewhere(grads: dict[str, np.ndarray]) -> Any:
    """Return the norm of gradients on a GPU, as an array without axes; in float64, where float32 cannot overflow."""
    return np.sqrt(sum(np.square(grad, dtype=np.float64).sum() for grad in grads.values()))


def euclidean_norm(array: np.ndarray) -> float:
    """Return ``sqrt(sum(x^2))`` of an array of any shape; its squares may overflow, or underflow to zero.

    The fast sum of squares is tried first, in pieces, because a long sum in float32 loses digits. Only where it is so
    large or small that it may be wrong are the values divided by the largest, so that their squares are at most 1.

    >>> print(f"{euclidean_norm(np.array([3e30, 4e30], np.float32)):.4g}")
    5e+30
    """
    x = np.asarray(array).ravel(order="K")
    if x.dtype.itemsize >= 4:
        with np.errstate(over="ignore", invalid="ignore"):
            squares = sum(float(np.dot(piece, piece)) for (piece,) in blocks(x, values=PIECE))
        if 1e-20 < squares < 1e30:
            return math.sqrt(squares)
    x = x.astype(np.float64)
    largest = float(np.abs(x).max(initial=0))
    if largest == 0 or not math.isfinite(largest):
        return largest
    return largest * float(np.linalg.norm(x / largest))


def check_max_norm(max_norm: float) -> None:
    """Raise ValueError unless the norm is a positive number."""
    if not (isinstance(max_norm, Real) and 0 < max_norm < math.inf):
        raise ValueError(f"the largest norm of the gradients must be a positive number, got {max_norm}")


def check_floats(grads: dict[str, np.ndarray]) -> None:
    """Raise unless every gradient is an array of floats that can be written to."""
    if not isinstance(grads, Mapping):
        raise TypeError(f"grads must be a dictionary of arrays by name, got {type(grads).__name__}")
    for name, grad in grads.items():
        if not is_array(grad) or grad.dtype.kind != "f":
            raise TypeError(
                f"the gradient of {name} must be an array of floats, because it is scaled in place; "
                f"got {described(grad)}"
            )
        if not getattr(grad.flags, "writeable", True):
            raise ValueError(f"the gradient of {name} is read-only and cannot be scaled in place; pass a copy of it")


def check_finite(norm: float, grads: dict[str, np.ndarray]) -> None:
    """Raise ValueError when the norm is not finite, and say which gradient holds what."""
    if math.isfinite(norm):
        return
    for name, grad in grads.items():
        for what, found in (("NaN", np.isnan(grad)), ("infinity", np.isinf(grad))):
            if found.any():
                raise ValueError(f"the gradient of {name} holds {what} ({found.sum()} of {grad.size} values)")
    raise ValueError("the gradients are finite, but their norm exceeds the largest number that a float can hold")
