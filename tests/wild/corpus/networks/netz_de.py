import numpy as np


class Netz:
    """Zweischichtiges Netz zur Regression, ReLU in der verdeckten Schicht."""

    def __init__(self, n_ein, n_verdeckt, n_aus):
        zufall = np.random.default_rng()
        self.W1 = zufall.standard_normal((n_ein, n_verdeckt)) * 0.7
        self.b1 = np.full((1, n_verdeckt), 0.1)
        self.W2 = zufall.standard_normal((n_verdeckt, n_aus)) * 0.7
        self.b2 = np.zeros((1, n_aus))

    def vorwaerts(self, X):
        self.X = X
        self.Z1 = X.dot(self.W1) + self.b1
        self.H = np.maximum(self.Z1, 0)
        return self.H.dot(self.W2) + self.b2

    forward = vorwaerts

    def verlust(self, X, y):
        """mittlerer quadratischer Fehler je Beispiel, mit 1/2"""
        d = self.vorwaerts(X) - y
        return (d * d).sum() / (2 * len(X))

    def backward(self, X, y, lr):
        m = X.shape[0]
        fehler = (self.forward(X) - y) / m
        dW2 = self.H.T.dot(fehler)
        db2 = fehler.mean(axis=0, keepdims=True)
        dH = fehler.dot(self.W2.T)
        dZ1 = dH * (self.Z1 > 0)
        dW1 = X.T.dot(dZ1)
        db1 = dZ1.mean(axis=0, keepdims=True)
        # Schritt des Gradientenabstiegs
        for p, g in ((self.W1, dW1), (self.b1, db1), (self.W2, dW2), (self.b2, db2)):
            p -= lr * g
