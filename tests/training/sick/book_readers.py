"""Readers of *Deep Learning from Scratch*, chapter 6, who try its initial values and its remedies in deeper networks.

The book compares weights with standard deviations of 1 and 0.01, sigmoid and ReLU, weight decay, dropout and batch
normalisation. Many keep one of the values that were meant to show what goes wrong.
"""

from contextlib import suppress

import numpy as np

from datasets import load_digits, load_mnist
from networks import MultiLayerNet
from training import SGD, AdaGrad, Adam, Momentum, Trainer, TrainingDiverged
from trainings import sick

(x_train, t_train), (x_test, t_test) = load_digits()


def train(network, optimizer, epochs=10, batch_size=100, data=(x_train, t_train, x_test, t_test)):
    trainer = Trainer(network, *data, optimizer=optimizer, epochs=epochs, batch_size=batch_size, seed=1)
    with suppress(TrainingDiverged):
        trainer.train()
    return trainer


def deep(layers, size=100, **options):
    return MultiLayerNet(64, [size] * layers, 10, seed=3, **options)


@sick(("saturated", "vanishing"), also=("not-learning", "underfitting", "one-answer", "learning-rate-too-low"))
def sigmoid_with_weight_init_std_3():
    return train(deep(3, activation="sigmoid", weight_init_std=3), SGD(0.1), epochs=15)


@sick("saturated", also=("exploding", "overfitting", "learning-rate-too-high", "vanishing", "underfitting"))
def tanh_with_weight_init_std_1_in_five_layers():
    return train(deep(5, activation="tanh", weight_init_std=1), Momentum(0.01), epochs=15)


@sick(("exploding", "learning-rate-too-high"), also=("dead-units", "not-learning", "one-answer"))
def relu_with_weight_init_std_1_in_five_layers():
    return train(deep(5, weight_init_std=1), SGD(0.01))


@sick("vanishing", also=("not-learning", "one-answer", "learning-rate-too-low", "symmetric"))
def relu_with_weight_init_std_001_in_five_layers():
    return train(deep(5, weight_init_std=0.01), SGD(0.1), epochs=20)


@sick("vanishing", also=("not-learning", "one-answer", "learning-rate-too-low", "underfitting", "symmetric"))
def sigmoid_in_six_layers_as_in_the_chapter_on_depth():
    return train(deep(6, activation="sigmoid", weight_init_std="xavier"), Momentum(0.05), epochs=12, batch_size=50)


def half(shape, rng, dtype=np.float32):
    return np.full(shape, 0.05, dtype)


@sick("symmetric", also=("underfitting", "not-learning", "one-answer", "plateau", "vanishing", "learning-rate-too-low"))
def all_weights_begin_with_the_same_number():
    return train(deep(2, activation="sigmoid", weight_init_std=half), Momentum(0.1), epochs=30)


@sick("symmetric", also=("underfitting", "one-answer", "plateau", "learning-rate-too-low", "not-learning"))
def every_weight_is_one_over_the_number_of_inputs():
    return train(deep(1, weight_init_std=lambda shape, rng, dtype: np.ones(shape, dtype) / shape[0]), Adam(0.005))


@sick(("exploding", "dead-units"), also=("one-answer", "not-learning", "learning-rate-too-high", "symmetric"))
def rand_instead_of_randn():
    def rand(shape, rng, dtype=np.float32):
        return rng.random(shape).astype(dtype)

    return train(deep(3, weight_init_std=rand), SGD(0.01))


@sick("dead-units", also=("not-learning", "underfitting", "one-answer", "not-updated", "symmetric"))
def biases_of_minus_5_against_overfitting():
    network = deep(2, size=50)
    network.params["b1"][:] = -5
    network.params["b2"][:] = -5
    return train(network, SGD(0.1), epochs=15)


@sick("overfitting", also=("plateau",))
def sixty_samples_and_five_layers():
    few = x_train[:60], t_train[:60], x_test, t_test
    return train(deep(5, size=50), SGD(0.05), epochs=80, batch_size=20, data=few)


@sick("overfitting", also=("plateau",), needs="mnist")
def three_hundred_samples_of_mnist_as_in_section_6_4():
    (x, t), (x_held_out, t_held_out) = load_mnist(normalize=False)
    network = MultiLayerNet(784, [100] * 5, 10, weight_init_std="relu", seed=0)
    data = x[:300] / 255, t[:300], x_held_out[:500] / 255, t_held_out[:500]
    return train(network, SGD(0.1), epochs=40, data=data)


@sick("underfitting", also=("one-answer", "not-learning", "plateau", "vanishing", "symmetric"))
def weight_decay_lambda_of_1():
    return train(deep(3, weight_decay_lambda=1.0), AdaGrad(0.02), epochs=8)


@sick("underfitting", also=("not-learning", "noisy", "unfinished", "learning-rate-too-low", "one-answer", "mode"))
def dropout_of_09_in_every_layer():
    return train(deep(3, size=50, use_dropout=True, dropout_ratio=0.9), Adam(0.001), epochs=25)


@sick(("batch-too-small", "mode"), also=("noisy", "learning-rate-too-high", "underfitting"))
def batch_normalization_with_batches_of_two():
    few = x_train[:500], t_train[:500], x_test, t_test
    return train(deep(2, size=50, use_batchnorm=True), SGD(0.1), epochs=4, batch_size=2, data=few)


@sick("exploding", also=("noisy", "underfitting", "learning-rate-too-low", "learning-rate-too-high", "unfinished"))
def a_standard_deviation_of_06_in_ten_layers_of_50():
    return train(deep(10, size=50, weight_init_std=0.6), Adam(0.001), epochs=10)
