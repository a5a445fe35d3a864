import numpy as np

def linear_sigmoid_forward(X, W, b):
    Z = X @ W + b
    A = 1 / (1 + np.exp(-Z))
    return A, (X, W, Z)

def linear_sigmoid_backward(dA, cache):
    """-> dX, dW, db"""
    X, W, Z = cache
    dZ = dA * Z * (1 - Z)
    dW = X.T @ dZ
    db = dZ.sum(axis=0)
    dX = dZ @ W.T
    return dX, dW, db

def linear_tanh_forward(X, W, b):
    A = np.tanh(X @ W + b)
    return A, (X, W, A)

def linear_tanh_backward(dA, cache):
    """-> dX, dW, db"""
    X, W, A = cache
    dZ = dA * (1 - A ** 2)
    dW = X.T @ dZ
    db = dZ.sum(axis=0)
    dX = dZ @ W.T
    return dX, dW, db
