"""What the project's layers share, and how the parameters of anybody's layer are found."""

from typing import Any

import numpy as np

PARAM_NAMES = ("W", "b", "gamma", "beta")
STATE_NAMES = ("running_mean", "running_var")


class Layer:
    """A layer that names its parameters.

    A subclass lists its parameters in ``param_names``. Each is an attribute, and ``backward`` stores
    the gradient of ``W`` as ``dW``, of ``b`` as ``db``, and so on.

    Attributes
    ----------
    param_names : tuple of str
        The names of the parameters, in order; the constructor takes them first.
    option_names : tuple of str
        The names of the constructor's other arguments that are attributes: plain numbers, such as a stride.
    state_names : tuple of str
        The names of arrays that forward changes while the network learns, and that it uses when it predicts.
    training : bool
        True while the network learns, False while it predicts.

    Notes
    -----
    What forward keeps may be the very array that it was given: change nothing in x before backward has been called.
    """

    param_names: tuple[str, ...] = ()
    option_names: tuple[str, ...] = ()
    state_names: tuple[str, ...] = ()
    training: bool = True

    @property
    def params(self) -> dict[str, np.ndarray]:
        """The parameters by name."""
        return {name: getattr(self, name) for name in self.param_names}

    @property
    def grads(self) -> dict[str, np.ndarray | None]:
        """The parameters' gradients by the parameter's name, None before the first ``backward``."""
        return {name: getattr(self, "d" + name, None) for name in self.param_names}

    def learns(self, training: bool | None) -> bool:
        """Return whether forward is part of learning: what its argument says for this call, else ``self.training``."""
        if training is not None and not isinstance(training, (bool, np.bool_)):
            raise TypeError(f"{type(self).__name__}: training must be True, False or None, got {training!r}")
        return self.training if training is None else bool(training)

    def check(self, *inputs: np.ndarray) -> None:
        """Raise ValueError for inputs that do not fit; called by :func:`layers.common.checks.checked_forward`."""


def as_parameter(values: np.ndarray) -> np.ndarray:
    """Return a float array itself, so that updates in place are seen by its holder; integers become floats."""
    array = np.asarray(values)
    if array.dtype.kind not in "fbiu":
        raise TypeError(f"a parameter must be an array of real numbers, got one of {array.dtype}")
    return array if array.dtype.kind == "f" else array.astype(float)


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


def state_of(layer: Any) -> dict[str, np.ndarray]:
    """Return the arrays that anybody's layer changes while it learns and uses when it predicts.

    They are those that its ``state_names`` list, or its arrays named ``running_mean`` and ``running_var``.
    """
    names = getattr(layer, "state_names", ()) or STATE_NAMES
    found = {name: getattr(layer, name, None) for name in names}
    return {name: value for name, value in found.items() if isinstance(value, np.ndarray)}


def generators_of(layer: Any) -> "list[np.random.Generator | np.random.RandomState]":
    """Return the random generators that a layer holds as attributes."""
    kinds = (np.random.Generator, np.random.RandomState)
    return [value for value in getattr(layer, "__dict__", {}).values() if isinstance(value, kinds)]


def position_of(generator: Any) -> Any:
    """Return where a random generator stands in its numbers."""
    old = hasattr(generator, "get_state")
    return generator.get_state(legacy=False) if old else generator.bit_generator.state


def put_back(generator: Any, position: Any) -> None:
    """Put a random generator back to where it stood."""
    if hasattr(generator, "set_state"):
        generator.set_state(position)
    else:
        generator.bit_generator.state = position
