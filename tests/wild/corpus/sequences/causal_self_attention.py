import numpy as np

class CausalSelfAttention:
    def __init__(self, d_model=4, d_head=4):
        s = 1 / np.sqrt(d_model)
        self.Wq = np.random.randn(d_model, d_head) * s
        self.Wk = np.random.randn(d_model, d_head) * s
        self.Wv = np.random.randn(d_model, d_head) * s

    def forward(self, X):
        B, T, C = X.shape
        self.X = X
        self.q, self.k, self.v = X @ self.Wq, X @ self.Wk, X @ self.Wv
        self.scale = 1.0 / np.sqrt(self.q.shape[-1])
        scores = np.einsum('btd,bsd->bts', self.q, self.k) * self.scale
        mask = np.triu(np.ones((T, T), dtype=bool), k=1)
        scores[:, mask] = -1e9
        att = np.exp(scores - scores.max(-1, keepdims=True))
        self.att = att / att.sum(-1, keepdims=True)
        return self.att @ self.v

    def backward(self, dY):
        datt = np.einsum('btd,bsd->bts', dY, self.v)
        dv = np.einsum('bts,btd->bsd', self.att, dY)
        dscores = self.att * (datt - np.sum(datt * self.att, axis=-1, keepdims=True))
        dscores *= self.scale
        dq = np.einsum('bts,bsd->btd', dscores, self.k)
        dk = np.einsum('bts,btd->bsd', dscores, self.q)
        self.dWq = np.einsum('btc,btd->cd', self.X, dq)
        self.dWk = np.einsum('btc,btd->cd', self.X, dk)
        self.dWv = np.einsum('btc,btd->cd', self.X, dv)
        return dq @ self.Wq.T + dk @ self.Wk.T + dv @ self.Wv.T
