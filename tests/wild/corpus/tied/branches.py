import numpy as np

class TanhUnit:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out) / np.sqrt(n_in)
        self.b = np.zeros(n_out)
    def forward(self, x):
        self.x = x
        self.y = np.tanh(x @ self.W + self.b)
        return self.y
    def backward(self, dy):
        dz = dy * (1 - self.y ** 2)
        self.dW = self.x.T @ dz
        self.db = dz.sum(0)
        return dz @ self.W.T

class SumOfBranches:
    '''adds the outputs of several units on the same input'''
    def __init__(self, n_in, n_out, n_branches=3):
        self.branches = [TanhUnit(n_in, n_out) for _ in range(n_branches)]
    def forward(self, x):
        return sum(b.forward(x) for b in self.branches)
    def backward(self, dy):
        return sum(b.backward(dy) for b in self.branches)

class ConcatBranches:
    '''puts the outputs of several units of the same width side by side'''
    def __init__(self, n_in, n_out, n_branches=3):
        self.branches = [TanhUnit(n_in, n_out) for _ in range(n_branches)]
    def forward(self, x):
        return np.concatenate([b.forward(x) for b in self.branches], axis=1)
    def backward(self, dy):
        parts = np.split(dy, len(self.branches), axis=1)
        dx = 0
        for b, part in zip(reversed(self.branches), parts):
            dx = dx + b.backward(part)
        return dx
