import numpy as np


def hinge_loss(scores, y):
    """binary hinge, y in {-1, +1}; accepts plain lists"""
    scores, y = np.asarray(scores, dtype=float), np.asarray(y, dtype=float)
    m = 1 - y * scores
    active = m > 0
    return np.mean(np.where(active, m, 0)), np.where(active, -y, 0) / len(y)


def logistic_loss(scores, y):
    """y in {-1, +1}"""
    scores, y = np.asarray(scores, dtype=float), np.asarray(y, dtype=float)
    z = -y * scores
    loss = np.mean(np.log(1 + np.exp(z)))
    grad = -y / (1 + np.exp(-z)) / len(y)
    return loss, grad
