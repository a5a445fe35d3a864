import numpy as np


class Affine:
    # forward: return / backward: attributes
    def __init__(self, W, b):
        self.W = W
        self.b = b

    def forward(self, x):
        self.original_shape = x.shape
        self.x = x.reshape(x.shape[0], -1)
        return np.dot(self.x, self.W) + self.b

    def backward(self, dout):
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        self.dx = np.dot(dout, self.W.T).reshape(self.original_shape)


class Softsign:
    def forward(self, x):
        self.denom = 1 + np.abs(x)
        return x / self.denom

    def backward(self, dout):
        self.dx = dout / self.denom ** 2
