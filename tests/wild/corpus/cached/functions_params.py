'''Zwei-Schichten-Netz als Funktionen. params und grads sind dicts mit gleichen Schlüsseln.'''
import numpy as np


def init(d, h, c):
    rng = np.random.RandomState(1)
    return {'W1': rng.randn(d, h) / np.sqrt(d), 'b1': np.zeros(h),
            'W2': rng.randn(h, c) / np.sqrt(h), 'b2': np.zeros(c)}


def netz_forward(X, params):
    z1 = X @ params['W1'] + params['b1']
    a1 = np.maximum(z1, 0)
    scores = a1 @ params['W2'] + params['b2']
    return scores, (X, z1, a1, params)


def netz_backward(dscores, cache):
    X, z1, a1, params = cache
    grads = {}
    grads['W2'] = a1.T @ dscores
    grads['b2'] = dscores.sum(0)
    da1 = dscores @ params['W2'].T
    dz1 = da1 * (da1 > 0)
    grads['W1'] = X.T @ dz1
    grads['b1'] = dz1.sum(0)
    return dz1 @ params['W1'].T, grads
