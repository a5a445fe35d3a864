"""Trainings by the clock: stopped when the bell rang, or left running over the weekend."""

import numpy as np

from datasets import circles, curve, load_digits, load_mnist, spiral, xor
from layers import Affine, IdentityWithLoss, Tanh
from networks import MultiLayerNet, Network, TwoLayerNet
from training import SGD, Adam, Momentum, Trainer
from training.schedules import Cosine, StepDecay
from trainings import loop, sick


def digits(samples=None):
    (x_train, t_train), test = load_digits()
    return x_train[:samples], t_train[:samples], *test


def toy(make, train, test=300, **options):
    return *make(train, seed=1, **options), *make(test, seed=2, **options)


def mnist(samples=1000):
    (x_train, t_train), (x_test, t_test) = load_mnist()
    return x_train[:samples], t_train[:samples], x_test[:500], t_test[:500]


def trained(network, data, optimizer, epochs, batch_size=50, **options):
    trainer = Trainer(network, *data, optimizer, epochs, batch_size, seed=0, **options)
    trainer.train()
    return trainer


def curve_net(hidden, seed=0):
    rng = np.random.default_rng(seed)
    first = Affine(rng.normal(0, 3, (1, hidden)), rng.normal(0, 1, hidden))
    return Network([first, Tanh(), Affine(rng.normal(0, hidden**-0.5, (hidden, 1)), np.zeros(1))], IdentityWithLoss())


class Logistic:
    """Softmax regression without a hidden layer, as one writes it in the first week."""

    def __init__(self, n_in, n_out):
        self.theta, self.bias = np.zeros((n_in, n_out)), np.zeros(n_out)
        self.params = {"theta": self.theta, "bias": self.bias}

    def predict(self, x):
        s = x @ self.theta + self.bias
        e = np.exp(s - s.max(1, keepdims=True))
        return e / e.sum(1, keepdims=True)

    def loss(self, x, t):
        return -np.log(self.predict(x)[range(len(t)), t]).mean()

    def accuracy(self, x, t):
        return (self.predict(x).argmax(1) == t).mean()

    def gradient(self, x, t):
        d = self.predict(x)
        d[range(len(t)), t] -= 1
        return {"theta": x.T @ d / len(x), "bias": d.mean(0)}


def regress(data, lr, steps):
    model, sgd, losses = Logistic(64, 10), SGD(lr=lr), []
    x, t = data[:2]
    for _ in range(steps):
        sgd.update(model.params, model.gradient(x, t))
        losses.append(model.loss(x, t))
    return loop(model, *data, optimizer=sgd, losses=losses)


@sick("unfinished", also=("learning-rate-too-low", "underfitting"))
def two_epochs_because_the_bar_was_at_100_percent():
    return trained(TwoLayerNet(64, 50, 10, seed=10), digits(), SGD(lr=0.1), epochs=2)


@sick("unfinished", also=("learning-rate-too-low", "underfitting"))
def spiral_stopped_while_it_was_getting_better():
    return trained(MultiLayerNet(2, [40, 40], 3, seed=11), toy(spiral, 300), Adam(lr=0.003), epochs=12)


@sick("unfinished", also=("learning-rate-too-low", "underfitting"))
def curve_after_three_dozen_steps():
    return trained(curve_net(20, seed=12), toy(curve, 100, noise=0.05), Momentum(lr=0.02), epochs=9, batch_size=25)


@sick("plateau", also=("overfitting",))
def circles_for_three_hundred_epochs():
    return trained(MultiLayerNet(2, [20], 2, seed=13), toy(circles, 200), Adam(lr=0.02), epochs=300)


@sick(("plateau", "learning-rate-too-low"), also=("unfinished", "underfitting"))
def step_decay_every_ten_steps():
    network = TwoLayerNet(64, 50, 10, seed=14)
    return trained(network, digits(), SGD(lr=0.1), epochs=30, schedule=StepDecay(10, factor=0.3))


@sick(("plateau", "overfitting"), also=("unfinished",))
def digits_learned_after_ten_epochs_of_120():
    return trained(TwoLayerNet(64, 30, 10, seed=15), digits(500), Adam(lr=0.02), epochs=120)


@sick("unfinished", also=("learning-rate-too-low", "underfitting"))
def softmax_regression_for_fifteen_steps():
    return regress(digits(), 0.2, 15)


@sick("plateau", also=("overfitting",))
def xor_over_the_weekend():
    return trained(MultiLayerNet(2, [30, 10], 2, seed=17), toy(xor, 200, noise=0.0), Adam(lr=0.01), epochs=300)


@sick(("unfinished", "learning-rate-too-low"), also=("underfitting",))
def cosine_over_three_epochs_of_sgd():
    return trained(TwoLayerNet(64, 40, 10, seed=18), digits(), SGD(lr=0.05), epochs=3, schedule=Cosine(87))


@sick("unfinished", also=("learning-rate-too-low", "underfitting"), needs="mnist")
def mnist_until_the_lecture_was_over():
    return trained(TwoLayerNet(784, 50, 10, seed=19), mnist(), SGD(lr=0.1), epochs=1)


@sick(("plateau", "overfitting"), also=("unfinished",), needs="mnist")
def mnist_with_six_hundred_images_for_thirty_five_epochs():
    return trained(TwoLayerNet(784, 40, 10, seed=20), mnist(600), Adam(lr=0.01), epochs=35)
