import numpy as np


def he(fan_in, fan_out, rng=None):
    rng = rng or np.random.default_rng()
    return rng.normal(0.0, np.sqrt(2.0 / fan_in), size=(fan_in, fan_out))


def zeros(*shape):
    return np.zeros(shape)
