"""Functions of JAX whose derivative is written by hand, ``@jax.custom_vjp``."""

from typing import Any

import numpy as np

from gradients.calling.calls import Calls, of_names, without
from gradients.calling.functions import name_of
from gradients.other_arrays.libraries import library


class CustomVjp(Calls):
    """A function of JAX and its two halves, in the shape of a layer."""

    has_custom_gradient = True

    def __init__(self, function: Any) -> None:
        super().__init__(f"{name_of(function.fwd)} and {name_of(function.bwd)}")
        self.function = function
        self.fixed = tuple(function.nondiff_argnums)
        self.residuals: Any = None
        self.constants: tuple[Any, ...] = ()
        self.signatures = without(function.__wrapped__), of_names("dout")

    def call_forward(self, *arguments: Any) -> Any:
        """Return the value; the residuals are kept."""
        self.constants = tuple(arguments[place] for place in self.fixed)
        _, self.residuals = self.function.fwd(*arguments)
        return as_arrays(self.function.__wrapped__(*arguments))

    def call_backward(self, dout: Any) -> Any:
        """Return the cotangents of the arguments."""
        gradients = as_arrays(self.function.bwd(*self.constants, self.residuals, dout))
        kept = tuple(g for g in gradients if g is not None and np.asarray(g).dtype.kind == "f")
        return kept[0] if len(kept) == 1 else kept


def as_arrays(value: Any) -> Any:
    """Return arrays of JAX as those of NumPy, within tuples, lists and dictionaries too."""
    if isinstance(value, (tuple, list)):
        return tuple(as_arrays(part) for part in value)
    if isinstance(value, dict):
        return {key: as_arrays(part) for key, part in value.items()}
    return np.array(value) if hasattr(value, "__array__") else value


def is_custom_vjp(value: Any) -> bool:
    """Return whether a value is a function of JAX with a derivative of its own, both halves given."""
    jax = library("jax")
    return jax is not None and isinstance(value, jax.custom_vjp) and callable(getattr(value, "bwd", None))


def compute_in_double() -> None:
    """Let JAX, where it is loaded, compute in float64, as the check does."""
    jax = library("jax")
    if jax is not None:
        jax.config.update("jax_enable_x64", True)


def with_numpy_arrays(thing: Any) -> Any:
    """Return an object whose arrays of JAX have become arrays of NumPy, which can be moved."""
    jax = library("jax")
    if jax is not None and hasattr(thing, "__dict__"):
        for name, value in vars(thing).items():
            if isinstance(value, jax.Array):
                vars(thing)[name] = np.array(value)
    return thing
