"""Attributes of other names, copies, NumPy's functions, a list for the two gradients."""

import numpy as np


class Add:
    def __init__(self):
        self.shape = None

    def forward(self, x, y):
        self.shape = np.shape(x)
        return np.add(x, y)

    def backward(self, dout):
        return [np.array(dout).reshape(self.shape), np.ones(self.shape) * dout]


class Multiply:
    def __init__(self):
        self.inputs = None

    def forward(self, x, y):
        self.inputs = (np.array(x), np.array(y))
        return np.multiply(*self.inputs)

    def backward(self, dout):
        first, second = self.inputs
        dx = np.multiply(second, dout)
        dy = np.multiply(first, dout)
        return dx, dy
