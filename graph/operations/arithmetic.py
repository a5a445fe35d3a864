"""Addition, subtraction, multiplication, division, powers and the sign, each with its local derivative."""

import numpy as np

from graph.operations.operation import Gradients, Operation
from graph.values import Value

BROADCAST = "counted from the right, each pair of axes must be equal or hold a 1"


class Add(Operation):
    """``z = x + y``. Both slopes are 1: the gradient passes on as it came.

    ::

        dL/dx = dout        dL/dy = dout
    """

    symbol = "+"
    rule = BROADCAST

    def forward(self, x: Value, y: Value) -> Value:
        """Return ``x + y``."""
        return x + y

    def backward(self, dout: Value) -> Gradients:
        """Return dL/dx and dL/dy."""
        return self.summed(dout, dout)


class Subtract(Operation):
    """``z = x - y``. The slopes are 1 and -1.

    ::

        dL/dx = dout        dL/dy = -dout
    """

    symbol = "-"
    rule = BROADCAST

    def forward(self, x: Value, y: Value) -> Value:
        """Return ``x - y``."""
        return x - y

    def backward(self, dout: Value) -> Gradients:
        """Return dL/dx and dL/dy."""
        return self.summed(dout, -dout)


class Multiply(Operation):
    """``z = x y``, element by element. The slope towards one input is the other: multiply by the inputs swapped.

    ::

        dL/dx = dout y        dL/dy = dout x
    """

    symbol = "\N{MULTIPLICATION SIGN}"
    name = "*"
    rule = BROADCAST

    def forward(self, x: Value, y: Value) -> Value:
        """Return ``x * y``."""
        return x * y

    def backward(self, dout: Value) -> Gradients:
        """Return dL/dx and dL/dy."""
        x, y = self.values
        return self.summed(dout * y, dout * x)


class Divide(Operation):
    """``z = x / y``, element by element.

    ::

        dL/dx = dout / y        dL/dy = -dout x / y^2 = -dout / y z
    """

    symbol = "/"
    rule = BROADCAST

    def forward(self, x: Value, y: Value) -> Value:
        """Return ``x / y``."""
        self.z = np.divide(x, y)
        return self.z

    def backward(self, dout: Value) -> Gradients:
        """Return dL/dx and dL/dy."""
        _, y = self.values
        dx = np.divide(dout, y)
        return self.summed(dx, -dx * self.z)


class Power(Operation):
    """``z = x^n``, element by element.

    ::

        dL/dx = dout n x^(n-1)        dL/dn = dout x^n log(x)

    Where n is 0, z is 1 whatever x is, so dL/dx is 0, even at x = 0. An exponent that is a plain number gets no
    gradient, so x may be negative; where the exponent is a Variable, and x is negative, dL/dn is not a number.
    """

    symbol = "^"
    name = "**"
    rule = BROADCAST

    def forward(self, x: Value, n: Value) -> Value:
        """Return ``x ** n``."""
        self.z = power(x, n)
        return self.z

    def backward(self, dout: Value) -> Gradients:
        """Return dL/dx and dL/dn."""
        x, n = self.values
        dx = dout * n * power(x, n - 1 + (n == 0))
        dn = dout * self.z * np.log(x + (x == 0)) if self.wants_gradient(1) else None  # log(1) = 0 where x is 0
        return self.summed(dx, dn)


class Negative(Operation):
    """``y = -x``. The slope is -1.

    ::

        dL/dx = -dout
    """

    symbol = "-x"
    name = "unary -"

    def forward(self, x: Value) -> Value:
        """Return ``-x``."""
        return -x

    def backward(self, dout: Value) -> Gradients:
        """Return dL/dx."""
        return (-dout,)


def power(x: Value, n: Value) -> Value:
    """Return ``x ** n`` by NumPy's rules: Python's own give an error at ``0.0 ** -1`` and a complex ``(-1.0) ** 0.5``.

    >>> print(power(2.0, 3.0))
    8.0
    """
    return x**n if isinstance(x, np.ndarray) else np.power(x, n)
