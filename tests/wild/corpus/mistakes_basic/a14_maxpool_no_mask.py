import numpy as np

class MaxPool2:
    """2 x 2 max pooling with stride 2, input (N, C, H, W), even sizes"""

    def forward(self, x):
        N, C, H, W = x.shape
        r = x.reshape(N, C, H // 2, 2, W // 2, 2)
        out = r.max(axis=(3, 5))
        self.mask = r == out[:, :, :, None, :, None]
        self.shape = x.shape
        return out

    def backward(self, dout):
        dx = np.repeat(np.repeat(dout, 2, axis=2), 2, axis=3)
        return dx.reshape(self.shape)
