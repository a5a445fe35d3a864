import numpy as np


class Dropout:
    """own random generator, so that the rest of the program stays reproducible"""

    def __init__(self, p=0.3, seed=0):
        self.p = p
        self.rng = np.random.default_rng(seed)

    def forward(self, x, training=True):
        if not training:
            self.mask = np.ones_like(x)
        else:
            self.mask = self.rng.binomial(1, 1 - self.p, size=x.shape) / (1 - self.p)
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask


class RReLU:
    """randomized leaky ReLU"""

    def __init__(self, lower=1 / 8, upper=1 / 3, rng=np.random.RandomState(17)):
        self.lower, self.upper, self.rng = lower, upper, rng

    def forward(self, x):
        self.slope = np.where(x >= 0, 1.0, self.rng.uniform(self.lower, self.upper, x.shape))
        return x * self.slope

    def backward(self, dout):
        return dout * self.slope
