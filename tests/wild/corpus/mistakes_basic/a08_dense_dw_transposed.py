import numpy as np


class Dense:
    def __init__(self, units_in, units_out):
        self.weights = np.random.randn(units_in, units_out) * 0.1
        self.bias = np.zeros((1, units_out))

    def forward(self, inputs):
        self.inputs = inputs
        return self.inputs @ self.weights + self.bias

    def backward(self, grad):
        self.grad_weights = grad.T @ self.inputs
        self.grad_bias = grad.sum(axis=0, keepdims=True)
        return grad @ self.weights.T
