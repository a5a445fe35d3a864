"""A convolution with seven loops."""

import numpy as np


class Conv:
    def __init__(self, stride=1, pad=0):
        rng = np.random.default_rng(0)
        self.W, self.b, self.stride, self.pad = rng.standard_normal((4, 3, 3, 3)), rng.standard_normal(4), stride, pad

    def forward(self, x):
        N, C, H, W = x.shape
        F, C, HH, WW = self.W.shape
        s, p = self.stride, self.pad
        self.x = x
        xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
        OH, OW = 1 + (H + 2 * p - HH) // s, 1 + (W + 2 * p - WW) // s
        out = np.zeros((N, F, OH, OW))
        for n in range(N):
            for f in range(F):
                for i in range(OH):
                    for j in range(OW):
                        total = 0.0
                        for c in range(C):
                            for k in range(HH):
                                for m in range(WW):
                                    total += xp[n, c, i * s + k, j * s + m] * self.W[f, c, k, m]
                        out[n, f, i, j] = total + self.b[f]
        return out

    def backward(self, dout):
        N, C, H, W = self.x.shape
        F, C, HH, WW = self.W.shape
        s, p = self.stride, self.pad
        xp = np.pad(self.x, ((0, 0), (0, 0), (p, p), (p, p)))
        dxp = np.zeros_like(xp)
        self.dW = np.zeros_like(self.W)
        self.db = np.zeros_like(self.b)
        for n in range(N):
            for f in range(F):
                for i in range(dout.shape[2]):
                    for j in range(dout.shape[3]):
                        d = dout[n, f, i, j]
                        self.db[f] += d
                        for c in range(C):
                            for k in range(HH):
                                for m in range(WW):
                                    self.dW[f, c, k, m] += d * xp[n, c, i * s + k, j * s + m]
                                    dxp[n, c, i * s + k, j * s + m] += d * self.W[f, c, k, m]
        return dxp[:, :, p : p + H, p : p + W]
