import numpy as np


class BilinearLayer:
    """y_k = a^T W_k b + bias_k"""

    def __init__(self, n_a, n_b, n_out):
        self.W = np.random.randn(n_out, n_a, n_b) * 0.3
        self.bias = np.zeros(n_out)

    def forward(self, a, b):
        self.a, self.b = a, b
        return np.einsum('ni,kij,nj->nk', a, self.W, b) + self.bias

    def backward(self, dy):
        self.dW = np.einsum('nk,ni,nj->kij', dy, self.a, self.b)
        self.dbias = dy.sum(axis=0)
        da = np.einsum('nk,kij,nj->ni', dy, self.W, self.b)
        db = np.einsum('nk,kij,ni->nj', dy, self.W, self.a)
        return da, db


class CosineSimilarity:
    def forward(self, a, b):
        self.na = np.linalg.norm(a, axis=1, keepdims=True)
        self.nb = np.linalg.norm(b, axis=1, keepdims=True)
        self.ua, self.ub = a / self.na, b / self.nb
        self.cos = (self.ua * self.ub).sum(axis=1, keepdims=True)
        return self.cos

    def backward(self, dcos):
        da = dcos * self.ub / self.na
        db = dcos * self.ua / self.nb
        return da, db


class HighwayGate:
    """t * h + (1 - t) * x with t = sigmoid(x Wt + bt)"""

    def __init__(self, size):
        self.Wt = np.random.randn(size, size) * 0.3
        self.bt = -np.ones(size)

    def forward(self, h, x):
        self.h, self.x = h, x
        self.t = 1 / (1 + np.exp(-(x @ self.Wt + self.bt)))
        return self.t * h + (1 - self.t) * x

    def backward(self, dout):
        dt = dout * (self.h - self.x) * self.t * (1 - self.t)
        self.dWt = self.x.T @ dt
        self.dbt = dt.sum(axis=0)
        dx = dout * (1 - self.t) + dt @ self.Wt.T
        return dout * self.t, dx
