import numpy as np


class SigmoidCrossEntropy:
    # 数値的に安定な形: max(x,0) - x*t + log(1+exp(-|x|))
    def forward(self, x, t):
        self.t = t
        self.y = np.where(x >= 0, 1 / (1 + np.exp(-np.abs(x))), np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))))
        return np.sum(np.maximum(x, 0) - x * t + np.log1p(np.exp(-np.abs(x)))) / x.shape[0]

    def backward(self, dout=1):
        return dout * (self.y - self.t) / self.t.shape[0]


class SigmoidWithLoss:
    # 確率 y をクリップするふつうの形
    def forward(self, x, t):
        self.t = t
        self.y = 1 / (1 + np.exp(-x))
        y = np.clip(self.y, 1e-7, 1 - 1e-7)
        return -np.sum(t * np.log(y) + (1 - t) * np.log(1 - y)) / x.shape[0]

    def backward(self, dout=1):
        dy = -self.t / self.y + (1 - self.t) / (1 - self.y)
        return dout * dy * self.y * (1 - self.y) / self.t.shape[0]
