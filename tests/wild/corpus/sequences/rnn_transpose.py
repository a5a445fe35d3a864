# -*- coding: utf-8 -*-
# RNN con una red recurrente simple (lote, tiempo, rasgos)
import numpy as np

def rnn_adelante(x, Wx, Wh, b):
    N, T, D = x.shape
    H = Wh.shape[0]
    h = np.zeros((N, T + 1, H))       # h[:, 0] es el estado inicial
    for t in range(T):
        h[:, t+1] = np.tanh(x[:, t] @ Wx + h[:, t] @ Wh + b)
    return h[:, 1:], (x, h, Wx, Wh)

def rnn_atras(dh, cache):
    x, h, Wx, Wh = cache
    N, T, H = dh.shape
    dx, dWx, dWh, db = np.zeros_like(x), np.zeros_like(Wx), np.zeros_like(Wh), np.zeros(H)
    siguiente = np.zeros((N, H))
    for t in range(T)[::-1]:
        dz = (dh[:, t] + siguiente) * (1 - h[:, t+1] ** 2)
        dx[:, t] = dz @ Wx.T
        dWx += x[:, t].T @ dz
        dWh += h[:, t].T @ dz
        db += dz.sum(axis=0)
        siguiente = dz @ Wh
    return dx, dWx, dWh, db
