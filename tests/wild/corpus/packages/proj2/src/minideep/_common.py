import numpy as np


def as_float(a):
    return np.asarray(a, dtype=np.float64)
