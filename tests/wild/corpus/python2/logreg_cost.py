#!/usr/bin/env python2
# logistic regression, week 2
import numpy as np

def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))

def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(np.dot(w.T, X) + b)
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    dw = (1 / m) * np.dot(X, (A - Y).T)
    db = (1 / m) * np.sum(A - Y)
    return dw, db, cost

def propagate2(w, b, X, Y):
    m = float(X.shape[1])
    A = sigmoid(np.dot(w.T, X) + b)
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    dw = (1 / m) * np.dot(X, (A - Y).T)
    db = (1 / m) * np.sum(A - Y)
    return dw, db, cost

if __name__ == "__main__":
    np.random.seed(0)
    w, b, X = np.zeros((2, 1)), 0., np.random.randn(2, 8)
    Y = (X[0:1] > 0) * 1
    for f in propagate, propagate2:
        print f.__name__, f(w, b, X, Y)
