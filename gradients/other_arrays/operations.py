"""Operations of frameworks that people build: ``compute(*arrays)`` and ``gradient(out_grad, node)``."""

import sys
from types import SimpleNamespace
from typing import Any

import numpy as np

from gradients.calling.calls import Calls, of_names, without


class NodeArray(np.ndarray):
    """An array that can be asked for its value in the ways in which a node of a graph is."""

    def realize_cached_data(self) -> np.ndarray:
        """Return the values."""
        return np.asarray(self)

    numpy = detach = realize_cached_data

    @property
    def cached_data(self) -> np.ndarray:
        """The values."""
        return np.asarray(self)

    @property
    def value(self) -> np.ndarray:
        """The values."""
        return np.asarray(self)


class Operation(Calls):
    """An operation in the shape of a layer.

    Parameters
    ----------
    operation : object
        With compute and gradient.
    tensor : type or None
        The framework's class of tensors; without one, arrays are handed over.
    """

    def __init__(self, operation: Any, tensor: Any) -> None:
        super().__init__(type(operation).__name__)
        self.operation, self.tensor = operation, tensor
        self.inputs: tuple[Any, ...] = ()
        self.output: Any = None
        self.signatures = without(operation.compute), of_names("out_grad")

    def call_forward(self, *arrays: Any) -> Any:
        """Return the result on arrays."""
        self.inputs, self.output = arrays, self.operation.compute(*arrays)
        return np.asarray(self.output)

    def call_backward(self, out_grad: Any) -> Any:
        """Return the gradients of the inputs."""
        inputs = [self.as_node(x) for x in self.inputs]
        output = self.as_node(self.output)
        if self.tensor is None:
            values = dict.fromkeys(("value", "data", "output", "out"), output)
            values |= {"cached_data": np.asarray(output), "op": self.operation}
            node: Any = SimpleNamespace(inputs=inputs, realize_cached_data=lambda: np.asarray(output), **values)
        else:
            node = output
            node.inputs, node.op = inputs, self.operation
        gradients = self.operation.gradient(self.as_node(out_grad), node)
        found = tuple(map(values_of, gradients if isinstance(gradients, (tuple, list)) else (gradients,)))
        return found[0] if len(found) == 1 else found

    def as_node(self, array: Any) -> Any:
        """Return an array as the framework has it."""
        array = np.asarray(array, float)
        return array.view(NodeArray) if self.tensor is None else self.tensor(array)


def values_of(node: Any) -> Any:
    """Return the array that a node stands for."""
    for name in ("realize_cached_data", "numpy"):
        if callable(getattr(node, name, None)):
            return np.asarray(getattr(node, name)(), float)
    for name in ("cached_data", "data", "value"):
        if isinstance(getattr(node, name, None), np.ndarray) and not isinstance(node, np.ndarray):
            return getattr(node, name)
    return np.asarray(node, float)


def is_operation(cls: type) -> bool:
    """Return whether a class has compute, and a gradient that is given a node."""
    compute, gradient = getattr(cls, "compute", None), getattr(cls, "gradient", None)
    code = getattr(gradient, "__code__", None)
    return callable(compute) and code is not None and code.co_argcount == 3 and "node" in code.co_varnames[:3]


def tensors_of(cls: type) -> list[Any]:
    """Return the classes of tensors that an operation may work on: that of its file, then none."""
    module = sys.modules.get(cls.__module__)
    tensor = getattr(module, "Tensor", None)
    return [tensor, None] if isinstance(tensor, type) else [None]
