import numpy as np


class Linear:
    """Can be called several times before backward; the inputs are kept on a stack."""

    def __init__(self, n_in, n_out):
        self.W = np.random.normal(0, n_in ** -0.5, (n_in, n_out))
        self.b = np.random.normal(0, 0.1, n_out)
        self.dW = np.zeros_like(self.W)
        self.db = np.zeros_like(self.b)
        self.stack = []

    def forward(self, x):
        self.stack.append(x)
        return x @ self.W + self.b

    def backward(self, g):
        x = self.stack.pop()
        self.dW += x.T @ g
        self.db += g.sum(0)
        return g @ self.W.T


class Recurrent3:
    """the same linear layer three times, tanh after each"""

    def __init__(self, n):
        self.layer = Linear(n, n)
        self.outs = []

    def forward(self, x):
        self.outs = []
        self.layer.stack = []
        for _ in range(3):
            x = np.tanh(self.layer.forward(x))
            self.outs.append(x)
        return x

    def backward(self, g):
        self.layer.dW[:] = 0
        self.layer.db[:] = 0
        for out in self.outs[::-1]:
            g = self.layer.backward(g * (1 - out * out))
        return g
