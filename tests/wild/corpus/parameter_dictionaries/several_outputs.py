# 2-layer net, several sigmoid outputs (attributes of faces), no cost function needed for training
import numpy as np

sig = lambda z: 1. / (1. + np.exp(-z))

def init(sizes, seed=1):
    rs = np.random.RandomState(seed)
    p = {}
    for i in range(1, len(sizes)):
        p['W%d' % i] = rs.randn(sizes[i], sizes[i-1]) / np.sqrt(sizes[i-1])
        p['b%d' % i] = np.zeros((sizes[i], 1))
    return p

def forward_prop(X, params):
    assert X.shape[0] == params['W1'].shape[1]
    A1 = sig(params['W1'] @ X + params['b1'])
    A2 = sig(params['W2'] @ A1 + params['b2'])
    return A2, {'A0': X, 'A1': A1, 'A2': A2}

def back_prop(params, cache, Y):
    m = Y.shape[1]
    dZ2 = cache['A2'] - Y
    dZ1 = params['W2'].T @ dZ2 * cache['A1'] * (1 - cache['A1'])
    grads = {
        'dW2': dZ2 @ cache['A1'].T / m,
        'dW1': dZ1 @ cache['A0'].T / m,
        'db2': np.mean(dZ2, axis=1, keepdims=True),
        'db1': np.mean(dZ1, axis=1, keepdims=True),
    }
    for k in grads:
        assert grads[k].shape == params[k[1:]].shape, k
    return grads

if __name__ == '__main__':
    P = init([4, 6, 3])
    X = np.random.randn(4, 10); Y = (np.random.rand(3, 10) > .5) * 1
    for i in range(100):
        A, c = forward_prop(X, P)
        g = back_prop(P, c, Y)
        for k in P: P[k] -= 0.5 * g['d' + k]
