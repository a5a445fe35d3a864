"""Arrays are changed in place, and a binomial distribution draws what is kept; prediction has a mask of ones."""

import numpy as np


class Dropout:
    def __init__(self, dropout_ratio=0.5):
        self.keep = 1 - dropout_ratio
        self.generator = np.random.default_rng(7)

    def forward(self, x, training=True):
        self.kept = self.generator.binomial(1, self.keep if training else 1, x.shape)
        x[self.kept == 0] = 0
        if training:
            x /= self.keep
        return x

    def backward(self, dout):
        dout[self.kept == 0] = 0
        dout /= self.keep
        return dout
