import numpy as np


class RNN:
    """Vanilla RNN: h[t] = tanh(Wx x[t] + Wh h[t-1] + b), x: (T, D), zero start state"""

    def __init__(self, D, H):
        self.Wx = np.random.randn(H, D) * 0.5
        self.Wh = np.random.randn(H, H) * 0.5
        self.b = np.zeros(H)

    def forward(self, x):
        self.x = x
        self.h = {-1: np.zeros(len(self.b))}
        for t in range(len(x)):
            self.h[t] = np.tanh(self.Wx @ x[t] + self.Wh @ self.h[t - 1] + self.b)
        return np.array([self.h[t] for t in range(len(x))])

    def backward(self, dh):
        self.dWx = np.zeros_like(self.Wx)
        self.dWh = np.zeros_like(self.Wh)
        self.db = np.zeros_like(self.b)
        dx = np.zeros_like(self.x)
        dnext = np.zeros_like(self.b)
        for t in range(len(dh) - 1, -1, -1):
            d = (dh[t] + dnext) * (1 - self.h[t] ** 2)
            self.dWx += np.outer(d, self.x[t])
            self.dWh = np.outer(d, self.h[t - 1])
            self.db += d
            dx[t] = self.Wx.T @ d
            dnext = self.Wh.T @ d
        return dx
