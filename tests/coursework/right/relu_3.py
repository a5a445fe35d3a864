"""Loops over elements, the input kept."""

import numpy as np


class ReLU:
    def forward(self, x):
        self.x = x
        return np.array([max(value, 0.0) for value in x.flatten()]).reshape(x.shape)

    def backward(self, dout):
        dx = np.zeros(dout.shape)
        for index in np.ndindex(*dout.shape):
            if self.x[index] > 0:
                dx[index] = dout[index]
        return dx
