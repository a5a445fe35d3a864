import numpy as np


def one_hot(y, k):
    return np.eye(k)[y]


class LabelSmoothing:
    def __init__(self, classes, smoothing=0.1):
        self.K = classes
        self.s = smoothing

    def __call__(self, *args):
        return self.forward(*args)

    def forward(self, logits, y):
        # log-softmax
        m = logits.max(1, keepdims=True)
        logp = logits - m - np.log(np.exp(logits - m).sum(1, keepdims=True))
        self.t = (1 - self.s) * one_hot(y, self.K) + self.s / self.K
        self.p = np.exp(logp)
        return -(self.t * logp).sum(1).mean()

    def backward(self, dout=1.0):
        return dout * (self.p - self.t) / self.p.shape[0]


class SmoothedNLL:
    """same thing for the probabilities themselves"""

    def __init__(self, classes, smoothing=0.1):
        self.K = classes
        self.s = smoothing

    def forward(self, prob, y):
        self.prob = prob
        self.y = y
        n = len(y)
        nll = -np.log(prob[range(n), y])
        uniform = -np.log(prob).mean(axis=1)
        return ((1 - self.s) * nll + self.s * uniform).mean()

    def backward(self, dout=1.0):
        n = len(self.y)
        d = -self.s / self.K / self.prob
        d[range(n), self.y] -= (1 - self.s) / self.prob[range(n), self.y]
        return dout * d / n
