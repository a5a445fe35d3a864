import numpy as np


class BatchNorm1d:
    def __init__(self, dim):
        self.g = np.ones(dim)
        self.b = np.zeros(dim)
        self.eps = 1e-8

    def forward(self, x):
        self.xmu = x - x.mean(axis=0)
        self.var = np.mean(self.xmu ** 2, axis=0)
        self.ivar = 1. / np.sqrt(self.var + self.eps)
        self.xhat = self.xmu * self.ivar
        return self.g * self.xhat + self.b

    def backward(self, dout):
        N = dout.shape[0]
        self.db = dout.sum(axis=0)
        self.dg = (self.xhat * dout).sum(axis=0)
        dxhat = dout * self.g
        divar = (dxhat * self.xmu).sum(axis=0)
        dvar = -0.5 * divar * self.ivar ** 3
        dxmu = dxhat * self.ivar + 2 * self.xmu * dvar / N
        return dxmu
