# 순전파는 self.y 에 저장, 역전파는 값을 반환
import numpy as np


class 곱셈층:
    def forward(self, a, b):
        self.a = a
        self.b = b
        self.y = a * b

    def backward(self, dy):
        da = dy * self.b
        db = dy * self.a
        return da, db


class Gelu:
    """근사식: x * sigmoid(1.702 x)"""

    def forward(self, x):
        self.x = x
        self.s = 1 / (1 + np.exp(-1.702 * x))
        self.y = x * self.s

    def backward(self, dy):
        return dy * (self.s + 1.702 * self.x * self.s * (1 - self.s))
