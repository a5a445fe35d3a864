import numpy as np

class Param:
    def __init__(self, v):
        self.val, self.d = v, np.zeros_like(v)

class GaussianRBF:
    # phi_j(x) = exp(-beta_j * |x - c_j|^2); y = phi . W
    def __init__(self, dim, centers, outputs):
        r = np.random
        self.params = [
            Param(r.randn(centers, dim)),           # c
            Param(r.uniform(0.2, 0.8, centers)),    # beta
            Param(r.randn(centers, outputs)),       # W
        ]

    def forward(self, x):
        c, beta, W = self.params
        self.diff = x[:, None, :] - c.val[None]
        self.r2 = (self.diff ** 2).sum(-1)
        self.phi = np.exp(-beta.val * self.r2)
        return self.phi @ W.val

    def backward(self, dy):
        c, beta, W = self.params
        W.d = self.phi.T @ dy
        ds = dy @ W.val.T * self.phi                 # d / d(-beta r2)
        beta.d = -(ds * self.r2).sum(0)
        t = 2 * (ds * beta.val)[:, :, None] * self.diff
        c.d = t.sum(0)
        return -t.sum(1)
