"""People who go on to convolutions, on the digits of 8 x 8: ``SimpleConvNet``, ``ResidualNet``, layers by hand."""

from contextlib import suppress

import numpy as np

from datasets import load_digits
from layers import Affine, BatchNormalization, Convolution, MaxPooling, ReLU, Sigmoid, SoftmaxWithLoss
from networks import Network, ResidualNet, SimpleConvNet
from training import SGD, AdaGrad, Adam, Momentum, Nesterov, RMSprop, Trainer, TrainingDiverged
from trainings import sick

(x_train, t_train), (x_test, t_test) = load_digits(flatten=False)
x_train, t_train, x_test, t_test = x_train[:600], t_train[:600], x_test[:200], t_test[:200]
images = x_train, t_train, x_test, t_test


def train(network, optimizer, epochs=5, batch_size=25, data=images, **options):
    trainer = Trainer(network, *data, optimizer, epochs, batch_size, seed=2, **options)
    with suppress(TrainingDiverged):
        trainer.train()
    return trainer


def small(init="he", filters=8, hidden=30, seed=0):
    return SimpleConvNet((1, 8, 8), {"filter_num": filters, "filter_size": 3}, hidden, 10, init, seed=seed)


def residual(init="he", seed=0):
    return ResidualNet((1, 8, 8), (6, 12), 1, 10, init, seed=seed)


@sick("learning-rate-too-high", also=("dead-units", "one-answer", "not-learning", "noisy", "exploding"))
def the_rate_5_for_a_small_convolution():
    return train(small(), SGD(5))


@sick("learning-rate-too-high", also=("dead-units", "one-answer", "not-learning", "noisy"))
def adam_with_a_rate_of_02():
    return train(small(), Adam(0.2))


@sick("learning-rate-too-high", also=("one-answer", "not-learning", "noisy", "mode", "underfitting", "exploding"))
def nesterov_with_a_rate_of_3_and_residual_blocks():
    return train(residual(), Nesterov(3), epochs=3)


@sick("learning-rate-too-low", also=("not-learning", "unfinished", "underfitting"))
def rmsprop_with_a_rate_of_a_millionth():
    return train(small(), RMSprop(1e-6))


@sick("learning-rate-too-low", also=("not-learning", "unfinished", "underfitting"))
def residual_blocks_with_a_rate_of_a_hundred_thousandth():
    return train(residual(), Adam(1e-5), epochs=4)


@sick("symmetric", also=("dead-units", "not-learning", "not-updated", "one-answer", "vanishing"))
def all_filters_begin_at_zero():
    return train(small(init=0), SGD(0.1))


@sick("symmetric", also=("underfitting", "not-learning", "one-answer", "plateau", "learning-rate-too-low"))
def all_filters_begin_alike():
    return train(small(init=lambda shape, rng, dtype: np.full(shape, 0.05, dtype)), Momentum(0.02), epochs=10)


@sick("vanishing", also=("not-learning", "one-answer", "learning-rate-too-low", "symmetric"))
def weight_init_std_of_the_book_for_a_small_net():
    return train(small(init=0.0005), SGD(0.1))


@sick(
    "vanishing", also=("not-learning", "one-answer", "learning-rate-too-low", "underfitting", "symmetric", "saturated")
)
def sigmoid_behind_four_convolutions():
    rng, channels, layers = np.random.default_rng(0), 1, []
    for _ in range(4):
        W = 0.1 * rng.standard_normal((6, channels, 3, 3))
        layers += [Convolution(W, np.zeros(6), 1, 1), Sigmoid()]
        channels = 6
    layers += [MaxPooling(2, 2, 2), Affine(0.05 * rng.standard_normal((96, 10)), np.zeros(10))]
    return train(Network(layers, SoftmaxWithLoss()), SGD(0.1), epochs=4)


@sick(("exploding", "learning-rate-too-high"), also=("dead-units", "not-learning", "one-answer"))
def filters_with_a_standard_deviation_of_3():
    return train(small(init=3), Momentum(0.01))


@sick("dead-units", also=("not-learning", "one-answer", "not-updated", "underfitting"))
def a_convolution_whose_bias_was_set_to_minus_10():
    network = small()
    network.params["b1"][:] = -10
    return train(network, Adam(0.002))


@sick("dead-units", also=("underfitting", "not-learning", "one-answer", "not-updated"))
def images_of_black_on_white_with_negative_filters():
    rng = np.random.default_rng(1)
    filters = -np.abs(rng.standard_normal((8, 1, 3, 3))) * 0.5
    layers = [Convolution(filters, np.zeros(8)), ReLU(), Affine(0.1 * rng.standard_normal((288, 10)), np.zeros(10))]
    return train(Network(layers, SoftmaxWithLoss()), SGD(0.1), data=(1 - x_train, t_train, 1 - x_test, t_test))


@sick("labels-unrelated", also=("overfitting", "unfinished"))
def labels_drawn_anew():
    t = np.random.default_rng(0).permutation(t_train[:150])
    return train(small(filters=16, hidden=100), Adam(0.005), epochs=60, data=(x_train[:150], t, x_test, t_test))


@sick("overfitting", also=("plateau",))
def five_images_of_each_digit():
    few = np.concatenate([np.flatnonzero(t_train == digit)[:5] for digit in range(10)])
    data = x_train[few], t_train[few], x_test, t_test
    return train(small(hidden=100), Adam(0.003), epochs=70, batch_size=10, data=data)


@sick("leak", also=("overfitting", "plateau"))
def test_images_appended_to_the_training_images():
    data = np.concatenate([x_train, x_test]), np.concatenate([t_train, t_test]), x_test, t_test
    return train(small(), AdaGrad(0.05), epochs=8, data=data)


@sick("mode", also=("batch-too-small", "unfinished", "noisy", "one-answer"))
def a_momentum_of_the_running_statistics_of_09999():
    network = residual()
    blocks = [network.layers[f"Residual{number}"] for number in (1, 2)]
    for layer in (network.layers["BatchNormalization1"], *blocks[0].layers, *blocks[1].layers):
        if isinstance(layer, BatchNormalization):
            layer.momentum = 0.9999
    return train(network, Adam(0.005), epochs=4)
