"""The formulas that can be written with Variables: operators, methods, indexing."""

from typing import Any, TypeVar

from graph.operations.arithmetic import Add, Divide, Multiply, Negative, Power, Subtract
from graph.operations.elementwise import Exp, Log, ReLU, Sigmoid, Tanh
from graph.operations.matmul import MatMul
from graph.operations.operation import Operation
from graph.operations.reductions import Axis, Max, Mean, Sum
from graph.operations.shaping import Index, Reshape, Transpose

V = TypeVar("V", bound="Operators")  # the Variable that inherits the operators


class Operators:
    """Each operator and each method makes one node of the graph, by ``record(operation, *operands)``."""

    # Without this, ndarray + Variable would be an array of Variables, one for each element.
    __array_ufunc__ = None

    def __array_function__(self, function: Any, *_: Any) -> None:
        """Refuse NumPy's own functions, which would take a Variable apart and record nothing."""
        raise TypeError(
            f"np.{function.__name__} does not record what it computes: write x @ W for a product, x.sum(), x.mean(), "
            "x.max(), x.reshape(...), x.transpose() and so on, or use the plain array, x.data"
        )

    @staticmethod
    def record(operation: Operation, *operands: Any) -> Any:
        """Return the operation's output for these operands; :class:`graph.variable.Variable` says how."""
        raise NotImplementedError

    def __add__(self: V, other: Any) -> V:
        return self.record(Add(), self, other)

    def __radd__(self: V, other: Any) -> V:
        return self.record(Add(), other, self)

    def __sub__(self: V, other: Any) -> V:
        return self.record(Subtract(), self, other)

    def __rsub__(self: V, other: Any) -> V:
        return self.record(Subtract(), other, self)

    def __mul__(self: V, other: Any) -> V:
        return self.record(Multiply(), self, other)

    def __rmul__(self: V, other: Any) -> V:
        return self.record(Multiply(), other, self)

    def __truediv__(self: V, other: Any) -> V:
        return self.record(Divide(), self, other)

    def __rtruediv__(self: V, other: Any) -> V:
        return self.record(Divide(), other, self)

    def __pow__(self: V, other: Any) -> V:
        return self.record(Power(), self, other)

    def __rpow__(self: V, other: Any) -> V:
        return self.record(Power(), other, self)

    def __matmul__(self: V, other: Any) -> V:
        return self.record(MatMul(), self, other)

    def __rmatmul__(self: V, other: Any) -> V:
        return self.record(MatMul(), other, self)

    def __neg__(self: V) -> V:
        return self.record(Negative(), self)

    def __getitem__(self: V, index: Any) -> V:
        return self.record(Index(index), self)

    def exp(self: V) -> V:
        """Return ``exp`` of every element."""
        return self.record(Exp(), self)

    def log(self: V) -> V:
        """Return the natural logarithm of every element."""
        return self.record(Log(), self)

    def relu(self: V) -> V:
        """Return ``max(x, 0)`` of every element x."""
        return self.record(ReLU(), self)

    def sigmoid(self: V) -> V:
        """Return ``1 / (1 + exp(-x))`` of every element x."""
        return self.record(Sigmoid(), self)

    def tanh(self: V) -> V:
        """Return ``tanh`` of every element."""
        return self.record(Tanh(), self)

    def sum(self: V, axis: Axis = None, keepdims: bool = False) -> V:
        """Return the sum over all elements, or along axes; arguments as in NumPy."""
        return self.record(Sum(axis, keepdims), self)

    def mean(self: V, axis: Axis = None, keepdims: bool = False) -> V:
        """Return the mean over all elements, or along axes; arguments as in NumPy."""
        return self.record(Mean(axis, keepdims), self)

    def max(self: V, axis: Axis = None, keepdims: bool = False) -> V:
        """Return the maximum over all elements, or along axes; of equal elements, the first gets the gradient."""
        return self.record(Max(axis, keepdims), self)

    def reshape(self: V, *shape: int | tuple[int, ...]) -> V:
        """Return the same elements in another shape: ``x.reshape(2, 3)`` or ``x.reshape((2, 3))``."""
        return self.record(Reshape(unpacked(shape)), self)

    def transpose(self: V, *axes: int | tuple[int, ...]) -> V:
        """Return the axes in reverse order, or in the order that is given: ``x.transpose(0, 2, 1)``."""
        return self.record(Transpose(unpacked(axes) or None), self)

    @property
    def T(self: V) -> V:
        """The axes in reverse order: a matrix transposed."""
        return self.transpose()


def unpacked(numbers: tuple[Any, ...]) -> tuple[int, ...]:
    """Return numbers that were given one by one or as one tuple, as a tuple.

    >>> unpacked((2, 3)), unpacked(((2, 3),))
    ((2, 3), (2, 3))
    """
    if len(numbers) == 1 and isinstance(numbers[0], (tuple, list)):
        return tuple(numbers[0])
    return numbers
