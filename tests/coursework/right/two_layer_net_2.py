"""Without a loop: each layer is called by name; float32, Python's own random numbers, a loop for the accuracy."""

import random
from collections import OrderedDict

import numpy as np
from affine import Affine
from relu import ReLU
from softmax_with_loss import SoftmaxWithLoss


def normal(rows, columns, std):
    return np.array([[random.gauss(0, std) for _ in range(columns)] for _ in range(rows)], dtype=np.float32)


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01):
        W1, W2 = normal(input_size, hidden_size, weight_init_std), normal(hidden_size, output_size, weight_init_std)
        b1, b2 = np.zeros(hidden_size, np.float32), np.zeros(output_size, np.float32)
        self.params = dict(W1=W1, b1=b1, W2=W2, b2=b2)  # noqa: C408
        self.hidden, self.relu, self.output = Affine(W1, b1), ReLU(), Affine(W2, b2)
        self.layers = OrderedDict([("hidden", self.hidden), ("relu", self.relu), ("output", self.output)])
        self.criterion = SoftmaxWithLoss()

    def predict(self, x):
        return self.output.forward(self.relu.forward(self.hidden.forward(x)))

    def loss(self, x, t):
        return float(self.criterion.forward(self.predict(x), t))

    def accuracy(self, x, t):
        right = 0
        for row, label in zip(self.predict(x), t, strict=True):
            right += int(max(range(len(row)), key=lambda k: row[k]) == label)
        return right / len(t)

    def gradient(self, x, t):
        self.criterion.forward(self.predict(x), t)
        self.hidden.backward(self.relu.backward(self.output.backward(self.criterion.backward())))
        return {
            f"{letter}{number}": getattr(layer, f"d{letter}")
            for number, layer in ((1, self.hidden), (2, self.output))
            for letter in "Wb"
        }
