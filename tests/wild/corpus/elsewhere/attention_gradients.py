import numpy as np
from math import sqrt


class SelfAttention:
    """Single head, no mask: x (B, T, D) -> (B, T, d)."""

    def __init__(self, D: int, d: int):
        self.W_q, self.W_k, self.W_v = (np.random.randn(D, d) / sqrt(D) for _ in range(3))
        self.d = d
        self.gradients = {}

    def forward(self, x):
        self.x = x
        self.q, self.k, self.v = x @ self.W_q, x @ self.W_k, x @ self.W_v
        s = self.q @ self.k.swapaxes(1, 2) / sqrt(self.d)
        s = np.exp(s - s.max(-1, keepdims=True))
        self.p = s / s.sum(-1, keepdims=True)
        return self.p @ self.v

    def backward(self, dout):
        dv = self.p.swapaxes(1, 2) @ dout
        dp = dout @ self.v.swapaxes(1, 2)
        ds = self.p * (dp - (dp * self.p).sum(-1, keepdims=True))
        dq = ds @ self.k / sqrt(self.d)
        dk = ds @ self.q / sqrt(self.d)

        x2 = self.x.reshape(-1, self.x.shape[-1])
        for name, g in (("W_q", dq), ("W_k", dk), ("W_v", dv)):
            self.gradients[name] = x2.T @ g.reshape(-1, self.d)
        return dq @ self.W_q.T + dk @ self.W_k.T + dv @ self.W_v.T
