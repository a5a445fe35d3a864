'''
Logistische Regression, von Hand abgeleitet.
Übung 3 - Maschinelles Lernen
'''
import numpy as np


def vorhersage(X, w, b):
    return 1 / (1 + np.exp(-(X @ w + b)))


def kosten_forward(X, y, w, b, lam=0.1):
    """Kreuzentropie plus L2-Strafe auf w (nicht auf b)."""
    n = len(y)
    p = vorhersage(X, w, b)
    J = -(y * np.log(p) + (1 - y) * np.log(1 - p)).sum() / n + lam / 2 * w @ w
    return J, (X, y, w, p, lam)


def kosten_backward(cache):
    X, y, w, p, lam = cache
    n = len(y)
    dw = X.T @ (p - y) / n + lam / n * w
    db = (p - y).sum() / n
    return dw, db


if __name__ == '__main__':
    rng = np.random.RandomState(0)
    X = rng.randn(40, 3)
    y = (X[:, 0] - X[:, 1] > 0).astype(float)
    w, b = np.zeros(3), 0.0
    for schritt in range(100):
        J, cache = kosten_forward(X, y, w, b)
        dw, db = kosten_backward(cache)
        w -= 0.5 * dw
        b -= 0.5 * db
    print('Kosten nach 100 Schritten:', J)
