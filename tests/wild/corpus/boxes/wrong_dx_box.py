import numpy as np


class Parameter(object):
    def __init__(self, value):
        self.value = value
        self.grad = np.zeros_like(value)


class LinearLayer(object):
    def __init__(self, num_inputs, num_outputs):
        self.W = Parameter(0.2 * np.random.randn(num_outputs, num_inputs))
        self.b = Parameter(np.zeros((num_outputs, 1)))

    def params(self):
        return {'W': self.W, 'b': self.b}

    def forward(self, A):
        """A has shape (num_inputs, batch)"""
        self.A = A
        return np.dot(self.W.value, A) + self.b.value

    def backward(self, dZ):
        self.W.grad = np.dot(dZ, self.A.T)
        self.b.grad = np.sum(dZ, axis=1, keepdims=True)
        return np.dot(self.W.grad.T, dZ)


class SigmoidLayer(object):
    def params(self):
        return {}

    def forward(self, Z):
        self.A = 1. / (1. + np.exp(-Z))
        return self.A

    def backward(self, dA):
        return dA * self.A * (1. - self.A)
