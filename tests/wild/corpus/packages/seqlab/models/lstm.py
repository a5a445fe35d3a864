import numpy as np

from ..functional import logistic


def lstm_step_forward(x, prev_h, prev_c, Wx, Wh, b):
    """One step of an LSTM. x: (N, D), prev_h and prev_c: (N, H), Wx: (D, 4H), Wh: (H, 4H), b: (4H,)"""
    i, f, o, g = np.split(x @ Wx + prev_h @ Wh + b, 4, axis=1)
    i, f, o, g = logistic(i), logistic(f), logistic(o), np.tanh(g)
    next_c = f * prev_c + i * g
    tc = np.tanh(next_c)
    next_h = o * tc
    return next_h, next_c, (x, prev_h, prev_c, Wx, Wh, i, f, o, g, tc)


def lstm_step_backward(dnext_h, dnext_c, cache):
    x, prev_h, prev_c, Wx, Wh, i, f, o, g, tc = cache
    dc = dnext_c + dnext_h * o * (1 - tc ** 2)
    da = np.hstack([
        dc * g * i * (1 - i),
        dc * prev_c * f * (1 - f),
        dnext_h * tc * o * (1 - o),
        dc * i * (1 - g ** 2),
    ])
    return da @ Wx.T, da @ Wh.T, dc * f, x.T @ da, prev_h.T @ da, da.sum(axis=0)
