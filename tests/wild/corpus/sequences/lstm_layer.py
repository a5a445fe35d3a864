# LSTM 레이어 (배치, 시간, 차원)
import numpy as np

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

class LSTM:
    def __init__(self, D, H, stateful=False):
        self.Wx = np.random.randn(D, 4 * H) / np.sqrt(D)
        self.Wh = np.random.randn(H, 4 * H) / np.sqrt(H)
        self.b = np.zeros(4 * H)
        self.H, self.stateful = H, stateful
        self.h = self.c = None

    def reset_state(self):
        self.h = self.c = None

    def forward(self, xs):
        N, T, D = xs.shape
        if not self.stateful or self.h is None:
            self.h, self.c = np.zeros((N, self.H)), np.zeros((N, self.H))
        self.steps, hs = [], np.empty((N, T, self.H))
        for t in range(T):
            A = xs[:, t] @ self.Wx + self.h @ self.Wh + self.b
            i, f, o, g = np.split(A, 4, axis=1)
            i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
            c = f * self.c + i * g
            h = o * np.tanh(c)
            self.steps.append((xs[:, t], self.h, self.c, i, f, o, g, c))
            self.h, self.c = h, c
            hs[:, t] = h
        return hs

    def backward(self, dhs):
        N, T, H = dhs.shape
        self.dWx, self.dWh, self.db = np.zeros_like(self.Wx), np.zeros_like(self.Wh), np.zeros_like(self.b)
        dxs = np.empty((N, T, self.Wx.shape[0]))
        dh, dc = 0, 0
        for t in reversed(range(T)):
            x, hp, cp, i, f, o, g, c = self.steps[t]
            dh = dh + dhs[:, t]
            tc = np.tanh(c)
            dc = dc + dh * o * (1 - tc ** 2)
            dA = np.hstack([dc * g * i * (1 - i), dc * cp * f * (1 - f),
                            dh * tc * o * (1 - o), dc * i * (1 - g ** 2)])
            self.dWx += x.T @ dA
            self.dWh += hp.T @ dA
            self.db += dA.sum(axis=0)
            dxs[:, t] = dA @ self.Wx.T
            dh = dA @ self.Wh.T
            dc = dc * f
        return dxs
