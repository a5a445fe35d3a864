import numpy as np


class TimeDistributedDense:
    def __init__(self, W, b):
        self.W, self.b = W, b
        self.dW, self.db = None, None

    def forward(self, x):
        N, T, D = x.shape
        self.x = x
        return (x.reshape(N * T, D).dot(self.W) + self.b).reshape(N, T, -1)

    def backward(self, dout):
        N, T, D = self.x.shape
        flat = dout.reshape(N * T, -1)
        self.dW = self.x.reshape(N * T, D).T.dot(flat)
        self.db = flat.sum(0)
        return flat.dot(self.W.T).reshape(N, T, D)


class TimeSoftmaxLoss:
    """scores (N, T, V), ids (N, T); positions with id -1 are padding"""

    def forward(self, scores, ids):
        e = np.exp(scores - scores.max(axis=2, keepdims=True))
        p = e / e.sum(axis=2, keepdims=True)
        mask = ids != -1
        safe = np.where(mask, ids, 0)
        picked = np.take_along_axis(p, safe[..., None], axis=2)[..., 0]
        self.saved = p, safe, mask
        return -(np.log(picked) * mask).sum() / mask.sum()

    def backward(self, dout=1.0):
        p, safe, mask = self.saved
        d = p.copy()
        n, t = np.indices(safe.shape)
        d[n, t, safe] -= 1
        return d * mask[..., None] * dout / mask.sum()
