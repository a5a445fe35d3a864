# -*- coding: utf-8 -*-
import numpy as np

class BatchNorm:
    # 배치 정규화
    def __init__(self, dim, momentum=0.9):
        self.gamma, self.beta = np.ones(dim), np.zeros(dim)
        self.momentum = momentum
        self.mu, self.var = np.zeros(dim), np.ones(dim)

    def forward(self, x, train=True):
        if not train:
            return self.gamma * (x - self.mu) / np.sqrt(self.var + 1e-7) + self.beta
        m, v = x.mean(0), x.var(0)
        self.mu = self.momentum * self.mu + (1 - self.momentum) * m
        self.var = self.momentum * self.var + (1 - self.momentum) * v
        self.std = np.sqrt(v + 1e-7)
        self.xn = (x - m) / self.std
        return self.gamma * self.xn + self.beta

    def backward(self, dout):
        n = len(dout)
        self.dgamma = (dout * self.xn).sum(0)
        self.dbeta = dout.sum(0)
        d = dout * self.gamma
        # 평균과 분산을 통한 기울기까지
        return (d - d.sum(0) / n - self.xn * (d * self.xn).sum(0) / n) / self.std


class Dropout:
    def __init__(self, p=0.5, seed=3):
        self.p = p
        self.seed = seed

    def forward(self, x):
        np.random.seed(self.seed)
        self.mask = np.random.rand(*x.shape) > self.p
        return x * self.mask / (1 - self.p)

    def backward(self, dout):
        return dout * self.mask


if __name__ == '__main__':
    bn = BatchNorm(3)
    print '평균:', bn.forward(np.random.randn(10, 3)).mean(0)
