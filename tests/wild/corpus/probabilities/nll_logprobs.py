import numpy as np


class Module:
    def forward(self, *a):
        raise NotImplementedError

    def backward(self, *a):
        raise NotImplementedError

    def __call__(self, *a):
        return self.forward(*a)


class LogSoftmax(Module):
    def forward(self, x):
        x = x - x.max(axis=1)[:, None]
        self.out = x - np.log(np.exp(x).sum(axis=1))[:, None]
        return self.out

    def backward(self, dout):
        return dout - np.exp(self.out) * dout.sum(axis=1)[:, None]


class NLLLoss(Module):
    """negative log-likelihood; expects LOG-probabilities"""

    def __init__(self, weight=None):
        self.weight = weight

    def forward(self, logp, target):
        self.shape = logp.shape
        self.target = target
        self.w = np.ones(len(target)) if self.weight is None else np.asarray(self.weight)[target]
        ll = logp[np.arange(len(target)), target]
        return -(self.w * ll).sum() / self.w.sum()

    def backward(self):
        g = np.zeros(self.shape)
        g[np.arange(len(self.target)), self.target] = -self.w / self.w.sum()
        return g
