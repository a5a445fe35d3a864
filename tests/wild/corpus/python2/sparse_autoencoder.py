# -*- coding: utf-8 -*-
# Spärlicher Autoencoder. Alle Gewichte stehen hintereinander in theta,
# jede Spalte von data ist ein Beispiel.
import numpy as np


def entpacken(theta, visible, hidden):
    n = hidden * visible
    W1 = theta[:n].reshape(hidden, visible)
    W2 = theta[n:2 * n].reshape(visible, hidden)
    return W1, W2, theta[2 * n:2 * n + hidden][:, None], theta[2 * n + hidden:][:, None]


def kosten(theta, visible, hidden, lam, rho, beta, data):
    W1, W2, b1, b2 = entpacken(theta, visible, hidden)
    sig = lambda z: 1 / (1 + np.exp(-z))
    m = data.shape[1]
    a2 = sig(W1.dot(data) + b1)
    a3 = sig(W2.dot(a2) + b2)
    rho_hat = a2.mean(axis=1)[:, None]
    # Strafe für die mittlere Aktivierung
    kl = (rho * np.log(rho / rho_hat) + (1 - rho) * np.log((1 - rho) / (1 - rho_hat))).sum()
    J = 0.5 / m * ((a3 - data) ** 2).sum() + lam / 2. * ((W1 ** 2).sum() + (W2 ** 2).sum()) + beta * kl

    d3 = (a3 - data) * a3 * (1 - a3)
    d2 = (W2.T.dot(d3) + beta * (-rho / rho_hat + (1 - rho) / (1 - rho_hat))) * a2 * (1 - a2)
    grads = [d2.dot(data.T) / m + lam * W1, d3.dot(a2.T) / m + lam * W2,
             d2.mean(axis=1), d3.mean(axis=1)]
    return J, np.concatenate(map(np.ravel, grads))


if __name__ == '__main__':
    theta = np.random.uniform(-.1, .1, 2 * 6 * 3 + 3 + 6)
    print "Kosten:", kosten(theta, 6, 3, 1e-3, 0.1, 3.0, np.random.rand(6, 10))[0]
