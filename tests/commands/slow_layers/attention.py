"""Self-attention in loops."""

import numpy as np


class SelfAttention:
    def __init__(self, dim=16):
        rng = np.random.default_rng(1)
        self.Wq, self.Wk, self.Wv = (rng.standard_normal((dim, dim)) / 4 for _ in range(3))

    def forward(self, x):
        N, T, D = x.shape
        self.x = x
        self.q, self.k, self.v = (np.zeros((N, T, D)) for _ in range(3))
        for n in range(N):
            for t in range(T):
                for j in range(D):
                    for d in range(D):
                        self.q[n, t, j] += x[n, t, d] * self.Wq[d, j]
                        self.k[n, t, j] += x[n, t, d] * self.Wk[d, j]
                        self.v[n, t, j] += x[n, t, d] * self.Wv[d, j]
        self.p = np.zeros((N, T, T))
        out = np.zeros((N, T, D))
        for n in range(N):
            for a in range(T):
                scores = np.zeros(T)
                for b in range(T):
                    for d in range(D):
                        scores[b] += self.q[n, a, d] * self.k[n, b, d] / np.sqrt(D)
                e = np.exp(scores - scores.max())
                self.p[n, a] = e / e.sum()
                for b in range(T):
                    for d in range(D):
                        out[n, a, d] += self.p[n, a, b] * self.v[n, b, d]
        return out

    def backward(self, dout):
        N, T, D = self.x.shape
        dq, dk, dv = (np.zeros((N, T, D)) for _ in range(3))
        for n in range(N):
            for a in range(T):
                dp = np.zeros(T)
                for b in range(T):
                    dp[b] = dout[n, a] @ self.v[n, b]
                    dv[n, b] += self.p[n, a, b] * dout[n, a]
                ds = self.p[n, a] * (dp - dp @ self.p[n, a])
                for b in range(T):
                    dq[n, a] += ds[b] * self.k[n, b] / np.sqrt(D)
                    dk[n, b] += ds[b] * self.q[n, a] / np.sqrt(D)
        self.dWq, self.dWk, self.dWv = (np.einsum("ntd,ntj->dj", self.x, g) for g in (dq, dk, dv))
        return dq @ self.Wq.T + dk @ self.Wk.T + dv @ self.Wv.T
