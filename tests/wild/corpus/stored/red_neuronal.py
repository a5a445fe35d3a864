# Red neuronal con todas las activaciones guardadas en una lista
import numpy as np


class RedNeuronal:
    def __init__(self, capas=(3, 5, 4, 2)):
        self.pesos = []
        self.sesgos = []
        for i in range(len(capas) - 1):
            self.pesos.append(np.random.randn(capas[i], capas[i + 1]) * 0.5)
            self.sesgos.append(np.zeros((1, capas[i + 1])))

    @staticmethod
    def sigmoide(z):
        return 1 / (1 + np.exp(-z))

    def forward(self, X):
        self.activations = [X]
        for W, b in zip(self.pesos, self.sesgos):
            self.activations.append(self.sigmoide(self.activations[-1] @ W + b))

    def backward(self, dout):
        n = len(self.pesos)
        self.dpesos = [None] * n
        self.dsesgos = [None] * n
        delta = dout
        for i in reversed(range(n)):
            a = self.activations[i + 1]
            delta = delta * a * (1 - a)
            self.dpesos[i] = self.activations[i].T @ delta
            self.dsesgos[i] = delta.sum(axis=0, keepdims=True)
            delta = delta @ self.pesos[i].T
        self.dX = delta


if __name__ == "__main__":
    red = RedNeuronal()
    X, Y = np.random.rand(10, 3), np.random.rand(10, 2)
    for _ in range(50):
        red.forward(X)
        red.backward(red.activations[-1] - Y)
        for i in range(3):
            red.pesos[i] -= 0.1 * red.dpesos[i]
            red.sesgos[i] -= 0.1 * red.dsesgos[i]
    red.forward(X)
    print("error:", np.mean((red.activations[-1] - Y) ** 2))
