# Una red pequeña para XOR
import numpy as np

class Red:
    def __init__(self, ocultas=4):
        self.w1 = np.random.randn(2, ocultas)
        self.w2 = np.random.randn(ocultas, 1)

    def sigmoide(self, z):
        return 1 / (1 + np.exp(-z))

    def adelante(self, X):
        self.X = X
        self.h = self.sigmoide(X @ self.w1)
        self.y = self.sigmoide(self.h @ self.w2)
        return self.y

    def error(self, T):
        return 0.5 * np.sum((self.y - T) ** 2)

    def atras(self, T):
        d2 = (self.y - T) * self.y * (1 - self.y)
        self.g2 = self.h.T @ d2
        d1 = d2 @ self.w2.T
        self.g1 = self.X.T @ d1
        return self.g1, self.g2


if __name__ == "__main__":
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1.]])
    T = np.array([[0], [1], [1], [0.]])
    red = Red()
    for _ in range(300):
        red.adelante(X)
        g1, g2 = red.atras(T)
        red.w1 -= 0.5 * g1
        red.w2 -= 0.5 * g2
    print(red.error(T))
