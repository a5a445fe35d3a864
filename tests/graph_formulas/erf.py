"""The error function as an operation of a graph, for the formula of GELU."""

import math

import numpy as np

from graph.functions import as_variable
from graph.operations.operation import Operation
from graph.values import Value
from graph.variable import Variable


class Erf(Operation):
    """The error function, ``y = 2 / sqrt(pi)`` times the integral of ``exp(-z^2)`` from 0 to x.

    ::

        dL/dx = dout 2 / sqrt(pi) exp(-x^2)

    The values are those of ``math.erf``, one element after the other: slow, and good to the last bits.
    """

    symbol = "erf"

    def forward(self, x: Value) -> Value:
        """Return ``erf(x)``."""
        values = np.vectorize(math.erf, otypes=[float])(x)
        return values.astype(x.dtype) if isinstance(x, np.ndarray) else values

    def backward(self, dout: Value) -> tuple[Value, ...]:
        """Return dL/dx."""
        (x,) = self.values
        return (dout * (2 / math.sqrt(math.pi)) * np.exp(-x * x),)


def erf(x: Variable) -> Variable:
    """Return the error function of every element."""
    return Variable.record(Erf(), as_variable("erf", x))
