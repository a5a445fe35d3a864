import collections
import numpy as np

P = collections.namedtuple("P", ["w", "grad"])


def make(a):
    a = np.array(a, dtype=float)
    return P(a, np.zeros_like(a))


class InstanceNorm1D:
    """Normalises every (sample, channel) row of x[N, C, L], then scales and shifts each channel."""

    def __init__(self, C, eps=1e-5):
        self.eps = eps
        self.gamma = make(np.ones(C))
        self.beta = make(np.zeros(C))

    def forward(self, x):
        mu = x.mean(-1, keepdims=True)
        self.inv = 1 / np.sqrt(x.var(-1, keepdims=True) + self.eps)
        self.xn = (x - mu) * self.inv
        return self.gamma.w[:, None] * self.xn + self.beta.w[:, None]

    def backward(self, dy):
        # the tuple cannot be reassigned, the arrays inside can be filled
        np.copyto(self.gamma.grad, (dy * self.xn).sum(axis=(0, 2)))
        np.copyto(self.beta.grad, dy.sum(axis=(0, 2)))
        dxn = dy * self.gamma.w[:, None]
        return self.inv * (dxn - dxn.mean(-1, keepdims=True)
                           - self.xn * (dxn * self.xn).mean(-1, keepdims=True))
