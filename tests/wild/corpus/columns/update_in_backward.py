import numpy as np


class Schicht:
    """Vollverbundene Schicht mit Sigmoid.  X: (n_ein, m)"""

    def __init__(self, n_ein, n_aus, lernrate=0.5):
        self.W = np.random.randn(n_aus, n_ein)
        self.b = np.zeros((n_aus, 1))
        self.lernrate = lernrate

    def vorwaerts(self, X):
        self.X = X
        self.A = 1 / (1 + np.exp(-(self.W @ X + self.b)))
        return self.A

    def rueckwaerts(self, dA):
        dZ = dA * self.A * (1 - self.A)
        dW = dZ @ self.X.T
        db = dZ.sum(axis=1).reshape(-1, 1)
        # Gewichte anpassen
        self.W -= self.lernrate * dW
        self.b -= self.lernrate * db
        # Fehler an die vorherige Schicht weitergeben
        return self.W.T @ dZ
