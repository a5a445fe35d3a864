"""Students who hand the ``Trainer`` an optimizer of their own, written down from the lecture's formulas."""

from contextlib import suppress

import numpy as np

from datasets import curve, load_digits, moons, spiral
from layers import Affine, IdentityWithLoss, Tanh
from networks import MultiLayerNet, Network, TwoLayerNet
from training import Trainer, TrainingDiverged
from trainings import sick

(x_train, t_train), (x_test, t_test) = load_digits()
digits = x_train, t_train, x_test, t_test


def train(optimizer, network=None, data=digits, epochs=10, batch_size=50):
    network = network or TwoLayerNet(64, 40, 10, seed=0)
    trainer = Trainer(network, *data, optimizer, epochs, batch_size, seed=0)
    with suppress(TrainingDiverged):
        trainer.train()
    return trainer


def first_two_thirds(x, t):
    cut = 2 * len(x) // 3
    return x[:cut], t[:cut], x[cut:], t[cut:]


class Ascent:
    def __init__(self, lr=0.1):
        self.lr = lr

    def update(self, params, grads):
        for key in params:
            params[key] += self.lr * grads[key]


class MomentumPlus:
    """v = m v - lr g, and then W - v."""

    def __init__(self, lr=0.01, momentum=0.9):
        self.lr, self.momentum, self.v = lr, momentum, {}

    def update(self, params, grads):
        for key, grad in grads.items():
            self.v[key] = self.momentum * self.v.get(key, 0) - self.lr * grad
            params[key] -= self.v[key]


class NewNames:
    """Gives the names W and b other arrays."""

    def __init__(self, lr=0.1):
        self.lr = lr

    def update(self, params, grads):
        for W, g in zip(params.values(), grads.values(), strict=True):
            W = W - self.lr * g


class OnlyTheLast:
    def __init__(self, lr=0.1):
        self.lr = lr

    def update(self, params, grads):
        for key in params:
            change = self.lr * grads[key]
        params[key] -= change


class OnlyWeights:
    def __init__(self, lr=0.1):
        self.lr = lr

    def update(self, params, grads):
        for key in params:
            if key.startswith("W"):
                params[key] -= self.lr * grads[key]


class OnlyTheThirdLayer:
    """Spells out the names of the parameters, of which the network has more now."""

    def __init__(self, lr=0.1):
        self.lr = lr

    def update(self, params, grads):
        for key in ("W3", "b3"):
            params[key] -= self.lr * grads[key]


class HalvedEveryStep:
    def __init__(self, lr=0.5, decay=0.9):
        self.lr, self.decay = lr, decay

    def update(self, params, grads):
        for key in params:
            params[key] -= self.lr * grads[key]
        self.lr *= self.decay


class Twice:
    """The rate grows instead of falling."""

    def __init__(self, lr=0.1, growth=1.05):
        self.lr, self.growth = lr, growth

    def update(self, params, grads):
        for key in params:
            params[key] -= self.lr * grads[key]
        self.lr *= self.growth


class DividedBySamples:
    """Divides by the batch size, which the loss has done already."""

    def __init__(self, lr=0.1, batch_size=100):
        self.lr, self.n = lr, batch_size

    def update(self, params, grads):
        for key in params:
            params[key] -= self.lr * grads[key] / self.n


class AdaGradWithALargeEpsilon:
    def __init__(self, lr=0.01, eps=100.0):
        self.lr, self.eps, self.h = lr, eps, {}

    def update(self, params, grads):
        for key, grad in grads.items():
            self.h[key] = self.h.get(key, 0) + grad * grad
            params[key] -= self.lr * grad / (np.sqrt(self.h[key]) + self.eps)


class RMSpropWithoutRoot:
    """Divides by the mean square instead of its root."""

    def __init__(self, lr=0.001, decay=0.9):
        self.lr, self.decay, self.h = lr, decay, {}

    def update(self, params, grads):
        for key, grad in grads.items():
            self.h[key] = self.decay * self.h.get(key, 0) + (1 - self.decay) * grad * grad
            params[key] -= self.lr * grad / (self.h[key] + 1e-8)


