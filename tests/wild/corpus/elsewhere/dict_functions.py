import numpy as np


def conv_forward(X, W, b, stride=2):
    '''valid convolution, X: (N, C, H, W), W: (F, C, k, k)'''
    N, C, H, Wd = X.shape
    F, _, k, _ = W.shape
    Ho, Wo = (H - k) // stride + 1, (Wd - k) // stride + 1
    Y = np.zeros((N, F, Ho, Wo))
    for n in range(N):
        for f in range(F):
            for i in range(Ho):
                for j in range(Wo):
                    patch = X[n, :, i * stride:i * stride + k, j * stride:j * stride + k]
                    Y[n, f, i, j] = np.sum(patch * W[f]) + b[f]
    return Y, dict(X=X, W=W, stride=stride)


def conv_backward(dY, cache):
    X, W, s = cache['X'], cache['W'], cache['stride']
    k = W.shape[2]
    dX, dW, db = np.zeros_like(X), np.zeros_like(W), np.zeros(W.shape[0])
    N, F, Ho, Wo = dY.shape
    for n in range(N):
        for f in range(F):
            for i in range(Ho):
                for j in range(Wo):
                    g = dY[n, f, i, j]
                    win = (n, slice(None), slice(i * s, i * s + k), slice(j * s, j * s + k))
                    dW[f] += g * X[win]
                    dX[win] += g * W[f]
                    db[f] += g
    return {'dX': dX, 'dW': dW, 'db': db}
