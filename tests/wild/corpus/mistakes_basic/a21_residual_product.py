import numpy as np

class ResidualTanh:
    '''y = x + tanh(x W)'''

    def __init__(self, n):
        self.W = np.random.randn(n, n) / np.sqrt(n)

    def forward(self, x):
        self.x = x
        self.h = np.tanh(x.dot(self.W))
        return x + self.h

    def backward(self, dy):
        da = dy * (1 - self.h ** 2)
        self.dW = self.x.T.dot(da)
        branch = da.dot(self.W.T)
        skip = dy
        return branch * skip
