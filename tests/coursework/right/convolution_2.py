"""With einsum, a weight of the filter after the other."""

import numpy as np


class Convolution:
    def __init__(self, W, b, stride=1, pad=0):
        self.weight, self.bias, self.stride, self.pad = W, b, stride, pad

    def seen(self, images, p, q):
        """Return a view of the pixels on which the weight (p, q) lies, one for each place."""
        rows = slice(p, p + self.stride * self.out_h, self.stride)
        columns = slice(q, q + self.stride * self.out_w, self.stride)
        return images[:, :, rows, columns]

    def forward(self, x):
        _, _, FH, FW = self.weight.shape
        self.out_h = (x.shape[2] + 2 * self.pad - FH) // self.stride + 1
        self.out_w = (x.shape[3] + 2 * self.pad - FW) // self.stride + 1
        self.x = np.pad(x, ((0, 0), (0, 0), (self.pad, self.pad), (self.pad, self.pad)))
        y = self.bias.reshape(1, -1, 1, 1)
        for p in range(FH):
            for q in range(FW):
                y = y + np.einsum("ncij,fc->nfij", self.seen(self.x, p, q), self.weight[:, :, p, q])
        return y

    def backward(self, dout):
        self.db = np.einsum("nfij->f", dout)
        self.dW = np.empty(self.weight.shape)
        dx = np.zeros(self.x.shape)
        for p, q in np.ndindex(self.weight.shape[2:]):
            self.dW[:, :, p, q] = np.einsum("nfij,ncij->fc", dout, self.seen(self.x, p, q))
            self.seen(dx, p, q)[...] += np.einsum("nfij,fc->ncij", dout, self.weight[:, :, p, q])
        return dx[:, :, self.pad : dx.shape[2] - self.pad, self.pad : dx.shape[3] - self.pad]
