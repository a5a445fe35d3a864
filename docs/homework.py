"""A homework with two mistakes, to try the gradient check on: ``python gradient_check.py docs/homework.py``."""

import numpy as np


class MyAffine:
    """y = x W + b."""

    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        """Return y."""
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        """Return dx, and keep dW and db."""
        self.dW = self.x.T @ dout
        self.db = dout.mean(axis=0)
        return dout @ self.W.T


class MySigmoid:
    """y = 1 / (1 + exp(-x))."""

    def forward(self, x):
        """Return y."""
        self.x = x
        return 1 / (1 + np.exp(-x))

    def backward(self, dout):
        """Return dx."""
        return dout * self.x * (1 - self.x)


class MyReLU:
    """y = max(x, 0)."""

    def forward(self, x):
        """Return y."""
        self.mask = x > 0
        return x * self.mask

    def backward(self, dout):
        """Return dx."""
        return dout * self.mask
