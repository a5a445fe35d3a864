import numpy as np

# three ways to pad images (N, C, H, W) by p pixels on every side

class ZeroPad:
    def __init__(self, p=1):
        self.p = p

    def forward(self, x):
        p = self.p
        return np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)], mode='constant')

    def backward(self, d):
        p = self.p
        return d[:, :, p:-p, p:-p]


class EdgePad(ZeroPad):
    """repeats the outermost pixels"""

    def forward(self, x):
        p = self.p
        return np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)], mode='edge')

    def backward(self, d):
        p = self.p
        d = d.copy()
        d[:, :, p] += d[:, :, :p].sum(axis=2)
        d[:, :, -p - 1] += d[:, :, -p:].sum(axis=2)
        d = d[:, :, p:-p]
        d[:, :, :, p] += d[:, :, :, :p].sum(axis=3)
        d[:, :, :, -p - 1] += d[:, :, :, -p:].sum(axis=3)
        return d[:, :, :, p:-p]


class ReflectPad(ZeroPad):
    """mirrors without repeating the outermost pixels"""

    def forward(self, x):
        p = self.p
        return np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)], mode='reflect')

    def backward(self, d):
        p = self.p
        dx = d[:, :, p:-p, p:-p].copy()
        for k in range(1, p + 1):
            dx[:, :, k, :] += d[:, :, p - k, p:-p]
            dx[:, :, -1 - k, :] += d[:, :, -1 - p + k, p:-p]
            dx[:, :, :, k] += d[:, :, p:-p, p - k]
            dx[:, :, :, -1 - k] += d[:, :, p:-p, -1 - p + k]
        return dx
