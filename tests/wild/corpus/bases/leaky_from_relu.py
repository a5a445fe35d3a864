# coding=utf-8
# 激活函数
import numpy as np


class ReLU(object):
    def __init__(self):
        self.mask = None

    def forward(self, x):
        self.mask = (x <= 0)          # 记录小于等于零的位置
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout):
        dx = dout.copy()
        dx[self.mask] = 0
        return dx


class LeakyReLU(ReLU):
    """负半轴的斜率为 alpha"""
    def __init__(self, alpha=0.2):
        super(LeakyReLU, self).__init__()
        self.alpha = alpha

    def forward(self, x):
        self.mask = (x <= 0)
        out = x.copy()
        out[self.mask] *= self.alpha
        return out


class NegReLU(ReLU):
    """-relu(-x)"""
    def forward(self, x):
        return -super(NegReLU, self).forward(-x)
