"""Reverse-mode differentiation in 60 lines: every node knows (parent, local derivative)."""
import math
from collections import defaultdict


class Var:
    def __init__(self, value, local=()):
        self.value = float(value)
        self.local = local

    def __add__(self, o):
        return add(self, _var(o))

    def __mul__(self, o):
        return mul(self, _var(o))

    def __sub__(self, o):
        return add(self, mul(_var(o), Var(-1)))

    def __truediv__(self, o):
        o = _var(o)
        return Var(self.value / o.value, ((self, 1 / o.value), (o, -self.value / o.value ** 2)))


def _var(x):
    return x if isinstance(x, Var) else Var(x)


def add(a, b):
    return Var(a.value + b.value, ((a, 1.0), (b, 1.0)))


def mul(a, b):
    return Var(a.value * b.value, ((a, b.value), (b, a.value)))


def sin(a):
    return Var(math.sin(a.value), ((a, math.cos(a.value)),))


def exp(a):
    e = math.exp(a.value)
    return Var(e, ((a, e),))


def get_gradients(variable):
    """dict: node -> derivative of `variable` (sums over all paths)"""
    gradients = defaultdict(float)

    def walk(node, path_value):
        for child, local in node.local:
            v = path_value * local
            gradients[child] += v
            walk(child, v)

    walk(variable, 1.0)
    return gradients
