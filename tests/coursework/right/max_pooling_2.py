"""Loops over all pixels, which remember where the largest was."""

import numpy as np


class MaxPooling:
    def __init__(self, pool_h, pool_w, stride):
        self.pool_h = pool_h
        self.pool_w = pool_w
        self.stride = stride

    def forward(self, x):
        N, C, H, W = self.shape = x.shape
        out_h = 1 + (H - self.pool_h) // self.stride
        out_w = 1 + (W - self.pool_w) // self.stride
        y = np.full((N, C, out_h, out_w), -np.inf)
        self.winner = {}
        for n, c, i, j in np.ndindex(y.shape):
            for p in range(self.pool_h):
                for q in range(self.pool_w):
                    row, column = i * self.stride + p, j * self.stride + q
                    if x[n, c, row, column] > y[n, c, i, j]:
                        y[n, c, i, j] = x[n, c, row, column]
                        self.winner[n, c, i, j] = n, c, row, column
        return y

    def backward(self, dout):
        dx = np.zeros(self.shape)
        for place, pixel in self.winner.items():
            dx[pixel] = dx[pixel] + dout[place]
        return dx
