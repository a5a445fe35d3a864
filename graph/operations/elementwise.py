"""Functions of one input, element by element: exp, log, ReLU, sigmoid, tanh."""

import numpy as np

from graph.operations.operation import Gradients, Operation
from graph.values import Value


class Exp(Operation):
    """``y = exp(x)``, its own derivative.

    ::

        dL/dx = dout y
    """

    symbol = "exp"

    def forward(self, x: Value) -> Value:
        """Return ``exp(x)``."""
        self.y = np.exp(x)
        return self.y

    def backward(self, dout: Value) -> Gradients:
        """Return dL/dx."""
        return (dout * self.y,)


class Log(Operation):
    """``y = log(x)``, the natural logarithm.

    ::

        dL/dx = dout / x
    """

    symbol = "log"

    def forward(self, x: Value) -> Value:
        """Return ``log(x)``."""
        return np.log(x)

    def backward(self, dout: Value) -> Gradients:
        """Return dL/dx."""
        (x,) = self.values
        return (np.divide(dout, x),)


class ReLU(Operation):
    """``y = max(x, 0)``: the gradient passes where the input was positive, and stops elsewhere.

    ::

        dL/dx = dout (x > 0)

    At exactly 0, where there is no derivative, the gradient is 0, as in PyTorch.
    """

    symbol = "ReLU"

    def forward(self, x: Value) -> Value:
        """Return ``max(x, 0)``."""
        return np.maximum(x, 0.0)

    def backward(self, dout: Value) -> Gradients:
        """Return dL/dx."""
        (x,) = self.values
        return (dout * (x > 0),)


class Sigmoid(Operation):
    """``y = 1 / (1 + exp(-x))``, whose derivative can be written with the output alone.

    ::

        dL/dx = dout y (1 - y)

    Where x is negative, numerator and denominator are multiplied by exp(x), so that no exponent is positive.
    """

    symbol = "sigmoid"

    def forward(self, x: Value) -> Value:
        """Return ``1 / (1 + exp(-x))``."""
        self.y = np.exp(np.minimum(x, 0.0)) / (1 + np.exp(-np.abs(x)))
        return self.y

    def backward(self, dout: Value) -> Gradients:
        """Return dL/dx."""
        return (dout * self.y * (1 - self.y),)


class Tanh(Operation):
    """``y = tanh(x)``, whose derivative can be written with the output alone.

    ::

        dL/dx = dout (1 - y^2)
    """

    symbol = "tanh"

    def forward(self, x: Value) -> Value:
        """Return ``tanh(x)``."""
        self.y = np.tanh(x)
        return self.y

    def backward(self, dout: Value) -> Gradients:
        """Return dL/dx."""
        return (dout * (1 - self.y * self.y),)
