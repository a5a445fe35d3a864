import numpy as np


class Polynomial:
    """c[0] + c[1] x + c[2] x^2 + ...  for every entry of x"""

    def __init__(self, coefficients):
        self.c = np.array(coefficients, dtype=float)

    def forward(self, x):
        self.x = x
        y = 0.0
        for c in self.c[::-1]:      # Horner
            y = y * x + c
        return y

    def backward(self, dy):
        self.dc = np.array([np.sum(dy * self.x ** k) for k in range(len(self.c))])
        d = sum(k * c * self.x ** (k - 1) for k, c in enumerate(self.c) if k > 0)
        return dy * d


class Legendre3:
    """(5 x^3 - 3 x) / 2"""

    def forward(self, x):
        self.x = x
        return (5 * x ** 3 - 3 * x) / 2

    def backward(self, dy):
        return dy * (15 * self.x ** 2 - 3)
