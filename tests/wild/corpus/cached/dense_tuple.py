import numpy as np


class Dense:
    """forward returns (out, cache); the layer itself keeps only its parameters."""

    def __init__(self, in_features, out_features):
        self.w = np.random.randn(in_features, out_features) * 0.1
        self.b = np.zeros(out_features)

    def forward(self, x):
        out = x.dot(self.w) + self.b
        cache = (x, self.w)
        return out, cache

    def backward(self, dout, cache):
        x, w = cache
        dx = dout.dot(w.T)
        dw = x.T.dot(dout)
        db = np.sum(dout, axis=0)
        return dx, dw, db


class Relu:
    def forward(self, x):
        return np.maximum(0, x), (x,)

    def backward(self, dout, cache):
        (x,) = cache
        return (x > 0) * dout
