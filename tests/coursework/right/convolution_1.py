"""Loops over samples, filters and places, without im2col."""

import numpy as np


class Convolution:
    def __init__(self, W, b, stride=1, pad=0):
        self.W, self.b, self.s, self.p = W, b, stride, pad

    def forward(self, x):
        N, C, H, W = self.shape = x.shape
        F, _, FH, FW = self.W.shape
        self.padded = np.zeros((N, C, H + 2 * self.p, W + 2 * self.p))
        self.padded[:, :, self.p : self.p + H, self.p : self.p + W] = x
        out_h, out_w = 1 + (H + 2 * self.p - FH) // self.s, 1 + (W + 2 * self.p - FW) // self.s
        y = np.zeros((N, F, out_h, out_w))
        for n, f, i, j in np.ndindex(y.shape):
            patch = self.padded[n, :, i * self.s : i * self.s + FH, j * self.s : j * self.s + FW]
            y[n, f, i, j] = np.sum(patch * self.W[f]) + self.b[f]
        return y

    def backward(self, dout):
        FH, FW = self.W.shape[2:]
        H, W = self.shape[2:]
        self.dW, self.db, dx = np.zeros_like(self.W), np.zeros_like(self.b), np.zeros_like(self.padded)
        for n, f, i, j in np.ndindex(dout.shape):
            rows, columns = slice(i * self.s, i * self.s + FH), slice(j * self.s, j * self.s + FW)
            self.dW[f] += dout[n, f, i, j] * self.padded[n, :, rows, columns]
            self.db[f] += dout[n, f, i, j]
            dx[n, :, rows, columns] += dout[n, f, i, j] * self.W[f]
        return dx[:, :, self.p : self.p + H, self.p : self.p + W]
