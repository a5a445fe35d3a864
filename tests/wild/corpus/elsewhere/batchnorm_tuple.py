# -*- coding: utf-8 -*-
import numpy as np


class BatchNormalization(object):
    def __init__(self, n_features, eps=1e-5):
        self.g = np.ones((1, n_features))
        self.b = np.zeros((1, n_features))
        self.eps = eps

    def forward(self, X):
        self.X = X
        self.mu = np.mean(X, axis=0)
        self.var = np.var(X, axis=0)
        self.Xn = (X - self.mu) / np.sqrt(self.var + self.eps)
        return self.g * self.Xn + self.b

    def backward(self, dY):
        """Returns dX, {dgamma, dbeta}"""
        N = self.X.shape[0]
        X_mu = self.X - self.mu
        std_inv = 1. / np.sqrt(self.var + self.eps)

        dXn = dY * self.g
        dvar = np.sum(dXn * X_mu, axis=0) * -.5 * std_inv ** 2
        dmu = np.sum(dXn * -std_inv, axis=0) + dvar * np.mean(-2. * X_mu, axis=0)

        dX = dXn * std_inv + dvar * 2 * X_mu / N + dmu / N
        dg = np.sum(dY * self.Xn, axis=0, keepdims=True)
        db = np.sum(dY, axis=0, keepdims=True)
        return dX, {"g": dg, "b": db}
