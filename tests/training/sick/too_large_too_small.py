"""A seminar on the size of networks: too large for the data, too small, or held down by decay and dropout."""

import numpy as np

from datasets import load_digits, moons, spiral, xor
from layers import Affine, IdentityWithLoss, Tanh
from networks import MultiLayerNet, Network, SimpleConvNet, TwoLayerNet
from training import SGD, Adam, AdamW, Momentum, Trainer
from trainings import sick


def digits(samples=None, flatten=True):
    (x_train, t_train), test = load_digits(flatten=flatten)
    return x_train[:samples], t_train[:samples], *test


def toy(make, train, test=300, **options):
    return *make(train, seed=1, **options), *make(test, seed=2, **options)


def trained(network, data, optimizer, epochs, batch_size=50, **options):
    trainer = Trainer(network, *data, optimizer, epochs, batch_size, seed=0, **options)
    trainer.train()
    return trainer


def curve_net(*hidden, seed=0):
    rng, layers, inputs = np.random.default_rng(seed), [], 1
    for size in hidden:
        layers += [Affine(rng.normal(0, 3 / inputs**0.5, (inputs, size)), rng.normal(0, 1, size)), Tanh()]
        inputs = size
    layers.append(Affine(rng.normal(0, 1 / inputs**0.5, (inputs, 1)), np.zeros(1)))
    return Network(layers, IdentityWithLoss())


@sick("overfitting", also=("plateau",))
def forty_digits_for_five_hundred_units():
    return trained(TwoLayerNet(64, 500, 10, seed=1), digits(40), Momentum(lr=0.05), epochs=80, batch_size=20)


@sick("overfitting", also=("plateau", "noisy"))
def moons_that_overlap_learned_by_heart():
    network = MultiLayerNet(2, [60, 60, 60], 2, seed=2)
    return trained(network, toy(moons, 80, noise=0.5), Adam(lr=0.005), epochs=120, batch_size=20)


@sick("overfitting", also=("plateau", "noisy"))
def price_from_twenty_columns_of_thirty_flats():
    rng = np.random.default_rng(16)
    x = rng.standard_normal((230, 20))
    price = x[:, :1] - 0.5 * x[:, 1:2] + 0.5 * rng.standard_normal((230, 1))
    layers = [
        Affine(rng.normal(0, 0.2, (20, 80)), np.zeros(80)),
        Tanh(),
        Affine(rng.normal(0, 0.1, (80, 1)), np.zeros(1)),
    ]
    data = x[:30], price[:30], x[30:], price[30:]
    return trained(Network(layers, IdentityWithLoss()), data, Adam(lr=0.005), epochs=150, batch_size=10)


@sick("overfitting", also=("plateau",))
def convolutions_for_thirty_images():
    network = SimpleConvNet((1, 8, 8), {"filter_num": 16, "filter_size": 3}, hidden_size=60, seed=3)
    return trained(network, digits(30, flatten=False), Adam(lr=0.003), epochs=60, batch_size=10)


@sick(("underfitting", "not-learning"), also=("plateau",))
def straight_line_for_xor():
    return trained(MultiLayerNet(2, [], 2, seed=4), toy(xor, 300), SGD(lr=0.1), epochs=40)


@sick("underfitting", also=("plateau",))
def linear_network_on_the_spiral():
    return trained(MultiLayerNet(2, [], 3, seed=5), toy(spiral, 300), Adam(lr=0.02), epochs=60)


@sick("underfitting", also=("plateau", "unfinished", "dead-units"))
def two_hidden_units_for_ten_digits():
    return trained(TwoLayerNet(64, 2, 10, activation="tanh", seed=6), digits(), SGD(lr=0.3), epochs=50)


@sick(("underfitting", "not-learning"), also=("plateau", "one-answer", "vanishing", "dead-units", "symmetric"))
def weight_decay_of_one_half():
    network = MultiLayerNet(64, [50, 50], 10, weight_decay_lambda=0.5, seed=7)
    return trained(network, digits(800), SGD(lr=0.1), epochs=20)


@sick(("underfitting", "not-learning"), also=("plateau", "one-answer", "vanishing", "symmetric"))
def adamw_with_a_weight_decay_of_twenty():
    return trained(TwoLayerNet(64, 40, 10, seed=8), digits(800), AdamW(lr=0.003, weight_decay=20.0), epochs=20)


@sick(("underfitting", "noisy"), also=("mode", "unfinished", "not-learning", "plateau", "dead-units"))
def nine_of_ten_units_dropped_twice():
    network = MultiLayerNet(64, [30, 30], 10, use_dropout=True, dropout_ratio=0.9, seed=9)
    return trained(network, digits(), SGD(lr=0.1), epochs=15)
