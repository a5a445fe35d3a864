import numpy as np


class Tanh:
    def forward(self, x):
        self.y = np.tanh(x)
        return self.y

    def backward(self, dy):
        dx = dy * (1 - self.y * self.y)
        del self.y                     # 释放内存
        return dx


class FC:
    """全连接层. backward 之后缓存被清空, 所以每次 backward 之前都要先 forward."""

    def __init__(self, d_in, d_out):
        self.W = np.random.uniform(-1, 1, (d_in, d_out))
        self.b = np.random.uniform(-1, 1, d_out)
        self._stack = []

    def forward(self, x):
        self._stack.append(x)
        return x.dot(self.W) + self.b

    def backward(self, dy):
        x = self._stack.pop()
        self.dW, self.db = x.T.dot(dy), dy.sum(0)
        return dy.dot(self.W.T)


class Square:
    cache = None

    def forward(self, x):
        assert self.cache is None, "backward was not called"
        self.cache = x
        return x ** 2

    def backward(self, dy):
        x, self.cache = self.cache, None
        return 2 * x * dy
