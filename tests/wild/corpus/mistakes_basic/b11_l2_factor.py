import numpy as np

class RidgeRegression:
    """loss = 1/(2N) |XW - y|^2 + reg/2 |W|^2"""

    def __init__(self, n, reg=0.5):
        self.W = np.random.randn(n)
        self.b = np.zeros(1)
        self.reg = reg

    def loss(self, X, y):
        self.X, self.r = X, X @ self.W + self.b - y
        return 0.5 * np.mean(self.r ** 2) + 0.5 * self.reg * np.sum(self.W ** 2)

    def backward(self):
        N = len(self.r)
        self.dW = self.X.T @ self.r / N + 2 * self.reg * self.W
        self.db = np.array([self.r.mean()])
