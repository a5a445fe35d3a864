"""Classes that inherit from ``torch.autograd.Function``, and layers that people write on PyTorch's tensors.

Their static ``forward`` and ``backward`` are called as PyTorch would, on float64, with a context of our own.
"""

import sys
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from gradients.calling.calls import Calls, without
from gradients.other_arrays.libraries import library


class Context:
    """What ``ctx`` is to an operation: it keeps tensors and whatever else is set on it."""

    def __init__(self, inputs: Sequence[Any]) -> None:
        self.saved_tensors: tuple[Any, ...] = ()
        self.needs_input_grad = tuple(is_tensor(x) and x.is_floating_point() for x in inputs)

    def save_for_backward(self, *tensors: Any) -> None:
        """Keep tensors."""
        self.saved_tensors = tensors

    save_for_forward = save_for_backward

    @property
    def saved_variables(self) -> tuple[Any, ...]:
        """The tensors, by their older name."""
        return self.saved_tensors

    def mark_dirty(self, *tensors: Any) -> None:
        """Do nothing: no graph is recorded."""

    mark_non_differentiable = set_materialize_grads = mark_dirty


class TorchFunction(Calls):
    """An autograd.Function in the shape of a layer."""

    has_custom_gradient = True
    none_is_meant = True  # a None among the gradients says that there is none to be had

    def __init__(self, cls: type) -> None:
        super().__init__(cls.__name__)
        self.cls: Any = cls
        self.apart = overrides(cls, "setup_context")
        self.context: Any = None
        self.shapes: list[Any] = []
        self.signatures = without(cls.forward, None if self.apart else 0), without(cls.backward, 0)

    def call_forward(self, *arguments: Any) -> Any:
        """Return the outputs of forward."""
        tensors = [as_tensor(x) for x in arguments]
        self.shapes = [tuple(x.shape) if is_tensor(x) and x.is_floating_point() else None for x in tensors]
        self.context = Context(tensors)
        if self.apart:
            output = self.cls.forward(*tensors)
            self.cls.setup_context(self.context, tuple(tensors), output)
        else:
            output = self.cls.forward(self.context, *tensors)
        return as_arrays(output)

    def call_backward(self, *douts: Any) -> Any:
        """Return the gradients of the inputs that are float tensors."""
        returned = self.cls.backward(self.context, *[as_tensor(np.asarray(dout)) for dout in douts])
        gradients = returned if isinstance(returned, (tuple, list)) else (returned,)
        kept = [
            summed_to(as_arrays(g), shape)
            for g, shape in zip(gradients, self.shapes, strict=False)
            if shape is not None
        ]
        return kept[0] if len(kept) == 1 else tuple(kept)


def overrides(cls: type, name: str) -> bool:
    """Return whether a class has a method of its own, and not only that of PyTorch's base."""
    return any(name in vars(base) for base in cls.__mro__ if not base.__module__.startswith("torch"))


def summed_to(gradient: Any, shape: tuple[int, ...]) -> Any:
    """Return a gradient summed to a shape that it was broadcast from, as PyTorch does by itself."""
    if gradient is None or gradient.shape == shape:
        return gradient
    try:
        fits = np.broadcast_shapes(gradient.shape, shape) == gradient.shape
    except ValueError:
        return gradient
    if not fits:
        return gradient
    axes = tuple(range(gradient.ndim - len(shape)))
    gradient = gradient.sum(axis=axes)
    ones = tuple(axis for axis, (n, m) in enumerate(zip(gradient.shape, shape, strict=True)) if m == 1 != n)
    return gradient.sum(axis=ones, keepdims=True)


def is_torch_function(cls: type) -> bool:
    """Return whether a class is an operation of PyTorch's autograd."""
    torch = library("torch")
    return torch is not None and issubclass(cls, torch.autograd.Function)


def is_tensor(value: Any) -> bool:
    """Return whether a value is a tensor of PyTorch."""
    torch = library("torch")
    return torch is not None and isinstance(value, torch.Tensor)


def as_tensor(value: Any) -> Any:
    """Return an array as a tensor; other things as they are."""
    torch = sys.modules["torch"]
    return torch.as_tensor(value.copy()) if isinstance(value, np.ndarray) else value


def as_arrays(value: Any) -> Any:
    """Return tensors as arrays, within tuples, lists and dictionaries too."""
    return with_parts(value, lambda part: part.detach().cpu().numpy().copy() if is_tensor(part) else part)


def as_tensors(value: Any) -> Any:
    """Return arrays as tensors, within tuples, lists and dictionaries too."""
    return with_parts(value, as_tensor)


def with_parts(value: Any, change: Callable[[Any], Any]) -> Any:
    """Return a value, or a tuple, list or dictionary with all that is in it, changed."""
    if isinstance(value, dict):
        return {key: with_parts(part, change) for key, part in value.items()}
    return type(value)(with_parts(part, change) for part in value) if type(value) in (tuple, list) else change(value)
