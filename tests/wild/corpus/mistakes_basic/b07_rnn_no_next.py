import numpy as np

class SimpleRNN:
    def __init__(self, n_in, n_hid, seed=42):
        r = np.random.RandomState(seed)
        self.U = r.normal(0, .4, (n_in, n_hid))
        self.V = r.normal(0, .4, (n_hid, n_hid))

    def forward(self, X):
        """X: batch x time x n_in"""
        self.X = X
        B, T, _ = X.shape
        self.S = np.zeros((B, T + 1, self.V.shape[0]))
        for t in range(T):
            self.S[:, t + 1] = np.tanh(X[:, t] @ self.U + self.S[:, t] @ self.V)
        return self.S[:, 1:]

    def backward(self, dS):
        self.dU, self.dV = 0, 0
        dX = np.zeros_like(self.X)
        for t in reversed(range(self.X.shape[1])):
            da = dS[:, t] * (1 - self.S[:, t + 1] ** 2)
            self.dU = self.dU + self.X[:, t].T @ da
            self.dV = self.dV + self.S[:, t].T @ da
            dX[:, t] = da @ self.U.T
        return dX
