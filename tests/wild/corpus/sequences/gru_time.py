# GRU over time, biases included, one big matrix for the two gates
import numpy as np

class GRU:
    def __init__(self, D, H):
        self.W = np.random.randn(D + H, 2*H) * 0.3
        self.b = np.zeros(2*H)
        self.Wc = np.random.randn(D + H, H) * 0.3
        self.bc = np.zeros(H)

    def forward(self, x):
        N, T, D = x.shape
        H = self.bc.size
        h = np.zeros((N, H)); hs = []; self.tape = []
        for t in range(T):
            xh = np.hstack((x[:, t], h))
            zr = 1/(1 + np.exp(-(xh @ self.W + self.b)))
            z, r = zr[:, :H], zr[:, H:]
            xr = np.hstack((x[:, t], r*h))
            c = np.tanh(xr @ self.Wc + self.bc)
            self.tape.append((xh, xr, h, z, r, c))
            h = z*h + (1 - z)*c
            hs.append(h)
        return np.transpose(hs, (1, 0, 2))

    def backward(self, dhs):
        N, T, H = dhs.shape
        self.dW, self.db = np.zeros_like(self.W), np.zeros_like(self.b)
        self.dWc, self.dbc = np.zeros_like(self.Wc), np.zeros_like(self.bc)
        D = self.W.shape[0] - H
        dx = np.zeros((N, T, D)); dh_next = np.zeros((N, H))
        while self.tape:
            t = len(self.tape) - 1
            xh, xr, h, z, r, c = self.tape.pop()
            dh = dhs[:, t] + dh_next
            dc = dh*(1 - z)*(1 - c*c)
            self.dWc += xr.T @ dc; self.dbc += dc.sum(0)
            dxr = dc @ self.Wc.T
            dz = dh*(h - c)*z*(1 - z)
            dr = dxr[:, D:]*h*r*(1 - r)
            dzr = np.hstack((dz, dr))
            self.dW += xh.T @ dzr; self.db += dzr.sum(0)
            dxh = dzr @ self.W.T
            dx[:, t] = dxh[:, :D] + dxr[:, :D]
            dh_next = dh*z + dxr[:, D:]*r + dxh[:, D:]
        return dx
