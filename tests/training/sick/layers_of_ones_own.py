"""Students who write layers themselves, as the book shows them, and put them into a ``Network`` between ours."""

from contextlib import suppress

import numpy as np

from datasets import load_digits, spiral
from layers import Affine, ReLU, SoftmaxWithLoss
from networks import Network
from training import SGD, Adam, Momentum, Trainer, TrainingDiverged
from trainings import sick

(x_train, t_train), (x_test, t_test) = load_digits()
digits = x_train, t_train, x_test, t_test


def train(layers, optimizer=None, epochs=10, batch_size=50, data=digits, loss=None):
    network = Network(layers, loss or SoftmaxWithLoss())
    trainer = Trainer(network, *data, optimizer or SGD(0.2), epochs, batch_size, seed=0)
    with suppress(TrainingDiverged):
        trainer.train()
    return trainer


def W(inputs, outputs, seed=0, scale=None):
    scale = np.sqrt(2 / inputs) if scale is None else scale
    return scale * np.random.default_rng(seed).standard_normal((inputs, outputs))


def affine(inputs, outputs, seed=0):
    return Affine(W(inputs, outputs, seed), np.zeros(outputs))


class MyAffine:
    def __init__(self, W, b):
        self.params = {"W": W, "b": b}
        self.grads = {}

    def forward(self, x):
        self.x = x
        return x @ self.params["W"] + self.params["b"]

    def backward(self, dout):
        self.grads["W"] = self.x.T @ dout
        self.grads["b"] = dout.sum(axis=0)
        return dout @ self.params["W"].T


class AffineWithoutT(MyAffine):
    """Square weights hide that they are not transposed."""

    def backward(self, dout):
        super().backward(dout)
        return dout @ self.params["W"]


class AffineDivided(MyAffine):
    """Divides by the batch size once more."""

    def backward(self, dout):
        n = len(dout)
        self.grads["W"] = self.x.T @ dout / n
        self.grads["b"] = dout.sum(axis=0) / n
        return dout @ self.params["W"].T / n


class AffineMinus(MyAffine):
    def backward(self, dout):
        dx = super().backward(dout)
        self.grads = {name: -grad for name, grad in self.grads.items()}
        return dx


class Linear:
    """Keeps its weights under names of its own, and tells nobody."""

    def __init__(self, inputs, outputs, seed=0, scale=None):
        self.weight = W(inputs, outputs, seed, scale)
        self.bias = np.zeros(outputs)

    def forward(self, x):
        self.inp = x
        return np.dot(x, self.weight) + self.bias

    def backward(self, delta):
        self.grad_weight = np.dot(self.inp.T, delta)
        self.grad_bias = delta.sum(axis=0)
        return np.dot(delta, self.weight.T)


class LinearWithCopies(Linear):
    """Hands out copies of its weights."""

    @property
    def params(self):
        return {"W": self.weight.copy(), "b": self.bias.copy()}

    @property
    def grads(self):
        return {"W": self.grad_weight, "b": self.grad_bias}


class MySigmoid:
    def forward(self, x):
        self.out = 1 / (1 + np.exp(-x))
        return self.out

    def backward(self, dout):
        return dout * self.out * (1 - self.out)


class MySigmoidTimesX(MySigmoid):
    """The derivative is taken of x instead of the output."""

    def forward(self, x):
        self.x = x
        return super().forward(x)

    def backward(self, dout):
        return dout * self.x * (1 - self.x)


class SteepSigmoid(MySigmoid):
    def forward(self, x):
        return super().forward(np.clip(30 * x, -200, 200))

    def backward(self, dout):
        return 30 * super().backward(dout)


class ReluBackwards:
    """Lets the gradient through where it was stopped."""

    def forward(self, x):
        self.mask = x <= 0
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout):
        return dout * self.mask


class ReluOfTheGradient:
    """Takes the sign of dout instead of the input's."""

    def forward(self, x):
        return np.maximum(0, x)

    def backward(self, dout):
        return np.maximum(0, dout)


