# Dropout 层：训练时随机丢弃神经元，推理时不丢弃
import numpy as np


class Dropout:
    def __init__(self, ratio=0.5):
        self.ratio = ratio
        self.mask = None

    def forward(self, x, is_train):
        if is_train:
            self.mask = (np.random.rand(*x.shape) > self.ratio).astype(x.dtype)
            return x * self.mask
        # 推理：乘以保留概率
        self.mask = None
        return x * (1.0 - self.ratio)

    def backward(self, dout):
        if self.mask is None:
            return dout * (1.0 - self.ratio)
        return dout * self.mask
