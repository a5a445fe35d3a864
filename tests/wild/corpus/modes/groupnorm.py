import numpy as np


class GroupNorm:
    """ (N, C, H, W), C must be divisible by groups """

    def __init__(self, groups, channels, eps=1e-5):
        assert channels % groups == 0
        self.G, self.eps = groups, eps
        self.params = {"gamma": np.ones((channels, 1, 1)), "beta": np.zeros((channels, 1, 1))}
        self.grads = {"gamma": None, "beta": None}

    def forward(self, x):
        N, C, H, W = x.shape
        v = x.reshape(N, self.G, -1)
        self.std = np.sqrt(v.var(axis=2, keepdims=True) + self.eps)
        self.v = (v - v.mean(axis=2, keepdims=True)) / self.std
        return self.v.reshape(x.shape) * self.params["gamma"] + self.params["beta"]

    def backward(self, dout):
        N, C, H, W = dout.shape
        self.grads["beta"] = dout.sum((0, 2, 3)).reshape(C, 1, 1)
        self.grads["gamma"] = (dout * self.v.reshape(dout.shape)).sum((0, 2, 3)).reshape(C, 1, 1)
        d = (dout * self.params["gamma"]).reshape(N, self.G, -1)
        d = d - d.mean(2, keepdims=True) - self.v * (d * self.v).mean(2, keepdims=True)
        return (d / self.std).reshape(dout.shape)


class InstanceNorm:
    def __init__(self, eps=1e-5):
        self.eps = eps

    def forward(self, x):
        self.std = np.sqrt(x.var(axis=(2, 3), keepdims=True) + self.eps)
        self.y = (x - x.mean(axis=(2, 3), keepdims=True)) / self.std
        return self.y

    def backward(self, dy):
        mean_dy = dy.mean(axis=(2, 3), keepdims=True)
        mean_dyy = (dy * self.y).mean(axis=(2, 3), keepdims=True)
        return dy - mean_dy - self.y * mean_dyy
