import numpy as np


class SimpleRNN:
    """Simple recurrent layer that keeps its last state between batches.

    xs: (N, T, D), returns all hidden states (N, T, H)
    """

    def __init__(self, D, H):
        self.params = {'U': np.random.randn(D, H) * 0.5, 'V': np.random.randn(H, H) * 0.5, 'c': np.zeros(H)}
        self.grads = {}
        self.h = None

    def reset(self):
        self.h = None

    def forward(self, xs):
        N, T, D = xs.shape
        U, V, c = self.params['U'], self.params['V'], self.params['c']
        if self.h is None:
            self.h = np.zeros((N, V.shape[0]))
        self.xs, self.hs = xs, []
        for t in range(T):
            self.h = np.tanh(np.matmul(xs[:, t, :], U) + np.matmul(self.h, V) + c)
            self.hs.append(self.h)
        return np.array(self.hs).swapaxes(0, 1)

    def backward(self, dhs):
        U, V = self.params['U'], self.params['V']
        self.grads = {k: np.zeros_like(v) for k, v in self.params.items()}
        dxs = np.zeros_like(self.xs)
        dh = np.zeros_like(self.h)
        for t in range(dhs.shape[1] - 1, -1, -1):
            dh = dh + dhs[:, t, :]
            dpre = dh * (1 - self.hs[t] ** 2)
            self.grads['U'] += np.matmul(self.xs[:, t, :].T, dpre)
            self.grads['V'] += np.matmul(self.hs[t].T, dpre)
            self.grads['c'] += dpre.sum(0)
            dxs[:, t, :] = np.matmul(dpre, U.T)
            dh = np.matmul(dpre, V.T)
        return dxs
