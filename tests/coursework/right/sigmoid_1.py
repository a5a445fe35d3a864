"""By the hyperbolic tangent, the slope computed in forward."""

import numpy as np


class Sigmoid:
    def forward(self, x):
        y = 0.5 * (1 + np.tanh(x / 2))
        self.slope = y - y * y
        return y

    def backward(self, dout):
        return self.slope * dout
