import numpy as np

eps = 1e-9

def forward(y_pred, y, sample_weight):
    """weighted log loss"""
    w = sample_weight / sample_weight.sum()
    ll = y * np.log(y_pred + eps) + (1 - y) * np.log(1 - y_pred + eps)
    cache = (y_pred, y, w)
    return -(w * ll).sum(), cache

def backward(cache):
    y_pred, y, w = cache
    return -w * (y / (y_pred + eps) - (1 - y) / (1 - y_pred + eps))
