# -*- coding: utf-8 -*-
# Regresión lineal y logística con descenso de gradiente
import numpy as np


class RegresionLineal:
    def __init__(self, n_features):
        self.w = np.random.normal(size=n_features)
        self.b = 0.0

    def predict(self, X):
        return X @ self.w + self.b

    def loss(self, X, y):
        # error cuadrático medio (con 1/2)
        return ((self.predict(X) - y) ** 2).sum() / (2 * len(y))

    def gradient(self, X, y):
        error = self.predict(X) - y
        return X.T @ error / len(y), error.mean()

    def fit(self, X, y, lr=0.1, n_iter=100):
        for _ in range(n_iter):
            dw, db = self.gradient(X, y)
            self.w -= lr * dw
            self.b -= lr * db
        return self


class RegresionLogistica:
    def __init__(self, n_features):
        self.w = np.random.normal(size=n_features)
        self.b = 0.0

    def predict_proba(self, X):
        return 1 / (1 + np.exp(-(X @ self.w + self.b)))

    def loss(self, X, y):
        p = self.predict_proba(X)
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

    def gradient(self, X, y):
        error = self.predict_proba(X) - y
        return X.T @ error / len(y), error.mean()

    def fit(self, X, y, lr=0.1, n_iter=100):
        for _ in range(n_iter):
            dw, db = self.gradient(X, y)
            self.w, self.b = self.w - lr * dw, self.b - lr * db
        return self
