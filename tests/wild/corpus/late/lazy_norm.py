import numpy as np


class LazyNorm:
    """レイヤー正規化。gammaとbetaは最初のforwardで作る。"""

    def __init__(self, eps=1e-5):
        self.eps = eps

    def forward(self, x):
        if not hasattr(self, "gamma"):
            self.gamma = np.ones(x.shape[-1])
            self.beta = np.zeros(x.shape[-1])
        self.x_mean = x.mean(axis=-1, keepdims=True)
        self.x_std = np.sqrt(x.var(axis=-1, keepdims=True) + self.eps)
        self.xn = (x - self.x_mean) / self.x_std
        return self.xn * self.gamma + self.beta

    def backward(self, dout):
        axes = tuple(range(dout.ndim - 1))
        self.dgamma = np.sum(dout * self.xn, axis=axes)
        self.dbeta = np.sum(dout, axis=axes)
        # 正規化の微分
        return dout * self.gamma / self.x_std
