import numpy as np


class MaxPool2D:
    """Non-overlapping pooling by reshape, (N, C, H, W)"""

    def __init__(self, size=2):
        self.size = size

    def forward(self, x):
        N, C, H, W = x.shape
        s = self.size
        assert H % s == 0 and W % s == 0
        self.x_reshaped = x.reshape(N, C, H // s, s, W // s, s)
        self.out = self.x_reshaped.max(axis=3).max(axis=4)
        return self.out

    def backward(self, dout):
        dx_reshaped = np.zeros_like(self.x_reshaped)
        mask = self.x_reshaped == self.out[:, :, :, None, :, None]
        d, _ = np.broadcast_arrays(dout[:, :, :, None, :, None], dx_reshaped)
        dx_reshaped[mask] = d[mask]
        N, C, h, s, w, _ = dx_reshaped.shape
        return dx_reshaped.reshape(N, C, h * s, w * s)


class AvgPool2D:
    def __init__(self, size=2):
        self.size = size

    def forward(self, x):
        N, C, H, W = x.shape
        s = self.size
        return x.reshape(N, C, H // s, s, W // s, s).mean(axis=(3, 5))

    def backward(self, dout):
        s = self.size
        return dout.repeat(s, axis=2).repeat(s, axis=3)


class GlobalAvgPool:
    def forward(self, x):
        self.shape = x.shape
        return x.mean(axis=(2, 3))

    def backward(self, dout):
        N, C, H, W = self.shape
        return np.broadcast_to(dout[:, :, None, None] / (H * W), self.shape)


class GlobalMaxPool:
    def forward(self, x):
        self.shape = x.shape
        flat = x.reshape(x.shape[0], x.shape[1], -1)
        self.arg = flat.argmax(axis=2)
        return flat.max(axis=2)

    def backward(self, dout):
        N, C, H, W = self.shape
        dx = np.zeros((N, C, H * W))
        n, c = np.ogrid[:N, :C]
        dx[n, c, self.arg] = dout
        return dx.reshape(self.shape)
