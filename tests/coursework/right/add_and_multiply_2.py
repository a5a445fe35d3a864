"""A base class, local gradients that forward computes, loops over elements."""

import numpy as np


class Node:
    def forward(self, x, y):
        out = np.zeros_like(x)
        self.dx, self.dy = np.zeros_like(x), np.zeros_like(y)
        for i in np.ndindex(x.shape):
            out[i], self.dx[i], self.dy[i] = self.one(x[i], y[i])
        return out

    def backward(self, dout):
        return tuple(local * dout for local in (self.dx, self.dy))


class Add(Node):
    def one(self, x, y):
        return x + y, 1, 1


class Multiply(Node):
    def one(self, x, y):
        return x * y, y, x
