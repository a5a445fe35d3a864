import numpy as np

sigm = lambda a: 1. / (1. + np.exp(-a))


class GRUCell:
    """ h = (1 - z) * h_prev + z * n,   n = tanh(x Wn + r * (h_prev Un) + bn) """

    def __init__(self, D, H):
        self.p = {}
        for gate in 'zrn':
            self.p['W' + gate] = np.random.randn(D, H) * .4
            self.p['U' + gate] = np.random.randn(H, H) * .4
            self.p['b' + gate] = np.zeros(H)
        self.grads = {k: np.zeros_like(v) for k, v in self.p.items()}

    def forward(self, x, h):
        p = self.p
        z = sigm(x @ p['Wz'] + h @ p['Uz'] + p['bz'])
        r = sigm(x @ p['Wr'] + h @ p['Ur'] + p['br'])
        hu = h @ p['Un']
        n = np.tanh(x @ p['Wn'] + r * hu + p['bn'])
        self.saved = (x, h, z, r, hu, n)
        return (1 - z) * h + z * n

    def backward(self, dh_next):
        p, (x, h, z, r, hu, n) = self.p, self.saved
        dn = dh_next * z * (1 - n * n)
        dz = dh_next * (n - h) * z * (1 - z)
        dr = dn * hu * r * (1 - r)
        for gate, d in zip('zrn', (dz, dr, dn)):
            self.grads['W' + gate] = x.T @ d
            self.grads['b' + gate] = d.sum(0)
            self.grads['U' + gate] = h.T @ d
        self.grads['Un'] = h.T @ (dn * r)
        dx = dz @ p['Wz'].T + dr @ p['Wr'].T + dn @ p['Wn'].T
        dh = dz @ p['Uz'].T + dr @ p['Ur'].T + (dn * r) @ p['Un'].T
        return dx, dh
