import numpy as np


class Conv:
    def __init__(self, W, b, stride=1, pad=0):
        self.W, self.b = W, b          # (F, C, K, K), (F,)
        self.stride, self.pad = stride, pad

    def forward(self, x):
        p, s, k = self.pad, self.stride, self.W.shape[2]
        self.xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
        oh = (self.xp.shape[2] - k) // s + 1
        ow = (self.xp.shape[3] - k) // s + 1
        out = np.zeros((x.shape[0], self.W.shape[0], oh, ow))
        for i in range(oh):
            for j in range(ow):
                patch = self.xp[:, :, i*s:i*s+k, j*s:j*s+k]
                out[:, :, i, j] = np.tensordot(patch, self.W, axes=([1, 2, 3], [1, 2, 3])) + self.b
        return out

    def backward(self, dout):
        p, s, k = self.pad, self.stride, self.W.shape[2]
        dxp = np.zeros_like(self.xp)
        self.dW = np.zeros_like(self.W)
        self.db = dout.sum(axis=(0, 2, 3))
        for i in range(dout.shape[2]):
            for j in range(dout.shape[3]):
                d = dout[:, :, i, j]
                patch = self.xp[:, :, i*s:i*s+k, j*s:j*s+k]
                self.dW += np.tensordot(d, patch, axes=([0], [0]))
                dxp[:, :, i*s:i*s+k, j*s:j*s+k] += np.tensordot(d, self.W, axes=([1], [0]))
        return dxp[:, :, p:-p, p:-p]
