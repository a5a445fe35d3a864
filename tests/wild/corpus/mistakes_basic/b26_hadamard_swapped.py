import numpy as np

class MatMul:
    """两个矩阵相乘"""

    def forward(self, a, b):
        self.a, self.b = a, b
        return a @ b

    def backward(self, g):
        return g @ self.b.T, self.a.T @ g


class Hadamard:
    """逐元素相乘"""

    def forward(self, a, b):
        self.a, self.b = a, b
        return a * b

    def backward(self, g):
        return g * self.a, g * self.b
