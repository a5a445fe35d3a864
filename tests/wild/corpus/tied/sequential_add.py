from typing import List
import numpy as np


class Dense:
    def __init__(self, n_in: int, n_out: int):
        self.W = np.random.randn(n_in, n_out) * np.sqrt(2 / n_in)
        self.b = np.zeros((1, n_out))

    def forward(self, x: np.ndarray) -> np.ndarray:
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad: np.ndarray) -> np.ndarray:
        self.dW = self.x.T @ grad
        self.db = grad.sum(axis=0, keepdims=True)
        return grad @ self.W.T


class Relu:
    def forward(self, x: np.ndarray) -> np.ndarray:
        self.on = x > 0
        return x * self.on

    def backward(self, grad: np.ndarray) -> np.ndarray:
        return grad * self.on


class Sequential:
    def __init__(self):
        self.layers: List = []

    def add(self, layer) -> "Sequential":
        self.layers.append(layer)
        return self

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, grad):
        for layer in self.layers[::-1]:
            grad = layer.backward(grad)
        return grad


if __name__ == "__main__":
    np.random.seed(4)
    model = Sequential().add(Dense(2, 8)).add(Relu()).add(Dense(8, 1))
    X = np.random.randn(128, 2)
    y = X[:, :1] * X[:, 1:]
    for i in range(500):
        err = model.forward(X) - y
        model.backward(2 * err / len(X))
        for l in model.layers:
            if isinstance(l, Dense):
                l.W -= 0.05 * l.dW
                l.b -= 0.05 * l.db
    print(np.mean(err ** 2))
