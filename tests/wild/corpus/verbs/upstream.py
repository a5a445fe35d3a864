"""Activations whose derivative() already contains the chain rule: derivative(x, upstream)."""
import numpy as np


class Tanh:
    def __call__(self, x):
        return np.tanh(x)

    def derivative(self, x, upstream):
        return upstream * (1 - np.tanh(x) ** 2)


class Softmax:
    def __call__(self, x):
        e = np.exp(x - np.max(x, axis=-1, keepdims=True))
        return e / np.sum(e, axis=-1, keepdims=True)

    def derivative(self, x, upstream):
        p = self(x)
        out = np.empty_like(p)
        for k, (row, up) in enumerate(zip(p, upstream)):
            jac = np.diagflat(row) - np.outer(row, row)
            out[k] = jac @ up
        return out


class Maxout:
    """max over pairs of neighbouring features"""

    def __call__(self, x):
        return np.maximum(x[:, 0::2], x[:, 1::2])

    def derivative(self, x, upstream):
        first = x[:, 0::2] > x[:, 1::2]
        dx = np.zeros_like(x)
        dx[:, 0::2] = upstream * first
        dx[:, 1::2] = upstream * ~first
        return dx
