# labels are +1 / -1 in this file, w is a plain vector and there is no bias
import numpy as np

def hinge(w, X, y, C=1.0):
    margin = 1 - y * (X @ w)
    loss = 0.5 * w @ w + C * np.maximum(0, margin).sum()
    active = margin > 0
    grad = w - C * (y * active) @ X
    return loss, grad

def squared_hinge(w, X, y, C=1.0):
    m = np.maximum(0, 1 - y * (X @ w))
    return 0.5 * w @ w + C * (m ** 2).sum(), w - C * X.T @ (m * y)

def logloss(w, X, y):
    z = y * (X @ w)
    # log(1 + exp(-z)), mean
    loss = np.logaddexp(0, -z).mean()
    s = 1 / (1 + np.exp(z))
    return loss, -(X.T @ (s * y)) / len(y)

def exp_loss(w, X, y):
    e = np.exp(-y * (X @ w))
    return e.mean(), -(X.T @ e) / len(y)

def sgd(f, X, y, w=None, lr=.1, epochs=10):
    w = np.zeros(X.shape[1]) if w is None else w
    for _ in range(epochs):
        for i in np.random.permutation(len(y)):
            w = w - lr * f(w, X[i:i+1], y[i:i+1])[1]
    return w
