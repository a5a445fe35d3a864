"""A loop over the values, with random numbers of the standard library."""

import random

import numpy as np


class Dropout:
    def __init__(self, dropout_ratio=0.5):
        self.ratio = dropout_ratio

    def forward(self, x, training=True):
        if not training:
            return x.copy()
        self.dropped = set()
        y = np.zeros(x.shape)
        for place in np.ndindex(x.shape):
            if random.random() < self.ratio:
                self.dropped.add(place)
            else:
                y[place] = x[place] / (1 - self.ratio)
        return y

    def backward(self, dout):
        dx = dout / (1 - self.ratio)
        for place in self.dropped:
            dx[place] = 0
        return dx
