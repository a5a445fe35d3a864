"""Lineare Modelle für Zahlen statt Klassen.

Alle Funktionen: (w, X, y, lam) -> (Verlust, Gradient), Beispiele in Zeilen.
"""
import numpy as np


def ridge(w, X, y, lam):
    r = X.dot(w) - y
    return r.dot(r) + lam * w.dot(w), 2 * X.T.dot(r) + 2 * lam * w


def lasso(w, X, y, lam):
    r = X.dot(w) - y
    return 0.5 * np.mean(r ** 2) + lam * np.abs(w).sum(), X.T.dot(r) / len(y) + lam * np.sign(w)


def elastisch(w, X, y, lam):
    r = X.dot(w) - y
    verlust = 0.5 * np.mean(r ** 2) + lam * (0.3 * np.abs(w).sum() + 0.7 * w.dot(w))
    return verlust, X.T.dot(r) / len(y) + lam * (0.3 * np.sign(w) + 0.7 * w)


def poisson(w, X, y, lam):
    """Zählwerte, Logarithmus als Verknüpfung"""
    eta = X.dot(w)
    verlust = np.mean(np.exp(eta) - y * eta) + 0.5 * lam * w.dot(w)
    return verlust, X.T.dot(np.exp(eta) - y) / len(y) + lam * w


def quantil(w, X, y, lam, tau=0.8):
    # Pinball-Verlust
    r = y - X.dot(w)
    verlust = np.mean(np.maximum(tau * r, (tau - 1) * r)) + 0.5 * lam * w.dot(w)
    g = np.where(r > 0, tau, tau - 1)
    return verlust, X.T.dot(g) / len(y) + lam * w
