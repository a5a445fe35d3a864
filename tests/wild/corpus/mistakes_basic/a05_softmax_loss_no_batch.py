# coding: utf-8
import numpy as np

class SoftmaxWithLoss(object):
    def forward(self, x, t):
        c = np.max(x, axis=1, keepdims=True)
        exp_x = np.exp(x - c)
        self.y = exp_x / np.sum(exp_x, axis=1, keepdims=True)
        self.t = t
        batch_size = x.shape[0]
        return -np.sum(np.log(self.y[np.arange(batch_size), t])) / batch_size

    def backward(self, dout=1):
        batch_size = self.t.shape[0]
        dx = self.y.copy()
        dx[np.arange(batch_size), self.t] -= 1
        return dx
