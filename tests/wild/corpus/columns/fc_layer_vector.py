import numpy as np
from abc import ABC, abstractmethod


class Layer(ABC):
    @abstractmethod
    def forward(self, x):
        ...

    @abstractmethod
    def backward(self, dout, lr):
        ...


class Linear(Layer):
    '''x is a single column vector (n, 1)'''

    def __init__(self, inputSize, outputSize):
        self.weights = np.random.randn(outputSize, inputSize)
        self.bias = np.random.randn(outputSize, 1)

    def forward(self, x):
        self.x = x
        return np.dot(self.weights, x) + self.bias

    def backward(self, dout, lr=0.05):
        dW = np.dot(dout, self.x.T)
        dx = np.dot(self.weights.T, dout)
        self.weights -= lr * dW
        self.bias -= lr * dout
        return dx


class ActivationLayer(Layer):
    def __init__(self, f, fPrime):
        self.f = f
        self.fPrime = fPrime

    def forward(self, x):
        self.x = x
        return self.f(x)

    def backward(self, dout, lr=None):
        return np.multiply(dout, self.fPrime(self.x))


class Tanh(ActivationLayer):
    def __init__(self):
        super().__init__(np.tanh, lambda x: 1 - np.tanh(x) ** 2)
