# 학습 가능한 활성화 함수들
import numpy as np

class 매개변수:
    def __init__(self, 값):
        self.data = np.array(값, dtype=float)
        self.grad = np.zeros_like(self.data)

class Swish:
    """y = x * sigmoid(beta * x), beta는 채널마다 하나"""
    def __init__(self, channels):
        self.beta = 매개변수(np.ones(channels))

    def forward(self, x):
        self.x = x
        self.s = 1 / (1 + np.exp(-self.beta.data * x))
        return x * self.s

    def backward(self, dout):
        ds = self.s * (1 - self.s)
        self.beta.grad += np.sum(dout * self.x ** 2 * ds, axis=0)
        return dout * (self.s + self.x * self.beta.data * ds)


class ParamELU:
    """x > 0 이면 x, 아니면 alpha * (exp(x) - 1)"""
    def __init__(self, alpha=1.0):
        self.alpha = 매개변수(alpha)

    def forward(self, x):
        self.x = x
        self.out = np.where(x > 0, x, self.alpha.data * np.expm1(np.minimum(x, 0)))
        return self.out

    def backward(self, dout):
        neg = self.x <= 0
        self.alpha.grad += np.sum(dout[neg] * np.expm1(self.x[neg]))
        # 음수 구간의 미분
        dx = dout.copy()
        dx[neg] *= self.out[neg]
        return dx
