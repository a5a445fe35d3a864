"""Margin losses, labels are -1 or +1 (labels first, like in sklearn.metrics)."""
import numpy as np


def hinge_forward(y, score):
    margin = 1 - y * score
    loss = np.maximum(0, margin).mean()
    return loss, (y, margin)


def hinge_backward(cache):
    y, margin = cache
    dscore = np.zeros_like(margin)
    dscore[margin > 0] = -y[margin > 0]
    return dscore / y.size


def squared_hinge_forward(y, score):
    margin = np.maximum(0, 1 - y * score)
    loss = (margin ** 2).mean()
    return loss, (y, margin)


def squared_hinge_backward(cache):
    y, margin = cache
    dscore = np.where(margin > 0, -2.0 * y, 0.0)
    return dscore / y.size
