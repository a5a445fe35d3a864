"""People who fit curves and prices: targets as they are in the file, outputs through the wrong function, few points."""

from contextlib import suppress
from itertools import pairwise

import numpy as np

from datasets import curve
from layers import Affine, IdentityWithLoss, ReLU, Sigmoid, Tanh
from layers.initializers import he, xavier
from networks import Network
from training import SGD, AdaGrad, Adam, Cosine, Momentum, RMSprop, Trainer, TrainingDiverged
from trainings import sick


def network_of(*sizes, activation=Tanh, init=xavier, last=None, seed=0):
    rng, layers = np.random.default_rng(seed), []
    for inputs, outputs in pairwise(sizes):
        layers += [Affine(init((inputs, outputs), rng), np.zeros(outputs, np.float32)), activation()]
    layers[-1:] = [] if last is None else [last()]
    return Network(layers, IdentityWithLoss())


def train(network, data, optimizer, epochs=60, batch_size=20, **options):
    trainer = Trainer(network, *data, optimizer, epochs, batch_size, seed=0, **options)
    with suppress(TrainingDiverged):
        trainer.train()
    return trainer


def split(x, t):
    cut = 3 * len(x) // 4
    return x[:cut], t[:cut], x[cut:], t[cut:]


def wave(samples=160, noise=0.1, seed=0):
    x, t = curve(samples, noise, seed)
    return split(4 * x - 2, t)


def houses(samples=240):
    """Living space, rooms and age, each scaled, and the price in thousands."""
    rng = np.random.default_rng(4)
    x = rng.standard_normal((samples, 3)).astype(np.float32)
    price = (
        300 + 80 * x[:, 0] + 25 * x[:, 1] - 30 * x[:, 2] + 20 * x[:, 0] * x[:, 2] + 10 * rng.standard_normal(samples)
    )
    return x, price[:, np.newaxis].astype(np.float32)


def prices(factor=1.0, shift=0.0):
    x, t = houses()
    return split(x, ((t - shift) * factor).astype(np.float32))


@sick(("learning-rate-too-high", "exploding"), also=("not-learning", "unscaled-input", "noisy"))
def prices_in_dollars():
    return train(network_of(3, 30, 1, activation=ReLU, init=he), prices(1000), SGD(0.01))


@sick("learning-rate-too-low", also=("unfinished", "not-learning", "underfitting", "unscaled-input"))
def prices_in_dollars_with_adam():
    return train(network_of(3, 30, 1, activation=ReLU, init=he), prices(1000), Adam(0.001))


@sick(("saturated", "underfitting"), also=("not-learning", "one-answer", "vanishing", "plateau", "dead-units"))
def a_sigmoid_at_the_end_for_prices_up_to_500():
    return train(network_of(3, 20, 1, last=Sigmoid), prices(), SGD(0.01))


@sick("dead-units", also=("one-answer", "not-learning", "underfitting", "not-updated", "plateau"))
def a_relu_at_the_end_for_targets_below_zero():
    x, t = houses()
    below = -1 - ((t - t.min()) / 100)
    return train(network_of(3, 20, 1, last=ReLU, activation=ReLU, init=he), split(x, below), Momentum(0.01))


@sick("learning-rate-too-high", also=("exploding", "not-learning"))
def a_rate_of_5_for_the_wave():
    return train(network_of(1, 20, 1), wave(), SGD(5), epochs=10)


@sick("learning-rate-too-high", also=("noisy", "saturated", "underfitting", "one-answer", "not-learning"))
def rmsprop_with_a_rate_of_a_half():
    return train(network_of(1, 20, 20, 1), wave(), RMSprop(0.5))


@sick("learning-rate-too-low", also=("unfinished", "underfitting", "not-learning"))
def adagrad_with_a_rate_of_a_ten_thousandth():
    return train(network_of(1, 30, 1), wave(), AdaGrad(0.0001), epochs=100)


@sick("learning-rate-too-low", also=("unfinished", "underfitting", "not-learning"))
def a_rate_of_a_hundred_thousandth_and_a_cosine_besides():
    network = network_of(3, 30, 1, activation=ReLU, init=he)
    return train(network, prices(0.01, 300), SGD(1e-5), epochs=80, schedule=Cosine(800))


