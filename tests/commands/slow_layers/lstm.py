"""An LSTM in loops over the steps and the gates, vectorised within a step."""

import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


class LSTM:
    """x (N, T, D) -> h (N, T, H), each sample and step by itself."""

    def __init__(self, input_size=8, hidden_size=64):
        rng = np.random.default_rng(0)
        self.Wx = rng.standard_normal((input_size, 4 * hidden_size)) / np.sqrt(input_size)
        self.Wh = rng.standard_normal((hidden_size, 4 * hidden_size)) / np.sqrt(hidden_size)
        self.b = 0.1 * rng.standard_normal(4 * hidden_size)

    def forward(self, x):
        N, T, D = x.shape
        H = self.Wh.shape[0]
        self.x = x
        self.h = np.zeros((N, T + 1, H))
        self.c = np.zeros((N, T + 1, H))
        self.gates = np.zeros((N, T, 4 * H))
        for n in range(N):
            for t in range(T):
                a = self.b.copy()
                for k in range(4 * H):
                    total = 0.0
                    for d in range(D):
                        total += x[n, t, d] * self.Wx[d, k]
                    a[k] += total
                a += self.h[n, t] @ self.Wh
                i, f, o = sigmoid(a[:H]), sigmoid(a[H : 2 * H]), sigmoid(a[2 * H : 3 * H])
                g = np.tanh(a[3 * H :])
                self.c[n, t + 1] = f * self.c[n, t] + i * g
                self.h[n, t + 1] = o * np.tanh(self.c[n, t + 1])
                self.gates[n, t] = np.concatenate([i, f, o, g])
        return self.h[:, 1:].copy()

    def backward(self, dout):
        N, T, _ = self.x.shape
        H = self.Wh.shape[0]
        dx = np.zeros_like(self.x)
        self.dWx, self.dWh, self.db = np.zeros_like(self.Wx), np.zeros_like(self.Wh), np.zeros_like(self.b)
        for n in range(N):
            dh, dc = np.zeros(H), np.zeros(H)
            for t in reversed(range(T)):
                dh = dh + dout[n, t]
                i, f, o, g = np.split(self.gates[n, t], 4)
                tc = np.tanh(self.c[n, t + 1])
                dc = dc + dh * o * (1 - tc**2)
                da = np.concatenate(
                    [dc * g * i * (1 - i), dc * self.c[n, t] * f * (1 - f), dh * tc * o * (1 - o), dc * i * (1 - g**2)]
                )
                self.dWx += np.outer(self.x[n, t], da)
                self.dWh += np.outer(self.h[n, t], da)
                self.db += da
                dx[n, t] = self.Wx @ da
                dh = self.Wh @ da
                dc = dc * f
        return dx
