"""Normierung je Zeile.  backward bekommt Eingabe, Ausgabe und den Gradienten der Ausgabe."""
import numpy as np


class Schichtnorm:
    EPS = 1e-6

    def forward(self, x):
        mu = x.mean(axis=1, keepdims=True)
        sigma = np.sqrt(((x - mu) ** 2).mean(axis=1, keepdims=True) + self.EPS)
        return (x - mu) / sigma

    def backward(self, x, y, dy):
        sigma = np.sqrt(x.var(axis=1, keepdims=True) + self.EPS)
        mittel = dy.mean(axis=1, keepdims=True)
        projektion = (dy * y).mean(axis=1, keepdims=True)
        return (dy - mittel - y * projektion) / sigma


class Betrag:
    def forward(self, x):
        return abs(x)

    def backward(self, x, y, dy):
        return np.sign(x) * dy
