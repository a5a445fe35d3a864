# 転置畳み込みと拡張畳み込み（ループ版）
import numpy as np


class ConvTranspose:
    def __init__(self, W, b, stride=2):
        self.W, self.b, self.stride = W, b, stride   # W: (C, F, k, k)

    def forward(self, x):
        N, C, H, W = x.shape
        _, F, k, _ = self.W.shape
        s = self.stride
        self.x = x
        y = np.zeros((N, F, (H - 1) * s + k, (W - 1) * s + k))
        for i in range(H):
            for j in range(W):
                y[:, :, i*s:i*s+k, j*s:j*s+k] += np.einsum('nc,cfab->nfab', x[:, :, i, j], self.W)
        return y + self.b[:, None, None]

    def backward(self, dy):
        N, C, H, W = self.x.shape
        k, s = self.W.shape[-1], self.stride
        self.db = dy.sum(axis=(0, 2, 3))
        self.dW = np.zeros_like(self.W)
        dx = np.zeros_like(self.x)
        for i in range(H):
            for j in range(W):
                d = dy[:, :, i*s:i*s+k, j*s:j*s+k]
                dx[:, :, i, j] = np.einsum('nfab,cfab->nc', d, self.W)
                self.dW += np.einsum('nc,nfab->cfab', self.x[:, :, i, j], d)
        return dx


class DilatedConv:
    def __init__(self, W, b, dilation=2):
        self.W, self.b, self.dilation = W, b, dilation   # W: (F, C, k, k)

    def _size(self, n):
        return n - self.dilation * (self.W.shape[-1] - 1)

    def forward(self, x):
        F, C, k, _ = self.W.shape
        h, w, r = self._size(x.shape[2]), self._size(x.shape[3]), self.dilation
        self.x = x
        y = np.zeros((len(x), F, h, w)) + self.b[:, None, None]
        for a in range(k):
            for c in range(k):
                y += np.tensordot(x[:, :, a*r:a*r+h, c*r:c*r+w], self.W[:, :, a, c], ([1], [1])).transpose(0, 3, 1, 2)
        return y

    def backward(self, dy):
        k, r = self.W.shape[-1], self.dilation
        h, w = dy.shape[2:]
        self.db = dy.sum(axis=(0, 2, 3))
        self.dW = np.zeros_like(self.W)
        dx = np.zeros_like(self.x)
        for a in range(k):
            for c in range(k):
                self.dW[:, :, a, c] = np.tensordot(dy, self.x[:, :, a*r:a*r+h, c*r:c*r+w], ([0, 2, 3], [0, 2, 3]))
                # 入力側の勾配
                dx[:, :, a:a+h, c:c+w] += np.tensordot(dy, self.W[:, :, a, c], ([1], [0])).transpose(0, 3, 1, 2)
        return dx
