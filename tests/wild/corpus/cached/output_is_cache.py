"""출력값 자체를 캐시로 쓰는 계층들"""
import numpy as np


class Sigmoid:
    @staticmethod
    def forward(x):
        out = 1 / (1 + np.exp(-x))
        return out, out

    @staticmethod
    def backward(dout, cache):
        return dout * cache * (1 - cache)


class Tanh:
    @staticmethod
    def forward(x):
        out = np.tanh(x)
        return out, out

    @staticmethod
    def backward(dout, cache):
        return dout * (1 - cache) ** 2


class Sqrt:
    @staticmethod
    def forward(x):
        out = np.sqrt(x * x + 1)        # 항상 양수
        return out, (out, x)

    @staticmethod
    def backward(dout, cache):
        out, x = cache
        return dout * x / out
