import numpy as np


class StatefulRNN:
    """
    Elman RNN over a batch of sequences (N, T, D).

    The last hidden state is kept and is where the next call starts from
    (truncated BPTT).  Use reset_state() at the beginning of a new text.
    """

    def __init__(self, Wx, Wh, b):
        self.params = [Wx, Wh, b]
        self.grads = [np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(b)]
        self.h = None
        self.caches = None

    def reset_state(self):
        self.h = None

    def forward(self, xs):
        Wx, Wh, b = self.params
        N, T, D = xs.shape
        H = Wh.shape[0]
        if self.h is None:
            self.h = np.zeros((N, H))
        hs = np.empty((N, T, H))
        self.caches = []
        for t in range(T):
            h_prev = self.h
            self.h = np.tanh(xs[:, t] @ Wx + h_prev @ Wh + b)
            hs[:, t] = self.h
            self.caches.append((xs[:, t], h_prev, self.h))
        return hs

    def backward(self, dhs):
        Wx, Wh, b = self.params
        N, T, H = dhs.shape
        dxs = np.empty((N, T, Wx.shape[0]))
        for g in self.grads:
            g[...] = 0
        dh = np.zeros((N, H))
        for t in reversed(range(T)):
            x, h_prev, h = self.caches[t]
            da = (dhs[:, t] + dh) * (1 - h ** 2)
            self.grads[0] += x.T @ da
            self.grads[1] += h_prev.T @ da
            self.grads[2] += da.sum(axis=0)
            dxs[:, t] = da @ Wx.T
            dh = da @ Wh.T
        return dxs
