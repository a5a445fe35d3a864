# Praktikum 5: Max-Pooling entlang der Zeitachse
import numpy as np


class MaxUeberZeit:
    def forward(self, x):
        # x: (Stapel, Zeit, Merkmale)
        self.form = x.shape
        self.argmax = x.argmax(axis=1)
        self.ausgabe = x.max(axis=1)

    def backward(self, grad):
        self.grad_eingabe = np.zeros(self.form)
        b, k = np.indices(self.argmax.shape)
        self.grad_eingabe[b, self.argmax, k] = grad


class SummeUeberZeit:
    def forward(self, x):
        self.form = x.shape
        self.ausgabe = np.cumsum(x, axis=1)

    def backward(self, grad):
        self.grad_eingabe = np.cumsum(grad, axis=1)
