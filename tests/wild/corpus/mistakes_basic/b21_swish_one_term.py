import numpy as np

class Swish:
    def __init__(self, beta=1.0):
        self.beta = beta

    def forward(self, x):
        self.x = x
        self.sig = 1.0 / (1.0 + np.exp(-self.beta * x))
        return x * self.sig

    def backward(self, dout):
        return dout * self.x * self.beta * self.sig * (1 - self.sig)
