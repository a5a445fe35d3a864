import numpy as np


class GRUCell(object):
    """
    z = sig(x Wz + h Uz), r = sig(x Wr + h Ur), n = tanh(x Wn + (r*h) Un), h' = (1-z)*n + z*h
    No biases.
    """

    def __init__(self, D, H, seed=None):
        rs = np.random.RandomState(seed)
        for name in ("Wz", "Wr", "Wn"):
            setattr(self, name, rs.randn(D, H) * 0.4)
        for name in ("Uz", "Ur", "Un"):
            setattr(self, name, rs.randn(H, H) * 0.4)

    def forward(self, x, h):
        sig = lambda a: 1 / (1 + np.exp(-a))
        z = sig(x @ self.Wz + h @ self.Uz)
        r = sig(x @ self.Wr + h @ self.Ur)
        n = np.tanh(x @ self.Wn + (r * h) @ self.Un)
        return (1 - z) * n + z * h, (x, h, z, r, n)

    def backward(self, cache, dout):
        x, h, z, r, n = cache
        dz = dout * (h - n) * z * (1 - z)
        dn = dout * (1 - z) * (1 - n ** 2)
        drh = dn @ self.Un.T
        dr = drh * h * r * (1 - r)

        dx = dz @ self.Wz.T + dr @ self.Wr.T + dn @ self.Wn.T
        dh = dz @ self.Uz.T + dr @ self.Ur.T + drh * r
        grads = {
            "Wz": x.T @ dz, "Wr": x.T @ dr, "Wn": x.T @ dn,
            "Uz": h.T @ dz, "Ur": h.T @ dr, "Un": (r * h).T @ dn,
        }
        return dx, dh, grads
