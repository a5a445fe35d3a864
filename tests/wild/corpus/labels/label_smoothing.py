# ラベルスムージング付きの損失関数
import numpy as np


class LabelSmoothingLoss:
    def __init__(self, smoothing=0.1):
        self.smoothing = smoothing
        self.params, self.grads = [], []
        self.cache = None

    def forward(self, x, t):
        # x: (バッチ, クラス数)  t: 正解ラベルの番号
        N, V = x.shape
        x = x - x.max(axis=1, keepdims=True)
        logp = x - np.log(np.exp(x).sum(axis=1, keepdims=True))
        onehot = np.zeros((N, V))
        onehot[np.arange(N), t] = 1
        q = (1 - self.smoothing) * onehot + self.smoothing / V
        self.cache = (np.exp(logp), t)
        return -np.sum(q * logp) / N

    def backward(self, dout=1):
        p, t = self.cache
        N = p.shape[0]
        dx = p.copy()
        dx[np.arange(N), t] -= 1   # 正解クラスだけ1を引く
        dx *= dout / N
        return dx