@sick("underfitting", also=("plateau", "noisy"))
def a_line_through_a_wave():
    return train(network_of(1, 1), wave(), SGD(0.2), epochs=80)


@sick("underfitting", also=("plateau", "noisy", "not-learning", "one-answer", "vanishing", "learning-rate-too-low"))
def two_units_for_three_waves():
    rng = np.random.default_rng(1)
    x = rng.uniform(-3, 3, (200, 1)).astype(np.float32)
    t = (np.sin(3 * x) + 0.05 * rng.standard_normal(x.shape)).astype(np.float32)
    return train(network_of(1, 2, 1), split(x, t), Adam(0.02), epochs=120)


@sick("overfitting", also=("plateau", "unfinished", "noisy"))
def fourteen_noisy_points_and_a_hundred_units():
    x, t = curve(60, noise=0.4, seed=3)
    x = 10 * x - 5
    network = network_of(1, 50, 50, 1, seed=1)
    return train(network, (x[:14], t[:14], x[14:], t[14:]), Adam(0.01), epochs=700, batch_size=14)


@sick(("labels-unrelated", "overfitting"), also=("unfinished",))
def prices_sorted_and_houses_not():
    x, t = houses()
    x_train, t_train, x_test, t_test = split(x[:100], (t[:100] - 300) / 100)
    data = x_train, np.sort(t_train, axis=0), x_test, t_test
    return train(network_of(3, 100, 100, 1, activation=ReLU, init=he), data, Adam(0.005), epochs=250, batch_size=25)


@sick("unscaled-input", also=("learning-rate-too-high", "exploding", "not-learning"))
def years_from_1950_to_2020():
    year = np.random.default_rng(0).uniform(1950, 2020, (160, 1)).astype(np.float32)
    t = np.sin((year - 1950) / 12).astype(np.float32)
    return train(network_of(1, 30, 1, activation=ReLU, init=he), split(year, t), SGD(0.01), epochs=40)


@sick("unscaled-input", also=("saturated", "underfitting", "not-learning", "vanishing", "plateau"))
def years_from_1950_to_2020_with_tanh():
    year = np.random.default_rng(0).uniform(1950, 2020, (160, 1)).astype(np.float32)
    t = np.sin((year - 1950) / 12).astype(np.float32)
    return train(network_of(1, 30, 1), split(year, t), Adam(0.01), epochs=60)


@sick("plateau", also=("overfitting", "noisy"))
def a_line_that_was_found_in_the_third_epoch():
    rng = np.random.default_rng(6)
    x = rng.standard_normal((160, 2)).astype(np.float32)
    t = x @ np.array([[2.0], [-1.0]], np.float32) + 0.3 * rng.standard_normal((160, 1)).astype(np.float32)
    return train(network_of(2, 1), split(x, t), SGD(0.1), epochs=150)


@sick(
    "exploding",
    also=("noisy", "learning-rate-too-high", "learning-rate-too-low", "underfitting", "unfinished", "plateau"),
)
def weights_of_standard_deviation_1_in_six_layers():
    def normal(shape, rng):
        return rng.standard_normal(shape).astype(np.float32)

    network = network_of(3, 40, 40, 40, 40, 40, 1, activation=ReLU, init=normal)
    return train(network, prices(0.01, 300), Adam(0.001), epochs=40)


@sick(("noisy", "batch-too-small"), also=("learning-rate-too-high", "overfitting", "underfitting", "plateau"))
def steps_of_two_samples_with_much_noise():
    rng = np.random.default_rng(2)
    x = rng.standard_normal((600, 10)).astype(np.float32)
    t = x[:, :1] - x[:, 1:2] + 2.5 * rng.standard_normal((600, 1)).astype(np.float32)
    return train(network_of(10, 1), split(x, t), SGD(0.1), epochs=10, batch_size=2)


@sick(("not-learning", "labels-unrelated"), also=("one-answer", "underfitting", "overfitting", "noisy", "plateau"))
def the_wrong_column_as_the_target():
    x, _ = houses(800)
    t = np.random.default_rng(9).standard_normal((800, 1)).astype(np.float32)
    return train(network_of(3, 8, 1), split(x, t), SGD(0.05), epochs=30, batch_size=50)
