import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


class LSTMCell:
    def __init__(self, D, H):
        self.W = np.random.randn(D + H, 4 * H) / np.sqrt(D + H)
        self.b = np.zeros(4 * H)

    def forward(self, x, h_prev, c_prev):
        self.z = np.concatenate([x, h_prev], axis=1)
        f, i, o, g = np.split(self.z @ self.W + self.b, 4, axis=1)
        self.f, self.i, self.o, self.g = sigmoid(f), sigmoid(i), sigmoid(o), np.tanh(g)
        self.c_prev = c_prev
        self.c = self.f * c_prev + self.i * self.g
        self.D = x.shape[1]
        return self.o * np.tanh(self.c), self.c

    def backward(self, dh, dc):
        tc = np.tanh(self.c)
        do = dh * tc
        dc = dc + dh * self.o * (1 - tc ** 2)
        df, di, dg = dc * self.c_prev, dc * self.g, dc * self.i
        da = np.concatenate([df * self.f * (1 - self.f), di * self.i * (1 - self.i),
                             do * self.o * (1 - self.o), dg * (1 - self.g)], axis=1)
        self.dW, self.db = self.z.T @ da, da.sum(axis=0)
        dz = da @ self.W.T
        return dz[:, :self.D], dz[:, self.D:], dc * self.f
