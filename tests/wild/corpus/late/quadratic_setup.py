# y = x W + x^2 V + b
import numpy as np

class QuadraticLayer(object):
    def __init__(self, units):
        self.units = units
        self.ready = False

    def setup(self, n_in):
        self.W = np.random.randn(n_in, self.units)
        self.V = 0.5 * np.random.randn(n_in, self.units)
        self.b = np.zeros(self.units)
        self.ready = True

    def forward(self, x):
        if not self.ready:
            self.setup(x.shape[1])
        self.x = x
        return x.dot(self.W) + (x ** 2).dot(self.V) + self.b

    def backward(self, dy):
        self.dW = self.x.T.dot(dy)
        self.dV = (self.x ** 2).T.dot(dy)
        self.db = dy.sum(axis=0)
        return dy.dot(self.W.T) + self.x * dy.dot(self.V.T)

l = QuadraticLayer(3)
out = l.forward(np.ones((2, 4)))
print(out.shape)
