"""What the project's layers share, and how the parameters of anybody's layer are found."""

from typing import Any

import numpy as np

PARAM_NAMES = ("W", "b", "gamma", "beta")


class Layer:
    """A layer that names its parameters.

    A subclass lists its parameters in ``param_names``. Each is an attribute, and ``backward`` stores
    the gradient of ``W`` as ``dW``, of ``b`` as ``db``, and so on.

    Attributes
    ----------
    param_names : tuple of str
        The names of the parameters, in order.
    training : bool
        True while the network learns, False while it predicts.
    """

    param_names: tuple[str, ...] = ()
    training: bool = True

    @property
    def params(self) -> dict[str, np.ndarray]:
        """The parameters by name."""
        return {name: getattr(self, name) for name in self.param_names}

    @property
    def grads(self) -> dict[str, np.ndarray | None]:
        """The parameters' gradients by the parameter's name, None before the first ``backward``."""
        return {name: getattr(self, "d" + name, None) for name in self.param_names}

    def check(self, *inputs: np.ndarray) -> None:
        """Raise ValueError for inputs that do not fit; called by :func:`layers.checks.checked_forward`."""


def params_of(layer: Any) -> dict[str, np.ndarray]:
    """Return the parameters of any object that keeps to the layer contract.

    They are its ``params`` dictionary where it has one, else its arrays named ``W``, ``b``, ``gamma``
    and ``beta``.

    Raises
    ------
    TypeError
        When all it has is a list ``params``: without names, its gradients cannot be found.

    >>> class Scale:
    ...     def __init__(self):
    ...         self.W = np.ones(3)
    >>> params_of(Scale())
    {'W': array([1., 1., 1.])}
    """
    params = getattr(layer, "params", None)
    if isinstance(params, dict):
        return params
    found = {name: getattr(layer, name, None) for name in PARAM_NAMES}
    found = {name: value for name, value in found.items() if isinstance(value, np.ndarray)}
    if not found and isinstance(params, (list, tuple)) and len(params) > 0:
        raise TypeError(
            f"{type(layer).__name__}: params must be a dictionary of arrays by name, got a {type(params).__name__}"
        )
    return found


def grads_of(layer: Any) -> dict[str, np.ndarray | None]:
    """Return the gradients of any object that keeps to the layer contract, None where there is none yet.

    They are its ``grads`` dictionary where it has one, else the attribute ``dW`` of each parameter ``W``.
    """
    grads = getattr(layer, "grads", None)
    if isinstance(grads, dict):
        return grads
    return {name: getattr(layer, "d" + name, None) for name in params_of(layer)}
