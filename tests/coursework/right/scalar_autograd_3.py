"""Values are numbered as they arise, and backward goes through them from the latest to the first."""

import itertools
import math

NUMBERS = itertools.count()


class Value:
    def __init__(self, data, inputs=(), slopes=()):
        self.data, self.inputs, self.slopes = data, inputs, slopes
        self.number, self.grad = next(NUMBERS), 0.0

    def __add__(self, other):
        return Value(self.data + other.data, (self, other), (1, 1))

    def __mul__(self, other):
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def __pow__(self, n):
        return Value(pow(self.data, n), (self,), (n * pow(self.data, n - 1),))

    def tanh(self):
        return Value(math.tanh(self.data), (self,), (1 - math.tanh(self.data) ** 2,))

    def backward(self):
        waiting = {self.number: self}
        self.grad = 1.0
        while waiting:
            value = waiting.pop(max(waiting))
            for one, slope in zip(value.inputs, value.slopes, strict=True):
                one.grad += slope * value.grad
                waiting[one.number] = one
