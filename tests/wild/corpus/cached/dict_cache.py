import numpy as np


class LayerNorm:
    def __init__(self, dim, eps=1e-5):
        self.params = {"gain": np.ones(dim), "shift": np.zeros(dim)}
        self.eps = eps

    def forward(self, x):
        cache = {}
        cache["mean"] = x.mean(-1, keepdims=True)
        cache["rstd"] = 1.0 / np.sqrt(x.var(-1, keepdims=True) + self.eps)
        cache["norm"] = (x - cache["mean"]) * cache["rstd"]
        out = cache["norm"] * self.params["gain"] + self.params["shift"]
        return out, cache

    def backward(self, dout, cache):
        norm, rstd = cache["norm"], cache["rstd"]
        dnorm = dout * self.params["gain"]
        dx = dnorm - dnorm.mean(-1, keepdims=True) - norm * (dnorm * norm).sum(-1, keepdims=True)
        dx *= rstd
        grads = {"gain": (dout * norm).sum(0), "shift": dout.sum(0)}
        return dx, grads


class Affine:
    def __init__(self, n, m):
        self.params = {"W": np.random.randn(n, m), "b": np.zeros(m)}

    def forward(self, x):
        return x @ self.params["W"] + self.params["b"], {"x": x}

    def backward(self, dout, cache):
        grads = {"W": cache["x"].T @ dout, "b": dout.sum(0)}
        return dout @ self.params["W"].T, grads
