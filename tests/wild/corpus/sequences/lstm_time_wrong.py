import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


class LSTMLayer:
    def __init__(self, dim_in, dim_hidden):
        self.W = np.random.randn(dim_in + dim_hidden, 4 * dim_hidden) * 0.4
        self.b = np.zeros(4 * dim_hidden)
        self.H = dim_hidden

    def forward(self, x):
        N, T, D = x.shape
        H = self.H
        h, c = np.zeros((N, H)), np.zeros((N, H))
        self.cache, out = [], []
        for t in range(T):
            xh = np.concatenate([x[:, t], h], axis=1)
            a = xh @ self.W + self.b
            f, i, o = sigmoid(a[:, :H]), sigmoid(a[:, H:2*H]), sigmoid(a[:, 2*H:3*H])
            g = np.tanh(a[:, 3*H:])
            c_prev, c = c, f * c + i * g
            h = o * np.tanh(c)
            self.cache.append((xh, c_prev, f, i, o, g, np.tanh(c)))
            out.append(h)
        return np.stack(out, axis=1)

    def backward(self, dout):
        N, T, H = dout.shape
        D = self.W.shape[0] - H
        self.dW, self.db = np.zeros_like(self.W), np.zeros_like(self.b)
        dx, dh_next = np.zeros((N, T, D)), np.zeros((N, H))
        for t in range(T - 1, -1, -1):
            xh, c_prev, f, i, o, g, tc = self.cache[t]
            dh = dout[:, t] + dh_next
            dc = dh * o * (1 - tc ** 2)
            da = np.concatenate([dc * c_prev * f * (1 - f), dc * g * i * (1 - i),
                                 dh * tc * o * (1 - o), dc * i * (1 - g ** 2)], axis=1)
            self.dW += xh.T @ da
            self.db += da.sum(axis=0)
            dxh = da @ self.W.T
            dx[:, t], dh_next = dxh[:, :D], dxh[:, D:]
        return dx
