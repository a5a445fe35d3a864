import numpy as np
import math, sys

class ThreeLayerNet():
    def __init__(self, nIn, nH1, nH2, nOut):
        self.w1, self.b1 = self._init(nIn, nH1)
        self.w2, self.b2 = self._init(nH1, nH2)
        self.w3, self.b3 = self._init(nH2, nOut)

    def _init(self, a, b):
        return np.random.randn(a, b) * np.sqrt(2.0 / a), np.random.randn(1, b) * 0.1

    def forwardPass(self, X):
        self.X = X
        self.h1 = np.tanh(X @ self.w1 + self.b1)
        self.pre2 = self.h1 @ self.w2 + self.b2
        self.h2 = np.where(self.pre2 > 0, self.pre2, 0.01 * self.pre2)   # leaky
        self.out = self.h2 @ self.w3 + self.b3
        return self.out

    def getLoss(self, y):
        # squared error, summed over the outputs, averaged over the samples
        return ((self.out - y) ** 2).sum(axis=1).mean()

    def backwardPass(self, y):
        n = len(y)
        g = 2 * (self.out - y) / n
        self.dw3 = self.h2.T @ g
        self.db3 = g.sum(0, keepdims=True)
        g = g @ self.w3.T * np.where(self.pre2 > 0, 1, 0.01)
        self.dw2 = self.h1.T @ g
        self.db2 = g.sum(0, keepdims=True)
        g = (g @ self.w2.T) * (1 - self.h1 ** 2)
        self.dw1 = self.X.T @ g
        self.db1 = g.sum(0, keepdims=True)

    def step(self, lr=1e-2):
        for i in "123":
            for p in "wb":
                setattr(self, p + i, getattr(self, p + i) - lr * getattr(self, "d" + p + i))
