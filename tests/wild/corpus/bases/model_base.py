import numpy as np


class Model:
    """Base of the models.  A model has ``params`` and tells its loss and its gradients."""

    params = None

    def loss(self, X, y):
        raise NotImplementedError

    def gradients(self, X, y):
        raise NotImplementedError

    def fit(self, X, y, lr=0.1, steps=100):
        for _ in range(steps):
            g = self.gradients(X, y)
            for k in self.params:
                self.params[k] = self.params[k] - lr * g[k]
        return self


class PoissonRegression(Model):
    """y: counts, shape (m,)"""

    def __init__(self, n):
        self.params = {"theta": np.random.normal(0, .3, n), "bias": np.zeros(1)}

    def loss(self, X, y):
        eta = X @ self.params["theta"] + self.params["bias"]
        return np.mean(np.exp(eta) - y * eta)

    def gradients(self, X, y):
        eta = X @ self.params["theta"] + self.params["bias"]
        r = (np.exp(eta) - y) / y.size
        return {"theta": X.T @ r, "bias": r.sum(keepdims=True)}


class Autoencoder(Model):
    """tied weights; y is not used"""

    def __init__(self, n, k):
        self.params = {"W": np.random.normal(0, .5, (n, k))}

    def loss(self, X, y=None):
        W = self.params["W"]
        return 0.5 * np.sum((np.tanh(X @ W) @ W.T - X) ** 2)

    def gradients(self, X, y=None):
        W = self.params["W"]
        H = np.tanh(X @ W)
        E = H @ W.T - X
        return {"W": X.T @ (E @ W * (1 - H ** 2))}
