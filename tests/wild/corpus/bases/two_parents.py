"""forward comes from one parent, backward from the other"""
import numpy as np


class ReluForward:
    def forward(self, x):
        self.x = x
        return np.where(x > 0, x, 0.0)


class StepBackward:
    def backward(self, dout):
        return np.where(self.x > 0, dout, 0.0)


class SquareForward:
    def forward(self, x):
        self.x = x
        return 0.5 * x ** 2


class LinearBackward:
    def backward(self, dout):
        return self.x * dout


class Relu(ReluForward, StepBackward):
    pass


class HalfSquare(SquareForward, LinearBackward):
    """0.5 x^2"""


class SquaredRelu(ReluForward, LinearBackward):
    """0.5 relu(x)^2"""

    def forward(self, x):
        return 0.5 * super().forward(x) ** 2
