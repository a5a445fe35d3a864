# 多クラスロジスティック回帰（データは列に並べる）
import numpy as np


def softmax(u):
    u = u - u.max(axis=0)
    return np.exp(u) / np.exp(u).sum(axis=0)


def loss_and_grad(W, b, X, T, alpha=0.01):
    """X: (D, N), T: (K, N) の one-hot, W: (K, D), b: (K, 1)"""
    N = X.shape[1]
    Y = softmax(W @ X + b)
    E = -np.sum(T * np.log(Y)) / N + alpha / 2 * np.sum(W ** 2)
    delta = (Y - T) / N
    dW = delta @ X.T + alpha * W
    db = delta.sum(axis=1, keepdims=True)
    return E, dW, db


def loss_and_grad_sq(W, b, X, T):
    # 二乗誤差の場合、ソフトマックスの微分が必要
    N = X.shape[1]
    Y = softmax(W @ X + b)
    E = 0.5 * np.sum((Y - T) ** 2) / N
    d = (Y - T) / N
    delta = Y * (d - np.sum(d * Y, axis=1, keepdims=True))
    return E, delta @ X.T, delta.sum(axis=1, keepdims=True)
