import numpy as np

# Z = W X + b, toutes les données sont en colonnes

def couche_forward(X, W, b):
    return W.dot(X) + b, (X, W)

def couche_backward(dZ, cache):
    X, W = cache
    m = X.shape[1]
    dW = dZ.dot(X.T) / m
    db = dZ.sum(axis=1, keepdims=True)
    dX = W.T.dot(dZ)
    return dX, dW, db
