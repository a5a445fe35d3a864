import numpy as np


def sigmoid(x):
    # numerically stable version
    pos = x >= 0
    z = np.exp(-np.abs(x))
    return np.where(pos, 1 / (1 + z), z / (1 + z))


def sigmoid_prime(x):
    s = sigmoid(x)
    return s * (1 - s)


def softplus(x):
    return np.logaddexp(0.0, x)


def softplus_prime(x):
    return sigmoid(x)


def elu(x, alpha=1.0):
    return np.where(x > 0, x, alpha * (np.exp(x) - 1))


def elu_prime(x, alpha=1.0):
    return np.where(x > 0, 1.0, alpha * (np.exp(x) - 1))
