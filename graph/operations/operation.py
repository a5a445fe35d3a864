"""What all nodes of a graph share: their inputs, and gradients that come back in the inputs' shapes."""

from typing import Any

import numpy as np

from graph.values import Value

Gradients = tuple[Value | None, ...]  # one for each input


class Operation:
    """A node: it computes a value from its inputs, and knows its own, local derivative, nothing else.

    A subclass says how by two methods that stand side by side, ``forward`` and ``backward``. The chain rule is one
    multiplication: of what comes back, ``dout`` = dL/d(output), with the slope of the output towards each input.

    Attributes
    ----------
    symbol : str
        What is drawn inside the node's circle.
    name : str
        How error messages call it; the symbol unless it says otherwise.
    rule : str
        What the shapes of the inputs must fulfil; error messages quote it.
    inputs : tuple of Variable
        Where the edges that lead here begin.
    values : tuple of float and ndarray
        What they held when forward ran.

    Examples
    --------
    An operation of one's own:

    >>> from graph import Variable
    >>> class Cube(Operation):
    ...     symbol = "cube"
    ...     def forward(self, x):
    ...         return x * x * x
    ...     def backward(self, dout):
    ...         (x,) = self.values
    ...         return (dout * 3 * x * x,)
    >>> x = Variable(2.0)
    >>> y = x.record(Cube(), x)
    >>> y.backward()
    >>> y.data, x.grad
    (8.0, 12.0)
    """

    symbol: str = ""
    name: str = ""
    rule: str = ""
    inputs: tuple[Any, ...] = ()
    values: tuple[Any, ...] = ()

    def forward(self, *values: Any, **named: Any) -> Value:  # a subclass names them
        """Return the output."""
        raise NotImplementedError(f"{type(self).__name__} has no method forward")

    def backward(self, dout: Value) -> Gradients:
        """Return dL/d(input) of every input, in its shape; None for one that gets none."""
        raise NotImplementedError(f"{type(self).__name__} has no method backward")

    def summed(self, *gradients: Value | None) -> Gradients:
        """Return each gradient summed down to the shape of its input, which may have been broadcast."""
        return tuple(
            None if gradient is None else sum_to_shape(gradient, np.shape(value))
            for gradient, value in zip(gradients, self.values, strict=True)
        )

    @property
    def title(self) -> str:
        """How error messages call it: its name, or else its symbol."""
        return self.name or self.symbol

    def wants_gradient(self, place: int) -> bool:
        """Return whether the gradient of the input in that place is asked for; that of a constant is not."""
        return self.inputs[place].takes_gradient

    def __repr__(self) -> str:
        return f"<{type(self).__name__}, drawn as {self.symbol!r}>"


def sum_to_shape(gradient: Value, shape: tuple[int, ...]) -> Value:
    """Sum a gradient down to the shape of an input that was broadcast.

    An element that was repeated had an influence through every copy, and the influences add up.

    >>> sum_to_shape(np.ones((3, 2)), (2,))
    array([3., 3.])
    """
    if np.shape(gradient) == shape:
        return gradient
    new_axes = np.ndim(gradient) - len(shape)
    repeated = tuple(new_axes + axis for axis, size in enumerate(shape) if size == 1)
    return np.sum(gradient, axis=(*range(new_axes), *repeated), keepdims=True).reshape(shape)
