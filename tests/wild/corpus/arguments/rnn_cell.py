import numpy as np


class RNNCell:
    """h_t = tanh(x_t Wxh + h_{t-1} Whh + bh)"""

    def __init__(self, n_x, n_h):
        s = 1.0 / np.sqrt(n_h)
        self.Wxh = np.random.uniform(-s, s, (n_x, n_h))
        self.Whh = np.random.uniform(-s, s, (n_h, n_h))
        self.bh = np.zeros((1, n_h))
        self.zero_grad()

    def zero_grad(self):
        self.dWxh = np.zeros_like(self.Wxh)
        self.dWhh = np.zeros_like(self.Whh)
        self.dbh = np.zeros_like(self.bh)

    def forward(self, x, h_prev):
        return np.tanh(np.dot(x, self.Wxh) + np.dot(h_prev, self.Whh) + self.bh)

    def backward(self, dh, x, h_prev, h):
        dpre = dh * (1 - h * h)
        self.dWxh += np.dot(x.T, dpre)
        self.dWhh += np.dot(h_prev.T, dpre)
        self.dbh += np.sum(dpre, axis=0, keepdims=True)
        dx = np.dot(dpre, self.Wxh.T)
        dh_prev = np.dot(dpre, self.Whh)
        return dx, dh_prev
