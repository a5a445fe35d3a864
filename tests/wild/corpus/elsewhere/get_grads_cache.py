import numpy as np

EPSILON = 1e-8


class AttentionPooling:
    """
    Pools a sequence with a learned query.

    score_t = v . tanh(U x_t),  a = softmax(score),  y = sum_t a_t x_t
    x: (N, T, D) -> y: (N, D)
    """

    def __init__(self, d, k):
        self.U = np.random.randn(k, d) * 0.5
        self.v = np.random.randn(k) * 0.5
        self.cache = {}

    def forward(self, x):
        h = np.tanh(np.einsum('kd,ntd->ntk', self.U, x))
        score = h @ self.v
        e = np.exp(score - score.max(axis=1, keepdims=True))
        a = e / (e.sum(axis=1, keepdims=True))
        self.cache = {'x': x, 'h': h, 'a': a}
        return np.einsum('nt,ntd->nd', a, x)

    def backward(self, dy):
        x, h, a = (self.cache[k] for k in 'xha')
        da = np.einsum('nd,ntd->nt', dy, x)
        ds = a * (da - np.sum(a * da, axis=1, keepdims=True))
        dh = ds[:, :, None] * self.v * (1 - h * h)
        self.cache['dv'] = np.einsum('nt,ntk->k', ds, h)
        self.cache['dU'] = np.einsum('ntk,ntd->kd', dh, x)
        return a[:, :, None] * dy[:, None, :] + np.einsum('ntk,kd->ntd', dh, self.U)

    def get_params(self):
        return {'U': self.U, 'v': self.v}

    def get_grads(self):
        return {'U': self.cache['dU'], 'v': self.cache['dv']}
