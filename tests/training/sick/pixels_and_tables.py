"""People who feed what the file holds: bytes from 0 to 255, and tables with years, incomes, row numbers and gaps."""

from contextlib import suppress
from functools import cache

import numpy as np

from datasets import load_digits, load_mnist, moons
from networks import MultiLayerNet, SimpleConvNet, TwoLayerNet
from training import SGD, Adam, Momentum, Trainer, TrainingDiverged
from trainings import sick

# What follows from large numbers, one or the other of it in every network.
FAR_OFF = ("learning-rate-too-high", "dead-units", "exploding", "one-answer", "not-learning", "noisy", "underfitting")


def train(network, data, optimizer, epochs=10, batch_size=50):
    trainer = Trainer(network, *data, optimizer=optimizer, epochs=epochs, batch_size=batch_size, seed=0)
    with suppress(TrainingDiverged):
        trainer.train()
    return trainer


@cache
def mnist():
    (x_train, t_train), (x_test, t_test) = load_mnist(normalize=False)
    return x_train[:2000], t_train[:2000], x_test[:500], t_test[:500]


def digits(factor=1.0):
    (x_train, t_train), (x_test, t_test) = load_digits()
    return (factor * x_train).astype(np.float32), t_train, (factor * x_test).astype(np.float32), t_test


def people(samples=600):
    """Age, yearly income, rooms and distance to work of people who buy (1) or do not, and a number for every row."""
    rng = np.random.default_rng(5)
    age, rooms, distance = rng.uniform(18, 80, samples), rng.integers(1, 7, samples), rng.uniform(0, 0.02, samples)
    income = rng.lognormal(10.4, 0.5, samples)
    score = (age - 49) / 18 + (np.log(income) - 10.4) / 0.5 + (rooms - 3.5) / 1.7 - (distance - 0.01) / 0.006
    x = np.stack([age, income, rooms, distance, np.arange(samples) + 100000], axis=1)
    return x, (score > 0).astype(int)


def halves(x, t):
    cut = len(x) * 3 // 4
    return x[:cut].astype(np.float32), t[:cut], x[cut:].astype(np.float32), t[cut:]


@sick("unscaled-input", also=FAR_OFF, needs="mnist")
def bytes_of_mnist():
    return train(TwoLayerNet(784, 50, 10, seed=0), mnist(), SGD(0.1), epochs=5)


@sick("unscaled-input", also=("saturated", "underfitting", "vanishing", "overfitting"), needs="mnist")
def bytes_of_mnist_with_sigmoid():
    return train(TwoLayerNet(784, 50, 10, "xavier", "sigmoid", seed=0), mnist(), SGD(0.1), epochs=5)


@sick("unscaled-input", also=FAR_OFF)
def digits_from_0_to_255_with_momentum():
    network = MultiLayerNet(64, [50, 50], 10, seed=0)
    return train(network, digits(255), Momentum(0.01), epochs=8)


@sick("unscaled-input", also=("saturated", "vanishing", "underfitting", "learning-rate-too-low"))
def digits_from_0_to_255_with_tanh():
    network = MultiLayerNet(64, [50], 10, "tanh", "xavier", seed=0)
    return train(network, digits(255), SGD(0.05), epochs=10)


@sick("unscaled-input", also=FAR_OFF)
def images_from_0_to_255_in_a_convolution():
    x_train, t_train, x_test, t_test = digits(255)
    data = x_train.reshape(-1, 1, 8, 8), t_train, x_test.reshape(-1, 1, 8, 8), t_test
    network = SimpleConvNet((1, 8, 8), {"filter_num": 8, "filter_size": 3}, 30, 10, seed=0)
    return train(network, data, SGD(0.1), epochs=4)


@sick(("unscaled-input", "learning-rate-too-low"), also=("not-learning", "unfinished", "underfitting", "one-answer"))
def pixels_divided_by_255_twice():
    return train(MultiLayerNet(64, [50], 10, seed=0), digits(1 / 255), SGD(0.1), epochs=15)


@sick("unscaled-input", also=FAR_OFF)
def a_table_with_income_and_row_numbers():
    x, t = people()
    return train(TwoLayerNet(5, 20, 2, seed=1), halves(x, t), SGD(0.01), epochs=20)


@sick("unscaled-input", also=FAR_OFF)
def a_table_with_income_and_adam():
    x, t = people()
    return train(MultiLayerNet(4, [20, 20], 2, seed=1), halves(x[:, :4], t), Adam(0.001), epochs=20)


@sick("unscaled-input", also=("saturated", "underfitting", "not-learning", "one-answer", "vanishing"))
def a_table_with_income_and_sigmoid():
    x, t = people()
    return train(TwoLayerNet(4, 20, 2, "xavier", "sigmoid", seed=2), halves(x[:, :4], t), Momentum(0.05), epochs=30)


@sick("unscaled-input", also=("not-learning", "exploding"))
def a_gap_in_the_table():
    x, t = people()
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    x[17, 1] = np.nan
    return train(TwoLayerNet(5, 20, 2, seed=1), halves(x, t), SGD(0.1), epochs=20)


@sick("unscaled-input", also=FAR_OFF)
def gaps_filled_with_minus_9999():
    x, t = people()
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    x[np.random.default_rng(1).random(x.shape) < 0.1] = -9999
    return train(MultiLayerNet(5, [20], 2, seed=1), halves(x, t), SGD(0.1), epochs=20)


@sick("unscaled-input", also=FAR_OFF)
def a_time_stamp_beside_two_coordinates():
    x, t = moons(400, noise=0.1, seed=3)
    seconds = 1.6e9 + np.random.default_rng(0).uniform(0, 3e7, len(x))
    x = np.column_stack([x, seconds])
    return train(TwoLayerNet(3, 30, 2, seed=0), halves(x, t), Adam(0.01), epochs=30)


@sick(("unscaled-input", "labels-unrelated"), also=("overfitting", "mode", "one-answer"))
def only_the_training_part_of_the_table_was_standardised():
    x, t = people()
    x_train, t_train, x_test, t_test = halves(x[:, :4], t)
    x_train = (x_train - x_train.mean(axis=0)) / x_train.std(axis=0)
    return train(TwoLayerNet(4, 20, 2, seed=1), (x_train, t_train, x_test, t_test), SGD(0.2), epochs=30)


@sick("unscaled-input", also=FAR_OFF)
def the_year_of_the_survey_in_every_row():
    x, t = people()
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    x[:, 4] = 2024
    return train(MultiLayerNet(5, [20], 2, seed=4), halves(x, t), SGD(0.05), epochs=20)


@sick("unscaled-input", also=FAR_OFF)
def coordinates_in_millimetres():
    x, t = moons(400, noise=0.1, seed=2)
    return train(MultiLayerNet(2, [20, 20], 2, seed=1), halves(1000 * x, t), SGD(0.1), epochs=30)


@sick(("unscaled-input", "not-learning"), also=("one-answer", "symmetric", "underfitting", "dead-units", "not-updated"))
def pixels_divided_and_then_cast_to_bytes():
    x_train, t_train, x_test, t_test = digits(0.9)
    data = x_train.astype(np.uint8), t_train, x_test.astype(np.uint8), t_test
    return train(MultiLayerNet(64, [50, 30], 10, seed=0), data, Momentum(0.02), epochs=8)
