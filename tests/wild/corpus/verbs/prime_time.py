import random
import numpy as np


class Activation:
    def __call__(self, x): raise NotImplementedError
    def prime(self, x): raise NotImplementedError


class ReLU(Activation):
    def __call__(self, x):
        return x * (x > 0)

    def prime(self, x):
        return (x > 0).astype(x.dtype)


class SquaredReLU(Activation):
    def __call__(self, x):
        return np.square(x * (x > 0))

    def prime(self, x):
        return 2 * x * (x > 0)


class MSE:
    def __call__(self, y_true, y_pred):
        return ((y_true - y_pred) ** 2).sum(axis=1).mean() / 2

    def prime(self, y_true, y_pred):
        return (y_pred - y_true) / len(y_true)


if __name__ == '__main__':
    act, cost = SquaredReLU(), MSE()
    X = np.random.rand(20, 2)
    Y = X.sum(axis=1, keepdims=True)
    W = np.random.rand(2, 1)
    for epoch in range(30):
        z = X @ W
        W -= .1 * X.T @ (cost.prime(Y, act(z)) * act.prime(z))
    print(cost(Y, act(X @ W)))
