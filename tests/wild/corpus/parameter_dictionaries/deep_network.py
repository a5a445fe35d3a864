#!/usr/bin/env python3
"""DeepNetwork performing binary classification"""
import numpy as np


class DeepNetwork:
    """deep neural network, sigmoid everywhere"""

    def __init__(self, nx, layers):
        """nx is the number of inputs, layers the list of the layers' sizes"""
        if not isinstance(nx, int):
            raise TypeError("nx must be an integer")
        if not isinstance(layers, list) or not layers:
            raise TypeError("layers must be a list of positive integers")
        self.__L = len(layers)
        self.__cache = {}
        self.__weights = {}
        prev = nx
        for i, n in enumerate(layers, 1):
            self.__weights["W" + str(i)] = np.random.randn(n, prev) * np.sqrt(2 / prev)
            self.__weights["b" + str(i)] = np.zeros((n, 1))
            prev = n

    @property
    def L(self):
        return self.__L

    @property
    def cache(self):
        return self.__cache

    @property
    def weights(self):
        return self.__weights

    def forward_prop(self, X):
        """returns the output and the cache"""
        self.__cache["A0"] = X
        for i in range(1, self.__L + 1):
            z = self.__weights["W" + str(i)] @ self.__cache["A" + str(i - 1)]
            z += self.__weights["b" + str(i)]
            self.__cache["A" + str(i)] = 1 / (1 + np.exp(-z))
        return self.__cache["A" + str(self.__L)], self.__cache

    def cost(self, Y, A):
        return -np.mean(Y * np.log(A) + (1 - Y) * np.log(1.0000001 - A))

    def gradient_descent(self, Y, cache, alpha=0.05):
        """one pass of gradient descent"""
        m = Y.shape[1]
        dz = cache["A" + str(self.__L)] - Y
        for i in range(self.__L, 0, -1):
            a = cache["A" + str(i - 1)]
            dw = dz @ a.T / m
            db = np.sum(dz, axis=1, keepdims=True) / m
            self.__weights["W" + str(i)] -= alpha * dw
            self.__weights["b" + str(i)] -= alpha * db
            dz = (self.__weights["W" + str(i)].T @ dz) * a * (1 - a)
