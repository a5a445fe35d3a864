"""Windows as a view, and a mask where the maximum is."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


class MaxPooling:
    def __init__(self, pool_h, pool_w, stride=1, pad=0):
        self.size, self.s = (pool_h, pool_w), stride

    def forward(self, x):
        self.images = x
        windows = sliding_window_view(x, self.size, axis=(2, 3))[:, :, :: self.s, :: self.s]
        self.out = windows.max(axis=(-2, -1))
        return self.out

    def backward(self, dout):
        dx = np.zeros_like(self.images)
        for i in range(dout.shape[2]):
            for j in range(dout.shape[3]):
                rows = slice(i * self.s, i * self.s + self.size[0])
                columns = slice(j * self.s, j * self.s + self.size[1])
                mask = self.images[:, :, rows, columns] == self.out[:, :, i : i + 1, j : j + 1]
                dx[:, :, rows, columns] += mask * dout[:, :, i : i + 1, j : j + 1]
        return dx
