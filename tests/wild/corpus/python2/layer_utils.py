# small helpers, loud ones
import numpy as np

VERBOSE = 0

def flat(x):
    """all axes but the first in one"""
    n = reduce(lambda a, b: a * b, x.shape[1:], 1)
    if VERBOSE:
        print "flat:", x.shape, "->", (x.shape[0], n)
    return x.reshape(x.shape[0], n)

def relu(x):
    return np.maximum(x, 0)

def check(cond, msg):
    if not cond:
        raise ValueError, msg
