import numpy as np


def softsign(x):
    return x / (1 + np.abs(x))


def grad_softsign(x):
    return 1 / (1 + np.abs(x)) ** 2


def hard_tanh(x):
    return np.clip(x, -1, 1)


def derivative_of_hard_tanh(x):
    g = np.zeros_like(x)
    g[(x > -1) & (x < 1)] = 1
    return g


def log_sigmoid(x):
    return -np.log1p(np.exp(-x))


def gradient_log_sigmoid(x, upstream):
    """chain rule included"""
    return upstream / (1 + np.exp(x))
