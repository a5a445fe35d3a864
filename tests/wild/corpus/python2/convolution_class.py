# -*- coding: utf-8 -*-
# 畳み込み層（行ごとにループ）
import numpy as np

class Convolution:
    def __init__(self, W, b, stride=1, pad=0):
        self.W = W
        self.b = b
        self.stride = stride
        self.pad = pad
        # 中間データ
        self.x = None
        # 勾配
        self.dW = None
        self.db = None

    def _padded(self, x):
        p = self.pad
        return np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)], 'constant')

    def forward(self, x):
        FN, C, FH, FW = self.W.shape
        N, C, H, W = x.shape
        self.out_h = (H + 2 * self.pad - FH) / self.stride + 1
        self.out_w = (W + 2 * self.pad - FW) / self.stride + 1
        self.x = x
        xp = self._padded(x)
        out = np.zeros((N, FN, self.out_h, self.out_w))
        for i in range(self.out_h):
            for j in range(self.out_w):
                t = xp[:, :, i*self.stride:i*self.stride+FH, j*self.stride:j*self.stride+FW]
                out[:, :, i, j] = np.tensordot(t, self.W, axes=([1, 2, 3], [1, 2, 3])) + self.b
        return out

    def backward(self, dout):
        FN, C, FH, FW = self.W.shape
        xp = self._padded(self.x)
        dxp = np.zeros_like(xp)
        self.dW = np.zeros_like(self.W)
        self.db = dout.sum(axis=0).sum(axis=1).sum(axis=1)
        for i in range(self.out_h):
            for j in range(self.out_w):
                r = slice(i*self.stride, i*self.stride+FH)
                c = slice(j*self.stride, j*self.stride+FW)
                self.dW += np.tensordot(dout[:, :, i, j], xp[:, :, r, c], axes=(0, 0))
                dxp[:, :, r, c] += np.tensordot(dout[:, :, i, j], self.W, axes=(1, 0))
        H, W = self.x.shape[2:]
        return dxp[:, :, self.pad:self.pad+H, self.pad:self.pad+W]
