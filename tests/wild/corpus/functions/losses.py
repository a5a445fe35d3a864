import numpy as np


def softmax_loss(x, y):
    """
    x: scores (N, C);  y: labels (N,)
    returns loss, dx
    """
    N = x.shape[0]
    shifted = x - np.max(x, axis=1, keepdims=True)
    logp = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -logp[np.arange(N), y].sum() / N
    dx = np.exp(logp)
    dx[np.arange(N), y] -= 1
    dx /= N
    return loss, dx


def svm_loss(x, y):
    """Multiclass hinge loss, margin 1."""
    N = x.shape[0]
    correct = x[np.arange(N), y][:, None]
    margins = np.maximum(0, x - correct + 1.0)
    margins[np.arange(N), y] = 0
    loss = margins.sum() / N
    dx = (margins > 0).astype(float)
    dx[np.arange(N), y] -= 1
    return loss, dx / N


def mse_loss(x, y):
    diff = x - y
    return 0.5 * np.mean(diff * diff), diff / diff.size
