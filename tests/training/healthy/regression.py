"""Regression: curves, linear tables and several outputs, with networks of layers under a sum of squares."""

from itertools import pairwise

import numpy as np

from datasets import curve
from layers import GELU, Affine, BatchNormalization, IdentityWithLoss, LayerNormalization, ReLU, Sigmoid, Tanh
from networks import Network
from training import SGD, AdaGrad, Adam, Momentum, Trainer, get_schedule
from trainings import healthy


def net(rng, sizes, activation=ReLU, gain=2.0, dtype=np.float32):
    layers = []
    for number, (D, M) in enumerate(pairwise(sizes), start=2):
        W = rng.standard_normal((D, M)) * np.sqrt((gain if number < len(sizes) else 1) / D)
        layers.append(Affine(W.astype(dtype), np.zeros(M, dtype)))
        if number < len(sizes):
            layers.append(activation())
    return Network(layers, IdentityWithLoss())


def trained(network, train, test, optimizer, epochs, batch_size=20, schedule="cosine"):
    steps = -(-len(train[0]) // batch_size)
    options = {"schedule": get_schedule(schedule, epochs * steps, steps), "seed": 5}
    trainer = Trainer(network, *train, *test, optimizer, epochs=epochs, batch_size=batch_size, **options)
    trainer.train()
    return trainer


def table(seed, samples=300, features=5, outputs=1, noise=0.3):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(samples, features))
    t = x @ rng.normal(size=(features, outputs)) + rng.normal(size=outputs)
    t += noise * rng.normal(size=t.shape)
    x, t, cut = x.astype(np.float32), t.astype(np.float32), samples * 3 // 4
    return rng, (x[:cut], t[:cut]), (x[cut:], t[cut:])


@healthy(may=("plateau", "unfinished"))
def curve_with_tanh():
    network = net(np.random.default_rng(50), [1, 30, 1], Tanh, gain=20)
    return trained(network, curve(200), curve(100, seed=1), Adam(lr=0.1), epochs=100)


@healthy(may=("plateau", "unfinished"))
def curve_with_two_layers_of_relu():
    network = net(np.random.default_rng(51), [1, 50, 50, 1])
    return trained(network, curve(200, noise=0.05), curve(100, noise=0.05, seed=1), Adam(lr=0.03), epochs=80)


@healthy(may=("plateau", "unfinished"))
def curve_of_two_waves_with_gelu():
    def waves(seed):
        x = np.random.default_rng(seed).uniform(-1, 1, (200, 1)).astype(np.float32)
        return x, np.sin(2 * np.pi * x) + 0.3 * x

    network = net(np.random.default_rng(52), [1, 40, 40, 1], GELU)
    return trained(network, waves(0), waves(1), Adam(lr=0.01), epochs=80)


@healthy(may=("plateau",))
def line_through_a_table():
    rng, train, test = table(53)
    return trained(net(rng, [5, 1]), train, test, SGD(lr=0.05), epochs=20, schedule="constant")


@healthy(may=("plateau",))
def line_from_zero_weights():
    _, train, test = table(54, features=8)
    network = Network([Affine(np.zeros((8, 1), np.float32), np.zeros(1, np.float32))], IdentityWithLoss())
    return trained(network, train, test, SGD(lr=0.05), epochs=20)


@healthy(may=("plateau",))
def line_in_float64_with_the_whole_table_as_batch():
    rng, (x, t), (x_test, t_test) = table(55, samples=400)
    train, test = (x.astype(float), t.astype(float)), (x_test.astype(float), t_test.astype(float))
    network = net(rng, [5, 1], dtype=np.float64)
    return trained(network, train, test, SGD(lr=0.3), epochs=60, batch_size=300, schedule="constant")


@healthy(may=("plateau",))
def four_outputs():
    rng, train, test = table(56, outputs=4, noise=0.2)
    return trained(net(rng, [5, 30, 4]), train, test, Momentum(lr=0.02), epochs=50)


@healthy(may=("overfitting", "plateau"))
def targets_around_a_hundred_that_are_learned():
    rng, (x, t), (x_test, t_test) = table(57)
    network = net(rng, [5, 1])
    return trained(network, (x, 100 + 5 * t), (x_test, 100 + 5 * t_test), SGD(lr=0.2), epochs=30)


@healthy(may=("plateau", "unfinished"))
def product_of_two_features():
    rng = np.random.default_rng(58)
    x = rng.uniform(-1, 1, (800, 2)).astype(np.float32)
    t = x[:, :1] * x[:, 1:]
    return trained(net(rng, [2, 40, 40, 1]), (x[:600], t[:600]), (x[600:], t[600:]), Adam(lr=0.01), epochs=40)


@healthy(may=("plateau",))
def table_of_houses_that_was_scaled():
    rng = np.random.default_rng(59)
    area, rooms, age = rng.uniform(30, 200, 500), rng.integers(1, 7, 500), rng.uniform(0, 80, 500)
    price = 2000 * area + 8000 * rooms - 700 * age + 5000 * rng.standard_normal(500)
    x, t = np.column_stack([area, rooms, age]), price[:, np.newaxis]
    x, t = (x - x[:400].mean(0)) / x[:400].std(0), (t - t[:400].mean()) / t[:400].std()
    x, t = x.astype(np.float32), t.astype(np.float32)
    network = net(rng, [3, 20, 1])
    return trained(network, (x[:400], t[:400]), (x[400:], t[400:]), Adam(lr=0.03), epochs=40)


@healthy(may=("plateau", "unfinished"))
def batch_normalisation_in_regression():
    rng, train, test = table(60, samples=600, noise=0.1)
    W1, W2 = rng.standard_normal((5, 30)) * 0.6, rng.standard_normal((30, 1)) * 0.2
    layers = [Affine(W1, np.zeros(30)), BatchNormalization(np.ones(30), np.zeros(30)), ReLU(), Affine(W2, np.zeros(1))]
    return trained(Network(layers, IdentityWithLoss()), train, test, Adam(lr=0.03), epochs=60, batch_size=90)


@healthy(may=("plateau",))
def layer_normalisation_in_regression():
    rng, train, test = table(61, samples=600, noise=0.1)
    W1, W2 = rng.standard_normal((5, 40)) * 0.6, rng.standard_normal((40, 1)) * 0.2
    layers = [Affine(W1, np.zeros(40)), LayerNormalization(np.ones(40), np.zeros(40)), Tanh(), Affine(W2, np.zeros(1))]
    return trained(Network(layers, IdentityWithLoss()), train, test, Adam(lr=0.02), epochs=60)


@healthy(may=("plateau",))
def one_step_function_with_sigmoids():
    rng = np.random.default_rng(62)
    x = rng.uniform(-3, 3, (300, 1)).astype(np.float32)
    t = np.tanh(3 * x) + 0.05 * rng.standard_normal(x.shape).astype(np.float32)
    network = net(rng, [1, 20, 1], Sigmoid, gain=4)
    return trained(network, (x[:200], t[:200]), (x[200:], t[200:]), Adam(lr=0.05), epochs=60)


@healthy(may=("overfitting", "plateau"))
def noisy_table_with_adagrad():
    rng, train, test = table(63, samples=600, features=10, noise=1.0)
    return trained(net(rng, [10, 1]), train, test, AdaGrad(lr=0.3), epochs=20, schedule="constant")
