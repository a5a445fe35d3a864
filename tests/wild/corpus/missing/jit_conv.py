import numpy as np
from numba import njit, prange


@njit(parallel=True, fastmath=True)
def correlate_forward(x, w, b):
    # x (N, L), w (K,), b scalar in an array of length 1
    n, l = x.shape
    k = w.size
    y = np.zeros((n, l - k + 1))
    for i in prange(n):
        for t in range(l - k + 1):
            acc = b[0]
            for j in range(k):
                acc += x[i, t + j] * w[j]
            y[i, t] = acc
    return y


@njit
def correlate_backward(dy, x, w):
    n, l = x.shape
    k = w.size
    dx, dw, db = np.zeros_like(x), np.zeros_like(w), np.zeros(1)
    for i in range(n):
        for t in range(l - k + 1):
            db[0] += dy[i, t]
            for j in range(k):
                dx[i, t + j] += dy[i, t] * w[j]
                dw[j] += dy[i, t] * x[i, t + j]
    return dx, dw, db
