import numpy as np

def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def gru_step_forward(x, prev_h, Wx, Wh, bx, bh):
    """
    GRU with two bias vectors, the reset gate acts after the matrix product:

        r = sigmoid(x Wxr + bxr + h Whr + bhr)
        u = sigmoid(x Wxu + bxu + h Whu + bhu)
        n = tanh(x Wxn + bxn + r * (h Whn + bhn))
        next_h = (1 - u) * n + u * h

    x (N, D), prev_h (N, H), Wx (D, 3H), Wh (H, 3H), bx and bh (3H,)
    """
    H = prev_h.shape[1]
    gx = x.dot(Wx) + bx
    gh = prev_h.dot(Wh) + bh
    r = sigmoid(gx[:, :H] + gh[:, :H])
    u = sigmoid(gx[:, H:2*H] + gh[:, H:2*H])
    hn = gh[:, 2*H:]
    n = np.tanh(gx[:, 2*H:] + r * hn)
    next_h = (1 - u) * n + u * prev_h
    return next_h, (x, prev_h, Wx, Wh, r, u, n, hn)


def gru_step_backward(dnext_h, cache):
    x, prev_h, Wx, Wh, r, u, n, hn = cache
    dn = dnext_h * (1 - u) * (1 - n**2)
    du = dnext_h * (prev_h - n) * u * (1 - u)
    dr = dn * hn * r * (1 - r)
    dgx = np.concatenate([dr, du, dn], axis=1)
    dgh = np.concatenate([dr, du, dn], axis=1)
    dx = dgx.dot(Wx.T)
    dprev_h = dnext_h * u + dgh.dot(Wh.T)
    dWx = x.T.dot(dgx)
    dWh = prev_h.T.dot(dgh)
    return dx, dprev_h, dWx, dWh, dgx.sum(axis=0), dgh.sum(axis=0)
