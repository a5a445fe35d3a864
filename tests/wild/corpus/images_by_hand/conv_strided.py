import numpy as np
from numpy.lib.stride_tricks import as_strided


def windows(x, k, s):
    """(N, C, H, W) -> (N, C, h, w, k, k), a view"""
    N, C, H, W = x.shape
    a, b, c, d = x.strides
    return as_strided(x, (N, C, (H - k) // s + 1, (W - k) // s + 1, k, k), (a, b, c * s, d * s, c, d))


class Conv2d:
    def __init__(self, in_ch, out_ch, k=3, stride=1, padding=0):
        self.W = np.random.randn(out_ch, in_ch, k, k) / np.sqrt(in_ch * k * k)
        self.b = np.zeros(out_ch)
        self.k, self.stride, self.padding = k, stride, padding

    def forward(self, x):
        p = self.padding
        self.x_pad = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
        self.win = windows(self.x_pad, self.k, self.stride)
        return np.einsum('nchwij,fcij->nfhw', self.win, self.W) + self.b[None, :, None, None]

    def backward(self, dy):
        k, s, p = self.k, self.stride, self.padding
        self.dW = np.einsum('nfhw,nchwij->fcij', dy, self.win)
        self.db = np.einsum('nfhw->f', dy)
        # full correlation with the flipped kernel, after spreading dy by the stride
        N, F, h, w = dy.shape
        H, W = self.x_pad.shape[2:]
        spread = np.zeros((N, F, H + k - 1, W + k - 1))
        spread[:, :, k - 1:k - 1 + h * s:s, k - 1:k - 1 + w * s:s] = dy
        dx = np.einsum('nfhwij,fcij->nchw', windows(spread, k, 1), self.W)
        return dx[:, :, p:H - p, p:W - p]