class MinusTheLoss(SoftmaxWithLoss):
    """t - y, as in a formula with the minus before the learning rate."""

    def backward(self, dout=1.0):
        return -super().backward(dout)


@sick(
    "wrong-gradient",
    also=("underfitting", "not-learning", "noisy", "wrong-sign", "learning-rate-too-high", "one-answer"),
)
def a_transpose_forgotten_in_square_layers():
    middle = [AffineWithoutT(W(40, 40, seed), np.zeros(40)) for seed in (1, 2, 4)]
    middle = [layer for each in middle for layer in (each, ReLU())]
    return train([affine(64, 40), ReLU(), *middle, affine(40, 10, 3)], SGD(0.05))


@sick("wrong-gradient", also=("learning-rate-too-low", "underfitting", "unfinished", "vanishing", "not-learning"))
def the_batch_size_divided_by_in_every_layer():
    layers = [AffineDivided(W(64, 40), np.zeros(40)), ReLU(), AffineDivided(W(40, 10, 1), np.zeros(10))]
    return train(layers, SGD(0.2))


@sick("wrong-gradient", also=("not-learning", "saturated", "learning-rate-too-high", "exploding", "underfitting"))
def the_derivative_of_sigmoid_at_the_input():
    layers = [affine(64, 30), MySigmoidTimesX(), affine(30, 20, 1), MySigmoidTimesX(), affine(20, 10, 2)]
    return train(layers, Momentum(0.05))


@sick("wrong-gradient", also=("dead-units", "underfitting", "not-learning", "wrong-sign", "one-answer", "noisy"))
def a_relu_whose_mask_is_the_wrong_way_round():
    return train([affine(64, 30), ReluBackwards(), affine(30, 30, 1), ReluBackwards(), affine(30, 10, 2)], Adam(0.01))


@sick("wrong-gradient", also=("dead-units", "underfitting", "not-learning", "one-answer", "learning-rate-too-high"))
def a_relu_that_looks_at_the_gradient():
    layers = [affine(64, 30), ReluOfTheGradient(), affine(30, 30, 1), ReluOfTheGradient(), affine(30, 10, 2)]
    return train(layers, SGD(0.2))


@sick(("wrong-sign", "wrong-gradient"), also=("exploding", "not-learning", "learning-rate-too-high"))
def t_minus_y_in_the_loss():
    return train([affine(64, 30), ReLU(), affine(30, 10, 1)], SGD(0.05), epochs=5, loss=MinusTheLoss())


@sick(("wrong-sign", "wrong-gradient"), also=("exploding", "not-learning", "learning-rate-too-high", "one-answer"))
def one_affine_with_a_minus_of_its_own():
    last = AffineMinus(W(30, 10, 1), np.zeros(10))
    return train([affine(64, 30), ReLU(), last], SGD(0.1), epochs=5)


@sick("not-updated", also=("underfitting", "symmetric"))
def a_narrow_first_layer_that_is_not_in_params():
    return train([Linear(64, 6), MySigmoid(), affine(6, 50, 1), ReLU(), affine(50, 10, 2)], Adam(0.01), epochs=20)


@sick("not-updated", also=("underfitting", "dead-units", "plateau"))
def layers_that_hand_out_copies():
    x, t = spiral(300)
    layers = [LinearWithCopies(2, 20), ReLU(), LinearWithCopies(20, 20, 1), ReLU(), affine(20, 3, 2)]
    return train(layers, Momentum(0.1), epochs=60, batch_size=20, data=(x[:200], t[:200], x[200:], t[200:]))


@sick("not-updated", also=("not-learning", "underfitting", "plateau", "unfinished"))
def every_layer_hands_out_copies():
    return train([LinearWithCopies(64, 30), ReLU(), LinearWithCopies(30, 10, 1)], SGD(0.5))


@sick("saturated", also=("underfitting", "noisy", "vanishing", "learning-rate-too-high", "exploding"))
def a_sigmoid_that_was_made_steeper():
    return train([affine(64, 40), SteepSigmoid(), affine(40, 40, 1), SteepSigmoid(), affine(40, 10, 2)], SGD(0.01))
