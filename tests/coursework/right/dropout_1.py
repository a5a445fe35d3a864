"""In the book's style: its names, another generator, and a mask of True and False, divided twice."""

import numpy as np


class Dropout:
    def __init__(self, dropout_ratio=0.5):
        self.p = dropout_ratio

    def forward(self, x, training=True):
        if training:
            self.mask = np.random.rand(*x.shape) > self.p  # noqa: NPY002
            return x * self.mask / (1.0 - self.p)
        return x

    def backward(self, dout):
        return dout * self.mask / (1.0 - self.p)
