# coding=utf-8
# LSTM のセル (1 ステップ)
import numpy as np


def sig(x):
    return 0.5 * (1.0 + np.tanh(0.5 * x))


class LSTMCell:
    def __init__(self, nx, nh):
        self.nh = nh
        self.W = np.random.randn(nx + nh, 4 * nh) / np.sqrt(nx + nh)
        self.b = np.zeros(4 * nh)

    def forward(self, x, h, c):
        n = self.nh
        xh = np.concatenate([x, h], axis=1)
        a = xh.dot(self.W) + self.b
        f, i, o = sig(a[:, :n]), sig(a[:, n:2*n]), sig(a[:, 2*n:3*n])
        g = np.tanh(a[:, 3*n:])
        c2 = f * c + i * g
        t = np.tanh(c2)
        return (o * t, c2), dict(xh=xh, c=c, f=f, i=i, o=o, g=g, t=t, nx=x.shape[1])

    def backward(self, dh2, dc2, cache):
        f, i, o, g, t = (cache[k] for k in "fiogt")
        # 記憶セルへの勾配
        ds = dc2 + dh2 * o * (1 - t ** 2)
        da = np.concatenate([ds * cache['c'] * f * (1 - f),
                             ds * g * i * (1 - i),
                             dh2 * t * o * (1 - o),
                             ds * i * (1 - g ** 2)], axis=1)
        dxh = da.dot(self.W.T)
        nx = cache['nx']
        grads = {'W': cache['xh'].T.dot(da), 'b': da.sum(axis=0)}
        return dxh[:, :nx], dxh[:, nx:], ds * f, grads
