# Wortvektoren; die Gradienten werden aufsummiert, bis zero_grad() gerufen wird.
import numpy as np


class Embedding:
    def __init__(self, vocab_size, dim):
        self.E = 0.1 * np.random.randn(vocab_size, dim)
        self.dE = np.zeros((vocab_size, dim))

    def zero_grad(self):
        self.dE = np.zeros_like(self.E)

    def forward(self, ids):
        self.ids = ids
        return self.E[ids]

    def backward(self, dout):
        # np.add.at wegen doppelter Woerter
        np.add.at(self.dE, self.ids, dout)
        # kein Gradient fuer ganze Zahlen
        return None


class Skalierung:
    def __init__(self, n):
        self.gamma = np.ones(n)
        self.beta = np.zeros(n)
        self.zero_grad()

    def zero_grad(self):
        self.dgamma = np.zeros_like(self.gamma)
        self.dbeta = np.zeros_like(self.beta)

    def forward(self, x):
        self.x = x
        return self.gamma * x + self.beta

    def backward(self, dout):
        achsen = tuple(range(dout.ndim - 1))
        self.dgamma += (dout * self.x).sum(axis=achsen)
        self.dbeta += dout.sum(axis=achsen)
        return dout * self.gamma
