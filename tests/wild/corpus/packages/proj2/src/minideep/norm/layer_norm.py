import numpy as np

from .._common import as_float


class LayerNorm:
    """Normalises over the last axis.

    Shapes: (N, D) or (N, T, D).
    """

    def __init__(self, dim: int, eps: float = 1e-6):
        self.eps = eps
        self.gain = np.ones(dim)
        self.shift = np.zeros(dim)

    def forward(self, x):
        x = as_float(x)
        c = x - x.mean(-1, keepdims=True)
        self.inv = 1.0 / np.sqrt((c * c).mean(-1, keepdims=True) + self.eps)
        self.z = c * self.inv
        return self.z * self.gain + self.shift

    def backward(self, g):
        lead = tuple(range(g.ndim - 1))
        self.dgain = np.sum(g * self.z, axis=lead)
        self.dshift = np.sum(g, axis=lead)
        h = g * self.gain
        return self.inv * (h - h.mean(-1, keepdims=True) - self.z * (h * self.z).mean(-1, keepdims=True))
