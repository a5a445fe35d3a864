import numpy as np
from .base import Module


class Linear(Module):
    def __init__(self, in_dim, out_dim):
        self.weight = np.random.randn(in_dim, out_dim) / np.sqrt(in_dim)
        self.bias = np.zeros(out_dim)
        self.weight_grad = np.zeros_like(self.weight)
        self.bias_grad = np.zeros_like(self.bias)

    def parameters(self):
        return [self.weight, self.bias]

    def gradients(self):
        return [self.weight_grad, self.bias_grad]

    def forward(self, x):
        self._x = x
        return x @ self.weight + self.bias

    def backward(self, grad_out):
        self.weight_grad += self._x.T @ grad_out
        self.bias_grad += grad_out.sum(axis=0)
        return grad_out @ self.weight.T


class Tanh(Module):
    def forward(self, x):
        self._y = np.tanh(x)
        return self._y

    def backward(self, grad_out):
        return grad_out * (1.0 - self._y ** 2)
