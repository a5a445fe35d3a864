import numpy as np


class Tensor:
    def __init__(self, *shape, scale=0.3):
        self.value = scale * np.random.randn(*shape)
        self.gradient = np.zeros(shape)


class ElmanRNN:
    """h_t = tanh(Wx x_t + Wh h_{t-1} + b); sequences are (T, N, D), all hidden states are returned."""

    def __init__(self, input_dim, hidden_dim):
        self.weights = {
            'Wx': Tensor(input_dim, hidden_dim),
            'Wh': Tensor(hidden_dim, hidden_dim),
            'b': Tensor(hidden_dim),
        }
        self.hidden_dim = hidden_dim

    def forward(self, xs):
        self.xs = xs
        T, N, _ = xs.shape
        h = np.zeros((N, self.hidden_dim))
        self.hs = [h]
        for t in range(T):
            h = np.tanh(xs[t] @ self.weights['Wx'].value + h @ self.weights['Wh'].value
                        + self.weights['b'].value)
            self.hs.append(h)
        return np.stack(self.hs[1:])

    def backward(self, dhs):
        for p in self.weights.values():
            p.gradient[:] = 0
        dxs = np.zeros_like(self.xs)
        dh_next = 0
        for t in range(len(dhs) - 1, -1, -1):
            dz = (dhs[t] + dh_next) * (1 - self.hs[t + 1] ** 2)
            self.weights['Wx'].gradient += self.xs[t].T @ dz
            self.weights['Wh'].gradient += self.hs[t + 1].T @ dz
            self.weights['b'].gradient += dz.sum(axis=0)
            dxs[t] = dz @ self.weights['Wx'].value.T
            dh_next = dz @ self.weights['Wh'].value.T
        return dxs
