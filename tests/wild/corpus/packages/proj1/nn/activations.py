import numpy as np

from .layers.base import Layer


class LeakyReLU(Layer):
    def __init__(self, slope=0.01):
        super().__init__()
        self.slope = slope

    def forward(self, inputs):
        self.negative = inputs < 0
        return np.where(self.negative, self.slope * inputs, inputs)

    def backward(self, grad):
        return np.where(self.negative, self.slope * grad, grad)


class Softplus(Layer):
    def forward(self, inputs):
        self.inputs = inputs
        return np.logaddexp(0.0, inputs)

    def backward(self, grad):
        return grad / (1.0 + np.exp(-self.inputs))
