# coding: utf-8
import numpy as np


def softmax(x):
    x = x - np.max(x, axis=-1, keepdims=True)   # 오버플로 대책
    return np.exp(x) / np.sum(np.exp(x), axis=-1, keepdims=True)


def cross_entropy(y, t):
    # 정답이 원-핫이면 인덱스로 바꾼다
    if t.ndim == y.ndim:
        t = t.argmax(axis=1)
    n = y.shape[0]
    return -np.sum(np.log(y[np.arange(n), t] + 1e-12)) / n
