"""As the book has it: np.random.choice, with the accuracy printed now and then; losses in an array."""

import numpy as np


class SGD:
    def __init__(self, lr=0.01):
        self.learning_rate = lr

    def update(self, params, grads):
        for name, gradient in grads.items():
            array = params[name]
            array += -self.learning_rate * gradient


def train(network, x, t, optimizer, steps, batch_size, rng):
    losses = np.zeros(steps)
    for i in range(steps):
        batch_mask = np.random.choice(x.shape[0], batch_size)  # noqa: NPY002
        x_batch = x[batch_mask]
        t_batch = t[batch_mask]
        grad = network.gradient(x=x_batch, t=t_batch)
        optimizer.update(params=network.params, grads=grad)
        losses[i] = network.loss(x_batch, t_batch)
        if i % 100 == 0:
            print(i, network.accuracy(x, t))
    return losses
