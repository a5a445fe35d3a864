import numpy as np


def logistic(v):
    return 0.5 * (1.0 + np.tanh(0.5 * v))


def softmax(v, axis=-1):
    e = np.exp(v - v.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)
