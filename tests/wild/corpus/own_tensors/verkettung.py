"""Autograd zum Selberbauen, Übungsblatt 7.

Jede Operation merkt sich ihre Eingaben; `rueckwaerts` geht die Liste der
Operationen in umgekehrter Reihenfolge durch (das Band `BAND`).
"""
import numpy as np

BAND = []


class Tensor:
    def __init__(self, data, requires_grad=False):
        self.data = np.asarray(data, float)
        self.requires_grad = requires_grad
        self.grad = np.zeros(self.data.shape)

    def backward(self, seed=1.0):
        self.grad = seed * np.ones(self.data.shape)
        while BAND:
            op, eingaben, ausgabe = BAND.pop()
            for t, g in zip(eingaben, op.backward(ausgabe.grad, ausgabe.data)):
                if t.requires_grad:
                    t.grad = t.grad + g


class Operation:
    def __call__(self, *eingaben):
        ausgabe = Tensor(self.forward(*[t.data for t in eingaben]), True)
        BAND.append((self, eingaben, ausgabe))
        return ausgabe


class Addieren(Operation):
    """Addition mit Verschiebung: a ist (N, D), b ist (D,)"""

    def forward(self, a, b):
        return a + b

    def backward(self, dz, z):
        return dz, dz.sum(axis=0)


class Verketten(Operation):
    """hängt zwei Matrizen nebeneinander"""

    def forward(self, a, b):
        self.n = a.shape[1]
        return np.hstack([a, b])

    def backward(self, dz, z):
        return dz[:, :self.n], dz[:, self.n:]


class Norm(Operation):
    """euklidische Länge jeder Zeile"""

    def forward(self, a):
        self.a = a
        return np.sqrt((a ** 2).sum(axis=1))

    def backward(self, dz, z):
        return (dz / z)[:, None] * self.a,


class MatMul(Operation):
    def forward(self, a, b):
        self.a, self.b = a, b
        return a @ b

    def backward(self, dz, z):
        return dz @ self.b.T, dz.T @ self.a
