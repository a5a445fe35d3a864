# 학습률 감쇠: backward(error, epoch) 에서 바로 가중치를 갱신한다
import numpy as np


class AffineLayer:
    def __init__(self, in_dim, out_dim, lr=0.05, decay=0.01):
        self.w = np.random.randn(in_dim, out_dim) / np.sqrt(in_dim)
        self.b = np.zeros(out_dim)
        self.lr = lr
        self.decay = decay

    def forward(self, x):
        self.x = x
        return np.dot(x, self.w) + self.b

    def backward(self, error, epoch):
        rate = self.lr / (1.0 + self.decay * epoch)
        dx = np.dot(error, self.w.T)
        dw = np.dot(self.x.T, error)
        db = error.sum(axis=0)
        self.w -= rate * dw
        self.b -= rate * db
        return dx


class ReluLayer:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask

    def backward(self, error, epoch):
        return error * self.mask
