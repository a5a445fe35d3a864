# Netz mit beliebig vielen Schichten; Gewichte im Wörterbuch, Beispiele in Spalten.
# Letzte Schicht linear, Verlust 1/(2m) * Summe der Quadrate.
import numpy as np


def anlegen(groessen):
    p = dict()
    for i in range(1, len(groessen)):
        p["W" + str(i)] = np.random.randn(groessen[i], groessen[i - 1]) * 0.5
        p["b" + str(i)] = np.random.randn(groessen[i], 1) * 0.1
    return p


def vorwaerts(X, p):
    schichten = len(p) // 2
    speicher = {"A0": X}
    for i in range(1, schichten + 1):
        Z = p["W" + str(i)].dot(speicher["A" + str(i - 1)]) + p["b" + str(i)]
        speicher["Z" + str(i)] = Z
        speicher["A" + str(i)] = Z if i == schichten else np.where(Z > 0, Z, 0.01 * Z)
    return speicher["A" + str(schichten)], speicher


def verlust(A, Y):
    return np.sum((A - Y) ** 2) / (2 * Y.shape[1])


def rueckwaerts(p, speicher, Y):
    schichten, m = len(p) // 2, Y.shape[1]
    dZ = (speicher["A" + str(schichten)] - Y) / m
    g = {}
    for i in range(schichten, 0, -1):
        g["dW" + str(i)] = dZ.dot(speicher["A" + str(i - 1)].T)
        g["db" + str(i)] = dZ.sum(axis=1, keepdims=True)
        if i > 1:
            dA = p["W" + str(i)].T.dot(dZ)
            dZ = dA * np.where(dA > 0, 1, 0.01)
    return g
