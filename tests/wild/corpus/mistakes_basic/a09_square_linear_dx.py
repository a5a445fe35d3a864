import numpy as np

class Mixing:
    """Quadratische Matrix: y = x A (jedes Merkmal wird mit jedem gemischt)."""

    def __init__(self, n):
        self.A = np.eye(n) + 0.5 * np.random.standard_normal((n, n))
        self.dA = None

    def forward(self, x):
        self.x = x
        return np.dot(x, self.A)

    def backward(self, dy):
        self.dA = np.dot(self.x.T, dy)
        return np.dot(dy, self.A)
