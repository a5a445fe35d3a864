# 再帰セル二種類（1 ステップ分）
import numpy as np


def irnn_step(x, h, Wx, Wh, b):
    # ReLU の再帰セル
    a = np.dot(x, Wx) + np.dot(h, Wh) + b
    h_next = np.maximum(a, 0)
    return h_next, (x, h, Wx, Wh, a)


def irnn_step_grad(dh_next, cache):
    x, h, Wx, Wh, a = cache
    da = dh_next * (a > 0)
    dx = np.dot(da, Wx.T)
    dh = np.dot(da, Wh.T)
    dWx = np.dot(x.T, da)
    dWh = np.dot(h.T, da)
    db = np.sum(da, axis=0)
    return dx, dh, dWx, dWh, db


def leaky_step(x, h, Wx, Wh, b, tau=4.0):
    # 漏れ積分セル: h' = h + (tanh(a) - h) / tau
    a = np.dot(x, Wx) + np.dot(h, Wh) + b
    u = np.tanh(a)
    return h + (u - h) / tau, (x, h, Wx, Wh, u, tau)


def leaky_step_grad(dh_next, cache):
    x, h, Wx, Wh, u, tau = cache
    da = dh_next * (1 - u ** 2) / tau
    dx = np.dot(da, Wx.T)
    dh = np.dot(da, Wh.T) + dh_next
    dWx = np.dot(x.T, da)
    dWh = np.dot(h.T, da)
    db = np.sum(da, axis=0)
    return dx, dh, dWx, dWh, db
