import numpy as np


class MaxPool2x2:
    def forward(self, x):
        n, c, h, w = x.shape
        assert h % 2 == 0 and w % 2 == 0, "even sizes only"
        blocks = x.reshape(n, c, h // 2, 2, w // 2, 2)
        out = blocks.max(axis=(3, 5))
        mask = blocks == out[:, :, :, None, :, None]
        return out, mask

    def backward(self, dout, mask):
        n, c, h, _, w, _ = mask.shape
        dx = mask * dout[:, :, :, None, :, None]
        return dx.reshape(n, c, h * 2, w * 2)


class GlobalAvgPool:
    def forward(self, x):
        return x.mean(axis=(2, 3)), x.shape

    def backward(self, dout, shape):
        n, c, h, w = shape
        return np.ones(shape) * dout[:, :, None, None] / h