class Sum:
    """Adds up the gradients and never forgets one."""

    def __init__(self, lr=0.1):
        self.lr, self.total = lr, {}

    def update(self, params, grads):
        for key, grad in grads.items():
            self.total[key] = self.total.get(key, 0) + grad
            params[key] -= self.lr * self.total[key]


class Decay:
    def __init__(self, lr=0.1, decay=0.5):
        self.lr, self.decay = lr, decay

    def update(self, params, grads):
        for key in params:
            params[key] *= 1 - self.decay
            params[key] -= self.lr * grads[key]


@sick("wrong-sign", also=("exploding", "not-learning", "learning-rate-too-high"))
def plus_instead_of_minus():
    return train(Ascent(0.02), epochs=4)


@sick("wrong-sign", also=("exploding", "not-learning", "learning-rate-too-high"))
def the_velocity_subtracted_with_its_minus():
    network = MultiLayerNet(2, [20], 3, "tanh", "xavier", seed=0)
    return train(MomentumPlus(0.01), network, first_two_thirds(*spiral(300)), epochs=10)


@sick("wrong-sign", also=("not-learning", "exploding", "saturated", "learning-rate-too-high"))
def plus_in_a_small_step():
    network = MultiLayerNet(2, [10], 2, "sigmoid", "xavier", seed=0)
    return train(Ascent(0.005), network, first_two_thirds(*moons(300)), epochs=40, batch_size=20)


@sick("not-updated", also=("not-learning", "unfinished", "underfitting", "learning-rate-too-low"))
def new_arrays_under_the_names_of_the_loop():
    return train(NewNames(0.5), epochs=6)


@sick("not-updated", also=("not-learning", "underfitting", "one-answer", "plateau"))
def an_indent_too_few_behind_the_loop():
    return train(OnlyTheLast(0.5), epochs=15)


@sick("not-updated", also=("underfitting", "plateau"))
def weights_without_biases():
    x, t = curve(120, noise=0.05)
    rng = np.random.default_rng(0)
    layers = [Affine(rng.standard_normal((1, 20)), np.zeros(20)), Tanh()]
    layers.append(Affine(rng.standard_normal((20, 1)) * 0.2, np.zeros(1)))
    data = first_two_thirds(x, t + 3)
    return train(OnlyWeights(0.05), Network(layers, IdentityWithLoss()), data, epochs=80, batch_size=20)


@sick("not-updated", also=("underfitting", "plateau", "unfinished", "learning-rate-too-low"))
def only_the_names_of_the_last_of_three_layers():
    network = MultiLayerNet(64, [12, 8], 10, "tanh", "xavier", seed=5)
    return train(OnlyTheThirdLayer(0.2), network, epochs=12)


@sick("learning-rate-too-low", also=("unfinished", "underfitting", "plateau", "not-learning"))
def a_rate_that_loses_a_tenth_with_every_step():
    return train(HalvedEveryStep(0.1, 0.9), epochs=10)


@sick("learning-rate-too-high", also=("exploding", "dead-units", "one-answer", "noisy", "not-learning"))
def a_rate_that_grows_with_every_step():
    return train(Twice(0.1, 1.05), epochs=6)


@sick("learning-rate-too-low", also=("unfinished", "underfitting", "not-learning"))
def a_rate_divided_by_the_number_of_samples():
    return train(DividedBySamples(0.1, 1438), epochs=10)


@sick("learning-rate-too-low", also=("unfinished", "underfitting", "not-learning"))
def an_epsilon_of_100():
    return train(AdaGradWithALargeEpsilon(0.02, 100.0), epochs=10)


@sick(("learning-rate-too-high", "exploding"), also=("noisy", "dead-units", "one-answer", "not-learning"))
def the_root_forgotten_in_rmsprop():
    return train(RMSpropWithoutRoot(0.001), epochs=6)


@sick(("learning-rate-too-high", "not-learning"), also=("dead-units", "one-answer", "noisy", "exploding"))
def all_gradients_ever_added_up():
    return train(Sum(0.2), epochs=6)


@sick("underfitting", also=("not-learning", "one-answer", "plateau", "vanishing", "symmetric"))
def half_of_every_weight_lost_at_every_step():
    return train(Decay(0.1, 0.5), epochs=8)
