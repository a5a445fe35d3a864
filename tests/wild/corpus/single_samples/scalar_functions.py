import math


def sigmoid_forward(x):
    out = 1 / (1 + math.exp(-x))
    return out, out


def sigmoid_backward(dout, cache):
    return dout * cache * (1 - cache)


def relu_forward(x):
    if x > 0:
        return x, x
    return 0.0, x


def relu_backward(dout, cache):
    if cache > 0:
        return dout
    else:
        return 0.0


def tanh_forward(x):
    return math.tanh(x), x


def tanh_backward(dout, cache):
    return dout / math.cosh(cache) ** 2


def swish_forward(x):
    s = 1 / (1 + math.exp(-x))
    return x * s, (x, s)


def swish_backward(dout, cache):
    x, s = cache
    return dout * x * s * (1 - s)
