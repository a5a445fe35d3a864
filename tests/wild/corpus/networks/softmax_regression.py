#!/usr/bin/env python3
"""Multinomial logistic regression: forward / backward as plain functions."""
import numpy as np


def one_hot(labels, k):
    return np.eye(k)[labels]


def forward(X, W, b):
    logits = np.einsum('nd,dk->nk', X, W) + b
    logits -= logits.max(axis=1, keepdims=True)
    e = np.exp(logits)
    return e / e.sum(axis=1, keepdims=True)


def cross_entropy(P, Y):
    return -np.mean(np.sum(Y * np.log(P), axis=1))


def backward(X, Y, P):
    """Returns (dW, db) of the mean cross entropy for one-hot Y."""
    n = X.shape[0]
    diff = (P - Y) / n
    dW = np.einsum('nd,nk->dk', X, diff)
    db = np.einsum('nk->k', diff)
    return dW, db


def train(X, labels, k, lr=0.5, steps=200):
    W, b = np.zeros((X.shape[1], k)), np.zeros(k)
    Y = one_hot(labels, k)
    for _ in range(steps):
        P = forward(X, W, b)
        dW, db = backward(X, Y, P)
        W -= lr * dW
        b -= lr * db
    return W, b


if __name__ == '__main__':
    r = np.random.RandomState(3)
    centers = np.array([[0, 3], [3, 0], [-3, -3]])
    labels = r.randint(3, size=90)
    X = centers[labels] + r.randn(90, 2)
    W, b = train(X, labels, 3)
    print('train accuracy', (forward(X, W, b).argmax(1) == labels).mean())
