"""The Variable: a value that remembers what it was computed from."""

from typing import Any

import numpy as np

from graph.operations.operation import Operation
from graph.operators import Operators
from graph.recording import is_recording
from graph.values import Value, as_value, shown
from graph.walk import first_gradient, propagate


class Variable(Operators):
    """A number or an array that remembers the operation it came from, and takes dL/d(itself) in ``grad``.

    Formulas are written as with plain numbers. Each operation becomes a node of the graph, each Variable an edge:
    values flow along it forward, gradients back.

    Parameters
    ----------
    data : number or array
        A number becomes a Python float. An array of floats is held itself, not a copy, in its own dtype; integers
        become float64.
    name : str, optional
        What the picture calls it.

    Attributes
    ----------
    data : float or ndarray
    grad : float, ndarray or None
        The gradient that the last :meth:`backward` left, in the shape and dtype of data; an array of its own.
    creator : Operation or None
        The node that it came from, None for what was given.
    shape : tuple of int

    Raises
    ------
    TypeError
        When data is not made of real numbers, or name is not a text.

    Examples
    --------
    >>> x, w = Variable(1.0, "x"), Variable(1.0, "w")
    >>> loss = (x * w - 2.0) ** 2
    >>> loss.backward()
    >>> w.grad
    -2.0
    >>> w
    Variable(1.0, 'w', grad=-2.0)
    """

    takes_gradient = True

    def __init__(self, data: Any, name: str | None = None) -> None:
        if isinstance(data, Variable):
            raise TypeError(f"Variable: expected a number or an array, got a Variable already: {data!r}")
        if name is not None and not isinstance(name, str):
            raise TypeError(f"Variable: the name must be a text, got {name!r}; several numbers are one list or array")
        self.data: Value = as_value("Variable", data)
        self.grad: Value | None = None
        self.name = name
        self.creator: Operation | None = None

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of data; that of a number is ()."""
        return np.shape(self.data)

    def backward(self, dout: Any = None) -> None:
        """Leave in every Variable that this one was computed from its gradient, dL/d(that Variable).

        The graph is walked once, in reverse topological order. A Variable that was used twice gets the sum of what
        comes back on both ways. The gradients of intermediate values are kept too. Whatever stood in ``grad`` before
        is replaced: calling it again starts from zero, and does not add up.

        Operations remember the very arrays that they were given, so change none in place between forward and backward.

        Parameters
        ----------
        dout : number or array, optional
            dL/d(this), in this one's shape. Not needed where this is one number: L itself, with dL/dL = 1.

        Raises
        ------
        TypeError
            When this Variable was not computed by recorded operations, so that there is nothing to walk through: it
            was given, or computed under ``no_grad()``.
        ValueError
            Without dout, when this is more than one number; with dout, when its shape differs.
        """
        if self.creator is None:
            raise TypeError(
                f"backward: nothing was recorded for {self!r}: it is an input, or was computed under no_grad(); "
                "call backward on a Variable that was computed from it"
            )
        propagate(self, first_gradient(self, dout))

    @staticmethod
    def record(operation: Operation, *operands: Any) -> "Variable":
        """Return an operation's output as a Variable that remembers it, unless ``no_grad()`` says not to.

        Parameters
        ----------
        operation : Operation
            A new one: it keeps the operands.
        *operands : Variable, number or array
            Numbers and arrays become constants. Beside an array of float32 they do not turn the result into float64.

        Raises
        ------
        ValueError
            When the shapes do not fit.
        """
        operation.inputs = tuple(as_operand(operation, operand, operands) for operand in operands)
        operation.values = tuple(source.data for source in operation.inputs)
        try:
            value = operation.forward(*operation.values)
        except ValueError as error:
            if not operation.rule:
                raise
            shapes = " and ".join(str(source.shape) for source in operation.inputs)
            raise ValueError(
                f"{operation.title}: {operation.rule}; got shape{'s' * (len(operation.inputs) > 1)} {shapes}"
            ) from error
        output = Variable(value)
        output.creator = operation if is_recording() else None
        return output

    def __repr__(self) -> str:
        parts = [shown(self.data)]
        if self.name is not None:
            parts.append(repr(self.name))
        if self.creator is not None:
            parts.append(f"made by {' '.join(self.creator.symbol.split())}")
        if self.grad is not None:
            parts.append(f"grad={shown(self.grad)}")
        return f"{type(self).__name__}({', '.join(parts)})"


class Constant(Variable):
    """A number or an array that stands in a formula beside Variables; it gets no gradient.

    >>> w = Variable(3.0, "w")
    >>> y = 2 * w
    >>> y.backward()
    >>> y.creator.inputs
    (Constant(2.0), Variable(3.0, 'w', grad=2.0))
    """

    takes_gradient = False


def as_operand(operation: Operation, operand: Any, operands: tuple[Any, ...]) -> Variable:
    """Return an operand as a Variable: itself, or a constant in the dtype of the arrays beside it."""
    if isinstance(operand, Variable):
        return operand
    beside = [other.data for other in operands if isinstance(other, Variable)]
    dtypes = [data.dtype for data in beside if isinstance(data, np.ndarray)]
    return Constant(as_value(operation.title, operand, dtypes[0] if dtypes else np.float64))
