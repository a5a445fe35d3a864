import numpy as np

class Relu:
    def __init__(self):
        self.mask = None

    def forward(self, x):
        self.mask = (x <= 0)
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout):
        dout[self.mask] = 0
        dx = dout
        return dx


class LeakyRelu:
    def __init__(self, slope=0.01):
        self.slope = slope

    def forward(self, x):
        self.neg = x < 0
        return np.where(self.neg, self.slope * x, x)

    def backward(self, dout):
        dout[self.neg] *= self.slope
        return dout


class HardTanh:
    def forward(self, x):
        self.outside = np.abs(x) > 1
        return np.clip(x, -1, 1)

    def backward(self, dout):
        np.putmask(dout, self.outside, 0)
        return dout
