"""Backward step by step along the graph, as in the paper; other names, statistics changed in place."""

import numpy as np


class BatchNormalization:
    def __init__(self, gamma, beta, momentum=0.9, running_mean=None, running_var=None, eps=1e-5):
        self.gamma, self.beta, self.momentum, self.eps = gamma, beta, momentum, eps
        self.running_mean = np.zeros(len(gamma)) if running_mean is None else running_mean
        self.running_var = np.ones(len(gamma)) if running_var is None else running_var

    def forward(self, x, training=True):
        if not training:
            return self.gamma * ((x - self.running_mean) / np.sqrt(self.running_var + self.eps)) + self.beta
        self.N = x.shape[0]
        mu = np.mean(x, axis=0)
        self.xc = x - mu
        var = np.mean(self.xc**2, axis=0)
        self.inv_std = 1.0 / np.sqrt(var + self.eps)
        self.xn = self.xc * self.inv_std
        self.running_mean *= self.momentum
        self.running_mean += (1 - self.momentum) * mu
        self.running_var *= self.momentum
        self.running_var += (1 - self.momentum) * np.var(x, axis=0, ddof=1)
        return self.gamma * self.xn + self.beta

    def backward(self, dout):
        self.dbeta = np.sum(dout, axis=0)
        self.dgamma = np.sum(self.xn * dout, axis=0)
        dxn = self.gamma * dout
        dinv_std = np.sum(dxn * self.xc, axis=0)
        dvar = -0.5 * self.inv_std**3 * dinv_std
        dxc = dxn * self.inv_std + 2 * self.xc * dvar / self.N
        return dxc - np.sum(dxc, axis=0) / self.N
