# Normierung eines einzelnen Vektors
import numpy as np


def l2norm_vorwaerts(v):
    n = np.sqrt(np.dot(v, v))
    return v / n, (v, n)


def l2norm_rueckwaerts(dy, cache):
    v, n = cache
    return dy / n


def standardisieren_vorwaerts(v):
    mitte = v.mean()
    s = np.sqrt(((v - mitte) ** 2).mean() + 1e-8)
    y = (v - mitte) / s
    return y, (y, s)


def standardisieren_rueckwaerts(dy, cache):
    y, s = cache
    return (dy - dy.mean() - y * (dy * y).mean()) / s
