import numpy as np


class SpatialDropout2D:
    """drops whole channels of (N, C, H, W); the mask depends on seed only"""

    def __init__(self, rate=0.3, seed=11):
        self.rate = rate
        self.seed = seed
        self.training = True

    def forward(self, x):
        if not self.training:
            return x
        rng = np.random.default_rng(self.seed)
        keep = 1.0 - self.rate
        self.mask = (rng.random(x.shape[:2]) < keep)[:, :, None, None] / keep
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask if self.training else dout


class Cutout:
    """blanks one square per image"""

    def __init__(self, size=2, seed=5):
        self.size, self.seed = size, seed

    def forward(self, x):
        rng = np.random.default_rng(self.seed)
        y = x.copy()
        self.at = []
        for n in range(len(x)):
            i, j = rng.integers(0, x.shape[2] - self.size + 1), rng.integers(0, x.shape[3] - self.size + 1)
            y[n, :, i:i + self.size, j:j + self.size] = 0
            self.at.append((i, j))
        return y

    def backward(self, dout):
        dx = dout.copy()
        for n in range(len(dout)):
            i, j = self.at[-1]
            dx[n, :, i:i + self.size, j:j + self.size] = 0
        return dx


class ChannelScale:
    """squeeze and excite with one weight per channel: y = x * sigmoid(w * mean(x))"""

    def __init__(self, channels):
        self.w = np.random.randn(channels)

    def forward(self, x):
        self.x = x
        self.m = x.mean(axis=(2, 3))
        self.s = 1 / (1 + np.exp(-self.w * self.m))
        return x * self.s[:, :, None, None]

    def backward(self, dout):
        ds = (dout * self.x).sum(axis=(2, 3)) * self.s * (1 - self.s)
        self.dw = (ds * self.m).sum(axis=0)
        H, W = self.x.shape[2:]
        return dout * self.s[:, :, None, None] + (ds * self.w)[:, :, None, None] / (H * W)
