import numpy as np

class Dropout:
    def __init__(self, p=0.4):
        self.p = p

    def forward(self, x):
        self.dropped = np.random.rand(*x.shape) < self.p
        return np.where(self.dropped, 0.0, x) / (1 - self.p)

    def backward(self, dout):
        return dout * self.dropped / (1 - self.p)
