import numpy as np


class Dropout:
    def __init__(self, rate=0.3):
        self.rate = rate

    def forward(self, x, training=True):
        if not training:
            return x, None
        mask = (np.random.uniform(size=x.shape) >= self.rate).astype(float)
        return x * mask / (1.0 - self.rate), mask

    def backward(self, dout, cache, training=True):
        if not training:
            return dout
        return dout * cache / (1.0 - self.rate)


class GaussianNoise:
    """multiplicative noise"""

    def __init__(self, std=0.1):
        self.std = std

    def forward(self, x, training=True):
        noise = np.random.normal(1.0, self.std, size=x.shape) if training else np.ones(x.shape)
        return x * noise, noise

    def backward(self, dout, cache, training=True):
        return dout * cache
