import numpy as np

# returns everything in a dict, the training loop picks what it needs

def multinomial(W, b, X, y):
    N = X.shape[0]
    logits = X.dot(W) + b
    logits = logits - logits.max(axis=-1, keepdims=True)
    logp = logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))
    nll = -logp[np.arange(N), y].sum()
    d = np.exp(logp)
    d[np.arange(N), y] -= 1
    return {'loss': nll, 'dW': X.T.dot(d), 'db': d.sum(axis=0)}


def multilabel(W, b, X, T):
    """T is a 0/1 matrix, several labels per sample allowed; mean over all entries"""
    z = X.dot(W) + b
    loss = np.mean(np.maximum(z, 0) - z * T + np.log1p(np.exp(-np.abs(z))))
    d = (1 / (1 + np.exp(-z)) - T) / len(X)
    return {'loss': loss, 'dW': X.T.dot(d), 'db': d.sum(axis=0)}


def focal(w, b, X, y, gamma=2.0):
    """binary focal loss, y in {0, 1}"""
    p = 1 / (1 + np.exp(-(X.dot(w) + b)))
    pt = np.where(y == 1, p, 1 - p)
    sign = np.where(y == 1, 1, -1)
    loss = -np.mean((1 - pt) ** gamma * np.log(pt))
    dpt = gamma * (1 - pt) ** (gamma - 1) * np.log(pt) - (1 - pt) ** gamma / pt
    d = dpt * sign * pt * (1 - pt) / len(y)
    return {'loss': loss, 'dw': X.T.dot(d), 'db': d.sum()}
