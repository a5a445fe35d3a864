from collections import namedtuple
import numpy as np

Saved = namedtuple("Saved", "xh c_prev f i o g c W")
sigm = lambda v: 1 / (1 + np.exp(-v))


def lstm_fwd(x, h_prev, c_prev, W, b):
    """one step; W: (D + H, 4H) in the order f i o g"""
    xh = np.hstack([x, h_prev])
    f, i, o, g = np.split(xh @ W + b, 4, axis=1)
    f, i, o, g = sigm(f), sigm(i), sigm(o), np.tanh(g)
    c = f * c_prev + i * g
    return o * np.tanh(c), c, Saved(xh, c_prev, f, i, o, g, c, W)


def lstm_bwd(dh, dc, s):
    """dx, dh_prev, dc_prev, dW, db"""
    dc = dc + dh * s.o * (1 - s.c ** 2)
    da = np.hstack([
        dc * s.c_prev * s.f * (1 - s.f),
        dc * s.g * s.i * (1 - s.i),
        dh * np.tanh(s.c) * s.o * (1 - s.o),
        dc * s.i * (1 - s.g ** 2),
    ])
    dxh = da @ s.W.T
    D = s.xh.shape[1] - s.c.shape[1]
    return dxh[:, :D], dxh[:, D:], dc * s.f, s.xh.T @ da, da.sum(0)


def gru_fwd(x, h_prev, W, Wc, b, bc):
    """W: (D + H, 2H) for the gates z r, Wc: (D + H, H) for the candidate"""
    xh = np.hstack([x, h_prev])
    z, r = np.split(sigm(xh @ W + b), 2, axis=1)
    xrh = np.hstack([x, r * h_prev])
    c = np.tanh(xrh @ Wc + bc)
    return (1 - z) * h_prev + z * c, (xh, xrh, h_prev, z, r, c, W, Wc)


def gru_bwd(dh, cache):
    """dx, dh_prev, dW, dWc, db, dbc"""
    xh, xrh, h_prev, z, r, c, W, Wc = cache
    D = xh.shape[1] - h_prev.shape[1]
    dc = dh * z * (1 - c * c)
    dxrh = dc @ Wc.T
    dz = dh * (c - h_prev) * z * (1 - z)
    dr = dxrh[:, D:] * h_prev * r * (1 - r)
    da = np.hstack([dz, dr])
    dxh = da @ W.T
    dh_prev = dh * (1 - z) + dxrh[:, D:] * r + dxh[:, D:]
    return dxh[:, :D] + dxrh[:, :D], dh_prev, xh.T @ da, xrh.T @ dc, da.sum(0), dc.sum(0)
