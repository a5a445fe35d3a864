import numpy as np

from ..functional import softmax


class DotAttention:
    """Scaled dot product attention for batches: q (B, T, D), k and v (B, S, D)."""

    def forward(self, q, k, v):
        self.scale = q.shape[-1] ** -0.5
        self.q, self.k, self.v = q, k, v
        self.a = softmax(np.einsum("btd,bsd->bts", q, k) * self.scale)
        return np.einsum("bts,bsd->btd", self.a, v)

    def backward(self, dout):
        dv = np.einsum("bts,btd->bsd", self.a, dout)
        da = np.einsum("btd,bsd->bts", dout, self.v)
        ds = da * self.a * (1 - self.a) * self.scale
        dq = np.einsum("bts,bsd->btd", ds, self.k)
        dk = np.einsum("bts,btd->bsd", ds, self.q)
        return dq, dk, dv
