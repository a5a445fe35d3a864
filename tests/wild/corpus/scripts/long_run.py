# -*- coding: utf-8 -*-
# Entrena durante toda la noche. Ctrl+C para parar.
import numpy as np
import time

def maxout_forward(x, W1, b1, W2, b2):
    u = x.dot(W1) + b1
    v = x.dot(W2) + b2
    salida = np.maximum(u, v)
    return salida, (x, W1, W2, u, v)

def maxout_backward(d, memoria):
    x, W1, W2, u, v = memoria
    du = np.where(u >= v, d, 0)
    dv = np.where(u >= v, 0, d)
    dW1, db1 = x.T.dot(du), du.sum(0)
    dW2, db2 = x.T.dot(dv), du.sum(0)
    dx = du.dot(W1.T) + dv.dot(W2.T)
    return dx, dW1, db1, dW2, db2

x = np.random.rand(64, 10)
y = x.sum(1, keepdims=True) ** 2
W1, W2 = np.random.randn(10, 1), np.random.randn(10, 1)
b1, b2 = np.zeros(1), np.zeros(1)
for i in range(10 ** 9):
    s, m = maxout_forward(x, W1, b1, W2, b2)
    g = maxout_backward(s - y, m)
    for p, q in zip((W1, b1, W2, b2), g[1:]):
        p -= 1e-4 * q
    if i % 100000 == 0:
        print(i, float(((s - y) ** 2).mean()))
        time.sleep(1)
