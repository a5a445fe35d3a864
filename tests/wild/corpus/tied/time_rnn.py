import numpy as np


class RNNStep:
    def __init__(self, Wx, Wh, b):
        self.params = [Wx, Wh, b]
        self.grads = [np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(b)]
        self.cache = None

    def forward(self, x, h_prev):
        Wx, Wh, b = self.params
        h_next = np.tanh(np.dot(h_prev, Wh) + np.dot(x, Wx) + b)
        self.cache = (x, h_prev, h_next)
        return h_next

    def backward(self, dh_next):
        Wx, Wh, b = self.params
        x, h_prev, h_next = self.cache
        dt = dh_next * (1 - h_next ** 2)
        self.grads[0][...] = np.dot(x.T, dt)
        self.grads[1][...] = np.dot(h_prev.T, dt)
        self.grads[2][...] = np.sum(dt, axis=0)
        return np.dot(dt, Wx.T), np.dot(dt, Wh.T)


class UnrolledRNN:
    """時刻ごとに一つのRNNStepを作り、重みは全時刻で共有する。入力は (N, T, D)"""

    def __init__(self, D, H):
        self.H = H
        Wx = np.random.randn(D, H) / np.sqrt(D)
        Wh = np.random.randn(H, H) / np.sqrt(H)
        b = np.zeros(H)
        self.params = [Wx, Wh, b]
        self.grads = [np.zeros_like(p) for p in self.params]
        self.layers = []

    def forward(self, xs):
        N, T, D = xs.shape
        hs = np.empty((N, T, self.H))
        self.layers, h = [], np.zeros((N, self.H))
        for t in range(T):
            layer = RNNStep(*self.params)
            h = layer.forward(xs[:, t, :], h)
            hs[:, t, :] = h
            self.layers.append(layer)
        return hs

    def backward(self, dhs):
        dxs, dh = [], 0
        total = [0, 0, 0]
        for t in reversed(range(dhs.shape[1])):
            layer = self.layers[t]
            dx, dh = layer.backward(dhs[:, t, :] + dh)
            dxs.insert(0, dx)
            for i, g in enumerate(layer.grads):
                total[i] += g
        for i in range(3):
            self.grads[i][...] = total[i]
        return np.stack(dxs, axis=1)
