"""Übungsblatt 5, Gruppe 12"""
import numpy as np


def bias_forward(x, b):
    return x + b, x.shape


def bias_backward(dout, cache):
    return dout.reshape(cache), dout.sum(axis=0)


def dropout_forward(x, p):
    # TODO: Aufgabe 5.2
    return NotImplemented


def dropout_backward(dout, cache):
    return NotImplemented


class Netz:
    """Eine versteckte Schicht mit tanh, quadratischer Fehler (Mittel über alle Werte)"""

    def __init__(self, n_ein, n_versteckt, n_aus):
        self.params = {
            "W1": np.random.randn(n_ein, n_versteckt) / np.sqrt(n_ein),
            "b1": np.zeros(n_versteckt),
            "W2": np.random.randn(n_versteckt, n_aus) / np.sqrt(n_versteckt),
            "b2": np.zeros(n_aus),
        }

    def vorwaerts(self, x):
        self.h = np.tanh(x @ self.params["W1"] + self.params["b1"])
        return self.h @ self.params["W2"] + self.params["b2"]

    def loss(self, x, y):
        return ((self.vorwaerts(x) - y) ** 2).mean()

    def gradient(self, x, y):
        d = 2 * (self.vorwaerts(x) - y) / y.size
        da = (d @ self.params["W2"].T) * (1 - self.h ** 2)
        return {"W1": x.T @ da, "b1": da.sum(0), "W2": self.h.T @ d, "b2": d.sum(0)}


class TiefesNetz(Netz):
    """Aufgabe 5.4: zwei versteckte Schichten"""

    def vorwaerts(self, x):
        ...

    def loss(self, x, y):
        # TODO
        pass

    def gradient(self, x, y):
        # TODO
        pass
