import numpy as np


class LSTMCell:
    """One step of an LSTM. Gate order in the weight matrix: input, forget, output, candidate."""

    def __init__(self, n_x, n_h):
        self.n_h = n_h
        self.parameters = {
            "Wx": np.random.randn(n_x, 4 * n_h) / np.sqrt(n_x),
            "Wh": np.random.randn(n_h, 4 * n_h) / np.sqrt(n_h),
            "b": np.zeros(4 * n_h),
        }
        self.gradients = {}

    def forward(self, x, h_prev, c_prev):
        H = self.n_h
        z = x @ self.parameters["Wx"] + h_prev @ self.parameters["Wh"] + self.parameters["b"]
        s = 1 / (1 + np.exp(-z[:, :3 * H]))
        i, f, o = s[:, :H], s[:, H:2 * H], s[:, 2 * H:]
        g = np.tanh(z[:, 3 * H:])
        c = f * c_prev + i * g
        tc = np.tanh(c)
        self.memory = x, h_prev, c_prev, i, f, o, g, tc
        return o * tc, c

    def backward(self, dh, dc):
        x, h_prev, c_prev, i, f, o, g, tc = self.memory
        dc = dc + dh * o * (1 - tc ** 2)
        dz = np.hstack([
            dc * g * i * (1 - i),
            dc * c_prev * f * (1 - f),
            dh * tc * o * (1 - o),
            dc * i * (1 - g ** 2),
        ])
        self.gradients["Wx"] = x.T @ dz
        self.gradients["Wh"] = h_prev.T @ dz
        self.gradients["b"] = dz.sum(axis=0)
        return dz @ self.parameters["Wx"].T, dz @ self.parameters["Wh"].T, dc * f
