"""Gates of a computational graph: forward(a, b) -> float, backward(d) -> (da, db)"""
from math import log


class SubGate:
    def forward(self, a, b):
        return a - b

    def backward(self, d):
        return d, -d


class DivGate:
    def forward(self, a, b):
        self.a, self.b = a, b
        return a / b

    def backward(self, d):
        return d / self.b, -d * self.a / self.b


class PowGate:
    def forward(self, a, b):
        self.a, self.b, self.out = a, b, a ** b
        return self.out

    def backward(self, d):
        return d * self.b * self.a ** (self.b - 1), d * self.out * log(self.a)


class MaxGate:
    def forward(self, a, b):
        self.first = a >= b
        return a if self.first else b

    def backward(self, d):
        return (d, 0.0) if self.first else (0.0, d)
