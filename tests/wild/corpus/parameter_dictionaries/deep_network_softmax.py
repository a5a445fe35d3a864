#!/usr/bin/env python3
import numpy as np


class DeepNeuralNetwork:
    """multiclass: tanh in the hidden layers, softmax at the end"""

    def __init__(self, nx, layers):
        self.__L, self.__cache, self.__weights = len(layers), {}, {}
        sizes = [nx] + layers
        for l in range(self.__L):
            self.__weights["W{}".format(l + 1)] = np.random.randn(sizes[l + 1], sizes[l]) / np.sqrt(sizes[l])
            self.__weights["b{}".format(l + 1)] = np.zeros((sizes[l + 1], 1))

    @property
    def weights(self):
        return self.__weights

    def forward_prop(self, X):
        self.__cache["A0"] = X
        for l in range(1, self.__L + 1):
            Z = np.matmul(self.__weights["W{}".format(l)], self.__cache["A{}".format(l - 1)])
            Z = Z + self.__weights["b{}".format(l)]
            if l == self.__L:
                t = np.exp(Z)
                A = t / np.sum(t, axis=0, keepdims=True)
            else:
                A = np.tanh(Z)
            self.__cache["A{}".format(l)] = A
        return A, self.__cache

    def cost(self, Y, A):
        return -np.sum(Y * np.log(A)) / Y.shape[1]

    def gradient_descent(self, Y, cache, alpha=0.05):
        m = Y.shape[1]
        old = self.__weights.copy()
        dZ = cache["A{}".format(self.__L)] - Y
        for l in reversed(range(1, self.__L + 1)):
            A_prev = cache["A{}".format(l - 1)]
            dW = np.matmul(dZ, A_prev.T) / m
            db = np.sum(dZ, axis=1, keepdims=True) / m
            dZ = np.matmul(old["W{}".format(l)].T, dZ) * (1 - A_prev ** 2)
            self.__weights["W{}".format(l)] = old["W{}".format(l)] - alpha * dW
            self.__weights["b{}".format(l)] = old["b{}".format(l)] - alpha * db
