import numpy as np


class BatchNorm2d:
    def __init__(self, channels, eps=1e-5):
        self.gamma = np.ones((1, channels, 1, 1))
        self.beta = np.zeros((1, channels, 1, 1))
        self.eps = eps

    def forward(self, x):
        ax = (0, 2, 3)
        self.mu = x.mean(axis=ax, keepdims=True)
        self.var = x.var(axis=ax, keepdims=True)
        self.inv = 1 / np.sqrt(self.var + self.eps)
        self.xhat = (x - self.mu) * self.inv
        return self.gamma * self.xhat + self.beta

    def backward(self, dout):
        ax = (0, 2, 3)
        N = dout.shape[0]
        self.dbeta = dout.sum(axis=ax, keepdims=True)
        self.dgamma = (dout * self.xhat).sum(axis=ax, keepdims=True)
        dxhat = dout * self.gamma
        s1 = dxhat.sum(axis=ax, keepdims=True)
        s2 = (dxhat * self.xhat).sum(axis=ax, keepdims=True)
        return self.inv * (dxhat - s1 / N - self.xhat * s2 / N)
