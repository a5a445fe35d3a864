# Perceptrón con listas de Python, sin numpy
import random
from math import exp, tanh


class Perceptron:
    def __init__(self, n):
        self.pesos = [random.uniform(-1, 1) for _ in range(n)]
        self.sesgo = random.uniform(-1, 1)

    def _propagar(self, delta):
        self.dpesos = [delta * e for e in self.entradas]
        self.dsesgo = delta
        return [delta * p for p in self.pesos]

    def forward(self, entradas):
        self.entradas = entradas
        self.suma = sum(p * e for p, e in zip(self.pesos, entradas)) + self.sesgo
        return 1.0 / (1.0 + exp(-self.suma))

    def backward(self, error):
        # derivada de la sigmoide: s (1 - s)
        return self._propagar(error * self.suma * (1 - self.suma))


class NeuronaTanh(Perceptron):
    def forward(self, entradas):
        self.entradas = entradas
        self.salida = tanh(sum(p * e for p, e in zip(self.pesos, entradas)) + self.sesgo)
        return self.salida

    def backward(self, error):
        return self._propagar(error * (1 - self.salida ** 2))
