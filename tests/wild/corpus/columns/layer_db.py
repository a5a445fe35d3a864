# 全连接层 (每一列是一个样本)
import numpy as np


class FullyConnected(object):

    def __init__(self, inDim, outDim):
        self.W = np.random.uniform(-0.5, 0.5, (outDim, inDim))
        self.b = np.random.uniform(-0.5, 0.5, (outDim, 1))
        self.dW = None
        self.db = None

    def forward(self, X):
        # X: (inDim, m)
        self.X = X
        Z = np.dot(self.W, X) + self.b
        return Z

    def backward(self, dZ):
        self.dW = np.dot(dZ, self.X.T)
        self.db = np.sum(dZ)          # 偏置的梯度
        dX = np.dot(self.W.T, dZ)
        return dX

    def update(self, lr):
        self.W = self.W - lr * self.dW
        self.b = self.b - lr * self.db
