"""Epochs: the rows are shuffled once and taken slice by slice, shuffled anew when they are used up."""

import numpy as np


class SGD:
    def __init__(self, lr=0.01):
        self.lr = lr

    def update(self, params, grads):
        for key in params.keys():  # noqa: SIM118
            np.subtract(params[key], self.lr * grads[key], out=params[key])


def batches(count, size, rng):
    while True:
        order = rng.permutation(count)
        for start in range(0, count - size + 1, size):
            yield order[start : start + size]


def train(network, x, t, optimizer, steps, batch_size, rng):
    history = []
    drawn = batches(x.shape[0], batch_size, rng)
    while len(history) < steps:
        idx = next(drawn)
        xb, tb = x[idx], t[idx]
        history.append(network.loss(xb, tb))
        optimizer.update(network.params, network.gradient(xb, tb))
    return history
