import numpy as np


class Layer:
    def __init__(self):
        self.training = False

    def train(self):
        self.training = True
        return self

    def eval(self):
        self.training = False
        return self


class InvertedDropout(Layer):
    """Does nothing until train() is called."""

    def __init__(self, p=0.3, seed=1234):
        super().__init__()
        if not 0 <= p < 1:
            raise ValueError("p must be in [0, 1)")
        self.p = p
        self.rng = np.random.default_rng(seed)

    def forward(self, x):
        if not self.training:
            return x
        self.keep = (self.rng.random(x.shape) >= self.p) / (1 - self.p)
        return x * self.keep

    def backward(self, grad):
        return grad * self.keep if self.training else grad


class GaussianNoise(Layer):
    def __init__(self, sigma=0.1, seed=0):
        super().__init__()
        self.sigma = sigma
        self.rng = np.random.default_rng(seed)

    def forward(self, x):
        if self.training:
            self.noise = 1 + self.sigma * self.rng.standard_normal(x.shape)
            return x * self.noise
        return x

    def backward(self, grad):
        return grad * self.noise if self.training else grad
