import numpy as np


class Module(object):
    def __init__(self):
        self.out = None
        self.grad_input = None

    def forward(self, x):
        raise NotImplementedError

    def backward(self, grad_output):
        raise NotImplementedError


class Linear(Module):
    def __init__(self, n, m):
        super(Linear, self).__init__()
        stdv = 1. / np.sqrt(n)
        self.W = np.random.uniform(-stdv, stdv, size=(m, n))
        self.b = np.random.uniform(-stdv, stdv, size=m)

    def forward(self, x):
        self.x = x
        self.out = x.dot(self.W.T) + self.b

    def backward(self, grad_output):
        self.grad_W = grad_output.T.dot(self.x)
        self.grad_b = grad_output.sum(axis=0)
        self.grad_input = grad_output.dot(self.W)


class SoftPlus(Module):
    def forward(self, x):
        self.x = x
        self.out = np.log1p(np.exp(x))

    def backward(self, grad_output):
        self.grad_input = grad_output / (1 + np.exp(self.x))
