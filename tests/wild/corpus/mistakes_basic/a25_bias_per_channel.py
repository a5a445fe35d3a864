import numpy as np


class Conv1D:
    """valid cross-correlation, x: (N, C, L), W: (F, C, K), b: (F,)"""

    def __init__(self, c, f, k):
        self.W = np.random.randn(f, c, k) * 0.3
        self.b = np.random.randn(f)

    def forward(self, x):
        self.x = x
        n, c, l = x.shape
        f, _, k = self.W.shape
        out = np.zeros((n, f, l - k + 1))
        for o in range(f):
            for i in range(c):
                for t in range(l - k + 1):
                    out[:, o, t] += x[:, i, t:t + k] @ self.W[o, i] + self.b[o]
        return out

    def backward(self, dout):
        f, c, k = self.W.shape
        dx = np.zeros_like(self.x)
        self.dW = np.zeros_like(self.W)
        self.db = dout.sum(axis=(0, 2))
        for o in range(f):
            for i in range(c):
                for t in range(dout.shape[2]):
                    self.dW[o, i] += dout[:, o, t] @ self.x[:, i, t:t + k]
                    dx[:, i, t:t + k] += np.outer(dout[:, o, t], self.W[o, i])
        return dx
