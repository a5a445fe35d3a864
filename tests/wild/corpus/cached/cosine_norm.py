# L2-normalize, then scale. 用于人脸识别的小实验
import numpy as np


class Normalize(object):
    def __init__(self, eps=1e-10):
        self.eps = eps

    def forward(self, x):
        length = np.sqrt(np.sum(x ** 2, axis=1, keepdims=True)) + self.eps
        out = x / length
        return out, [x, length]

    def backward(self, dout, cache):
        x, length = cache
        # 商的求导法则
        return dout / length - x * np.sum(dout * x, axis=1, keepdims=True) / length ** 2


class Scale(object):
    """可学习的缩放系数 s"""

    def __init__(self, s=10.0):
        self.s = np.array([s])

    def forward(self, x):
        return self.s * x, [x]

    def backward(self, dout, cache):
        x = cache[0]
        ds = np.sum(dout * x).reshape(1)
        return self.s * dout, ds
