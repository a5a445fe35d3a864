import numpy as np

lr = 0.1


class Perzeptron2:
    """zwei Schichten, quadratischer Fehler 1/2 sum (y-t)^2"""

    def __init__(self):
        self.w = [np.random.randn(3, 4), np.random.randn(4, 2)]
        self.b = [np.random.randn(4), np.random.randn(2)]
        self.gw = [np.zeros((3, 4)), np.zeros((4, 2))]
        self.gb = [np.zeros(4), np.zeros(2)]

    def vor(self, x):
        self.x = x
        self.h = 1 / (1 + np.exp(-(x @ self.w[0] + self.b[0])))
        return self.h @ self.w[1] + self.b[1]

    def rueck(self, d):
        gw, gb = list(self.gw), list(self.gb)
        self.gw[1] = self.h.T @ d
        self.gb[1] = d.sum(axis=0)
        d = d @ self.w[1].T * self.h * (1 - self.h)
        self.gw[0] = self.x.T @ d
        gb[0] = d.sum(axis=0)
        return d @ self.w[0].T
