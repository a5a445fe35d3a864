import numpy as np


def forward_linear(X, W, b):
    return [X.dot(W) + b, (X, W, b)]


def backward_linear(grad, cache):
    X, W, b = cache
    return [grad.dot(W.T), X.T.dot(grad), grad.sum(axis=0, keepdims=True)]


def forward_softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    S = E / E.sum(axis=1, keepdims=True)
    return [S, S]


def backward_softmax(grad, cache):
    S = cache
    return [grad * S * (1 - S)]


# quick test
X = np.random.randn(5, 3)
W = np.random.randn(3, 4)
b = np.zeros((1, 4))
Z, c1 = forward_linear(X, W, b)
P, c2 = forward_softmax(Z)
print(P.sum(axis=1))
(dZ,) = backward_softmax(P - np.eye(4)[[0, 1, 2, 3, 0]], c2)
dX, dW, db = backward_linear(dZ, c1)
print(dX.shape, dW.shape, db.shape)
