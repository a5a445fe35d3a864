import numpy as np

# Red pequeña que aprende con un ejemplo cada vez (vectores de una dimensión)
class Perceptron:
    def __init__(self, n, h):
        self.V = np.random.rand(h, n) - .5
        self.w = np.random.rand(h) - .5

    def salida(self, x):
        self.a = np.maximum(0.0, self.V.dot(x))
        return self.w.dot(self.a)

    def loss(self, x, y):
        return (self.salida(x) - y) ** 2

    def grad(self, x, y):
        e = 2 * (self.salida(x) - y)
        dw = e * self.a
        dV = np.outer(e * self.w * (self.a > 0), x)
        return dV, dw

    def entrenar(self, datos, paso=0.01):
        for x, y in datos:
            dV, dw = self.grad(x, y)
            self.V -= paso * dV
            self.w -= paso * dw
