"""The std goes to the generator; means and squares by hand."""

import math

import numpy as np


def he(shape, rng, dtype=np.float32):
    fan_in, fan_out = shape
    return rng.normal(0.0, math.sqrt(2.0 / fan_in), size=(fan_in, fan_out)).astype(dtype)


def variances(x, weights):
    result, h = [], x
    for i in range(len(weights)):
        z = np.dot(h, weights[i])
        mean = np.sum(z) / z.size
        result.append(float(np.sum((z - mean) ** 2) / z.size))
        h = z * (z > 0)
    return np.array(result)
