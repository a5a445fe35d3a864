"""Rules by which gradients change parameters."""

import math

import numpy as np


class SGD:
    """Stochastic gradient descent, ``W <- W - lr * dL/dW``, in place.

    Parameters
    ----------
    lr : float
        The learning rate.

    Examples
    --------
    >>> params, grads = {"W": np.array([1.0, 2.0])}, {"W": np.array([10.0, -10.0])}
    >>> SGD(lr=0.1).update(params, grads)
    >>> params["W"]
    array([0., 3.])
    """

    def __init__(self, lr: float = 0.01) -> None:
        if not (math.isfinite(lr) and lr > 0):
            raise ValueError(f"SGD: the learning rate must be a positive number, got {lr}")
        self.lr = lr

    def update(self, params: dict[str, np.ndarray], grads: dict[str, np.ndarray]) -> None:
        """Move every parameter a step against its gradient."""
        check_gradients(params, grads)
        for name, param in params.items():
            param -= self.lr * grads[name]


def check_gradients(params: dict[str, np.ndarray], grads: dict[str, np.ndarray]) -> None:
    """Raise unless every parameter is an array of floats, with a gradient of the same shape."""
    for name, param in params.items():
        if not isinstance(param, np.ndarray) or param.dtype.kind != "f":
            came = f"an array of {param.dtype}" if isinstance(param, np.ndarray) else type(param).__name__
            raise TypeError(f"{name} must be an array of floats, because it is changed in place; got {came}")
        if name not in grads:
            raise ValueError(f"there is no gradient of {name}; there are {', '.join(grads) or 'none'}")
        if np.shape(grads[name]) != param.shape:
            raise ValueError(f"{name} has shape {param.shape}, its gradient {np.shape(grads[name])}")
