import numpy as np


class GRUCell:
    """h = (1 - z) * h_prev + z * h_hat"""

    def __init__(self, n_x, n_h, seed=None):
        rs = np.random.RandomState(seed)
        self.Wz, self.Wr, self.Wh = (0.5 * rs.randn(n_x, n_h) for _ in range(3))
        self.Uz, self.Ur, self.Uh = (0.5 * rs.randn(n_h, n_h) for _ in range(3))

    def forward(self, x, h_prev):
        sig = lambda v: 1.0 / (1.0 + np.exp(-v))
        z = sig(x @ self.Wz + h_prev @ self.Uz)
        r = sig(x @ self.Wr + h_prev @ self.Ur)
        h_hat = np.tanh(x @ self.Wh + (r * h_prev) @ self.Uh)
        self.saved = x, h_prev, z, r, h_hat
        return (1 - z) * h_prev + z * h_hat

    def backward(self, dh):
        x, h_prev, z, r, h_hat = self.saved
        d_hat = dh * z * (1 - h_hat ** 2)
        dz = dh * (h_hat - h_prev) * z * (1 - z)
        d_rh = d_hat @ self.Uh.T
        dr = d_rh * h_prev * r * (1 - r)

        self.dWz, self.dUz = x.T @ dz, h_prev.T @ dz
        self.dWr, self.dUr = x.T @ dr, h_prev.T @ dr
        self.dWh, self.dUh = x.T @ d_hat, (r * h_prev).T @ d_hat

        dx = dz @ self.Wz.T + dr @ self.Wr.T + d_hat @ self.Wh.T
        dh_prev = d_rh * r + dz @ self.Uz.T + dr @ self.Ur.T
        return dx, dh_prev
