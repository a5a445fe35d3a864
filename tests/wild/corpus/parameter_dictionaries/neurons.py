import numpy as np


class Neuron:
    def __init__(self, nx):
        self.__W = np.random.normal(size=(1, nx))
        self.__b = 0
        self.__A = 0

    W = property(lambda self: self.__W)
    b = property(lambda self: self.__b)
    A = property(lambda self: self.__A)

    def forward_prop(self, X):
        self.__A = 1 / (1 + np.exp(-(self.__W @ X + self.__b)))
        return self.__A

    def cost(self, Y, A):
        return -(Y * np.log(A) + (1 - Y) * np.log(1 - A)).sum() / Y.shape[1]

    def gradient_descent(self, X, Y, A, alpha=0.05):
        m = Y.shape[1]
        dz = A - Y
        self.__W = self.__W - alpha * (dz @ X.T) / m
        self.__b = self.__b - alpha * dz.sum() / m


class NeuralNetwork:
    """one hidden layer"""

    def __init__(self, nx, nodes):
        self.__W1 = np.random.normal(size=(nodes, nx))
        self.__b1 = np.zeros((nodes, 1))
        self.__W2 = np.random.normal(size=(1, nodes))
        self.__b2 = 0

    W1 = property(lambda self: self.__W1)
    b1 = property(lambda self: self.__b1)
    W2 = property(lambda self: self.__W2)
    b2 = property(lambda self: self.__b2)

    def forward_prop(self, X):
        s = lambda z: 1 / (1 + np.exp(-z))
        self.__A1 = s(self.__W1 @ X + self.__b1)
        self.__A2 = s(self.__W2 @ self.__A1 + self.__b2)
        return self.__A1, self.__A2

    def cost(self, Y, A):
        return -(Y * np.log(A) + (1 - Y) * np.log(1 - A)).sum() / Y.shape[1]

    def gradient_descent(self, X, Y, A1, A2, alpha=0.05):
        m = Y.shape[1]
        dz2 = A2 - Y
        dz1 = (self.__W2.T @ dz2) * A1
        self.__W2 = self.__W2 - alpha * dz2 @ A1.T / m
        self.__b2 = self.__b2 - alpha * dz2.sum() / m
        self.__W1 = self.__W1 - alpha * dz1 @ X.T / m
        self.__b1 = self.__b1 - alpha * dz1.sum(axis=1, keepdims=True) / m
