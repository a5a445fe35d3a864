import numpy as np

DTYPE = np.float32      # save memory on my laptop


def conv1d_forward(x, w, b):
    """x (N, L), w (K,), b scalar, 'valid' correlation"""
    x, w = np.asarray(x, DTYPE), np.asarray(w, DTYPE)
    L, K = x.shape[1], w.shape[0]
    cols = np.stack([x[:, k:L - K + 1 + k] for k in range(K)], axis=2)
    return cols @ w + DTYPE(b), (cols, w, x.shape)


def conv1d_backward(dout, cache):
    cols, w, shape = cache
    dout = np.asarray(dout, DTYPE)
    out_len = dout.shape[1]
    dw = np.tensordot(dout, cols, axes=([0, 1], [0, 1]))
    db = dout.sum()
    dx = np.zeros(shape, DTYPE)
    for k in range(w.shape[0]):
        dx[:, k:k + out_len] += dout * w[k]
    return dx, dw, db
