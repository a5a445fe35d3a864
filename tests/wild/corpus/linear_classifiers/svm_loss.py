# multiclass SVM
import numpy as np

DELTA = 1.0

def svm_loss(W, X, y, reg):
    """vectorised"""
    n = X.shape[0]
    scores = X @ W
    correct = scores[np.arange(n), y][:, np.newaxis]
    margins = np.maximum(0, scores - correct + DELTA)
    margins[np.arange(n), y] = 0
    loss = margins.sum() / n + reg * (W ** 2).sum()

    binary = (margins > 0).astype(float)
    binary[np.arange(n), y] = -binary.sum(axis=1)
    return loss, X.T @ binary / n + 2 * reg * W

def svm_loss_loop(W, X, y, reg):
    dW = np.zeros(W.shape)
    loss = 0.0
    n, c = X.shape[0], W.shape[1]
    for i in range(n):
        s = X[i] @ W
        for j in range(c):
            if j == y[i]:
                continue
            margin = s[j] - s[y[i]] + DELTA
            if margin > 0:
                loss += margin
                dW[:, j] += X[i]
    return loss / n + reg * (W ** 2).sum(), dW / n + 2 * reg * W

def svm_loss_squared(W, X, y, reg):
    # L2-SVM, rows of W are the classes here
    n = len(X)
    s = X @ W.T
    m = np.maximum(0, s - s[range(n), y].reshape(-1, 1) + DELTA)
    m[range(n), y] = 0
    loss = (m ** 2).sum() / n + 0.5 * reg * np.sum(W * W)
    d = 2 * m
    d[range(n), y] = -d.sum(1)
    dW = d.T @ X / n + reg * W
    return loss, dW
