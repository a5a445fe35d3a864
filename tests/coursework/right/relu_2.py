"""No mask: the output is kept, and its sign is looked at."""

import numpy as np


class ReLU:
    def forward(self, x):
        self.out = (x + np.abs(x)) / 2
        return self.out

    def backward(self, dout):
        return np.where(self.out > 0, dout, 0)
