import numpy as np

class RegularizedNet:
    """columns; softmax output, L2 penalty on both weight matrices"""

    def __init__(self, n_x, n_h, n_y, lambd=0.7):
        np.random.seed(1)
        self.p = {}
        self.p['W1'] = np.random.randn(n_h, n_x) / np.sqrt(n_x)
        self.p['b1'] = np.zeros((n_h, 1))
        self.p['W2'] = np.random.randn(n_y, n_h) / np.sqrt(n_h)
        self.p['b2'] = np.zeros((n_y, 1))
        self.lambd = lambd

    def forward(self, X):
        self.A1 = np.tanh(self.p['W1'] @ X + self.p['b1'])
        Z2 = self.p['W2'] @ self.A1 + self.p['b2']
        t = np.exp(Z2 - Z2.max(0))
        self.A2 = t / t.sum(0)
        return self.A2

    def loss(self, X, Y):
        m = X.shape[1]
        cross_entropy_cost = -np.sum(Y * np.log(self.forward(X))) / m
        L2_cost = self.lambd / (2 * m) * (np.sum(self.p['W1'] ** 2) + np.sum(self.p['W2'] ** 2))
        return cross_entropy_cost + L2_cost

    def backward(self, X, Y):
        m = X.shape[1]
        self.forward(X)
        grads = {}
        dZ2 = self.A2 - Y
        grads['W2'] = dZ2 @ self.A1.T / m
        grads['b2'] = dZ2.sum(axis=1, keepdims=True) / m
        dZ1 = (self.p['W2'].T @ dZ2) * (1 - self.A1 ** 2)
        grads['W1'] = dZ1 @ X.T / m + self.lambd / m * self.p['W1']
        grads['b1'] = dZ1.sum(axis=1, keepdims=True) / m
        return grads
