"""The input is clipped and kept, and backward computes the slope from the exponential."""

import numpy as np


class Sigmoid:
    def forward(self, x):
        self.x = np.clip(x, -500, 500)
        return 1 / (1 + np.exp(-self.x))

    def backward(self, dout):
        e = np.exp(-self.x)
        return dout * e / (1 + e) ** 2
