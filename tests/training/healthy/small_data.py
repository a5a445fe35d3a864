"""Small data of a project of one's own: fifty to a hundred and fifty samples, learned as well as can be."""

import numpy as np

from datasets import load_digits
from layers import Affine, IdentityWithLoss, SigmoidWithLoss, Tanh
from networks import MultiLayerNet, Network, TwoLayerNet
from training import SGD, Adam, AdamW, Momentum, Trainer
from trainings import healthy

MAY = ("overfitting", "plateau", "unfinished")


def trained(network, train, test, optimizer, epochs, batch_size=10, **options):
    trainer = Trainer(network, *train, *test, optimizer, epochs=epochs, batch_size=batch_size, seed=7, **options)
    trainer.train()
    return trainer


def few_digits(samples, classes=10):
    (x_train, t_train), test = load_digits()
    x_train, t_train = x_train[t_train < classes][:samples], t_train[t_train < classes][:samples]
    return (x_train, t_train), (test[0][test[1] < classes], test[1][test[1] < classes])


def flowers(seed, samples):
    """Return lengths and widths like those of Fisher's irises: three kinds, of which two lie close to each other."""
    rng = np.random.default_rng(seed)
    means = np.array([[5.0, 3.4, 1.5, 0.25], [5.9, 2.8, 4.3, 1.3], [6.6, 3.0, 5.6, 2.0]])
    spread = np.array([[0.35, 0.38, 0.17, 0.1], [0.5, 0.3, 0.45, 0.2], [0.6, 0.3, 0.5, 0.27]])
    t = rng.permutation(np.arange(samples) % 3)
    return (means[t] + spread[t] * rng.standard_normal((samples, 4))).astype(np.float32), t


@healthy(may=("overfitting", "plateau", "unfinished"))
def a_hundred_digits():
    return trained(TwoLayerNet(64, 50, 10, seed=70), *few_digits(100), SGD(lr=0.3), epochs=25)


@healthy(may=("overfitting", "plateau"))
def a_hundred_and_fifty_digits_with_dropout():
    network = MultiLayerNet(64, [60], 10, use_dropout=True, dropout_ratio=0.3, seed=71)
    return trained(network, *few_digits(150), Adam(lr=0.005), epochs=30)


@healthy(may=("overfitting", "plateau"))
def eighty_digits_zero_to_three():
    return trained(TwoLayerNet(64, 20, 4, seed=72), *few_digits(80, classes=4), Momentum(lr=0.05), epochs=25)


@healthy(may=("plateau", "unfinished"))
def fifty_zeros_and_ones():
    return trained(TwoLayerNet(64, 10, 2, seed=73), *few_digits(50, classes=2), SGD(lr=0.3), epochs=20)


@healthy(may=("plateau", "unfinished"))
def flowers_that_were_standardised():
    (x, t), (x_test, t_test) = flowers(74, 105), flowers(75, 45)
    mean, std = x.mean(axis=0), x.std(axis=0)
    train, test = ((x - mean) / std, t), ((x_test - mean) / std, t_test)
    return trained(TwoLayerNet(4, 10, 3, seed=74), train, test, Adam(lr=0.02), epochs=40)


@healthy(may=("unfinished",))
def flowers_as_they_were_measured():
    train, test = flowers(76, 120), flowers(77, 150)
    return trained(
        MultiLayerNet(4, [16], 3, activation="tanh", seed=76), train, test, Adam(lr=0.02), epochs=100, batch_size=40
    )


@healthy(may=("plateau",))
def a_line_through_sixty_points():
    rng = np.random.default_rng(78)
    x = rng.uniform(-1, 1, (80, 1)).astype(np.float32)
    t = (2 * x - 1 + 0.2 * rng.standard_normal(x.shape)).astype(np.float32)
    network = Network([Affine(np.zeros((1, 1), np.float32), np.zeros(1, np.float32))], IdentityWithLoss())
    return trained(network, (x[:60], t[:60]), (x[60:], t[60:]), SGD(lr=0.3), epochs=20)


@healthy(may=("plateau",))
def passed_or_failed_by_hours_of_work():
    rng = np.random.default_rng(79)
    hours = rng.uniform(0, 10, (120, 1))
    t = (hours + 1.2 * rng.standard_normal(hours.shape) > 5).astype(np.int64)
    x = ((hours - hours.mean()) / hours.std()).astype(np.float32)
    network = Network([Affine(np.zeros((1, 1), np.float32), np.zeros(1, np.float32))], SigmoidWithLoss())
    return trained(network, (x[:90], t[:90]), (x[90:], t[90:]), SGD(lr=1.0), epochs=30)


@healthy(may=("overfitting", "plateau"))
def all_samples_in_one_batch():
    network = MultiLayerNet(64, [30], 10, weight_decay_lambda=1e-3, seed=80)
    return trained(network, *few_digits(120), Adam(lr=0.01), epochs=80, batch_size=120)


@healthy(may=("overfitting", "plateau"))
def weight_decay_on_small_data():
    return trained(TwoLayerNet(64, 40, 10, seed=81), *few_digits(150), AdamW(lr=0.01, weight_decay=0.1), epochs=25)


@healthy(may=("overfitting", "unfinished"))
def early_stop_on_small_data():
    options = {"target_accuracy": 0.78}
    return trained(TwoLayerNet(64, 50, 10, seed=82), *few_digits(150), Adam(lr=0.005), epochs=60, **options)


@healthy(may=("plateau",))
def sine_through_fifty_points():
    rng = np.random.default_rng(83)
    x = np.linspace(-1, 1, 70)[rng.permutation(70), np.newaxis]
    t = np.sin(3 * x) + 0.1 * rng.standard_normal(x.shape)
    layers = [Affine(rng.standard_normal((1, 15)) * 2, np.zeros(15)), Tanh()]
    network = Network([*layers, Affine(rng.standard_normal((15, 1)) * 0.2, np.zeros(1))], IdentityWithLoss())
    return trained(network, (x[:50], t[:50]), (x[50:], t[50:]), Momentum(lr=0.02), epochs=150)
