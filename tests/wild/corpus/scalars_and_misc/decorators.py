import functools
import time

import numpy as np


def timed(fn):
    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        start = time.perf_counter()
        try:
            return fn(*args, **kwargs)
        finally:
            wrapper.seconds += time.perf_counter() - start
    wrapper.seconds = 0.0
    return wrapper


def same_shape(fn):
    # no functools.wraps here
    def inner(self, array):
        result = fn(self, array)
        assert result.shape == array.shape
        return result
    return inner


def remember_input(fn):
    @functools.wraps(fn)
    def wrapper(self, x, **kw):
        self.last_x = x
        return fn(self, x, **kw)
    return wrapper


class Tanhshrink:
    @timed
    @same_shape
    @remember_input
    def forward(self, x):
        return x - np.tanh(x)

    @timed
    @same_shape
    def backward(self, dout):
        return dout * np.tanh(self.last_x) ** 2


class Mish:
    @same_shape
    @remember_input
    def forward(self, x):
        return x * np.tanh(np.log1p(np.exp(x)))

    @same_shape
    def backward(self, dout):
        x = self.last_x
        sp = np.log1p(np.exp(x))
        t = np.tanh(sp)
        return dout * (t + x * (1 - t ** 2) * np.exp(x))
